"""What all tables of a robust plan have in common: their numbers, columns and notes."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.reports.robust_words import Report, notes
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words

FUTURES, GOALS, PLANS, PRICE, KNOWING, RIGHTS = range(1, 7)
DECIMALS = 6
UNIT = Column("unit", Words("单位", "Unit"))


def table(
    report: Report,
    number: int,
    title: Words,
    stem: Words,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *own: Words,
) -> Table:
    """Return a table with its own notes above those of all; parted where its rows have parts."""
    said = tuple(words.say(report.lang) for words in own)
    parted = any(row.section for row in rows)
    given = (*said, *notes(report))
    return Table(
        number, title, stem, report.lang, tuple(columns), tuple(rows), given, parted=parted
    )


def numbers(key: str, title: Words) -> Column:
    """Return a column of numbers."""
    return Column(key, title, kind="number", decimals=DECIMALS)
