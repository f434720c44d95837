"""What the register and the candidates could supply at most, before anything is solved.

Plain arithmetic for the audit: capacities of the rights that may produce, the largest candidates,
and the caps above them. It knows nothing of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minequota.scenarios.conversion import product_per_ore
from minequota.scenarios.plan import Cap, Plan, Product
from minequota.scenarios.right import Renewal, Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

_SAME = 1e-9
_UPPER = ("ceiling", "level", "about")


@dataclass(frozen=True)
class Candidate:
    """A right that may be issued, at its largest."""

    id: str
    county: str
    mineral: str
    maximum: Quantity


def in_product(
    product: Product, ore: Quantity, density: float | None, grade: float | None
) -> float | None:
    """Return ore in the product's unit and basis; None without the density or grade it takes."""
    try:
        return ore.value * product_per_ore(product, ore.unit, density, grade)
    except ValueError:
        return None


def ends_by(right: Right, year: int) -> bool:
    """Whether the licence has ended, or ends, by the last day of the year."""
    end = right.licence_end
    return right.status is Status.EXPIRED or (end is not None and end <= date(year, 12, 31))


def renewal_minimum(plan: Plan, right: Right) -> Quantity | None:
    """Return the special minimum a renewal of this right must meet, in the licence's dimension."""
    mineral = plan.mineral(right.mineral)
    for special in plan.special_minimums:
        if mineral is None or mineral.name not in special.minerals:
            continue
        if "renewed" in special.applies_to and right.capacity is not None:
            for amount in special.amounts:
                if amount.dimension == right.capacity.dimension:
                    return amount
    return None


def forced_to_leave(scenario: Scenario, right: Right) -> bool:
    """Whether the right's licence ends by the year and may not, or shall not, be renewed."""
    if not ends_by(right, scenario.question.year):
        return False
    if right.renewal is Renewal.LEAVE:
        return True
    minimum = renewal_minimum(scenario.plan, right)
    return (
        minimum is not None
        and right.capacity is not None
        and right.capacity.to(minimum.unit) < minimum.value * (1 - _SAME)
    )


def may_produce(scenario: Scenario, right: Right) -> bool:
    """Whether the right can have an output in the year if nobody chooses it to leave."""
    running = right.status in (Status.PRODUCING, Status.BUILDING)
    return running and right.safety_licence and not forced_to_leave(scenario, right)


def candidates(scenario: Scenario) -> Iterator[Candidate]:
    """Yield every right that may be issued, at its upper bound; none for a barred mineral."""
    return (one for one in _proposed(scenario) if not _barred(scenario, one.mineral))


def _barred(scenario: Scenario, mineral: str) -> bool:
    kinds = {one.kind for one in scenario.plan.directions if mineral in one.minerals}
    permitted = scenario.question.options.permitted_restricted
    return "banned" in kinds or ("restricted" in kinds and mineral not in permitted)


def _proposed(scenario: Scenario) -> Iterator[Candidate]:
    multiple = scenario.question.candidates.multiple_of_minimum
    for zone in scenario.plan.zones:
        most = zone.maximum or Quantity(zone.minimum.value * multiple, zone.minimum.unit)
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
        if may_produce(scenario, right):
            amount = in_product(product, right.capacity, right.density, right.grade)
            total[right.county] = total.get(right.county, 0.0) + (amount or 0.0)
    for candidate in candidates(scenario):
        mineral = plan.mineral(candidate.mineral)
        if mineral is not None and mineral.product == product.name:
            amount = in_product(product, candidate.maximum, None, None)
            total[candidate.county] = total.get(candidate.county, 0.0) + (amount or 0.0)
    availability = scenario.question.options.availability
    return {county: amount * availability for county, amount in total.items()}


def caps_in_force(scenario: Scenario, product: Product) -> list[Cap]:
    """Return the upper limits on the product that hold in the scenario's year."""
    return [
        cap
        for cap in scenario.plan.caps
        if cap.product == product.name
        and cap.sense in _UPPER
        and scenario.question.year in cap.years
    ]


def net_limit(scenario: Scenario, product: Product, cap: Cap) -> float:
    """Return the cap less what is held back, in the product's unit, at its upper end."""
    held_back = scenario.question.options.holdback.get(product.name, 0.0)
    upper = 1 + (cap.tolerance or 0.0) if cap.sense == "about" else 1.0
    return cap.amount.to(product.unit) * upper * (1 - held_back)


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
