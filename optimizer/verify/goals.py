"""Whether the goals are told in their order, with the values the tables have, and honestly."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.goal_values import goal_values, year_weight
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import PROOF, same
from minequota.optimizer.verify.uneven import unevenness_reach
from minequota.optimizer.verify.weights import unevenness

PROVEN = ("optimal", "within_gap")


def _moved(inputs: Inputs, records: Records, reckoning: Reckoning) -> dict[tuple[str, int], float]:
    """Return by how much rounding may move a product's output of a year, capacities included."""
    return {
        (product, year): amount + _grain(inputs, reckoning, product)
        for (product, year), amount in _figures_moved(inputs, records, reckoning).items()
    }


def _figures_moved(
    inputs: Inputs, records: Records, reckoning: Reckoning
) -> dict[tuple[str, int], float]:
    """Return by how much rounding may move a product's figures of a year: a step each."""
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    moved = {}
    for year in inputs.horizon.years:
        frame = reckoning.output[reckoning.output["year"] == year]
        for product, step in steps.items():
            if product in inputs.product:
                moved[product, year] = step * int((frame["product"] == product).sum())
    return moved


def _grain(inputs: Inputs, reckoning: Reckoning, product: str) -> float:
    """Return by how much rounding may move the capacity of a product's new rights."""
    step = inputs.product[product].capacity_step
    return math.fsum(
        step * row["factor"]
        for row in reckoning.decisions.issued.values()
        if row["product"] == product and row["kind"] == "new"
    )


def _room(inputs: Inputs, records: Records, reckoning: Reckoning, name: str) -> float:
    """Return how much of a goal rounding may cost: every figure moves by less than a step."""
    moved = _moved(inputs, records, reckoning)
    if name == "capacity_issued":
        return _capacity_room(inputs, reckoning, _figures_moved(inputs, records, reckoning))
    if name.startswith("unmet_demand") or name == "by_product":
        return math.fsum(
            year_weight(inputs, year) * moved.get((product, year), 0.0) / whole
            for (product, year), asked in inputs.asked.items()
            for whole in (asked["demand"], asked["handed_out"])
            if whole > 0
        )
    if name == "expected_indicators":
        weights = inputs.scenario.question.options.indicator_weights
        return math.fsum(
            weights.get(cap["ident"], 1.0)
            * year_weight(inputs, year)
            * moved.get((cap["product"], year), 0.0)
            / cap["base"]
            for (_, year), cap in inputs.cap.items()
        )
    if name == "evenness":
        least, most = unevenness_reach(inputs, records, reckoning)
        found = unevenness(inputs, reckoning)
        return max(found - least, most - found)
    if name in ("cost", "flows"):
        return _way_room(inputs, records, moved, name)
    return 0.0


def _capacity_room(
    inputs: Inputs, reckoning: Reckoning, moved: dict[tuple[str, int], float]
) -> float:
    """A new right is rounded up, and makes up for what rounding takes from the others' output."""
    rows = [row for row in reckoning.decisions.issued.values() if row["product"] is not None]
    own = math.fsum(
        inputs.product[row["product"]].capacity_step / (row["minimum"] or 1.0) for row in rows
    )
    made_up = 0.0
    for product in sorted({row["product"] for row in rows}):
        most = max((one for (name, _), one in moved.items() if name == product), default=0.0)
        least = min(
            (row["minimum"] or 1.0) * row["factor"] for row in rows if row["product"] == product
        )
        made_up += most / least
    return own + made_up


def _way_room(
    inputs: Inputs, records: Records, moved: dict[tuple[str, int], float], name: str
) -> float:
    """Return what carrying the tonnes that rounding moves the whole way would add."""
    transport = inputs.scenario.question.transport
    if transport is None or not len(records.flows):
        return 0.0
    farthest = float(records.flows["kilometres"].max())
    rates = transport.cost_per_unit_km
    return math.fsum(
        year_weight(inputs, year)
        * amount
        * farthest
        * (rates.get(product, 0.0) / 10_000 if name == "cost" else 1.0)
        for (product, year), amount in moved.items()
    )


def _order_faults(records: Records, expected: list[str]) -> list[Fault]:
    found = list(records.goals["name"])
    if found == expected:
        return []
    stopped = bool(found) and records.goals["status"].iloc[-1] not in PROVEN
    if stopped and found == expected[: len(found)]:
        return []
    return [fault("goal_order", "goals", found=", ".join(found), expected=", ".join(expected))]


def _proof_faults(row: Row, allowed: float) -> list[Fault]:
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
    values = goal_values(inputs, records, reckoning)
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
