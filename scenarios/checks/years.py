"""The years a question plans, and checks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question


def first_year(question: Question) -> int:
    """Return the first year planned: a calendar's own, or the one year of the target state."""
    if question.mode == "calendar" and question.first_year is not None:
        return question.first_year
    return question.year


def planned_years(question: Question) -> range:
    """Return the years planned, in order; none where the calendar ends before it begins."""
    return range(first_year(question), question.year + 1)


def years(question: Question, document: Document) -> Iterator[Problem]:
    """Report a mode and a first year that do not go together."""
    if question.mode == "calendar":
        if question.first_year is None:
            place = document.place(("mode",))
            yield problem("calendar_first_year", place, year=question.year)
        elif question.first_year > question.year:
            place = document.place(("first_year",))
            yield problem("years_reversed", place, first=question.first_year, last=question.year)
    elif question.first_year is not None:
        place = document.place(("first_year",), of_key=True)
        yield problem("first_year_spare", place, year=question.first_year)


def years_of_plan(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report planned years outside the plan's period."""
    if plan.base_year > plan.target_year:
        return  # the plan's own check has said so
    asked = {"year": question.year}
    if question.mode == "calendar" and question.first_year is not None:
        asked["first_year"] = question.first_year
    for key, year in asked.items():
        if not plan.base_year <= year <= plan.target_year:
            yield problem(
                "year_outside",
                document.place((key,)),
                year=year,
                first=plan.base_year,
                last=plan.target_year,
            )


def only_planned(
    question: Question, given: Iterable[int], path: KeyPath, document: Document
) -> Iterator[Problem]:
    """Report keys that are no planned year: what stands under them would never be used."""
    planned = planned_years(question)
    for year in given:
        if planned and year not in planned:
            what = f"{planned[0]}–{planned[-1]}" if len(planned) > 1 else f"{planned[0]}"
            yield problem(
                "year_not_planned",
                document.place((*path, str(year)), of_key=True),
                year=year,
                planned=Text(what, what),
            )
