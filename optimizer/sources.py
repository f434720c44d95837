"""Where output can come from: the rights of the register and the rights that may be issued.

A `Source` restates one right in its product's base unit, with no reading of any rule: what a
rule makes of it stands in `rules/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.classes import class_boundaries
from minequota.scenarios.conversion import product_per_ore
from minequota.scenarios.plan import Area, Mineral, Plan, Product, Zone
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import may_produce
from minequota.scenarios.units import Quantity


@dataclass(frozen=True)
class Source:
    """One right, held or to be issued.

    `factor` is product units per one licence unit (`capacity_unit`) of ore. Capacities, floors
    and reserves are in product units; a held right's capacity is `maximum` = `minimum`.
    """

    id: str
    county: str
    mineral: Mineral
    product: Product | None
    right: Right | None
    zone: Zone | None
    extra: ExtraCandidate | None
    areas: tuple[Area, ...]
    factor: float
    capacity_unit: str
    minimum: float
    maximum: float
    maximum_assumed: bool
    reserves: float | None
    class_boundary: float | None
    large_boundary: float | None

    @property
    def existing(self) -> bool:
        """Whether the right stands on the register."""
        return self.right is not None

    @property
    def large_or_medium(self) -> bool | None:
        """Whether the right counts as large or medium; None: its capacity will decide."""
        if self.right is not None:
            return self.right.size_class != "small"
        if self.class_boundary is None:
            return False
        if self.minimum >= self.class_boundary:
            return True
        return None if self.maximum >= self.class_boundary else False

    @property
    def eligible(self) -> bool:
        """Whether STATUS lets it produce while it is held."""
        return self.right is None or may_produce(self.right)


def build_sources(scenario: Scenario) -> tuple[Source, ...]:
    """Return every source in a fixed order: the register by licence, then the candidates by id."""
    existing = sorted(scenario.rights, key=lambda right: right.licence)
    candidates = sorted(
        (*_zone_candidates(scenario), *_extra_candidates(scenario)), key=lambda source: source.id
    )
    return (*(_held(scenario.plan, right) for right in existing), *candidates)


def _held(plan: Plan, right: Right) -> Source:
    mineral, product = _mineral(plan, right.mineral)
    unit = right.capacity.unit if right.capacity else (product.unit if product else "万吨")
    factor = 1.0
    if product is not None:
        factor = product_per_ore(product, unit, right.density, right.grade)
    capacity = right.capacity.value * factor if right.capacity else 0.0
    return Source(
        id=right.licence,
        county=right.county,
        mineral=mineral,
        product=product,
        right=right,
        zone=None,
        extra=None,
        areas=_areas(plan, right.area),
        factor=factor,
        capacity_unit=unit,
        minimum=capacity,
        maximum=capacity,
        maximum_assumed=False,
        reserves=_reserves(right, unit, factor, product),
        class_boundary=None,
        large_boundary=None,
    )


def _zone_candidates(scenario: Scenario) -> Iterator[Source]:
    for zone in scenario.plan.zones:
        for k in range(1, zone.rights + 1):
            yield _candidate(
                scenario,
                f"{zone.code}-{k}",
                zone,
                None,
                zone.minimum,
                zone.maximum,
                zone.reserves,
            )


def _extra_candidates(scenario: Scenario) -> Iterator[Source]:
    for extra in scenario.question.extra_candidates:
        lowest = extra.minimum or Quantity(0.0, extra.maximum.unit)
        yield _candidate(scenario, extra.id, None, extra, lowest, extra.maximum, extra.reserves)


def _candidate(
    scenario: Scenario,
    identity: str,
    zone: Zone | None,
    extra: ExtraCandidate | None,
    lowest: Quantity,
    highest: Quantity | None,
    reserves: Quantity | None,
) -> Source:
    plan = scenario.plan
    place = zone or extra
    assert place is not None  # noqa: S101 - callers give one of the two
    mineral, product = _mineral(plan, place.mineral)
    factor = product_per_ore(product, lowest.unit, None, None) if product else 1.0
    most = (
        highest.to(lowest.unit)
        if highest
        else lowest.value * scenario.question.candidates.multiple_of_minimum
    )
    method = extra.method if extra else None
    boundaries = class_boundaries(plan, mineral.name, method, lowest.unit)
    # A class goes with a figure of output: a mineral without a product has none.
    medium, large = boundaries if boundaries and product else (None, None)
    return Source(
        id=identity,
        county=place.county,
        mineral=mineral,
        product=product,
        right=None,
        zone=zone,
        extra=extra,
        areas=_areas(plan, extra.area if extra else ""),
        factor=factor,
        capacity_unit=lowest.unit,
        minimum=lowest.value * factor,
        maximum=most * factor,
        maximum_assumed=highest is None,
        reserves=_amount(reserves, lowest.unit, factor, product),
        class_boundary=None if medium is None else medium * factor,
        large_boundary=None if large is None else large * factor,
    )


def _mineral(plan: Plan, name: str) -> tuple[Mineral, Product | None]:
    mineral = plan.mineral(name)
    if mineral is None:
        raise KeyError(f"The plan {plan.id} has no mineral {name!r}.")
    return mineral, plan.product(mineral.product) if mineral.product else None


def _areas(plan: Plan, text: str) -> tuple[Area, ...]:
    return tuple(area for area in plan.areas if text and text in (area.code, area.name))


def _reserves(right: Right, unit: str, factor: float, product: Product | None) -> float | None:
    """Reserves of a held right in product units, or None where the register is silent."""
    return _amount(right.reserves, unit, factor, product, right.density, right.grade)


def _amount(
    ore: Quantity | None,
    unit: str,
    factor: float,
    product: Product | None,
    density: float | None = None,
    grade: float | None = None,
) -> float | None:
    """An amount of ore in product units; `factor` is that of the licence's `unit`."""
    if ore is None or product is None:
        return None
    if ore.dimension == Quantity(1.0, unit).dimension:
        return ore.to(unit) * factor
    return ore.value * product_per_ore(product, ore.unit, density, grade)
