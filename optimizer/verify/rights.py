"""What happens to the rights of the register: who is forced, protected, due, when and why."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.holdings import LEAVING
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import same


def forced_year(inputs: Inputs, reckoning: Reckoning, licence: str) -> int | None:
    """Return the planned year a right must leave in; None where nothing forces it.

    A right too small for an existing mine stays where it is enlarged or merged in time.
    """
    right, horizon = inputs.right[licence], inputs.horizon
    years = [horizon.due(right["gone_by"])]
    lift = horizon.due(right["lift_by"])
    if lift is not None and not _lifted(inputs, reckoning, licence, lift):
        years.append(lift)
    return min((year for year in years if year is not None), default=None)


def _lifted(inputs: Inputs, reckoning: Reckoning, licence: str, by: int) -> bool:
    """Whether a right is enlarged to what is asked, or merged away, by the end of a year."""
    decisions = reckoning.decisions
    if decisions.kind.get(licence) == "merge":
        return decisions.gone[licence] <= by
    if licence not in decisions.enlarged:
        return False
    ident, year = decisions.enlarged[licence]
    return year <= by and inputs.expansion[ident]["capacity"] >= inputs.right[licence]["lift_to"]


def _kind_faults(inputs: Inputs, reckoning: Reckoning, row: Row) -> list[Fault]:
    where, kind, year = row["right"], row["kind"], row["year"]
    right = inputs.right[where]
    forced = forced_year(inputs, reckoning, where)
    if kind == "leave_chosen":
        faults = []
        if not inputs.scenario.question.options.closing:
            faults.append(fault("closing_switched_off", where))
        if right["protected"]:
            faults.append(fault("protected_right_leaves", where))
        if forced is not None and year >= forced:
            faults.append(fault("forced_called_chosen", where, found=year, expected=forced))
        return faults
    if kind == "merge":
        # A member must still stand there at the end of the year before.
        late = forced is not None and year > forced
        return [fault("forced_leaver_kept", where, found=kind, year=forced)] if late else []
    if forced is not None:
        if kind != "leave_forced":
            return [fault("forced_leaver_kept", where, found=kind, year=forced)]
        wrong = year != forced
        return [fault("forced_year_wrong", where, found=year, expected=forced)] if wrong else []
    if kind == "leave_forced":
        return [fault("forced_without_reason", where)]
    return _staying_faults(inputs, reckoning, row)


def _staying_faults(inputs: Inputs, reckoning: Reckoning, row: Row) -> list[Fault]:
    """Return what is wrong with the word and year of a right that stays."""
    where, horizon = row["right"], inputs.horizon
    right = inputs.right[where]
    expected, years = "keep", {horizon.last}
    if where in reckoning.decisions.enlarged:
        expected, years = "expand", {reckoning.decisions.enlarged[where][1]}
    elif right["due"] and right["lapsed"]:
        expected = "lapsed"
    elif right["due"]:
        # The year the licence ends in; one that ended before is renewed in the first.
        expected, years = "renew", {max(right["licence_end"], horizon.first)}
    if row["kind"] != expected:
        return [fault("renewal_misstated", where, found=row["kind"], expected=expected)]
    if row["year"] not in years:
        shown = ", ".join(str(year) for year in sorted(years))
        return [fault("action_year_wrong", where, found=row["year"], expected=shown)]
    return []


def _grounds_faults(where: str, right: Row, row: Row) -> list[Fault]:
    found, true = list(row["grounds"]), right["grounds"]
    reasoned = row["kind"] in (*LEAVING, "lapsed")
    wrong = set(found) != true if reasoned else not set(found) <= true
    if wrong or len(set(found)) != len(found):
        shown = ", ".join(found) or "-"
        expected = ", ".join(sorted(true)) or "-"
        return [fault("grounds_wrong", where, found=shown, expected=expected)]
    return []


def _fact_faults(inputs: Inputs, reckoning: Reckoning, row: Row) -> list[Fault]:
    where = row["right"]
    right = inputs.right[where]
    anonymous = row["kind"] in LEAVING and right["synthetic"]
    names = ("county", "mineral", "size_class", "green", "synthetic")
    faults = fact_faults("action_differs", where, [(one, row[one], right[one]) for one in names])
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


def _eligible_faults(inputs: Inputs, reckoning: Reckoning, row: Row) -> list[Fault]:
    """Return whether the record says wrongly that a right may produce at the horizon's end."""
    gone = row["kind"] in (*LEAVING, "merge")
    eligible = not gone and inputs.horizon.last >= inputs.right[row["right"]]["works_from"]
    if row["eligible"] == eligible:
        return []
    return [fault("eligible_wrong", row["right"], found=row["eligible"], expected=eligible)]


def rights_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the actions get wrong: each register right has exactly one, and the right one."""
    faults = listing_faults("action", records.actions["right"], inputs.right)
    for row in rows_of(records.actions):
        where = row["right"]
        if where in inputs.right:
            faults += _fact_faults(inputs, reckoning, row)
            faults += _kind_faults(inputs, reckoning, row)
            faults += _grounds_faults(where, inputs.right[where], row)
            faults += _eligible_faults(inputs, reckoning, row)
    return faults
