"""What binds several years together: reserves drawn down, and output that changes slowly."""

from __future__ import annotations

import math
from collections import defaultdict

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.scenarios.right import Right


def _reserve_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    """Return the rights that dig more over all years than there is."""
    made: dict[str, list[float]] = defaultdict(list)
    there: dict[str, tuple[float, str]] = {}
    for (year, right), row in reckoning.holding.items():
        amount = reckoning.made_of.get((year, right))
        if amount is not None:
            made[right].append(amount)
            # The last year's figure: an expansion may have brought more ground with it.
            there[right] = (row["reserves"] * row["factor"], row["product"])
    faults = []
    for right, amounts in made.items():
        limit, name = there[right]
        product = inputs.product[name]
        total = math.fsum(amounts)
        if total > limit + amount_tolerance(product.step):
            faults.append(
                fault("reserves_exceeded", right, found=total, limit=limit, unit=product.unit)
            )
    return faults


def _last_output(inputs: Inputs, right: Right) -> float:
    """Return the output before the first planned year in the product's unit; NaN for unknown."""
    row = inputs.right[right.licence]
    if right.last_output is None or row["product"] is None or not row["capacity_unit"]:
        return math.nan
    density = row["ore"].density or inputs.product[row["product"]].density
    ore = quantity_in(right.last_output, row["capacity_unit"], density)
    return float(ore * row["factor"])


def _steady_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    """Return the rights of the register whose output changes faster than is asked."""
    steady = inputs.scenario.question.options.steady
    if steady is None:
        return []
    faults = []
    before = {right.licence: _last_output(inputs, right) for right in inputs.scenario.rights}
    for year in inputs.horizon.years:
        now: dict[str, float] = {}
        for licence in inputs.right:
            row = reckoning.holding.get((year, licence))
            amount = reckoning.made_of.get((year, licence))
            if row is None or amount is None or not row["works"]:
                continue
            if not inputs.awaits(year, row["product"], row["county"]):
                now[licence] = amount
            former = before.get(licence, math.nan)
            known = former > 0 if year == inputs.horizon.first else not math.isnan(former)
            if not known or licence not in now or row["expanded"] == year:
                continue
            product = inputs.product[row["product"]]
            near = amount_tolerance(product.step)
            low, high = (1 - steady.down) * former, (1 + steady.up) * former
            if not low - near <= amount <= high + near:
                faults.append(
                    fault(
                        "quota_unsteady",
                        f"{licence} {year}",
                        found=amount,
                        low=low,
                        high=high,
                        unit=product.unit,
                    )
                )
        before = now
    return faults


def over_years_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return where output over the years breaks what binds the years together."""
    return _reserve_faults(inputs, reckoning) + _steady_faults(inputs, reckoning)
