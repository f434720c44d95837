"""Who may be issued or converted: the places of the plan, the proposals and the conversions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from minequota.scenarios.conversion import Ore
from minequota.scenarios.minimums import in_ore, special_minimum, table_line
from minequota.scenarios.plan import Action, Authority, Plan, Product, SizeClass, Zone
from minequota.scenarios.projects import Conversion, Project
from minequota.scenarios.question import ExtraCandidate, Question
from minequota.scenarios.right import Method
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import barred
from minequota.scenarios.units import Quantity

# Capacities are read from text; one at its minimum must not fail it by a rounding error.
_SAME = 1e-9


@dataclass(frozen=True)
class Candidate:
    """A right that may be issued or converted, at its largest.

    `maximum` is None where neither zone nor scenario nor any minimum bounds it; `assumed` says
    that a multiple of its minimum does. A conversion's capacity is fixed.
    """

    id: str
    kind: Literal["zone", "extra", "conversion"]
    county: str
    mineral: str
    maximum: Quantity | None
    minimum: Quantity | None = None
    assumed: bool = False
    zone: str = ""
    method: Method | None = None
    deposit_class: SizeClass | None = None
    reserves: Quantity | None = None
    authority: Authority | None = None
    ore: Ore = field(default_factory=Ore)
    project: Project | None = None


def conversions(scenario: Scenario) -> tuple[Conversion, ...]:
    """Return every listed conversion of an exploration right not done yet, the plan's first."""
    done = scenario.question.issued_since
    listed = (*scenario.plan.conversions, *scenario.question.conversions)
    return tuple(one for one in listed if not done.get(one.id))


def rights_left(question: Question, zone: Zone) -> int:
    """Return how many rights may still be issued in a zone or block pool."""
    return max(0, zone.rights - question.issued_since.get(zone.code, 0))


def candidates(scenario: Scenario) -> Iterator[Candidate]:
    """Yield every right that may be issued or converted, at its upper bound.

    None of a mineral that the plan's directions bar, none that the minimum-scale table forbids or
    leaves undecided, none too small to be admitted, and no sand, stone or clay outside a zone.
    """
    plan, options = scenario.plan, scenario.question.options
    for one in (*_of_zones(scenario), *_proposed(scenario), *_converted(scenario)):
        if (
            not barred(plan, options, one.mineral, one.method)
            and _cell(plan, one) not in ("×", "/")
            and not _too_small(plan, one)
            and not _outside(plan, one)
        ):
            yield one


def _too_small(plan: Plan, one: Candidate) -> bool:
    """Whether even its largest capacity is below what admits it; the zone's own figure wins."""
    if one.maximum is None or (one.zone and _zone_minimum(plan, one.zone) is not None):
        return False
    action: Action = "converted" if one.kind == "conversion" else "new"
    least = admission_minimum(
        plan, one.mineral, one.method, one.deposit_class, action, one.maximum.unit
    )
    return least is not None and one.maximum.value < least.value * (1 - _SAME)


def _outside(plan: Plan, one: Candidate) -> bool:
    mineral = plan.mineral(one.mineral)
    loose = one.kind == "extra" and not one.zone
    return loose and mineral is not None and mineral.sand_stone_clay


def _of_zones(scenario: Scenario) -> Iterator[Candidate]:
    for zone in scenario.plan.zones:
        if zone.mineral is not None:
            one = _of_zone(scenario, zone, zone.mineral)
            for number in range(1, rights_left(scenario.question, zone) + 1):
                yield replace(one, id=f"{zone.code}-{number}")


def _of_zone(scenario: Scenario, zone: Zone, mineral: str) -> Candidate:
    """Return what the rights of a zone, alike among themselves, have in common."""
    detail = scenario.question.zone_details.get(zone.code)
    maximum = (detail.maximum if detail else None) or zone.maximum
    deposit = (detail.deposit_class if detail else None) or zone.deposit_class
    method = Method(zone.method) if zone.method else None
    least = zone.minimum or admission_minimum(scenario.plan, mineral, method, deposit)
    assumed = maximum is None
    if maximum is None and least is not None:
        times = scenario.question.candidates.multiple_of_minimum
        maximum = Quantity(least.value * times, least.unit)
    return Candidate(
        id=zone.code,
        kind="zone",
        county=zone.county,
        mineral=mineral,
        maximum=maximum,
        minimum=least,
        assumed=assumed,
        zone=zone.code,
        method=method,
        deposit_class=deposit,
        reserves=(detail.reserves if detail else None) or zone.reserves,
        authority=(detail.authority if detail else None) or zone.authority,
    )


