"""All tables of a run as one formatted workbook, cover first.

No text becomes a formula, whatever it starts with: cells are written as strings and marked so that
editing them keeps them strings.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.cover import write_cover
from minequota.reports.layout import display_width, lines_needed
from minequota.reports.manifest import Origin
from minequota.reports.numbers import clean, decimals_needed, written
from minequota.reports.safe_text import printable
from minequota.reports.sheet import put, row_height, set_page
from minequota.reports.sheet_style import Placing, Style
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Lang, Words, period

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell = Cell | MergedCell

FILE_NAME = "tables.xlsx"
_ILLEGAL_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_NARROWEST, _WIDEST = 6.5, 26.0
# Texts up to this wide stand in the middle of their column, longer ones at its left.
_SHORT_TEXT = 18


def write_workbook(tables: tuple[Table, ...], origin: Origin, run: Path, lang: Lang) -> Path:
    """Write ``tables.xlsx`` into the run folder and return its path."""
    from openpyxl import Workbook

    book = Workbook()
    style = Style(lang)
    cover = book.active
    if cover is None:
        cover = book.create_sheet()
    cover.title = sheet_name(Words("封面", "Cover").say(lang))
    write_cover(cover, style, tables, origin, run, lang)
    for table in tables:
        sheet = book.create_sheet(sheet_name(f"{_short_name(table)}"))
        SheetWriter(sheet, style, table, origin).write()
    book.properties.title = origin.scenario.question.title.zh
    book.properties.creator = "minequota"
    book.properties.created = origin.created.replace(tzinfo=None)
    book.properties.modified = origin.created.replace(tzinfo=None)
    path = run / FILE_NAME
    book.save(path)
    return path


def sheet_name(text: str) -> str:
    """Return `text` as a legal sheet name."""
    return _ILLEGAL_IN_SHEET_NAME.sub("_", printable(text))[:_LONGEST_SHEET_NAME].strip() or "-"


def _short_name(table: Table) -> str:
    if table.lang == "zh":
        return f"表{table.number} {table.stem.zh}"
    return f"T{table.number} {table.stem.en}"


class SheetWriter:
    """One table on one sheet."""

    def __init__(self, sheet: Worksheet, style: Style, table: Table, origin: Origin) -> None:
        self.sheet = sheet
        self.style = style
        self.table = table
        self.origin = origin
        self.widths = [_width(column, table) for column in table.columns]
        self.places = [_placing(column, table) for column in table.columns]
        self.last = len(table.columns)

    def write(self) -> None:
        """Fill the sheet."""
        self._title()
        first_header, last_header = self._headers()
        at = last_header + 1
        section = ""
        heights = _block_heights(self.table, self.widths)
        first_row: dict[str, int] = {}
        for number, row in enumerate(self.table.rows):
            heading = self.table.part(row)
            if heading and heading != section and not self.table.sums_parts(row):
                section = heading
                self._section(at, section)
                at += 1
            self._row(at, row)
            self.sheet.row_dimensions[at].height = row_height(heights[number])
            first_row.setdefault(row.block, at)
            following = self.table.rows[number + 1 : number + 2]
            if row.block and not (following and following[0].block == row.block):
                self._span(first_row.pop(row.block), at)
            at += 1
        self._notes(at)
        for number, width in enumerate(self.widths, start=1):
            from openpyxl.utils import get_column_letter

            self.sheet.column_dimensions[get_column_letter(number)].width = width
        corner = self.sheet.cell(last_header + 1, self._frozen() + 1)
        self.sheet.freeze_panes = corner.coordinate
        self._print_setup(first_header, last_header)

    def _merged(self, row: int, value: str) -> AnyCell:
        """Write a text across the table and return its cell."""
        self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=self.last)
        put(self.sheet, row, 1, value)
        lines = lines_needed(value, sum(self.widths) * 0.95)
        self.sheet.row_dimensions[row].height = row_height(lines)
        return self.sheet.cell(row, 1)

    def _title(self) -> None:
        lang = self.table.lang
        title = self._merged(1, self.table.heading)
        self.style.title(title)
        self.sheet.row_dimensions[1].height = 28
        plan, years = self.origin.scenario.plan, self.origin.allocation.years
        line = Words(
            f"{plan.jurisdiction.zh}　{period(years, lang)}年　{plan.title.zh}",
            f"{plan.jurisdiction.en}, {period(years, lang)}, {plan.title.en}",
        ).say(lang)
        self.style.subtitle(self._merged(2, line))
        self.sheet.row_dimensions[2].height = 18

    def _headers(self) -> tuple[int, int]:
        """Write the header and return its first and last row."""
        columns, lang = self.table.columns, self.table.lang
        top = 3
        grouped = any(column.group for column in columns)
        bottom = top + 1 if grouped else top
        for number, column in enumerate(columns, start=1):
            if column.group is None:
                put(self.sheet, top, number, column.label(lang))
                if grouped:
                    self.sheet.merge_cells(
                        start_row=top, start_column=number, end_row=bottom, end_column=number
                    )
            else:
                put(self.sheet, bottom, number, column.label(lang))
        for first, last, group in _groups(columns):
            put(self.sheet, top, first, group.say(lang))
            self.sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=last)
        for row in range(top, bottom + 1):
            for number in range(1, self.last + 1):
                self.style.header(self.sheet.cell(row, number))
        lines = {False: 1, True: 1}
        for column, width in zip(columns, self.widths, strict=True):
            needed = lines_needed(column.label(lang), width - 0.5)
            lines[column.group is not None] = max(lines[column.group is not None], needed)
        if not grouped:
            self.sheet.row_dimensions[top].height = row_height(lines[False])
            return top, bottom
        self.sheet.row_dimensions[top].height = row_height(1)
        under = max(lines[True], lines[False] - 1)
        self.sheet.row_dimensions[bottom].height = row_height(under)
        return top, bottom

    def _section(self, at: int, section: str) -> None:
        self._merged(at, section)
        for number in range(1, self.last + 1):
            self.style.section(self.sheet.cell(at, number))
        self.sheet.row_dimensions[at].height = 20

    def _row(self, at: int, row: Row) -> None:
        for number, column in enumerate(self.table.columns, start=1):
            value = row.cells.get(column.key)
            put(self.sheet, at, number, clean(value) if isinstance(value, float) else value)
            cell = self.sheet.cell(at, number)
            self.style.body(cell, self.places[number - 1], row.kind)
            if isinstance(value, int | float):
                cell.number_format = _number_format(float(value), column)

    def _span(self, first: int, last: int) -> None:
        """Make one cell of a block in every column that spans."""
        for number, column in enumerate(self.table.columns, start=1):
            if column.spans and last > first:
                self.sheet.merge_cells(
                    start_row=first, start_column=number, end_row=last, end_column=number
                )

    def _notes(self, at: int) -> None:
        if not self.table.notes:
            return
        label = Words("注：", "Notes:").say(self.table.lang)
        self.style.note(self._merged(at, label))
        for number, note in enumerate(self.table.notes, start=1):
            mark = Words(f"{number}．", f"{number}. ").say(self.table.lang)
            self.style.note(self._merged(at + number, f"{mark}{printable(note)}"))

    def _frozen(self) -> int:
        """How many columns stay in view: up to the name of the line, not half the screen."""
        room = 36.0
        keys = [column.key for column in self.table.columns]
        wanted = max((keys.index(key) + 1 for key in ("name", "product") if key in keys), default=1)
        while wanted > 1 and sum(self.widths[:wanted]) > room + _WIDEST / 2:
            wanted -= 1
        return wanted

    def _print_setup(self, first_header: int, last_header: int) -> None:
        set_page(self.sheet, self.table.lang, f"minequota {self.origin.scenario.name}")
        self.sheet.print_title_rows = f"{first_header}:{last_header}"


def _groups(columns: tuple[Column, ...]) -> list[tuple[int, int, Words]]:
    """Return the spans of neighbouring columns of one group: first, last, group."""
    spans: list[tuple[int, int, Words]] = []
    for number, column in enumerate(columns, start=1):
        if column.group is None:
            continue
        if spans and spans[-1][2] == column.group and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number, column.group)
        else:
            spans.append((number, number, column.group))
    return spans


def _number_format(value: float, column: Column) -> str:
    """Return a format with the decimals the value needs and a space's width after it."""
    if column.kind == "percent":
        return "0" + ("." + "0" * column.decimals if column.decimals else "") + "%_ "
    if column.kind == "count":
        return "#,##0"
    decimals = decimals_needed(value, column.decimals)
    return "#,##0" + ("." + "0" * decimals if decimals else "") + "_ "


