"""Checks within the question, and between it and its plan."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.checks.amounts import negatives
from minequota.scenarios.checks.demand import demand
from minequota.scenarios.checks.figures import base_outputs, caps_from_above, figures
from minequota.scenarios.checks.goals import goals
from minequota.scenarios.checks.options import options, options_of_plan
from minequota.scenarios.checks.overproduced import years_of_excess
from minequota.scenarios.checks.projects import (
    conversions,
    extra_candidates,
    listed_projects,
    zone_details,
)
from minequota.scenarios.checks.transport import transport
from minequota.scenarios.checks.usable import shares_in_range
from minequota.scenarios.checks.years import years, years_of_plan
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.register.cells import parse_date


def check_question(question: Question, plan: Plan | None, document: Document) -> list[Problem]:
    """Return what is wrong in the question, and between it and its plan where that is known."""
    problems = [
        *negatives(question, document),
        *years(question, document),
        *goals(question, document),
        *options(question, document),
        *shares_in_range(question, document),
        *transport(question, document),
        *years_of_excess(question, document),
        *listed_projects(question, plan, document),
        *_register_date(question, document),
        *_default_case(question, document),
    ]
    if plan is not None:
        problems += [
            *years_of_plan(question, plan, document),
            *options_of_plan(question, plan, document),
            *demand(question, plan, document),
            *figures(question, plan, document),
            *base_outputs(question, plan, document),
            *caps_from_above(question, plan, document),
            *extra_candidates(question, plan, document),
            *zone_details(question, plan, document),
            *_issued_since(question, plan, document),
            *conversions(question.conversions, ("conversions",), plan, document),
        ]
    return problems


def _issued_since(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    listed = (*plan.conversions, *question.conversions)
    known = [*(zone.code for zone in plan.zones), *(one.id for one in listed)]
    for key, number in question.issued_since.items():
        place = document.place(("issued_since", key), of_key=True)
        if key not in known:
            yield problem("unknown_zone", place, value=key, choice=choice(key, known))
        elif number < 0:
            bound = Text("不小于 0", "at least 0")
            yield problem("out_of_range", place, key=key, value=number, bound=bound)


def _register_date(question: Question, document: Document) -> Iterator[Problem]:
    if question.register_date and parse_date(question.register_date) is None:
        yield problem(
            "not_a_date", document.place(("register_date",)), value=question.register_date
        )


def _default_case(question: Question, document: Document) -> Iterator[Problem]:
    case = question.default_case
    if case is not None and case not in question.cases:
        yield problem(
            "unknown_case",
            document.place(("default_case",)),
            value=case,
            choice=choice(case, question.cases),
        )
