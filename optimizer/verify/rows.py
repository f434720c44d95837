"""The rows of a frame as plain dictionaries: many small look-ups cost pandas dear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def rows_by_id(frame: pd.DataFrame) -> dict[str, Row]:
    """Return each row by its index, which must be unique, in order."""
    rows: dict[str, Row] = frame.to_dict("index")  # type: ignore[assignment]
    return rows


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return the rows in order."""
    rows: list[Row] = frame.to_dict("records")  # type: ignore[assignment]
    return rows
