"""A table of actual outputs (执行情况表): its rows read, every mistake of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minequota.scenarios.documents.messages import problem as cell_problem
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.register.cells import NOTHING, parse_year
from minequota.scenarios.register.columns import Column, Columns
from minequota.scenarios.register.fields import plain_text
from minequota.scenarios.register.row import RowReader
from minequota.scenarios.register.sheet import Row, Sheet, read_sheet
from minequota.scenarios.rolling.headers import BASES, Counted, Headers, Kind, find_headers
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.units import Quantity

SHEETS = ("执行情况表", "开采总量指标执行情况表", "实际产量", "actual")


@dataclass(frozen=True)
class Stated:
    """One output as stated: `counted` is the basis the table names, None where it names none."""

    amount: Quantity
    counted: Counted | None
    place: str


@dataclass(frozen=True)
class Line:
    """One row: the right by licence or name, and the outputs stated of it."""

    licence: str
    name: str
    outputs: Mapping[Kind, Stated]
    place: str


@dataclass(frozen=True)
class Actual:
    """What the table holds; `lines` are the rows without a mistake."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read_actual(path: Path, year: int) -> Actual:
    """Read a table of a year's outputs.

    Parameters
    ----------
    path
        A .csv (UTF-8 or GB18030) or .xlsx file within the limits of a register. Title rows above
        the header and total rows below the mines are passed over.
    year
        The year it must speak of, where it names one.
    """
    try:
        sheet = read_sheet(path, SHEETS)
        headers, problems = find_headers(sheet, year)
    except InputError as error:
        return Actual((), error.problems)
    reader = _Reader(sheet, headers, year)
    lines = []
    rows = [row for row in sheet.rows[headers.first_row :] if not reader.is_aside(row)]
    for row in rows:
        line, wrong = reader.read(row)
        problems += wrong
        if line is not None:
            lines.append(line)
    if not rows and not problems:
        problems.append(problem("actual_empty", sheet.label))
    return Actual(tuple(lines), tuple(problems))


class _Reader:
    """Reads rows with the register's own cell readers, one for each column of outputs."""

    def __init__(self, sheet: Sheet, headers: Headers, year: int) -> None:
        self._sheet = sheet
        self._headers = headers
        self._year = year
        keys: dict[str, Column] = {
            name: headers.columns[name] for name in ("licence", "name") if name in headers.columns
        }
        unit = headers.columns.get("unit")
        units = {"last_output": unit} if unit is not None else {}
        self._keys = RowReader(sheet, Columns(keys, {}, (), headers.width, headers.first_row), None)
        self._outputs = {
            kind: RowReader(
                sheet,
                Columns(
                    {"last_output": output.column}, units, (), headers.width, headers.first_row
                ),
                None,
            )
            for kind, output in headers.outputs.items()
        }

    def is_aside(self, row: Row) -> bool:
        """Whether the row is a total or a note, or empty."""
        return self._keys.is_aside(row)

    def read(self, row: Row) -> tuple[Line | None, list[Problem]]:
        """Return the row's line, or every problem of the row."""
        values, problems = self._keys.values(row, ())
        licence, name = values.get("licence", ""), values.get("name", "")
        counted = self._counted(row, problems)
        self._check_year(row, problems)
        outputs: dict[Kind, Stated] = {}
        for kind, reader in self._outputs.items():
            found, wrong = reader.values(row, ())
            problems += [one for one in wrong if one.code != "row_width"]
            if "last_output" in found:
                output = self._headers.outputs[kind]
                outputs[kind] = Stated(
                    found["last_output"],
                    counted or output.counted,
                    self._sheet.place(row, output.column.index),
                )
        if not licence and not name and not problems:
            if not outputs:
                return None, []  # a note, or a heading between the rows
            problems.append(problem("actual_nobody", self._sheet.place(row)))
        key = self._headers.columns.get("licence") or self._headers.columns["name"]
        place = self._sheet.place(row, key.index)
        return (None if problems else Line(licence, name, outputs, place)), problems

    def _counted(self, row: Row, problems: list[Problem]) -> Counted | None:
        """Return the basis in the row's own column."""
        column = self._headers.columns.get("basis")
        text = self._keys.text(row, column) if column is not None else ""
        if column is None or text in NOTHING:
            return None
        found = BASES.get(plain_text(text))
        if found is None:
            place = self._sheet.place(row, column.index)
            problems.append(problem("actual_basis_unknown", place, value=text))
        return found

    def _check_year(self, row: Row, problems: list[Problem]) -> None:
        column = self._headers.columns.get("year")
        text = self._keys.text(row, column) if column is not None else ""
        if column is None or text in NOTHING:
            return
        place = self._sheet.place(row, column.index)
        year = parse_year(text)
        if year is None:
            problems.append(
                cell_problem(
                    "cell_year", place, column=column.header, value=text, first=1990, last=2100
                )
            )
        elif year != self._year:
            problems.append(problem("actual_other_year", place, value=text, year=self._year))
