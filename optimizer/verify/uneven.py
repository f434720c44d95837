"""Between which figures the unevenness lay before the quotas were rounded."""

from __future__ import annotations

import math
from collections.abc import Mapping

from minequota.optimizer.verify.evenness import STEPS
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.weights import measured_among, sharers, sharing_weights

Range = tuple[float, float]


def unevenness_reach(inputs: Inputs, records: Records, reckoning: Reckoning) -> Range:
    """Return the least and the most that the unevenness of all groups can have been.

    Rounding moves a quota by less than two steps. The rounding of a new right's capacity moves
    its weight by less than a step of that, and what it makes more or less the others may make.
    """
    if inputs.scenario.question.options.steady is not None:
        # A step of one year lets the next year's figure move by more than a step.
        return 0.0, 1.0
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    lows, highs = [0.0], [0.0]
    for (year, name), rows in sharers(inputs, reckoning).items():
        product = inputs.product[name]
        weights = sharing_weights(inputs, rows)
        grains = {
            row["right"]: product.capacity_step * row["factor"] if row["origin"] == "new" else 0.0
            for row in rows
        }
        moved = STEPS * steps.get(name, product.step) + math.fsum(grains.values())
        if any(grains.values()) and inputs.scenario.question.options.sharing.basis == "mix":
            # In a mix the capacity of one is part of what all are measured by.
            return 0.0, 1.0
        weights = {one: weights[one] for one in measured_among(inputs, year, weights)}
        amounts = {right: reckoning.made_of[year, right] for right in weights}
        blur = {row["right"]: _blur(row, grains[row["right"]]) for row in rows}
        low, high = _of_group(amounts, weights, blur, moved)
        lows.append(low)
        highs.append(high)
    return max(lows), max(highs)


def _blur(row: Row, grain: float) -> float:
    """Return the share of a mine's weight that rounding its capacity may have moved."""
    capacity = row["capacity"] * row["factor"]
    return grain / capacity if capacity > grain else float(grain > 0)


def _of_group(
    amounts: Mapping[str, float],
    weights: Mapping[str, float],
    blur: Mapping[str, float],
    moved: float,
) -> Range:
    """Return the range of 1 − worst ÷ best where every quota and weight may have moved."""
    least, most = [], []
    for right, weight in weights.items():
        if weight > 0:
            least.append(max(0.0, amounts[right] - moved) / (weight * (1 + blur[right])))
            lightest = weight * (1 - blur[right])
            most.append((amounts[right] + moved) / lightest if lightest > 0 else math.inf)
    if not least or not max(most) > 0:
        return 0.0, 0.0
    low = 1 - min(most) / max(least) if max(least) > 0 else 0.0
    return max(0.0, low), 1 - min(least) / max(most)
