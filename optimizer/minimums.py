"""Which minimum scale holds for a right: the right's own, the special one, or the table's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.sources import Source, in_licence_unit
from minequota.scenarios.plan import Action, MinimumScale, Plan, SizeClass
from minequota.scenarios.units import Quantity

Cell = Literal["amount", "forbidden", "none"]


@dataclass(frozen=True)
class Minimum:
    """A minimum in product units and the clause it stands in; `forbidden` for a ×."""

    cell: Cell
    amount: float
    source: str


NO_MINIMUM = Minimum("none", 0.0, "")


def admission_minimum(plan: Plan, source: Source, action: Action) -> Minimum:
    """Return the minimum that admits `source` to an action (`new`, `renewed`, …).

    A zone's own figure wins over the plan's special minimum, that over the table. The table
    speaks only of the actions the plan applies it to. A scenario's own block may ask for more
    than the plan, never for less.
    """
    if action == "new" and source.zone is not None:
        return Minimum("amount", source.minimum, source.zone.source)
    stated = _of_plan(plan, source, action)
    if action != "new" or source.extra is None or stated.cell == "forbidden":
        return stated
    if source.minimum > stated.amount:
        return Minimum("amount", source.minimum, source.extra.source)
    return stated


def _of_plan(plan: Plan, source: Source, action: Action) -> Minimum:
    special = special_minimum(plan, source, action)
    if special is not None:
        return special
    use = plan.minimum_scale_use
    if use is None or action not in use.applies_to:
        return NO_MINIMUM
    return table_minimum(plan, source)


def special_minimum(plan: Plan, source: Source, action: Action) -> Minimum | None:
    """Return the right-specific minimum for an action, if the plan states one."""
    for special in plan.special_minimums:
        if source.mineral.name in special.minerals and action in special.applies_to:
            amount = _same_dimension(special.amounts, source)
            if amount is not None:
                return Minimum("amount", amount, special.source)
    return None


def table_minimum(plan: Plan, source: Source) -> Minimum:
    """Return the minimum-scale table's figure for a right's mineral, method and deposit class.

    Where the deposit class is unknown the column of small deposits is read, the mildest.
    """
    line = _line(plan, source)
    if line is None:
        return NO_MINIMUM
    cell = getattr(line, deposit_class(source))
    if isinstance(cell, Quantity):
        amount = in_licence_unit(cell, source.capacity_unit, _density(source))
        amount = None if amount is None else amount * source.factor
        if amount is not None and line.basis in ("metal", "mineral"):
            # The figure counts what the ore contains; a licence counts ore.
            grade = source.right.grade if source.right is not None else None
            amount = amount / grade if grade else None
        return NO_MINIMUM if amount is None else Minimum("amount", amount, line.source)
    return Minimum("forbidden", 0.0, line.source) if cell == "×" else NO_MINIMUM


def deposit_class(source: Source) -> SizeClass:
    """Return the deposit's size class; small where nothing states it."""
    if source.right is not None and source.right.deposit_class is not None:
        return source.right.deposit_class
    if source.extra is not None and source.extra.deposit_class is not None:
        return source.extra.deposit_class
    return "small"


def _line(plan: Plan, source: Source) -> MinimumScale | None:
    """The table's line for a mineral: the one for its method, else the one for any method."""
    method = None
    if source.right is not None and source.right.method is not None:
        method = source.right.method.value
    if source.extra is not None and source.extra.method is not None:
        method = source.extra.method.value
    lines = [line for line in plan.minimum_scales if source.mineral.name in line.minerals]
    for wanted in (method, None):
        for line in lines:
            if line.method == wanted:
                return line
    return lines[0] if lines else None


def _density(source: Source) -> float | None:
    """t/m³ of the right's ore, else its product's."""
    own = source.right.density if source.right is not None else None
    return own or (source.product.density if source.product is not None else None)


def _same_dimension(amounts: Iterable[Quantity], source: Source) -> float | None:
    """The figure in product units, taken in the dimension the licence is counted in."""
    licence = Quantity(1.0, source.capacity_unit)
    for amount in amounts:
        if amount.dimension == licence.dimension:
            return amount.to(source.capacity_unit) * source.factor
    return None
