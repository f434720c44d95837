"""From several futures to one robust plan: the whole of it, in the order of its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.robust.alone import Alone, alone, quotas, values_of
from minequota.optimizer.robust.decide import Decided, decide
from minequota.optimizer.robust.errors import NoRobustPlanError
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.measures import Measure, Measured, goal_names, measured_goals
from minequota.optimizer.robust.result import ROBUST, MeasuredGoal, RobustPlan, Valued
from minequota.optimizer.robust.rights import Rights
from minequota.optimizer.robust.stack import stack_futures
from minequota.optimizer.robust.structure import refuse_differences
from minequota.optimizer.robust.values import better, measured, series, valued
from minequota.optimizer.stages import NoAllocationError, Stage, StageError

__all__ = ["NoRobustPlanError", "Progress", "solve_robust"]

Progress = Callable[[str], None]
_ORDER = list(SolveStatus)


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
    own = tuple(alone(future, solver) for future in futures)
    tell("robust_rights")
    try:
        stack = stack_futures(futures)
        goals = measured_goals(stack, measure, [one.fractional for one in own])
        decided = decide(stack, goals, solver)
    except NoAllocationError as error:
        raise NoRobustPlanError(error) from error
    tell("robust_values")
    plans = _valued_plans(futures, decided.rights, own, solver)
    names = [name for name in goal_names(stack) if name != TIE_BREAK]
    best = tuple(one.values(future) for future, one in zip(futures, own, strict=True))
    tell("robust_quotas")
    robust, allocations, plans = _handed_over(
        plans,
        lambda known: _best_known(known, names, measure, futures, best),
        lambda rights: tuple(
            quotas(future, one, rights, solver) for future, one in zip(futures, own, strict=True)
        ),
        futures,
    )
    answers = tuple(one.answer for one in own)
    plan = Valued(ROBUST, robust.rights, robust.goals)
    return RobustPlan(
        status=_worst(decided.stages, (*answers, *allocations)),
        measure=measure,
        solver=decided.solver,
        futures=futures,
        goals=tuple(
            _result(one, stage, _reached(one, plan, futures, allocations, best))
            for one, stage in zip(goals, decided.stages, strict=True)
        ),
        rights=robust.rights,
        allocations=allocations,
        own=answers,
        best=best,
        plans=(plan, *plans[1:]),
        notes=_notes(decided, robust),
    )


def _valued_plans(
    futures: tuple[Future, ...], decided: Rights, own: tuple[Alone, ...], solver: str
) -> tuple[Valued, ...]:
    """Every plan over all futures, the robust one first; what is the same is solved once."""
    plans: list[Valued] = []
    named = [
        (ROBUST, decided),
        *((f.name, one.rights) for f, one in zip(futures, own, strict=True)),
    ]
    for name, rights in named:
        same = next((plan for plan in plans if plan.rights.same(rights)), None)
        if same is not None:
            plans.append(Valued(name, rights, same.goals))
            continue
        known = [
            one.values(future) if one.rights.same(rights) else None
            for future, one in zip(futures, own, strict=True)
        ]
        plans.append(valued(name, rights, futures, solver, known))
    if not plans[0].feasible:
        raise StageError("The rights chosen for all futures do not fit one of them.")
    return tuple(plans)


def _handed_over(
    plans: tuple[Valued, ...],
    choose: Callable[[tuple[Valued, ...]], Valued],
    solve: Callable[[Rights], tuple[Allocation, ...]],
    futures: tuple[Future, ...],
) -> tuple[Valued, tuple[Allocation, ...], tuple[Valued, ...]]:
    """Return the plan taken, its futures in full, and all plans with the values these reach.

    Within a gap or a limit of time the same rights may reach other values when they are solved
    again. What is written is what counts, so the choice is asked again with those.
    """
    solved: list[tuple[Rights, tuple[Allocation, ...]]] = []
    while True:
        chosen = choose(plans)
        for rights, allocations in solved:
            if rights.same(chosen.rights):
                return chosen, allocations, plans
        allocations = solve(chosen.rights)
        solved.append((chosen.rights, allocations))
        values = tuple(values_of(f, one) for f, one in zip(futures, allocations, strict=True))
        plans = tuple(
            replace(plan, goals=values) if plan.rights.same(chosen.rights) else plan
            for plan in plans
        )


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


def _reached(
    one: Measured,
    plan: Valued,
    futures: tuple[Future, ...],
    allocations: tuple[Allocation, ...],
    best: tuple[Mapping[str, float], ...],
) -> float:
    """What the rights handed over reach of a goal, by its way of counting."""
    name = one.goal.name
    if one.counted == "order":
        return sum(g.value for answer in allocations for g in answer.goals if g.name == name)
    values = [(goals or {}).get(name, 0.0) for goals in plan.goals]
    if one.counted == "once":
        return values[0]
    weights = [future.weight for future in futures]
    return measured(one.counted, values, weights, [least.get(name, 0.0) for least in best])


def _result(one: Measured, stage: Stage, value: float) -> MeasuredGoal:
    return MeasuredGoal(
        name=one.goal.name,
        title_zh=one.goal.title_zh,
        title_en=one.goal.title_en,
        unit=one.goal.unit,
        counted=one.counted,
        status=stage.status,
        value=value,
        solver_value=stage.value,
        bound=stage.bound if stage.bound > -float("inf") else None,
        tolerance=stage.tolerance,
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
