"""The lines of table 1: one block for each way a product's output is limited and counted.

A product may be capped twice in figures that never add up: ore of 62 % iron and raw ore, main and
comprehensive use. Each such measure is a block of its own, in its own unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minequota.optimizer.allocation import CapUse, Quota
from minequota.reports import text
from minequota.reports.context import Context, amount_in, converted
from minequota.reports.table import Cell
from minequota.reports.text import Words
from minequota.scenarios.plan import Basis, HandedDown, Use
from minequota.scenarios.units import Quantity

CAP = Words("控制量", "cap")
ABOVE = Words("上级下达", "from above")
FLOOR = Words("下限", "floor")
FORECAST = Words("预计量", "forecast")
HELD_BACK = Words("预留量", "held back")
ALLOCATED = Words("本年安排", "allocated")
UNUSED = Words("余量", "left")

FROM_ABOVE = "CAP.above."
_ALIKE = 1e-9
_LIMITING = {"ceiling", "level", "about"}
WHOLE = None
"""The place of the whole jurisdiction; counties have their names."""

Place = str | None
Figures = dict[Place, Cell]


@dataclass(frozen=True)
class Line:
    """One item of a block: its figures by place and the records behind them.

    `awaited` are the clauses that leave a figure to a higher authority.
    """

    item: Words
    figures: Figures
    records: tuple[CapUse, ...] = ()
    awaited: tuple[HandedDown, ...] = ()


class Measure:
    """One way a product's output of a year is counted, and the limits counted so."""

    def __init__(
        self, context: Context, product: str, year: int, basis: Basis, use: Use | None
    ) -> None:
        self.context = context
        self.product = product
        self.year = year
        self.basis: Basis = basis
        self.use = use
        made = context.scenario.plan.product(product)
        self.own = basis == made.basis
        self.uses = tuple(
            one
            for one in context.allocation.caps
            if (one.year, one.product, one.basis, one.use) == (year, product, basis, use)
        )
        self.blank_clauses = {
            f"CAP.{blank.id}.{county}"
            for blank in context.scenario.plan.no_allotment
            for county in blank.counties
        }
        self.unit = self._unit(made.unit)
        self.quotas = tuple(
            quota
            for quota in context.allocation.quotas
            if (quota.year, quota.product) == (year, product) and use in (None, quota.use)
        )

    @property
    def places(self) -> tuple[Place, ...]:
        """The counties and the whole; of a single county only the whole."""
        return (*split_counties(self.context), WHOLE)

    @property
    def main(self) -> bool:
        """Whether this is how the product itself is counted, both uses together."""
        return self.own and self.use is None

    def _unit(self, base: str) -> str:
        """Return the unit the plan prints, unless it weighs what is measured by volume."""
        printed = [use for use in self.uses if use.clause not in self.blank_clauses]
        ordered = sorted(
            printed or self.uses,
            key=lambda use: (
                use.sense not in _LIMITING,
                use.clause.startswith(FROM_ABOVE),
                self._place(use) is not WHOLE,
            ),
        )
        if not ordered:
            return base
        first = ordered[0]
        same = Quantity(1.0, first.plan_unit).dimension == Quantity(1.0, first.unit).dimension
        return first.plan_unit if same else first.unit

    def _place(self, use: CapUse) -> Place:
        return use.county if use.county and split_counties(self.context) else WHOLE

    def limiting(self, place: Place, above: bool | None = None) -> CapUse | None:
        """Return the strictest limit of a place: the plan's, from above, or of both."""
        found = [
            use
            for use in self.uses
            if use.sense in _LIMITING
            and self._place(use) == place
            and above in (None, use.clause.startswith(FROM_ABOVE))
        ]
        return min(found, key=lambda use: use.limit, default=None)

    def _of_sense(self, place: Place, sense: str) -> CapUse | None:
        found = [use for use in self.uses if use.sense == sense and self._place(use) == place]
        if sense == "floor":
            return max(found, key=lambda use: use.limit, default=None)
        return found[0] if found else None

    def printed(self, use: CapUse | None) -> float | None:
        """Return a limit as the plan prints it; None for an allotment left blank."""
        if use is None or use.clause in self.blank_clauses:
            return None
        stated = amount_in(Quantity(use.plan_limit, use.plan_unit), self.unit)
        if stated is None:
            return converted(use.limit + use.held_back, use.unit, self.unit)
        return stated

    def awaiting(self, place: Place) -> bool:
        """Whether the figure from above is missing for all rights of a place."""
        quotas = self._quotas_of(place)
        if quotas or place is not WHOLE:
            return bool(quotas) and all(quota.awaiting for quota in quotas)
        return not self.uses and bool(self._handed_down())

    def _handed_down(self) -> tuple[HandedDown, ...]:
        return tuple(
            one
            for one in self.context.scenario.plan.handed_down
            if one.product == self.product and self.year in one.years
        )

    def _quotas_of(self, place: Place) -> list[Quota]:
        return [quota for quota in self.quotas if place in (WHOLE, quota.county)]

    def allocated(self, place: Place) -> float | None:
        """Return what is handed out; None while a figure is awaited or where nobody counts it."""
        if not self.own:
            found = [use for use in self.uses if self._place(use) == place]
            found.sort(key=lambda use: use.sense not in _LIMITING)
            return converted(found[0].used, found[0].unit, self.unit) if found else None
        if self.awaiting(place):
            return None
        return sum(
            converted(quota.amount, quota.unit, self.unit) for quota in self._quotas_of(place)
        )

    def lines(self) -> Iterator[Line]:
        """Yield the items that have any figure, and always what is handed out."""
        stated: tuple[tuple[Words, Callable[[Place], CapUse | None]], ...] = (
            (CAP, lambda place: self.limiting(place, above=False)),
            (ABOVE, lambda place: self.limiting(place, above=True)),
            (FLOOR, lambda place: self._of_sense(place, "floor")),
            (FORECAST, lambda place: self._of_sense(place, "forecast")),
        )
        for item, find in stated:
            records = {place: find(place) for place in self.places}
            figures: Figures = {place: self.printed(use) for place, use in records.items()}
            if item is ABOVE:
                figures |= self._awaited(figures)
            if any(value is not None for value in figures.values()) or any(records.values()):
                found = tuple(use for use in records.values() if use)
                yield Line(item, figures, found, self._handed_down() if item is ABOVE else ())
        held_back: Figures = {place: self._held_back(place) for place in self.places}
        if any(held_back.values()):
            yield Line(HELD_BACK, held_back)
        yield Line(ALLOCATED, {place: self.allocated(place) for place in self.places})
        left: Figures = {place: self._left(place) for place in self.places}
        if any(value is not None for value in left.values()):
            yield Line(UNUSED, left)

    def _awaited(self, figures: Figures) -> Figures:
        """Return the places whose figure from above is still to come."""
        if not self.main:
            return {}
        word = text.AWAITING.say(self.context.lang)
        found: Figures = {place: word for place in self.places if place and self.awaiting(place)}
        some = any(quota.awaiting for quota in self.quotas)
        if figures[WHOLE] is None and (some or self.awaiting(WHOLE)):
            found[WHOLE] = word
        return found

    def _held_back(self, place: Place) -> float | None:
        use = self.limiting(place)
        if use is None or not use.held_back:
            return None
        return converted(use.held_back, use.unit, self.unit)

    def _left(self, place: Place) -> float | None:
        use, allocated = self.limiting(place), self.allocated(place)
        if use is None or allocated is None:
            return None
        limit = converted(use.limit, use.unit, self.unit)
        # A difference of two printed figures that is below their own noise is none.
        return 0.0 if math.isclose(limit, allocated, rel_tol=_ALIKE) else limit - allocated


def split_counties(context: Context) -> tuple[str, ...]:
    """Return the counties a product is split among; none where the plan has only one."""
    if context.one_county:
        return ()
    return tuple(place.name for place in context.scenario.plan.counties)


def measures(context: Context, product: str, year: int) -> list[Measure]:
    """Return how a product is counted in a year: its own measure first."""
    basis = context.scenario.plan.product(product).basis
    keys: dict[tuple[Basis, Use | None], None] = {(basis, None): None}
    for use in context.allocation.caps:
        if (use.year, use.product) == (year, product):
            keys.setdefault((use.basis, use.use))
    return [Measure(context, product, year, *key) for key in keys]
