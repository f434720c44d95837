"""Goal after goal: solve, hold what was reached, go on. Then settle what is still a tie."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Floats, Integers, Solution
from minequota.optimizer.goals import Goal

ABSOLUTE_TOLERANCE = 1e-7
RELATIVE_TOLERANCE = 1e-7
"""What a later goal may give up of an earlier one that is not a whole number."""
WHOLE_SLACK = 1e-3
"""What a whole goal is held with: between two whole values nothing lies, so this excludes rounding
errors only, and keeps the relaxation tight where half a step would let fractions trade."""
_LOOSENED_AT_MOST = 2


class NoAllocationError(Exception):
    """The binding clauses leave no allocation at all, or none was found in the time."""

    def __init__(self, status: SolveStatus, goal: str) -> None:
        self.status = status
        self.goal = goal
        super().__init__(f"{status.value} at goal {goal}")


class StageError(RuntimeError):
    """A goal failed although the one before it had an answer: a fault of the program."""


@dataclass(frozen=True)
class Stage:
    """What one goal reached."""

    goal: Goal
    status: SolveStatus
    value: float
    bound: float
    tolerance: float
    seconds: float


def solve_in_order(
    engine: Engine,
    goals: tuple[Goal, ...],
    *,
    gap: float,
    time_limit: float | None,
    start: Floats | None = None,
    before: tuple[Stage, ...] = (),
) -> tuple[tuple[Stage, ...], Floats]:
    """Minimise the goals lexicographically.

    Parameters
    ----------
    engine
        Holds the model; keeps one more row per goal afterwards.
    goals
        In order of importance.
    gap
        Relative gap to which each goal is proven.
    time_limit
        Seconds per goal, or None.
    start
        An answer to the goals the engine holds already, kept where time runs out.
    before
        Those goals, whose rows are the engine's last.

    Returns
    -------
    tuple
        What each goal reached, those before included, and the solution that reaches all of them.

    Raises
    ------
    NoAllocationError
        When the first goal finds no allocation.
    StageError
        When a later goal contradicts an earlier one.
    """
    stages: list[Stage] = list(before)
    best = start
    for goal in goals:
        started = time.perf_counter()
        answer = engine.minimise(goal.cost, gap=gap, time_limit=time_limit)
        for _ in range(_LOOSENED_AT_MOST):
            if answer.status is not SolveStatus.INFEASIBLE or not stages:
                break
            stages = _loosen(engine, stages)
            answer = engine.minimise(goal.cost, gap=gap, time_limit=time_limit)
        if not answer.found:
            if best is None:
                raise NoAllocationError(answer.status, goal.name)
            if answer.status is SolveStatus.INFEASIBLE:
                raise StageError(f"The goal {goal.name} contradicts the goals before it.")
            # Out of time before anything better was found: the last answer still stands.
            value = float(goal.cost @ best)
            answer = Solution(SolveStatus.TIME_LIMIT, best, value, -np.inf)
        stages.append(_stage(goal, answer, time.perf_counter() - started))
        best = answer.values
        _hold(engine, stages[-1])
    if best is None:
        raise StageError("A scenario needs at least one goal.")
    return tuple(stages), best


def _stage(goal: Goal, answer: Solution, seconds: float) -> Stage:
    value, bound = answer.objective, answer.bound
    if goal.whole:
        value = float(round(value))
        bound = float(np.ceil(bound - 1e-6)) if np.isfinite(bound) else bound
    tolerance = tolerance_of(goal, value)
    return Stage(goal, answer.status, value, min(bound, value), tolerance, seconds)


def tolerance_of(goal: Goal, value: float) -> float:
    """Return what later goals may give up of a goal that reached a value, in its unit."""
    return 0.0 if goal.whole else max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * abs(value))


def hold_wider(engine: Engine, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Hold goals on an engine that holds none yet, with ten times their tolerance, recorded."""
    wider = tuple(replace(stage, tolerance=10 * stage.tolerance) for stage in stages)
    for stage in wider:
        _hold(engine, stage)
    return wider


