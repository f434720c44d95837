"""What the register and the candidates could supply at most, before anything is solved.

Plain arithmetic for the audit: capacities of the rights that may produce, the largest candidates,
and the caps above them. It knows nothing of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.plan import Basis, Cap, Product
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import barred, forced_to_leave, may_produce
from minequota.scenarios.units import Quantity

_UPPER = ("ceiling", "level", "about")


@dataclass(frozen=True)
class Candidate:
    """A right that may be issued, at its largest."""

    id: str
    county: str
    mineral: str
    maximum: Quantity


def ore_of(right: Right) -> Ore:
    """Return what a right of the register states of its ore."""
    return Ore(right.density, right.grade, right.recovery, right.block_yield)


def in_product(
    product: Product, amount: Quantity, ore: Ore | None = None, basis: Basis | None = None
) -> float | None:
    """Return an amount of ore in the product's unit, in its basis or another.

    None without the density, grade or block yield it takes.
    """
    try:
        return amount.value * product_per_ore(product, amount.unit, ore or Ore(), basis)
    except ValueError:
        return None


def candidates(scenario: Scenario) -> Iterator[Candidate]:
    """Yield every right that may be issued, at its upper bound; none for a barred mineral."""
    plan, options = scenario.plan, scenario.question.options
    return (one for one in _proposed(scenario) if not barred(plan, options, one.mineral))


def _proposed(scenario: Scenario) -> Iterator[Candidate]:
    multiple = scenario.question.candidates.multiple_of_minimum
    for zone in scenario.plan.zones:
        most = zone.maximum
        if most is None and zone.minimum is not None:
            most = Quantity(zone.minimum.value * multiple, zone.minimum.unit)
        if zone.mineral is None or most is None:
            continue
        for number in range(1, zone.rights + 1):
            yield Candidate(f"{zone.code}-{number}", zone.county, zone.mineral, most)
    for extra in scenario.question.extra_candidates:
        yield Candidate(extra.id, extra.county, extra.mineral, extra.maximum)


def largest_supply(scenario: Scenario, product: Product) -> dict[str, float]:
    """Return by county what eligible rights and all candidates could yield, caps aside."""
    plan = scenario.plan
    total = {place.name: 0.0 for place in plan.counties}
    for right in scenario.rights:
        mineral = plan.mineral(right.mineral)
        if mineral is None or mineral.product != product.name or right.capacity is None:
            continue
        if may_produce(right) and not forced_to_leave(plan, right, scenario.question.year):
            amount = in_product(product, right.capacity, ore_of(right))
            total[right.county] = total.get(right.county, 0.0) + (amount or 0.0)
    for candidate in candidates(scenario):
        mineral = plan.mineral(candidate.mineral)
        if mineral is not None and mineral.product == product.name:
            amount = in_product(product, candidate.maximum)
            total[candidate.county] = total.get(candidate.county, 0.0) + (amount or 0.0)
    availability = scenario.question.options.availability
    return {county: amount * availability for county, amount in total.items()}


def caps_in_force(scenario: Scenario, product: Product) -> list[Cap]:
    """Return the upper limits on the product, with figures, that hold in the scenario's year."""
    return [
        cap
        for cap in scenario.plan.caps
        if cap.product == product.name
        and cap.amount is not None
        and cap.sense in _UPPER
        and scenario.question.year in cap.years
    ]


def net_limit(scenario: Scenario, product: Product, cap: Cap) -> float:
    """Return the cap less what is held back, in the product's unit, at its upper end."""
    held_back = scenario.question.options.holdback.get(product.name, 0.0)
    upper = 1 + (cap.tolerance or 0.0) if cap.sense == "about" else 1.0
    amount = cap.amount.to(product.unit) if cap.amount is not None else float("inf")
    return amount * upper * (1 - held_back)


def possible_supply(scenario: Scenario, product: Product) -> float:
    """Return the most the rights could yield within every cap, county by county and in all."""
    reachable = largest_supply(scenario, product)
    caps = caps_in_force(scenario, product)
    for cap in caps:
        if cap.county is not None:
            limit = net_limit(scenario, product, cap)
            reachable[cap.county] = min(reachable.get(cap.county, 0.0), limit)
    for blank in scenario.plan.no_allotment:
        if blank.product == product.name and scenario.question.year in blank.years:
            reachable.update(dict.fromkeys(blank.counties, 0.0))
    total = sum(reachable.values())
    return min([total, *(net_limit(scenario, product, c) for c in caps if c.county is None)])
