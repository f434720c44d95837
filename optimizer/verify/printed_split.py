"""Table 1 against the records: how each product's output is limited, and what is handed out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.headers import split_counties
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.senses import UPPER
from minequota.optimizer.verify.sheet import (
    Cell,
    Key,
    Printed,
    Sheet,
    plain,
    rows_faults,
    year_of,
)
from minequota.optimizer.verify.words import AWAITING, ITEM, USE
from minequota.scenarios.units import factor_to_base

WHOLE = ""
FROM_ABOVE = "CAP.above."
Cells = dict[str, Cell]


@dataclass(frozen=True)
class _Measure:
    """One way a product's output of a year is counted: in a basis, of one use or of both."""

    printed: Printed
    year: int
    product: str
    basis: str
    use: str | None
    caps: list[Row]
    quotas: list[Row]

    @property
    def own(self) -> bool:
        """Whether it is counted as the product itself is."""
        return self.basis == self.printed.speech.plan.product(self.product).basis

    @property
    def places(self) -> tuple[str, ...]:
        """The counties that have columns, and the whole."""
        return (*split_counties(self.printed.speech.plan), WHOLE)

    def place(self, cap: Row) -> str:
        """Return the column a cap stands in."""
        speech = self.printed.speech
        county = cap["county"] or WHOLE
        alone = not split_counties(speech.plan)
        return WHOLE if alone or county == speech.plan.jurisdiction.zh else county

    def is_blank(self, cap: Row) -> bool:
        """Whether the plan leaves this county's allotment blank."""
        return any(
            cap["clause"] == f"CAP.{blank.id}.{county}"
            for blank in self.printed.speech.plan.no_allotment
            for county in blank.counties
        )

    @property
    def unit(self) -> str:
        """The unit the lines count in: the plan's, where it can be said in the product's."""
        own = [cap for cap in self.caps if not self.is_blank(cap)] or self.caps
        first = min(
            own,
            key=lambda cap: (
                cap["sense"] not in UPPER,
                cap["clause"].startswith(FROM_ABOVE),
                self.place(cap) != WHOLE,
            ),
            default=None,
        )
        if first is None:
            return self.printed.speech.plan.product(self.product).unit
        same = factor_to_base(first["plan_unit"])[1] == factor_to_base(first["unit"])[1]
        return str(first["plan_unit"] if same else first["unit"])

    def strictest(self, place: str, above: bool | None = None) -> Row | None:
        """Return the lowest upper limit of a place: the plan's, from above, or of both."""
        found = [
            cap
            for cap in self.caps
            if cap["sense"] in UPPER
            and self.place(cap) == place
            and above in (None, cap["clause"].startswith(FROM_ABOVE))
        ]
        return min(found, key=lambda cap: float(cap["limit"]), default=None)

    def of_sense(self, place: str, sense: str) -> Row | None:
        """Return the highest floor, or the first forecast, of a place."""
        found = [cap for cap in self.caps if cap["sense"] == sense and self.place(cap) == place]
        if sense == "floor":
            return max(found, key=lambda cap: float(cap["limit"]), default=None)
        return found[0] if found else None

    def stated(self, cap: Row | None) -> Cell:
        """Return a limit as the plan prints it; nothing for one left blank."""
        if cap is None or self.is_blank(cap):
            return None
        figure = in_unit(cap["plan_limit"], cap["plan_unit"], self.unit)
        if math.isnan(figure):
            return in_unit(cap["limit"] + cap["held_back"], cap["unit"], self.unit)
        return figure

    def quotas_of(self, place: str) -> list[Row]:
        """Return the quotas of a place that this measure counts."""
        return [one for one in self.quotas if place in (WHOLE, one["county"])]

    def awaiting(self, place: str) -> bool:
        """Whether nobody of a place has a figure because none is handed down."""
        quotas = self.quotas_of(place)
        if quotas or place != WHOLE:
            return bool(quotas) and all(quota["awaiting"] for quota in quotas)
        return not self.caps and self.handed_down()

    def handed_down(self) -> bool:
        """Whether the plan leaves this product's figure of the year to a higher authority."""
        return any(
            one.product == self.product and self.year in one.years
            for one in self.printed.speech.plan.handed_down
        )

    def allocated(self, place: str) -> Cell:
        """Return what is handed out in a place; nothing where nobody can say it."""
        base = self.printed.speech.plan.product(self.product).unit
        if not self.own:
            known = [cap for cap in self.caps if self.place(cap) == place]
            known.sort(key=lambda cap: cap["sense"] not in UPPER)
            return in_unit(known[0]["used"], known[0]["unit"], self.unit) if known else None
        if self.awaiting(place):
            return None
        total = math.fsum(quota["amount"] for quota in self.quotas_of(place))
        return in_unit(total, base, self.unit)

    def from_above(self, place: str) -> Cell:
        """Return the figure handed down to a place, or the word that it is awaited."""
        given = self.stated(self.strictest(place, above=True))
        if not (self.own and self.use is None):
            return given
        awaited = self.awaiting(place)
        if place == WHOLE:
            some = any(quota["awaiting"] for quota in self.quotas)
            awaited = given is None and (some or awaited)
        return self.printed.speech.say(AWAITING) if awaited else given

    def held_back(self, place: str) -> Cell:
        """Return what of the strictest limit of a place is kept back."""
        cap = self.strictest(place)
        if cap is None or not cap["held_back"]:
            return None
        return in_unit(cap["held_back"], cap["unit"], self.unit)

    def left(self, place: str) -> Cell:
        """Return what the strictest limit of a place still leaves."""
        cap, allocated = self.strictest(place), self.allocated(place)
        if cap is None or not isinstance(allocated, float):
            return None
        return in_unit(cap["limit"], cap["unit"], self.unit) - allocated

    def lines(self) -> Iterator[tuple[str, Cells]]:
        """Yield the items that must be there, with what each place's column must say."""
        found: dict[str, dict[str, Cell]] = {
            "cap": {at: self.stated(self.strictest(at, above=False)) for at in self.places},
            "above": {at: self.from_above(at) for at in self.places},
            "floor": {at: self.stated(self.of_sense(at, "floor")) for at in self.places},
            "forecast": {at: self.stated(self.of_sense(at, "forecast")) for at in self.places},
            "held_back": {at: self.held_back(at) for at in self.places},
            "allocated": {at: self.allocated(at) for at in self.places},
            "left": {at: self.left(at) for at in self.places},
        }
        blank = any(self.strictest(at, above=False) is not None for at in self.places)
        for item, cells in found.items():
            filled = any(cell is not None for cell in cells.values())
            if filled or item == "allocated" or (item == "cap" and blank):
                yield item, {at or "合计": cell for at, cell in cells.items()}


