"""One row of a register: its cells read, checked and made a right."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection
from enum import Enum
from typing import Any

from minequota.scenarios.checks.references import Names
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.validation import UNITS
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.register.agreement import against_plan, whole
from minequota.scenarios.register.cells import (
    NOTHING,
    PER_WHOLE,
    PER_WHOLE_OF_ORE,
    SHEET_ERRORS,
    cell_text,
    parse_date,
    parse_degrees,
    parse_number,
    parse_share,
    parse_year,
)
from minequota.scenarios.register.columns import Column, Columns, is_unit
from minequota.scenarios.register.fields import Field, fields, plain_text
from minequota.scenarios.register.provenance import parse_provenance
from minequota.scenarios.register.sheet import Row, Sheet
from minequota.scenarios.right import Method, Provenance, Renewal, Right, Status
from minequota.scenarios.units import NotAQuantityError, Quantity, UnknownUnitError, factor_to_base

DATA_FIELDS = tuple(
    one.name for one in dataclasses.fields(Right) if one.name not in {"provenance", "location"}
)

_ENUMS: dict[str, type[Enum]] = {"method": Method, "status": Status, "renewal": Renewal}
_TOTALS = {"合计", "总计", "小计", "共计", "total"}
_NOTES = ("注", "备注", "说明", "填表", "制表", "审核", "填报", "单位负责人")
_REWRITTEN = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_PER_YEAR = ("/年", "/a", "/year")
# As far as years may be written anywhere in plan and scenario.
FIRST_YEAR, LAST_YEAR = 1990, 2100
_MOST_DEGREES = {"longitude": 180.0, "latitude": 90.0}


class _CellError(Exception):
    """One cell is wrong; carries the code and parts of its message."""

    def __init__(self, code: str, **parts: object) -> None:
        self.code = code
        self.parts = parts
        super().__init__(code)


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, columns: Columns, plan: Plan | None) -> None:
        self.sheet = sheet
        self.columns = columns
        self.plan = plan
        self.names = Names(plan) if plan is not None else None

    def is_aside(self, row: Row) -> bool:
        """Whether the row is a total or a note, not a right."""
        if self.licence_of(row):
            words = {plain_text(self.licence_of(row))}
        else:
            words = {plain_text(cell_text(cell)) for cell in row.cells[:4]}
        if words & _TOTALS:
            return True
        filled = [text for cell in row.cells if (text := cell_text(cell))]
        return not filled or (len(filled) == 1 and filled[0].startswith(_NOTES))

    def licence_of(self, row: Row) -> str:
        """Return the row's licence as text; empty where it has none."""
        column = self.columns.fields.get("licence")
        return unicodedata.normalize("NFKC", self.text(row, column)) if column else ""

    def read(self, row: Row) -> tuple[Right | None, list[Problem]]:
        """Return the row's right, or every problem of the row."""
        required = {name for name, field in fields().items() if field.required}
        values, problems = self.values(row, required)
        origin = values.pop("provenance", (Provenance.REGISTER, {}))
        if problems or any(name not in values for name in required):
            return None, problems
        rest, listed = origin
        provenance = {
            name: listed.get(name, rest if name in values else Provenance.DEFAULT)
            for name in DATA_FIELDS
        }
        right = Right(**values, provenance=provenance, location=self.sheet.place(row))
        problems = self.check(row, right)
        return (None if problems else right), problems

    def values(self, row: Row, required: Collection[str]) -> tuple[dict[str, Any], list[Problem]]:
        """Return the row's filled fields, and what is wrong with its cells."""
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        if self.sheet.sheet is None and len(row.cells) > self.columns.width:
            problems.append(
                problem(
                    "row_width",
                    self.sheet.place(row),
                    found=len(row.cells),
                    expected=self.columns.width,
                )
            )
        for name, column in self.columns.fields.items():
            field = fields()[name]
            text = self.text(row, column)
            place = self.sheet.place(row, column.index)
            try:
                self._refuse_formula(field, text)
                if text in NOTHING:
                    if name in required:
                        raise _CellError("cell_empty")
                    continue
                values[name] = self._value(field, column, row, text)
            except _CellError as error:
                parts = {"column": column.header, "value": text} | error.parts
                problems.append(problem(error.code, place, **parts))
        return values, problems

    def check(self, row: Row, right: Right) -> list[Problem]:
        """Return what is wrong with a right as a whole, alone and against its plan."""

        def place_of(field: str) -> str:
            return self.place_of(row, field)

        problems = list(whole(right, place_of))
        if self.plan is not None:
            # A register without the column has been told so; a table of events need not have it.
            asked = "capacity" in self.columns.fields or bool(self.columns.besides)
            problems += against_plan(self.plan, right, place_of, capacity_asked=asked)
        return problems

    def text(self, row: Row, column: Column) -> str:
        """Return a cell as text; empty where the row is too short."""
        return cell_text(row.cells[column.index]) if column.index < len(row.cells) else ""

    def _refuse_formula(self, field: Field, text: str) -> None:
        if text.startswith("=") or text in SHEET_ERRORS:
            raise _CellError("cell_formula")
        if field.type == "text" and len(text) > 1 and text[0] in "+-@":
            raise _CellError("cell_formula")

    def _value(self, field: Field, column: Column, row: Row, text: str) -> Any:
        if field.type == "text":
            return self._plain_text(field, row, column, text)
        if field.type in {"county", "mineral", "area", "zone"}:
            return self._name(field.type, text)
        if field.type == "quantity":
            return self._quantity(field, column, row, text)
        if field.type == "authority":
            return self._authority(field, text)
        if field.type == "flag":
            return self._flag(field, text)
        if field.type == "choice":
            meaning = self._meaning(field, text)
            return _ENUMS[field.field](meaning) if field.field in _ENUMS else meaning
        if field.type == "date":
            day = parse_date(text)
            if day is None:
                raise _CellError("cell_date")
            return day
        if field.type == "provenance":
            try:
                return parse_provenance(text, DATA_FIELDS)
            except ValueError as error:
                raise _CellError("cell_provenance", reason=str(error)) from None
        if field.type in _MOST_DEGREES:
            return self._degrees(text, _MOST_DEGREES[field.type])
        if field.type == "year":
            return self._year(text)
        return self._share(field, text, column) if field.type == "share" else self._density(text)

    def _plain_text(self, field: Field, row: Row, column: Column, text: str) -> str:
        if field.field == "licence":
            cell = row.cells[column.index]
            number = isinstance(cell, int | float) and abs(cell) >= 1e15
            if number or _REWRITTEN.fullmatch(text):
                raise _CellError("cell_licence")
            return unicodedata.normalize("NFKC", text)
        return " ".join(text.split())

    def _name(self, kind: str, text: str) -> str:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        if self.names is None or self.plan is None:
            return plain
        found = self.names.find(kind, text) or self.names.find(kind, plain)
        if found is None and kind == "county":
            # 辽宁省丹东市凤城市: the county stands last in a full address.
            ends = [one.name for one in self.plan.counties if plain.endswith(one.name)]
            found = ends[0] if len(ends) == 1 else None
        if found is None:
            wrong = self.names.unknown(kind, text, "")
            raise _CellError(
                wrong.code,
                choice=Text(wrong.repair_zh, wrong.repair),
            )
        return found

    def _quantity(self, field: Field, column: Column, row: Row, text: str) -> Quantity:
        unit_column = self.columns.units.get(field.field)
        beside = self.text(row, unit_column).replace(" ", "") if unit_column else ""
        beside = "" if beside in NOTHING else beside
        units = [one for one in (beside, column.unit) if one]
        number = parse_number(text)
        if number is None:
            try:
                amount = Quantity.parse(text)
            except UnknownUnitError:
                unit = text.lstrip("-+0123456789.,eE ")
                raise _CellError(
                    "cell_unknown_unit", unit=unit, choice=choice(unit, UNITS)
                ) from None
            except NotAQuantityError:
                raise _CellError("cell_number") from None
            number, unit = amount.value, amount.unit
            units.insert(0, unit)
        for unit in units:
            if not is_unit(unit):
                raise _CellError("cell_unknown_unit", unit=unit, choice=choice(unit, UNITS))
        if not units:
            raise _CellError("cell_unit")
        for unit in units[1:]:
            if factor_to_base(unit) != factor_to_base(units[0]):
                raise _CellError("cell_two_units", first=units[0], second=unit)
        if number < 0:
            raise _CellError("cell_negative")
        if number == 0 and field.field == "capacity":
            raise _CellError("cell_zero")
        unit = unicodedata.normalize("NFKC", units[0])
        for ending in _PER_YEAR:
            unit = unit.removesuffix(ending)
        return Quantity(number, unit)

    def _meaning(self, field: Field, text: str) -> str:
        found = field.values.get(plain_text(text))
        if found is None:
            raise _CellError("cell_choice", choice=choice(text, list(field.values)))
        return found

    def _flag(self, field: Field, text: str) -> bool:
        if field.field == "safety_licence" and "安许证" in text:
            return True
        if field.field == "green" and text.endswith("级绿色矿山"):
            return True
        words = field.values | {"true": "yes", "false": "no", "1": "yes", "0": "no"}
        found = words.get(plain_text(text))
        if found is None:
            raise _CellError("cell_choice", choice=choice(text, list(field.values)))
        return found == "yes"

    def _authority(self, field: Field, text: str) -> str:
        plain = plain_text(text)
        found = field.values.get(plain)
        if found is not None:
            return found
        # 凤城市自然资源局 is a county's bureau where 凤城市 is a county-level city.
        counties = [] if self.plan is None else [one.name for one in self.plan.counties]
        if plain.endswith(("局", "厅", "部", "政府")):
            if any(name in plain for name in counties):
                return "county"
            if plain.endswith(("厅", "省人民政府")):
                return "province"
            if plain.endswith("部"):
                return "ministry"
            if self.plan is not None and self.plan.jurisdiction.zh in plain:
                return self.plan.level
        raise _CellError("cell_choice", choice=choice(text, list(field.values)))

    def _share(self, field: Field, text: str, column: Column) -> float:
        units = PER_WHOLE_OF_ORE if field.field == "grade" else PER_WHOLE
        share = parse_share(text, units, column.per)
        if share is None:
            raise _CellError("cell_number")
        if not 0 < share <= 1:
            raise _CellError("cell_share")
        return share

    def _density(self, text: str) -> float:
        plain = plain_text(text)
        for ending in ("t/m3", "吨/立方米", "g/cm3"):
            plain = plain.removesuffix(ending)
        number = parse_number(plain)
        if number is None:
            raise _CellError("cell_number")
        if not 0.5 <= number <= 25:
            raise _CellError("cell_density")
        return number

    def _degrees(self, text: str, most: float) -> float:
        degrees = parse_degrees(text)
        if degrees is None or not -most <= degrees <= most:
            raise _CellError("cell_degrees", most=f"{most:g}")
        return degrees

    def _year(self, text: str) -> int:
        year = parse_year(text)
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise _CellError("cell_year", first=FIRST_YEAR, last=LAST_YEAR)
        return year

    def place_of(self, row: Row, field: str) -> str:
        """Return the place of a field's cell, or of the row's first where it has no column."""
        column = self.columns.fields.get(field)
        return self.sheet.place(row, column.index if column else 0)
