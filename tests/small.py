"""Scenarios of one product each, small enough to solve by hand, and short reads of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import builders

from minequota.optimizer.allocation import Allocation, GoalResult, RuleUse
from minequota.optimizer.problem import Problem, build_problem
from minequota.optimizer.solve import solve
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario


def asked(amount: str, **changes: Any) -> dict[str, Any]:
    """Return a demand as `scenario.yaml` would say it."""
    return {"amount": amount, "assumed": True, "source": "test"} | changes


def magnesite(
    rights: Iterable[Right],
    demand: str | dict[str, Any] = "30 万吨",
    plan: dict[str, Any] | None = None,
    **question: Any,
) -> Scenario:
    """Return a year of magnesite alone, without zones; caps and all else as the tiny plan's."""
    given = asked(demand) if isinstance(demand, str) else demand
    return builders.scenario(
        builders.tiny_plan(**({"zones": []} | (plan or {}))),
        builders.tiny_question(**({"demand": {"菱镁矿": given}} | question)),
        rights,
    )


def stone(
    rights: Iterable[Right] = (),
    demand: str | dict[str, Any] = "50 万立方米",
    plan: dict[str, Any] | None = None,
    **question: Any,
) -> Scenario:
    """Return a year of building stone alone, not capped, with the tiny plan's zone Z1."""
    given = asked(demand) if isinstance(demand, str) else demand
    return builders.scenario(
        builders.tiny_plan(**({"caps": []} | (plan or {}))),
        builders.tiny_question(**({"demand": {"建筑石料": given}} | question)),
        rights,
    )


def extra(ident: str, maximum: str, **changes: Any) -> dict[str, Any]:
    """Return a proposed magnesite right in the east, as `scenario.yaml` would say it."""
    return {
        "id": ident,
        "name": ident,
        "county": "东县",
        "mineral": "菱镁矿",
        "maximum": maximum,
        "source": "test",
    } | changes


def mine(licence: str, capacity: str | None, county: str = "东县", **fields: Any) -> Right:
    """Return a magnesite mine."""
    return builders.right(licence, county, "菱镁矿", capacity, **fields)


def quarry(licence: str, capacity: str | None, county: str = "西县", **fields: Any) -> Right:
    """Return a building stone quarry that lies in a zone."""
    return builders.right(licence, county, "建筑石料", capacity, **({"zone": "Z1"} | fields))


def problem_of(scenario: Scenario) -> Problem:
    """Return the numbers of a scenario."""
    return build_problem(scenario)


def quotas(answer: Scenario | Allocation) -> dict[str, float]:
    """Return every right's figure."""
    return {one.right: one.amount for one in _solved(answer).quotas}


def issued(answer: Scenario | Allocation) -> dict[str, float]:
    """Return the capacity of every right issued."""
    return {one.right: one.capacity for one in _solved(answer).issuance}


def kinds(answer: Scenario | Allocation) -> dict[str, str]:
    """Return what happens to every right of the register."""
    return {one.right: one.kind for one in _solved(answer).actions}


def leaving(answer: Scenario | Allocation) -> list[str]:
    """Return who leaves the register."""
    return [right for right, kind in kinds(answer).items() if kind.startswith("leave")]


def goal(answer: Allocation, name: str) -> GoalResult:
    """Return one goal."""
    return next(one for one in answer.goals if one.name == name)


def clause(answer: Allocation, ident: str) -> RuleUse:
    """Return the line of one clause or rule."""
    return next(one for one in answer.rules if one.clause == ident)


def _solved(answer: Scenario | Allocation) -> Allocation:
    return solve(answer) if isinstance(answer, Scenario) else answer


def calendar(first: int = 2024, **options: Any) -> dict[str, Any]:
    """Return what makes a question a calendar from `first` to 2025, with options."""
    return {"mode": "calendar", "first_year": first, "options": options}


def expansion(right: str, capacity: str, **changes: Any) -> dict[str, Any]:
    """Return a listed expansion, as `scenario.yaml` would say it."""
    return {"id": "enlarge", "right": right, "capacity": capacity, "source": "专栏九"} | changes


def conversion(capacity: str, **changes: Any) -> dict[str, Any]:
    """Return a listed conversion to a magnesite right in the east."""
    return {
        "id": "explored",
        "name": "探转采项目",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity": capacity,
        "source": "专栏九",
    } | changes


def merger(ident: str, *members: str, **changes: Any) -> dict[str, Any]:
    """Return a merger that may be chosen."""
    return {
        "id": ident,
        "name": f"整合{ident}",
        "members": list(members),
        "source": "情景",
        "assumed": True,
    } | changes


def quotas_in(answer: Allocation, year: int) -> dict[str, float]:
    """Return every right's figure of one year."""
    return {one.right: one.amount for one in answer.quotas if one.year == year}
