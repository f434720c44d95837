"""The goals over all futures: counted once, or measured by expectation, worst case or regret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minequota.optimizer.draft import INFINITY
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goals import TIE_BREAK, Goal
from minequota.optimizer.robust.stack import Stack

Measure = Literal["expected", "worst", "regret"]
Counted = Literal["once", "expected", "worst", "regret", "order"]
MEASURES: tuple[Measure, ...] = ("expected", "worst", "regret")
ALWAYS_EXPECTED = "policy_preference"


@dataclass(frozen=True)
class Measured:
    """One goal over all futures, as the stack minimises it.

    `counted`: ``once`` where it speaks of the rights alone and says the same in every future,
    ``order`` for the licence order, else how the futures' values become one.
    """

    counted: Counted
    goal: Goal


def measured_goals(
    stack: Stack, measure: Measure, fractional: Sequence[Mapping[str, float]]
) -> tuple[Measured, ...]:
    """Return the goals of all futures in the scenario's order.

    After a worst case or a largest regret is held the expectation of the same goal follows as a
    goal of its own, so that no future is served worse than need be. Adds the columns and rows that
    a maximum needs to the stack.

    Parameters
    ----------
    stack
        All futures.
    measure
        How values of several futures become one.
    fractional
        What each future reaches of each goal when it is planned for alone, before its capacities
        stand in whole steps as those of the stack do not either.
    """
    found = [
        one for name in goal_names(stack) for one in _measured(stack, measure, fractional, name)
    ]
    width = len(stack.draft.lower)
    return tuple(Measured(one.counted, _widened(one.goal, width)) for one in found)


def goal_names(stack: Stack) -> list[str]:
    """Return the goals of any future in the scenario's order, priorities of demand by rank."""
    asked = stack.problem.scenario.question.goals
    names = {goal.name for future in stack.futures for goal in future.model.goals}
    return sorted(names, key=lambda name: _rank(asked, name))


def _rank(asked: Sequence[str], name: str) -> tuple[int, int]:
    base, _, priority = name.rpartition("_")
    return (asked.index(name), 0) if name in asked else (asked.index(base), int(priority))


def _measured(
    stack: Stack, measure: Measure, fractional: Sequence[Mapping[str, float]], name: str
) -> Iterator[Measured]:
    own = [_goal(future.model.goals, name) for future in stack.futures]
    known = next(goal for goal in own if goal is not None)
    costs = [
        np.zeros(len(stack.draft.lower)) if goal is None else stack.lifted(s, goal.cost)
        for s, goal in enumerate(own)
    ]
    if name == TIE_BREAK:
        # Every future alike, so that the sum stays whole: it decides among equals only.
        yield Measured("order", _like(known, sum(costs[1:], costs[0]), whole=True))
        return
    if _once(stack, costs):
        yield Measured("once", _like(known, costs[0], whole=known.whole))
        return
    weights = [future.weight for future in stack.futures]
    mean = sum((w * c for w, c in zip(weights, costs, strict=True)), np.zeros(len(costs[0])))
    expected = Measured("expected", _like(known, mean, whole=False))
    if measure != "expected" and name != ALWAYS_EXPECTED:
        beaten = [one.get(name, 0.0) if measure == "regret" else 0.0 for one in fractional]
        yield Measured(measure, _like(known, _largest(stack, costs, beaten), whole=False))
    yield expected


def _once(stack: Stack, costs: list[Floats]) -> bool:
    """Whether a goal is the same in every future and a matter of the rights alone."""
    if len(costs) == 1:
        return True
    alike = all(np.array_equal(costs[0], cost) for cost in costs[1:])
    return alike and not np.any(costs[0][: len(stack.shared)][~stack.shared])


def _largest(stack: Stack, costs: list[Floats], beaten: list[float]) -> Floats:
    """Return the cost of a new column that is no less than any future's value less a constant."""
    draft = stack.draft
    column = draft.column(-INFINITY, INFINITY)
    for cost, constant in zip(costs, beaten, strict=True):
        index = np.flatnonzero(cost)
        draft.row(np.append(index, column), np.append(cost[index], -1.0), -INFINITY, constant)
    largest = np.zeros(len(draft.lower))
    largest[column] = 1.0
    return largest


def _goal(goals: tuple[Goal, ...], name: str) -> Goal | None:
    return next((goal for goal in goals if goal.name == name), None)


def _like(goal: Goal, cost: Floats, *, whole: bool) -> Goal:
    return Goal(goal.name, goal.title_zh, goal.title_en, goal.unit, cost, whole)


def _widened(goal: Goal, width: int) -> Goal:
    cost = np.append(goal.cost, np.zeros(width - len(goal.cost)))
    return _like(goal, cost, whole=goal.whole)