def give_room(engine: Engine, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Loosen the goals until an answer within the integers just fixed is feasible to the solver.

    Parameters
    ----------
    engine
        With the integers fixed and the goals of `stages` as its last rows.
    stages
        What they reached, all of it by the answer the integers come from.

    Raises
    ------
    StageError
        When that answer stays infeasible: a fault of the program.
    """
    for _ in range(_LOOSENED_AT_MOST + 1):
        answer = engine.minimise(0.0 * stages[0].goal.cost, gap=0.0, time_limit=None)
        if answer.found:
            return stages
        stages = tuple(_loosen(engine, list(stages)))
    raise StageError("The rights chosen contradict the goals they reach.")


def _loosen(engine: Engine, stages: list[Stage]) -> list[Stage]:
    """Hold the goals so far with ten times the tolerance, and record it.

    A solver keeps rows to within a tolerance of its own. An answer that uses it up on one goal
    after another may leave less room than the next goal's presolve asks, although it stands.
    """
    for stage in reversed(stages):
        if np.any(stage.goal.cost):
            engine.remove_last_row()
    wider = [replace(stage, tolerance=10 * stage.tolerance) for stage in stages]
    for stage in wider:
        _hold(engine, stage)
    return wider


def _hold(engine: Engine, stage: Stage) -> None:
    index = np.flatnonzero(stage.goal.cost)
    if len(index) == 0:
        return
    engine.add_row(index, stage.goal.cost[index], -np.inf, stage.value + slack_of(stage))


def slack_of(stage: Stage) -> float:
    """Return how far above its value a goal is held."""
    return WHOLE_SLACK if stage.goal.whole else stage.tolerance


def settle_ties(
    engine: Engine,
    last: Stage,
    solution: Floats,
    integers: Integers,
    *,
    time_limit: float | None,
) -> tuple[Floats, bool]:
    """Make the choice of integers unique, whatever path the solver took.

    The licence order sums ranks, and two sets of rights may have the same sum. So the second
    best set is sought with a cut that forbids the one in hand: when its sum is larger, the choice
    is unique. Otherwise the columns are settled in order, each at 1 if any of the tied sets has a
    1 there, up to the first in which the two differ, and again. Several sets may tie, and the
    second found need not be the one that differs earliest.

    Parameters
    ----------
    engine
        With all goals held but the licence order.
    last
        The licence order's stage.
    solution
        An optimal solution.
    integers
        Free integer columns in licence order.
    time_limit
        Seconds per search.

    Returns
    -------
    tuple
        The settled solution, and whether its uniqueness was proven.
    """
    free = integers
    best = float(last.goal.cost @ np.round(solution))
    while len(free):
        now = np.round(solution[free])
        engine.add_row(free, np.where(now > 0.5, -1.0, 1.0), 1.0 - now.sum(), np.inf)
        other = engine.minimise(last.goal.cost, gap=0.0, time_limit=time_limit)
        engine.remove_last_row()
        if not other.found:
            return solution, other.status is SolveStatus.INFEASIBLE
        if other.objective > best + 0.5:
            return solution, other.bound > best + 0.5
        first = int(np.flatnonzero(now != np.round(other.values[free]))[0])
        for column in free[: first + 1]:
            solution, proven = _settle_column(
                engine, last, best, solution, column, time_limit=time_limit
            )
            if not proven:
                return solution, False
        free = free[first + 1 :]
    return solution, True


def _settle_column(
    engine: Engine,
    last: Stage,
    best: float,
    solution: Floats,
    column: int,
    *,
    time_limit: float | None,
) -> tuple[Floats, bool]:
    """Fix a column at 1 if a set as good as `best` has it there, at 0 otherwise."""
    at, one = np.array([column]), np.ones(1)
    engine.set_bounds(at, one, one)
    if solution[column] > 0.5:
        return solution, True
    other = engine.minimise(last.goal.cost, gap=0.0, time_limit=time_limit)
    if other.found and other.objective < best + 0.5:
        return other.values, True
    engine.set_bounds(at, 0.0 * one, 0.0 * one)
    proven = other.bound > best + 0.5 if other.found else other.status is SolveStatus.INFEASIBLE
    return solution, proven
