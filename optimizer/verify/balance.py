"""Supply and demand of each product, in all and of each demand centre."""

from __future__ import annotations

import math
from collections import defaultdict

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.contents import ore_per_product
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, keyed_faults
from minequota.optimizer.verify.reckoning import FRESH, Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.tolerance import same

#: What arrives of a product at a centre in a year, from existing mines or not.
Arriving = dict[tuple[str, str, int, bool], float]


def waste_supply(inputs: Inputs, reckoning: Reckoning, asked: Row) -> float:
    """Return the most that the ore of other mines brings along of a product in a year."""
    parts = []
    made = reckoning.output[reckoning.output["year"] == asked["year"]]
    for origin in asked["waste"]:
        per_ore = in_unit(origin.per_ore.value, origin.per_ore.unit, asked["unit"])
        for row in rows_of(made[made["mineral"].isin(origin.minerals)]):
            own = inputs.product[row["product"]]
            parts.append(per_ore * row["amount"] * ore_per_product(own, row, origin.ore_unit))
    return math.fsum(parts)


def by_products(records: Records) -> dict[tuple[str, int], float]:
    """Return the by-product supply that the whole-product rows state, by product and year."""
    whole = records.balance[records.balance["place"] == ""]
    columns = (whole[name] for name in ("product", "year", "by_product"))
    return {(product, year): amount for product, year, amount in zip(*columns, strict=True)}


def supplied(
    inputs: Inputs, records: Records, reckoning: Reckoning, product: str, year: int
) -> float:
    """Return all that is supplied of a product in a year, by-products as the records state them.

    What grows with other mines' output is the records' to choose, within its bounds.
    """
    asked = inputs.asked[product, year]
    other = float(asked["by_product"])
    if asked["waste"]:
        other = by_products(records).get((product, year), other)
    return reckoning.made(year, product) + float(asked["imports"]) + other


def unmet(inputs: Inputs, records: Records, reckoning: Reckoning, product: str, year: int) -> float:
    """Return the demand for `product` that nothing meets, in its unit."""
    supply = supplied(inputs, records, reckoning, product, year)
    return max(0.0, float(inputs.asked[product, year]["demand"] - supply))


def not_handed(inputs: Inputs, reckoning: Reckoning, product: str, year: int) -> float:
    """Return how much of a cap that is handed out nobody gets."""
    asked = inputs.asked[product, year]
    return max(0.0, float(asked["handed_out"] - reckoning.made(year, product)))


def _expected(
    inputs: Inputs, records: Records, reckoning: Reckoning, asked: Row
) -> dict[str, float]:
    product, year = asked["product"], asked["year"]
    supply = supplied(inputs, records, reckoning, product, year)
    return {
        "demand": asked["demand"],
        "production_existing": reckoning.made(year, product, existing=True),
        "production_new": reckoning.made(year, product, existing=False),
        "imports": asked["imports"],
        "unmet": unmet(inputs, records, reckoning, product, year),
        "surplus": max(0.0, float(supply - asked["demand"])),
    }


