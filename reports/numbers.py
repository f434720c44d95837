"""How a number is written: never ``-0``, no binary noise, no more digits than needed."""

from __future__ import annotations

from minequota.reports.table import Cell, Column

SIGNIFICANT_DIGITS = 12


def clean(value: float) -> float:
    """Return `value` without the noise beyond 12 significant digits."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


def decimals_needed(value: float, most: int) -> int:
    """Return how many decimals print `value` rounded to `most` without trailing zeros."""
    text = f"{clean(value):.{most}f}"
    return len(text.rstrip("0").partition(".")[2]) if "." in text else 0


def amount(value: float, most: int = 4) -> str:
    """Write `value` with thousands separators and at most `most` decimals."""
    text = f"{clean(value):,.{decimals_needed(value, most)}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def percent(share: float, decimals: int = 2) -> str:
    """Write a share as a percentage."""
    text = f"{clean(share) * 100:.{decimals}f}"
    return (text.removeprefix("-") if not text.strip("-0.") else text) + "%"


def written(cell: Cell, column: Column) -> str:
    """Write a cell for reading on a screen or on paper; nothing for a blank."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if column.kind == "percent":
        return percent(cell, column.decimals)
    return amount(cell, column.decimals)
