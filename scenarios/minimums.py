"""What the plan's minimum scales ask of a mine, in the unit its licence counts ore in."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.scenarios.plan import (
    Action,
    Basis,
    MinimumScale,
    Plan,
    SizeClass,
    SpecialMinimum,
)
from minequota.scenarios.right import Method, Right
from minequota.scenarios.units import Quantity

CONTAINED: tuple[Basis, ...] = ("mineral", "metal")
"""Bases whose figures count what the ore contains: ore × grade."""
INCOMPARABLE: tuple[Basis, ...] = ("block_stone", "standard_iron_62")
"""Bases no licence can be compared with: blocks need a yield, standard ore a conversion."""

# Capacities are read from text; a licence at its minimum must not fail it by a rounding error.
_SAME = 1e-9


@dataclass(frozen=True)
class OreMinimum:
    """A minimum in a licence's unit of ore, and the clause it stands in."""

    amount: float
    source: str


def table_line(plan: Plan, mineral: str, method: Method | None) -> MinimumScale | None:
    """Return the line of the minimum-scale table a mine follows.

    A line for its own method wins, then the line its mineral points to, then one that speaks of
    no method, then the first that names the mineral.
    """
    known = plan.mineral(mineral)
    pointed = known.scale_row if known is not None else None
    lines = [one for one in plan.minimum_scales if mineral in one.minerals or one.id == pointed]
    return next(
        (
            line
            for fits in (
                lambda line: method is not None and line.method == method.value,
                lambda line: line.id == pointed,
                lambda line: line.method is None,
                lambda line: True,
            )
            for line in lines
            if fits(line)
        ),
        None,
    )


def in_ore(
    line: MinimumScale, cell: Quantity, unit: str, density: float | None, grade: float | None
) -> float | None:
    """Return a figure of the table in a licence's `unit` of ore.

    None where a density (t/m³) or grade is missing, or where the line's basis is no ore.
    """
    if line.basis in INCOMPARABLE:
        return None
    amount = in_licence_unit(cell, unit, density)
    if amount is None or line.basis not in CONTAINED:
        return amount
    return amount / grade if grade else None


def in_licence_unit(ore: Quantity, unit: str, density: float | None) -> float | None:
    """Return an amount of ore in a licence's unit; None where a density (t/m³) is missing."""
    if ore.dimension == Quantity(1.0, unit).dimension:
        return ore.to(unit)
    if density is None:
        return None
    if ore.dimension == "mass":
        return Quantity(ore.to("吨") / density, "立方米").to(unit)
    return Quantity(ore.to("立方米") * density, "吨").to(unit)


def special_minimum(
    plan: Plan,
    mineral: str,
    unit: str,
    action: Action | None = None,
    deposit: SizeClass | None = None,
) -> OreMinimum | None:
    """Return the special minimum of a mineral in the licence's dimension, for one action if given.

    Without an action the figures count that speak of more than mergers. Figures of the other
    dimension are not converted: the plan states one for each. A deposit whose size is unknown
    counts as small, the mildest.
    """
    for special in plan.special_minimums:
        if mineral in special.minerals and _speaks_of(special, action, deposit or "small"):
            for amount in special.amounts:
                if amount.dimension == Quantity(1.0, unit).dimension:
                    return OreMinimum(amount.to(unit), special.source)
    return None


def _speaks_of(special: SpecialMinimum, action: Action | None, deposit: SizeClass) -> bool:
    actions = set(special.applies_to)
    asked = action in actions if action is not None else bool(actions - {"merged"})
    return asked and (not special.deposit_classes or deposit in special.deposit_classes)


def below(right: Right, minimum: OreMinimum | None) -> bool:
    """Whether a right is licensed for less than a minimum."""
    return (
        minimum is not None
        and right.capacity is not None
        and right.capacity.value < minimum.amount * (1 - _SAME)
    )


def below_minimum(plan: Plan, right: Right) -> bool:
    """Whether a right is smaller than the plan's minimum for its mineral and deposit class.

    The special minimum wins over the table, the table's column for existing mines over those by
    deposit. Where the deposit class is unknown the column of small deposits is read, the mildest.
    """
    if right.capacity is None:
        return False
    special = special_minimum(plan, right.mineral, right.capacity.unit, deposit=right.deposit_class)
    if special is not None:
        return below(right, special)
    line = table_line(plan, right.mineral, right.method)
    if line is None:
        return False
    cell = line.existing
    if cell is None:
        cell = getattr(line, right.deposit_class or "small")
    return below(right, _of_cell(plan, right, line, cell))


def existing_minimum(plan: Plan, right: Right) -> OreMinimum | None:
    """Return what the table's column for existing mines asks of a right; None where nothing.

    Only where the plan applies the table to existing mines: elsewhere the audit alone compares.
    """
    use = plan.minimum_scale_use
    line = table_line(plan, right.mineral, right.method)
    if use is None or "existing" not in use.applies_to or line is None or right.capacity is None:
        return None
    return _of_cell(plan, right, line, line.existing)


def _of_cell(plan: Plan, right: Right, line: MinimumScale, cell: object) -> OreMinimum | None:
    if right.capacity is None or not isinstance(cell, Quantity):
        return None
    unit = right.capacity.unit
    amount = in_ore(line, cell, unit, density_of(plan, right), grade_of(plan, right))
    return None if amount is None else OreMinimum(amount, line.source)


def comparable(plan: Plan, right: Right) -> bool:
    """Whether the table's figure for a right can be said in the ore its licence counts.

    Also true where there is no figure, or where the special minimum speaks in its place.
    """
    line = table_line(plan, right.mineral, right.method)
    cell = getattr(line, right.deposit_class or "small") if line is not None else None
    if line is None or not isinstance(cell, Quantity) or right.capacity is None:
        return True
    unit = right.capacity.unit
    special = special_minimum(plan, right.mineral, unit, deposit=right.deposit_class)
    if special is not None or line.basis == "ore":
        return True
    return in_ore(line, cell, unit, density_of(plan, right), grade_of(plan, right)) is not None


def grade_of(plan: Plan, right: Right) -> float | None:
    """Return the grade of a right's ore as a share, else its product's."""
    mineral = plan.mineral(right.mineral)
    if right.grade is not None or mineral is None or mineral.product is None:
        return right.grade
    return plan.product(mineral.product).grade


def density_of(plan: Plan, right: Right) -> float | None:
    """Return t/m³ of a right's ore, else its product's."""
    mineral = plan.mineral(right.mineral)
    if right.density is not None or mineral is None or mineral.product is None:
        return right.density
    return plan.product(mineral.product).density
