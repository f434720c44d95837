"""Every goal's value, from the final tables alone, and whether its status is honest."""

from __future__ import annotations

import math
from typing import Any

from minequota.optimizer.verify.balance import unmet
from minequota.optimizer.verify.caps import cap_used
from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import numbers
from minequota.optimizer.verify.tolerance import PROOF, same

#: Points of a right's leaving on no ground at all, so that a stronger ground is cheaper.
COST_OF_LEAVING = 20.0
PROVEN = ("optimal", "within_gap")


def expected_indicators(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return Σ weight × miss / base over the expected indicators."""
    weights = inputs.scenario.question.options.indicator_weights
    parts = []
    for cap in inputs.cap.values():
        if cap["attribute"] == "expected":
            used = cap_used(cap, reckoning)
            missed = miss(cap["sense"], used, cap["limit"], cap["tolerance"])
            parts.append(weights.get(cap["ident"], 1.0) * missed / cap["base"])
    for clause in inputs.count.values():
        if clause["attribute"] == "expected":
            found = numbers(clause, inputs, reckoning)
            parts.append(weights.get(clause["ident"], 1.0) * found.missed / found.base)
    return math.fsum(parts)


def unmet_demand(inputs: Inputs, reckoning: Reckoning, priority: int) -> float:
    """Return Σ unmet / demand over the products of one priority."""
    return math.fsum(
        unmet(inputs, reckoning, product) / asked["demand"]
        for product, asked in inputs.asked.items()
        if asked["priority"] == priority and asked["demand"] > 0
    )


def capacity_issued(reckoning: Reckoning) -> float:
    """Return Σ capacity / minimum over the issued rights; NaN where a minimum is missing."""
    issued = reckoning.issued
    if not (issued["minimum"] > 0).all():
        return math.nan
    return math.fsum(issued["capacity"] / issued["minimum"])


def policy_preference(reckoning: Reckoning) -> float:
    """Return the points of who leaves, who is issued, and which mines with a floor run.

    Leaving costs a constant, plus what the plan would keep, less what the grounds take off.
    Issuing, and running where resting is the alternative, earn what the plan would keep.
    """
    runs = reckoning.output["amount"] > 0
    running = reckoning.output.index[runs & (reckoning.output["least"] > 0)]
    return math.fsum(
        [
            COST_OF_LEAVING * len(reckoning.chosen),
            *reckoning.chosen["keep_points"],
            *(-reckoning.chosen["leave_points"]),
            *(-reckoning.issued["keep_points"]),
            *(-reckoning.output.loc[running, "keep_points"]),
        ]
    )


def _values(inputs: Inputs, reckoning: Reckoning) -> dict[str, float | None]:
    """Return the goals in the order asked; None where the contract gives no formula."""
    values: dict[str, float | None] = {}
    for goal in inputs.scenario.question.goals:
        if goal == "expected_indicators":
            values[goal] = expected_indicators(inputs, reckoning)
        elif goal == "unmet_demand":
            for priority in sorted(set(inputs.demand["priority"])):
                value = unmet_demand(inputs, reckoning, priority)
                values[f"unmet_demand_{priority}"] = value
        elif goal == "closures":
            values[goal] = math.fsum(reckoning.chosen["protection_weight"])
        elif goal == "actions":
            values[goal] = float(len(reckoning.issued))
        elif goal == "capacity_issued":
            value = capacity_issued(reckoning)
            values[goal] = None if math.isnan(value) else value
        elif goal == "policy_preference":
            values[goal] = policy_preference(reckoning)
        else:
            values[goal] = None
    return values


def _room(inputs: Inputs, records: Records, reckoning: Reckoning, name: str) -> float:
    """Return how much of a goal rounding may cost: every figure moves by less than a step."""
    steps = {product.name: product.capacity_step for product in inputs.scenario.plan.products}
    issued = reckoning.issued
    grain = issued["product"].map(steps).astype(float)
    if name == "capacity_issued":
        return math.fsum(grain / issued["minimum"])
    moved: dict[str, float] = dict(
        zip(records.rounding["product"], records.rounding["step"], strict=True)
    )
    moved = {
        product: step * int((reckoning.output["product"] == product).sum())
        + math.fsum((grain * issued["factor"])[issued["product"] == product])
        for product, step in moved.items()
    }
    if name.startswith("unmet_demand"):
        return math.fsum(
            moved.get(product, 0.0) / asked["demand"]
            for product, asked in inputs.asked.items()
            if asked["demand"] > 0
        )
    if name == "expected_indicators":
        weights = inputs.scenario.question.options.indicator_weights
        return math.fsum(
            weights.get(cap["ident"], 1.0) * moved.get(cap["product"], 0.0) / cap["base"]
            for cap in inputs.cap.values()
        )
    return 0.0


def _order_faults(records: Records, expected: list[str]) -> list[Fault]:
    found = list(records.goals["name"])
    if found == expected:
        return []
    stopped = bool(found) and records.goals["status"].iloc[-1] not in PROVEN
    if stopped and found == expected[: len(found)]:
        return []
    return [fault("goal_order", "goals", found=", ".join(found), expected=", ".join(expected))]


def _proof_faults(row: Any, allowed: float) -> list[Fault]:
    name, value, bound, status = row["name"], row["value"], row["bound"], row["status"]
    if min(row["absolute_gap"], row["relative_gap"], row["tolerance"]) < 0:
        return [fault("goal_negative", name)]
    if math.isnan(bound):
        return [fault("goal_status", name, found=status, gap=bound)] if status in PROVEN else []
    size = max(1.0, abs(value))
    gap = abs(value - bound)
    faults = []
    if not same(row["absolute_gap"], gap, PROOF * size):
        faults.append(fault("goal_gap", name, found=row["absolute_gap"], expected=gap))
    if bound > value + PROOF * size:
        faults.append(fault("goal_bound", name, found=bound, limit=value))
    open_gap = max(row["absolute_gap"], gap)
    promised = {"optimal": 0.0, "within_gap": allowed * abs(value)}
    if status in promised and open_gap > promised[status] + PROOF * size:
        faults.append(fault("goal_status", name, found=status, gap=open_gap))
    return faults


def goals_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the goals whose order, value or proof is not what the tables and bounds say."""
    values = _values(inputs, reckoning)
    faults = _order_faults(records, list(values))
    allowed = inputs.scenario.question.solving.gap
    for row in rows_of(records.goals):
        name, value = row["name"], values.get(row["name"])
        faults += _proof_faults(row, allowed)
        if value is None:
            continue
        if not same(row["rounded_value"], value):
            faults.append(fault("goal_value", name, found=row["rounded_value"], expected=value))
        size = max(1.0, abs(value))
        room = PROOF * size
        off = max(value - row["value"] - row["tolerance"], row["bound"] - value)
        if off > room:
            room += _room(inputs, records, reckoning, name)
        if value > row["value"] + row["tolerance"] + room:
            faults.append(fault("goal_lost", name, found=value, limit=row["value"]))
        if row["status"] in PROVEN and value < row["bound"] - room:
            faults.append(fault("goal_beats_bound", name, found=value, limit=row["bound"]))
    return faults
