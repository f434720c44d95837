"""What a set of rights is worth in every future, and which of two sets is the better one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.answer import clean
from minequota.optimizer.engine import open_engine
from minequota.optimizer.goals import TIE_BREAK, Goal
from minequota.optimizer.model import Model
from minequota.optimizer.robust.errors import NoRobustPlanError
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.measures import ALWAYS_EXPECTED, Measure
from minequota.optimizer.robust.result import Valued
from minequota.optimizer.robust.rights import Rights, with_rights
from minequota.optimizer.stages import NoAllocationError, Stage, solve_in_order

CLOSE = 1e-6
"""How near two values of a goal are taken for one, in the goal's unit above 1 by their share."""


def valued(
    plan: str,
    rights: Rights,
    futures: Sequence[Future],
    solver: str,
    known: Sequence[Mapping[str, float] | None] = (),
) -> Valued:
    """Solve every future with the rights as given.

    Parameters
    ----------
    known
        By future, what the rights are known to reach there; None where that is not known.

    Raises
    ------
    NoRobustPlanError
        When a future has no answer within the time.
    """
    given = known or (None,) * len(futures)
    goals = tuple(
        _goals_with(future, rights, solver) if one is None else one
        for future, one in zip(futures, given, strict=True)
    )
    return Valued(plan, rights, goals)


def held_stages(future: Future, rights: Rights, solver: str) -> tuple[Stage, ...] | None:
    """Return what the goals of a future reach with rights held; None where they do not fit it.

    Raises
    ------
    NoRobustPlanError
        When nothing was found within the time.
    """
    fixed = with_rights(future.model, rights)
    if fixed is None:
        return None
    solving = future.scenario.question.solving
    engine = open_engine(fixed.draft.program(), solver)
    try:
        stages, _ = solve_in_order(
            engine, ranked(fixed), gap=solving.gap, time_limit=solving.time_limit
        )
    except NoAllocationError as error:
        if error.status is not SolveStatus.INFEASIBLE:
            raise NoRobustPlanError(error, future.name) from error
        return None
    return stages


def ranked(model: Model) -> tuple[Goal, ...]:
    """Return the goals that say how good a plan is: all but the licence order."""
    return tuple(goal for goal in model.goals if goal.name != TIE_BREAK)


def _goals_with(future: Future, rights: Rights, solver: str) -> dict[str, float] | None:
    stages = held_stages(future, rights, solver)
    return None if stages is None else {stage.goal.name: clean(stage.value) for stage in stages}


def measured(
    measure: Measure, values: Sequence[float], weights: Sequence[float], best: Sequence[float]
) -> float:
    """Return one number for a goal's values in all futures.

    Parameters
    ----------
    measure
        ``expected``: their weighted sum; ``worst``: the largest; ``regret``: the largest excess
        over what the rights of each future's own plan, as they are issued, reach there.
    values, weights, best
        By future.
    """
    if measure == "expected":
        return sum(w * value for w, value in zip(weights, values, strict=True))
    if measure == "worst":
        return max(values)
    return max(value - least for value, least in zip(values, best, strict=True))


def series(
    plan: Valued,
    names: Sequence[str],
    measure: Measure,
    futures: Sequence[Future],
    best: Sequence[Mapping[str, float]],
) -> list[float]:
    """Return what a robust plan makes least, in that order: of each goal its measure and mean."""
    weights = [future.weight for future in futures]
    found = []
    for name in names:
        values = [0.0 if one is None else one.get(name, 0.0) for one in plan.goals]
        beaten = [one.get(name, 0.0) for one in best]
        if name != ALWAYS_EXPECTED:
            found.append(measured(measure, values, weights, beaten))
        found.append(measured("expected", values, weights, beaten))
    return found


def better(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the first of two series is less, the first difference deciding."""
    for a, b in zip(one, other, strict=True):
        if abs(a - b) > CLOSE * max(1.0, abs(a), abs(b)):
            return a < b
    return False
