"""What a quota's reason says of last year's over-production."""

from __future__ import annotations

from minequota.optimizer.answer import BINDING, Answer
from minequota.optimizer.rules.overrun import RULE
from minequota.optimizer.source import Source
from minequota.scenarios.plan import Product
from minequota.scenarios.question import Overproduction

Reason = tuple[str, str, str]
"""Why this figure and not more: Chinese, English, and the text it rests on."""


def with_excess(answer: Answer, m: int, y: int, product: Product, reason: Reason) -> Reason:
    """Return a reason that begins with what was taken off; the same where nothing was."""
    off, source = answer.taken_off(m, y), answer.problem.sources[m]
    if off <= 0 or not source.eligible(answer.years[y]) or answer.usable(m, y) <= BINDING:
        # Who may not produce anyway has nothing that could be taken off.
        return reason
    listed = _listed(answer, source)
    assumed = any(one.assumed for one in listed)
    amount = f"{round(off, 4):.12g}"
    said_zh = f"上年超采{amount}{product.unit}" + ("（假定）" if assumed else "")
    said_en = f"last year's {'assumed ' if assumed else ''}over-production of {amount}"
    sources = [RULE.source, *(one.source for one in listed)]
    if answer.allowed(m, y) < product.step * (1 - BINDING):
        zh = f"{said_zh}，不少于全年可安排量，本年不安排"
        return zh, f"{said_en}, in the quota's unit, takes off all: none", _joined(sources)
    zh, en, own = reason
    return (
        f"{said_zh}，已扣减；{zh}",
        f"{said_en}, in the quota's unit, is taken off; {en}",
        _joined([*sources, own]),
    )


def _listed(answer: Answer, source: Source) -> list[Overproduction]:
    """The entries that a right's excess adds up: its own, or those of the members it joins."""
    dug = answer.problem.scenario.question.overproduced
    found = (dug.get(one.id) for one in (source.parts or (source,)))
    return [one for one in found if one is not None and one.amount.value > 0]


def _joined(sources: list[str]) -> str:
    return "；".join(dict.fromkeys(sources))
