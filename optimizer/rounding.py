"""Round quotas to their steps, exactly: a small integer program under all rules.

The rights are settled. Every output becomes a whole number of steps, every new capacity a whole
number of capacity steps. Expected indicators, unmet demand and the capacity issued come first
again, then the least deviation from the unrounded shares (a second step away from one weighs
more than a first from another), then the licence order. Where no such numbers exist a finer step
is tried, and the allocation says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.types import Floats, Integers
from minequota.optimizer.goals import Goal
from minequota.optimizer.misses import refresh_misses
from minequota.optimizer.problem import Problem
from minequota.optimizer.stages import NoAllocationError, solve_in_order

_SNAP = 1e-6
_TIE = 1e-4
"""Share of a step within which a share counts as standing at a whole or half step."""
_FURTHER = 3.0
_FINER = (1.0, 0.1, 0.01)
_ROUNDED_AGAIN = ("expected_indicators", "unmet_demand", "capacity_issued")


class RoundingError(RuntimeError):
    """No rounded allocation was found at any step: a fault of the program."""


@dataclass(frozen=True)
class Rounded:
    """The rounded solution and the share of each step that was used (1: as asked)."""

    solution: Floats
    finer: float


def round_solution(
    problem: Problem, draft: Draft, solution: Floats, goals: tuple[Goal, ...], solver: str
) -> Rounded:
    """Return the nearest solution in whole steps.

    Raises
    ------
    RoundingError
        When even steps a hundred times finer leave none.
    """
    for finer in _FINER:
        scale = column_scale(problem, draft, finer)
        try:
            rounded = _solve(draft, solution, goals, solver, scale)
        except NoAllocationError:
            continue
        refresh_misses(problem, draft, rounded)
        return Rounded(rounded, finer)
    raise RoundingError("No whole number of steps keeps all rules.")


def column_scale(problem: Problem, draft: Draft, finer: float = 1.0) -> Floats:
    """Return one step of every stepped column in product units; NaN where nothing is rounded."""
    scale = np.full(len(draft.lower), np.nan)
    for m, source in enumerate(problem.sources):
        if source.product is None:
            continue
        for output in draft.columns.output[:, m]:
            if output != NONE:
                scale[output] = source.product.step * finer
        for size in draft.columns.size[:, m]:
            if size != NONE:
                # A licence states its capacity in its own unit, never in finer steps.
                scale[size] = source.product.capacity_step * source.factor
    return scale


def _solve(
    draft: Draft, solution: Floats, goals: tuple[Goal, ...], solver: str, scale: Floats
) -> Floats:
    stepped = np.flatnonzero(~np.isnan(scale))
    unit = np.where(np.isnan(scale), 1.0, scale)
    program, cost = _program(draft, solution, unit, stepped)
    width = program.columns - len(unit)
    again = tuple(
        Goal(goal.name, "", "", "", np.append(goal.cost * unit, np.zeros(width)))
        for goal in goals
        if goal.name.startswith(_ROUNDED_AGAIN)
    )
    order = np.zeros(program.columns)
    order[stepped] = np.arange(1, len(stepped) + 1, dtype=np.float64)
    last = (
        Goal("deviation", "", "", "", cost),
        Goal("licence_order", "", "", "", order, whole=True),
    )
    engine = open_engine(program, solver)
    _, answer = solve_in_order(engine, (*again, *last), gap=0.0, time_limit=None)
    steps = answer[: len(unit)].copy()
    steps[stepped] = np.round(steps[stepped])
    return np.asarray(steps * unit)


def _program(
    draft: Draft, solution: Floats, unit: Floats, stepped: Integers
) -> tuple[LinearProgram, Floats]:
    """The model in steps with the integers fixed, and the cost of leaving the unrounded shares.

    The cost is convex and bends at whole steps only: between the two neighbours of the unrounded
    value it is the deviation, further away it rises faster. So the relaxation of these nested
    sums is whole by itself, which a bend at the fractional value would spoil.
    """
    base = draft.program()
    lower, upper = base.column_lower / unit, base.column_upper / unit
    integer = np.zeros(base.columns, dtype=bool)
    whole = np.flatnonzero(base.integer)
    lower[whole] = upper[whole] = np.round(solution[whole])
    target = solution[stepped] / unit[stepped]
    # At half a step the licence order decides, not the last digits of a solver.
    half = np.round(2.0 * target) / 2.0
    target = np.where(abs(target - half) < _TIE, half, target)
    below = np.floor(target)
    lower[stepped] = np.ceil(lower[stepped] - _SNAP)
    upper[stepped] = np.floor(upper[stepped] + _SNAP)
    integer[stepped] = True
    count = len(stepped)
    # steps = below + up + above − under, with up ≤ 1
    first = base.columns + np.arange(count)
    parts = np.stack([stepped, first, first + count, first + 2 * count], axis=1)
    starts = base.row_start[-1] + 4 * np.arange(1, count + 1, dtype=np.int64)
    free = np.full(2 * count, INFINITY)
    program = LinearProgram(
        np.concatenate([lower, np.zeros(3 * count)]),
        np.concatenate([upper, np.ones(count), free]),
        np.append(integer, np.zeros(3 * count, dtype=bool)),
        np.concatenate([base.row_start, starts]),
        np.concatenate([base.row_index, parts.ravel()]),
        np.concatenate(
            [base.row_value * unit[base.row_index], np.tile([1.0, -1.0, -1.0, 1.0], count)]
        ),
        np.append(base.row_lower, below),
        np.append(base.row_upper, below),
    )
    rising = 1.0 - 2.0 * (target - below)
    return program, np.concatenate([np.zeros(base.columns), rising, np.full(2 * count, _FURTHER)])
