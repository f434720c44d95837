"""Every right that could be issued or converted, as one pandas frame."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import Ore, product_per_ore, quantity_in
from minequota.optimizer.verify.minimums import Mine, admission
from minequota.optimizer.verify.policy import keep_points, least_class
from minequota.optimizer.verify.sizes import is_large_or_medium
from minequota.scenarios.plan import Mineral, Plan, Product, Zone
from minequota.scenarios.projects import Conversion
from minequota.scenarios.question import ExtraCandidate, ZoneDetail
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("kind", "zone", "name", "county", "mineral", "product", "group", "authority", "holder"),
    *("use", "parts", "last_year"),
    *("method", "deposit", "area_km2", "capacity_unit", "density", "ore", "factor", "synthetic"),
    *("minimum", "maximum", "maximum_assumed", "assumed", "reserves", "service_limit"),
    *("refused", "least_class", "traits", "keep_points", "first_year", "yields_from"),
)
#: Codes of the faults that issuing against the plan's directions would be.
FORBIDDEN = {"banned": "banned_mineral", "restricted": "restricted_mineral"}


def known(plan: Plan, name: str) -> tuple[Mineral | None, Product | None]:
    """Return a mineral of the plan by name or alias, and its product."""
    mineral = plan.mineral(name)
    if mineral is None or mineral.product is None:
        return mineral, None
    return mineral, plan.product(mineral.product)


def barred_by_direction(scenario: Scenario, mineral: Mineral | None, method: str | None) -> str:
    """Return the fault that a new right of a mineral would be by the plan's directions.

    A direction for one way of mining speaks of nobody whose way is not known.
    """
    if mineral is None:
        return "unknown_mineral"
    permitted = scenario.question.options.permitted_restricted
    for direction in scenario.plan.directions:
        spoken_of = mineral.name in direction.minerals and direction.method in (None, method)
        if spoken_of and direction.kind in FORBIDDEN:
            if direction.kind == "restricted" and mineral.name in permitted:
                continue
            return FORBIDDEN[direction.kind]
    return ""


def _common(
    scenario: Scenario, mineral_name: str, unit: str, ore: Ore, area: str, lowest: float
) -> dict[str, Any]:
    """Return what all kinds share; `lowest` is a capacity that it certainly reaches."""
    mineral, product = known(scenario.plan, mineral_name)
    keep = scenario.question.options.preference.keep
    return {
        "mineral": mineral_name if mineral is None else mineral.name,
        "product": None if product is None else product.name,
        "group": None if mineral is None else mineral.group,
        "capacity_unit": unit,
        "density": None if product is None else ore.density or product.density,
        "ore": ore,
        "factor": math.nan if product is None else product_per_ore(product, unit, ore),
        "keep": keep,
        "area": area,
        "lowest": lowest,
        "use": "main",
        "parts": None,
        "first_year": None,
        "last_year": None,
        "yields_from": None,
    }


def _finished(scenario: Scenario, row: dict[str, Any], reserves: Quantity | None) -> dict[str, Any]:
    """Add traits, points and what the reserves allow; drop what was only on the way."""
    plan = scenario.plan
    mineral = plan.mineral(row["mineral"])
    large = is_large_or_medium(
        plan, row["mineral"], row["method"], row.pop("lowest"), row["capacity_unit"]
    )
    area = row.pop("area")
    traits = keep_points(plan, mineral, area, green=False, large_medium=large)
    keep = row.pop("keep")
    ore = quantity_in(reserves, row["capacity_unit"], row["density"])
    life = scenario.question.options.least_service_life
    return row | {
        "traits": traits,
        "least_class": least_class(plan, area, row["mineral"], row["method"]),
        "keep_points": sum(keep.get(trait, 0.0) for trait in traits),
        "reserves": ore,
        "service_limit": math.nan if life is None else ore / life,
    }


def _table_unit(plan: Plan, mineral: Mineral | None, product: Product | None) -> str:
    """Return a unit for a right nobody states one of: any the table or the product counts in."""
    for line in plan.minimum_scales if mineral is not None else ():
        if mineral is not None and (mineral.name in line.minerals or line.id == mineral.scale_row):
            for cell in (line.small, line.medium, line.large):
                if isinstance(cell, Quantity):
                    return cell.unit
    return "万吨" if product is None else product.unit


def rights_left(scenario: Scenario, zone: Zone) -> int:
    """Return how many rights a zone or pool still has room for: less those issued since."""
    return max(0, zone.rights - scenario.question.issued_since.get(zone.code, 0))


def _zone_row(scenario: Scenario, zone: Zone, detail: ZoneDetail | None) -> dict[str, Any]:
    plan, size = scenario.plan, scenario.question.candidates
    mineral, product = known(plan, zone.mineral or "")
    most = (None if detail is None else detail.maximum) or zone.maximum
    stated = zone.minimum or most
    unit = _table_unit(plan, mineral, product) if stated is None else stated.unit
    deposit = (None if detail is None else detail.deposit_class) or zone.deposit_class
    row = _common(scenario, zone.mineral or "", unit, Ore(), "", 0.0)
    minimum, refused = quantity_in(zone.minimum, unit, row["density"]), ""
    if zone.minimum is None and mineral is not None:
        mine = Mine(mineral, product, unit, Ore(), deposit, zone.method)
        minimum, refused = admission(plan, mine, "new")
    else:
        row["lowest"] = minimum
    bound = quantity_in(most, unit, row["density"])
    assumed = size.assumed if most is None else detail is not None and most is detail.maximum
    row |= {
        "kind": "new",
        "zone": zone.code,
        "name": zone.name,
        "county": zone.county,
        "authority": (None if detail is None else detail.authority) or zone.authority,
        "holder": "",
        "method": zone.method,
        "deposit": deposit,
        "area_km2": zone.area_km2,
        "synthetic": False,
        "minimum": minimum,
        "maximum": minimum * size.multiple_of_minimum if most is None else bound,
        "maximum_assumed": bool(assumed and (detail is None or most is None or detail.assumed)),
        "assumed": False,
        "refused": barred_by_direction(scenario, mineral, zone.method) or refused,
    }
    return _finished(scenario, row, (None if detail is None else detail.reserves) or zone.reserves)


def _extra_row(scenario: Scenario, extra: ExtraCandidate) -> dict[str, Any]:
    plan, unit = scenario.plan, extra.maximum.unit
    if extra.minimum is not None:
        unit = extra.minimum.unit
    mineral, product = known(plan, extra.mineral)
    zone = next((one for one in plan.zones if extra.zone and one.code == extra.zone), None)
    deposit = extra.deposit_class or (None if zone is None else zone.deposit_class)
    row = _common(scenario, extra.mineral, unit, Ore(), extra.area, 0.0)
    own = quantity_in(extra.minimum, unit, row["density"])
    row["lowest"] = 0.0 if math.isnan(own) else own
    asked, refused = 0.0, ""
    if zone is not None and zone.minimum is not None:
        asked = quantity_in(zone.minimum, unit, row["density"])
    elif mineral is not None:
        mine = Mine(mineral, product, unit, Ore(), deposit, extra.method)
        asked, refused = admission(plan, mine, "new")
    if mineral is not None and mineral.sand_stone_clay and zone is None:
        refused = refused or "outside_zones"
    row |= {
        "kind": "new",
        "zone": extra.zone,
        "name": extra.name,
        "county": extra.county,
        "authority": extra.authority or (None if zone is None else zone.authority),
        "holder": "",
        "method": extra.method,
        "deposit": deposit,
        "area_km2": extra.area_km2,
        "synthetic": extra.synthetic,
        "minimum": asked if math.isnan(own) else max(own, asked),
        "maximum": quantity_in(extra.maximum, unit, row["density"]),
        "maximum_assumed": False,
        "assumed": extra.synthetic,
        "refused": barred_by_direction(scenario, mineral, extra.method) or refused,
    }
    return _finished(scenario, row, extra.reserves)


def _conversion_row(scenario: Scenario, one: Conversion) -> dict[str, Any]:
    plan, unit = scenario.plan, one.capacity.unit
    mineral, product = known(plan, one.mineral)
    ore = Ore(grade=one.grade)
    row = _common(scenario, one.mineral, unit, ore, one.area, one.capacity.value)
    asked, refused = 0.0, ""
    if mineral is not None:
        mine = Mine(mineral, product, unit, ore, one.deposit_class, one.method)
        asked, refused = admission(plan, mine, "converted")
    row |= {
        "kind": "converted",
        "zone": "",
        "name": one.name,
        "county": one.county,
        "authority": one.authority,
        "holder": one.holder,
        "method": one.method,
        "deposit": one.deposit_class,
        "area_km2": one.area_km2,
        "synthetic": False,
        "minimum": asked,
        "maximum": one.capacity.value,
        "maximum_assumed": False,
        "assumed": one.assumed,
        "refused": barred_by_direction(scenario, mineral, one.method) or refused,
        "first_year": None if one.years is None else one.years.first,
        "last_year": None if one.years is None else one.years.last,
        "yields_from": one.yields_from,
    }
    return _finished(scenario, row, one.reserves)


def _rows(scenario: Scenario) -> Iterator[tuple[str, dict[str, Any]]]:
    plan, question = scenario.plan, scenario.question
    for zone in plan.zones:
        if zone.mineral is not None:
            row = _zone_row(scenario, zone, question.zone_details.get(zone.code))
            left = rights_left(scenario, zone)
            yield from ((f"{zone.code}-{k}", row) for k in range(1, left + 1))
    for extra in question.extra_candidates:
        row = _extra_row(scenario, extra)
        names = [f"{extra.id}-{k}" for k in range(1, extra.number + 1)]
        yield from ((name, row) for name in (names if extra.number > 1 else [extra.id]))
    for conversion in (*plan.conversions, *question.conversions):
        if question.issued_since.get(conversion.id):
            continue
        yield f"convert:{conversion.id}", _conversion_row(scenario, conversion)


def candidates_frame(scenario: Scenario) -> pd.DataFrame:
    """Return one row per right that could be issued, indexed by its id.

    `minimum`, `maximum`, `reserves` and `service_limit` are in `capacity_unit`; `refused` is
    the fault that issuing it would be, or empty. A conversion has one capacity, its maximum.
    """
    import pandas as pd

    rows = dict(_rows(scenario))
    for ident, row in rows.items():
        rows[ident] = row | {"holder": row["holder"] or ident}
    index = pd.Index(list(rows), dtype=object, name="right")
    frame = pd.DataFrame(list(rows.values()), index=index, columns=list(COLUMNS), dtype=object)
    numbers = ("factor", "minimum", "maximum", "reserves", "service_limit")
    return frame.astype(dict.fromkeys(numbers, float))
