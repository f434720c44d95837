"""A HiGHS model that stays open from case to case: bounds change, the last basis stays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from minequota.optimizer.engine.highs import HighsEngine
from minequota.optimizer.engine.types import Floats, Integers, LinearProgram

_FREE = math.inf


class HotEngine(HighsEngine):
    """A HiGHS model with one row more for every goal, free until the goal is held.

    Goals are held and released by bounds alone, for a row that comes and goes would cost the basis
    every solve starts from.
    """

    def __init__(self, program: LinearProgram, goals: Sequence[Floats]) -> None:
        super().__init__(with_goals(program, goals))
        self._program = program
        self._goals = [cost.copy() for cost in goals]
        self._first_goal = program.rows
        self._lower, self._upper = program.column_lower.copy(), program.column_upper.copy()
        self._added = 0

    def load(self, program: LinearProgram, goals: Sequence[Floats]) -> None:
        """Take over another case of the same shape: its bounds and its goals; nothing is held."""
        old = self._program
        columns = np.flatnonzero(
            (old.column_lower != program.column_lower) | (old.column_upper != program.column_upper)
        )
        if len(columns):
            self.set_bounds(columns, program.column_lower[columns], program.column_upper[columns])
        rows = np.flatnonzero(
            (old.row_lower != program.row_lower) | (old.row_upper != program.row_upper)
        )
        for row in rows.tolist():
            self.set_row_bounds(row, program.row_lower[row], program.row_upper[row])
        for g, (before, now) in enumerate(zip(self._goals, goals, strict=True)):
            for column in np.flatnonzero(before != now).tolist():
                self._highs.changeCoeff(self._first_goal + g, column, now[column])
        self._program, self._goals = program, [cost.copy() for cost in goals]
        self.release()

    def release(self) -> None:
        """Hold no goal."""
        for g in range(len(self._goals)):
            self.set_row_bounds(self._first_goal + g, -_FREE, _FREE)

    def hold(self, g: int, most: float) -> None:
        """Keep goal number `g` at or below a value."""
        self.set_row_bounds(self._first_goal + g, -_FREE, most)

    def fix(self, columns: Integers, values: Floats) -> None:
        """Give columns one value each."""
        self.set_bounds(columns, values, values)

    def unfix(self, columns: Integers) -> None:
        """Give columns the bounds the case says."""
        program = self._program
        self.set_bounds(columns, program.column_lower[columns], program.column_upper[columns])

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back, at the end, every bound and row that was changed or added inside."""
        basis = self._highs.getBasis()
        lower, upper = self._lower.copy(), self._upper.copy()
        self._added = 0
        try:
            yield
        finally:
            if self._added:
                last = self._highs.getNumRow()
                rows = np.arange(last - self._added, last, dtype=np.int32)
                self._highs.deleteRows(len(rows), rows)
            changed = np.flatnonzero((self._lower != lower) | (self._upper != upper))
            if len(changed):
                self.set_bounds(changed, lower[changed], upper[changed])
            self._highs.setBasis(basis)

    def add_row(self, index: Integers, value: Floats, lower: float, upper: float) -> None:
        """See `Engine.add_row`."""
        self._added += 1
        super().add_row(index, value, lower, upper)

    def remove_last_row(self) -> None:
        """See `Engine.remove_last_row`."""
        self._added -= 1
        super().remove_last_row()

    def set_bounds(self, index: Integers, lower: Floats, upper: Floats) -> None:
        """See `Engine.set_bounds`."""
        self._lower[index], self._upper[index] = lower, upper
        super().set_bounds(index, lower, upper)


def with_goals(program: LinearProgram, goals: Sequence[Floats]) -> LinearProgram:
    """Return the program with one free row more for every goal."""
    chosen = [np.flatnonzero(cost) for cost in goals]
    ends = program.row_start[-1] + np.cumsum([len(index) for index in chosen], dtype=np.int64)
    free = np.full(len(goals), _FREE)
    return LinearProgram(
        program.column_lower,
        program.column_upper,
        program.integer,
        np.concatenate([program.row_start, ends]).astype(np.int64),
        np.concatenate([program.row_index, *chosen]).astype(np.int64),
        np.concatenate(
            [program.row_value, *(cost[i] for cost, i in zip(goals, chosen, strict=True))]
        ),
        np.append(program.row_lower, -free),
        np.append(program.row_upper, free),
    )
