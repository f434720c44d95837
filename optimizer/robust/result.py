"""What a robust plan hands over: the rights, every future's quotas, and what robustness costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.measures import Counted, Measure
from minequota.optimizer.robust.rights import Rights

ROBUST = "robust"
"""Name of the robust plan among the plans; the others are named after their futures."""


@dataclass(frozen=True)
class MeasuredGoal:
    """What one goal over all futures reached, in the order solved; as `GoalResult` otherwise.

    `value` is what the rights handed over reach, with capacities in whole steps. `solver_value` is
    what the program of all futures reached before that, its regrets above fractional bests; `bound`
    is proven for the latter.
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    counted: Counted
    status: SolveStatus
    value: float
    solver_value: float
    bound: float | None
    tolerance: float


@dataclass(frozen=True)
class Valued:
    """One plan over all futures.

    `goals` has a future's goals with the plan's rights in the order of the futures, each by name;
    None where the rights have no allocation in that future. Values are before quotas are rounded.
    """

    plan: str
    rights: Rights
    goals: tuple[Mapping[str, float] | None, ...]

    @property
    def feasible(self) -> bool:
        """Whether the rights have an allocation in every future."""
        return all(one is not None for one in self.goals)


@dataclass(frozen=True)
class RobustPlan:
    """The answer.

    `allocations` are the futures' allocations with the rights decided, `own` those of each future
    planned for alone, both in the order of `futures`; `best` is what the latter's rights reach in
    their own future, by goal: capacities in whole steps, quotas before rounding, as the values of
    `plans`, which begin with the robust plan.
    """

    status: SolveStatus
    measure: Measure
    solver: str
    futures: tuple[Future, ...]
    goals: tuple[MeasuredGoal, ...]
    rights: Rights
    allocations: tuple[Allocation, ...]
    own: tuple[Allocation, ...]
    best: tuple[Mapping[str, float], ...]
    plans: tuple[Valued, ...]
    notes: tuple[str, ...] = ()
