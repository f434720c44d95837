"""Tables as CSV files that Excel and WPS open rightly: UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from minequota.reports import text
from minequota.reports.numbers import SIGNIFICANT_DIGITS, clean
from minequota.reports.safe_text import guarded
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

ROW_KIND = Words("行别", "Row")
SECTION = Words("部分", "Part")
_KINDS = {"body": text.BODY, "subtotal": text.SUBTOTAL, "total": text.TOTAL}


def headers(table: Table) -> list[str]:
    """Return the header line: the kind of row, the part of a parted table, the columns."""
    first = [ROW_KIND.say(table.lang)]
    if table.parted:
        first.append(SECTION.say(table.lang))
    return [*first, *(column.full_label(table.lang) for column in table.columns)]


def csv_text(table: Table) -> str:
    """Return the table as CSV text without the byte order mark.

    The table's notes follow its rows, each as a line of its own kind, its text in the second cell.
    Text cells that a spreadsheet could take for a formula get an apostrophe in front. Numbers
    have up to twelve significant digits and no separators; percents are printed as 12.5.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(header) for header in headers(table)])
    for row in table.rows:
        writer.writerow(_cells(table, row))
    # A table that is passed on alone still says in which mode, case and status it was made.
    blank = [""] * (len(headers(table)) - 2)
    for note in table.notes:
        writer.writerow([text.NOTE.say(table.lang), guarded(note), *blank])
    return out.getvalue()


def write_csv(table: Table, folder: Path) -> Path:
    """Write the table into `folder` under its own name and return the path."""
    path = folder / f"{table.file_stem}.csv"
    path.write_bytes(csv_text(table).encode("utf-8-sig"))
    return path


def _cells(table: Table, row: Row) -> list[str]:
    first = [_KINDS[row.kind].say(table.lang)]
    if table.parted:
        first.append(guarded(row.section))
    return [*first, *(_cell(row.cells.get(column.key), column) for column in table.columns)]


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    value = clean(cell * 100 if column.kind == "percent" else cell)
    return f"{value:.{SIGNIFICANT_DIGITS}g}"
