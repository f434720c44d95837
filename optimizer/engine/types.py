"""What passes between the model and a solver: arrays in, arrays and an honest status out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from minequota.optimizer.allocation import SolveStatus

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LinearProgram:
    """Columns with bounds and integrality, rows with both limits, in compressed row form."""

    column_lower: Floats
    column_upper: Floats
    integer: Booleans
    row_start: Integers
    row_index: Integers
    row_value: Floats
    row_lower: Floats
    row_upper: Floats

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.column_lower)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row_lower)


@dataclass(frozen=True)
class Solution:
    """A solver's answer to one objective.

    `values` is empty unless an answer exists; `bound` is what the solver proved (minimising).
    """

    status: SolveStatus
    values: Floats
    objective: float
    bound: float

    @property
    def found(self) -> bool:
        """Whether there is an answer to read."""
        return len(self.values) > 0


class Engine(Protocol):
    """A solver holding one linear program that is re-solved for objective after objective."""

    name: str

    def minimise(self, cost: Floats, *, gap: float, time_limit: float | None) -> Solution:
        """Minimise ``cost · x`` to a proven relative `gap`, for at most `time_limit` seconds."""

    def add_row(self, index: Integers, value: Floats, lower: float, upper: float) -> None:
        """Add ``lower ≤ Σ value · x[index] ≤ upper``."""

    def remove_last_row(self) -> None:
        """Take back the row added last."""

    def set_bounds(self, index: Integers, lower: Floats, upper: Floats) -> None:
        """Change the bounds of some columns."""

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """Change the limits of one row."""

    def set_continuous(self, index: Integers) -> None:
        """Let some columns take any value within their bounds."""
