"""The year's figures: who gets one, of what kind, and within which bounds."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_by_id, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.tolerance import same, whole_multiple


@dataclass(frozen=True)
class _Source:
    """One right that gets a figure: bounds in the product's unit, capacity in its own."""

    name: str | None
    synthetic: bool
    county: str
    mineral: str
    product: str
    capacity: float
    capacity_unit: str
    factor: float
    top: float
    least: float
    works: bool = True


def _existing(inputs: Inputs, reckoning: Reckoning) -> dict[str, _Source]:
    held = reckoning.held
    # A right that may not produce stands in the table too, at zero and with its reason.
    figured = held[held["product"].isin(inputs.figured) & held["capacity"].notna()]
    figured = figured.assign(works=figured["works"].astype(bool))
    fields = [field.name for field in dataclasses.fields(_Source)]
    return {
        right: _Source(**{name: row[name] for name in fields})
        for right, row in rows_by_id(figured).items()
    }


def _new(inputs: Inputs, reckoning: Reckoning) -> dict[str, _Source]:
    issued = reckoning.issued[reckoning.issued["product"].isin(inputs.figured)]
    fields = ("county", "mineral", "product", "capacity", "capacity_unit", "factor", "top", "least")
    return {
        right: _Source(name=None, synthetic=False, **{name: row[name] for name in fields})
        for right, row in rows_by_id(issued).items()
    }


def _bound_faults(
    where: str, amount: float, source: _Source, unit: str, step: float
) -> list[Fault]:
    slack = amount_tolerance(step)
    if not amount >= 0:
        return [fault("quota_negative", where, found=amount, unit=unit)]
    faults = []
    if not amount <= source.top + slack:
        faults.append(
            fault("quota_above_capacity", where, found=amount, limit=source.top, unit=unit)
        )
    # Where all it can make is no whole number of steps, the last whole one below must do.
    least = source.least
    if step > 0 and math.isfinite(source.top):
        least = min(least, math.floor((source.top + slack) / step) * step)
    if amount > 0 and amount < least - slack:
        faults.append(fault("quota_below_least", where, found=amount, limit=least, unit=unit))
    return faults


def _figure_faults(where: str, row: Row, source: _Source, unit: str, basis: str) -> list[Fault]:
    faults = fact_faults(
        "quota_unit",
        where,
        [
            ("unit", row["unit"], unit),
            ("basis", row["basis"], basis),
            ("ore_unit", row["ore_unit"], source.capacity_unit),
        ],
    )
    ore = row["amount"] / source.factor
    if not same(row["ore"], ore):
        faults.append(
            fault("quota_ore", where, found=row["ore"], expected=ore, unit=source.capacity_unit)
        )
    share = ore / source.capacity if source.capacity else 0.0
    if not same(row["share_of_capacity"], share):
        faults.append(fault("quota_share", where, found=row["share_of_capacity"], expected=share))
    stated = (row["capacity"], row["capacity_unit"])
    if not same(stated[0], source.capacity) or stated[1] != source.capacity_unit:
        faults.append(
            fault(
                "quota_differs",
                where,
                field="capacity",
                found=f"{stated[0]:.12g} {stated[1]}",
                expected=f"{source.capacity:.12g} {source.capacity_unit}",
            )
        )
    return faults


def _fact_faults(where: str, row: Row, source: _Source) -> list[Fault]:
    facts: list[tuple[str, object, object]] = [
        (name, row[name], getattr(source, name))
        for name in ("synthetic", "county", "mineral", "product")
    ]
    if source.name is not None:
        facts.append(("name", row["name"], source.name))
    return fact_faults("quota_differs", where, facts)


def output_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the quotas get wrong: exactly the entitled rights, each within its bounds."""
    sources = _existing(inputs, reckoning) | _new(inputs, reckoning)
    known = [*inputs.rights.index, *inputs.candidates.index]
    found = records.quotas["right"]
    faults = listing_faults("quota", found, sources, known)
    steps = records.rounding.drop_duplicates("product").set_index("product")["step"]
    products = {product.name: product for product in inputs.scenario.plan.products}
    for row in rows_of(records.quotas):
        where = row["right"]
        source = sources.get(where)
        if source is None:
            if where in set(known):
                faults.append(fault("quota_not_entitled", where, found=row["amount"]))
            continue
        product = products[source.product]
        step = float(steps.get(source.product, product.step))
        kind = "control" if source.product in inputs.controlled else "guidance"
        if row["kind"] != kind:
            faults.append(fault("quota_kind", where, found=row["kind"], expected=kind))
        if not whole_multiple(row["amount"], step):
            faults.append(fault("quota_off_step", where, found=row["amount"], step=step))
        faults += _fact_faults(where, row, source)
        faults += _figure_faults(where, row, source, product.unit, product.basis)
        if source.works:
            faults += _bound_faults(where, row["amount"], source, product.unit, step)
        elif row["amount"] != 0:
            faults.append(fault("quota_not_entitled", where, found=row["amount"]))
    return faults


def rounding_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the rounding steps get wrong: asked as the plan says, used no coarser."""
    products = {product.name: product for product in inputs.scenario.plan.products}
    needed = sorted({name for name in records.quotas["product"] if name in products})
    faults = listing_faults("rounding", records.rounding["product"], needed, products)
    for row in rows_of(records.rounding):
        product = products.get(row["product"])
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
