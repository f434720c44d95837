"""New capacities in whole capacity steps, the same ones in every future.

A licence is issued once, so its capacity is rounded once, under the rules of all futures. As in
the rounding of one year the futures' expected indicators, unmet demand and the capacity issued
come first again, here as the plan measures them, with every future's outputs in steps; then the
least deviation from the even capacities, then the licence order. The outputs themselves are not
kept: each future is shared out and rounded by itself once the capacities stand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.types import Floats, Integers
from minequota.optimizer.goals import Goal
from minequota.optimizer.robust.measures import Measured
from minequota.optimizer.robust.stack import Stack
from minequota.optimizer.rounding import column_scale
from minequota.optimizer.stages import NoAllocationError, solve_in_order

_ROUNDED_AGAIN = ("expected_indicators", "unmet_demand", "capacity_issued")
_FINER = (1.0, 0.1, 0.01)
_SNAP = 1e-6
_TIE = 1e-4
_FURTHER = 3.0


class CapacityStepError(RuntimeError):
    """No capacities in whole steps were found that fit all futures: a fault of the program."""


@dataclass(frozen=True)
class _Steps:
    """Columns counted in steps, and the capacities among them that the rights decide."""

    unit: Floats
    stepped: Integers
    sizes: Integers


def round_sizes(
    stack: Stack, measured: tuple[Measured, ...], solution: Floats, solver: str
) -> Floats:
    """Return the solution with the capacities of new rights in whole steps.

    Raises
    ------
    CapacityStepError
        When even outputs in steps a hundred times finer leave no such capacities.
    """
    issued = _issued(stack, solution)
    if not len(issued):
        return solution
    for finer in _FINER:
        steps = _steps(stack, issued, finer)
        try:
            return _rounded(stack, measured, solution, steps, solver)
        except NoAllocationError:
            continue
    raise CapacityStepError("No capacities in whole steps keep the rules of all futures.")


def _issued(stack: Stack, solution: Floats) -> Integers:
    """The size columns of the rights issued whose mineral has a capacity step."""
    columns, sources = stack.draft.columns, stack.problem.sources
    found = []
    for y, m in np.argwhere(columns.size != NONE).tolist():
        before = y > 0 and solution[columns.hold[y - 1, m]] > 0.5
        held = solution[columns.hold[y, m]] > 0.5
        if held and not before and sources[m].product is not None:
            found.append(int(columns.size[y, m]))
    return np.array(sorted(found), dtype=np.int64)


def _steps(stack: Stack, sizes: Integers, finer: float) -> _Steps:
    unit = np.full(len(stack.draft.lower), np.nan)
    for future, place in reversed(list(zip(stack.futures, stack.place, strict=True))):
        # Capacities are counted as the first future counts them.
        own = column_scale(future.model.problem, future.model.draft, finer)
        stepped = np.flatnonzero(~np.isnan(own))
        unit[place[stepped]] = own[stepped]
    stepped = np.flatnonzero(~np.isnan(unit))
    return _Steps(np.where(np.isnan(unit), 1.0, unit), stepped, sizes)


def _rounded(
    stack: Stack, measured: tuple[Measured, ...], solution: Floats, steps: _Steps, solver: str
) -> Floats:
    program, deviation = _program(stack, solution, steps)
    width = program.columns - len(steps.unit)
    again = tuple(
        _goal(one.goal.name, np.append(one.goal.cost * steps.unit, np.zeros(width)))
        for one in measured
        if one.goal.name.startswith(_ROUNDED_AGAIN)
    )
    order = np.zeros(program.columns)
    order[steps.sizes] = np.arange(1, len(steps.sizes) + 1, dtype=np.float64)
    goals = (*again, _goal("deviation", deviation), _goal("licence_order", order, whole=True))
    _, answer = solve_in_order(open_engine(program, solver), goals, gap=0.0, time_limit=None)
    whole = answer[: len(steps.unit)].copy()
    whole[steps.stepped] = np.round(whole[steps.stepped])
    return np.asarray(whole * steps.unit)


def _program(stack: Stack, solution: Floats, steps: _Steps) -> tuple[LinearProgram, Floats]:
    """The stack in steps with its integers fixed, and the cost of leaving the even capacities."""
    base, unit = stack.draft.program(), steps.unit
    lower, upper = base.column_lower / unit, base.column_upper / unit
    integer = np.zeros(base.columns, dtype=bool)
    whole = np.flatnonzero(base.integer)
    lower[whole] = upper[whole] = np.round(solution[whole])
    lower[steps.stepped] = np.ceil(lower[steps.stepped] - _SNAP)
    upper[steps.stepped] = np.floor(upper[steps.stepped] + _SNAP)
    integer[steps.stepped] = True
    target = solution[steps.sizes] / unit[steps.sizes]
    # At half a step the licence order decides, not the last digits of a solver.
    half = np.round(2.0 * target) / 2.0
    target = np.where(abs(target - half) < _TIE, half, target)
    below = np.floor(target)
    count = len(steps.sizes)
    # steps = below + up + above − under, with up ≤ 1; further away each step weighs more.
    first = base.columns + np.arange(count)
    parts = np.stack([steps.sizes, first, first + count, first + 2 * count], axis=1)
    starts = base.row_start[-1] + 4 * np.arange(1, count + 1, dtype=np.int64)
    program = LinearProgram(
        np.concatenate([lower, np.zeros(3 * count)]),
        np.concatenate([upper, np.ones(count), np.full(2 * count, INFINITY)]),
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
    cost = np.concatenate([np.zeros(base.columns), rising, np.full(2 * count, _FURTHER)])
    return program, cost


def _goal(name: str, cost: Floats, *, whole: bool = False) -> Goal:
    return Goal(name, "", "", "", cost, whole)
