"""The rights to be issued: where, how large, and whether they may be issued at all."""

from __future__ import annotations

import math
from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_by_id, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sizes import RANK
from minequota.optimizer.verify.tolerance import AMOUNT, same, whole_multiple


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _same_or_none(found: float, expected: float | None) -> bool:
    missing = expected is None or math.isnan(expected)
    return math.isnan(found) if missing else same(found, float(expected or 0.0))


def _is_own(candidate: Any, level: str) -> bool | None:
    """Whether the right is this authority's to issue; None where nothing says whose it is."""
    authority = candidate["authority"]
    return authority == level if isinstance(authority, str) else None


def _record_faults(inputs: Inputs, where: str, row: Any, candidate: Any) -> list[Fault]:
    question = inputs.scenario.question
    facts: list[tuple[str, object, object]] = [
        ("zone", row["zone"], candidate["zone"]),
        ("zone_name", row["zone_name"], candidate["name"]),
        ("county", row["county"], candidate["county"]),
        ("mineral", row["mineral"], candidate["mineral"]),
        ("product", _text(row["product"]), _text(candidate["product"])),
        ("year", row["year"], question.year),
        ("maximum_assumed", row["maximum_assumed"], candidate["maximum_assumed"]),
        ("own_authority", row["own_authority"], _is_own(candidate, question.authority_level)),
    ]
    faults = fact_faults("issuance_differs", where, facts)
    if not _same_or_none(row["area_km2"], candidate["area_km2"]):
        faults.append(
            fault(
                "issuance_differs",
                where,
                field="area_km2",
                found=row["area_km2"],
                expected=candidate["area_km2"],
            )
        )
    return faults


def _bound_faults(where: str, row: Any, candidate: Any, capacity: float) -> list[Fault]:
    unit, minimum, maximum = (candidate[name] for name in ("capacity_unit", "minimum", "maximum"))
    minimum_said = in_unit(row["minimum"], row["capacity_unit"], unit)
    maximum_said = in_unit(row["maximum"], row["capacity_unit"], unit)
    served = candidate["service_limit"]
    faults = []
    if not same(minimum_said, minimum):
        faults.append(
            fault("minimum_misstated", where, found=minimum_said, expected=minimum, unit=unit)
        )
    lowest = maximum if math.isnan(served) else min(maximum, served)
    if not (same(maximum_said, maximum) or same(maximum_said, lowest)):
        faults.append(
            fault("maximum_misstated", where, found=maximum_said, expected=maximum, unit=unit)
        )
    if not capacity >= minimum - AMOUNT:
        faults.append(
            fault("issued_below_minimum", where, found=capacity, limit=minimum, unit=unit)
        )
    if not capacity <= maximum + AMOUNT:
        faults.append(
            fault("issued_above_maximum", where, found=capacity, limit=maximum, unit=unit)
        )
    if capacity > served + AMOUNT:
        faults.append(
            fault("issued_beyond_reserves", where, found=capacity, limit=served, unit=unit)
        )
    return faults


def _size_faults(where: str, row: Any, candidate: Any, true_class: str) -> list[Fault]:
    faults = []
    if row["size_class"] != true_class:
        faults.append(
            fault("issued_class_wrong", where, found=row["size_class"], expected=true_class)
        )
    least = candidate["least_class"]
    if isinstance(least, str) and RANK.get(true_class, -1) < RANK[least]:
        faults.append(fault("area_minimum_missed", where, found=true_class, expected=least))
    return faults


def _zone_faults(inputs: Inputs, records: Records) -> list[Fault]:
    rights = {zone.code: zone.rights for zone in inputs.scenario.plan.zones}
    used = records.issuance.loc[records.issuance["zone"] != "", "zone"].value_counts()
    return [
        fault("zone_overfull", code, found=int(number), limit=rights.get(str(code), 0))
        for code, number in used.items()
        if number > rights.get(str(code), 0)
    ]


def issuance_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the issuance table gets wrong."""
    found = list(records.issuance["right"])
    faults = listing_faults("issuance", found, (), inputs.candidate)
    steps = {product.name: product.capacity_step for product in inputs.scenario.plan.products}
    issued = rows_by_id(reckoning.issued)
    for row in rows_of(records.issuance):
        where = row["right"]
        if where not in inputs.candidate:
            continue
        candidate = inputs.candidate[where]
        faults += _record_faults(inputs, where, row, candidate)
        faults += _bound_faults(where, row, candidate, issued[where]["capacity"])
        faults += _size_faults(where, row, candidate, issued[where]["size_class"])
        if candidate["refused"]:
            faults.append(fault(candidate["refused"], where, mineral=candidate["mineral"]))
        step = steps.get(candidate["product"])
        if step is not None and not whole_multiple(row["capacity"], step):
            faults.append(fault("issued_off_step", where, found=row["capacity"], step=step))
    return faults + _zone_faults(inputs, records)