def _measures(printed: Printed) -> Iterator[_Measure]:
    """Yield the measures of every product and year: its own first, then those of its caps."""
    records, plan = printed.records, printed.speech.plan
    caps, quotas = rows_of(records.caps), rows_of(records.quotas)
    for year in records.header["years"]:
        of_year = [cap for cap in caps if cap["year"] == year]
        given = [quota for quota in quotas if quota["year"] == year]
        awaited = {one.product for one in plan.handed_down if year in one.years}
        named = {row["product"] for row in (*of_year, *given)} | awaited
        for product in sorted(named):
            mine = [cap for cap in of_year if cap["product"] == product]
            keys = {(plan.product(product).basis, None): None}
            keys |= {(cap["basis"], cap["use"]): None for cap in mine}
            for basis, use in keys:
                yield _Measure(
                    printed,
                    year,
                    product,
                    basis,
                    use,
                    [cap for cap in mine if (cap["basis"], cap["use"]) == (basis, use)],
                    [
                        quota
                        for quota in given
                        if quota["product"] == product and use in (None, quota["use"])
                    ],
                )


def county_split_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 1 differs from the caps and quotas."""
    speech = printed.speech
    expected: dict[Key, Cells] = {}
    for measure in _measures(printed):
        name = plain(speech.product(measure.product))
        use = "" if measure.use is None else speech.word(USE, measure.use)
        unit = plain(speech.unit_of(measure.unit, measure.basis))
        for item, cells in measure.lines():
            year = printed.year(measure.year)
            expected[year, name, use, unit, speech.word(ITEM, item)] = cells
    rows = [
        (
            (year_of(row), row["矿产名称"], row.get("用途", ""), row["计量单位"], row["项目"]),
            row,
        )
        for row in sheet.rows
    ]
    return rows_faults(sheet.name, rows, expected)
