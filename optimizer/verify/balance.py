"""Supply and demand of each product."""

from __future__ import annotations

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.tolerance import same


def unmet(inputs: Inputs, reckoning: Reckoning, product: str) -> float:
    """Return the demand for `product` that nothing meets, in its unit."""
    asked = inputs.asked[product]
    supply = reckoning.made(product) + asked["imports"] + asked["by_product"]
    return max(0.0, float(asked["demand"] - supply))


def _expected(inputs: Inputs, reckoning: Reckoning, product: str) -> dict[str, float]:
    asked = inputs.asked[product]
    outside = asked["imports"] + asked["by_product"]
    supply = reckoning.made(product) + outside
    return {
        "demand": asked["demand"],
        "production_existing": reckoning.made(product, existing=True),
        "production_new": reckoning.made(product, existing=False),
        "imports": asked["imports"],
        "by_product": asked["by_product"],
        "unmet": unmet(inputs, reckoning, product),
        "surplus": max(0.0, float(supply - asked["demand"])),
    }


def balance_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return where supply outruns demand and which rows of the balance are wrong."""
    faults = listing_faults("balance", records.balance["product"], inputs.demand.index)
    for name, line in inputs.asked.items():
        made = reckoning.made(name)
        wanted = max(0.0, line["demand"] - line["imports"] - line["by_product"])
        if not made <= wanted + amount_tolerance(line["step"]):
            faults.append(
                fault("demand_exceeded", name, used=made, limit=wanted, unit=line["unit"])
            )
    for row in rows_of(records.balance):
        product = row["product"]
        if product not in inputs.asked:
            continue
        asked = inputs.asked[product]
        faults += fact_faults(
            "balance_differs",
            product,
            [
                ("basis", row["basis"], inputs.scenario.plan.product(product).basis),
                *((name, row[name], asked[name]) for name in ("unit", "from_cap", "assumed")),
            ],
        )
        for name, figure in _expected(inputs, reckoning, product).items():
            if not same(row[name], figure, amount_tolerance(asked["step"])):
                faults.append(
                    fault(
                        f"balance_{name}",
                        product,
                        found=row[name],
                        expected=figure,
                        unit=asked["unit"],
                    )
                )
    return faults
