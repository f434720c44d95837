"""Checks of the shares of capacity that rights can use in single years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right

_FIRST, _LAST = 1990, 2100
_YEAR = Text(f"在 {_FIRST} 与 {_LAST} 之间", f"between {_FIRST} and {_LAST}")
_SHARE = Text("在 0 与 1 之间", "between 0 and 1")


def shares_in_range(question: Question, document: Document) -> Iterator[Problem]:
    """Report years that can be none, and shares that are none.

    Years that are not planned are no mistake: a right may ramp up beyond the question's last
    year, and the year before the first tells whether its share has changed since.
    """
    for licence, by_year in question.options.usable.items():
        for year, share in by_year.items():
            path = ("options", "usable", licence, str(year))
            if not _FIRST <= year <= _LAST:
                place = document.place(path, of_key=True)
                yield problem("out_of_range", place, key=licence, value=year, bound=_YEAR)
            if not 0 <= share <= 1:
                place = document.place(path)
                yield problem("out_of_range", place, key=year, value=share, bound=_SHARE)


def rights_ramping(
    question: Question, rights: Sequence[Right], document: Document, *, own: bool
) -> Iterator[Problem]:
    """Report shares of nobody.

    `own` is false for a register that replaces the scenario's: unknown licences are then left
    out, not refused.
    """
    known = [right.licence for right in rights]
    for licence in question.options.usable:
        if own and licence not in known:
            place = document.place(("options", "usable", licence), of_key=True)
            yield problem("project_right", place, value=licence, choice=choice(licence, known))
