"""Whether last year's over-production is taken off the first year's figures, and told there."""

from __future__ import annotations

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance

#: What the table says of a figure that last year's excess has made smaller.
TOLD = "超采"
#: What it says beside that of an excess that is an assumption.
ASSUMED = "假定"


def ceiling(inputs: Inputs, year: int, right: str, source: Row) -> float:
    """Return the most a right held may get in a year: reserves, capacity, and that less its excess.

    Whoever dug beyond last year's quota has had so much of this year's capacity already.
    """
    off = inputs.taken_off(year, right)
    if not off > 0:
        return float(source["top"])
    full = source["usable"] * source["factor"] * inputs.scenario.question.options.availability
    return float(min(source["top"], max(0.0, full - off)))


def overrun_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the figures of the first year that leave an excess out, or do not tell of it."""
    faults = []
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    for row in rows_of(records.quotas):
        year, right = row["year"], row["right"]
        source, off = reckoning.holding.get((year, right)), inputs.taken_off(year, right)
        if source is None or not off > 0 or not source["works"] or not source["usable"] > 0:
            continue
        where, product = f"{right} {year}", inputs.product[source["product"]]
        limit = ceiling(inputs, year, right, source)
        if not row["amount"] <= limit + amount_tolerance(steps.get(product.name, product.step)):
            faults.append(
                fault(
                    "quota_keeps_excess",
                    where,
                    found=row["amount"],
                    limit=limit,
                    excess=off,
                    unit=product.unit,
                )
            )
        awaits = inputs.awaits(year, source["product"], source["county"], source["use"])
        if not awaits:
            faults += _word_faults(inputs, where, right, row["reason"])
    return faults


def _word_faults(inputs: Inputs, where: str, right: str, reason: str) -> list[Fault]:
    """Return the words a reason lacks: that there was an excess, and that it is assumed."""
    merged = inputs.merger.get(right)
    licences = (right,) if merged is None else merged["members"]
    entries = (inputs.scenario.question.overproduced.get(one) for one in licences)
    assumed = any(one.assumed and one.amount.value > 0 for one in entries if one is not None)
    words = (TOLD, ASSUMED) if assumed else (TOLD,)
    return [
        fault("quota_reason", where, found=reason, expected=word)
        for word in words
        if word not in reason
    ]
