"""What each right dug beyond last year's quota, in its product's unit."""

from __future__ import annotations

import math
from collections.abc import Mapping

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.rows import Row
from minequota.scenarios.scenario import Scenario


def excess_by_right(
    scenario: Scenario, rights: Mapping[str, Row], mergers: Mapping[str, Row]
) -> dict[str, float]:
    """Return the excess of the rights that have one, and of mergers that have such members.

    The question says it in ore. Whose mineral has no product has no quota to take it off.
    """
    products = {product.name: product for product in scenario.plan.products}
    excess = {}
    for licence, entry in scenario.question.overproduced.items():
        row = rights.get(licence)
        if row is None or row["product"] is None or not row["capacity_unit"]:
            continue
        density = row["ore"].density or products[row["product"]].density
        ore = quantity_in(entry.amount, row["capacity_unit"], density)
        if ore > 0:
            excess[licence] = float(ore * row["factor"])
    for merged, row in mergers.items():
        together = math.fsum(excess.get(member, 0.0) for member in row["members"])
        if together > 0:
            excess[merged] = together
    return excess
