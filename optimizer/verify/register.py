"""The register as one pandas frame, with everything the rules ask of a right."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import product_per_ore, quantity_in
from minequota.optimizer.verify.minimums import special_minimum, table_minimum
from minequota.optimizer.verify.policy import keep_points
from minequota.scenarios.plan import Mineral, Plan, Product
from minequota.scenarios.right import Provenance, Renewal, Right, Status
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

STOPPED = (Status.STOPPED, Status.SEALED, Status.STOP_ORDER)
WORKING = (Status.PRODUCING, Status.BUILDING)
COLUMNS = (
    "name",
    "county",
    "mineral",
    "product",
    "group",
    "authority",
    "size_class",
    "large_medium",
    "green",
    "synthetic",
    "capacity",
    "capacity_unit",
    "factor",
    "top",
    "least",
    "works",
    "due",
    "lapsed",
    "forced",
    "protected",
    "grounds",
    "protection_weight",
    "keep_points",
    "leave_points",
)


def due_for_renewal(right: Right, year: int) -> bool:
    """Whether the licence has ended or ends by the last day of `year`."""
    ended = right.licence_end is not None and right.licence_end <= date(year, 12, 31)
    return right.status == Status.EXPIRED or ended


def _below(right: Right, minimum: float) -> bool:
    return right.capacity is not None and right.capacity.value < minimum - 1e-9 * minimum


def forced_to_leave(plan: Plan, mineral: Mineral | None, right: Right, year: int) -> bool:
    """Whether a right due for renewal cannot be renewed."""
    if not due_for_renewal(right, year):
        return False
    if right.renewal == Renewal.LEAVE:
        return True
    if mineral is None or right.capacity is None:
        return False
    return _below(right, special_minimum(plan, mineral, right.capacity.unit, "renewed"))


def grounds(
    plan: Plan, mineral: Mineral | None, density: float | None, right: Right, year: int
) -> frozenset[str]:
    """Return the grounds on which `right` may be proposed to leave."""
    found = set()
    ended = right.licence_end is not None and right.licence_end < date(year, 1, 1)
    if right.status == Status.EXPIRED or ended:
        found.add("expired")
    if right.status in STOPPED:
        found.add("stopped")
    if right.status == Status.RED_LINE or right.red_line:
        found.add("red_line")
    if mineral is None:
        return frozenset(found)
    if mineral.sand_stone_clay and not right.zone:
        found.add("outside_zones")
    if right.capacity is not None:
        unit = right.capacity.unit
        minimum = special_minimum(plan, mineral, unit)
        if math.isnan(minimum):
            minimum = table_minimum(
                plan, mineral, right.deposit_class, right.method, unit, density, right.grade
            )
        if _below(right, minimum):
            found.add("below_minimum")
    return frozenset(found)


def _output_bounds(
    scenario: Scenario, mineral: Mineral | None, product: Product | None, right: Right
) -> dict[str, float]:
    """Return `factor`, `top` and `least` in the product's unit; NaN without capacity or product."""
    if mineral is None or product is None or right.capacity is None:
        return {"factor": math.nan, "top": math.nan, "least": math.nan}
    options = scenario.question.options
    capacity, unit = right.capacity.value, right.capacity.unit
    density = right.density or product.density
    factor = product_per_ore(product, unit, right.density, right.grade)
    top = capacity * factor * options.availability
    least = options.min_load * top
    if options.minimum_binds_output:
        asked = table_minimum(
            scenario.plan, mineral, right.deposit_class, right.method, unit, density, right.grade
        )
        if not math.isnan(asked):
            least = max(least, min(asked, capacity) * factor * options.availability)
    if right.reserves is not None:
        reserves = quantity_in(right.reserves, unit, density) * factor
        top = reserves if math.isnan(reserves) else min(top, reserves)
    return {"factor": factor, "top": top, "least": least}


def _policy(
    scenario: Scenario, mineral: Mineral | None, density: float | None, right: Right
) -> dict[str, Any]:
    """Return protection, grounds, and the weights of closing and of sharing."""
    plan, question = scenario.plan, scenario.question
    options = question.options
    large_medium = right.size_class in ("large", "medium")
    traits = keep_points(plan, mineral, right.area, right.green, large_medium)
    found = grounds(plan, mineral, density, right, question.year)
    leave = {str(ground): points for ground, points in options.preference.leave.items()}
    keep = options.preference.keep
    never = options.protection.never_close
    return {
        "large_medium": large_medium,
        "protected": (
            ("green" in never and right.green)
            or ("large_medium" in never and large_medium)
            or (right.named and right.origin("status") == Provenance.SYNTHETIC)
        ),
        "grounds": found,
        "protection_weight": options.protection.weights.get(right.status, 1.0),
        "keep_points": sum(keep.get(trait, 0.0) for trait in traits),
        "leave_points": sum(leave.get(ground, 0.0) for ground in found),
    }


def _row(scenario: Scenario, right: Right) -> dict[str, Any]:
    plan, year = scenario.plan, scenario.question.year
    mineral = plan.mineral(right.mineral)
    product = None if mineral is None or mineral.product is None else plan.product(mineral.product)
    density = right.density or (None if product is None else product.density)
    return {
        "name": right.name,
        "county": right.county,
        "mineral": right.mineral,
        "product": None if product is None else product.name,
        "group": None if mineral is None else mineral.group,
        "authority": right.authority,
        "size_class": right.size_class or "small",
        "green": right.green,
        "synthetic": right.synthetic,
        "capacity": math.nan if right.capacity is None else right.capacity.value,
        "capacity_unit": "" if right.capacity is None else right.capacity.unit,
        "works": right.status in WORKING and right.safety_licence and not right.red_line,
        "due": due_for_renewal(right, year),
        "lapsed": right.status == Status.EXPIRED and right.renewal != Renewal.RENEW,
        "forced": forced_to_leave(plan, mineral, right, year),
        **_output_bounds(scenario, mineral, product, right),
        **_policy(scenario, mineral, density, right),
    }


def rights_frame(scenario: Scenario) -> pd.DataFrame:
    """Return one row per register right, indexed by licence.

    Amounts: `capacity` in `capacity_unit` of ore per year; `factor` product units per unit of
    ore; `top` and `least` (while it runs) in the product's unit; NaN where unknown.
    """
    import pandas as pd

    rows = [_row(scenario, right) for right in scenario.rights]
    index = pd.Index([right.licence for right in scenario.rights], dtype=object, name="right")
    return pd.DataFrame(rows, index=index, columns=list(COLUMNS))
