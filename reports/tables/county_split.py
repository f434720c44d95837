"""Table 1 分县分解表: each product's cap, what is handed out of it and what is left, by county."""

from __future__ import annotations

from collections import defaultdict

from minequota.optimizer.allocation import CapUse
from minequota.reports import text
from minequota.reports.context import Context, converted
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words
from minequota.scenarios.plan import Place

TITLE = Words("开采总量分县分解表", "Output caps and allocation by county")
STEM = Words("分县分解表", "county_split")
PRODUCT = Column("product", Words("矿产名称", "Mineral"), spans=True)
UNIT = Column("unit", Words("计量单位", "Unit"), spans=True)
ITEM = Column("item", Words("项目", "Item"))
TOTAL = Column("total", Words("合计", "Total"), kind="number", decimals=6)
ATTRIBUTE = Column("attribute", Words("属性", "Attribute"), rank=2, spans=True)
REMARK = Column("remark", Words("备注", "Remarks"), rank=3, spans=True)
SOURCE = Column("source", Words("依据", "Source"), rank=3, spans=True)

CAP = Words("控制量", "cap")
HELD_BACK = Words("预留量", "held back")
ALLOCATED = Words("本年安排", "allocated")
UNUSED = Words("余量", "left")

_LIMITING = {"ceiling", "level", "about"}
# Sums of printed figures nearer than this are equal.
_ALIKE = 1e-9


def county_split(context: Context) -> Table:
    """Build table 1."""
    names = tuple(place.name for place in context.scenario.plan.counties)
    columns = (
        PRODUCT,
        UNIT,
        ITEM,
        *(_county_column(place, context) for place in context.scenario.plan.counties),
        TOTAL,
        ATTRIBUTE,
        REMARK,
        SOURCE,
    )
    rows: list[Row] = []
    unequal: list[str] = []
    for product in _products(context):
        block = _ProductBlock(context, product, names)
        rows.extend(block.rows())
        unequal.extend(block.unequal_note())
    notes = (
        Words(
            "县（市、区）控制量空白：规划未向该地分解，按零执行（有控制量的矿种）；"
            "无控制量行的矿种，规划未设开采总量。",
            "A blank cap of a county: the plan allots nothing there, which counts as zero (for "
            "minerals with a cap). Minerals without a cap line have no cap in the plan.",
        ).say(context.lang),
        *unequal,
        *standing_notes(context),
    )
    return Table(1, TITLE, STEM, context.lang, columns, tuple(rows), notes)


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
    )


def _products(context: Context) -> list[str]:
    capped = {use.product for use in context.allocation.caps}
    quoted = {quota.product for quota in context.allocation.quotas}
    return sorted(capped | quoted, key=context.by_product)


