"""A settled, rounded solution with the questions the records ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.problem import Problem

DIGITS = 9
BINDING = 1e-6


@dataclass(frozen=True)
class Answer:
    """The last year's solution of a problem. Amounts come back cleaned of float noise."""

    problem: Problem
    draft: Draft
    solution: Floats

    def held(self, m: int) -> bool:
        """Whether source `m` is on the register at the end of the last year."""
        return bool(self.solution[self.draft.columns.hold[-1, m]] > 0.5)

    def output(self, m: int) -> float:
        """Output of source `m` in the last year, in product units."""
        column = self.draft.columns.output[-1, m]
        return 0.0 if column == NONE else clean(self.solution[column])

    def has_output(self, m: int) -> bool:
        """Whether source `m` can have a figure at all."""
        return bool(self.draft.columns.output[-1, m] != NONE)

    def size(self, m: int) -> float:
        """Capacity source `m` has or is issued with, in its licence's unit."""
        source = self.problem.sources[m]
        column = self.draft.columns.size[m]
        amount = source.maximum if column == NONE else float(self.solution[column])
        return clean(amount / source.factor)

    def runs(self, m: int) -> bool:
        """Whether a floor option lets source `m` run; True where it has no such choice."""
        column = self.draft.columns.run[-1, m]
        return column == NONE or bool(self.solution[column] > 0.5)


def clean(amount: float) -> float:
    """Round off what floating point adds, far below any step; never -0.0."""
    return round(float(amount), DIGITS) + 0.0
