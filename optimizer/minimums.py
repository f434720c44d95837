"""Which minimum scale holds for a right: the right's own, the special one, or the table's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.source import Source
from minequota.scenarios import minimums
from minequota.scenarios.plan import Action, Plan
from minequota.scenarios.units import Quantity

Cell = Literal["amount", "forbidden", "undecided", "none"]


@dataclass(frozen=True)
class Minimum:
    """A minimum in product units and the clause it stands in.

    `forbidden` for a ×, `undecided` for a / that no legend explains: both bar a new right.
    """

    cell: Cell
    amount: float
    source: str

    @property
    def bars(self) -> bool:
        """Whether it admits nobody."""
        return self.cell in ("forbidden", "undecided")


NO_MINIMUM = Minimum("none", 0.0, "")


def admission_minimum(plan: Plan, source: Source, action: Action) -> Minimum:
    """Return the minimum that admits `source` to an action (`new`, `renewed`, …).

    A zone's own figure wins over the plan's special minimum, that over the table. The table
    speaks only of the actions the plan applies it to. A scenario's own block may ask for more
    than the plan, never for less.
    """
    if action == "new" and source.zone_minimum is not None:
        stated = Minimum("amount", *source.zone_minimum)
    else:
        stated = _of_plan(plan, source, action)
    if action != "new" or source.extra is None or stated.bars:
        return stated
    if source.minimum > stated.amount:
        return Minimum("amount", source.minimum, source.extra.source)
    return stated


def _of_plan(plan: Plan, source: Source, action: Action) -> Minimum:
    special = special_minimum(plan, source, action)
    if special is not None:
        return special
    use = plan.minimum_scale_use
    # A converted right is a new one: the text that admits new mines speaks of it too.
    speaks = {action, "new"} if action == "converted" else {action}
    if use is None or not speaks & set(use.applies_to):
        return NO_MINIMUM
    return table_minimum(plan, source)


def special_minimum(plan: Plan, source: Source, action: Action) -> Minimum | None:
    """Return the right-specific minimum for an action, if the plan states one."""
    stated = minimums.special_minimum(
        plan, source.mineral.name, source.capacity_unit, action, source.deposit_class
    )
    if stated is None:
        return None
    return Minimum("amount", stated.amount * source.factor, stated.source)


def table_minimum(plan: Plan, source: Source) -> Minimum:
    """Return the minimum-scale table's figure for a right's mineral, method and deposit class.

    Where the deposit class is unknown the column of small deposits is read, the mildest.
    """
    line = minimums.table_line(plan, source.mineral.name, source.method)
    if line is None:
        return NO_MINIMUM
    cell = getattr(line, source.deposit_class or "small")
    if isinstance(cell, Quantity):
        density = source.ore.density or (source.product.density if source.product else None)
        grade = source.ore.grade or (source.product.grade if source.product else None)
        ore = minimums.in_ore(line, cell, source.capacity_unit, density, grade)
        return NO_MINIMUM if ore is None else Minimum("amount", ore * source.factor, line.source)
    if cell == "×":
        return Minimum("forbidden", 0.0, line.source)
    return Minimum("undecided", 0.0, line.source) if cell == "/" else NO_MINIMUM


def existing_floor(plan: Plan, source: Source) -> float:
    """Return what the column for existing mines asks, in product units; 0 for nothing."""
    if source.right is None:
        return 0.0
    stated = minimums.existing_minimum(plan, source.right)
    return 0.0 if stated is None else stated.amount * source.factor
