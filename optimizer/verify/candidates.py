"""Every right that could be issued, as one pandas frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import product_per_ore, quantity_in
from minequota.optimizer.verify.minimums import is_forbidden, special_minimum, table_minimum
from minequota.optimizer.verify.policy import keep_points
from minequota.scenarios.plan import Mineral, SizeClass, Zone
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "zone",
    "name",
    "county",
    "mineral",
    "product",
    "group",
    "authority",
    "method",
    "area_km2",
    "capacity_unit",
    "density",
    "factor",
    "minimum",
    "maximum",
    "service_limit",
    "reserves",
    "maximum_assumed",
    "refused",
    "least_class",
    "keep_points",
)


def _refusal(scenario: Scenario, mineral: Mineral | None, forbidden: bool, in_zone: bool) -> str:
    """Return the code of the fault that issuing would be, or an empty text."""
    if mineral is None:
        return "unknown_mineral_issued"
    for direction in scenario.plan.directions:
        if mineral.name not in direction.minerals:
            continue
        if direction.kind == "banned":
            return "banned_mineral_issued"
        permitted = scenario.question.options.permitted_restricted
        if direction.kind == "restricted" and mineral.name not in permitted:
            return "restricted_mineral_issued"
    if mineral.sand_stone_clay and not in_zone:
        return "outside_zones_issued"
    return "forbidden_scale_issued" if forbidden else ""


def _least_class(scenario: Scenario, area: str) -> SizeClass | None:
    names = {area} | {
        name
        for place in scenario.plan.areas
        if area in (place.code, place.name)
        for name in (place.code, place.name)
    }
    for minimum in scenario.plan.area_minimums:
        if area and minimum.area in names:
            return minimum.size_class
    return None


def _common(scenario: Scenario, mineral: Mineral | None, area: str, unit: str) -> dict[str, Any]:
    plan = scenario.plan
    product = None if mineral is None or mineral.product is None else plan.product(mineral.product)
    traits = keep_points(plan, mineral, area, green=False, large_medium=False)
    keep = scenario.question.options.preference.keep
    return {
        "product": None if product is None else product.name,
        "group": None if mineral is None else mineral.group,
        "capacity_unit": unit,
        "density": None if product is None else product.density,
        "factor": math.nan if product is None else product_per_ore(product, unit, None, None),
        "least_class": _least_class(scenario, area),
        "keep_points": sum(keep.get(trait, 0.0) for trait in traits),
    }


def _reserves(scenario: Scenario, given: Quantity | None, common: dict[str, Any]) -> dict[str, Any]:
    reserves = quantity_in(given, common["capacity_unit"], common["density"])
    life = scenario.question.options.least_service_life
    return {"reserves": reserves, "service_limit": math.nan if life is None else reserves / life}


def _zone_row(scenario: Scenario, zone: Zone) -> dict[str, Any]:
    mineral = scenario.plan.mineral(zone.mineral)
    common = _common(scenario, mineral, "", zone.minimum.unit)
    size = scenario.question.candidates
    stated = quantity_in(zone.maximum, zone.minimum.unit, common["density"])
    assumed = zone.maximum is None
    return common | {
        "zone": zone.code,
        "name": zone.name,
        "county": zone.county,
        "mineral": zone.mineral,
        "authority": zone.authority,
        "method": None,
        "area_km2": zone.area_km2,
        "minimum": zone.minimum.value,
        "maximum": zone.minimum.value * size.multiple_of_minimum if assumed else stated,
        "maximum_assumed": assumed and size.assumed,
        "refused": _refusal(scenario, mineral, forbidden=False, in_zone=True),
        **_reserves(scenario, zone.reserves, common),
    }


def _extra_row(scenario: Scenario, extra: ExtraCandidate) -> dict[str, Any]:
    plan = scenario.plan
    mineral = plan.mineral(extra.mineral)
    unit = extra.maximum.unit
    common = _common(scenario, mineral, extra.area, unit)
    forbidden = False
    asked = [quantity_in(extra.minimum, unit, common["density"])]
    if mineral is not None:
        special = special_minimum(plan, mineral, unit, "new")
        use = plan.minimum_scale_use
        # The table speaks of the actions the plan applies it to, and not beside a special figure.
        by_table = math.isnan(special) and use is not None and "new" in use.applies_to
        figure = special
        if by_table:
            place = (extra.deposit_class, extra.method)
            forbidden = is_forbidden(plan, mineral, *place)
            figure = table_minimum(plan, mineral, *place, unit, common["density"], None)
        asked.append(figure)
    return common | {
        "zone": "",
        "name": extra.name,
        "county": extra.county,
        "mineral": extra.mineral,
        "authority": extra.authority,
        "method": extra.method,
        "area_km2": None,
        "minimum": max((one for one in asked if not math.isnan(one)), default=0.0),
        "maximum": extra.maximum.value,
        "maximum_assumed": False,
        "refused": _refusal(scenario, mineral, forbidden, in_zone=False),
        **_reserves(scenario, extra.reserves, common),
    }


def candidates_frame(scenario: Scenario) -> pd.DataFrame:
    """Return one row per possible new right, indexed by its id.

    `minimum`, `maximum`, `reserves` and `service_limit` are in `capacity_unit`; `refused` is
    the fault that issuing it would be, or empty.
    """
    import pandas as pd

    rows: dict[str, dict[str, Any]] = {}
    for zone in scenario.plan.zones:
        for number in range(1, zone.rights + 1):
            rows[f"{zone.code}-{number}"] = _zone_row(scenario, zone)
    for extra in scenario.question.extra_candidates:
        rows[extra.id] = _extra_row(scenario, extra)
    index = pd.Index(list(rows), dtype=object, name="right")
    return pd.DataFrame(list(rows.values()), index=index, columns=list(COLUMNS))
