"""Mergers and expansions: listed, in time, large enough, each right in one of them at most."""

from __future__ import annotations

import math
from collections import Counter

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_by_id, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import AMOUNT, same


def _expected(inputs: Inputs, row: Row) -> Row | None:
    """Return what the listed project says of the record; None where nobody lists it."""
    if row["kind"] == "merge":
        project = inputs.merger.get(f"merger:{row['id']}")
        if project is None:
            return None
        first = inputs.horizon.first_merged(row["year"], project["yields_from"])
        holder = "" if project["holder"] == f"merger:{row['id']}" else project["holder"]
        merged = {"right": f"merger:{row['id']}", "first_output_year": first}
        return project | merged | {"holder": holder}
    project = inputs.expansion.get(row["id"])
    if project is None:
        return None
    right = inputs.right[project["right"]]
    facts = {name: right[name] for name in ("name", "county", "mineral", "synthetic")}
    return {
        **facts,
        **project,
        "members": (project["right"],),
        "holder": inputs.registered[project["right"]].holder,
        "capacity_unit": right["capacity_unit"],
        "density": right["ore"].density,
        "first_output_year": inputs.horizon.first_enlarged(row["year"], project["yields_from"]),
    }


def _fact_faults(where: str, row: Row, project: Row) -> list[Fault]:
    names = (
        *("right", "name", "holder", "county", "mineral", "size_class"),
        *("first_output_year", "synthetic", "assumed", "source"),
    )
    faults = fact_faults(
        "reorganisation_differs", where, [(one, row[one], project[one]) for one in names]
    )
    found, expected = sorted(row["members"]), sorted(project["members"])
    if found != expected:
        faults.append(
            fault(
                "reorganisation_differs",
                where,
                field="members",
                found=", ".join(found),
                expected=", ".join(expected),
            )
        )
    unit = project["capacity_unit"]
    density = project["ore"].density if "ore" in project else project["density"]
    for name in ("capacity_before", "capacity", "minimum"):
        stated = in_unit(row[name], row["capacity_unit"], unit, density)
        if not same(stated, project[name]):
            faults.append(
                fault(
                    f"reorganisation_{name}", where, found=stated, expected=project[name], unit=unit
                )
            )
    return faults


def _rule_faults(inputs: Inputs, where: str, row: Row, project: Row) -> list[Fault]:
    """Return the rules the project itself breaks."""
    faults = []
    if project["refused"]:
        faults.append(fault(f"{project['refused']}_reorganised", where))
    unit, capacity = project["capacity_unit"], project["capacity"]
    # What is merged goes on as an existing mine and must be large enough for one.
    lasting = project.get("lasting", math.nan)
    least = project["minimum"] if math.isnan(lasting) else max(project["minimum"], lasting)
    if capacity < least - AMOUNT:
        faults.append(
            fault("reorganised_below_minimum", where, found=capacity, limit=least, unit=unit)
        )
    if capacity > project["service_limit"] + AMOUNT:
        faults.append(
            fault(
                "reorganised_beyond_reserves",
                where,
                found=capacity,
                limit=project["service_limit"],
                unit=unit,
            )
        )
    first = project["first_year"]
    if first is not None and row["year"] < first:
        faults.append(fault("project_too_early", where, found=row["year"], limit=first))
    # In target state the plan is fulfilled whenever its projects stood in the calendar.
    last = project["last_year"] if inputs.horizon.calendar else None
    if last is not None and row["year"] > last:
        faults.append(fault("project_too_late", where, found=row["year"], limit=last))
    return faults


def _member_faults(inputs: Inputs, records: Records, row: Row, project: Row) -> list[Fault]:
    """Return the members whose own action says something else."""
    actions = rows_by_id(records.actions.drop_duplicates("right").set_index("right"))
    faults = []
    for licence in project["members"]:
        action = actions.get(licence)
        if action is None:
            continue
        merging = row["kind"] == "merge"
        told = (action["kind"], action["year"], action["project"])
        # A right may be enlarged first and leave later: then its leaving is what is told.
        leaves_later = not merging and action["kind"] != "expand" and action["year"] > row["year"]
        meant = ("merge" if merging else "expand", row["year"], row["id"])
        if told != meant and not (leaves_later and action["kind"] not in ("keep", "renew")):
            faults.append(
                fault(
                    "member_differs",
                    f"{row['id']} {licence}",
                    found=" ".join(str(one) for one in told),
                    expected=" ".join(str(one) for one in meant),
                )
            )
    return faults


def _together_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the rights in two mergers, and the actions that name no project."""
    merging: Counter[str] = Counter()
    projects = {}
    for row in rows_of(records.reorganisations.drop_duplicates("id")):
        expected = _expected(inputs, row)
        projects[row["kind"], row["id"]] = () if expected is None else expected["members"]
        if row["kind"] == "merge" and expected is not None:
            merging.update(expected["members"])
    faults = [
        fault("merged_twice", licence, times=times)
        for licence, times in merging.items()
        if times > 1
    ]
    for action in rows_of(records.actions):
        if action["kind"] in ("merge", "expand"):
            members = projects.get((action["kind"], action["project"]), ())
            if action["right"] not in members:
                faults.append(
                    fault("project_unlisted", action["right"], project=action["project"] or "-")
                )
        elif action["project"]:
            faults.append(fault("project_unlisted", action["right"], project=action["project"]))
    return faults


def reorganisation_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what mergers and expansions get wrong."""
    known = [*inputs.expansion, *(ident.removeprefix("merger:") for ident in inputs.merger)]
    faults = listing_faults("reorganisation", records.reorganisations["id"], (), known)
    for row in rows_of(records.reorganisations):
        where = row["id"]
        project = _expected(inputs, row)
        if project is None:
            if where in known:
                found = row["kind"]
                faults.append(fault("reorganisation_unknown", f"{where} {found}"))
            continue
        faults += _fact_faults(where, row, project)
        faults += _rule_faults(inputs, where, row, project)
        faults += _member_faults(inputs, records, row, project)
    return faults + _together_faults(inputs, records, reckoning)
