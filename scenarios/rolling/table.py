"""A table of actual outputs (执行情况表): its rows read, every mistake of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from minequota.scenarios.documents.messages import problem as cell_problem
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.register.cells import NOTHING, cell_text, parse_number, parse_year
from minequota.scenarios.register.columns import Column, Columns, is_unit
from minequota.scenarios.register.fields import plain_text
from minequota.scenarios.register.row import RowReader
from minequota.scenarios.register.sheet import Row, Sheet, read_sheet
from minequota.scenarios.rolling.headers import BASES, Counted, Headers, Kind, find_headers
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.rolling.totals import SUBTOTALS, TOTALS, Figure, Total, is_total
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
    """What the table holds; `lines` are the rows without a mistake, `ignored` headers not read."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()


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
    lines: list[Line] = []
    totals: list[Total] = []
    empty = True
    for row in sheet.rows[headers.first_row :]:
        if label := reader.total(row):
            totals.append(Total(label, len(lines), reader.figures(row)))
            continue
        if reader.is_aside(row):
            continue
        empty = False
        line, wrong = reader.read(row)
        problems += wrong
        if line is not None:
            lines.append(line)
    if empty and not problems:
        problems.append(problem("actual_empty", sheet.label))
    return Actual(tuple(lines), tuple(problems), headers.ignored, tuple(totals))


def _decimals(text: str) -> int:
    """Return how many digits stand behind the point of a number."""
    behind = plain_text(text).partition(".")[2]
    return len(behind) - len(behind.lstrip("0123456789"))


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
        """Whether the row is a note, or empty."""
        return self._keys.is_aside(row)

    def total(self, row: Row) -> str:
        """Return what a row of a total or subtotal is called; empty for any other."""
        licence = self._keys.licence_of(row)
        name = self._headers.columns.get("name")
        words = [licence] if licence else [cell_text(cell) for cell in row.cells[:4]]
        named = "" if licence or name is None else self._keys.text(row, name)
        exact = (one for one in words if plain_text(one) in (*TOTALS, *SUBTOTALS))
        return next(exact, named if is_total(plain_text(named)) else "")

    def figures(self, row: Row) -> dict[Kind, Figure]:
        """Return the outputs a total row states; what is no number is none."""
        unit_column = self._headers.columns.get("unit")
        beside = self._keys.text(row, unit_column) if unit_column is not None else ""
        found: dict[Kind, Figure] = {}
        for kind, output in self._headers.outputs.items():
            column = output.column
            text = self._keys.text(row, column)
            number = parse_number(text)
            unit = beside if is_unit(beside) else column.unit
            if number is None:
                try:
                    amount = Quantity.parse(text)
                except ValueError:
                    continue
                number, unit = amount.value, amount.unit
            decimals = _decimals(text)
            place = self._sheet.place(row, column.index)
            found[kind] = Figure(number, unit, 0.5 * 10.0**-decimals, column.header, place)
        return found

    def read(self, row: Row) -> tuple[Line | None, list[Problem]]:
        """Return the row's line, or every problem of the row."""
        values, problems = self._keys.values(row, ())
        licence, name = values.get("licence", ""), values.get("name", "")
        counted = self._counted(row, problems)
        self._check_year(row, problems)
        outputs: dict[Kind, Stated] = {}
        for kind, reader in self._outputs.items():
            found, wrong = reader.values(row, ())
            problems += [
                self._date(row, self._headers.outputs[kind].column) or one
                for one in wrong
                if one.code != "row_width"
            ]
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

    def _date(self, row: Row, column: Column) -> Problem | None:
        """Return that a cell is a date, where it is one."""
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        if not isinstance(cell, date):
            return None
        place = self._sheet.place(row, column.index)
        value = cell_text(cell)
        return problem("actual_date", place, header=column.header, value=value)

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