def _proposed(scenario: Scenario) -> Iterator[Candidate]:
    zones = {zone.code: zone for zone in scenario.plan.zones}
    for extra in scenario.question.extra_candidates:
        zone = zones.get(extra.zone)
        deposit = extra.deposit_class or (zone.deposit_class if zone else None)
        for identity in extra_ids(extra):
            yield Candidate(
                id=identity,
                kind="extra",
                county=extra.county,
                mineral=extra.mineral,
                maximum=extra.maximum,
                minimum=extra.minimum,
                zone=extra.zone,
                method=extra.method,
                deposit_class=deposit,
                reserves=extra.reserves,
                authority=extra.authority or (zone.authority if zone else None),
            )


def extra_ids(extra: ExtraCandidate) -> tuple[str, ...]:
    """Return the ids of an extra candidate's rights: numbered where there are several alike."""
    if extra.number == 1:
        return (extra.id,)
    return tuple(f"{extra.id}-{number}" for number in range(1, extra.number + 1))


def _converted(scenario: Scenario) -> Iterator[Candidate]:
    for one in conversions(scenario):
        yield Candidate(
            id=f"convert:{one.id}",
            kind="conversion",
            county=one.county,
            mineral=one.mineral,
            maximum=one.capacity,
            method=Method(one.method) if one.method else None,
            deposit_class=one.deposit_class,
            reserves=one.reserves,
            authority=one.authority,
            ore=Ore(grade=one.grade),
            project=one,
        )


def _cell(plan: Plan, one: Candidate) -> object:
    """Return the table's cell that would admit a candidate; None where the table says nothing."""
    actions: tuple[Action, ...] = ("converted", "new") if one.kind == "conversion" else ("new",)
    use, line = plan.minimum_scale_use, table_line(plan, one.mineral, one.method)
    if use is None or line is None or not set(actions) & set(use.applies_to):
        return None
    unit = (
        one.maximum.unit if one.maximum is not None else _table_unit(plan, one.mineral, one.method)
    )
    # A zone's own figure and the special minimum win over the table.
    own = one.kind == "zone" and _zone_minimum(plan, one.zone) is not None
    if own or special_minimum(plan, one.mineral, unit, actions[0], one.deposit_class) is not None:
        return None
    return getattr(line, one.deposit_class or "small")


def _zone_minimum(plan: Plan, code: str) -> Quantity | None:
    return next((zone.minimum for zone in plan.zones if zone.code == code), None)


def admission_minimum(
    plan: Plan,
    mineral: str,
    method: Method | None,
    deposit: SizeClass | None,
    action: Action = "new",
    unit: str | None = None,
) -> Quantity | None:
    """Return the least capacity the plan admits for an action; None where it asks for nothing.

    The special minimum wins over the table; a deposit of unknown size counts as small, the
    mildest. In `unit`, else the unit the table counts the mineral in.
    """
    unit = unit or _table_unit(plan, mineral, method)
    special = special_minimum(plan, mineral, unit, action, deposit)
    if special is not None:
        return Quantity(special.amount, unit)
    use, line = plan.minimum_scale_use, table_line(plan, mineral, method)
    cell = getattr(line, deposit or "small") if line is not None else None
    # A converted right is a new one: the text that admits new mines speaks of it too.
    speaks = {action, "new"} if action == "converted" else {action}
    if (
        use is None
        or not speaks & set(use.applies_to)
        or line is None
        or not isinstance(cell, Quantity)
    ):
        return None
    product = product_of(plan, mineral)
    density = product.density if product is not None else None
    grade = product.grade if product is not None else None
    amount = in_ore(line, cell, unit, density, grade)
    return None if amount is None else Quantity(amount, unit)


def _table_unit(plan: Plan, mineral: str, method: Method | None) -> str:
    """The unit the minimum-scale table counts a mineral in; the product's where it is silent."""
    line = table_line(plan, mineral, method)
    cells = (line.small, line.medium, line.large) if line is not None else ()
    product = product_of(plan, mineral)
    return next(
        (cell.unit for cell in cells if isinstance(cell, Quantity)),
        product.unit if product is not None else "万吨",
    )


def product_of(plan: Plan, mineral: str) -> Product | None:
    """Return the product a mineral's ore becomes, if any."""
    known = plan.mineral(mineral)
    return plan.product(known.product) if known is not None and known.product else None
