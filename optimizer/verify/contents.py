"""What a right's output is in ore, and in other bases: of a merger, what its members' ore holds."""

from __future__ import annotations

import math
from collections.abc import Callable

from minequota.optimizer.verify.amounts import in_unit, product_per_ore
from minequota.optimizer.verify.rows import Row
from minequota.scenarios.plan import Basis, Product


def _mean(row: Row, one: Callable[[Row], float]) -> float:
    """Return a figure of a right; of a merger its members', weighed by what they can produce."""
    parts: tuple[Row, ...] = row["parts"] or ()
    whole = math.fsum(part["capacity"] * part["factor"] for part in parts)
    if not whole > 0:
        return one(row)
    return math.fsum(part["capacity"] * part["factor"] * one(part) for part in parts) / whole


def basis_per_product(product: Product, row: Row, basis: Basis) -> float:
    """Return how many units in `basis` one product unit of a right is."""

    def one(part: Row) -> float:
        counted = product_per_ore(product, part["capacity_unit"], part["ore"], basis)
        return counted / float(part["factor"])

    return 1.0 if basis == product.basis else _mean(row, one)


def ore_per_product(product: Product, row: Row, unit: str) -> float:
    """Return how many `unit` of ore one product unit of a right is."""

    def one(part: Row) -> float:
        density = part["ore"].density or product.density
        return in_unit(1.0, part["capacity_unit"], unit, density) / float(part["factor"])

    return _mean(row, one)
