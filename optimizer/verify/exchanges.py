"""One out, one in: new rights of one kind need rights of another to be gone."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.scopes import is_in_scope
from minequota.optimizer.verify.senses import miss
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import FIGURE


@dataclass(frozen=True)
class Swap:
    """New rights that have entered by a year's end, and how many the gone ones make room for."""

    entered: float
    room: float
    missed: float


def swapped(clause: Row, inputs: Inputs, reckoning: Reckoning) -> Swap:
    """Return the figures of one exchange; of a merger all members but one are gone."""
    year, decisions = clause["year"], reckoning.decisions
    entered = sum(
        row["year"] <= year and is_in_scope(row, clause["entering"])
        for row in decisions.issued.values()
    )
    gone = sum(
        is_in_scope(inputs.right[right], clause["leaving"])
        for right in reckoning.gone(year, "leave_forced", "leave_chosen", "merge")
    )
    for right, decided in decisions.merged.items():
        if decided <= year:
            members = inputs.merger[right]["members"]
            inside = [is_in_scope(inputs.right[one], clause["leaving"]) for one in members]
            gone -= any(inside)
    room = clause["ratio"] * gone
    # What enters is held against what has left: its limit is no fixed figure.
    missed = miss(clause["sense"], float(entered), room, clause["tolerance"])
    return Swap(float(entered), room, missed)


def exchange_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the binding exchanges in which more enter than leave."""
    faults = []
    for (name, year), clause in inputs.count.items():
        if clause["code"] != "EXCHANGE" or clause["attribute"] != "binding":
            continue
        found = swapped(clause, inputs, reckoning)
        if found.missed > FIGURE:
            faults.append(
                fault("exchange_missed", f"{name} {year}", used=found.entered, limit=found.room)
            )
    return faults
