"""A table as every output prints it: columns, rows, notes; no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from minequota.reports.text import Lang, Words

Cell = str | float | int | None
CellKind = Literal["text", "number", "percent", "count"]
RowKind = Literal["body", "subtotal", "total"]


@dataclass(frozen=True)
class Column:
    """One column.

    Numbers are printed with as many decimals as they need up to `decimals`; a percent is held
    as a share (0.12) and printed with exactly that many. `group` is the header that spans this
    column and its neighbours of the same group. `rank` says where the terminal shows it:
    1 always, 2 on a wide screen, 3 never; columns that are `many`, such as one for each county, go
    on below where the screen is too narrow for all. On paper the cells of a column that `spans`
    are one cell per block of rows.
    """

    key: str
    title: Words
    kind: CellKind = "text"
    unit: Words | None = None
    decimals: int = 0
    group: Words | None = None
    rank: Literal[1, 2, 3] = 1
    spans: bool = False
    many: bool = False

    def label(self, lang: Lang) -> str:
        """Title with its unit, without the group."""
        return self.title.say(lang) + _in_brackets(self.unit, lang)

    def full_label(self, lang: Lang) -> str:
        """Title with its group and unit, for one line above bare numbers (percents too)."""
        unit = Words("%", "%") if self.kind == "percent" else self.unit
        title = self.title.say(lang) + _in_brackets(unit, lang)
        if self.group is None:
            return title
        return f"{self.group.say(lang)}{'-' if lang == 'zh' else ': '}{title}"


YEAR = Column("year", Words("年度", "Year"), rank=3)
"""Leads the tables of an answer that goes year by year; its cells are texts such as ``2023``."""


def _in_brackets(unit: Words | None, lang: Lang) -> str:
    if unit is None:
        return ""
    return f"（{unit.zh}）" if lang == "zh" else f" ({unit.en})"


@dataclass(frozen=True)
class Row:
    """One line: a cell by column key (absent = blank).

    `section` is the part it stands in, `block` what neighbouring lines have in common.
    """

    cells: Mapping[str, Cell]
    kind: RowKind = "body"
    section: str = ""
    block: str = ""


@dataclass(frozen=True)
class Table:
    """One numbered table in one language; a `parted` one is made of sections.

    `about` gives the column that a note explains, by the note: it is of no use without it.
    """

    number: int
    title: Words
    stem: Words
    lang: Lang
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    parted: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"Table {self.number} has two columns of one key.")
        for row in self.rows:
            unknown = set(row.cells) - set(keys)
            if unknown:
                raise ValueError(f"Table {self.number} has no columns {sorted(unknown)}.")

    def part(self, row: Row) -> str:
        """Return the heading of the part a line stands in: its year, then its section."""
        year = row.cells.get(YEAR.key)
        if not year:
            return row.section
        if self.lang == "zh":
            return f"{year}年　{row.section}".rstrip()
        return f"{year}: {row.section}" if row.section else str(year)

    def sums_parts(self, row: Row) -> bool:
        """Whether a line adds up several parts, so that it stands below the last of them."""
        return self.parted and row.kind != "body" and not row.section

    @property
    def heading(self) -> str:
        """Number and title as printed above the table."""
        if self.lang == "zh":
            return f"表{self.number} {self.title.zh}"
        return f"Table {self.number} {self.title.en}"

    @property
    def file_stem(self) -> str:
        """File name without ending, such as ``table1_分县分解表``."""
        return f"table{self.number}_{self.stem.say(self.lang)}"
