"""One goal: an objective vector with its name and unit."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.engine.types import Floats


@dataclass(frozen=True)
class Goal:
    """Minimise ``cost · x``. `whole`: every value it can take is an integer.

    A constant stands as the cost of the draft's column that is always 1, so that solvers measure
    their gaps against the goal itself.
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    cost: Floats
    whole: bool = False

    def value(self, solution: Floats) -> float:
        """Value of the goal at a solution."""
        return float(self.cost @ solution)
