"""Table 3 采矿权年度投放计划表: the rights to be issued, own authority first; a calendar by years.

Rights of another authority are listed as links (衔接) to that authority's plan; where the plan
does not say who issues a right, the table says that and claims nothing. Conversions from
exploration rights stand apart: they take no block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minequota.optimizer.allocation import Issuance
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.places import ASSUMED, Place, place_of
from minequota.reports.standing import standing_notes, zone_order_sentence
from minequota.reports.table import YEAR, Cell, Column, Row, Table
from minequota.reports.text import Words
from minequota.scenarios.units import Quantity

TITLE = Words("采矿权年度投放计划表", "Mining rights to be issued in the year")
CALENDAR_TITLE = Words("采矿权投放时序表", "Mining rights to be issued, year by year")
STEM = Words("采矿权年度投放计划表", "issuance_plan")
_ISSUED_IN = Column("issued_in", Words("投放年度", "Year"), rank=3)
_FIRST_OUTPUT = Column("first_output", Words("首次可产年度", "First output"))
_BEFORE_YEAR = (
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
)
_AFTER_YEAR = (
    Column("mode", Words("出让方式", "Mode of grant"), rank=3),
    Column("term", Words("出让年限", "Term"), rank=3),
    Column("source", Words("依据", "Source"), rank=3),
    Column("data", Words("数据来源", "Data"), rank=2),
)
OWN = Words("本级发证", "Issued by this authority")
OTHERS = Words("其他发证机关（衔接）", "Issued by other authorities (for coordination)")
UNSTATED = Words("发证权限未载明", "The plan does not say who issues")
CONVERSIONS = Words("探矿权转采矿权", "Conversions from exploration rights")
SECTIONS = (OWN, OTHERS, UNSTATED, CONVERSIONS)
UNSTATED_CELL = Words("发证权限未载明", "not stated in the plan")
STATED_BOUND = Words("规划或方案载明", "stated")
BY_AGREEMENT = Words("探转采（协议或直接办理）", "conversion, without tender")


def issuance_table(context: Context) -> Table:
    """Build table 3."""
    rows: list[Row] = []
    issued = context.allocation.issuance
    for year in context.allocation.years:
        of_year = [one for one in issued if one.year == year]
        rows.extend(_of_year(context, of_year))
        if context.calendar and of_year:
            rows.append(_sum(context, of_year, year))
    if issued:
        rows.append(_sum(context, issued))
    title = CALENDAR_TITLE if context.calendar else TITLE
    columns = context.dated(
        *_BEFORE_YEAR, _FIRST_OUTPUT if context.calendar else _ISSUED_IN, *_AFTER_YEAR
    )
    explained = {words.say(context.lang): key for key, words in _explained(context)}
    return Table(
        3,
        title,
        STEM,
        context.lang,
        columns,
        tuple(rows),
        (*explained, *_notes(context)),
        parted=True,
        about=explained,
    )


def _of_year(context: Context, issued: Iterable[Issuance]) -> Iterator[Row]:
    """Yield a year's lines; rights alike in every cell share one."""
    placed = [(_section(one), place_of(context, one), one) for one in issued]
    placed.sort(
        key=lambda item: (
            SECTIONS.index(item[0]),
            item[2].own_authority is not True,
            context.by_county(item[2].county),
            item[1].code,
            item[2].zone_name,
            -item[2].capacity,
            item[2].right,
        )
    )
    lines: list[tuple[str, dict[str, Cell], int]] = []
    for section, place, one in placed:
        title, cells = section.say(context.lang), _cells(context, place, one)
        if lines and lines[-1][:2] == (title, cells):
            lines[-1] = (title, cells, lines[-1][2] + 1)
        else:
            lines.append((title, cells, 1))
    for number, (title, cells, count) in enumerate(lines, start=1):
        yield Row(cells | {"number": number, "count": count}, "body", title)


def _section(issuance: Issuance) -> Words:
    if issuance.kind == "converted":
        return CONVERSIONS
    if issuance.own_authority is None:
        return UNSTATED
    return OWN if issuance.own_authority else OTHERS


