"""The goals as objective vectors, in the order the scenario asks for.

Each is solved as a mixed-integer program with all goals above it held, so that no weight ever
trades one against another. Evenness comes after the integers are fixed and stands in
`evenness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import NONE, Columns, Draft, same_columns
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goal import Goal as Goal
from minequota.optimizer.grounds import keep_points, leave_points
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.minscale import admission_floor
from minequota.optimizer.rules.renew import leaving_year
from minequota.optimizer.rules.status import protected
from minequota.optimizer.supply_goals import cost as cost_of_supply

TIE_BREAK = "tie_break"
_OF_RIGHTS_ALONE = (
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "timing",
    TIE_BREAK,
)
AFTER_THE_INTEGERS = ("by_product", "evenness", "flows")


@dataclass(frozen=True)
class KeptGoals:
    """The goals of a model whose sources another one shares, and the columns they speak of."""

    columns: Columns
    count: int
    goals: tuple[Goal, ...]

    def of(self, name: str, draft: Draft) -> Goal | None:
        """Return a goal that holds for `draft` as it stands; None where it may differ."""
        if name not in _OF_RIGHTS_ALONE or self.count != len(draft.lower):
            return None
        if not same_columns(self.columns, draft.columns):
            return None
        return next((goal for goal in self.goals if goal.name == name), None)


def build_goals(problem: Problem, draft: Draft, kept: KeptGoals | None = None) -> tuple[Goal, ...]:
    """Return the scenario's goals in order, without evenness.

    `kept` are the goals of a model with the same sources: those that speak of rights alone are
    not written again. The licence order comes last wherever it is listed: it chooses among what
    all others leave.
    """
    pursued = problem.scenario.question.goals
    return tuple(
        goal
        for name in sorted(pursued, key=lambda name: name == TIE_BREAK)
        if name not in AFTER_THE_INTEGERS
        for goal in _made(name, problem, draft, kept)
    )


def _made(name: str, problem: Problem, draft: Draft, kept: KeptGoals | None) -> Iterable[Goal]:
    known = kept.of(name, draft) if kept is not None else None
    return _MAKERS[name](problem, draft) if known is None else (known,)


def chosen_leavers(problem: Problem) -> list[tuple[int, int]]:
    """Return the sources of the register that may be chosen to leave, and until when.

    Each with the last modelled year (by position) in which leaving is a choice: the last one, or
    the one before it must leave anyway. Whoever must leave in the first year has no such choice.
    """
    found = []
    for m, source in enumerate(problem.sources):
        if not source.existing or protected(problem, source):
            continue
        leaves = leaving_year(problem, source)
        until = len(problem.years) if leaves is None else problem.years.index(leaves)
        until -= 1
        if until >= 0:
            found.append((m, until))
    return found


def _gone(problem: Problem, draft: Draft, y: int, m: int) -> Iterator[tuple[int, float]]:
    """Terms of 1 where a right of the register is gone in a year and in no merger."""
    yield draft.one, 1.0
    for one in (m, *problem.mergers_of.get(m, ())):
        yield int(draft.columns.hold[y, one]), -1.0


def _expected_indicators(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    weights = problem.options.indicator_weights
    for clause in draft.clauses:
        weight = weights.get(clause.id.split(".")[1], 1.0) / clause.base
        weight *= problem.weight_of(clause.year)
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
            asked = line.amount if line.handed_out is None else line.handed_out
            if line.given.priority != priority or asked <= 0:
                continue
            columns = draft.columns.unmet if line.handed_out is None else draft.columns.not_handed
            column = columns[problem.years.index(line.year), position[line.product.name]]
            cost[column] = problem.weight_of(line.year) / asked
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
    for m, until in chosen_leavers(problem):
        right = problem.sources[m].right
        assert right is not None  # noqa: S101 - leavers stand on the register
        weight = weights.get(right.status, 1.0)
        for column, value in _gone(problem, draft, until, m):
            cost[column] += weight * value
    for k, source in enumerate(problem.sources):
        cost[draft.columns.hold[-1, k]] += problem.options.protection.merger_weight * max(
            0, len(source.members) - 1
        )
    merging = any(source.kind == "merged" for source in problem.sources)
    plain = all(weight == 1 for weight in weights.values()) and not merging
    unit = "个" if plain else "加权个数"
    yield Goal("closures", "选择退出的采矿权", "Rights chosen to leave", unit, cost, _whole(cost))


def _actions(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    cost[draft.columns.hold[-1, problem.fresh]] = 1.0
    expand = draft.columns.expand[-1]
    cost[expand[expand != NONE]] = 1.0
    for k, source in enumerate(problem.sources):
        if len(source.members) == 1:
            # An acquisition changes the holder alone; a merger is counted with the closures.
            cost[draft.columns.hold[-1, k]] = 1.0
    yield Goal("actions", "新投放、改扩建", "Rights issued or enlarged", "个", cost, whole=True)


def _capacity_issued(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    for m, source in enumerate(problem.sources):
        sizes = draft.columns.size[:, m]
        if sizes[0] != NONE:
            cost[sizes] = 1.0 / (admission_floor(problem, source) or 1.0)
    yield Goal("capacity_issued", "新投放生产规模", "Capacity issued", "最低规模的倍数之和", cost)


def _policy_preference(problem: Problem, draft: Draft) -> Iterator[Goal]:
    cost = _zeros(draft)
    for m, until in chosen_leavers(problem):
        points = leave_points(problem, problem.sources[m])
        for column, value in _gone(problem, draft, until, m):
            cost[column] += points * value
    for m, source in enumerate(problem.sources):
        points = keep_points(problem, source)
        if source.fresh:
            cost[draft.columns.hold[-1, m]] -= points
        # Of the last year alone: points of every year would speak for issuing early.
        run = draft.columns.run[-1, m]
        if run != NONE:
            cost[run] -= points
    yield Goal("policy_preference", "政策偏好", "Policy preference", "分", cost, _whole(cost))


def _tie_break(problem: Problem, draft: Draft) -> Iterator[Goal]:
    """Among equals the later licence leaves or rests, and the earlier zone is issued.

    Whoever can reach a floor runs: that a mine rests must have a better reason than its rank.
    """
    cost = _zeros(draft)
    count = len(problem.sources)
    columns = draft.columns
    for m, source in enumerate(problem.sources):
        rank = float(m + 1)
        cost[columns.hold[:, m]] = -(count + 1 - rank) if source.existing else rank
        for run in columns.run[:, m]:
            if run != NONE:
                cost[run] = -(count + 1 - rank)
        for column in (*columns.large[:, m], *columns.expand[:, m]):
            if column != NONE:
                cost[column] = rank
    cost[draft.one] = -float(np.minimum(cost, 0.0).sum())
    yield Goal(TIE_BREAK, "许可证号次序", "Licence order", "序号之和", cost, whole=True)


def _timing(problem: Problem, draft: Draft) -> Iterator[Goal]:
    """Nothing is issued before it is needed, and nobody leaves before they must."""
    if not problem.calendar:
        return
    cost = _zeros(draft)
    for y in range(len(problem.years)):
        cost[draft.columns.hold[y, problem.fresh]] += 1.0
        expand = draft.columns.expand[y]
        cost[expand[expand != NONE]] += 1.0
        for k, source in enumerate(problem.sources):
            if source.kind == "merged":
                cost[draft.columns.hold[y, k]] += 1.0
        for m, until in chosen_leavers(problem):
            for column, value in _gone(problem, draft, y, m) if y <= until else ():
                cost[column] += value
    yield Goal("timing", "提前实施的时长", "Years ahead of need", "个·年", cost, whole=True)


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
    "timing": _timing,
    "cost": cost_of_supply,
    TIE_BREAK: _tie_break,
}