def _supply_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return where mines make more than is wanted, or by-products come from nothing."""
    faults = []
    stated = by_products(records)
    for (product, year), asked in inputs.asked.items():
        where, unit = f"{product} {year}", asked["unit"]
        near = amount_tolerance(asked["step"])
        fixed, made = asked["by_product"], reckoning.made(year, product)
        most = fixed + waste_supply(inputs, reckoning, asked)
        told = stated.get((product, year), fixed)
        if not fixed - near <= told <= most + near:
            faults.append(
                fault("by_product_impossible", where, found=told, low=fixed, high=most, unit=unit)
            )
        if not math.isnan(asked["handed_out"]):
            if not made <= asked["handed_out"] + near:
                limit = asked["handed_out"]
                faults.append(
                    fault("handed_out_exceeded", where, used=made, limit=limit, unit=unit)
                )
            continue
        wanted = max(0.0, asked["demand"] - asked["imports"] - max(fixed, told))
        if not made <= wanted + near:
            faults.append(fault("demand_exceeded", where, used=made, limit=wanted, unit=unit))
    return faults


def _whole_faults(
    inputs: Inputs, records: Records, reckoning: Reckoning, row: Row, asked: Row
) -> list[Fault]:
    where, near = f"{row['product']} {row['year']}", amount_tolerance(asked["step"])
    expected = _expected(inputs, records, reckoning, asked)
    if not asked["waste"]:
        expected["by_product"] = asked["by_product"]
    faults = [
        fault(f"balance_{name}", where, found=row[name], expected=figure, unit=asked["unit"])
        for name, figure in expected.items()
        if not same(row[name], figure, near)
    ]
    stated, handed = row["handed_out"], asked["handed_out"]
    if math.isnan(stated) != math.isnan(handed) or not (
        math.isnan(handed) or same(stated, handed, near)
    ):
        faults.append(fault("balance_handed_out", where, found=stated, expected=handed))
    return faults


def _arriving(inputs: Inputs, records: Records) -> Arriving:
    """Return what arrives at each centre of a product and year from existing and new mines."""
    sums: dict[tuple[str, str, int, bool], list[float]] = defaultdict(list)
    for row in rows_of(records.flows):
        candidate = inputs.candidate.get(row["right"])
        existing = candidate is None or candidate["kind"] not in FRESH
        sums[row["product"], row["centre"], row["year"], existing].append(row["amount"])
    return {key: math.fsum(amounts) for key, amounts in sums.items()}


def _centre_faults(arriving: Arriving, row: Row, asked: Row) -> list[Fault]:
    """Return where a centre's figures do not add up."""
    product, place, year = row["product"], row["place"], row["year"]
    where, near = f"{product} {place} {year}", amount_tolerance(asked["step"])
    expected = {
        "demand": asked["places"][place],
        "production_existing": arriving.get((product, place, year, True), 0.0),
        "production_new": arriving.get((product, place, year, False), 0.0),
        "surplus": 0.0,
    }
    faults = [
        fault(f"balance_{name}", where, found=row[name], expected=figure, unit=asked["unit"])
        for name, figure in expected.items()
        if not same(row[name], figure, near)
    ]
    if not math.isnan(row["handed_out"]):
        faults.append(fault("balance_handed_out", where, found=row["handed_out"], expected="-"))
    parts = ("production_existing", "production_new", "imports", "by_product", "unmet")
    total = math.fsum(row[name] for name in parts)
    if any(row[name] < -near for name in parts) or not same(total, row["demand"], near):
        faults.append(fault("centre_unbalanced", where, found=total, expected=row["demand"]))
    return faults


def _sum_faults(inputs: Inputs, records: Records) -> list[Fault]:
    """Return where what the centres lack or get from outside is not what the whole does."""
    faults = []
    rows = rows_of(records.balance)
    for (product, year), asked in inputs.asked.items():
        mine = [row for row in rows if (row["product"], row["year"]) == (product, year)]
        whole = next((row for row in mine if row["place"] == ""), None)
        if not asked["places"] or whole is None:
            continue
        centres = [row for row in mine if row["place"]]
        near = amount_tolerance(asked["step"]) * max(1, len(centres))
        outside = whole["imports"] + whole["by_product"] - whole["surplus"]
        for name, expected, names in (
            ("unmet", whole["unmet"], ("unmet",)),
            ("imports", outside, ("imports", "by_product")),
        ):
            found = math.fsum(row[one] for row in centres for one in names)
            if not same(found, expected, near):
                faults.append(
                    fault(
                        "centres_differ",
                        f"{product} {year}",
                        field=name,
                        found=found,
                        expected=expected,
                    )
                )
    return faults


def balance_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return where supply outruns demand and which rows of the balance are wrong."""
    required = {
        (f"{product} {place}".strip(), year)
        for (product, year), asked in inputs.asked.items()
        for place in ("", *asked["places"])
    }
    rows = rows_of(records.balance)
    found = [(f"{row['product']} {row['place']}".strip(), row["year"]) for row in rows]
    faults = keyed_faults("balance", found, sorted(required))
    faults += _supply_faults(inputs, records, reckoning)
    arriving = _arriving(inputs, records)
    for row in rows:
        asked = inputs.asked.get((row["product"], row["year"]))
        if asked is None or (row["place"] and row["place"] not in asked["places"]):
            continue
        names = ("basis", "unit", "from_cap", "assumed")
        where = f"{row['product']} {row['place']}".strip()
        facts = [(name, row[name], asked[name]) for name in names]
        faults += fact_faults("balance_differs", f"{where} {row['year']}", facts)
        if row["place"]:
            faults += _centre_faults(arriving, row, asked)
        else:
            faults += _whole_faults(inputs, records, reckoning, row, asked)
    return faults + _sum_faults(inputs, records)
