"""Table 3 采矿权年度投放计划表: the rights to be issued, own authority first.

Rights of another authority are listed as links (衔接) to that authority's plan; where the plan
does not say who issues a right, the table says that and claims nothing.
"""

from __future__ import annotations

from itertools import groupby

from minequota.optimizer.allocation import Issuance
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes, zone_order_sentence
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words
from minequota.scenarios.plan import Authority
from minequota.scenarios.units import Quantity

TITLE = Words("采矿权年度投放计划表", "Mining rights to be issued in the year")
STEM = Words("采矿权年度投放计划表", "issuance_plan")
COLUMNS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("zone", Words("区块编号", "Code")),
    Column("name", Words("区块名称", "Zone or block")),
    Column("county", Words("所在行政区", "County"), rank=2),
    Column("mineral", Words("主要矿种", "Mineral")),
    Column(
        "area",
        Words("面积", "Area"),
        kind="number",
        unit=Words("平方公里", "km²"),
        decimals=4,
        rank=2,
    ),
    Column("reserves", Words("资源储量", "Reserves"), rank=3),
    Column("authority", Words("发证权限", "Authority"), rank=2),
    Column("count", Words("投放数量", "Rights"), kind="count", unit=Words("个", "number")),
    Column("capacity", Words("拟设生产规模", "Capacity"), kind="number", decimals=4),
    Column("minimum", Words("最低开采规模", "Minimum"), kind="number", decimals=4, rank=2),
    Column("maximum", Words("规模上限", "Upper bound"), kind="number", decimals=4, rank=2),
    Column("unit", Words("规模单位（每年）", "Unit (a year)")),
    Column("maximum_basis", Words("上限依据", "Basis of the bound"), rank=3),
    Column("size_class", Words("规模类别", "Size class"), rank=2),
    Column("year", Words("投放年度", "Year"), kind="text", rank=3),
    Column("mode", Words("出让方式", "Mode of grant"), rank=3),
    Column("term", Words("出让年限", "Term"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
)
OWN = Words("本级发证", "Issued by this authority")
OTHERS = Words("其他发证机关（衔接）", "Issued by other authorities (for coordination)")
UNSTATED = Words("发证权限未载明", "The plan does not say who issues")
UNSTATED_CELL = Words("发证权限未载明", "not stated in the plan")
STATED_BOUND = Words("规划或方案载明", "stated")
ASSUMED_BOUND = Words("假定（最低规模的倍数）", "assumed (a multiple of the minimum)")
# Longest term of a licence by the size of the mine, in years.
_LONGEST_TERM = {"large": 30, "medium": 20, "small": 10}


def issuance_table(context: Context) -> Table:
    """Build table 3."""
    numbered: list[tuple[int, str, Issuance]] = []
    for issuance in context.allocation.issuance:
        part, section = _section(context, issuance)
        numbered.append((part, section.say(context.lang), issuance))
    numbered.sort(
        key=lambda item: (
            item[0],
            context.by_county(item[2].county),
            item[2].zone,
            -item[2].capacity,
            item[2].right,
        )
    )
    rows: list[Row] = []
    for (_, section, _, _), group in groupby(
        numbered,
        key=lambda item: (item[0], item[1], item[2].zone or item[2].right, item[2].capacity),
    ):
        alike = [issuance for _, _, issuance in group]
        rows.append(Row(_cells(context, alike, len(rows) + 1), "body", section))
    if context.allocation.issuance:
        rows.append(_total(context))
    return Table(3, TITLE, STEM, context.lang, COLUMNS, tuple(rows), _notes(context), parted=True)


def authority_of(context: Context, issuance: Issuance) -> Authority | None:
    """Return who issues the right, as far as the plan or the scenario says it."""
    for zone in context.scenario.plan.zones:
        if zone.code == issuance.zone:
            return zone.authority
    for extra in context.scenario.question.extra_candidates:
        if extra.id == issuance.right:
            return extra.authority
    return None


def _section(context: Context, issuance: Issuance) -> tuple[int, Words]:
    if issuance.own_authority is None or authority_of(context, issuance) is None:
        return 3, UNSTATED
    return (1, OWN) if issuance.own_authority else (2, OTHERS)


def _reserves(context: Context, issuance: Issuance) -> Quantity | None:
    for zone in context.scenario.plan.zones:
        if zone.code == issuance.zone:
            return zone.reserves
    for extra in context.scenario.question.extra_candidates:
        if extra.id == issuance.right:
            return extra.reserves
    return None


def _cells(context: Context, alike: list[Issuance], number: int) -> dict[str, Cell]:
    lang = context.lang
    first = alike[0]
    authority = None if first.own_authority is None else authority_of(context, first)
    reserves = _reserves(context, first)
    years = _LONGEST_TERM[first.size_class]
    return {
        "number": number,
        "zone": first.zone or first.right,
        "name": first.zone_name,
        "county": context.county(first.county),
        "mineral": context.mineral(first.mineral),
        "area": first.area_km2,
        "reserves": ""
        if reserves is None
        else f"{reserves.value:.12g} {context.unit(reserves.unit)}",
        "authority": UNSTATED_CELL.say(lang)
        if authority is None
        else text.word(text.AUTHORITY, authority, lang),
        "count": len(alike),
        "capacity": first.capacity,
        "minimum": first.minimum,
        "maximum": first.maximum,
        "unit": context.unit(first.capacity_unit),
        "maximum_basis": (ASSUMED_BOUND if first.maximum_assumed else STATED_BOUND).say(lang),
        "size_class": text.word(text.SIZE_CLASS, first.size_class, lang),
        "year": str(first.year),
        "mode": text.UNDECIDED.say(lang),
        "term": Words(f"不超过{years}年", f"at most {years} years").say(lang),
        "source": first.source,
    }


def _total(context: Context) -> Row:
    return Row(
        {
            "name": text.TOTAL.say(context.lang),
            "count": len(context.allocation.issuance),
        },
        "total",
    )


def _notes(context: Context) -> tuple[str, ...]:
    lang = context.lang
    notes = []
    if not context.allocation.issuance:
        notes.append(Words("本年度不安排投放采矿权。", "No right is issued in the year.").say(lang))
    else:
        notes.append(
            Words(
                "拟设生产规模为每个采矿权的规模。出让方式（招标、拍卖、挂牌、协议）由出让机关确定；"
                "出让年限为按矿山规模允许的最长年限，以出让合同为准。",
                "The capacity is that of one right. The granting authority decides the mode of "
                "grant; the term is the longest one a mine of that size may be given.",
            ).say(lang)
        )
    if any(issuance.maximum_assumed for issuance in context.allocation.issuance):
        notes.append(
            Words(
                "规模上限为假定的，规划未载明：见“上限依据”。",
                "Upper bounds marked assumed are not stated in the plan.",
            ).say(lang)
        )
    notes.append(zone_order_sentence(context))
    return (*notes, *standing_notes(context))
