"""What binds several years together: reserves drawn down, and output that changes slowly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.scenarios.right import Right


def _dug(reckoning: Reckoning, right: str, until: int) -> float:
    """Return what a right makes from the first planned year to the end of `until`."""
    years = (year for year in reckoning.inputs.horizon.years if year <= until)
    return math.fsum(reckoning.made_of.get((year, right), 0.0) for year in years)


@dataclass(frozen=True)
class _Bound:
    """What some rights together may have dug by the end of a year, and what they have."""

    rights: tuple[str, ...]
    year: int
    limit: float
    total: float
    product: str


def _bounds(inputs: Inputs, reckoning: Reckoning) -> Iterator[_Bound]:
    """Yield each right's reserves year by year, and those of mergers with their members.

    What an expansion adds may be dug from its decision on.
    """
    for (year, right), row in reckoning.holding.items():
        if (year, right) in reckoning.made_of and not math.isnan(row["reserves"]):
            limit = row["reserves"] * row["factor"]
            yield _Bound((right,), year, limit, _dug(reckoning, right, year), row["product"])
    last = inputs.horizon.last
    for right in reckoning.decisions.merged:
        row = inputs.merger[right]
        known = math.fsum(part["reserves"] * part["factor"] for part in row["parts"])
        # Where a member's reserves are unknown nobody knows what is left of them.
        if row["product"] is not None and not math.isnan(known):
            rights = (right, *row["members"])
            limit = max(row["reserves"] * row["factor"], known)
            total = math.fsum(_dug(reckoning, one, last) for one in rights)
            yield _Bound(rights, last, limit, total, row["product"])


def _reserve_faults(inputs: Inputs, reckoning: Reckoning) -> list[Fault]:
    """Return the rights that by some year have dug more than there is."""
    worst: dict[str, Fault] = {}
    for bound in _bounds(inputs, reckoning):
        product, right = inputs.product[bound.product], bound.rights[0]
        if bound.total > bound.limit + amount_tolerance(product.step):
            worst[right] = fault(
                "reserves_exceeded",
                right,
                found=bound.total,
                limit=bound.limit,
                unit=product.unit,
            )
    return list(worst.values())


def ceiling(inputs: Inputs, year: int, right: str, source: Row) -> float:
    """Return the most a right held may get in a year: reserves, capacity, and that less its excess.

    Whoever dug beyond last year's quota has had so much of this year's capacity already.
    """
    off = inputs.taken_off(year, right)
    if not off > 0:
        return float(source["top"])
    full = source["usable"] * source["factor"] * inputs.scenario.question.options.availability
    return float(min(source["top"], max(0.0, full - off)))


def reserve_room(inputs: Inputs, reckoning: Reckoning) -> dict[tuple[int, str], float]:
    """Return how much more each right could dig in a year, by what binds it then and later."""
    room: dict[tuple[int, str], float] = {}
    for bound in _bounds(inputs, reckoning):
        for right in bound.rights:
            for year in inputs.horizon.years:
                if year <= bound.year:
                    left = min(room.get((year, right), math.inf), bound.limit - bound.total)
                    room[year, right] = left
    return room


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
    options = inputs.scenario.question.options
    steady = options.steady
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
            if not inputs.awaits(year, row["product"], row["county"], row["use"]):
                now[licence] = amount
            former = before.get(licence, math.nan)
            known = former > 0 if year == inputs.horizon.first else not math.isnan(former)
            # A larger licence may be used from its decision on, whatever was made before, and so
            # may more or less of the old one where other shares of it are listed.
            if not known or licence not in now or row["expanded"] is not None:
                continue
            shares = inputs.right[licence]["shares"]
            if shares.get(year, 1.0) != shares.get(year - 1, 1.0):
                continue
            product = inputs.product[row["product"]]
            near = amount_tolerance(product.step)
            # Last output may lie above the licence: nobody is asked more than that gives.
            full = row["usable"] * row["factor"] * options.availability
            low, high = min((1 - steady.down) * former, full), (1 + steady.up) * former
            # Last year's excess lowers the first figure; the next may rise as if it were dug.
            off = inputs.taken_off(year, licence)
            back = inputs.taken_off(year - 1, licence)
            low, high = low - off, max(0.0, high - off) + (1 + steady.up) * back
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
