"""Table 2 矿山年度开采指标分配表: every mine's figure for the year, zero ones with their reason.

Two parts: control quotas, which a binding cap stands behind, and guidance. A synthetic mine that
leaves is not listed (it is nobody's, so it must not be named as one to close); a note counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from minequota.optimizer.allocation import Quota
from minequota.reports import text
from minequota.reports.context import Context, amount_in
from minequota.reports.provenance import may_be_named, origin_mark
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("矿山年度开采指标分配表", "Yearly output quotas by mine")
STEM = Words("矿山年度开采指标分配表", "mine_quotas")
_QUOTA = Words("本年指标", "Quota of the year")
COLUMNS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("name", Words("矿山名称", "Mine")),
    Column("licence", Words("采矿许可证号", "Licence"), rank=2),
    Column("mineral", Words("开采矿种", "Mineral")),
    Column("county", Words("所在行政区", "County")),
    Column("method", Words("开采方式", "Method"), rank=3),
    Column("capacity", Words("生产规模", "Licensed capacity"), kind="number", decimals=4, rank=2),
    Column("capacity_unit", Words("规模单位（每年）", "Unit of capacity (a year)"), rank=3),
    Column("size_class", Words("规模类别", "Size class"), rank=2),
    Column("last_output", Words("上年产量", "Last output"), kind="number", decimals=4, rank=3),
    Column("main", Words("主采", "main"), kind="number", decimals=4, group=_QUOTA, rank=3),
    Column(
        "comprehensive",
        Words("综合利用", "comprehensive use"),
        kind="number",
        decimals=4,
        group=_QUOTA,
        rank=3,
    ),
    Column("amount", Words("合计", "total"), kind="number", decimals=4, group=_QUOTA),
    Column("unit", Words("指标单位", "Unit of quota")),
    Column("ore", Words("折合原矿量", "As raw ore"), kind="number", decimals=4, rank=2),
    Column("ore_unit", Words("原矿量单位", "Unit of raw ore"), rank=3),
    Column(
        "share",
        Words("占生产规模比例", "Share of capacity"),
        kind="percent",
        decimals=1,
    ),
    Column("reason", Words("说明", "Reason"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
    Column("data", Words("数据来源", "Data"), rank=2),
)
SECTIONS = {
    "control": Words(
        "第一部分 控制指标（约束性控制总量内下达）", "Part 1: control quotas (under a binding cap)"
    ),
    "guidance": Words(
        "第二部分 指导性安排（不作为下达指标）", "Part 2: guidance (not handed down as quotas)"
    ),
}


def quota_table(context: Context) -> Table:
    """Build table 2."""
    shown = [quota for quota in context.allocation.quotas if not _hidden(context, quota)]
    rows: list[Row] = []
    number = 0
    for kind in SECTIONS:
        part = sorted(
            (quota for quota in shown if quota.kind == kind),
            key=lambda quota: (
                context.by_product(quota.product),
                quota.unit,
                context.by_county(quota.county),
                quota.right,
            ),
        )
        for _, group in groupby(part, key=lambda quota: (quota.product, quota.unit)):
            block = list(group)
            rows.extend(_block(context, block, number))
            number += len(block)
    return Table(2, TITLE, STEM, context.lang, COLUMNS, tuple(rows), _notes(context), parted=True)


def _hidden(context: Context, quota: Quota) -> bool:
    action = context.actions.get(quota.right)
    return (
        action is not None
        and action.kind in {"leave_forced", "leave_chosen"}
        and not may_be_named(context.rights.get(quota.right))
    )


def _block(context: Context, quotas: list[Quota], number: int) -> Iterable[Row]:
    section = SECTIONS[quotas[0].kind].say(context.lang)
    for county, group in groupby(quotas, key=lambda quota: quota.county):
        mines = list(group)
        for quota in mines:
            number += 1
            yield Row(_cells(context, quota, number), "body", section)
        yield _sum(context, mines, context.county(county), "subtotal", section)
    yield _sum(context, quotas, "", "total", section)


def _cells(context: Context, quota: Quota, number: int) -> dict[str, Cell]:
    lang = context.lang
    right = context.rights.get(quota.right)
    cells: dict[str, Cell] = {
        "number": number,
        "name": quota.name,
        "mineral": context.mineral(quota.mineral),
        "county": context.county(quota.county),
        "capacity": quota.capacity,
        "capacity_unit": context.unit(quota.capacity_unit),
        "main": quota.amount,
        "amount": quota.amount,
        "unit": context.unit(quota.unit, quota.basis),
        "ore": quota.ore,
        "ore_unit": context.unit(quota.ore_unit),
        "share": quota.share_of_capacity,
        "reason": quota.reason if lang == "zh" else quota.reason_en,
        "source": quota.source,
    }
    if right is None:
        issuance = context.issued.get(quota.right)
        size = issuance.size_class if issuance else None
        cells["data"] = text.TO_BE_ISSUED.say(lang)
    else:
        size = right.size_class
        cells |= {
            "licence": right.licence,
            "method": text.word(text.METHOD, right.method, lang),
            "last_output": amount_in(right.last_output, quota.capacity_unit),
            "data": origin_mark(right).say(lang),
        }
    cells["size_class"] = text.word(text.SIZE_CLASS, size, lang)
    return cells


def _sum(context: Context, quotas: list[Quota], county: str, kind: str, section: str) -> Row:
    product = context.product(quotas[0].product)
    label = (text.SUBTOTAL if kind == "subtotal" else text.TOTAL).say(context.lang)
    between = "" if context.lang == "zh" else " "
    total = sum(quota.amount for quota in quotas)
    cells: dict[str, Cell] = {
        "name": between.join(part for part in (product, county, label) if part),
        "mineral": product,
        "county": county,
        "main": total,
        "amount": total,
        "unit": context.unit(quotas[0].unit, quotas[0].basis),
    }
    return Row(cells, "subtotal" if kind == "subtotal" else "total", section)


def _notes(context: Context) -> tuple[str, ...]:
    lang = context.lang
    notes = [
        Words(
            "本版不测算综合利用指标，该栏留空。上年产量按生产规模的单位列示，现状未载明的留空。",
            "Comprehensive use is not planned in this version: its column stays blank. Last output "
            "is in the unit of capacity, blank where the register is silent.",
        ).say(lang),
        Words(
            "占生产规模比例=折合原矿量÷许可证载明（新投放为拟设）的生产规模；指标按指标单位计，"
            "与原矿量的计量基础可以不同。",
            "The share of capacity is raw ore by licensed capacity (of a new right: the one to be "
            "licensed); the quota itself may be counted on another basis, see its unit.",
        ).say(lang),
    ]
    hidden = sum(_hidden(context, quota) for quota in context.allocation.quotas)
    if hidden:
        notes.append(
            Words(
                f"拟退出而不具名的采矿权{hidden}个（本年无指标）未逐个列出，见表7。",
                f"Left out: {hidden} without a quota that leave and may not be named; see table 7.",
            ).say(lang)
        )
    finer = [line for line in context.allocation.rounding if line.step != line.asked]
    bases = {quota.product: quota.basis for quota in context.allocation.quotas}
    for line in finer:
        unit = context.unit(line.unit, bases.get(line.product, "ore"))
        notes.append(
            Words(
                f"{context.product(line.product)}指标按{line.step:.12g}{unit}取整，"
                f"比要求的{line.asked:.12g}{unit}更细：按要求的步长取整无法同时守住全部规则。",
                f"Quotas of {context.product(line.product)} are rounded to {line.step:.12g} "
                f"{unit}, finer than the {line.asked:.12g} asked for: no "
                "rounding at that step keeps every rule.",
            ).say(lang)
        )
    return (*notes, *standing_notes(context))
