"""Output against the caps, each in its own basis, and the table that says so."""

from __future__ import annotations

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, keyed_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.senses import miss, verdict
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import PRINTED, same
from minequota.optimizer.verify.tolerance import amount as amount_tolerance


def cap_used(cap: Row, reckoning: Reckoning) -> float:
    """Return the output a cap speaks of, in its unit and basis."""
    return reckoning.counted(cap["year"], cap["product"], cap["county"], cap["use"], cap["basis"])


def cap_missed(cap: Row, used: float) -> float:
    """Return by how much a cap is missed."""
    return miss(cap["sense"], used, cap["limit"], cap["tolerance"])


def cap_verdict(cap: Row, used: float) -> str:
    """Return what a table must say of a cap: kept, missed, or not judged."""
    missed = cap_missed(cap, used)
    return verdict(cap["sense"], used, cap["limit"], missed, cap["hoped"], cap["judged"])


def _kept_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    faults = []
    for (clause, year), cap in inputs.cap.items():
        used = cap_used(cap, reckoning)
        missed = cap_missed(cap, used)
        if cap["attribute"] == "binding" and not missed <= amount_tolerance(cap["step"]):
            code = "cap_exceeded" if used > cap["limit"] else "cap_not_reached"
            faults.append(
                fault(
                    code,
                    f"{clause} {year}",
                    used=used,
                    limit=cap["limit"],
                    missed=missed,
                    unit=cap["unit"],
                )
            )
    return faults


def _plan_unit(inputs: Inputs, row: Row, cap: Row) -> str:
    """Return the unit a row must print; a figure the plan does not print may take any of its kind.

    So a county without allotment, and a multiple of a base output.
    """
    alike = {one["plan_unit"] for one in inputs.cap.values() if one["product"] == cap["product"]}
    free = cap["free_unit"] and row["plan_unit"] in {*alike, cap["unit"]}
    return str(row["plan_unit"] if free else cap["plan_unit"])


def _fact_faults(inputs: Inputs, where: str, row: Row, cap: Row) -> list[Fault]:
    fields = ("product", "attribute", "sense", "unit", "basis")
    facts: list[tuple[str, object, object]] = [(name, row[name], cap[name]) for name in fields]
    facts += [
        ("use", row["use"] or None, cap["use"]),
        ("plan_unit", row["plan_unit"], _plan_unit(inputs, row, cap)),
    ]
    faults = fact_faults("cap_differs", where, facts)
    # Figures from above name all their documents; the plan's say the one clause they stand in.
    told = all(one in row["source"] for one in cap["sources"])
    if not told or (cap["ident"] != "above" and row["source"] != cap["sources"][0]):
        faults.append(
            fault(
                "cap_differs",
                where,
                field="source",
                found=row["source"],
                expected="; ".join(cap["sources"]),
            )
        )
    whole = inputs.scenario.plan.jurisdiction.zh
    stated = row["county"] or ""
    if stated not in ({cap["county"]} if cap["county"] else {"", whole}):
        expected = cap["county"] or whole
        faults.append(fault("cap_differs", where, field="county", found=stated, expected=expected))
    return faults


def _figure_faults(inputs: Inputs, where: str, row: Row, cap: Row, used: float) -> list[Fault]:
    product = inputs.product[cap["product"]]
    plan_unit = _plan_unit(inputs, row, cap)

    def printed(amount: float) -> float:
        return in_unit(amount, cap["unit"], plan_unit, product.density)

    same_unit = plan_unit == cap["plan_unit"]
    plan_limit = cap["plan_limit"] if same_unit else printed(cap["gross"])
    near = amount_tolerance(cap["step"])
    expected = (
        ("limit", cap["limit"], cap["unit"], near),
        ("held_back", cap["gross"] - cap["limit"], cap["unit"], near),
        ("used", used, cap["unit"], near),
        ("plan_limit", plan_limit, plan_unit, PRINTED),
        ("plan_used", printed(used), plan_unit, PRINTED),
    )
    return [
        fault(f"cap_{name}", where, found=row[name], expected=figure, unit=unit)
        for name, figure, unit, tolerance in expected
        if not same(row[name], figure, tolerance)
    ]


def caps_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return which caps are broken and which rows of the caps table are wrong."""
    faults = _kept_faults(inputs, reckoning)
    found = list(zip(records.caps["clause"], records.caps["year"], strict=True))
    faults += keyed_faults("cap", found, inputs.cap)
    for row in rows_of(records.caps):
        cap = inputs.cap.get((row["clause"], row["year"]))
        if cap is None:
            continue
        where = f"{row['clause']} {row['year']}"
        used = cap_used(cap, reckoning)
        faults += _fact_faults(inputs, where, row, cap)
        faults += _figure_faults(inputs, where, row, cap, used)
        said = cap_verdict(cap, used)
        if row["verdict"] != said:
            faults.append(fault("cap_verdict", where, found=row["verdict"], expected=said))
    return faults
