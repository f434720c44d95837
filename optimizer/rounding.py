"""Round quotas to their steps, exactly: a small integer program under all rules.

The rights are settled. Every output becomes a whole number of steps next to its unrounded value,
every new capacity a whole number of capacity steps; expected indicators and unmet demand come
first again, then the least total deviation, then the licence order. Where no such numbers exist
the neighbours' neighbours are allowed, then a finer step, and the allocation says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goals import Goal
from minequota.optimizer.problem import Problem
from minequota.optimizer.settle import refresh_misses
from minequota.optimizer.stages import NoAllocationError, solve_in_order

_SNAP = 1e-6
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
        for reach in (0, 1):
            try:
                rounded = _solve(problem, draft, solution, goals, solver, scale, reach)
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
        if draft.columns.size[m] != NONE:
            # A licence states its capacity in its own unit.
            scale[draft.columns.size[m]] = source.product.capacity_step * finer * source.factor
    return scale


def _solve(
    problem: Problem,
    draft: Draft,
    solution: Floats,
    goals: tuple[Goal, ...],
    solver: str,
    scale: Floats,
    reach: int,
) -> Floats:
    stepped = np.flatnonzero(~np.isnan(scale))
    unit = np.where(np.isnan(scale), 1.0, scale)
    program, deviation = _program(draft, solution, unit, stepped, reach)
    width = program.columns - len(unit)
    again = tuple(
        Goal(goal.name, "", "", "", np.append(goal.cost * unit, np.zeros(width)))
        for goal in goals
        if goal.name.startswith(_ROUNDED_AGAIN)
    )
    distance = np.zeros(program.columns)
    distance[deviation] = 1.0
    order = np.zeros(program.columns)
    order[stepped] = np.arange(1, len(stepped) + 1, dtype=np.float64)
    last = (
        Goal("deviation", "", "", "", distance),
        Goal("licence_order", "", "", "", order, whole=True),
    )
    engine = open_engine(program, solver)
    _, answer = solve_in_order(engine, (*again, *last), gap=0.0, time_limit=None)
    steps = answer[: len(unit)].copy()
    steps[stepped] = np.round(steps[stepped])
    return np.asarray(steps * unit)


def _program(
    draft: Draft, solution: Floats, unit: Floats, stepped: np.ndarray, reach: int
) -> tuple[LinearProgram, np.ndarray]:
    """The model in steps, integers fixed, with one deviation column per stepped column."""
    base = draft.program()
    lower, upper = base.column_lower / unit, base.column_upper / unit
    integer = np.zeros(base.columns, dtype=bool)
    whole = np.flatnonzero(base.integer)
    lower[whole] = upper[whole] = np.round(solution[whole])
    steps = solution[stepped] / unit[stepped]
    lower[stepped] = np.maximum(np.ceil(lower[stepped] - _SNAP), np.floor(steps + _SNAP) - reach)
    upper[stepped] = np.minimum(np.floor(upper[stepped] + _SNAP), np.ceil(steps - _SNAP) + reach)
    integer[stepped] = True
    count = len(stepped)
    deviation = base.columns + np.arange(count)
    # deviation ≥ steps − target and deviation ≥ target − steps
    pairs = np.stack([stepped, deviation], axis=1)
    index = np.concatenate([base.row_index, np.repeat(pairs, 2, axis=0).ravel()])
    signs = np.tile(np.array([[-1.0, 1.0], [1.0, 1.0]]), (count, 1))
    value = np.concatenate([base.row_value * unit[base.row_index], signs.ravel()])
    start = np.concatenate(
        [base.row_start, base.row_start[-1] + 2 * np.arange(1, 2 * count + 1, dtype=np.int64)]
    )
    least = np.stack([-steps, steps], axis=1).ravel()
    program = LinearProgram(
        np.append(lower, np.zeros(count)),
        np.append(upper, np.full(count, INFINITY)),
        np.append(integer, np.zeros(count, dtype=bool)),
        start.astype(np.int64),
        index.astype(np.int64),
        value,
        np.append(base.row_lower, least),
        np.append(base.row_upper, np.full(2 * count, INFINITY)),
    )
    return program, deviation
