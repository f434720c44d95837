"""What each mine weighs when a product's output is shared: basis, execution, coefficients."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.scenarios.question import Sharing
from minequota.scenarios.right import Right
from minequota.scenarios.units import Quantity


def _stated(inputs: Inputs, row: Row, given: Quantity | None) -> float:
    """Return what a register states of a right in its product's unit; NaN for nothing."""
    density = row["ore"].density or inputs.product[row["product"]].density
    ore = quantity_in(given, row["capacity_unit"], density)
    return float(ore * row["factor"])


def _figure(inputs: Inputs, row: Row, right: Right | None, basis: str) -> float:
    """Return a mine's figure of one basis; where it has none the capacity it is weighed by."""
    own = float(row["weighs"] * row["factor"])
    if basis == "capacity" or right is None:
        return own
    stated = _stated(inputs, row, getattr(right, basis))
    if basis == "last_output":
        stated = _allowed(inputs, row, right, stated)
    return stated if stated > 0 else own


def _allowed(inputs: Inputs, row: Row, right: Right, made: float) -> float:
    """Return what counts of last year's output: of whoever dug too much, no more than its quota.

    Where that quota is not stated the excess says what it was.
    """
    excess = inputs.excess.get(row["right"], 0.0)
    if math.isnan(made) or not excess > 0:
        return made
    quota = _stated(inputs, row, right.last_quota)
    return max(0.0, made - excess) if math.isnan(quota) else min(made, quota)


def _execution(inputs: Inputs, row: Row, right: Right | None, sharing: Sharing) -> float:
    """Return how last year's quota was fulfilled, within the bounds asked; 1 where unknown."""
    if sharing.execution is None or right is None:
        return 1.0
    made, quota = (_stated(inputs, row, one) for one in (right.last_output, right.last_quota))
    made = _allowed(inputs, row, right, made)
    if math.isnan(made) or not quota > 0:
        return 1.0
    return min(max(made / quota, sharing.execution.least), sharing.execution.most)


def sharing_weights(inputs: Inputs, rows: Iterable[Row]) -> dict[str, float]:
    """Return the weight of each of those who share one product's output of one year.

    In a mix each basis counts as the mine's share of the total of all of them.
    """
    sharing = inputs.scenario.question.options.sharing
    registered = inputs.registered
    members = {row["right"]: row for row in rows}
    bases = sharing.mix if sharing.basis == "mix" else {sharing.basis: 1.0}
    weights = dict.fromkeys(members, 0.0)
    for basis, part in bases.items():
        figures = {
            one: _figure(inputs, row, registered.get(one), basis) for one, row in members.items()
        }
        total = math.fsum(figures.values()) if sharing.basis == "mix" else 1.0
        for one, figure in figures.items():
            weights[one] += part * figure / total if total > 0 else 0.0
    for one, row in members.items():
        weights[one] *= _execution(inputs, row, registered.get(one), sharing)
        for trait, factor in sharing.coefficients.items():
            if trait in row["traits"]:
                weights[one] *= factor
    return weights


def sharers(inputs: Inputs, reckoning: Reckoning) -> dict[tuple[int, str], list[Row]]:
    """Return who shares each product's output of each year: whoever may produce and runs.

    A mine that a floor makes rest shares nothing; one without a floor shares even at zero.
    """
    found: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for (year, right), row in reckoning.holding.items():
        amount = reckoning.made_of.get((year, right))
        if amount is None or not row["works"] or not row["top"] > 0:
            continue
        if amount <= 0 and row["least"] > 0:
            continue
        if not inputs.awaits(year, row["product"], row["county"], row["use"]):
            found[year, row["product"]].append(row)
    return found


def measured_among(inputs: Inputs, year: int, weights: dict[str, float]) -> list[str]:
    """Return whose parts are to be even: of a year after an excess those that had none.

    Where all had one they are measured among themselves.
    """
    weighed = [right for right, weight in weights.items() if weight > 0]
    without = [right for right in weighed if not inputs.taken_off(year, right) > 0]
    return without or weighed


def unevenness(inputs: Inputs, reckoning: Reckoning) -> float:
    """Return by how much the worst served mine of a product and year falls behind the best.

    0: all get the same share of their weights; 1: somebody who may produce gets nothing.
    """
    worst = 0.0
    for (year, _), rows in sharers(inputs, reckoning).items():
        weights = sharing_weights(inputs, rows)
        measured = measured_among(inputs, year, weights)
        ratios = [reckoning.made_of[year, one] / weights[one] for one in measured]
        if ratios and any(reckoning.made_of[year, one] > 0 for one in measured):
            worst = max(worst, 1 - min(ratios) / max(ratios))
    return worst
