"""Demand year by year, what meets it from outside the mines, and what is to be handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minequota.scenarios.caps import CapLine, whole_limit
from minequota.scenarios.plan import Product
from minequota.scenarios.question import Demand
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class DemandLine:
    """Demand for one product in one year, in its unit.

    `handed_out` is the figure quotas should add up to where the cap is handed out, None where
    they follow demand. `places` is the demand of every centre, empty where places play no part.
    """

    product: Product
    year: int
    amount: float
    imports: float
    by_product: float
    given: Demand
    handed_out: float | None
    places: Mapping[str, float]


def demand_lines(
    scenario: Scenario, product: Product, caps: tuple[CapLine, ...], years: tuple[int, ...]
) -> tuple[DemandLine, ...]:
    """Return one line a year for a product the scenario gives a demand for."""
    return tuple(_line(scenario, product, caps, year) for year in years)


def _line(scenario: Scenario, product: Product, caps: tuple[CapLine, ...], year: int) -> DemandLine:
    given = scenario.question.demand[product.name]
    limit = whole_limit((cap for cap in caps if year in cap.years), product)
    special = given.by_year.get(year)
    if special is not None:
        amount = special.to(product.unit)
    elif given.amount is not None:
        amount = given.amount.to(product.unit)
    else:
        # Taken from a cap that nobody has handed down yet, demand is nothing: no figure, no quota.
        amount = limit or 0.0
    whole_cap = scenario.question.options.hand_out.get(product.name) == "cap"
    return DemandLine(
        product=product,
        year=year,
        amount=amount,
        imports=given.imports.to(product.unit) if given.imports else 0.0,
        by_product=given.by_product.to(product.unit) if given.by_product else 0.0,
        given=given,
        handed_out=(limit or 0.0) if whole_cap else None,
        places=_places(given, product, amount),
    )


def _places(given: Demand, product: Product, amount: float) -> dict[str, float]:
    """The centres' demand, in proportion to what is given of them where a year differs."""
    shares = {centre: one.to(product.unit) for centre, one in given.places.items()}
    total = sum(shares.values())
    if total <= 0:
        return dict.fromkeys(shares, 0.0)
    return {centre: amount * share / total for centre, share in shares.items()}
