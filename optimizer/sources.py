"""Where output can come from: the register, the rights that may be issued, and mergers.

What a rule makes of a source stands in `rules/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from minequota.optimizer.candidates import conversions, extra_candidates, zone_candidates
from minequota.optimizer.ore import amount_of, areas_named, mineral_and_product
from minequota.optimizer.source import Enlargement, Source
from minequota.scenarios.classes import class_of_capacity
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.plan import Plan, SizeClass
from minequota.scenarios.projects import Expansion, Merger
from minequota.scenarios.question import Overproduction
from minequota.scenarios.right import Method, Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

__all__ = ["Source", "build_sources"]

_RANK: dict[SizeClass | None, int] = {None: 0, "small": 1, "medium": 2, "large": 3}


def build_sources(scenario: Scenario) -> tuple[Source, ...]:
    """Return every source in a fixed order: the register by licence, then the others by id."""
    rights = sorted(scenario.rights, key=lambda right: right.licence)
    expansions = (*scenario.plan.expansions, *scenario.question.expansions)
    dug = scenario.question.overproduced
    shares = scenario.question.options.usable
    held = tuple(
        replace(
            _held(scenario.plan, right, expansions, dug.get(right.licence)),
            shares=shares.get(right.licence, {}),
        )
        for right in rights
    )
    proposed = (
        *zone_candidates(scenario),
        *extra_candidates(scenario),
        *conversions(scenario),
        *_mergers(scenario, held),
    )
    return (*held, *sorted(proposed, key=lambda source: _in_order(source.id)))


def _in_order(identity: str) -> tuple[tuple[int, int, str], ...]:
    """An id as people order it: Z1-2 before Z1-10."""
    parts = re.findall(r"\d+|\D+", identity)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _held(
    plan: Plan, right: Right, expansions: tuple[Expansion, ...], dug: Overproduction | None
) -> Source:
    mineral, product = mineral_and_product(plan, right.mineral)
    unit = right.capacity.unit if right.capacity else (product.unit if product else "万吨")
    ore = Ore(right.density, right.grade, right.recovery, right.block_yield)
    factor = product_per_ore(product, unit, ore) if product is not None else 1.0
    capacity = right.capacity.value * factor if right.capacity else 0.0
    excess = amount_of(dug.amount if dug else None, unit, factor, product, ore)
    source = Source(
        id=right.licence,
        kind="held",
        name=right.name,
        county=right.county,
        mineral=mineral,
        product=product,
        ore=ore,
        factor=factor,
        capacity_unit=unit,
        minimum=capacity,
        maximum=capacity,
        reserves=amount_of(right.reserves, unit, factor, product, ore),
        excess=0.0 if excess is None or product is None else excess,
        deposit_class=right.deposit_class,
        method=right.method,
        authority=right.authority,
        holder=right.holder_group or right.holder or right.licence,
        areas=areas_named(plan, right.area),
        zone_code=_zone_code(plan, right.zone),
        use=right.use,
        size_class=right.size_class or "small",
        right=right,
    )
    listed = next((one for one in expansions if one.right in (right.licence, right.name)), None)
    return (
        source if listed is None else replace(source, enlargement=_enlarged(plan, source, listed))
    )


def _enlarged(plan: Plan, source: Source, project: Expansion) -> Enlargement:
    capacity = amount_of(
        project.capacity, source.capacity_unit, source.factor, source.product, source.ore
    )
    decided = class_of_capacity(
        plan, source.mineral.name, source.method, project.capacity, source.ore.density
    )
    own = source.size_class or "small"
    return Enlargement(
        project,
        source.maximum if capacity is None else capacity,
        max(decided, own, key=lambda one: _RANK[one]),
        amount_of(
            project.reserves, source.capacity_unit, source.factor, source.product, source.ore
        ),
    )


def _mergers(scenario: Scenario, held: tuple[Source, ...]) -> Iterator[Source]:
    position = {source.id: m for m, source in enumerate(held)}
    for merger in scenario.question.mergers:
        members = tuple(position[licence] for licence in merger.members)
        yield _merged(scenario.plan, merger, [held[m] for m in members], members)


def _merged(plan: Plan, merger: Merger, parts: list[Source], members: tuple[int, ...]) -> Source:
    """The right that results. Its ore is the members' ore, weighed by their capacities."""
    first = parts[0]
    unit = first.capacity_unit
    sum_of_ore = sum(part.maximum for part in parts)
    in_unit = sum(_in_unit(part, unit) for part in parts)
    factor = sum_of_ore / in_unit if in_unit > 0 else first.factor
    stated = amount_of(merger.capacity, unit, factor, first.product, first.ore)
    capacity = sum_of_ore if stated is None else stated
    known = [part.reserves for part in parts]
    reserves = amount_of(merger.reserves, unit, factor, first.product, first.ore)
    if reserves is None and None not in known:
        reserves = sum(one for one in known if one is not None)
    method = Method(merger.method) if merger.method else first.method
    density = first.ore.density
    decided = class_of_capacity(
        plan, first.mineral.name, method, Quantity(capacity / factor, unit), density
    )
    ore = _mixed(parts, unit)
    return Source(
        id=f"merger:{merger.id}",
        kind="merged",
        name=merger.name,
        county=first.county,
        mineral=first.mineral,
        product=first.product,
        ore=ore,
        factor=factor,
        capacity_unit=unit,
        minimum=capacity,
        maximum=capacity,
        reserves=reserves,
        excess=sum(part.excess for part in parts),
        deposit_class=merger.deposit_class
        or max((part.deposit_class for part in parts), key=lambda one: _RANK[one]),
        method=method,
        authority=first.authority,
        holder=merger.holder or f"merger:{merger.id}",
        areas=first.areas,
        zone_code=first.zone_code,
        use=first.use if all(part.use == first.use for part in parts) else "main",
        size_class=max(
            decided, *(part.size_class or "small" for part in parts), key=lambda one: _RANK[one]
        ),
        assumed=merger.assumed,
        merger=merger,
        members=members,
        parts=tuple(parts),
    )


def _mixed(parts: list[Source], unit: str) -> Ore:
    """The members' ore together, weighed by their capacities; None where one does not say."""

    def mean(values: list[float | None]) -> float | None:
        weights = [_in_unit(part, unit) for part in parts]
        if None in values or sum(weights) <= 0:
            return None
        return sum(w * (v or 0.0) for w, v in zip(weights, values, strict=True)) / sum(weights)

    return Ore(
        density=mean([part.ore.density for part in parts]),
        grade=mean([part.ore.grade for part in parts]),
        recovery=mean([part.ore.recovery for part in parts]),
        block_yield=mean([part.ore.block_yield for part in parts]),
    )


def _in_unit(part: Source, unit: str) -> float:
    """Capacity of a member in another member's unit of ore."""
    if part.factor <= 0:
        return 0.0
    own = part.maximum / part.factor
    if part.capacity_unit == unit or part.product is None:
        return own
    one = product_per_ore(part.product, unit, part.ore)
    return part.maximum / one if one > 0 else own


def _zone_code(plan: Plan, text: str) -> str:
    return next((zone.code for zone in plan.zones if text and text in (zone.code, zone.name)), text)
