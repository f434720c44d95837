"""How wide the columns of a table are on a screen: numbers and words whole, long texts wrapped."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.reports.layout import display_width, longest_word
from minequota.reports.numbers import written
from minequota.reports.safe_text import one_line
from minequota.reports.table import Column, Row
from minequota.reports.text import Lang

GAP = 3
"""Blanks between two columns."""
_NARROWEST_HEADER = 8
# A text keeps this much in one line where it is as long.
_NARROWEST_TEXT = 12


def header(column: Column, lang: Lang) -> str:
    """Return what stands above a column, the heading of its group in a line of its own."""
    parts = [] if column.group is None else [column.group.say(lang)]
    return "\n".join((*parts, column.label(lang)))


def column_widths(
    columns: Sequence[Column], rows: Sequence[Row], lang: Lang, room: int
) -> list[int]:
    """Return a width for every column so that together, gaps included, they fit into `room`.

    The widest texts give way first, down to their longest word; only then is a word or number
    broken.
    """
    cells = [[_cell(row, column) for row in rows] for column in columns]
    heads = [header(column, lang).replace("\n", " ") for column in columns]
    least = [
        _least(column, texts, head)
        for column, texts, head in zip(columns, cells, heads, strict=True)
    ]
    widths = [
        max(_longest(texts), floor, min(_NARROWEST_HEADER, display_width(head)))
        for texts, floor, head in zip(cells, least, heads, strict=True)
    ]
    room -= GAP * (len(columns) - 1)
    _shrink(widths, least, room)
    _shrink(widths, [1] * len(widths), room)
    return widths


def _cell(row: Row, column: Column) -> str:
    return one_line(written(row.cells.get(column.key), column))


def _longest(texts: Sequence[str]) -> int:
    return max(map(display_width, texts), default=0)


def _least(column: Column, texts: Sequence[str], head: str) -> int:
    """Return the width below which a number or a word would be broken."""
    least = longest_word(head, _NARROWEST_HEADER)
    if column.kind != "text":
        return max(least, _longest(texts))
    return max([least, *(longest_word(text, _NARROWEST_TEXT) for text in texts)])


def _shrink(widths: list[int], least: Sequence[int], room: int) -> None:
    """Take from the widest column that may give way until all fit."""
    while sum(widths) > room:
        free = [at for at, width in enumerate(widths) if width > least[at]]
        if not free:
            return
        widths[max(free, key=lambda at: widths[at])] -= 1
