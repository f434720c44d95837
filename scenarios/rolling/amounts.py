"""Amounts of ore across units, through a right's own density, grade and yield."""

from __future__ import annotations

from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.right import Right
from minequota.scenarios.units import Quantity


def product_of(plan: Plan, mineral: str) -> Product | None:
    """Return the product a mineral's ore becomes, if any."""
    known = plan.mineral(mineral)
    return plan.product(known.product) if known is not None and known.product else None


def ore_of(right: Right) -> Ore:
    """Return what a right states of its ore."""
    return Ore(right.density, right.grade, right.recovery, right.block_yield)


def licence_unit(plan: Plan, right: Right) -> str:
    """Return the unit a right's ore is counted in: its capacity's, else its product's."""
    product = product_of(plan, right.mineral)
    known = right.capacity or right.last_output or right.reserves
    if known is not None:
        return known.unit
    return product.unit if product is not None else "万吨"


def ore_in(plan: Plan, right: Right, amount: Quantity, unit: str) -> float | None:
    """Return an amount of a right's ore in `unit`; None without the density it takes."""
    try:
        return amount.to(unit)
    except ValueError:
        product = product_of(plan, right.mineral)
        density = right.density or (product.density if product is not None else None)
    if density is None:
        return None
    if amount.dimension == "mass":
        return Quantity(amount.to("吨") / density, "立方米").to(unit)
    return Quantity(amount.to("立方米") * density, "吨").to(unit)


def ore_of_product(product: Product, right: Right, amount: Quantity, unit: str) -> float | None:
    """Return the ore in `unit` that an amount in the product's own basis was won from."""
    try:
        factor = product_per_ore(product, unit, ore_of(right))
        return amount.to(product.unit) / factor if factor > 0 else None
    except ValueError:
        return None


def tidy(value: float) -> float:
    """Return a number without the noise of sums and factors: twelve digits are kept."""
    return float(f"{value:.12g}")
