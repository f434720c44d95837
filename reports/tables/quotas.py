"""Table 2 矿山年度开采指标分配表: every mine's figure for the year, zero ones with their reason.

Two parts: control quotas, which a binding cap stands behind, and guidance. A figure that another
authority has still to hand down is no zero: the line says that it is awaited. A synthetic mine is
not listed from the year it leaves (it is nobody's, so it must not be named as one to close); a
note counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from minequota.optimizer.allocation import Quota
from minequota.reports import text
from minequota.reports.context import Context, amount_in
from minequota.reports.provenance import may_be_named, origin_mark
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words
from minequota.scenarios.plan import SizeClass, Use

TITLE = Words("矿山年度开采指标分配表", "Yearly output quotas by mine")
STEM = Words("矿山年度开采指标分配表", "mine_quotas")
_QUOTA = Words("本年指标", "Quota of the year")
_BEFORE_MEMBERS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("name", Words("矿山名称", "Mine")),
    Column("licence", Words("采矿许可证号", "Licence"), rank=2),
)
_MEMBERS = Column("members", Words("整合成员", "Members"), rank=2)
_BEFORE_BATCHES = (
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
)
_AFTER_BATCHES = (
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
_ORDINALS = "一二三四五六七八九"
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
    batches = max((len(quota.batches) for quota in shown), default=0)
    columns = context.dated(
        *_BEFORE_MEMBERS,
        *([_MEMBERS] if any(quota.right in context.mergers for quota in shown) else []),
        *_BEFORE_BATCHES,
        *(_batch_column(at) for at in range(batches)),
        *_AFTER_BATCHES,
    )
    rows = tuple(row for year in context.allocation.years for row in _of_year(context, shown, year))
    explained = {words.say(context.lang): key for key, words in _explained(context, shown)}
    notes = (*explained, *_notes(context))
    return Table(2, TITLE, STEM, context.lang, columns, rows, notes, parted=True, about=explained)


def _batch_column(at: int) -> Column:
    title = Words(f"第{_ORDINALS[at]}批", f"batch {at + 1}")
    return Column(f"batch{at}", title, kind="number", decimals=4, group=_QUOTA, rank=2)


def _of_year(context: Context, shown: list[Quota], year: int) -> Iterator[Row]:
    number = 0
    for kind in SECTIONS:
        part = sorted(
            (quota for quota in shown if quota.kind == kind and quota.year == year),
            key=lambda quota: (
                context.by_product(quota.product),
                quota.unit,
                context.by_county(quota.county),
                quota.right,
            ),
        )
        for _, group in groupby(part, key=lambda quota: (quota.product, quota.unit)):
            block = list(group)
            yield from _block(context, block, number)
            number += len(block)


def _hidden(context: Context, quota: Quota) -> bool:
    """Whether the line would name a right that leaves and may not be named."""
    action = context.actions.get(quota.right)
    return (
        action is not None
        and action.kind in {"leave_forced", "leave_chosen"}
        and quota.year >= action.year
        and not may_be_named(context.rights.get(quota.right))
    )


def _block(context: Context, quotas: list[Quota], number: int) -> Iterable[Row]:
    section = SECTIONS[quotas[0].kind].say(context.lang)
    for county, group in groupby(quotas, key=lambda quota: quota.county):
        mines = list(group)
        for quota in mines:
            number += 1
            yield Row(_cells(context, quota, number), "body", section)
        if not context.one_county:
            yield _sum(context, mines, context.county(county), "subtotal", section)
    yield _sum(context, quotas, "", "total", section)


def _cells(context: Context, quota: Quota, number: int) -> dict[str, Cell]:
    lang = context.lang
    return {
        **context.year_cell(quota.year),
        "number": number,
        "name": quota.name,
        "mineral": context.mineral(quota.mineral),
        "county": context.county(quota.county),
        "capacity": quota.capacity,
        "capacity_unit": context.unit(quota.capacity_unit),
        "size_class": text.word(text.SIZE_CLASS, _size_class(context, quota), lang),
        **_figures(context, quota),
        "unit": context.unit(quota.unit, quota.basis),
        "reason": quota.reason if lang == "zh" else quota.reason_en,
        "source": quota.source,
        **_about(context, quota),
    }


def _figures(context: Context, quota: Quota) -> dict[str, Cell]:
    """Return the figure in its columns; a word and no number while it is awaited."""
    if quota.awaiting:
        return {"amount": text.AWAITING.say(context.lang)}
    cells: dict[str, Cell] = {
        quota.use: quota.amount,
        "amount": quota.amount,
        "ore": quota.ore,
        "ore_unit": context.unit(quota.ore_unit),
        "share": quota.share_of_capacity,
    }
    return cells | {f"batch{at}": part for at, part in enumerate(quota.batches)}


def _size_class(context: Context, quota: Quota) -> SizeClass | None:
    right = context.rights.get(quota.right)
    if right is not None:
        enlarged = context.enlarged(quota.right, quota.year)
        return right.size_class if enlarged is None else enlarged.size_class
    made = context.mergers.get(quota.right) or context.issued.get(quota.right)
    return made.size_class if made is not None else None


def _about(context: Context, quota: Quota) -> dict[str, Cell]:
    """Return what the register, or the record of its making, says of a right."""
    lang = context.lang
    right, merger = context.rights.get(quota.right), context.mergers.get(quota.right)
    if right is not None:
        return {
            "licence": right.licence,
            "method": text.word(text.METHOD, right.method, lang),
            "last_output": amount_in(right.last_output, quota.capacity_unit)
            if quota.year == context.allocation.years[0]
            else None,
            "data": origin_mark(right).say(lang),
        }
    if merger is not None:
        made = text.MERGED_SYNTHETIC if merger.synthetic else text.MERGED
        return {"members": text.joined(list(merger.members), lang), "data": made.say(lang)}
    issuance = context.issued.get(quota.right)
    converted = issuance is not None and issuance.kind == "converted"
    return {"data": (text.CONVERTED if converted else text.TO_BE_ISSUED).say(lang)}


def _sum(context: Context, quotas: list[Quota], county: str, kind: str, section: str) -> Row:
    product = context.product(quotas[0].product)
    label = (text.SUBTOTAL if kind == "subtotal" else text.TOTAL).say(context.lang)
    between = "" if context.lang == "zh" else " "
    cells: dict[str, Cell] = {
        **context.year_cell(quotas[0].year),
        "name": between.join(part for part in (product, county, label) if part),
        "mineral": product,
        "county": county,
        **_sums(context, [quota for quota in quotas if not quota.awaiting]),
        "unit": context.unit(quotas[0].unit, quotas[0].basis),
    }
    return Row(cells, "subtotal" if kind == "subtotal" else "total", section)


def _sums(context: Context, given: list[Quota]) -> dict[str, Cell]:
    """Add up the figures that are given; raw ore only where it is counted in one unit."""
    if not given:
        return {"amount": text.AWAITING.say(context.lang)}
    cells: dict[str, Cell] = {"amount": sum(quota.amount for quota in given)}
    uses: dict[Use, list[float]] = {}
    for quota in given:
        uses.setdefault(quota.use, []).append(quota.amount)
    cells |= {use: sum(amounts) for use, amounts in uses.items()}
    for at in range(max(len(quota.batches) for quota in given)):
        cells[f"batch{at}"] = sum(quota.batches[at] for quota in given if len(quota.batches) > at)
    units = {quota.ore_unit for quota in given}
    if len(units) == 1:
        cells |= {"ore": sum(quota.ore for quota in given), "ore_unit": context.unit(units.pop())}
    return cells


def _explained(context: Context, shown: list[Quota]) -> Iterator[tuple[str, Words]]:
    """Yield what needs a word of explanation, each with its column."""
    first = context.calendar
    yield (
        "last_output",
        Words(
            f"上年产量按生产规模的单位列示，现状未载明的留空。{'只列于首年。' if first else ''}",
            "Last output is in the unit of capacity, blank where the register is silent"
            f"{' and after the first year' if first else ''}.",
        ),
    )
    yield (
        "share",
        Words(
            "占生产规模比例=折合原矿量÷许可证载明（新投放为拟设）的生产规模；指标按指标单位计，"
            "与原矿量的计量基础可以不同。",
            "The share of capacity is raw ore by licensed capacity (of a new right: the one to be "
            "licensed); the quota itself may be counted on another basis, see its unit.",
        ),
    )
    if any(quota.batches for quota in shown):
        yield "batch0", Words("各批次之和等于合计。", "The batches add up to the total.")
    if any(quota.right in context.mergers for quota in shown):
        yield (
            "members",
            Words(
                "整合后的采矿权以整合成员的许可证号标明，新证号由发证机关确定，整合方案见表7。",
                "A merged right is told by the licences of its members; its own number is for the "
                "authority to give. See table 7 for the mergers.",
            ),
        )


def _notes(context: Context) -> tuple[str, ...]:
    lang = context.lang
    notes = list(_awaiting_notes(context))
    hidden = {quota.right for quota in context.allocation.quotas if _hidden(context, quota)}
    if hidden:
        notes.append(
            Words(
                f"拟退出而不具名的采矿权{len(hidden)}个自退出之年起不再逐个列出，见表7。"
                if context.calendar
                else f"拟退出而不具名的采矿权{len(hidden)}个（本年无指标）未逐个列出，见表7。",
                f"Left out from the year they leave: {len(hidden)} that may not be named; see "
                "table 7."
                if context.calendar
                else f"Left out: {len(hidden)} without a quota that leave and may not be named; "
                "see table 7.",
            ).say(lang)
        )
    if context.allocation.quotas and all(
        one.kind != "control" for one in context.allocation.quotas
    ):
        notes.append(
            Words(
                "规划和上级文件均未设约束性开采总量，没有第一部分（控制指标）。",
                "Neither the plan nor a document from above sets a binding cap: no part 1.",
            ).say(lang)
        )
    return (*notes, *_rounding_notes(context), *standing_notes(context))


def _awaiting_notes(context: Context) -> Iterator[str]:
    lang = context.lang
    waiting = [quota for quota in context.allocation.quotas if quota.awaiting]
    for one in context.scenario.plan.handed_down:
        years = {quota.year for quota in waiting if quota.product == one.product}
        if years:
            when = text.years(years, lang) if context.calendar else ""
            yield Words(
                f"{context.product(one.product)}{when}待下达：规划未定数量，由{one.issuer}下达，"
                "情景中没有该文件，不安排指标。",
                f"{context.product(one.product)}{when and f' ({when})'}: awaiting. The plan leaves "
                f"the figure to a higher authority ({one.issuer}) and the scenario holds no such "
                "document, so no quota is given.",
            ).say(lang)


def _rounding_notes(context: Context) -> Iterator[str]:
    bases = {quota.product: quota.basis for quota in context.allocation.quotas}
    for line in context.allocation.rounding:
        if line.step == line.asked:
            continue
        unit = context.unit(line.unit, bases.get(line.product, "ore"))
        yield Words(
            f"{context.product(line.product)}指标按{line.step:.12g}{unit}取整，"
            f"比要求的{line.asked:.12g}{unit}更细：按要求的步长取整无法同时守住全部规则。",
            f"Quotas of {context.product(line.product)} are rounded to {line.step:.12g} "
            f"{unit}, finer than the {line.asked:.12g} asked for: no "
            "rounding at that step keeps every rule.",
        ).say(context.lang)