class _ProductBlock:
    """The lines of one product."""

    def __init__(self, context: Context, product: str, counties: tuple[str, ...]) -> None:
        self.context = context
        self.product = product
        self.counties = counties
        uses = [use for use in context.allocation.caps if use.product == product]
        self.blank_clauses = {
            f"CAP.{blank.id}.{county}"
            for blank in context.scenario.plan.no_allotment
            for county in blank.counties
        }
        self.limits = [use for use in uses if use.sense in _LIMITING]
        self.others = [use for use in uses if use.sense not in _LIMITING]
        base = context.scenario.plan.product(product)
        self.base_unit, self.basis = base.unit, base.basis
        printed = [use for use in self.limits if use.clause not in self.blank_clauses] or uses
        whole = [use for use in printed if not use.county]
        self.unit = (whole or printed)[0].plan_unit if printed else self.base_unit

    def strictest(self, county: str | None) -> CapUse | None:
        """Return the cap that limits a county (None: the whole), if any."""
        found = [use for use in self.limits if (use.county or None) == county]
        return min(found, key=lambda use: use.limit) if found else None

    def allocated(self) -> dict[str | None, float]:
        sums: dict[str | None, float] = defaultdict(float)
        for quota in self.context.allocation.quotas:
            if quota.product == self.product:
                value = converted(quota.amount, quota.unit, self.unit)
                sums[quota.county] += value
                sums[None] += value
        return sums

    def rows(self) -> list[Row]:
        places: tuple[str | None, ...] = (*self.counties, None)
        caps = {place: self.strictest(place) for place in places}
        allocated = self.allocated()
        lines: list[tuple[Words, dict[str | None, float | None]]] = []
        if any(caps.values()):
            lines.append((CAP, {place: self._printed(use) for place, use in caps.items()}))
        held_back = {place: self._held_back(use) for place, use in caps.items()}
        if any(held_back.values()):
            lines.append((HELD_BACK, held_back))
        lines.append((ALLOCATED, {place: allocated[place] for place in places}))
        if any(caps.values()):
            left = {
                place: self._limit(use) - allocated[place] if use else None
                for place, use in caps.items()
            }
            lines.append((UNUSED, left))
        return [self._row(item, values, at == 0) for at, (item, values) in enumerate(lines)]

    def unequal_note(self) -> list[str]:
        """Say that the counties' caps do not add up to the whole one, where that is so."""
        whole = self.strictest(None)
        counties = [self.strictest(county) for county in self.counties]
        own = [self._printed(use) for use in counties if use]
        if whole is None or not any(own):
            return []
        total, parts = self._printed(whole) or 0.0, sum(value or 0.0 for value in own)
        below = parts < total and not all(counties)
        if below or abs(parts - total) <= _ALIKE * max(parts, total):
            return []
        context = self.context
        unit = context.unit(self.unit, self.basis)
        name, place = context.product(self.product), context.county(None)
        return [
            Words(
                f"{name}：分县控制量合计{parts:.12g}{unit}，与{place}控制量{total:.12g}{unit}不一致；"
                "两者从严执行，各县余量不能相加。",
                f"{name}: the counties' caps add up to {parts:.12g} {unit}, the cap of {place} is "
                f"{total:.12g} {unit}. The stricter holds; what is left in the counties cannot be "
                "added up.",
            ).say(context.lang)
        ]

    def _limit(self, use: CapUse) -> float:
        return converted(use.limit, use.unit, self.unit)

    def _held_back(self, use: CapUse | None) -> float | None:
        if use is None or not use.held_back:
            return None
        return converted(use.held_back, use.unit, self.unit)

    def _printed(self, use: CapUse | None) -> float | None:
        if use is None or use.clause in self.blank_clauses:
            return None
        return converted(use.plan_limit, use.plan_unit, self.unit)

    def _row(self, item: Words, values: dict[str | None, float | None], first: bool) -> Row:
        context, lang = self.context, self.context.lang
        cells: dict[str, Cell] = {
            "product": context.product(self.product),
            "unit": context.unit(self.unit, self.basis),
            "item": item.say(lang),
            "total": values.get(None),
        }
        cells |= {county: values.get(county) for county in self.counties}
        if first:
            cells["attribute"] = self._attributes()
            cells["remark"] = self._remark()
            cells["source"] = self._sources()
        return Row(cells, block=self.product)

    def _attributes(self) -> str:
        lang = self.context.lang
        found = dict.fromkeys(use.attribute for use in self.limits)
        return text.joined([text.word(text.ATTRIBUTE, name, lang) for name in found], lang)

    def _sources(self) -> str:
        # The plan's words are not translated.
        uses = [*self.limits, *self.others]
        return text.joined(list(dict.fromkeys(use.source for use in uses)), self.context.lang)

    def _remark(self) -> str:
        lang = self.context.lang
        remarks = []
        if not self.limits:
            remarks.append(Words("规划未设开采控制量", "no cap in the plan").say(lang))
        counted = {self.strictest(place) for place in (*self.counties, None)}
        for use in [*self.limits, *self.others]:
            if use in counted:
                continue
            sense = text.word(text.SENSE, use.sense, lang)
            place = self.context.county(use.county or None)
            number = f"{use.plan_limit:.12g} {self.context.unit(use.plan_unit, self.basis)}"
            remarks.append(
                Words(
                    f"另有：{place}{sense}{number}（{use.source}）",
                    f"also: {place} {sense} {number} ({use.source})",
                ).say(lang)
            )
        return ("；" if lang == "zh" else "; ").join(remarks)
