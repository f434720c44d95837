"""Output against the plan's caps, and the table that says so."""

from __future__ import annotations

from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import PRINTED, same
from minequota.optimizer.verify.tolerance import amount as amount_tolerance


def _county(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def cap_used(cap: Any, reckoning: Reckoning) -> float:
    """Return the output a cap speaks of, in its unit."""
    return reckoning.made(cap["product"], _county(cap["county"]))


def _kept_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    faults = []
    for clause, cap in inputs.cap.items():
        used = cap_used(cap, reckoning)
        missed = miss(cap["sense"], used, cap["limit"], cap["tolerance"])
        if cap["attribute"] == "binding" and not missed <= amount_tolerance(cap["step"]):
            code = "cap_exceeded" if used > cap["limit"] else "cap_not_reached"
            faults.append(
                fault(
                    code,
                    clause,
                    used=used,
                    limit=cap["limit"],
                    missed=missed,
                    unit=cap["unit"],
                )
            )
    return faults


def _plan_unit(inputs: Inputs, row: Any, cap: Any) -> str:
    """Return the unit a row must print; a county without allotment may take any of its product."""
    alike = inputs.caps.loc[inputs.caps["product"] == cap["product"], "plan_unit"]
    free = cap["gross"] == 0 and row["plan_unit"] in set(alike)
    return str(row["plan_unit"] if free else cap["plan_unit"])


def _fact_faults(inputs: Inputs, clause: str, row: Any, cap: Any) -> list[Fault]:
    fields = ("product", "attribute", "sense", "unit", "source")
    faults = fact_faults("cap_differs", clause, [(name, row[name], cap[name]) for name in fields])
    basis = inputs.scenario.plan.product(cap["product"]).basis
    faults += fact_faults("cap_differs", clause, [("basis", row["basis"], basis)])
    unit = _plan_unit(inputs, row, cap)
    faults += fact_faults("cap_differs", clause, [("plan_unit", row["plan_unit"], unit)])
    whole = inputs.scenario.plan.jurisdiction.zh
    county = _county(cap["county"])
    stated = _county(row["county"]) or ""
    if stated not in ({county} if county else {"", whole}):
        faults.append(
            fault("cap_differs", clause, field="county", found=stated, expected=county or whole)
        )
    return faults


def _figure_faults(inputs: Inputs, clause: str, row: Any, cap: Any, used: float) -> list[Fault]:
    product = inputs.scenario.plan.product(cap["product"])
    plan_unit = _plan_unit(inputs, row, cap)
    plan_used = in_unit(used, cap["unit"], plan_unit, product.density)
    near = amount_tolerance(cap["step"])
    expected = (
        ("limit", cap["limit"], cap["unit"], near),
        ("held_back", cap["gross"] - cap["limit"], cap["unit"], near),
        ("used", used, cap["unit"], near),
        ("plan_limit", cap["plan_limit"], plan_unit, PRINTED),
        ("plan_used", plan_used, plan_unit, PRINTED),
    )
    return [
        fault(f"cap_{name}", clause, found=row[name], expected=figure, unit=unit)
        for name, figure, unit, tolerance in expected
        if not same(row[name], figure, tolerance)
    ]


def caps_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return which caps are broken and which rows of the caps table are wrong."""
    faults = _kept_faults(inputs, reckoning)
    faults += listing_faults("cap", records.caps["clause"], inputs.caps.index)
    for row in rows_of(records.caps):
        clause = row["clause"]
        if clause in inputs.cap:
            cap = inputs.cap[clause]
            faults += _fact_faults(inputs, clause, row, cap)
            faults += _figure_faults(inputs, clause, row, cap, cap_used(cap, reckoning))
    return faults
