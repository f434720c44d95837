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
    measured = [_measured(column, rows, lang) for column in columns]
    whole, least = [one.whole for one in measured], [one.least for one in measured]
    widths = [one.natural for one in measured]
    gaps = len(columns) - 1
    gap = WIDE_GAP if sum(least) + WIDE_GAP * gaps <= room else NARROW_GAP
    for floors in (least, whole, [1] * len(widths)):
        _shrink(widths, floors, room - gap * gaps)
    return Fit(tuple(widths), gap)


def bands(
    columns: Sequence[Column], rows: Sequence[Row], lang: Lang, room: int
) -> list[list[Column]]:
    """Return the columns in as many bands as it takes to break no word or number.

    Only columns that are many go on in a further band, below the ones in front of them.
    """
    first = next((at for at, column in enumerate(columns) if column.many), len(columns))
    leading, band = list(columns[:first]), list(columns[:first])
    found: list[list[Column]] = []
    for column in columns[first:]:
        if len(band) > len(leading) and not _fits([*band, column], rows, lang, room):
            found.append(band)
            band = list(leading)
        band.append(column)
    return [*found, band]


def _fits(columns: Sequence[Column], rows: Sequence[Row], lang: Lang, room: int) -> bool:
    needed = sum(_measured(column, rows, lang).least for column in columns)
    return needed + NARROW_GAP * (len(columns) - 1) <= room


@dataclass(frozen=True)
class _Measured:
    """Widths of one column: its own, and the least that breaks no word, of cells or of all."""

    natural: int
    least: int
    whole: int


def _measured(column: Column, rows: Sequence[Row], lang: Lang) -> _Measured:
    texts = [_cell(row, column) for row in rows]
    head = header(column, lang).replace("\n", " ")
    whole = _least(column, texts)
    least = max(whole, longest_word(head, _NARROWEST_HEADER))
    natural = max(least, *map(display_width, texts), min(_NARROWEST_HEADER, display_width(head)))
    return _Measured(natural, least, whole)


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
