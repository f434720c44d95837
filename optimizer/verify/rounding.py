"""The steps that the figures were rounded to."""

from __future__ import annotations

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import whole_multiple


def rounding_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the rounding steps get wrong: asked as the plan says, used no coarser."""
    needed = sorted({name for name in records.quotas["product"] if name in inputs.product})
    faults = listing_faults("rounding", records.rounding["product"], needed, inputs.product)
    for row in rows_of(records.rounding):
        product = inputs.product.get(row["product"])
        if product is None:
            continue
        where = product.name
        faults += fact_faults(
            "rounding_differs",
            where,
            [("asked", row["asked"], product.step), ("unit", row["unit"], product.unit)],
        )
        if not (row["step"] > 0 and whole_multiple(product.step, row["step"])):
            faults.append(fault("rounding_step", where, found=row["step"], asked=product.step))
    return faults
