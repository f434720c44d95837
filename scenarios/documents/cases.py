"""Cases by name: what each sets, and the cases a combination is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.documents.overrides import Override
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem

# A combination of combinations of …: deeper than this nobody follows it.
MAX_COMBINED = 8


@dataclass
class Chosen:
    """The overrides of cases chosen together, in order, and what is wrong with the choice."""

    names: tuple[str, ...] = ()
    overrides: list[Override] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def known_cases(question: Document) -> dict[str, object]:
    """Return the cases as written, by name."""
    known = question.data.get("cases")
    return known if isinstance(known, dict) else {}


def choose(question: Document, cases: Sequence[str]) -> Chosen:
    """Return what the named cases set; of a combination what its cases set, and its own.

    Each override keeps the name of the case that writes it.
    """
    known = known_cases(question)
    place = question.place(("cases",), of_key=True)
    chosen = Chosen(tuple(case for case in dict.fromkeys(cases) if case in known))
    seen: set[str] = set()

    def take(case: str, trail: tuple[str, ...], written: str) -> None:
        if case not in known:
            options = choice(case, known)
            chosen.problems.append(problem("unknown_case", written, value=case, choice=options))
        elif case in trail:
            circle = " → ".join((*trail[trail.index(case) :], case))
            chosen.problems.append(problem("case_circle", written, value=case, circle=circle))
        elif case in seen:
            chosen.problems.append(problem("case_twice", written, value=case))
        elif len(trail) > MAX_COMBINED:
            chosen.problems.append(problem("case_depth", written, value=case, limit=MAX_COMBINED))
        else:
            seen.add(case)
            for path, inner in _combined(question, case):
                take(inner, (*trail, case), question.file.place(path))
            chosen.overrides += _own(question, case)

    for case in cases:
        take(case, (), place)
    return chosen


def _combined(question: Document, case: str) -> list[tuple[KeyPath, str]]:
    """Return the cases a combination names, each with its path."""
    base: KeyPath = ("cases", case, "combines")
    given = question.at(base)
    listed = enumerate(given) if isinstance(given, list) else ()
    return [((*base, index), one) for index, one in listed if isinstance(one, str)]


def _own(question: Document, case: str) -> list[Override]:
    """Return the overrides a case writes itself; none where it is not written as one."""
    base: KeyPath = ("cases", case, "set")
    given = question.at(base)
    if not isinstance(given, dict):
        return []
    return [
        Override(
            case=case,
            path=path,
            value=value,
            key_place=question.file.place((*base, path), of_key=True),
            value_place=_places(question, (*base, path)),
            file=question.file.path_of((*base, path)),
        )
        for path, value in given.items()
    ]


def _places(question: Document, base: KeyPath) -> Callable[[KeyPath], str]:
    return lambda rest: question.file.place((*base, *rest))
