"""Columns and cells that all tables of a comparison have: a value and a difference by case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import Comparison, Values
from minequota.reports.safe_text import one_line
from minequota.reports.table import Cell, CellKind, Column
from minequota.reports.text import Words

NAME = "name"
DIFFERENCE = "difference:"
VALUE = "value:"


def value_columns(
    cases: tuple[Case, ...],
    group: Words,
    kind: CellKind = "number",
    *,
    prefix: str = VALUE,
    decimals: int = 4,
    rank: Literal[1, 2, 3] = 1,
) -> tuple[Column, ...]:
    """Return one column per case under a common heading."""
    return tuple(
        Column(
            f"{prefix}{case.name}",
            _title(case),
            kind=kind,
            decimals=decimals,
            group=group,
            rank=rank,
            many=True,
        )
        for case in cases
    )


def difference_columns(comparison: Comparison, decimals: int = 4) -> tuple[Column, ...]:
    """Return one column per case but the base, for what it has more than the base."""
    base = one_line(comparison.base)
    group = Words(f"与“{base}”之差", f'Difference from "{base}"')
    return tuple(
        Column(
            f"{DIFFERENCE}{case.name}",
            _title(case),
            kind="number",
            decimals=decimals,
            group=group,
            many=True,
        )
        for case in comparison.others
    )


def value_cells(values: Mapping[str, Cell], prefix: str = VALUE) -> dict[str, Cell]:
    """Return the cells of one line's values."""
    return {f"{prefix}{name}": value for name, value in values.items()}


def difference_cells(
    differences: Values, factor: float = 1.0, decimals: int | None = None
) -> dict[str, Cell]:
    """Return the cells of one line's differences, times `factor`, rounded where asked."""
    cells: dict[str, Cell] = {}
    for name, value in differences.items():
        scaled = None if value is None else value * factor
        rounded = scaled if scaled is None or decimals is None else round(scaled, decimals)
        cells[f"{DIFFERENCE}{name}"] = rounded
    return cells


def _title(case: Case) -> Words:
    name = one_line(case.name)
    return Words(name, name)
