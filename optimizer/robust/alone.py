"""Each future planned for by itself: what a plan for all futures is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from minequota.optimizer.allocation import Allocation, GoalResult, SolveStatus
from minequota.optimizer.answer import clean
from minequota.optimizer.robust.errors import NoRobustPlanError
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.rights import Rights, rights_of, with_rights
from minequota.optimizer.robust.values import held_stages, ranked
from minequota.optimizer.solve import solve_model
from minequota.optimizer.stages import NoAllocationError, Stage, StageError

_ORDER = list(SolveStatus)


@dataclass(frozen=True)
class Alone:
    """A future's own plan.

    `fractional` is what its goals reached before capacities stood in whole steps: less than any
    rights that can be issued may reach, and so a constant of the program alone. The goals of
    `answer` are those its rights reach as they are issued, and what figures are measured from.
    """

    answer: Allocation
    rights: Rights
    fractional: Mapping[str, float]

    def values(self, future: Future) -> dict[str, float]:
        """Return what the rights reach in their own future, as `Valued` has it."""
        return values_of(future, self.answer)


def alone(future: Future, solver: str) -> Alone:
    """Plan for one future by itself.

    Raises
    ------
    NoRobustPlanError
        When it has no allocation, or none was found in the time.
    """
    try:
        answer = solve_model(future.model, solver, words=False)
    except NoAllocationError as error:
        raise NoRobustPlanError(error, future.name) from error
    rights = rights_of(future.model.problem, answer)
    stages = held_stages(future, rights, solver)
    if stages is None:
        raise StageError(f"The rights of the plan for {future.name} do not fit it.")
    fractional = {goal.name: goal.value for goal in answer.goals}
    return Alone(_as_held(answer, stages), rights, fractional)


def quotas(future: Future, own: Alone, rights: Rights, solver: str) -> Allocation:
    """Solve one future in full with rights that fit it; its own plan stands where they are its own.

    Raises
    ------
    NoRobustPlanError
        When nothing was found in the time.
    """
    if own.rights.same(rights):
        return own.answer
    fixed = with_rights(future.model, rights)
    if fixed is None:
        raise StageError(f"The rights chosen for all futures do not fit {future.name}.")
    try:
        return solve_model(fixed, solver, words=False)
    except NoAllocationError as error:
        if error.status is SolveStatus.INFEASIBLE:
            text = f"The rights chosen for all futures do not fit {future.name}."
            raise StageError(text) from error
        raise NoRobustPlanError(error, future.name) from error


def values_of(future: Future, answer: Allocation) -> dict[str, float]:
    """Return what the goals pursued in stages reach in an answer, by name."""
    pursued = {goal.name for goal in ranked(future.model)}
    return {goal.name: goal.value for goal in answer.goals if goal.name in pursued}


def _as_held(answer: Allocation, stages: Sequence[Stage]) -> Allocation:
    """Return an answer whose goals say what its rights reach as they are issued."""
    reached = {stage.goal.name: stage for stage in stages}
    goals = tuple(
        _held(goal, reached[goal.name]) if goal.name in reached else goal for goal in answer.goals
    )
    status = max((goal.status for goal in goals), key=_ORDER.index)
    return replace(answer, goals=goals, status=status)


def _held(goal: GoalResult, stage: Stage) -> GoalResult:
    apart = max(0.0, stage.value - stage.bound)
    return replace(
        goal,
        # Rights that were not proven the best for their future do not become so by being held.
        status=max(goal.status, stage.status, key=_ORDER.index),
        value=clean(stage.value),
        bound=clean(stage.bound),
        absolute_gap=clean(apart),
        relative_gap=clean(apart / abs(stage.value)) if stage.value else clean(apart),
        tolerance=stage.tolerance,
    )
