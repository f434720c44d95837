"""The numbers the model sees: sources as arrays, caps and demand in each product's base unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from minequota.optimizer.engine.types import Booleans, Floats
from minequota.optimizer.sources import Source, build_sources
from minequota.scenarios.plan import Attribute, Plan, Product, Scope, Sense, Years
from minequota.scenarios.question import Demand, Options
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class CapLine:
    """One cap in its product's unit, net of nothing; a blank county's cap is zero."""

    id: str
    title_zh: str
    title_en: str
    product: Product
    county: str | None
    attribute: Attribute
    sense: Sense
    tolerance: float
    amount: float
    held_back: float
    plan_amount: float
    plan_unit: str
    years: Years
    source: str

    @property
    def net(self) -> float:
        """What may be handed out: the cap less its holdback."""
        return self.amount - self.held_back


@dataclass(frozen=True)
class DemandLine:
    """Demand for one product and what meets it from outside the mines, in its unit."""

    product: Product
    amount: float
    imports: float
    by_product: float
    given: Demand


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

    @cached_property
    def existing(self) -> Booleans:
        """Whether each source stands on the register."""
        return np.array([source.existing for source in self.sources], dtype=bool)

    @cached_property
    def minimum(self) -> Floats:
        """Least capacity stated for each source, in product units."""
        return np.array([source.minimum for source in self.sources])

    @cached_property
    def maximum(self) -> Floats:
        """Capacity of a held right, or the most a new one may have, in product units."""
        return np.array([source.maximum for source in self.sources])

    @cached_property
    def eligible(self) -> Booleans:
        """Whether STATUS lets each source produce."""
        return np.array([source.eligible for source in self.sources], dtype=bool)

    def of_product(self, product: Product, county: str | None = None) -> Booleans:
        """Return the sources of a product, in one county or anywhere."""
        return np.array(
            [
                source.product is not None
                and source.product.name == product.name
                and county in (None, source.county)
                for source in self.sources
            ],
            dtype=bool,
        )

    def in_scope(self, scope: Scope) -> Booleans:
        """Return the sources a count or ratio speaks of."""
        return np.array([_within(scope, source) for source in self.sources], dtype=bool)

    def caps_of(self, product: Product, year: int) -> Iterator[CapLine]:
        """Yield the caps on a product that hold in a year."""
        for cap in self.caps:
            if cap.product.name == product.name and year in cap.years:
                yield cap


def _within(scope: Scope, source: Source) -> bool:
    authority = source.right.authority if source.right else None
    if source.zone is not None:
        authority = source.zone.authority
    if source.extra is not None:
        authority = source.extra.authority
    return (
        (not scope.minerals or source.mineral.name in scope.minerals)
        and scope.group in (None, source.mineral.group)
        and scope.county in (None, source.county)
        and scope.authority in (None, authority)
    )


def build_problem(scenario: Scenario) -> Problem:
    """Restate a checked scenario as numbers."""
    year = scenario.question.year
    caps = tuple(cap for cap in _cap_lines(scenario) if year in cap.years)
    named = {cap.product.name for cap in caps} | set(scenario.question.demand)
    products = tuple(product for product in scenario.plan.products if product.name in named)
    demands = tuple(
        _demand_line(scenario, product, caps)
        for product in products
        if product.name in scenario.question.demand
    )
    return Problem(scenario, (year,), build_sources(scenario), products, caps, demands)


def _cap_lines(scenario: Scenario) -> Iterator[CapLine]:
    plan, options = scenario.plan, scenario.question.options
    for cap in plan.caps:
        product = plan.product(cap.product)
        amount = cap.amount.to(product.unit)
        yield CapLine(
            id=cap.id,
            title_zh=cap.title.zh,
            title_en=cap.title.en,
            product=product,
            county=cap.county,
            attribute=cap.attribute,
            sense=cap.sense,
            tolerance=cap.tolerance or 0.0,
            amount=amount,
            held_back=amount * options.holdback.get(product.name, 0.0),
            plan_amount=cap.amount.value,
            plan_unit=cap.amount.unit,
            years=cap.years,
            source=cap.source,
        )
    english = {place.name: place.en for place in plan.counties}
    for blank in plan.no_allotment:
        product = plan.product(blank.product)
        unit = next(
            (cap.amount.unit for cap in plan.caps if cap.product == blank.product), product.unit
        )
        for county in blank.counties:
            yield CapLine(
                id=f"{blank.id}.{county}",
                title_zh=f"{county}未分配{product.name}开采量",
                title_en=f"No allotment of {product.en} in {english.get(county, county)}",
                product=product,
                county=county,
                attribute=blank.attribute,
                sense="ceiling",
                tolerance=0.0,
                amount=0.0,
                held_back=0.0,
                plan_amount=0.0,
                plan_unit=unit,
                years=blank.years,
                source=blank.source,
            )


def _demand_line(scenario: Scenario, product: Product, caps: tuple[CapLine, ...]) -> DemandLine:
    given = scenario.question.demand[product.name]
    if given.amount is not None:
        amount = given.amount.to(product.unit)
    else:
        amount = min(
            cap.net
            for cap in caps
            if cap.product.name == product.name
            and cap.county is None
            and cap.sense in ("ceiling", "level", "about")
        )
    return DemandLine(
        product,
        amount,
        given.imports.to(product.unit) if given.imports else 0.0,
        given.by_product.to(product.unit) if given.by_product else 0.0,
        given,
    )
