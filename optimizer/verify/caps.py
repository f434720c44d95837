"""Output against the plan's caps, and the table that says so."""

from __future__ import annotations

from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.tolerance import same


def _county(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def cap_used(cap: Any, reckoning: Reckoning) -> float:
    """Return the output a cap speaks of, in its unit."""
    return reckoning.made(cap["product"], _county(cap["county"]))


def _kept_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    faults = []
    for clause, cap in inputs.caps.iterrows():
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


def _row_faults(inputs: Inputs, clause: str, row: Any, cap: Any, used: float) -> list[Fault]:
    whole = ("", inputs.scenario.plan.jurisdiction.zh)
    county = _county(cap["county"])
    stated = row["county"] or ""
    faults = fact_faults(
        "cap_differs",
        clause,
        [
            *((name, row[name], cap[name]) for name in ("product", "attribute", "sense")),
            *((name, row[name], cap[name]) for name in ("unit", "plan_unit", "source")),
        ],
    )
    if stated != county if county else stated not in whole:
        faults.append(
            fault("cap_differs", clause, field="county", found=stated, expected=county or whole[1])
        )
    product = inputs.scenario.plan.product(cap["product"])
    plan_used = in_unit(used, cap["unit"], cap["plan_unit"], product.density)
    expected = {
        "cap_limit": ("limit", cap["limit"]),
        "cap_held_back": ("held_back", cap["gross"] - cap["limit"]),
        "cap_used": ("used", used),
        "cap_plan_limit": ("plan_limit", cap["plan_limit"]),
        "cap_plan_used": ("plan_used", plan_used),
    }
    for code, (name, figure) in expected.items():
        if not same(
            row[name], figure, amount_tolerance(cap["step"]) if "plan" not in name else 1e-9
        ):
            unit = cap["plan_unit"] if name.startswith("plan") else cap["unit"]
            faults.append(fault(code, clause, found=row[name], expected=figure, unit=unit))
    return faults


def caps_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return which caps are broken and which rows of the caps table are wrong."""
    faults = _kept_faults(inputs, reckoning)
    faults += listing_faults("cap", records.caps["clause"], inputs.caps.index)
    for _, row in records.caps.iterrows():
        clause = row["clause"]
        if clause in inputs.caps.index:
            cap = inputs.caps.loc[clause]
            faults += _row_faults(inputs, clause, row, cap, cap_used(cap, reckoning))
    return faults
