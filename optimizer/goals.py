"""The goals as objective vectors, in the order the scenario asks for.

Each is solved as a mixed-integer program with all goals above it held, so that no weight ever
trades one against another. Evenness comes after the integers are fixed and stands in
`evenness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.grounds import keep_points, leave_points
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.minscale import admission_floor
from minequota.optimizer.rules.renew import must_leave
from minequota.optimizer.rules.status import protected

TIE_BREAK = "tie_break"


@dataclass(frozen=True)
class Goal:
    """Minimise ``cost · x``. `whole`: every value it can take is an integer.

    A constant stands as the cost of the draft's column that is always 1, so that solvers measure
    their gaps against the goal itself.
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    cost: Floats
    whole: bool = False

    def value(self, solution: Floats) -> float:
        """Value of the goal at a solution."""
        return float(self.cost @ solution)


def build_goals(problem: Problem, draft: Draft) -> tuple[Goal, ...]:
    """Return the scenario's goals in order, without evenness."""
    return tuple(
        goal
        for name in problem.scenario.question.goals
        if name != "evenness"
        for goal in _MAKERS[name](problem, draft)
    )


def chosen_leavers(problem: Problem) -> list[int]:
    """Return the sources of the register that may be chosen to leave."""
    return [
        m
        for m, source in enumerate(problem.sources)
        if source.existing and not protected(problem, source) and not must_leave(problem, source)
    ]


def _expected_indicators(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    weights = problem.options.indicator_weights
    for clause in draft.clauses:
        weight = weights.get(clause.id.split(".")[1], 1.0) / clause.base
        for column in (clause.over, clause.under):
            if column != NONE:
                cost[column] = weight
    yield Goal(
        "expected_indicators",
        "预期性指标偏离",
        "Miss of expected indicators",
        "相对偏离之和",
        cost,
    )


def _unmet_demand(problem: Problem, draft: Draft) -> Iterator[Goal]:
    position = {product.name: p for p, product in enumerate(problem.products)}
    for priority in sorted({line.given.priority for line in problem.demands}):
        cost = _zeros(draft)
        for line in problem.demands:
            if line.given.priority == priority and line.amount > 0:
                cost[draft.columns.unmet[:, position[line.product.name]]] = 1.0 / line.amount
        yield Goal(
            f"unmet_demand_{priority}",
            f"未满足需求（优先级{priority}）",
            f"Unmet demand of priority {priority}",
            "占需求份额之和",
            cost,
        )


def _closures(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    weights = problem.options.protection.weights
    for m in chosen_leavers(problem):
        right = problem.sources[m].right
        assert right is not None  # noqa: S101 - leavers stand on the register
        weight = weights.get(right.status, 1.0)
        cost[draft.columns.hold[-1, m]] = -weight
        cost[draft.one] += weight
    unit = "个" if all(weight == 1 for weight in weights.values()) else "加权个数"
    yield Goal("closures", "选择退出的采矿权", "Rights chosen to leave", unit, cost, _whole(cost))


def _actions(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    cost[draft.columns.hold[-1, ~problem.existing]] = 1.0
    yield Goal("actions", "新投放采矿权", "Rights issued", "个", cost, whole=True)


def _capacity_issued(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    for m, source in enumerate(problem.sources):
        if draft.columns.size[m] != NONE:
            cost[draft.columns.size[m]] = 1.0 / (admission_floor(problem, source) or 1.0)
    yield Goal("capacity_issued", "新投放生产规模", "Capacity issued", "最低规模的倍数之和", cost)


def _policy_preference(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    for m in chosen_leavers(problem):
        points = leave_points(problem, problem.sources[m])
        cost[draft.columns.hold[-1, m]] = -points
        cost[draft.one] += points
    for m, source in enumerate(problem.sources):
        points = keep_points(problem, source)
        if not source.existing:
            cost[draft.columns.hold[-1, m]] = -points
        for run in draft.columns.run[:, m]:
            if run != NONE:
                cost[run] -= points
    yield Goal("policy_preference", "政策偏好", "Policy preference", "分", cost, _whole(cost))


def _tie_break(problem: Problem, draft: Draft) -> Iterator[Goal]:
    """Among equals the later licence leaves or rests, and the earlier zone is issued.

    Whoever can reach a floor runs: that a mine rests must have a better reason than its rank.
    """
    cost = _zeros(draft)
    count = len(problem.sources)
    for m, source in enumerate(problem.sources):
        rank = float(m + 1)
        cost[draft.columns.hold[-1, m]] = -(count + 1 - rank) if source.existing else rank
        for run in draft.columns.run[:, m]:
            if run != NONE:
                cost[run] = -(count + 1 - rank)
        for large in draft.columns.large[:, m]:
            if large != NONE:
                cost[large] = rank
    cost[draft.one] = -float(np.minimum(cost, 0.0).sum())
    yield Goal(TIE_BREAK, "许可证号次序", "Licence order", "序号之和", cost, whole=True)


def _zeros(draft: Draft) -> Floats:
    return np.zeros(len(draft.lower))


def _whole(cost: Floats) -> bool:
    return bool(np.all(cost == np.round(cost)))


_MAKERS: dict[str, Callable[[Problem, Draft], Iterator[Goal]]] = {
    "expected_indicators": _expected_indicators,
    "unmet_demand": _unmet_demand,
    "closures": _closures,
    "actions": _actions,
    "capacity_issued": _capacity_issued,
    "policy_preference": _policy_preference,
    TIE_BREAK: _tie_break,
}
