"""The yearly figures: who gets one, of what kind, and within which bounds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, keyed_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.tolerance import same, whole_multiple

AWAITING = "待下达"
#: What the table says of a right that may not produce.
BARRED = "不下达"


def _bound_faults(where: str, amount: float, source: Row, unit: str, step: float) -> list[Fault]:
    slack = amount_tolerance(step)
    if not amount >= 0:
        return [fault("quota_negative", where, found=amount, unit=unit)]
    faults = []
    top, least = source["top"], source["least"]
    if not amount <= top + slack:
        faults.append(fault("quota_above_capacity", where, found=amount, limit=top, unit=unit))
    # Where all it can make is no whole number of steps, the last whole one below must do.
    if step > 0 and math.isfinite(top):
        least = min(least, math.floor((top + slack) / step) * step)
    if amount > 0 and amount < least - slack:
        faults.append(fault("quota_below_least", where, found=amount, limit=least, unit=unit))
    return faults


def _figure_faults(where: str, row: Row, source: Row, unit: str, basis: str) -> list[Fault]:
    ore_unit = source["capacity_unit"]
    faults = fact_faults(
        "quota_unit",
        where,
        [
            ("unit", row["unit"], unit),
            ("basis", row["basis"], basis),
            ("ore_unit", row["ore_unit"], ore_unit),
        ],
    )
    ore = row["amount"] / source["factor"] if source["factor"] else math.nan
    if not same(row["ore"], ore):
        faults.append(fault("quota_ore", where, found=row["ore"], expected=ore, unit=ore_unit))
    capacity = source["capacity"]
    share = ore / capacity if capacity else 0.0
    if not same(row["share_of_capacity"], share):
        faults.append(fault("quota_share", where, found=row["share_of_capacity"], expected=share))
    if not same(row["capacity"], capacity) or row["capacity_unit"] != ore_unit:
        faults.append(
            fault(
                "quota_differs",
                where,
                field="capacity",
                found=f"{row['capacity']:.12g} {row['capacity_unit']}",
                expected=f"{capacity:.12g} {ore_unit}",
            )
        )
    return faults


def _fact_faults(inputs: Inputs, where: str, row: Row, source: Row) -> list[Fault]:
    year = row["year"]
    place = (year, source["product"], source["county"], source["use"])
    awaits = inputs.awaits(*place)
    kind = "control" if inputs.is_control(*place) else "guidance"
    names = ("synthetic", "county", "mineral", "product", "use")
    facts: list[tuple[str, object, object]] = [(one, row[one], source[one]) for one in names]
    facts.append(("name", row["name"], source["name"]))
    faults = fact_faults("quota_differs", where, facts)
    if row["kind"] != kind:
        faults.append(fault("quota_kind", where, found=row["kind"], expected=kind))
    if row["awaiting"] != awaits:
        faults.append(fault("quota_awaiting", where, found=row["awaiting"], expected=awaits))
    if awaits and row["amount"] != 0:
        faults.append(fault("quota_not_handed_down", where, found=row["amount"]))
    if awaits and AWAITING not in row["reason"]:
        faults.append(fault("quota_reason", where, found=row["reason"], expected=AWAITING))
    if not awaits and not source["works"] and BARRED not in row["reason"]:
        faults.append(fault("quota_reason", where, found=row["reason"], expected=BARRED))
    told = f"可用产能按{round(100 * source['listed'], 4):.12g}%计"
    if not awaits and source["works"] and source["listed"] < 1 and told not in row["reason"]:
        faults.append(fault("quota_reason", where, found=row["reason"], expected=told))
    return faults


def batch_shares(inputs: Inputs, product: str, use: str, year: int) -> tuple[float, ...]:
    """Return the shares of a year's tranches: the scenario's, else the documents' for the use."""
    question, own = inputs.scenario.question, inputs.product[product]
    if product in question.options.batches:
        return question.options.batches[product]
    amounts: dict[int, float] = defaultdict(float)
    for line in question.caps_from_above:
        if line.product == product and line.year == year:
            parts = {"main": line.main, "comprehensive": line.comprehensive}
            part = line.amount if line.amount is not None else parts[use]
            if part is not None:
                amounts[line.batch] += quantity_in(part, own.unit, own.density)
    whole = math.fsum(amounts.values())
    if len(amounts) < 2 or not whole > 0:
        return ()
    return tuple(amounts[batch] / whole for batch in sorted(amounts))


def _batch_faults(inputs: Inputs, where: str, row: Row, product: str, step: float) -> list[Fault]:
    """Return whether the tranches are whole steps in the shares asked and add up to the quota."""
    shares = batch_shares(inputs, product, row["use"], row["year"])
    batches = row["batches"]
    if len(batches) != len(shares):
        return [fault("batch_number", where, found=len(batches), expected=len(shares))]
    if not shares:
        return []
    faults = []
    # Tranches are cut in the steps asked, also where figures had to be rounded more finely.
    cut = max(step, inputs.product[product].step)
    total = math.fsum(batches)
    if not same(total, row["amount"], amount_tolerance(step)):
        faults.append(fault("batch_sum", where, found=total, expected=row["amount"]))
    for share, batch in zip(shares, batches, strict=True):
        wanted = share * row["amount"]
        # Whole steps of all tranches together may leave one a step short for each other one.
        off = abs(batch - wanted) > (len(shares) - 1) * cut + amount_tolerance(step)
        if batch < 0 or not whole_multiple(batch, step) or off:
            faults.append(fault("batch_wrong", where, found=batch, expected=wanted, step=step))
    return faults


def _entitled(inputs: Inputs, reckoning: Reckoning) -> dict[tuple[int, str], Row]:
    """Return the rights that get a figure, by year and id: held, and of a product that has one."""
    # A right that may not produce stands in the table too, at zero and with its reason.
    return {
        (year, right): row
        for (year, right), row in reckoning.holding.items()
        if row["product"] in inputs.figured[year] and not math.isnan(row["capacity"])
    }


def _known(inputs: Inputs) -> Iterable[tuple[int, str]]:
    rights = [*inputs.right, *inputs.candidate, *inputs.merger]
    return ((year, right) for year in inputs.horizon.years for right in rights)


def output_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the quotas get wrong: exactly the entitled rights, each within its bounds."""
    sources, known = _entitled(inputs, reckoning), set(_known(inputs))
    found = zip(records.quotas["year"], records.quotas["right"], strict=True)
    faults = keyed_faults("quota", found, sources, known)
    steps = records.rounding.drop_duplicates("product").set_index("product")["step"]
    for row in rows_of(records.quotas):
        where = f"{row['right']} {row['year']}"
        source = sources.get((row["year"], row["right"]))
        if source is None:
            if (row["year"], row["right"]) in known:
                faults.append(fault("quota_not_entitled", where, found=row["amount"]))
            continue
        product = inputs.product[source["product"]]
        step = float(steps.get(product.name, product.step))
        if not whole_multiple(row["amount"], step):
            faults.append(fault("quota_off_step", where, found=row["amount"], step=step))
        faults += _fact_faults(inputs, where, row, source)
        faults += _figure_faults(where, row, source, product.unit, product.basis)
        faults += _batch_faults(inputs, where, row, product.name, step)
        if source["works"]:
            faults += _bound_faults(where, row["amount"], source, product.unit, step)
        elif row["amount"] != 0:
            faults.append(fault("quota_not_entitled", where, found=row["amount"]))
    return faults
