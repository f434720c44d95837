"""Which column of a register holds which field, and in which unit."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.yamlfile import YamlFile, read_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.register.cells import cell_text
from minequota.scenarios.register.fields import fields, headers, plain_text
from minequota.scenarios.register.sheet import Row, Sheet
from minequota.scenarios.units import UnknownUnitError, factor_to_base

IGNORE = "ignore"
REQUIRED = ("licence", "name", "county", "mineral", "capacity")

_HEADER_ROWS = 30
_ENOUGH = 3
_LIKE = 0.8
_UNIT_ENDINGS = ("单位", "_unit", "unit")
_UNIT_COLUMNS = {
    "单位": "capacity",
    "规模单位": "capacity",
    "计量单位": "capacity",
    "unit": "capacity",
    "储量单位": "reserves",
    "产量单位": "last_output",
}


# Columns every register has and nothing is missed by leaving out.
_BOOKKEEPING = {"序号", "备注", "编号"}


@dataclass(frozen=True)
class Column:
    """One column: its header as written, and the unit the header names."""

    index: int
    header: str
    unit: str = ""
    percent: bool = False


@dataclass(frozen=True)
class Columns:
    """The columns of a register, by field; `units` are columns that hold a field's unit."""

    fields: Mapping[str, Column]
    units: Mapping[str, Column]
    ignored: tuple[str, ...]
    width: int
    first_row: int


def is_unit(text: str) -> bool:
    """Whether the text is a unit of the mineral plans."""
    try:
        factor_to_base(text)
    except UnknownUnitError:
        return False
    return True


def recognise(header: str) -> tuple[str, str, bool] | None:
    """Return the field, unit and percent sign of a header; None for one not understood."""
    known = headers()
    plain = plain_text(header)
    if plain in known:
        return known[plain], "", False
    written = "".join(unicodedata.normalize("NFKC", header).split())
    if written.endswith((")", "]")):
        opening = max(written.rfind("("), written.rfind("["))
        base, inner = written[:opening].lower(), written[opening + 1 : -1]
        if base in known:
            return known[base], inner if is_unit(inner) else "", inner == "%"
    return None


def unit_column(header: str) -> str | None:
    """Return the field whose unit a column holds, or None."""
    plain = plain_text(header)
    if plain in _UNIT_COLUMNS:
        return _UNIT_COLUMNS[plain]
    for ending in _UNIT_ENDINGS:
        base = plain.removesuffix(ending)
        field = headers().get(base) if base != plain else None
        if field is not None and fields()[field].type == "quantity":
            return field
    return None


def read_mapping(path: Path) -> tuple[dict[str, str], YamlFile]:
    """Read a mapping file: header -> field, or ``ignore``; InputError on unknown fields."""
    file = read_yaml(path)
    problems = []
    known = [*fields(), IGNORE]
    for header, field in file.data.items():
        if field not in known:
            problems.append(
                problem(
                    "mapping_field",
                    file.place((header,)),
                    field=field,
                    choice=choice(str(field), known),
                )
            )
    if problems:
        raise InputError(problems)
    return {plain_text(header): str(field) for header, field in file.data.items()}, file


def find_columns(
    sheet: Sheet, mapping: Mapping[str, str], mapping_file: YamlFile | None
) -> tuple[Columns, list[Problem]]:
    """Find the header row (titles may stand above it) and what its columns mean.

    Raises
    ------
    InputError
        When no row looks like a header.
    """
    for position, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        words = [cell_text(cell) for cell in row.cells]
        understood = {
            mapping.get(plain_text(word)) or (recognise(word) or ("",))[0] for word in words if word
        }
        if len(understood - {"", IGNORE}) >= _ENOUGH:
            return _columns(sheet, row, position, words, mapping, mapping_file)
    required = "、".join(fields()[one].title for one in REQUIRED)
    raise InputError(
        [
            problem(
                "header_missing",
                sheet.place(sheet.rows[0]) if sheet.rows else sheet.label,
                required=Text(required, f"{required} ({', '.join(REQUIRED)})"),
            )
        ]
    )


def _columns(
    sheet: Sheet,
    row: Row,
    position: int,
    words: list[str],
    mapping: Mapping[str, str],
    mapping_file: YamlFile | None,
) -> tuple[Columns, list[Problem]]:
    found: dict[str, Column] = {}
    units: dict[str, Column] = {}
    others: list[Column] = []
    problems: list[Problem] = []
    for index, header in enumerate(words):
        mapped = mapping.get(plain_text(header))
        understood = recognise(header)
        if not header or mapped == IGNORE:
            continue
        if mapped is not None:
            inner = _unit_in(header)
            column = Column(index, header, inner if is_unit(inner) else "", inner == "%")
            field = mapped
        elif understood is not None:
            field, unit, percent = understood
            column = Column(index, header, unit, percent)
        elif (field_of_unit := unit_column(header)) is not None:
            units[field_of_unit] = Column(index, header)
            continue
        else:
            others.append(Column(index, header))
            continue
        if field in found:
            problems.append(
                problem(
                    "column_twice",
                    sheet.place(row, index),
                    header=header,
                    other=found[field].header,
                    field=Text(fields()[field].title, field),
                )
            )
        found.setdefault(field, column)
    problems += _missing(sheet, row, found)
    problems += [
        problem(
            "column_unknown",
            sheet.place(row, column.index),
            header=column.header,
            choice=choice(column.header, [near]),
        )
        for column in others
        if (near := _likely(column.header, found)) is not None
    ]
    if mapping_file is not None:
        present = {plain_text(word) for word in words}
        problems += [
            problem(
                "mapping_header",
                mapping_file.place((header,), of_key=True),
                header=header,
                choice=choice(header, [word for word in words if word]),
            )
            for header in mapping_file.data
            if plain_text(header) not in present
        ]
    ignored = tuple(c.header for c in others if plain_text(c.header) not in _BOOKKEEPING)
    return Columns(found, units, ignored, len(words), position + 1), problems


def _unit_in(header: str) -> str:
    written = "".join(unicodedata.normalize("NFKC", header).split())
    if not written.endswith((")", "]")):
        return ""
    return written[max(written.rfind("("), written.rfind("[")) + 1 : -1]


def _missing(sheet: Sheet, row: Row, found: Mapping[str, Column]) -> list[Problem]:
    return [
        problem(
            "column_missing",
            sheet.place(row),
            column=Text(fields()[field].title, f"{fields()[field].title} ({field})"),
            headers="、".join(fields()[field].headers_zh[:4]),
        )
        for field in REQUIRED
        if field not in found
    ]


def _likely(header: str, found: Mapping[str, Column]) -> str | None:
    """Return the header that was probably meant, where its field has no column yet."""
    near = difflib.get_close_matches(plain_text(header), list(headers()), n=1, cutoff=_LIKE)
    return near[0] if near and headers()[near[0]] not in found else None
