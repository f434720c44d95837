"""A workbook of a cover and one sheet per table, whatever the sheets are filled with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.table import Table
from minequota.reports.text import Lang, Words
from minequota.reports.workbook import sheet_name

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def bound_book(
    path: Path,
    tables: tuple[Table, ...],
    title: str,
    created: datetime,
    lang: Lang,
    cover: Callable[[Worksheet], None],
    fill: Callable[[Worksheet, Table], None],
) -> Path:
    """Write a workbook to `path` and return it.

    Parameters
    ----------
    tables
        One sheet each, after the cover.
    title, created
        What the file says of itself; `created` stands for every time in it.
    cover, fill
        Fill the cover and the sheet of a table.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    if first is None:
        first = book.create_sheet()
    first.title = sheet_name(Words("封面", "Cover").say(lang))
    cover(first)
    for table in tables:
        stem = table.stem.say(lang)
        name = f"表{table.number} {stem}" if lang == "zh" else f"T{table.number} {stem}"
        fill(book.create_sheet(sheet_name(name)), table)
    book.properties.title = title
    book.properties.creator = "minequota"
    book.properties.created = book.properties.modified = created.replace(tzinfo=None)
    book.save(path)
    return path
