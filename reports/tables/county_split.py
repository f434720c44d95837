"""Table 1 分县分解表: each product's limits, what is handed out of them and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.allocation import CapUse
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.tables.measures import (
    ABOVE,
    CAP,
    WHOLE,
    Line,
    Measure,
    measures,
    split_counties,
)
from minequota.reports.text import Words
from minequota.scenarios.plan import HandedDown, Place

TITLE = Words("开采总量分县分解表", "Output caps and allocation by county")
UNSPLIT = Words("开采总量控制与安排表", "Output caps and allocation")
STEM = Words("分县分解表", "county_split")
PRODUCT = Column("product", Words("矿产名称", "Mineral"), spans=True)
USE = Column("use", Words("用途", "Use"), spans=True)
UNIT = Column("unit", Words("计量单位", "Unit"), spans=True)
ITEM = Column("item", Words("项目", "Item"))
TOTAL = Column("total", Words("合计", "Total"), kind="number", decimals=6)
ATTRIBUTE = Column("attribute", Words("属性", "Attribute"), rank=2)
REMARK = Column("remark", Words("备注", "Remarks"), rank=3, spans=True)
SOURCE = Column("source", Words("依据", "Source"), rank=3)

# Sums of printed figures nearer than this are equal.
_ALIKE = 1e-9


def county_split(context: Context) -> Table:
    """Build table 1."""
    split = set(split_counties(context))
    blocks = [
        _Block(context, measure)
        for year in context.allocation.years
        for product in _products(context, year)
        for measure in measures(context, product, year)
    ]
    columns = context.dated(
        PRODUCT,
        *([USE] if any(block.measure.use for block in blocks) else []),
        UNIT,
        ITEM,
        *(
            _county_column(place, context)
            for place in context.scenario.plan.counties
            if place.name in split
        ),
        TOTAL,
        ATTRIBUTE,
        REMARK,
        SOURCE,
    )
    rows = tuple(row for block in blocks for row in block.rows())
    unequal = dict.fromkeys(note for block in blocks for note in block.unequal_note())
    notes = (*_notes(context, rows), *unequal, *standing_notes(context))
    title = TITLE if split else UNSPLIT
    return Table(1, title, STEM, context.lang, columns, rows, notes)


def _notes(context: Context, rows: tuple[Row, ...]) -> Iterator[str]:
    items = {row.cells["item"] for row in rows}
    by_county = any(cap.county for cap in context.allocation.caps)
    if CAP.say(context.lang) in items and split_counties(context) and by_county:
        yield Words(
            "县（市、区）控制量空白：规划未向该地分解，按零执行（已分县的矿种）；"
            "无控制量行的矿种，规划未设开采总量。",
            "A blank cap of a county: the plan allots nothing there, which counts as zero (for "
            "minerals split by county). Minerals without a cap line have no cap in the plan.",
        ).say(context.lang)
    if ABOVE.say(context.lang) in items:
        yield Words(
            "上级下达与规划控制量并存的，从严执行；“待下达”的尚无上级指标，本年不安排。",
            "Where a figure from above stands beside the plan's cap the stricter holds; what is "
            "awaiting has none yet, and nothing is handed out.",
        ).say(context.lang)
    counted = {(row.cells.get("year"), row.cells["product"], row.block) for row in rows}
    if len({one[:2] for one in counted}) < len(counted):
        yield Words(
            "同一矿产按不同计量基础或用途分列的，是同一产量的不同算法，不能相加。",
            "A mineral that stands in several units or uses is one output counted in several ways: "
            "never add them up.",
        ).say(context.lang)


def _county_column(place: Place, context: Context) -> Column:
    """Return the column of one county; a narrow screen leaves out one with nothing in it."""
    allocation = context.allocation
    used = any(quota.county == place.name and quota.amount for quota in allocation.quotas)
    capped = any(use.county == place.name and use.limit for use in allocation.caps)
    return Column(
        place.name,
        Words(place.name, place.en),
        kind="number",
        decimals=6,
        rank=1 if used or capped else 2,
        many=True,
    )


def _products(context: Context, year: int) -> list[str]:
    capped = {use.product for use in context.allocation.caps if use.year == year}
    quoted = {quota.product for quota in context.allocation.quotas if quota.year == year}
    awaited = {one.product for one in context.scenario.plan.handed_down if year in one.years}
    return sorted(capped | quoted | awaited, key=context.by_product)


def _behind(line: Line) -> tuple[CapUse | HandedDown, ...]:
    """Return what a line rests on: caps, or the clause that leaves the figure to others."""
    return line.records or line.awaited


class _Block:
    """The printed lines of one measure."""

    def __init__(self, context: Context, measure: Measure) -> None:
        self.context = context
        self.measure = measure
        self.unit = context.unit(measure.unit, measure.basis)
        self.product = context.product(measure.product)

    def rows(self) -> list[Row]:
        return [self._row(line, at == 0) for at, line in enumerate(self.measure.lines())]

    def unequal_note(self) -> list[str]:
        """Say that the counties' caps do not add up to the whole one, where that is so."""
        measure = self.measure
        counties = split_counties(self.context)
        whole = measure.limiting(WHOLE, above=False)
        parts = [measure.limiting(county, above=False) for county in counties]
        own = [measure.printed(use) for use in parts if use]
        if whole is None or not any(own):
            return []
        total, added = measure.printed(whole) or 0.0, sum(value or 0.0 for value in own)
        below = added < total and not all(parts)
        if below or abs(added - total) <= _ALIKE * max(added, total):
            return []
        name, place, unit = self.product, self.context.county(None), self.unit
        return [
            Words(
                f"{name}：分县控制量合计{added:.12g}{unit}，与{place}控制量{total:.12g}{unit}不一致；"
                "两者从严执行，各县余量不能相加。",
                f"{name}: the counties' caps add up to {added:.12g} {unit}, the cap of {place} is "
                f"{total:.12g} {unit}. The stricter holds; what is left in the counties cannot be "
                "added up.",
            ).say(self.context.lang)
        ]

    def _row(self, line: Line, first: bool) -> Row:
        context, lang, measure = self.context, self.context.lang, self.measure
        cells: dict[str, Cell] = {
            **context.year_cell(measure.year),
            "product": self.product,
            "unit": self.unit,
            "item": line.item.say(lang),
            "attribute": self._attributes(line),
            # The plan's words are not translated.
            "source": text.joined(list(dict.fromkeys(one.source for one in _behind(line))), lang),
            "total": line.figures[WHOLE],
        }
        if measure.use:
            cells["use"] = text.word(text.USE, measure.use, lang)
        cells |= {county: line.figures[county] for county in split_counties(context)}
        if first:
            cells["remark"] = self._remark()
        return Row(cells, block=f"{measure.year} {measure.product} {measure.basis} {measure.use}")

    def _attributes(self, line: Line) -> str:
        lang = self.context.lang
        found = dict.fromkeys(one.attribute for one in _behind(line))
        return text.joined([text.word(text.ATTRIBUTE, name, lang) for name in found], lang)

    def _remark(self) -> str:
        context, lang, measure = self.context, self.context.lang, self.measure
        remarks = []
        capped = any(
            (use.year, use.product) == (measure.year, measure.product)
            for use in context.allocation.caps
        )
        if not capped and not measure.awaiting(WHOLE):
            remarks.append(Words("规划未设开采控制量", "no cap in the plan").say(lang))
        shown = [use for line in measure.lines() for use in line.records]
        remarks += [self._also(use) for use in measure.uses if use not in shown]
        if any(use.verdict == "not_judged" for use in measure.uses):
            remarks.append(
                Words(
                    "以合成的基期产量折算，不作判定", "reckoned from a base made up: not judged"
                ).say(lang)
            )
        for use in measure.uses:
            given = context.indicators.get(use.clause)
            if given is not None and given.printed_as:
                remarks.append(
                    Words(
                        f"规划原文：{given.printed_as}", f"in the plan's words: {given.printed_as}"
                    ).say(lang)
                )
        return ("；" if lang == "zh" else "; ").join(dict.fromkeys(remarks))

    def _also(self, use: CapUse) -> str:
        """Say a limit that a stricter one of the same place hides."""
        context, lang = self.context, self.context.lang
        sense = text.word(text.SENSE, use.sense, lang)
        place = context.county(use.county or None)
        number = f"{use.plan_limit:.12g} {context.unit(use.plan_unit, use.basis)}"
        return Words(
            f"另有：{place}{sense}{number}（{use.source}）",
            f"also: {place} {sense} {number} ({use.source})",
        ).say(lang)
