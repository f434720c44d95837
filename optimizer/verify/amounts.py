"""Unit arithmetic of the check: amounts across units, and ore into what products count."""

from __future__ import annotations

import math
from dataclasses import dataclass

from minequota.scenarios.plan import Basis, Product
from minequota.scenarios.units import Quantity, factor_to_base

STANDARD_IRON_GRADE = 0.62


@dataclass(frozen=True)
class Ore:
    """What is stated of a right's ore; None where its product's figure stands in.

    `density` in t/m³, the others as shares: of content in ore, of content recovered, of block
    stone in the rock.
    """

    density: float | None = None
    grade: float | None = None
    recovery: float | None = None
    block_yield: float | None = None


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


def product_per_ore(product: Product, unit: str, ore: Ore, basis: Basis | None = None) -> float:
    """Return how many `product.unit` one `unit` of ore is, in `basis` or the product's own.

    NaN where a density, grade or yield is missing. What nobody says of recovery is recovered.
    """
    amount = in_unit(1.0, unit, product.unit, ore.density or product.density)
    counted = basis or product.basis
    if counted == "ore":
        return amount
    if counted == "block_stone":
        share = ore.block_yield or product.block_yield
    else:
        grade = ore.grade or product.grade
        share = None if grade is None else grade * (ore.recovery or product.recovery or 1.0)
    if share is None:
        return math.nan
    return amount * share / (STANDARD_IRON_GRADE if counted == "standard_iron_62" else 1.0)


def of_same_dimension(amounts: tuple[Quantity, ...], unit: str) -> float:
    """Return, in `unit`, the one of `amounts` with the dimension of `unit`; NaN for none."""
    for one in amounts:
        figure = quantity_in(one, unit)
        if not math.isnan(figure):
            return figure
    return math.nan
