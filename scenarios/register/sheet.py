"""A table file (CSV or XLSX) as rows of raw cells, read with limits and with places."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.yamlfile import label_of, read_bytes
from minequota.scenarios.errors import InputError
from minequota.scenarios.register.formulas import uncalculated

MAX_BYTES = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_PARTS = 2_000
MAX_ROWS = 200_000
MAX_COLUMNS = 300
SHEETS = ("采矿权现状表", "register")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """One row: its raw cells and its number in the file."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Sheet:
    """All rows of a table; `sheet` is the worksheet's name, None for a CSV file."""

    label: str
    sheet: str | None
    rows: tuple[Row, ...]

    def place(self, row: Row, column: int | None = None) -> str:
        """Return `file:line:column` (both counted from 1), or `file[sheet]!cell`."""
        if self.sheet is None:
            at = "" if column is None else f":{column + 1}"
            return f"{self.label}:{row.number}{at}"
        from openpyxl.utils import get_column_letter

        letters = get_column_letter(column + 1) if column is not None else ""
        return f"{self.label}[{self.sheet}]!{letters}{row.number}"


def read_sheet(path: Path, names: Sequence[str] = SHEETS) -> Sheet:
    """Read the table in `path`; of a workbook the first sheet called one of `names`, or the first.

    Raises
    ------
    InputError
        When the file is missing, too large, not a table or not readable as one.
    """
    label = label_of(path)
    ending = path.suffix.lower()
    if ending not in {".csv", ".txt", ".xlsx", ".xlsm", ".xls", ".et"}:
        raise InputError([problem("register_kind", label, value=path.name)])
    content = read_bytes(path, MAX_BYTES)
    if content.startswith(_OLD_OFFICE):
        raise InputError([problem("workbook_old", label)])
    if ending in {".csv", ".txt"} and not content.startswith(b"PK\x03\x04"):
        return Sheet(label, None, tuple(_csv_rows(content, label)))
    return _workbook(content, label, names)


def _bounded(rows: Iterator[Row], label: str) -> Iterator[Row]:
    """Leave out empty rows; refuse too many rows or columns."""
    filled = 0
    for row in rows:
        last = max((at for at, cell in enumerate(row.cells) if cell not in (None, "")), default=-1)
        if last < 0:
            continue
        filled += 1
        if filled > MAX_ROWS:
            raise InputError([problem("table_rows", label, limit=MAX_ROWS)])
        if last >= MAX_COLUMNS:
            raise InputError([problem("table_columns", label, limit=MAX_COLUMNS)])
        yield Row(row.number, row.cells[: last + 1])


def _csv_rows(content: bytes, label: str) -> Iterator[Row]:
    text = None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        raise InputError([problem("csv_encoding", label)])
    sample = text[:20_000]
    delimiter = max(",\t;", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def rows() -> Iterator[Row]:
        start = 1
        try:
            for cells in reader:
                yield Row(start, tuple(cells))
                start = reader.line_num + 1
        except csv.Error as error:
            raise InputError([problem("csv_syntax", f"{label}:{start}", reason=error)]) from None

    yield from _bounded(rows(), label)


def _workbook(content: bytes, label: str, names: Sequence[str]) -> Sheet:
    _guard(content, label)
    import openpyxl

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if not sheets:
            raise ValueError("no worksheet")
        name = next((one for one in names if one in sheets), next(iter(sheets)))
        sheet = sheets[name]
        # Some programs write a wrong size into the sheet; without it every row is read.
        sheet.reset_dimensions()
        # openpyxl has no other way to the XML itself.
        with sheet._get_source() as source:  # type: ignore[attr-defined]
            formulas = uncalculated(source)

        def rows() -> Iterator[Row]:
            cells = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
            for number, values in enumerate(cells, start=1):
                yield Row(number, _with_formulas(number, values, formulas))

        return Sheet(label, name, tuple(_bounded(rows(), label)))
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything on a broken file
        reason = f"{type(error).__name__}: {error}"
        raise InputError([problem("workbook_unreadable", label, reason=reason)]) from None


def _with_formulas(
    number: int, values: Sequence[object], formulas: Mapping[tuple[int, int], str]
) -> tuple[object, ...]:
    """Return a row's values, with the formula where there is one that has no value yet."""
    if not formulas:
        return tuple(values)
    return tuple(
        formulas.get((number, at)) if value is None else value for at, value in enumerate(values)
    )


def _guard(content: bytes, label: str) -> None:
    """Refuse a workbook that is no zip file or unpacks to more than a register can need."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError([problem("workbook_unreadable", label, reason=error)]) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise InputError(
            [
                problem(
                    "workbook_bomb",
                    label,
                    size=f"{unpacked / 1e6:.0f} MB",
                    limit=f"{MAX_UNPACKED / 1e6:.0f} MB",
                )
            ]
        )
