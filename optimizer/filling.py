"""Even shares without a closed form: all mines rise together, step by step, on the solver.

Where other rules, years or goals limit who may produce how much, no formula knows how far a mine
can rise. So the least quota ÷ weight is raised as far as it goes; whoever cannot rise above it is
fixed there, and the others rise on. The shares are unique: no order or path changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import INFINITY, Draft
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Booleans, Floats, Integers
from minequota.optimizer.stages import StageError

# What is found once must stay possible, though solvers keep rows to a tolerance only: so much
# freedom around it, as a share of the largest, and more where that does not do.
_HAIRS = (1e-8, 1e-7, 1e-6, 1e-5)
_MARGIN = 100
_SAME = 1e-7
_NOBODY: Integers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Filled:
    """The shares, and an answer of the whole model in which they stand but for the last digits."""

    shares: Floats
    answer: Floats


def fill_by_level(
    engine: Engine,
    draft: Draft,
    columns: Integers,
    weight: Floats,
    lower: Floats,
    upper: Floats,
    had: Floats | None = None,
) -> Filled:
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
    lower, upper
        Bounds that the rows set to each column by itself; the closer, the fewer steps.
    had
        What each has had in advance, which counts with the column.

    Raises
    ------
    StageError
        When the engine finds nothing although an answer is known: a fault of the program.
    """
    level = np.array([draft.level])
    before = np.zeros(len(columns)) if had is None else had
    tank = _Tank(engine, draft, columns, weight, lower, upper, before)
    while tank.rising.any():
        tank.rise()
        if tank.rising.any():
            tank.fix(tank.stuck())
    engine.set_bounds(level, np.zeros(1), np.zeros(1))
    return Filled(tank.shares(), tank.answer)


class _Tank:
    """The mines as they rise: what each has reached, and who is still rising."""

    def __init__(
        self,
        engine: Engine,
        draft: Draft,
        columns: Integers,
        weight: Floats,
        lower: Floats,
        upper: Floats,
        had: Floats,
    ) -> None:
        self.floor = lower.copy()
        self.rising: Booleans = np.ones(len(columns), dtype=bool)
        self.answer: Floats = np.empty(0)
        self._engine, self._draft, self._columns, self._weight = engine, draft, columns, weight
        self._least, self._most, self._had = lower, upper, had
        self._low, self._high = lower.copy(), upper.copy()

    def rise(self) -> None:
        """Raise the level of all that still rise as far as it goes.

        Whoever comes to its own upper bound stays there while the others rise on. Where it does
        is known, so halving finds the last such level that is possible; from there on the level
        is raised on the solver.
        """
        tops = np.unique(self._top()[self.rising])
        possible, beyond = -1, len(tops)
        while beyond - possible > 1:
            middle = (possible + beyond) // 2
            self._low[self.rising] = self._at(tops[middle])[self.rising]
            if self._ask(_NOBODY, np.empty(0)) is None:
                beyond = middle
            else:
                possible = middle
        reached = tops[possible] if possible >= 0 else 0.0
        self.floor[self.rising] = self._low[self.rising] = self._at(reached)[self.rising]
        self.fix(self.rising & (self._top() <= reached))
        if self.rising.any():
            self._rise_from(reached)
        elif not len(self.answer):
            self._need(_NOBODY, np.empty(0))

    def _top(self) -> Floats:
        """The level at which each comes to its own upper bound."""
        return np.asarray((self._most + self._had) / self._weight)

    def _at(self, level: float) -> Floats:
        """What each has to have at a level."""
        return np.clip(level * self._weight - self._had, self._least, self._most)

    def _rise_from(self, reached: float) -> None:
        level, some = self._draft.level, np.flatnonzero(self.rising)
        self._engine.set_bounds(np.array([level]), np.zeros(1), np.full(1, INFINITY))
        for i in some:
            index = np.array([self._columns[i], level], dtype=np.int64)
            # Written so that it is 0, not −0, where nobody had anything.
            least = 0.0 - self._had[i]
            self._engine.add_row(index, np.array([1.0, -self._weight[i]]), least, INFINITY)
        self._need(np.array([level]), np.array([-1.0]))
        for _ in some:
            self._engine.remove_last_row()
        self._engine.set_bounds(np.array([level]), np.zeros(1), np.zeros(1))
        found = self._at(max(reached, float(self.answer[level])))
        self.floor[some] = self._low[some] = found[some]

    def stuck(self) -> Booleans:
        """Who cannot rise above the level, whatever the others do at or above it.

        Each answer that raises the sum of the doubtful clears those that rose in it.
        """
        doubtful = self.rising.copy()
        while True:
            hair = self._need(self._columns[doubtful], -1.0 / self._weight[doubtful])
            above = self.answer[self._columns] - self.floor
            rose = doubtful & (above > hair * (_MARGIN + 2 * len(above)))
            if not rose.any():
                return doubtful
            if (rose == doubtful).all():
                # Somebody must be stuck: only the solver's tolerance can hide who.
                least = np.where(doubtful, above / self._weight, INFINITY)
                return np.asarray(doubtful & (least <= least.min()))
            doubtful &= ~rose

    def fix(self, stuck: Booleans) -> None:
        """Leave some where they are."""
        self.rising &= ~stuck
        self._high[stuck] = self.floor[stuck]

    def shares(self) -> Floats:
        """What each has in the end: its level, where alike mines have exactly the like.

        Goals are held with a tolerance, and levels may have drawn on it more than once: what the
        last answer has instead keeps every row.
        """
        answer = np.maximum(self.answer[self._columns], 0.0)
        apart = float(abs(answer - self.floor).max(initial=0.0))
        same = apart <= _SAME * max(1.0, float(self.floor.max(initial=0.0)))
        return self.floor if same else answer

    def _need(self, index: Integers, value: Floats) -> float:
        """Find an answer of least cost near what is known so far; return how near."""
        for share in _HAIRS:
            hair = self._ask(index, value, share)
            if hair is not None:
                return hair
        raise StageError("The shares of output contradict the goals.")

    def _ask(self, index: Integers, value: Floats, share: float = _HAIRS[0]) -> float | None:
        """Ask for an answer of least cost so near; None where there is none."""
        cost = np.zeros(len(self._draft.lower))
        cost[index] = value
        hair = share * max(1.0, float(self.floor.max()))
        self._engine.set_bounds(self._columns, np.maximum(self._low - hair, 0.0), self._high + hair)
        found = self._engine.minimise(cost, gap=0.0, time_limit=None)
        if found.found:
            self.answer = found.values
            return hair
        return None