def _longest(column: Column, table: Table) -> int:
    """Return the width of the widest line of a column's cells."""
    return max(
        (
            display_width(line)
            for row in table.rows
            for line in written(row.cells.get(column.key), column).split("\n")
        ),
        default=0,
    )


def _placing(column: Column, table: Table) -> Placing:
    if column.kind in {"number", "percent"}:
        return "right"
    return "centre" if _longest(column, table) <= _SHORT_TEXT else "left"


def _width(column: Column, table: Table) -> float:
    """Return a width that shows numbers whole and wraps long texts and headers."""
    label = column.label(table.lang)
    words = label.replace("（", " ").replace("(", " ").split()
    longest_word = max((display_width(word) for word in words), default=0)
    # A Chinese header wraps anywhere, an English one between words.
    header = min(longest_word, 8 if table.lang == "zh" else 14) + 1.5
    longest = _longest(column, table)
    if column.kind != "text":
        return max(header, longest + 3.0, _NARROWEST)
    wrapped = max(_SHORT_TEXT / 2 + 4, longest / 2 + 2)
    return min(max(header, min(longest + 1.5, wrapped), _NARROWEST), _WIDEST)


def _block_heights(table: Table, widths: list[float]) -> list[int]:
    """Return how many lines each row needs; a spanning text is shared by the rows of its block."""
    sizes = Counter(row.block for row in table.rows)
    lines, shared = [], Counter[str]()
    for row in table.rows:
        needed = 1
        for column, width in zip(table.columns, widths, strict=True):
            value = row.cells.get(column.key)
            if not isinstance(value, str):
                continue
            own = lines_needed(value, width - 1)
            if column.spans and row.block:
                shared[row.block] = max(shared[row.block], math.ceil(own / sizes[row.block]))
            else:
                needed = max(needed, own)
        lines.append(needed)
    return [max(own, shared[row.block]) for own, row in zip(lines, table.rows, strict=True)]