def _cells(context: Context, place: Place, one: Issuance) -> dict[str, Cell]:
    lang = context.lang
    new = one.kind == "new"
    cells: dict[str, Cell] = {
        **context.year_cell(one.year),
        "zone": place.code,
        "name": one.zone_name,
        "county": context.county(one.county),
        "mineral": context.mineral(one.mineral),
        "area": one.area_km2,
        "reserves": _marked(context, place, "reserves", _amount(context, place.reserves)),
        "authority": UNSTATED_CELL.say(lang)
        if one.own_authority is None
        else _marked(context, place, "authority", text.word(text.AUTHORITY, place.authority, lang)),
        "capacity": one.capacity,
        "minimum": one.minimum,
        "unit": context.unit(one.capacity_unit),
        "size_class": text.word(text.SIZE_CLASS, one.size_class, lang),
        "mode": (text.UNDECIDED if new else BY_AGREEMENT).say(lang),
        "term": Words(f"不超过{one.term_years}年", f"at most {one.term_years} years").say(lang),
        "source": one.source,
        "data": place.origin.say(lang),
    }
    if new:
        invented = place.origin in {ASSUMED, text.SYNTHETIC}
        bound = ASSUMED if one.maximum_assumed or invented else STATED_BOUND
        cells |= {"maximum": one.maximum, "maximum_basis": bound.say(lang)}
    if context.calendar:
        cells[_FIRST_OUTPUT.key] = str(one.first_output_year)
    else:
        cells[_ISSUED_IN.key] = str(one.year)
    return cells


def _amount(context: Context, quantity: Quantity | None) -> str:
    return "" if quantity is None else f"{quantity.value:.12g} {context.unit(quantity.unit)}"


def _marked(context: Context, place: Place, name: str, value: str) -> str:
    """Say of a value that the scenario supposes it, where that is so."""
    if name not in place.assumed or not value:
        return value
    return Words(f"{value}（{ASSUMED.zh}）", f"{value} ({ASSUMED.en})").say(context.lang)


def _sum(context: Context, issued: Iterable[Issuance], year: int | None = None) -> Row:
    count = len(tuple(issued))
    if year is None:
        return Row({"name": text.TOTAL.say(context.lang), "count": count}, "total")
    label = Words(f"{year}年小计", f"subtotal {year}").say(context.lang)
    return Row({YEAR.key: str(year), "name": label, "count": count}, "subtotal")


def _explained(context: Context) -> Iterator[tuple[str, Words]]:
    """Yield what needs a word of explanation, each with its column."""
    issued = context.allocation.issuance
    if not issued:
        return
    yield (
        "capacity",
        Words("拟设生产规模为每个采矿权的规模。", "The capacity is that of one right."),
    )
    yield (
        "mode",
        Words(
            "出让方式（招标、拍卖、挂牌、协议）由出让机关确定。",
            "The granting authority decides the mode of grant.",
        ),
    )
    yield (
        "term",
        Words(
            "出让年限为按矿山规模和资源储量允许的最长年限，以出让合同为准。",
            "The term is the longest that the mine's size and reserves allow.",
        ),
    )
    if context.calendar:
        yield (
            "first_output",
            Words(
                "首次可产年度=投放年度+建设周期；当年可产量另按投产达产进度。",
                "First output: the year of issue and the lead time; how much of the capacity can "
                "be used then follows the ramp-up.",
            ),
        )
    if any(one.maximum_assumed for one in issued):
        yield (
            "maximum",
            Words(
                "上限依据为“假定”的，规划未载明规模上限，由情景假定。",
                "Upper bounds marked assumed are the scenario's, not stated in the plan.",
            ),
        )


def _notes(context: Context) -> tuple[str, ...]:
    lang, issued = context.lang, context.allocation.issuance
    notes = []
    if not issued:
        notes.append(Words("不安排投放采矿权。", "No right is issued.").say(lang))
    if any(one.kind == "converted" for one in issued):
        notes.append(
            Words(
                "探矿权转采矿权视同符合规划，不占区块。",
                "A conversion is deemed to conform to the plan and takes no block.",
            ).say(lang)
        )
    notes.append(zone_order_sentence(context))
    return (*notes, *standing_notes(context))
