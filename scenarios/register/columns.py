"""Which column of a register holds which field, and in which unit."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path

from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.yamlfile import YamlFile, read_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.register.cells import PER_WHOLE, PER_WHOLE_OF_ORE, cell_text
from minequota.scenarios.register.fields import fields, headers, plain_text
from minequota.scenarios.register.sheet import Row, Sheet
from minequota.scenarios.units import UnknownUnitError, factor_to_base

IGNORE = "ignore"
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
    """One column: its header as written, and the unit the header names.

    Of a share `per` is how many of that unit make the whole: 100 in a column of percentages.
    """

    index: int
    header: str
    unit: str = ""
    per: float = 1.0


@dataclass(frozen=True)
class Columns:
    """The columns of a register, by field; `units` are columns that hold a field's unit.

    `besides` are the columns of a table that are no field of a right.
    """

    fields: Mapping[str, Column]
    units: Mapping[str, Column]
    ignored: tuple[str, ...]
    width: int
    first_row: int
    besides: Mapping[str, Column] = default(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A kind of table about rights: the columns it must have, and those besides a right's."""

    required: tuple[str, ...]
    besides: Mapping[str, tuple[str, ...]] = default(default_factory=dict)

    def known(self) -> dict[str, str]:
        """Return the headers of the columns besides a right's, in plain form, and their names."""
        return {
            plain_text(header): name
            for name, words in self.besides.items()
            for header in (name, *words)
        }

    def headers_of(self, name: str) -> tuple[str, ...]:
        """Return the Chinese headers of a column."""
        return self.besides[name] if name in self.besides else fields()[name].headers_zh

    def title(self, name: str) -> str:
        """Return the usual Chinese header of a column."""
        return self.headers_of(name)[0]


REGISTER = Table(("licence", "name", "county", "mineral", "capacity"))


def is_unit(text: str) -> bool:
    """Whether the text is a unit of the mineral plans."""
    try:
        factor_to_base(text)
    except UnknownUnitError:
        return False
    return True


def recognise(header: str) -> tuple[str, str, float] | None:
    """Return the field of a header, its unit, and how many of it make a whole share.

    None for a header not understood, or one that counts a share in something unknown.
    """
    known = headers()
    plain = plain_text(header)
    if plain in known:
        return known[plain], "", 1.0
    base, inner = _parted(header)
    if base.lower() not in known:
        return None
    field = known[base.lower()]
    per = _per_whole(field, inner)
    if per is None:
        return None
    return field, inner if is_unit(inner) else "", per


def _parted(header: str) -> tuple[str, str]:
    """Return a header without the brackets at its end, and what stands in them."""
    written = "".join(unicodedata.normalize("NFKC", header).split())
    if not written.endswith((")", "]")):
        return written, ""
    opening = max(written.rfind("("), written.rfind("["))
    return written[:opening], written[opening + 1 : -1]


def _per_whole(field: str, inner: str) -> float | None:
    """Return how many of the unit in brackets make a whole; None for grams per something else."""
    if fields()[field].type != "share":
        return 1.0
    known = PER_WHOLE_OF_ORE if field == "grade" else PER_WHOLE
    return known.get(inner, None if "/" in inner else 1.0)


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
    sheet: Sheet,
    mapping: Mapping[str, str],
    mapping_file: YamlFile | None,
    table: Table = REGISTER,
) -> tuple[Columns, list[Problem]]:
    """Find the header row (titles may stand above it) and what its columns mean.

    Parameters
    ----------
    sheet
        The table as read.
    mapping, mapping_file
        Headers named by a mapping file, and that file.
    table
        What columns the table has besides a right's fields, and which it must have.

    Raises
    ------
    InputError
        When no row looks like a header.
    """
    extra = table.known()
    for position, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        words = [cell_text(cell) for cell in row.cells]
        understood = {
            mapping.get(plain_text(word)) or extra.get(plain_text(word)) or _field(word)
            for word in words
            if word
        }
        if len(understood - {"", IGNORE}) >= _ENOUGH:
            return _columns(sheet, row, position, words, mapping, mapping_file, table)
    required = "、".join(table.title(one) for one in table.required)
    raise InputError(
        [
            problem(
                "header_missing",
                sheet.place(sheet.rows[0]) if sheet.rows else sheet.label,
                required=Text(required, f"{required} ({', '.join(table.required)})"),
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
    table: Table,
) -> tuple[Columns, list[Problem]]:
    extra = table.known()
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
            inner = _parted(header)[1]
            per = _per_whole(mapped, inner)
            if per is None:
                place = sheet.place(row, index)
                known = choice(inner, PER_WHOLE_OF_ORE if mapped == "grade" else PER_WHOLE)
                problems.append(
                    problem("cell_unknown_unit", place, column=header, unit=inner, choice=known)
                )
            column = Column(index, header, inner if is_unit(inner) else "", per or 1.0)
            field = mapped
        elif plain_text(header) in extra:
            column, field = Column(index, header), extra[plain_text(header)]
        elif understood is not None:
            field, unit, per = understood
            column = Column(index, header, unit, per)
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
                    field=Text(table.title(field), field),
                )
            )
        found.setdefault(field, column)
    problems += _missing(sheet, row, found, table)
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
    own = {name: column for name, column in found.items() if name in fields()}
    besides = {name: column for name, column in found.items() if name not in fields()}
    return Columns(own, units, ignored, len(words), position + 1, besides), problems


def _field(header: str) -> str:
    understood = recognise(header)
    return understood[0] if understood is not None else ""


def _missing(sheet: Sheet, row: Row, found: Mapping[str, Column], table: Table) -> list[Problem]:
    return [
        problem(
            "column_missing",
            sheet.place(row),
            column=Text(table.title(field), f"{table.title(field)} ({field})"),
            headers="、".join(table.headers_of(field)[:4]),
        )
        for field in table.required
        if field not in found
    ]


def _likely(header: str, found: Mapping[str, Column]) -> str | None:
    """Return the header that was probably meant, where its field has no column yet."""
    near = difflib.get_close_matches(plain_text(header), list(headers()), n=1, cutoff=_LIKE)
    return near[0] if near and headers()[near[0]] not in found else None
