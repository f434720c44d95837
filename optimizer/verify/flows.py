"""Where output goes: to the demand centres within reach, and at what cost."""

from __future__ import annotations

import math
from collections import defaultdict

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import KILOMETRES, same
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.scenarios.question import Centre, Transport

#: Mean radius of the earth, in km.
EARTH = 6371.0088
YUAN_IN_WAN = 10_000


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points (longitude, latitude), along the great circle."""
    (east, north), (other_east, other_north) = (
        tuple(math.radians(degrees) for degrees in point) for point in (one, other)
    )
    across = other_east - east
    # The angle between the two directions from the earth's middle, stable for near points too.
    x = math.cos(other_north) * math.sin(across)
    y = math.cos(north) * math.sin(other_north)
    y -= math.sin(north) * math.cos(other_north) * math.cos(across)
    z = math.sin(north) * math.sin(other_north)
    z += math.cos(north) * math.cos(other_north) * math.cos(across)
    return EARTH * math.atan2(math.hypot(x, y), z)


def _names(inputs: Inputs, right: str) -> list[str]:
    """Return what a right may stand under in the distances, the most particular first."""
    row = inputs.right.get(right) or inputs.candidate.get(right) or inputs.merger[right]
    names = [right]
    for extra in inputs.scenario.question.extra_candidates:
        if extra.number > 1 and right.startswith(f"{extra.id}-") and right in inputs.candidate:
            names.append(extra.id)
    return [*names, row["zone"], row["county"]]


def _place(inputs: Inputs, right: str) -> tuple[float, float] | None:
    """Return a right's longitude and latitude; a merged one lies where its first member does."""
    members = inputs.merger[right]["members"] if right in inputs.merger else (right,)
    for member in members:
        one = inputs.registered.get(member)
        if one is not None and one.longitude is not None and one.latitude is not None:
            return one.longitude, one.latitude
    return None


def kilometres(inputs: Inputs, transport: Transport, right: str, centre: Centre) -> float:
    """Return the road kilometres from a right to a centre; NaN where nobody can say."""
    for name in _names(inputs, right):
        given = transport.distances.get(name, {}) if name else {}
        if centre.id in given:
            return given[centre.id]
    here = _place(inputs, right)
    if here is None or centre.longitude is None or centre.latitude is None:
        return math.nan
    return _between(here, (centre.longitude, centre.latitude)) * transport.road_factor


def _flow_faults(inputs: Inputs, transport: Transport, row: Row) -> list[Fault]:
    where = f"{row['right']} {row['centre']} {row['year']}"
    product, right = row["product"], row["right"]
    asked = inputs.asked.get((product, row["year"]))
    known = right in inputs.right or right in inputs.candidate or right in inputs.merger
    centre = next((one for one in transport.centres if one.id == row["centre"]), None)
    if asked is None or centre is None or not known or row["centre"] not in asked["places"]:
        return [fault("flow_unknown", where)]
    made = inputs.right.get(right) or inputs.candidate.get(right) or inputs.merger[right]
    facts = [("unit", row["unit"], asked["unit"]), ("product", product, made["product"])]
    faults = fact_faults("flow_differs", where, facts)
    if not row["amount"] > 0:
        faults.append(fault("flow_empty", where, found=row["amount"]))
    true = kilometres(inputs, transport, right, centre)
    if not same(row["kilometres"], true, KILOMETRES):
        faults.append(fault("flow_kilometres", where, found=row["kilometres"], expected=true))
    farthest = transport.reach.get(product, math.inf)
    if not true <= farthest + KILOMETRES:
        faults.append(fault("flow_out_of_reach", where, found=true, limit=farthest))
    rate = transport.cost_per_unit_km.get(product, 0.0)
    cost = row["amount"] * row["kilometres"] * rate / YUAN_IN_WAN
    if not same(row["cost"], cost):
        faults.append(fault("flow_cost", where, found=row["cost"], expected=cost))
    return faults


def _sum_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the rights whose flows do not add up to what they make."""
    sent: dict[tuple[int, str], list[float]] = defaultdict(list)
    for row in rows_of(records.flows):
        sent[row["year"], row["right"]].append(row["amount"])
    faults = []
    for row in rows_of(reckoning.output):
        asked = inputs.asked.get((row["product"], row["year"]))
        key = (row["year"], row["right"])
        led = asked is not None and bool(asked["places"])
        found = math.fsum(sent.get(key, []))
        step = inputs.product[row["product"]].step
        expected = row["amount"] if led else 0.0
        if not same(found, expected, amount_tolerance(step) * max(1, len(sent.get(key, [])))):
            faults.append(
                fault("flows_differ", f"{key[1]} {key[0]}", found=found, expected=expected)
            )
    made = {(row["year"], row["right"]) for row in rows_of(reckoning.output)}
    faults += [
        fault("flows_differ", f"{right} {year}", found=math.fsum(amounts), expected=0.0)
        for (year, right), amounts in sent.items()
        if (year, right) not in made
    ]
    return faults


def flow_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the flows get wrong: their ways, lengths, costs and sums."""
    transport = inputs.scenario.question.transport
    faults: list[Fault] = []
    seen: set[tuple[int, str, str]] = set()
    for row in rows_of(records.flows):
        key = (row["year"], row["right"], row["centre"])
        if key in seen:
            where = f"{row['right']} {row['centre']} {row['year']}"
            faults.append(fault("flow_repeated", where))
        seen.add(key)
        if transport is None:
            faults.append(fault("flow_unknown", f"{row['right']} {row['centre']} {row['year']}"))
        else:
            faults += _flow_faults(inputs, transport, row)
    return faults + _sum_faults(inputs, records, reckoning)
