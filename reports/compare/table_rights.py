"""Table 5 退出、改扩建与整合对照: right by right, what each case does with it."""

from __future__ import annotations

from dataclasses import replace

from minequota.reports import text
from minequota.reports.compare.columns import (
    NAME,
    difference_cells,
    difference_columns,
    value_cells,
    value_columns,
)
from minequota.reports.compare.comparison import Comparison, Fate, RightLine
from minequota.reports.compare.names import Names, names_of
from minequota.reports.compare.notes import notes
from minequota.reports.compare.rights import FORMED, NONE
from minequota.reports.compare.table_mines import CHANGED, UNCHANGED
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Lang, Words

TITLE = Words("退出、改扩建与整合对照", "Rights that leave, grow or merge")
STEM = Words("退出改扩建整合对照", "rights")
_FATE, _COUNT = "fate:", "count"
_KINDS = {
    **text.ACTION_KIND,
    FORMED: Words("整合形成", "made by a merger"),
    NONE: Words("不整合", "not merged"),
}


def right_table(comparison: Comparison, lang: Lang) -> Table:
    """Build table 5."""
    names = names_of(comparison, lang)
    calendar = any(
        len(case.allocation.years) > 1 for case in comparison.answered if case.allocation
    )
    answered = comparison.answered
    columns = (
        Column(NAME, Words("矿山名称", "Mine")),
        Column("licence", Words("采矿许可证号", "Licence"), rank=2),
        Column("county", Words("所在行政区", "County")),
        Column("mineral", Words("矿种", "Mineral")),
        Column("size_class", Words("规模类别", "Size class"), rank=2),
        Column(_COUNT, Words("数量", "Number"), kind="count"),
        *value_columns(answered, Words("建议", "Proposal"), "text", prefix=_FATE),
        Column("unit", Words("规模单位（每年）", "Unit of capacity (a year)"), rank=2),
        *value_columns(answered, Words("此后生产规模", "Capacity afterwards"), rank=2),
        *difference_columns(replace(comparison, cases=answered)),
        Column("data", Words("数据来源", "Data"), rank=2),
    )
    rows = tuple(_row(line, names, calendar) for line in comparison.rights)
    own = Words(
        "差为此后生产规模之差，退出或并入整合的为0。名称或决定去留的信息含合成数据的采矿权"
        "只计数，不具名；为测算建议，不是处理决定。",
        "Differences are those of the capacity afterwards, 0 for a right that leaves or goes into "
        "a merger. Rights with a synthetic name, or synthetic data that decide whether they stay, "
        "are counted and not named; a proposal, no decision.",
    ).say(lang)
    given = (own, *notes(comparison, lang))
    return Table(5, TITLE, STEM, lang, columns, rows, given, parted=True)


def _row(line: RightLine, names: Names, calendar: bool) -> Row:
    fates: dict[str, Cell] = {
        case: _said(fate, names, calendar) for case, fate in line.fates.items()
    }
    cells: dict[str, Cell] = {
        NAME: (line.name or line.right) if line.named else names.say("（不具名）", "(not named)"),
        "licence": line.right if line.named else "",
        "county": names.place(line.county),
        "mineral": names.place(line.mineral),
        "size_class": text.word(text.SIZE_CLASS, line.size_class, names.lang),
        _COUNT: line.count,
        "unit": names.unit(line.unit),
        "data": names.mark(line.right, line.synthetic)
        if line.named
        else text.SYNTHETIC.say(names.lang),
        **value_cells(fates, _FATE),
        **value_cells(dict(line.values)),
        **difference_cells(line.differences),
    }
    section = (CHANGED if line.differs else UNCHANGED).say(names.lang)
    return Row(cells, "body", section)


def _said(fate: Fate, names: Names, calendar: bool) -> str:
    said = text.word(_KINDS, fate.kind, names.lang)
    if calendar and fate.year:
        return names.say(f"{said}（{fate.year}年）", f"{said} ({fate.year})")
    return said
