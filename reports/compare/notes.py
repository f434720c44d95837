"""What stands under every table of a comparison: the base, the states, how much is synthetic."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.allocation import SolveStatus
from minequota.reports import text
from minequota.reports.compare.comparison import Comparison
from minequota.reports.provenance import register_sentence
from minequota.reports.text import Lang, Words

SOLVED = (SolveStatus.OPTIMAL, SolveStatus.WITHIN_GAP)


def notes(comparison: Comparison, lang: Lang) -> tuple[str, ...]:
    """Return the notes: differences, cases that are not solved, synthetic shares by case."""
    return tuple(words.say(lang) for words in (_base(comparison), *_states(comparison))) + tuple(
        registers(comparison, lang)
    )


def _base(comparison: Comparison) -> Words:
    base = comparison.base
    if any(case.name == base for case in comparison.answered):
        return Words(
            f"差＝该案例－基准案例“{base}”；空白处为该案例没有此项。",
            f'Difference = case less base "{base}"; blank where a case has no such thing.',
        )
    return Words(
        f"基准案例“{base}”没有方案，故不列差值。",
        f'The base "{base}" has no answer, so there are no differences.',
    )


def _states(comparison: Comparison) -> Iterator[Words]:
    for case in comparison.cases:
        if case.status not in SOLVED:
            state = text.SOLVE_STATUS[case.status.value]
            yield Words(f"案例“{case.name}”：{state.zh}。", f'Case "{case.name}": {state.en}.')


def registers(comparison: Comparison, lang: Lang) -> Iterator[str]:
    """Yield how much of the register is synthetic, cases of one register together."""
    said: dict[str, list[str]] = {}
    for case in comparison.cases:
        said.setdefault(register_sentence(case.scenario, lang), []).append(case.name)
    for sentence, cases in said.items():
        if len(said) == 1:
            yield sentence
        else:
            named = text.joined(cases, lang)
            yield Words(f"{named}：{sentence}", f"{named}: {sentence}").say(lang)
