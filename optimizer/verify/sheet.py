"""A printed table read back from its CSV file, and how its rows are compared."""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from minequota.optimizer.verify.documents import UnreadableError
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import PRINTED, same
from minequota.optimizer.verify.words import Speech
from minequota.scenarios.scenario import Scenario

BOM = b"\xef\xbb\xbf"
#: First character of a text that the tables guard with an apostrophe.
GUARDED = "=+-@\t\r\n＝＋－＠"

Cell = str | float | None
Key = tuple[str, ...]
Line = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """One table: its file name and its rows, each by Chinese column title."""

    name: str
    rows: tuple[Line, ...]

    def of_kind(self, kind: str) -> list[Line]:
        """Return the detail, subtotal or total rows by the word they carry."""
        return [row for row in self.rows if row["行别"] == kind]


@dataclass(frozen=True)
class Printed:
    """What a table was printed from, and the language it speaks."""

    scenario: Scenario
    records: Records
    speech: Speech

    @property
    def calendar(self) -> bool:
        """Whether the tables go year by year."""
        return bool(self.records.header["mode"] == "calendar")

    def year(self, year: int) -> str:
        """Return a year as the tables key their lines by it: empty where there is but one."""
        return str(year) if self.calendar else ""


def year_of(row: Line) -> str:
    """Return the year a line stands under; empty where the table has no such column."""
    return row.get("年度", "")


def plain(text: str) -> str:
    """Return a text as tables may print it: no guard, no control or direction characters."""
    if text.startswith("'") and text[1:2] and text[1] in GUARDED:
        text = text[1:]
    return "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cf"))


def number(text: str) -> float | None:
    """Return the number of a cell, None for a blank, NaN for anything else."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return math.nan


def read_lines(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file; UnreadableError where it is none of ours."""
    try:
        content = path.read_bytes()
        if not content.startswith(BOM):
            raise UnreadableError("no UTF-8 byte order mark")
        lines = list(csv.reader(io.StringIO(content[3:].decode("utf-8"), newline=""), strict=True))
    except UnreadableError:
        raise
    except (OSError, ValueError, csv.Error) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    if not lines:
        raise UnreadableError("no header line")
    for at, line in enumerate(lines):
        if len(line) != len(lines[0]):
            raise UnreadableError(f"line {at + 1} has {len(line)} cells, not {len(lines[0])}")
    return [[plain(cell) for cell in line] for line in lines]


def _agrees(found: str, expected: Cell) -> bool:
    if expected is None:
        return found == ""
    if isinstance(expected, str):
        return found == plain(expected)
    figure = number(found)
    return figure is not None and same(figure, expected, PRINTED)


def line_faults(where: str, row: Line, expected: Mapping[str, Cell]) -> list[Fault]:
    """Return the cells of one row that differ from what the records say."""
    return [
        fault("table_figure", where, column=column, found=row[column], expected=value)
        for column, value in expected.items()
        if not _agrees(row[column], value)
    ]


def rows_faults(
    name: str, rows: Iterable[tuple[Key, Line]], expected: Mapping[Key, Mapping[str, Cell]]
) -> list[Fault]:
    """Return which rows are missing, unknown, repeated or differ, each found by its key."""
    faults: list[Fault] = []
    seen: set[Key] = set()
    for key, row in rows:
        where = f"{name} {' '.join(key)}"
        if key in seen:
            faults.append(fault("table_row_repeated", where))
        elif key not in expected:
            faults.append(fault("table_row_unknown", where))
        else:
            faults += line_faults(where, row, expected[key])
        seen.add(key)
    missing = [key for key in expected if key not in seen]
    return faults + [fault("table_row_missing", f"{name} {' '.join(key)}") for key in missing]
