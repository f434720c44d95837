"""What a worker of a sweep gets and gives back: plain, picklable, complete in itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Value = str | int | float | bool | None
Row = dict[str, Value]
"""One case of a sweep as one row of its table: see `optimizer.outcome` for the columns."""


@dataclass(frozen=True)
class Parameter:
    """One thing a sweep changes.

    `path` is a dotted path as cases use it, or ``demand.<product>`` for a whole demand. A `factor`
    multiplies what the scenario says there, a `value` takes its place.
    """

    path: str
    kind: Literal["factor", "value"]


@dataclass(frozen=True)
class SweepCase:
    """One case: its number in the sweep and one value per parameter, in their order."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ChunkJob:
    """Cases that are solved together, always the same ones in the same order.

    `documents` are the files of the scenario as `resolved_documents` gives them, so that a worker
    on another machine needs nothing else.
    """

    documents: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    cases: tuple[SweepCase, ...]
    exact: bool = False
    solver: str = "highs"
