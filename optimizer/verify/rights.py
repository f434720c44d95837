"""What happens to the rights of the register: who is forced, protected, due, and why."""

from __future__ import annotations

import math
from typing import Any

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import LEAVING, Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import same


def _kind_faults(where: str, right: Any, kind: str, closing: bool) -> list[Fault]:
    if right["forced"] and kind != "leave_forced":
        return [fault("forced_leaver_kept", where, found=kind)]
    if not right["forced"] and kind == "leave_forced":
        return [fault("forced_without_reason", where)]
    if kind == "leave_chosen":
        faults = [] if closing else [fault("closing_switched_off", where)]
        return [*faults, *([fault("protected_right_leaves", where)] if right["protected"] else [])]
    expected = "keep"
    if right["due"]:
        expected = "lapsed" if right["lapsed"] else "renew"
    if kind not in LEAVING and kind != expected:
        return [fault("renewal_misstated", where, found=kind, expected=expected)]
    return []


def _grounds_faults(where: str, right: Any, row: Any) -> list[Fault]:
    found, true = list(row["grounds"]), right["grounds"]
    reasoned = row["kind"] in (*LEAVING, "lapsed")
    wrong = set(found) != true if reasoned else not set(found) <= true
    if wrong or len(set(found)) != len(found):
        shown = ", ".join(found) or "-"
        expected = ", ".join(sorted(true)) or "-"
        return [fault("grounds_wrong", where, found=shown, expected=expected)]
    return []


def _fact_faults(where: str, right: Any, row: Any) -> list[Fault]:
    anonymous = row["kind"] in LEAVING and right["synthetic"]
    faults = fact_faults(
        "action_differs",
        where,
        [
            (name, row[name], right[name])
            for name in ("county", "mineral", "size_class", "green", "synthetic")
        ],
    )
    if anonymous and row["name"]:
        faults.append(fault("synthetic_leaver_named", where, found=row["name"]))
    if not anonymous:
        faults += fact_faults("action_differs", where, [("name", row["name"], right["name"])])
    if math.isnan(right["capacity"]):
        stated = not math.isnan(row["capacity"])
    else:
        stated = (
            not same(row["capacity"], right["capacity"])
            or row["capacity_unit"] != right["capacity_unit"]
        )
    if stated:
        faults.append(
            fault(
                "action_differs",
                where,
                field="capacity",
                found=f"{row['capacity']:.12g} {row['capacity_unit']}",
                expected=f"{right['capacity']:.12g} {right['capacity_unit']}",
            )
        )
    return faults


def rights_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the actions get wrong: each register right has exactly one, and the right one."""
    faults = listing_faults("action", records.actions["right"], inputs.right)
    closing = inputs.scenario.question.options.closing
    for row in rows_of(records.actions):
        where = row["right"]
        if where not in inputs.right:
            continue
        right = inputs.right[where]
        kind = row["kind"]
        faults += _fact_faults(where, right, row)
        faults += _kind_faults(where, right, kind, closing)
        faults += _grounds_faults(where, right, row)
        eligible = bool(right["works"]) and kind not in LEAVING
        if row["eligible"] != eligible:
            faults.append(fault("eligible_wrong", where, found=row["eligible"], expected=eligible))
    return faults
