"""The rights to be issued: where, when, how large, and whether they may be issued at all."""

from __future__ import annotations

import math
from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sizes import RANK
from minequota.optimizer.verify.terms import term_years
from minequota.optimizer.verify.tolerance import AMOUNT, same, whole_multiple


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _same_or_none(found: float, expected: Any) -> bool:
    missing = expected is None or math.isnan(expected)
    return math.isnan(found) if missing else same(found, float(expected))


def _is_own(candidate: Row, level: str) -> bool | None:
    """Whether the right is this authority's to issue; None where nothing says whose it is."""
    authority = candidate["authority"]
    return authority == level if isinstance(authority, str) else None


def _record_faults(inputs: Inputs, where: str, row: Row, candidate: Row) -> list[Fault]:
    question = inputs.scenario.question
    first = inputs.horizon.first_new(row["year"], candidate["yields_from"])
    facts: list[tuple[str, object, object]] = [
        ("kind", row["kind"], candidate["kind"]),
        ("zone", row["zone"], candidate["zone"]),
        ("zone_name", row["zone_name"], candidate["name"]),
        ("county", row["county"], candidate["county"]),
        ("mineral", row["mineral"], candidate["mineral"]),
        ("product", _text(row["product"]), _text(candidate["product"])),
        ("first_output_year", row["first_output_year"], first),
        ("maximum_assumed", row["maximum_assumed"], candidate["maximum_assumed"]),
        ("assumed", row["assumed"], candidate["assumed"]),
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


def _bound_faults(where: str, row: Row, candidate: Row, capacity: float) -> list[Fault]:
    unit, minimum, maximum = (candidate[name] for name in ("capacity_unit", "minimum", "maximum"))
    density, served = candidate["density"], candidate["service_limit"]
    minimum_said = in_unit(row["minimum"], row["capacity_unit"], unit, density)
    maximum_said = in_unit(row["maximum"], row["capacity_unit"], unit, density)
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


def _conversion_faults(
    where: str, row: Row, candidate: Row, capacity: float, calendar: bool
) -> list[Fault]:
    """Return whether a conversion has another capacity than listed, or comes before its time."""
    faults = []
    if not same(capacity, candidate["maximum"]):
        unit = candidate["capacity_unit"]
        faults.append(
            fault(
                "converted_capacity",
                where,
                found=capacity,
                expected=candidate["maximum"],
                unit=unit,
            )
        )
    first = candidate["first_year"]
    if first is not None and row["year"] < first:
        faults.append(fault("project_too_early", where, found=row["year"], limit=first))
    last = candidate["last_year"] if calendar else None
    if last is not None and row["year"] > last:
        faults.append(fault("project_too_late", where, found=row["year"], limit=last))
    return faults


def _size_faults(where: str, row: Row, candidate: Row, true_class: str) -> list[Fault]:
    faults = []
    if row["size_class"] != true_class:
        faults.append(
            fault("issued_class_wrong", where, found=row["size_class"], expected=true_class)
        )
    least = candidate["least_class"]
    if isinstance(least, str) and RANK.get(true_class, -1) < RANK[least]:
        faults.append(fault("area_minimum_missed", where, found=true_class, expected=least))
    return faults


def issuance_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the issuance table gets wrong."""
    plan = inputs.scenario.plan
    faults = listing_faults("issuance", records.issuance["right"], (), inputs.candidate)
    for row in rows_of(records.issuance):
        where = row["right"]
        if where not in inputs.candidate:
            continue
        candidate, issued = inputs.candidate[where], reckoning.decisions.issued[where]
        faults += _record_faults(inputs, where, row, candidate)
        faults += _bound_faults(where, row, candidate, issued["capacity"])
        faults += _size_faults(where, row, candidate, issued["size_class"])
        if candidate["refused"]:
            code = candidate["refused"]
            faults.append(fault(f"{code}_issued", where, mineral=candidate["mineral"]))
        if candidate["kind"] == "converted":
            calendar = inputs.horizon.calendar
            faults += _conversion_faults(where, row, candidate, issued["capacity"], calendar)
        elif candidate["product"] is not None:
            step = inputs.product[candidate["product"]].capacity_step
            if not whole_multiple(row["capacity"], step):
                faults.append(fault("issued_off_step", where, found=row["capacity"], step=step))
        term = term_years(plan, issued)
        if row["term_years"] != term:
            faults.append(fault("term_wrong", where, found=row["term_years"], expected=term))
    return faults
