"""Checks within the question, and between it and its plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from minequota.scenarios.checks.amounts import (
    bounds,
    mismatch,
    negatives,
    product_of,
    products_of,
)
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.register.cells import parse_date

# What may stand after the goals that only settle what the others leave open.
_MAY_FOLLOW: dict[str, set[str]] = {
    "tie_break": {"evenness", "flows"},
    "evenness": {"flows"},
    "flows": set(),
}
KEPT = {"key_mineral", "key_area", "strategic", "national_area", "green", "large_medium"}


def check_question(question: Question, plan: Plan | None, document: Document) -> list[Problem]:
    """Return what is wrong in the question, and between it and its plan where that is known."""
    problems = [
        *negatives(question, document),
        *_goals(question, document),
        *_shares(question, document),
        *_register_date(question, document),
        *_default_case(question, document),
    ]
    if plan is not None:
        problems += [
            *_year(question, plan, document),
            *_demand(question, plan, document),
            *_extra_candidates(question, plan, document),
        ]
    return problems


def _goals(question: Question, document: Document) -> Iterator[Problem]:
    if not question.goals:
        yield problem("no_goals", document.place(("goals",)))
    elif set(question.goals) <= {"tie_break", "evenness", "flows"}:
        yield problem("no_goal_decides", document.place(("goals",)))
        return
    for index, goal in enumerate(question.goals):
        place = document.place(("goals", index))
        if goal in question.goals[:index]:
            yield problem("goal_twice", place, goal=goal)
        later = question.goals[index + 1 :]
        allowed = _MAY_FOLLOW.get(goal)
        out_of_order = [] if allowed is None else [one for one in later if one not in allowed]
        if out_of_order and goal not in later:
            yield problem("goal_order", place, goal=goal, other=out_of_order[-1])


def _shares(question: Question, document: Document) -> Iterator[Problem]:
    options = question.options
    limits: tuple[tuple[str, Mapping[str, float], float | None], ...] = (
        ("holdback", options.holdback, 1.0),
        ("indicator_weights", options.indicator_weights, None),
        (
            "protection.weights",
            {str(key): one for key, one in options.protection.weights.items()},
            None,
        ),
        (
            "sharing.coefficients",
            {str(key): one for key, one in options.sharing.coefficients.items()},
            None,
        ),
    )
    for name, values, top in limits:
        for key, value in values.items():
            if value < 0 or (top is not None and value > top):
                path = ("options", *name.split("."), key)
                bound = (
                    Text("不小于 0", "at least 0")
                    if top is None
                    else Text("在 0 与 1 之间", "between 0 and 1")
                )
                yield problem(
                    "out_of_range", document.place(path), key=key, value=value, bound=bound
                )
    for key in options.preference.keep:
        if key not in KEPT:
            yield problem(
                "unknown_key",
                document.place(("options", "preference", "keep", key), of_key=True),
                key=key,
                choice=choice(key, sorted(KEPT)),
            )


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


def _year(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    if plan.base_year <= plan.target_year and not (
        plan.base_year <= question.year <= plan.target_year
    ):
        yield problem(
            "year_outside",
            document.place(("year",)),
            year=question.year,
            first=plan.base_year,
            last=plan.target_year,
        )


def _demand(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    products = products_of(plan)
    capped = [
        cap
        for cap in plan.caps
        if question.year in cap.years and cap.sense in {"ceiling", "level", "about"}
    ]
    whole = {cap.product for cap in capped if cap.county is None}
    for name, demand in question.demand.items():
        if (product := products.get(name)) is None:
            continue
        for key in ("amount", "imports", "by_product"):
            amount = getattr(demand, key)
            place = document.place(("demand", name, key))
            if amount is not None and (found := mismatch(place, amount, product.unit, name)):
                yield found
        if demand.from_cap and name not in whole:
            yield problem(
                "no_cap_for_demand",
                document.place(("demand", name, "from_cap")),
                product=name,
                year=question.year,
            )
    limited = [cap.product for cap in plan.caps if cap.sense != "forecast"]
    limited += [one.product for one in plan.no_allotment]
    for name in dict.fromkeys(limited):
        if name in products and name not in question.demand:
            place = document.place(("demand",), of_key=True)
            yield problem("capped_without_demand", place, product=name)


def _extra_candidates(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    taken = {
        f"{zone.code}-{number}": f"{zone.code}"
        for zone in plan.zones
        for number in range(1, zone.rights + 1)
    }
    for index, one in enumerate(question.extra_candidates):
        path: KeyPath = ("extra_candidates", index)
        if one.id in taken:
            place = document.place((*path, "id"))
            yield problem("candidate_taken", place, value=one.id, other=taken[one.id])
        taken[one.id] = one.id
        yield from bounds(
            document,
            path,
            product_of(plan, one.mineral),
            one.minimum,
            one.maximum,
            one.reserves,
        )
