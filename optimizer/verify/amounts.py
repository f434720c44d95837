"""Unit arithmetic of the check: amounts across units, and ore into product."""

from __future__ import annotations

import math

from minequota.scenarios.plan import Product
from minequota.scenarios.units import Quantity, factor_to_base

STANDARD_IRON_GRADE = 0.62


def in_unit(value: float, unit: str, target: str, density: float | None = None) -> float:
    """Return `value` `unit` counted in `target`; NaN where that cannot be said.

    Parameters
    ----------
    value
        Number of `unit`.
    unit, target
        Units of mass or volume.
    density
        t/m³, needed between the two dimensions.
    """
    try:
        size, dimension = factor_to_base(unit)
        target_size, target_dimension = factor_to_base(target)
    except ValueError:
        return math.nan
    if unit == target:
        return value
    if dimension != target_dimension:
        if density is None:
            return math.nan
        size = size * density if dimension == "volume" else size / density
    return float(f"{value * size / target_size:.15g}")


def quantity_in(quantity: Quantity | None, target: str, density: float | None = None) -> float:
    """Return `quantity` counted in `target`; NaN for none or where a density is missing."""
    if quantity is None:
        return math.nan
    return in_unit(quantity.value, quantity.unit, target, density)


def product_per_ore(
    product: Product, ore_unit: str, density: float | None, grade: float | None
) -> float:
    """Return how many `product.unit` one `ore_unit` of ore is.

    NaN where a density or grade is missing, or where the product's basis needs a recovery or
    yield that no register states.
    """
    per_ore = in_unit(1.0, ore_unit, product.unit, density or product.density)
    if product.basis == "ore":
        return per_ore
    if product.basis == "standard_iron_62":
        own = grade or product.grade
        return math.nan if own is None else per_ore * own / STANDARD_IRON_GRADE
    return math.nan


def of_same_dimension(amounts: tuple[Quantity, ...], unit: str) -> float:
    """Return, in `unit`, the one of `amounts` with the dimension of `unit`; NaN for none."""
    for one in amounts:
        figure = quantity_in(one, unit)
        if not math.isnan(figure):
            return figure
    return math.nan
