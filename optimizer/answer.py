"""A settled, rounded solution with the questions the records ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minequota.optimizer.deduction import Deduction
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.problem import Problem
from minequota.optimizer.vintages import usable

DIGITS = 9
BINDING = 1e-6


@dataclass(frozen=True)
class Answer:
    """The solution of a problem, year by year. Amounts come back cleaned of float noise.

    `y` counts the modelled years; -1 is the last. `deducted` is what last year's excess took off
    a source's share of the first year, where that is known.
    """

    problem: Problem
    draft: Draft
    solution: Floats
    deducted: Mapping[int, Deduction] = field(default_factory=dict)

    def held(self, m: int, y: int = -1) -> bool:
        """Whether source `m` is on the register at the year's end."""
        return bool(self.solution[self.draft.columns.hold[y, m]] > 0.5)

    def since(self, m: int) -> int | None:
        """Return the first modelled year at whose end source `m` is held; None for never."""
        return next((year for y, year in enumerate(self.years) if self.held(m, y)), None)

    def gone(self, m: int) -> int | None:
        """Return the first modelled year at whose end a right of the register is not held."""
        return next((year for y, year in enumerate(self.years) if not self.held(m, y)), None)

    def merged_into(self, m: int) -> int | None:
        """Return the merger a right of the register went into."""
        mergers = self.problem.mergers_of.get(m, ())
        return next((k for k in mergers if self.held(k)), None)

    def enlarged_in(self, m: int) -> int | None:
        """Return the year its expansion is decided in."""
        expand = self.draft.columns.expand[:, m]
        return next(
            (
                year
                for year, column in zip(self.years, expand, strict=True)
                if column != NONE and self.solution[column] > 0.5
            ),
            None,
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The modelled years."""
        return self.problem.years

    def output(self, m: int, y: int = -1) -> float:
        """Output of source `m` in a year, in product units."""
        column = self.draft.columns.output[y, m]
        return 0.0 if column == NONE else clean(self.solution[column])

    def has_output(self, m: int) -> bool:
        """Whether source `m` can have a figure at all."""
        return bool(self.draft.columns.output[-1, m] != NONE)

    def size(self, m: int, y: int = -1) -> float:
        """Capacity on the licence of source `m` at a year's end, in its licence's unit."""
        source = self.problem.sources[m]
        last = len(self.years) + y if y < 0 else y
        if source.kind == "new":
            columns = self.draft.columns.size[: last + 1, m]
            amount = float(self.solution[columns].sum())
        else:
            enlarged = self.enlarged_in(m)
            yes = enlarged is not None and self.years[last] >= enlarged
            amount = source.most if yes else source.maximum
        return clean(amount / source.factor)

    def usable(self, m: int, y: int = -1) -> float:
        """Capacity source `m` can use in a year, in product units, availability aside."""
        last = len(self.years) + y if y < 0 else y
        terms = usable(self.problem, self.draft, last, m)
        return clean(sum(value * self.solution[column] for column, value in terms))

    def taken_off(self, m: int, y: int = -1) -> float:
        """Excess of last year that counts against source `m` in a year, in product units."""
        first = y % len(self.years) == 0
        return clean(self.problem.sources[m].excess) if first else 0.0

    def allowed(self, m: int, y: int = -1) -> float:
        """Most that capacity, availability and last year's excess leave source `m` in a year."""
        most = self.usable(m, y) * self.problem.options.availability
        return max(0.0, most - self.taken_off(m, y))

    def runs(self, m: int, y: int = -1) -> bool:
        """Whether a floor option lets source `m` run; True where it has no such choice."""
        column = self.draft.columns.run[y, m]
        return column == NONE or bool(self.solution[column] > 0.5)


def clean(amount: float) -> float:
    """Round off what floating point adds, far below any step; never -0.0."""
    return round(float(amount), DIGITS) + 0.0
