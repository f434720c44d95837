"""Which minimum scale holds for a right: the right's own, the special one, or the table's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.sources import Source
from minequota.scenarios import minimums
from minequota.scenarios.plan import Action, Plan, SizeClass
from minequota.scenarios.right import Method
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
    stated = minimums.special_minimum(plan, source.mineral.name, source.capacity_unit, action)
    if stated is None:
        return None
    return Minimum("amount", stated.amount * source.factor, stated.source)


def table_minimum(plan: Plan, source: Source) -> Minimum:
    """Return the minimum-scale table's figure for a right's mineral, method and deposit class.

    Where the deposit class is unknown the column of small deposits is read, the mildest.
    """
    line = minimums.table_line(plan, source.mineral.name, _method(source))
    if line is None:
        return NO_MINIMUM
    cell = getattr(line, deposit_class(source))
    if isinstance(cell, Quantity):
        grade = source.right.grade if source.right is not None else None
        ore = minimums.in_ore(line, cell, source.capacity_unit, _density(source), grade)
        return NO_MINIMUM if ore is None else Minimum("amount", ore * source.factor, line.source)
    return Minimum("forbidden", 0.0, line.source) if cell == "×" else NO_MINIMUM


def deposit_class(source: Source) -> SizeClass:
    """Return the deposit's size class; small where nothing states it."""
    if source.right is not None and source.right.deposit_class is not None:
        return source.right.deposit_class
    if source.extra is not None and source.extra.deposit_class is not None:
        return source.extra.deposit_class
    return "small"


def _method(source: Source) -> Method | None:
    given = source.right or source.extra
    return given.method if given is not None else None


def _density(source: Source) -> float | None:
    """t/m³ of the right's ore, else its product's."""
    own = source.right.density if source.right is not None else None
    return own or (source.product.density if source.product is not None else None)
