"""Even shares without a closed form: all mines rise together, step by step, on the solver.

Where other rules, years or goals limit who may produce how much, no formula knows how far a mine
can rise. So the least quota ÷ weight is raised as far as it goes; whoever cannot rise above it is
fixed there, and the others rise on. The shares are unique: no order or path changes them.
"""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import INFINITY, Draft
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Booleans, Floats, Integers
from minequota.optimizer.stages import StageError

_HAIR = 1e-8
_MARGIN = 100


def fill_by_level(engine: Engine, draft: Draft, columns: Integers, weight: Floats) -> Floats:
    """Return the max-min values of some columns under all that the engine holds, and hold them.

    Parameters
    ----------
    engine
        Holds the model with integers fixed, the goals and the sum of the columns.
    draft
        Its `level` column is free to use.
    columns
        What is to be shared.
    weight
        Positive weight of each column.

    Raises
    ------
    StageError
        When the engine finds nothing although an answer is known: a fault of the program.
    """
    level = np.array([draft.level])
    engine.set_bounds(level, np.zeros(1), np.full(1, INFINITY))
    shares = np.zeros(len(columns))
    lower = np.array([draft.lower[column] for column in columns])
    upper = np.array([draft.upper[column] for column in columns])
    rising = np.ones(len(columns), dtype=bool)
    while rising.any():
        reached = _raise_level(engine, draft, columns, weight, rising)
        floor = reached * weight
        hair = _HAIR * max(1.0, float(floor.max()))
        engine.set_bounds(columns[rising], np.maximum(lower, floor - hair)[rising], upper[rising])
        stuck = _stuck(engine, draft, columns, weight, floor, rising, hair)
        shares[stuck] = np.clip(floor, lower, upper)[stuck]
        rising &= ~stuck
        held = shares[stuck]
        engine.set_bounds(columns[stuck], np.maximum(held - hair, 0.0), held + hair)
    engine.set_bounds(level, np.zeros(1), np.zeros(1))
    return shares


def _raise_level(
    engine: Engine, draft: Draft, columns: Integers, weight: Floats, rising: Booleans
) -> float:
    """How far all that still rise can rise together."""
    some = np.flatnonzero(rising)
    for i in some:
        index = np.array([columns[i], draft.level], dtype=np.int64)
        engine.add_row(index, np.array([1.0, -weight[i]]), 0.0, INFINITY)
    cost = np.zeros(len(draft.lower))
    cost[draft.level] = -1.0
    values = _answer(engine, cost)
    for _ in some:
        engine.remove_last_row()
    return max(0.0, float(values[draft.level]))


def _stuck(
    engine: Engine,
    draft: Draft,
    columns: Integers,
    weight: Floats,
    floor: Floats,
    rising: Booleans,
    hair: float,
) -> Booleans:
    """Which of them cannot rise above the level, whatever the others do at or above it.

    Each answer that raises the sum of the doubtful clears those that rose in it.
    """
    margin = hair * (_MARGIN + 2 * len(columns))
    doubtful = rising.copy()
    while True:
        cost = np.zeros(len(draft.lower))
        cost[columns[doubtful]] = -1.0 / weight[doubtful]
        above = _answer(engine, cost)[columns] - floor
        rose = doubtful & (above > margin)
        if not rose.any():
            return doubtful
        if (rose == doubtful).all():
            # Somebody must be stuck: only the solver's tolerance can hide who.
            least = np.where(doubtful, above / weight, INFINITY)
            first: Booleans = doubtful & (least <= least.min())
            return first
        doubtful &= ~rose


def _answer(engine: Engine, cost: Floats) -> Floats:
    answer = engine.minimise(cost, gap=0.0, time_limit=None)
    if not answer.found:
        raise StageError("The shares of output contradict the goals.")
    return answer.values
