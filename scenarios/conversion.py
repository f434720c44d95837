"""From ore as licensed to a product as capped: units, density, and the 62 % standard ore."""

from __future__ import annotations

from minequota.scenarios.plan import Product
from minequota.scenarios.units import Quantity

STANDARD_IRON_GRADE = 0.62
"""Iron share of the ore in which iron caps are stated: ore × grade ÷ 62 %."""


def product_per_ore(
    product: Product, unit: str, density: float | None, grade: float | None
) -> float:
    """Product base units in one `unit` of licensed ore.

    Parameters
    ----------
    product
        Its `unit` and `basis` decide what is counted.
    unit
        Unit of the licence, a mass or a volume.
    density
        t/m³ of the right; the product's where None. Needed between mass and volume only.
    grade
        Share of iron in the ore; the product's where None. Needed for 62 % standard ore only.

    Raises
    ------
    ValueError
        When a density or grade is needed and neither the right nor the product has one.
    """
    ore = Quantity(1.0, unit)
    base = Quantity(1.0, product.unit)
    if ore.dimension == base.dimension:
        factor = ore.to(product.unit)
    else:
        weight = density or product.density
        if weight is None:
            raise ValueError(f"{unit} of {product.name} needs a density to become {product.unit}.")
        if ore.dimension == "mass":
            factor = Quantity(ore.to("吨") / weight, "立方米").to(product.unit)
        else:
            factor = Quantity(ore.to("立方米") * weight, "吨").to(product.unit)
    if product.basis == "standard_iron_62":
        share = grade or product.grade
        if share is None:
            raise ValueError(f"{product.name} needs a grade to be counted as 62 % standard ore.")
        factor *= share / STANDARD_IRON_GRADE
    return factor
