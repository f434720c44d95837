"""Zones and pools: no more rights than each has, and the limits set on several together."""

from __future__ import annotations

import math

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.candidates import rights_left
from minequota.optimizer.verify.contents import ore_per_product
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.senses import miss
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import FIGURE


def in_zone(reckoning: Reckoning, code: str, year: int) -> int:
    """Return how many new rights stand in a zone or pool at the end of a year."""
    return sum(
        row["zone"] == code and row["year"] <= year and row["kind"] == "new"
        for row in reckoning.decisions.issued.values()
    )


def zone_used(clause: Row, inputs: Inputs, reckoning: Reckoning) -> float:
    """Return the capacity or output in the zones of a limit, in the limit's unit."""
    year = clause["year"]
    amounts = []
    for row in rows_of(reckoning.held(year)):
        if row["zone"] not in clause["zones"]:
            continue
        if clause["minerals"] and row["mineral"] not in clause["minerals"]:
            continue
        if row["product"] is None:
            # Of a mineral without a product the licence says all there is.
            output = clause["measure"] == "output"
            ore = 0.0 if output else row["capacity"]
            amounts.append(in_unit(ore, row["capacity_unit"], clause["unit"], row["ore"].density))
            continue
        made = row["capacity"] * row["factor"]
        if clause["measure"] == "output":
            made = reckoning.made_of.get((year, row["right"]), 0.0)
        product = inputs.product[row["product"]]
        amounts.append(made * ore_per_product(product, row, clause["unit"]))
    return math.fsum(one for one in amounts if not math.isnan(one))


def zone_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the zones that are overfull and the limits on zones that are broken."""
    faults = []
    plan = inputs.scenario.plan
    numbers = {zone.code: rights_left(inputs.scenario, zone) for zone in plan.zones}
    last = inputs.horizon.last
    told = records.issuance.loc[records.issuance["zone"] != "", "zone"].value_counts()
    codes = {row["zone"] for row in reckoning.decisions.issued.values()} - {""}
    for code in sorted({*codes, *told.index}):
        # By the inputs, and as the records tell it: neither may fill a zone twice.
        found = max(in_zone(reckoning, code, last), int(told.get(code, 0)))
        limit = numbers.get(code, 0)
        if found > limit:
            faults.append(fault("zone_overfull", code, found=found, limit=limit))
    for (name, year), clause in inputs.count.items():
        if clause["code"] != "ZONE" or clause["attribute"] != "binding":
            continue
        used = zone_used(clause, inputs, reckoning)
        missed = miss(clause["sense"], used, clause["limit"], clause["tolerance"])
        if missed > FIGURE:
            faults.append(
                fault(
                    "zone_limit_missed",
                    f"{name} {year}",
                    used=used,
                    limit=clause["limit"],
                    unit=clause["unit"],
                )
            )
    return faults
