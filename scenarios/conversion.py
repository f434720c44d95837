"""From ore as licensed to a product as capped: units, density, contents, blocks, standard ore."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.scenarios.plan import Basis, Product
from minequota.scenarios.units import Quantity

STANDARD_IRON_GRADE = 0.62
"""Iron share of the ore in which iron caps are stated: ore × grade ÷ 62 %."""
CONTAINED: tuple[Basis, ...] = ("metal", "mineral")
"""Bases that count what the ore contains: ore × grade × recovery."""


@dataclass(frozen=True)
class Ore:
    """What is known of a right's ore; None where the product's default stands in.

    `density` in t/m³, `grade` and `recovery` as shares, `block_yield` in m³ of block stone per m³
    of ore.
    """

    density: float | None = None
    grade: float | None = None
    recovery: float | None = None
    block_yield: float | None = None


def product_per_ore(product: Product, unit: str, ore: Ore, basis: Basis | None = None) -> float:
    """Product base units in one `unit` of licensed ore.

    Parameters
    ----------
    product
        Its `unit` and `basis` decide what is counted.
    unit
        Unit of the licence, a mass or a volume.
    ore
        What the right states of its ore.
    basis
        Counts in this basis instead of the product's, in the same unit.

    Raises
    ------
    ValueError
        When a density, grade or block yield is needed and neither the right nor the product has
        one.
    """
    wanted = basis or product.basis
    factor = _amount(product, unit, ore.density or product.density)
    if wanted == "standard_iron_62":
        factor *= _grade(product, ore) * _recovery(product, ore) / STANDARD_IRON_GRADE
    elif wanted in CONTAINED:
        factor *= _grade(product, ore) * _recovery(product, ore)
    elif wanted == "block_stone":
        share = ore.block_yield or product.block_yield
        if share is None:
            raise ValueError(f"{product.name} needs a block yield to be counted as block stone.")
        factor *= share
    return factor


def _amount(product: Product, unit: str, density: float | None) -> float:
    """Ore in the product's unit, whatever it contains."""
    ore = Quantity(1.0, unit)
    if ore.dimension == Quantity(1.0, product.unit).dimension:
        return ore.to(product.unit)
    if density is None:
        raise ValueError(f"{unit} of {product.name} needs a density to become {product.unit}.")
    if ore.dimension == "mass":
        return Quantity(ore.to("吨") / density, "立方米").to(product.unit)
    return Quantity(ore.to("立方米") * density, "吨").to(product.unit)


def _grade(product: Product, ore: Ore) -> float:
    share = ore.grade or product.grade
    if share is None:
        raise ValueError(f"{product.name} needs a grade to be counted as {product.basis}.")
    return share


def _recovery(product: Product, ore: Ore) -> float:
    """Everything is recovered where nobody states otherwise: the stated default."""
    return ore.recovery or product.recovery or 1.0
