"""Table 4 采矿权投放对照: zone by zone, what is issued and of what capacity."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from minequota.reports import text
from minequota.reports.compare.columns import (
    NAME,
    difference_cells,
    difference_columns,
    value_cells,
    value_columns,
)
from minequota.reports.compare.comparison import Comparison, Issued, ZoneLine
from minequota.reports.compare.names import Names, names_of
from minequota.reports.compare.notes import notes
from minequota.reports.compare.table_mines import CHANGED, UNCHANGED
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Lang, Words

TITLE = Words("采矿权投放对照", "Rights issued zone by zone")
STEM = Words("投放对照", "zones")
_NUMBER, _YEARS = "number:", "years:"


def zone_table(comparison: Comparison, lang: Lang) -> Table:
    """Build table 4."""
    names = names_of(comparison, lang)
    calendar = any(
        len(case.allocation.years) > 1 for case in comparison.answered if case.allocation
    )
    years = value_columns(
        comparison.answered, Words("投放年度", "Year issued"), "text", prefix=_YEARS
    )
    columns = (
        Column(NAME, Words("区块", "Zone or block")),
        Column("title", Words("名称", "Name"), rank=2),
        Column("county", Words("所在行政区", "County"), rank=2),
        Column("mineral", Words("矿种", "Mineral")),
        Column("kind", Words("方式", "Kind"), rank=3),
        *value_columns(comparison.answered, Words("投放个数", "Rights"), "count", prefix=_NUMBER),
        Column("unit", Words("规模单位（每年）", "Unit of capacity (a year)")),
        *value_columns(comparison.answered, Words("生产规模", "Capacity")),
        *difference_columns(replace(comparison, cases=comparison.answered)),
        *(years if calendar else ()),
    )
    known = {column.key for column in columns}
    rows = tuple(_row(line, names, known) for line in comparison.zones)
    own = Words(
        "差为生产规模之差；没有任何案例投放的区块不列。",
        "Differences are those of the capacity; zones in which no case issues are left out.",
    ).say(lang)
    given = (own, *notes(comparison, lang))
    return Table(4, TITLE, STEM, lang, columns, rows, given, parted=True)


def _row(line: ZoneLine, names: Names, known: set[str]) -> Row:
    kind = text.CONVERTED if line.kind == "converted" else text.TO_BE_ISSUED
    cells: dict[str, Cell] = {
        NAME: line.zone,
        "title": line.name,
        "county": names.place(line.county),
        "mineral": names.place(line.mineral),
        "kind": kind.say(names.lang),
        "unit": names.unit(line.unit),
        **value_cells({case: int(number or 0) for case, number in line.issued.items()}, _NUMBER),
        **value_cells(dict(line.values)),
        **difference_cells(line.differences),
        **value_cells({case: _years(ones, names) for case, ones in line.rights.items()}, _YEARS),
    }
    section = (CHANGED if line.differs else UNCHANGED).say(names.lang)
    return Row({key: cell for key, cell in cells.items() if key in known}, "body", section)


def _years(issued: tuple[Issued, ...], names: Names) -> str:
    """Return how many rights are issued in which year."""
    numbers = Counter(one.year for one in issued)
    said = [names.say(f"{year}年{n}个", f"{n} in {year}") for year, n in sorted(numbers.items())]
    return text.joined(said, names.lang)
