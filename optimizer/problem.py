"""The numbers the model sees: sources as arrays, caps and demand in each product's base unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minequota.optimizer.demand import DemandLine, demand_lines
from minequota.optimizer.engine.types import Booleans, Floats
from minequota.optimizer.source import Source
from minequota.optimizer.sources import build_sources
from minequota.scenarios.caps import CapLine, cap_lines
from minequota.scenarios.conversion import product_per_ore
from minequota.scenarios.plan import HandedDown, Plan, Product, Scope
from minequota.scenarios.question import Options
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import Departure, departure

__all__ = ["CapLine", "DemandLine", "Problem", "build_problem"]


_OF_THE_SOURCES = (
    *("existing", "fresh", "on_synthetic", "departures", "mergers_of"),
    *("_by_product", "_counties"),
)


@dataclass(frozen=True)
class Problem:
    """One scenario restated as numbers. `years` has one year in mode `target_state`.

    Arrays are indexed by source, in the order of `sources`.
    """

    scenario: Scenario
    years: tuple[int, ...]
    sources: tuple[Source, ...]
    products: tuple[Product, ...]
    caps: tuple[CapLine, ...]
    demands: tuple[DemandLine, ...]

    @property
    def plan(self) -> Plan:
        """The adopted plan."""
        return self.scenario.plan

    @property
    def options(self) -> Options:
        """The scenario's options."""
        return self.scenario.question.options

    @property
    def calendar(self) -> bool:
        """Whether the years are planned one after another, with lead times."""
        return self.scenario.question.mode == "calendar"

    @cached_property
    def existing(self) -> Booleans:
        """Whether each source stands on the register."""
        return np.array([source.existing for source in self.sources], dtype=bool)

    @cached_property
    def fresh(self) -> Booleans:
        """Whether each source would be one right more."""
        return np.array([source.fresh for source in self.sources], dtype=bool)

    @cached_property
    def on_synthetic(self) -> Booleans:
        """Whether each source is a right of the register with a field the program made up."""
        return np.array(
            [one.right is not None and one.right.synthetic for one in self.sources], dtype=bool
        )

    @cached_property
    def _by_product(self) -> Mapping[str, Booleans]:
        """The sources of every product, by its name."""
        names = [one.product.name if one.product is not None else "" for one in self.sources]
        return {
            name: np.array([one == name for one in names], dtype=bool) for name in set(names) - {""}
        }

    @cached_property
    def _counties(self) -> npt.NDArray[np.str_]:
        return np.array([source.county for source in self.sources], dtype=np.str_)

    @cached_property
    def departures(self) -> Mapping[str, Departure | None]:
        """By licence: the earliest reason for which a right of the register must leave, if any."""
        rights = (source.right for source in self.sources if source.right is not None)
        return {right.licence: departure(self.plan, right) for right in rights}

    @cached_property
    def mergers_of(self) -> Mapping[int, tuple[int, ...]]:
        """For every right that mergers list: the positions of those mergers."""
        found: dict[int, tuple[int, ...]] = {}
        for k, source in enumerate(self.sources):
            for m in source.members:
                found[m] = (*found.get(m, ()), k)
        return found

    def of_product(self, product: Product, county: str | None = None) -> Booleans:
        """Return the sources of a product, in one county or anywhere."""
        members = self._by_product.get(product.name, np.zeros(len(self.sources), dtype=bool))
        if county is None:
            return members.copy()
        return np.asarray(members & (self._counties == county), dtype=bool)

    def under_cap(self, cap: CapLine) -> Booleans:
        """Return the sources whose output a cap limits."""
        members = self.of_product(cap.product, cap.county)
        if cap.use is None:
            return members
        uses = np.array([source.use == cap.use for source in self.sources], dtype=bool)
        return np.asarray(members & uses, dtype=bool)

    def in_basis(self, cap: CapLine) -> Floats:
        """Units of the cap's basis in one unit of each source's product."""
        if cap.basis == cap.product.basis:
            return np.ones(len(self.sources))
        return np.array(
            [
                _basis_units(cap, source)
                if source.product is not None and source.product.name == cap.product.name
                else 0.0
                for source in self.sources
            ]
        )

    def in_scope(self, scope: Scope) -> Booleans:
        """Return the sources a count or ratio speaks of."""
        return np.array([_within(scope, source) for source in self.sources], dtype=bool)

    def caps_of(self, product: Product, year: int) -> Iterator[CapLine]:
        """Yield the caps on a product that hold in a year."""
        for cap in self.caps:
            if cap.product.name == product.name and year in cap.years:
                yield cap

    def demands_in(self, year: int) -> Iterator[DemandLine]:
        """Yield the demand lines of a year."""
        return (line for line in self.demands if line.year == year)

    def weight_of(self, year: int) -> float:
        """Weight of a year in goals that are summed over years."""
        return self.options.year_weights.get(year, 1.0)

    def awaited(self, year: int) -> Iterator[HandedDown]:
        """Yield the clauses that leave a product's figure of the year to a higher authority."""
        return (one for one in self.plan.handed_down if year in one.years)

    def awaiting(self, source: Source, year: int) -> HandedDown | None:
        """Return the clause whose figure a source still waits for in a year, or None."""
        for clause in self.awaited(year):
            if source.product is not None and clause.product == source.product.name:
                given = [
                    one.county
                    for one in self.scenario.question.caps_from_above
                    if one.product == clause.product
                    and one.year == year
                    and (one.amount or getattr(one, source.use)) is not None
                ]
                if None not in given and source.county not in given:
                    return clause
        return None


def _basis_units(cap: CapLine, source: Source) -> float:
    """Units of a cap's basis in one product unit; of a merger what its members' ore holds."""
    whole = sum(part.maximum for part in source.parts)
    if whole > 0:
        return sum(part.maximum * _basis_units(cap, part) for part in source.parts) / whole
    ore = product_per_ore(cap.product, source.capacity_unit, source.ore, cap.basis)
    return ore / source.factor


def _within(scope: Scope, source: Source) -> bool:
    groups = {*scope.groups, *([scope.group] if scope.group else [])}
    return (
        (not scope.minerals or source.mineral.name in scope.minerals)
        and (not groups or source.mineral.group in groups)
        and scope.county in (None, source.county)
        and scope.authority in (None, source.authority)
        and (not scope.zones or source.zone_code in scope.zones)
    )


def build_problem(scenario: Scenario, like: Problem | None = None) -> Problem:
    """Restate a checked scenario as numbers; `like` lends the sources of the same question."""
    question = scenario.question
    first = question.first_year if question.mode == "calendar" else None
    years = tuple(range(first if first is not None else question.year, question.year + 1))
    caps = cap_lines(scenario, years)
    named = {cap.product.name for cap in caps} | set(question.demand)
    named |= {one.product for one in scenario.plan.handed_down}
    products = tuple(product for product in scenario.plan.products if product.name in named)
    demands = tuple(
        line
        for product in products
        if product.name in question.demand
        for line in demand_lines(scenario, product, caps, years)
    )
    sources = build_sources(scenario) if like is None else like.sources
    problem = Problem(scenario, years, sources, products, caps, demands)
    if like is not None:
        # What was found out about the sources holds for them still.
        known = {name: like.__dict__[name] for name in _OF_THE_SOURCES if name in like.__dict__}
        problem.__dict__.update(known)
    return problem
