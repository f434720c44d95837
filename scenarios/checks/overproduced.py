"""Checks of last year's excess: whose it is, of which year, and whether it can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minequota.scenarios.checks.amounts import mismatch, product_of
from minequota.scenarios.checks.years import first_year
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right


def years_of_excess(question: Question, document: Document) -> Iterator[Problem]:
    """Report an excess of another year than the last: it would be taken off twice, or too late."""
    first = first_year(question)
    for licence, one in question.overproduced.items():
        if one.year != first - 1:
            yield problem(
                "overproduced_year",
                document.place(("overproduced", licence, "year")),
                year=one.year,
                first=first,
                last=first - 1,
            )


def rights_in_excess(
    question: Question, plan: Plan, rights: Sequence[Right], document: Document, *, own: bool
) -> Iterator[Problem]:
    """Report an excess of nobody, of a right that is exempt, or in a unit of no use.

    `own` is false for a register that replaces the scenario's: unknown licences are then left
    out, not refused.
    """
    by_licence = {right.licence: right for right in rights}
    for licence, one in question.overproduced.items():
        place = document.place(("overproduced", licence), of_key=True)
        right = by_licence.get(licence)
        if right is None:
            if own:
                known = choice(licence, by_licence)
                yield problem("project_right", place, value=licence, choice=known)
            continue
        product = product_of(plan, right.mineral)
        if right.use == "comprehensive":
            yield problem("overproduced_use", place, licence=licence)
        elif product is None:
            yield problem("overproduced_product", place, licence=licence, mineral=right.mineral)
        elif (right.density or product.density) is None:
            at = document.place(("overproduced", licence, "amount"))
            wrong = mismatch(at, one.amount, product.unit, product.name, density=True)
            if wrong is not None:
                yield wrong
