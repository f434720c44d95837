"""Table 3 矿山指标对照: every mine's figure in every case.

Rights that no list may name are one line with their like.
"""

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
from minequota.reports.compare.comparison import Comparison, MineLine
from minequota.reports.compare.names import Names, names_of
from minequota.reports.compare.notes import notes
from minequota.reports.table import YEAR, Cell, Column, Row, Table
from minequota.reports.text import Lang, Words

TITLE = Words("矿山年度开采指标对照", "Quotas mine by mine")
STEM = Words("矿山指标对照", "mines")
CHANGED = Words("有差异", "With a difference")
UNCHANGED = Words("无差异", "Without a difference")


def mine_table(comparison: Comparison, lang: Lang) -> Table:
    """Build table 3."""
    names = names_of(comparison, lang)
    lines = comparison.mines
    dated = any(len(case.allocation.years) > 1 for case in comparison.answered if case.allocation)
    uses = len({line.use for line in lines}) > 1
    columns = (
        *([replace(YEAR, rank=1)] if dated else []),
        Column(NAME, Words("矿山名称", "Mine")),
        Column("licence", Words("采矿许可证号", "Licence"), rank=2),
        Column("county", Words("所在行政区", "County"), rank=2),
        *([Column("use", Words("用途", "Use"))] if uses else []),
        Column("unit", Words("单位", "Unit")),
        *value_columns(comparison.answered, Words("指标", "Quota")),
        *difference_columns(_answered(comparison)),
        Column("data", Words("数据来源", "Data"), rank=2),
    )
    known = {column.key for column in columns}
    rows = tuple(_row(line, names, known) for line in lines)
    own = [
        Words(
            "按矿产分组，组内按差值绝对值从大到小排列；无差异的列在最后。",
            "By product, the largest difference first; what does not differ comes last.",
        ).say(lang)
    ]
    if any(not line.named for line in lines):
        own.append(
            Words(
                "在某案例中退出或不在某案例名册上、不具名的采矿权合并列示。",
                "Rights that may not be named, since they leave in some case or are missing on "
                "some register, stand together.",
            ).say(lang)
        )
    if comparison.left_out:
        own.append(
            Words(
                f"只有一个案例才有的采矿权{comparison.left_out}个（规划不同），无从对照，未列。",
                f"Rights that one case alone has (its plan is another): {comparison.left_out}, "
                "left out.",
            ).say(lang)
        )
    return Table(3, TITLE, STEM, lang, columns, rows, (*own, *notes(comparison, lang)), parted=True)


def _answered(comparison: Comparison) -> Comparison:
    """Return the comparison without the cases that have nothing to lay beside."""
    return replace(comparison, cases=comparison.answered)


def _row(line: MineLine, names: Names, known: set[str]) -> Row:
    values: dict[str, Cell] = dict(line.values)
    values |= dict.fromkeys(line.awaiting, text.AWAITING.say(names.lang))
    cells: dict[str, Cell] = {
        YEAR.key: "" if line.year is None else str(line.year),
        NAME: line.name if line.named else _nameless(line, names),
        "licence": line.right if line.named else "",
        "county": names.place(line.county),
        "use": text.word(text.USE, line.use, names.lang),
        "unit": names.unit(line.unit, line.basis),
        "data": names.mark(line.right, line.synthetic)
        if line.named
        else text.SYNTHETIC.say(names.lang),
        **value_cells(values),
        **difference_cells(line.differences),
    }
    section = names.place(line.product) if line.differs else UNCHANGED.say(names.lang)
    return Row({key: cell for key, cell in cells.items() if key in known}, "body", section)


def _nameless(line: MineLine, names: Names) -> str:
    return names.say(f"不具名的采矿权{line.count}个", f"Rights not named: {line.count}")
