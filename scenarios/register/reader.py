"""The register of mining rights (采矿权现状表): from CSV or XLSX to rights, and back to CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.register.columns import find_columns, read_mapping
from minequota.scenarios.register.fields import fields
from minequota.scenarios.register.provenance import format_provenance
from minequota.scenarios.register.row import DATA_FIELDS, RowReader
from minequota.scenarios.register.sheet import read_sheet
from minequota.scenarios.right import Provenance, Right


@dataclass(frozen=True)
class Register:
    """What a register file holds: its rights by licence, its mistakes, columns not used."""

    rights: tuple[Right, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()


def read_register(path: Path, plan: Plan | None, mapping: Path | None = None) -> Register:
    """Read a register and check it against its plan.

    Parameters
    ----------
    path
        A .csv (UTF-8 or GBK/GB18030) or .xlsx file. Headers are those of fields.csv; title rows
        above them and total rows below the rights are passed over.
    plan
        Gives the names of counties, minerals, areas and zones; None skips these checks.
    mapping
        A YAML file ``header: field`` for headers that fields.csv does not know.

    Returns
    -------
    Register
        With every problem found; `rights` then holds only the rows without one.
    """
    try:
        words, mapping_file = read_mapping(mapping) if mapping is not None else ({}, None)
        sheet = read_sheet(path)
        columns, problems = find_columns(sheet, words, mapping_file)
    except InputError as error:
        return Register((), error.problems)
    reader = RowReader(sheet, columns, plan)
    rights: list[Right] = []
    seen: dict[str, str] = {}
    for row in sheet.rows[columns.first_row :]:
        if reader.is_aside(row):
            continue
        right, wrong = reader.read(row)
        problems += wrong
        licence = reader.licence_of(row)
        if licence and licence in seen:
            column = columns.fields["licence"].index
            problems.append(
                problem(
                    "duplicate",
                    sheet.place(row, column),
                    what=Text("许可证号", "The licence"),
                    value=licence,
                    first=seen[licence],
                )
            )
        elif licence:
            seen[licence] = sheet.place(row, columns.fields["licence"].index)
        if right is not None:
            rights.append(right)
    if not rights and not problems:
        problems.append(problem("register_empty", sheet.label))
    rights.sort(key=lambda one: one.licence)
    return Register(tuple(rights), tuple(problems), columns.ignored)


def write_register(rights: tuple[Right, ...], path: Path) -> None:
    """Write the rights as the canonical CSV (UTF-8 with BOM), which reads back the same."""
    path.write_text(format_register(rights), encoding="utf-8-sig", newline="")


def format_register(rights: tuple[Right, ...]) -> str:
    """Return the canonical CSV of the rights, sorted by licence.

    Columns that fields.csv calls `filled` are written only where some right fills them.
    """
    silent = {one.name: one.default for one in dataclasses.fields(Right)}
    rows = []
    for right in sorted(rights, key=lambda one: one.licence):
        cells = {}
        for name in DATA_FIELDS:
            value, origin = getattr(right, name), right.origin(name)
            by_default = origin == Provenance.DEFAULT and value == silent[name]
            cells[name] = "" if by_default else _cell(value)
        filled = {name: right.origin(name) for name in DATA_FIELDS if cells[name]}
        empty = {name: right.origin(name) for name in DATA_FIELDS if not cells[name]}
        rows.append((cells, format_provenance(filled, empty)))
    columns = [
        name
        for name in DATA_FIELDS
        if fields()[name].written == "always" or any(cells[name] for cells, _ in rows)
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, "provenance"])
    for cells, provenance in rows:
        writer.writerow([*(cells[name] for name in columns), provenance])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
