"""How wide the columns of a table are on a screen: numbers and words whole, long texts wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minequota.reports.layout import display_width, longest_word
from minequota.reports.numbers import written
from minequota.reports.safe_text import one_line
from minequota.reports.table import Column, Row
from minequota.reports.text import Lang

WIDE_GAP, NARROW_GAP = 3, 2
_NARROWEST_HEADER = 8
# A text keeps this much in one line where it is as long.
_NARROWEST_TEXT = 12


@dataclass(frozen=True)
class Fit:
    """Widths of columns side by side, and the blanks between two of them."""

    widths: tuple[int, ...]
    gap: int


def header(column: Column, lang: Lang) -> str:
    """Return what stands above a column, the heading of its group in a line of its own."""
    parts = [] if column.group is None else [column.group.say(lang)]
    return "\n".join((*parts, column.label(lang)))


def fitted(columns: Sequence[Column], rows: Sequence[Row], lang: Lang, room: int) -> Fit:
    """Return widths of the columns that together, gaps included, fit into `room`.

    The widest texts give way first, down to their longest word; then the gaps; then words of
    headers are broken, and only at last words and numbers themselves.
    """
    cells = [[_cell(row, column) for row in rows] for column in columns]
    heads = [header(column, lang).replace("\n", " ") for column in columns]
    whole = [_least(column, texts) for column, texts in zip(columns, cells, strict=True)]
    least = [
        max(floor, longest_word(head, _NARROWEST_HEADER))
        for floor, head in zip(whole, heads, strict=True)
    ]
    widths = [
        max(floor, *map(display_width, texts), min(_NARROWEST_HEADER, display_width(head)))
        for texts, floor, head in zip(cells, least, heads, strict=True)
    ]
    gaps = len(columns) - 1
    gap = WIDE_GAP if sum(least) + WIDE_GAP * gaps <= room else NARROW_GAP
    for floors in (least, whole, [1] * len(widths)):
        _shrink(widths, floors, room - gap * gaps)
    return Fit(tuple(widths), gap)


def _cell(row: Row, column: Column) -> str:
    return one_line(written(row.cells.get(column.key), column))


def _least(column: Column, texts: Sequence[str]) -> int:
    """Return the width below which a number or a word would be broken."""
    if column.kind == "text":
        return max(longest_word(text, _NARROWEST_TEXT) for text in texts)
    return max(map(display_width, texts))


def _shrink(widths: list[int], least: Sequence[int], room: int) -> None:
    """Take from the widest column that may give way until all fit."""
    while sum(widths) > room:
        free = [at for at, width in enumerate(widths) if width > least[at]]
        if not free:
            return
        widths[max(free, key=lambda at: widths[at])] -= 1
