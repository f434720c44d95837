"""The register as one pandas frame, with everything the rules ask of a right."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import Ore, product_per_ore, quantity_in
from minequota.optimizer.verify.departures import (
    due_for_renewal,
    ends_for_good,
    existing_deadline,
    gone_by,
    is_below,
    licence_ends,
)
from minequota.optimizer.verify.horizon import Horizon
from minequota.optimizer.verify.minimums import (
    Mine,
    existing_minimum,
    table_minimum,
    usual_minimum,
)
from minequota.optimizer.verify.policy import keep_points
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Provenance, Renewal, Right, Status
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

STOPPED = (Status.STOPPED, Status.SEALED, Status.STOP_ORDER)
WORKING = (Status.PRODUCING, Status.BUILDING)
RESUMING = (Status.STOPPED, Status.STOP_ORDER)
NEVER = math.inf


def zone_code(plan: Plan, text: str) -> str:
    """Return the code of the zone a right names by code or name; its own text for no zone."""
    for zone in plan.zones:
        if text and text in (zone.code, zone.name):
            return zone.code
    return text


def works_from(right: Right) -> float:
    """Return the year from which a right may produce while it is held; infinite for never.

    A stopped mine resumes, and one being built begins, in the year stated. Neither a seal, an
    expired licence, a red line nor a missing safety licence ends by itself.
    """
    if not right.safety_licence or right.red_line:
        return NEVER
    if right.status == Status.BUILDING and right.resumes is not None:
        return float(right.resumes)
    if right.status in WORKING:
        return -NEVER
    resumes = right.status in RESUMING and right.resumes is not None
    return float(right.resumes or 0) if resumes else NEVER


def grounds(plan: Plan, right: Right, mine: Mine | None, last_year: int) -> frozenset[str]:
    """Return why a right might leave, as `Preference.leave` names it."""
    found = set()
    ended = right.licence_end is not None and right.licence_end < date(last_year, 1, 1)
    if right.status == Status.EXPIRED or ended or ends_for_good(plan, right, mine, last_year):
        found.add("expired")
    if right.status in STOPPED:
        found.add("stopped")
    if right.status == Status.RED_LINE or right.red_line:
        found.add("red_line")
    if mine is not None and mine.mineral.sand_stone_clay and not right.zone:
        found.add("outside_zones")
    if mine is not None and is_below(right, usual_minimum(plan, mine)):
        found.add("below_minimum")
    return frozenset(found)


def _policy(scenario: Scenario, right: Right, mine: Mine | None, last: int) -> dict[str, Any]:
    """Return protection, grounds, and the points of keeping and of leaving."""
    plan, options = scenario.plan, scenario.question.options
    large_medium = right.size_class in ("large", "medium")
    mineral = None if mine is None else mine.mineral
    traits = keep_points(plan, mineral, right.area, right.green, large_medium)
    found = grounds(plan, right, mine, last)
    leave = {str(ground): points for ground, points in options.preference.leave.items()}
    keep, never = options.preference.keep, options.protection.never_close
    return {
        "traits": traits,
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


def _fate(scenario: Scenario, right: Right, mine: Mine | None, last: int) -> dict[str, Any]:
    """Return when a right's licence ends, and when and why it must be gone."""
    plan = scenario.plan
    zone = zone_code(plan, right.zone)
    asked = math.nan if mine is None else existing_minimum(plan, mine)
    small = is_below(right, asked)
    return {
        "zone": zone,
        "works_from": works_from(right),
        "shares": scenario.question.options.usable.get(right.licence, {}),
        "stands_still": right.status in RESUMING and not right.red_line,
        "due": due_for_renewal(right, last),
        "licence_end": licence_ends(right),
        "lapsed": right.status == Status.EXPIRED and right.renewal != Renewal.RENEW,
        "gone_by": gone_by(plan, right, mine, zone),
        "lift_by": existing_deadline(plan) if small else None,
        "lift_to": asked if small else math.nan,
    }


def _ore_figures(scenario: Scenario, right: Right, mine: Mine | None) -> dict[str, Any]:
    """Return capacity, reserves and the table's minimum in the licence's unit; NaN for none."""
    unit = "" if right.capacity is None else right.capacity.unit
    product = None if mine is None else mine.product
    known = mine is not None and right.capacity is not None
    return {
        "capacity": math.nan if right.capacity is None else right.capacity.value,
        "capacity_unit": unit,
        "factor": product_per_ore(product, unit, mine.ore)
        if mine is not None and product is not None and unit
        else math.nan,
        "reserves": quantity_in(right.reserves, unit, mine.density)
        if mine is not None and unit
        else math.nan,
        "asked": table_minimum(scenario.plan, mine) if mine is not None and known else math.nan,
    }


def _row(scenario: Scenario, right: Right, horizon: Horizon) -> dict[str, Any]:
    plan = scenario.plan
    mineral = plan.mineral(right.mineral)
    product = None if mineral is None or mineral.product is None else plan.product(mineral.product)
    ore = Ore(right.density, right.grade, right.recovery, right.block_yield)
    unit = "" if right.capacity is None else right.capacity.unit
    mine = None
    if mineral is not None:
        mine = Mine(mineral, product, unit, ore, right.deposit_class, right.method)
    return {
        "name": right.name,
        "county": right.county,
        "mineral": right.mineral,
        "product": None if product is None else product.name,
        "group": None if mineral is None else mineral.group,
        "authority": right.authority,
        "holder": right.holder_group or right.holder or right.licence,
        "size_class": right.size_class or "small",
        "green": right.green,
        "synthetic": right.synthetic,
        "use": right.use,
        "parts": None,
        "ore": ore,
        "method": right.method,
        "deposit": right.deposit_class,
        **_ore_figures(scenario, right, mine),
        **_fate(scenario, right, mine, horizon.last),
        **_policy(scenario, right, mine, horizon.last),
    }


COLUMNS = (
    *("name", "county", "mineral", "product", "group", "authority", "holder", "size_class"),
    *("green", "synthetic", "use", "parts", "ore", "method", "deposit"),
    *("capacity", "capacity_unit", "factor", "reserves", "asked"),
    *(
        "zone",
        "works_from",
        "shares",
        "stands_still",
        "due",
        "licence_end",
        "lapsed",
        "gone_by",
        "lift_by",
        "lift_to",
    ),
    *("traits", "protected", "grounds", "protection_weight", "keep_points", "leave_points"),
)


def rights_frame(scenario: Scenario, horizon: Horizon) -> pd.DataFrame:
    """Return one row per register right, indexed by licence.

    Amounts of ore are in `capacity_unit`, `factor` is product units per unit of ore; NaN where
    unknown. `gone_by` is the year by whose end the right must have left, `lift_by` the one by
    which it must have been enlarged or merged to at least `lift_to`; None for neither.
    """
    import pandas as pd

    rows = [_row(scenario, right, horizon) for right in scenario.rights]
    index = pd.Index([right.licence for right in scenario.rights], dtype=object, name="right")
    frame = pd.DataFrame(rows, index=index, columns=list(COLUMNS), dtype=object)
    numbers = ("capacity", "factor", "reserves", "asked", "lift_to", "works_from")
    return frame.astype(dict.fromkeys(numbers, float))
