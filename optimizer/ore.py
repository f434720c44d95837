"""Amounts of ore in product units, and what a plan calls the mineral it is."""

from __future__ import annotations

from minequota.optimizer.source import Source
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.plan import Area, Mineral, Plan, Product
from minequota.scenarios.units import Quantity


def mineral_and_product(plan: Plan, name: str) -> tuple[Mineral, Product | None]:
    """Return a mineral of the plan and its product; KeyError when the plan has none such."""
    mineral = plan.mineral(name)
    if mineral is None:
        raise KeyError(f"The plan {plan.id} has no mineral {name!r}.")
    return mineral, plan.product(mineral.product) if mineral.product else None


def areas_named(plan: Plan, text: str) -> tuple[Area, ...]:
    """Return the key or national areas of that code or name."""
    return tuple(area for area in plan.areas if text and text in (area.code, area.name))


def amount_of(
    ore: Quantity | None, unit: str, factor: float, product: Product | None, kind: Ore
) -> float | None:
    """Return an amount of ore in product units; `factor` is that of the licence's `unit`.

    None where nothing is stated. Of a mineral without a product the amount stays in `unit`.
    """
    if ore is None:
        return None
    if ore.dimension == Quantity(1.0, unit).dimension:
        return ore.to(unit) * factor
    return None if product is None else ore.value * product_per_ore(product, ore.unit, kind)


def ore_units(source: Source, unit: str) -> float:
    """Units of ore, counted in `unit`, in one product unit of a source (of its licence's unit)."""
    whole = sum(part.maximum for part in source.parts)
    if whole > 0:
        return sum(part.maximum * ore_units(part, unit) for part in source.parts) / whole
    own = Quantity(1.0, source.capacity_unit)
    if own.dimension == Quantity(1.0, unit).dimension:
        return own.to(unit) / source.factor
    if source.product is None:
        raise ValueError(f"{source.capacity_unit} of {source.mineral.name} cannot become {unit}.")
    return 1.0 / product_per_ore(source.product, unit, source.ore)
