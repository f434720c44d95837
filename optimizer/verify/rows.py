"""The rows of a frame as plain dictionaries: many small look-ups cost pandas dear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def rows_by_id(frame: pd.DataFrame) -> dict[str, Row]:
    """Return each row by its index, which must be unique, in order."""
    return dict(zip(frame.index.tolist(), rows_of(frame), strict=True))


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return the rows in order."""
    names = list(frame.columns)
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
