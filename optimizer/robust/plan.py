"""From several futures to one robust plan: the whole of it, in the order of its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.robust.decide import Decided, decide
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.measures import Measure, Measured, goal_names, measured_goals
from minequota.optimizer.robust.result import ROBUST, MeasuredGoal, RobustPlan, Valued
from minequota.optimizer.robust.rights import Rights, rights_of, with_rights
from minequota.optimizer.robust.stack import stack_futures
from minequota.optimizer.robust.structure import refuse_differences
from minequota.optimizer.robust.values import better, series, valued
from minequota.optimizer.solve import solve_model
from minequota.optimizer.stages import NoAllocationError, Stage, StageError

Progress = Callable[[str], None]
_ORDER = list(SolveStatus)


class NoRobustPlanError(NoAllocationError):
    """One future alone has no allocation, or no rights serve them all (`future` is empty then)."""

    def __init__(self, error: NoAllocationError, future: str = "") -> None:
        super().__init__(error.status, error.goal)
        self.future = future

    @property
    def said(self) -> tuple[str, str]:
        """What failed, in Chinese and English."""
        infeasible = self.status is SolveStatus.INFEASIBLE
        if self.future and infeasible:
            zh = f"未来“{self.future}”单独也无可行方案：其约束性条款不能同时满足，未写出任何文件。"
            en = f'The future "{self.future}" is infeasible even alone; nothing was written.'
        elif self.future:
            zh = f"未来“{self.future}”在规定时间内未得到任何方案，未写出任何文件。"
            en = f'No answer within the time for the future "{self.future}"; nothing was written.'
        elif infeasible:
            zh = "各未来单独可行，但没有一套采矿权能同时满足所有未来的约束性条款，未写出任何文件。"
            en = (
                "Each future has an answer alone, but no set of rights keeps the binding clauses "
                "of all of them; nothing was written."
            )
        else:
            zh = "规定时间内未得到适用于所有未来的采矿权，未写出任何文件。"
            en = "No rights for all futures were found within the time; nothing was written."
        return zh, en


def solve_robust(
    futures: tuple[Future, ...],
    measure: Measure,
    solver: str = "highs",
    progress: Progress | None = None,
) -> RobustPlan:
    """Decide one set of rights for all futures, and each future's quotas with it.

    Parameters
    ----------
    futures
        At least one, their weights adding up to 1.
    measure
        How a goal's values in several futures become one: ``expected``, ``worst`` or ``regret``.
    solver
        As in `solve`.
    progress
        Called with the name of each step as it starts.

    Raises
    ------
    InputError
        When the futures differ in what there is to decide.
    NoRobustPlanError
        When a future has no allocation even alone, when no rights keep the rules of all futures,
        or when nothing was found in the time.
    """
    tell = progress or (lambda step: None)
    refuse_differences(futures)
    tell("own_plans")
    own = tuple(_alone(future, solver) for future in futures)
    best = tuple({goal.name: goal.value for goal in one.goals} for one in own)
    tell("robust_rights")
    try:
        stack = stack_futures(futures)
        goals = measured_goals(stack, measure, best)
        decided = decide(stack, goals, solver)
    except NoAllocationError as error:
        raise NoRobustPlanError(error) from error
    tell("robust_values")
    rights = [rights_of(f.model.problem, one) for f, one in zip(futures, own, strict=True)]
    plans = _valued_plans(futures, decided.rights, rights, solver)
    names = [name for name in goal_names(stack) if name != TIE_BREAK]
    robust = _best_known(plans, names, measure, futures, best)
    tell("robust_quotas")
    allocations = tuple(
        one if mine.same(robust.rights) else _with(future, robust.rights, solver)
        for future, one, mine in zip(futures, own, rights, strict=True)
    )
    results = tuple(_result(one, stage) for one, stage in zip(goals, decided.stages, strict=True))
    return RobustPlan(
        status=_worst(decided.stages, (*own, *allocations)),
        measure=measure,
        solver=decided.solver,
        futures=futures,
        goals=results,
        rights=robust.rights,
        allocations=allocations,
        own=own,
        best=best,
        plans=(Valued(ROBUST, robust.rights, robust.goals), *plans[1:]),
        notes=_notes(decided, robust),
    )


def _alone(future: Future, solver: str) -> Allocation:
    try:
        return solve_model(future.model, solver, words=False)
    except NoAllocationError as error:
        raise NoRobustPlanError(error, future.name) from error


def _valued_plans(
    futures: tuple[Future, ...], decided: Rights, own: list[Rights], solver: str
) -> tuple[Valued, ...]:
    """Every plan over all futures, the robust one first; what is the same is solved once."""
    plans = [valued(ROBUST, decided, futures, solver)]
    for future, rights in zip(futures, own, strict=True):
        known = next((plan for plan in plans if plan.rights.same(rights)), None)
        if known is None:
            plans.append(valued(future.name, rights, futures, solver))
        else:
            plans.append(Valued(future.name, rights, known.goals))
    if not plans[0].feasible:
        raise StageError("The rights chosen for all futures do not fit one of them.")
    return tuple(plans)


def _best_known(
    plans: tuple[Valued, ...],
    names: list[str],
    measure: Measure,
    futures: tuple[Future, ...],
    best: tuple[Mapping[str, float], ...],
) -> Valued:
    """The robust plan, or the single plan that is better than it by its own measure.

    Before capacities stand in whole steps none is better, if every goal was proven. Their rounding,
    or a limit of time, may cost the robust plan its lead.
    """
    chosen = plans[0]
    for plan in plans[1:]:
        if plan.feasible and better(
            series(plan, names, measure, futures, best),
            series(chosen, names, measure, futures, best),
        ):
            chosen = plan
    return chosen


def _with(future: Future, rights: Rights, solver: str) -> Allocation:
    fixed = with_rights(future.model, rights)
    if fixed is None:
        raise StageError(f"The rights chosen for all futures do not fit {future.name}.")
    return solve_model(fixed, solver, words=False)


def _result(one: Measured, stage: Stage) -> MeasuredGoal:
    bound = stage.bound if stage.bound > -float("inf") else None
    return MeasuredGoal(
        one.goal.name,
        one.goal.title_zh,
        one.goal.title_en,
        one.goal.unit,
        one.counted,
        stage.status,
        stage.value,
        bound,
        stage.tolerance,
    )


def _worst(stages: tuple[Stage, ...], allocations: tuple[Allocation, ...]) -> SolveStatus:
    reached = chain((one.status for one in stages), (one.status for one in allocations))
    return max(reached, key=_ORDER.index)


def _notes(decided: Decided, robust: Valued) -> tuple[str, ...]:
    notes = []
    if not decided.settled:
        notes.append("tie_not_proven_unique")
    if robust.plan != ROBUST:
        notes.append(f"single_plan_taken:{robust.plan}")
    return tuple(notes)
