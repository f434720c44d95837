"""Scenarios with their demands and caps scaled, and what an open model must agree on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from minequota.optimizer.model import build_model
from minequota.optimizer.outcome import outcome
from minequota.optimizer.solve import solve_model
from minequota.optimizer.stages import NoAllocationError
from minequota.optimizer.sweep.chunk import Desk
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

AFTER_ROUNDING = ("flows",)
RIGHTS = ("issued_rights", "leaving_rights", "expanded_rights", "merged_rights")


def times(amount: Quantity | None, factor: float) -> Quantity | None:
    """Return an amount scaled."""
    if amount is None:
        return None
    return Quantity(float(f"{amount.value * factor:.12g}"), amount.unit)


def demanding(scenario: Scenario, factor: float, *products: str) -> Scenario:
    """Return the scenario with the demand for some products (all, if none is named) scaled."""
    question = scenario.question
    demand = dict(question.demand)
    for name, given in demand.items():
        if (not products or name in products) and given.amount is not None:
            changed = {
                "amount": times(given.amount, factor),
                "by_year": {y: times(one, factor) for y, one in given.by_year.items()},
                "places": {c: times(one, factor) for c, one in given.places.items()},
            }
            demand[name] = given.model_copy(update=changed)
    return replace(scenario, question=question.model_copy(update={"demand": demand}))


def capped(scenario: Scenario, factor: float) -> Scenario:
    """Return the scenario with every cap of its plan scaled."""
    caps = tuple(
        cap.model_copy(update={"amount": times(cap.amount, factor)}) for cap in scenario.plan.caps
    )
    return replace(scenario, plan=scenario.plan.model_copy(update={"caps": caps}))


def alone(scenario: Scenario) -> dict[str, object]:
    """Return the row of a scenario solved by itself."""
    try:
        return dict(outcome(solve_model(build_model(scenario), words=False)))
    except NoAllocationError as error:
        return {"status": error.status.value}


def together(scenarios: Iterable[Scenario]) -> list[dict[str, object]]:
    """Return the rows of scenarios solved one after another on models that stay open."""
    desk = Desk(opened=None, parameters=())  # type: ignore[arg-type]
    rows = []
    for scenario in scenarios:
        try:
            rows.append(dict(outcome(desk.solve(scenario))))
        except NoAllocationError as error:
            rows.append({"status": error.status.value})
    return rows


def assert_same_goals(cold: dict[str, object], hot: dict[str, object]) -> None:
    """Fail where two rows differ in their status, in rights, or in a goal by more than hairs."""
    assert hot["status"] == cold["status"]
    assert [hot.get(name) for name in RIGHTS] == [cold.get(name) for name in RIGHTS]
    goals = [name for name in cold if name.startswith("goal.")]
    assert [name for name in hot if name.startswith("goal.")] == goals
    for name in goals:
        if name.removeprefix("goal.") not in AFTER_ROUNDING:
            assert hot[name] == pytest.approx(cold[name], rel=2e-6, abs=2e-6), name
