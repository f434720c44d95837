"""Rights that may be issued: in the plan's zones and blocks, as proposed, or by conversion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from minequota.optimizer.minimums import admission_minimum
from minequota.optimizer.ore import amount_of, areas_named, mineral_and_product
from minequota.optimizer.source import Source
from minequota.scenarios.classes import class_boundaries, class_of_capacity
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.issuable import conversions as listed_conversions
from minequota.scenarios.issuable import rights_left
from minequota.scenarios.minimums import table_line
from minequota.scenarios.plan import Authority, Plan, Product, SizeClass, Zone
from minequota.scenarios.projects import Conversion
from minequota.scenarios.question import ExtraCandidate, ZoneDetail
from minequota.scenarios.right import Method
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity


def zone_candidates(scenario: Scenario) -> Iterator[Source]:
    """Yield the rights of every zone whose mineral the plan says; alike within a zone."""
    for zone in scenario.plan.zones:
        if zone.mineral is None:
            continue
        detail = scenario.question.zone_details.get(zone.code)
        for k in range(1, rights_left(scenario.question, zone) + 1):
            yield _of_zone(scenario, f"{zone.code}-{k}", zone, zone.mineral, detail)


def _of_zone(
    scenario: Scenario, identity: str, zone: Zone, mineral: str, detail: ZoneDetail | None
) -> Source:
    highest = detail.maximum if detail and detail.maximum else zone.maximum
    blank = _candidate(
        scenario.plan,
        identity,
        zone.name,
        zone.county,
        mineral,
        Method(zone.method) if zone.method else None,
        (detail.deposit_class if detail else None) or zone.deposit_class,
        zone.minimum,
        highest,
        (detail.reserves if detail else None) or zone.reserves,
    )
    authority: Authority | None = (detail.authority if detail else None) or zone.authority
    source = replace(
        blank,
        authority=authority,
        zone_minimum=(blank.minimum, zone.source) if zone.minimum is not None else None,
        zone_code=zone.code,
        zone=zone,
        maximum_assumed=_is_assumed(scenario, detail, highest),
    )
    return source if highest is not None else _bounded(scenario, source)


def _is_assumed(scenario: Scenario, detail: ZoneDetail | None, highest: Quantity | None) -> bool:
    """Whether a zone right's upper bound is an assumption; a figure of the plan's is none."""
    if highest is None:
        return scenario.question.candidates.assumed
    return detail is not None and detail.maximum is not None and detail.assumed


def extra_candidates(scenario: Scenario) -> Iterator[Source]:
    """Yield the scenario's own proposals, those in a zone or block pool included."""
    for extra in scenario.question.extra_candidates:
        for k in range(1, extra.number + 1):
            identity = extra.id if extra.number == 1 else f"{extra.id}-{k}"
            yield _proposed(scenario.plan, extra, identity)


def _proposed(plan: Plan, extra: ExtraCandidate, identity: str) -> Source:
    zone = next((one for one in plan.zones if one.code == extra.zone), None)
    blank = _candidate(
        plan,
        identity,
        extra.name,
        extra.county,
        extra.mineral,
        extra.method,
        extra.deposit_class or (zone.deposit_class if zone else None),
        extra.minimum,
        extra.maximum,
        extra.reserves,
    )
    least = None
    if zone is not None and zone.minimum is not None:
        own = amount_of(zone.minimum, blank.capacity_unit, blank.factor, blank.product, Ore())
        least = None if own is None else (own, zone.source)
    return replace(
        blank,
        zone_minimum=least,
        authority=extra.authority or (zone.authority if zone else None),
        areas=areas_named(plan, extra.area),
        zone_code=extra.zone,
        assumed=extra.synthetic,
        extra=extra,
    )


def _candidate(
    plan: Plan,
    identity: str,
    name: str,
    county: str,
    mineral_name: str,
    method: Method | None,
    deposit: SizeClass | None,
    lowest: Quantity | None,
    highest: Quantity | None,
    reserves: Quantity | None,
) -> Source:
    mineral, product = mineral_and_product(plan, mineral_name)
    stated = lowest or highest
    unit = stated.unit if stated else _table_unit(plan, mineral.name, method, product)
    factor = product_per_ore(product, unit, Ore()) if product else 1.0
    boundaries = class_boundaries(plan, mineral.name, method, unit)
    # A class goes with a figure of output: a mineral without a product has none.
    medium, large = boundaries if boundaries and product else (None, None)
    return Source(
        id=identity,
        kind="new",
        name=name,
        county=county,
        mineral=mineral,
        product=product,
        ore=Ore(),
        factor=factor,
        capacity_unit=unit,
        minimum=amount_of(lowest, unit, factor, product, Ore()) or 0.0,
        maximum=amount_of(highest, unit, factor, product, Ore()) or 0.0,
        reserves=None if product is None else amount_of(reserves, unit, factor, product, Ore()),
        deposit_class=deposit,
        method=method,
        holder=identity,
        class_boundary=None if medium is None else medium * factor,
        large_boundary=None if large is None else large * factor,
    )


def _table_unit(plan: Plan, mineral: str, method: Method | None, product: Product | None) -> str:
    """The unit the minimum-scale table counts a mineral in; the product's where it is silent."""
    line = table_line(plan, mineral, method)
    cells = (line.small, line.medium, line.large) if line is not None else ()
    figures = [cell.unit for cell in cells if isinstance(cell, Quantity)]
    return figures[0] if figures else (product.unit if product else "万吨")


def _bounded(scenario: Scenario, source: Source) -> Source:
    """Give a right whose zone states no bound a multiple of what admits it."""
    least = admission_minimum(scenario.plan, source, "new")
    multiple = scenario.question.candidates.multiple_of_minimum
    if least.cell == "amount" and least.amount <= 0:
        raise ValueError(
            f"{source.id} has no upper bound: neither its zone nor a minimum gives one."
        )
    return replace(source, maximum=least.amount * multiple)


def conversions(scenario: Scenario) -> Iterator[Source]:
    """Yield the listed conversions of exploration rights, each with its one capacity."""
    plan = scenario.plan
    for one in listed_conversions(scenario):
        yield _converted(plan, one)


def _converted(plan: Plan, one: Conversion) -> Source:
    mineral, product = mineral_and_product(plan, one.mineral)
    ore = Ore(grade=one.grade)
    unit = one.capacity.unit
    factor = product_per_ore(product, unit, ore) if product else 1.0
    method = Method(one.method) if one.method else None
    capacity = one.capacity.value * factor
    return Source(
        id=f"convert:{one.id}",
        kind="converted",
        name=one.name,
        county=one.county,
        mineral=mineral,
        product=product,
        ore=ore,
        factor=factor,
        capacity_unit=unit,
        minimum=capacity,
        maximum=capacity,
        reserves=None if product is None else amount_of(one.reserves, unit, factor, product, ore),
        deposit_class=one.deposit_class,
        method=method,
        authority=one.authority,
        holder=one.holder or one.id,
        areas=areas_named(plan, one.area),
        size_class=class_of_capacity(plan, mineral.name, method, one.capacity),
        assumed=one.assumed,
        conversion=one,
    )
