"""The figures of a robust plan: what plans are worth, what robustness costs, what knowing saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minequota.optimizer.allocation import Allocation, GoalResult
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.robust.result import ROBUST, RobustPlan
from minequota.optimizer.robust.values import measured

UNMET = "unmet_demand_"


@dataclass(frozen=True)
class GoalTitle:
    """A goal's name with its titles and unit."""

    name: str
    title_zh: str
    title_en: str
    unit: str


@dataclass(frozen=True)
class PlanValue:
    """What one plan's rights reach of one goal in one future; None where they do not fit it."""

    plan: str
    goal: str
    future: str
    value: float | None


@dataclass(frozen=True)
class PlanMeasure:
    """One goal of one plan over all futures, three ways; None where it does not fit them all."""

    plan: str
    goal: str
    expected: float | None
    worst: float | None
    regret: float | None


@dataclass(frozen=True)
class Rounded:
    """The robust plan's measures of one goal as its tables have it, quotas in whole steps."""

    goal: str
    expected: float
    worst: float
    regret: float


@dataclass(frozen=True)
class Price:
    """One goal in one future: the robust plan against the future's own best.

    `robust` and `own` are the values after rounding, the ``_value`` ones what the rights as they
    are issued reach before quotas are rounded.
    """

    future: str
    goal: str
    unit: str
    robust: float
    own: float
    price: float
    robust_value: float
    own_value: float


@dataclass(frozen=True)
class Unmet:
    """What a product lacks in one future over all years, in its unit, as the balances say."""

    future: str
    product: str
    unit: str
    basis: str
    demand: float
    robust: float
    own: float


@dataclass(frozen=True)
class Knowing:
    """What deciding for each future by itself would save of one goal, before quotas are rounded."""

    goal: str
    unit: str
    expected: float
    best: float
    value: float


@dataclass(frozen=True)
class KnowingProduct:
    """What deciding for each future by itself would save of one product's expected lack."""

    product: str
    unit: str
    basis: str
    expected: float
    best: float
    value: float


@dataclass(frozen=True)
class Figures:
    """All of it, each list in the order it is printed."""

    titles: Mapping[str, GoalTitle]
    values: tuple[PlanValue, ...]
    measures: tuple[PlanMeasure, ...]
    rounded: tuple[Rounded, ...]
    prices: tuple[Price, ...]
    unmet: tuple[Unmet, ...]
    knowing: tuple[Knowing, ...]
    products: tuple[KnowingProduct, ...]


def figures_of(plan: RobustPlan) -> Figures:
    """Work out every figure of a robust plan."""
    goals = list(dict.fromkeys(one.name for one in plan.goals if one.counted != "order"))
    unmet = tuple(_unmet(plan))
    return Figures(
        titles=_titles(plan),
        values=tuple(_values(plan, goals)),
        measures=tuple(_measures(plan, goals)),
        rounded=tuple(_rounded(plan, goals)),
        prices=tuple(_prices(plan)),
        unmet=unmet,
        knowing=tuple(_knowing(plan, goals)),
        products=tuple(_products(plan, unmet)),
    )


def _titles(plan: RobustPlan) -> dict[str, GoalTitle]:
    found: dict[str, GoalTitle] = {}
    for answer in (*plan.allocations, *plan.own):
        for goal in answer.goals:
            found[goal.name] = GoalTitle(goal.name, goal.title_zh, goal.title_en, goal.unit)
    for one in plan.goals:
        found[one.name] = GoalTitle(one.name, one.title_zh, one.title_en, one.unit)
    return found


def _values(plan: RobustPlan, goals: list[str]) -> Iterator[PlanValue]:
    for goal in goals:
        for one in plan.plans:
            for future, values in zip(plan.futures, one.goals, strict=True):
                value = None if values is None else values.get(goal, 0.0)
                yield PlanValue(one.plan, goal, future.name, value)


def _measures(plan: RobustPlan, goals: list[str]) -> Iterator[PlanMeasure]:
    for goal in goals:
        for one in plan.plans:
            found: list[float | None] = [None, None, None]
            if one.feasible:
                values = [(values or {}).get(goal, 0.0) for values in one.goals]
                found = list(_three(plan, values, [best.get(goal, 0.0) for best in plan.best]))
            yield PlanMeasure(one.plan, goal, *found)


def _three(plan: RobustPlan, values: list[float], best: list[float]) -> tuple[float, float, float]:
    weights = [future.weight for future in plan.futures]
    return (
        measured("expected", values, weights, best),
        measured("worst", values, weights, best),
        measured("regret", values, weights, best),
    )


def _rounded(plan: RobustPlan, goals: list[str]) -> Iterator[Rounded]:
    for goal in goals:
        values = [_rounded_value(one, goal) for one in plan.allocations]
        yield Rounded(goal, *_three(plan, values, [_rounded_value(one, goal) for one in plan.own]))


def _rounded_value(allocation: Allocation, goal: str) -> float:
    return next((one.rounded_value for one in allocation.goals if one.name == goal), 0.0)


def _prices(plan: RobustPlan) -> Iterator[Price]:
    for future, robust, own in zip(plan.futures, plan.allocations, plan.own, strict=True):
        alone = {one.name: one for one in own.goals}
        for goal in robust.goals:
            if goal.name != TIE_BREAK and goal.name in alone:
                yield _price(future.name, goal, alone[goal.name])


def _price(future: str, robust: GoalResult, own: GoalResult) -> Price:
    return Price(
        future,
        robust.name,
        robust.unit,
        robust.rounded_value,
        own.rounded_value,
        robust.rounded_value - own.rounded_value,
        robust.value,
        own.value,
    )


def _unmet(plan: RobustPlan) -> Iterator[Unmet]:
    for future, robust, own in zip(plan.futures, plan.allocations, plan.own, strict=True):
        lines = [line for line in robust.balance if not line.place]
        for name in dict.fromkeys(line.product for line in lines):
            first = next(line for line in lines if line.product == name)
            yield Unmet(
                future.name,
                name,
                first.unit,
                first.basis,
                sum(line.demand for line in lines if line.product == name),
                _lacking(robust, name),
                _lacking(own, name),
            )


def _lacking(allocation: Allocation, product: str) -> float:
    return sum(
        line.unmet for line in allocation.balance if line.product == product and not line.place
    )


def _knowing(plan: RobustPlan, goals: list[str]) -> Iterator[Knowing]:
    weights = [future.weight for future in plan.futures]
    titles = _titles(plan)
    robust = next(one for one in plan.plans if one.plan == ROBUST)
    for goal in goals:
        if not goal.startswith(UNMET):
            continue
        values = [(one or {}).get(goal, 0.0) for one in robust.goals]
        best = [one.get(goal, 0.0) for one in plan.best]
        expected = measured("expected", values, weights, best)
        alone = measured("expected", best, weights, best)
        yield Knowing(goal, titles[goal].unit, expected, alone, expected - alone)


def _products(plan: RobustPlan, unmet: tuple[Unmet, ...]) -> Iterator[KnowingProduct]:
    weights = {future.name: future.weight for future in plan.futures}
    for name in dict.fromkeys(one.product for one in unmet):
        alike = [one for one in unmet if one.product == name]
        first = alike[0]
        expected = sum(weights[one.future] * one.robust for one in alike)
        best = sum(weights[one.future] * one.own for one in alike)
        yield KnowingProduct(
            first.product, first.unit, first.basis, expected, best, expected - best
        )
