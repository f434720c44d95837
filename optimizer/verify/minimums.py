"""What the plan's minimum-scale table and special minimums ask of a mine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from minequota.optimizer.verify.amounts import Ore, of_same_dimension, quantity_in
from minequota.scenarios.plan import Action, Mineral, MinimumScale, Plan, Product, SizeClass
from minequota.scenarios.units import Quantity

Column = Literal["large", "medium", "small", "existing"]
#: Cells that let nobody in, and the fault it is to let somebody in all the same.
BARRED = {"×": "forbidden_scale", "/": "undecided_scale"}


@dataclass(frozen=True)
class Mine:
    """What the tables look at: the mine's mineral, ore, deposit, method and unit of licence."""

    mineral: Mineral
    product: Product | None
    unit: str
    ore: Ore
    deposit: SizeClass | None = None
    method: str | None = None

    @property
    def density(self) -> float | None:
        """t/m³ of its ore, else its product's."""
        return self.ore.density or (None if self.product is None else self.product.density)

    @property
    def grade(self) -> float | None:
        """Grade of its ore, else its product's."""
        return self.ore.grade or (None if self.product is None else self.product.grade)


def table_row(plan: Plan, mineral: Mineral, method: str | None) -> MinimumScale | None:
    """Return the line of the table a mine of `mineral` worked by `method` follows.

    A line for the mine's own method wins, then the line the mineral points to, then one that
    speaks of no method, then any that names the mineral.
    """
    rows = [
        row
        for row in plan.minimum_scales
        if mineral.name in row.minerals or row.id == mineral.scale_row
    ]
    for_method = [row for row in rows if method is not None and row.method == method]
    pointed = [row for row in rows if row.id == mineral.scale_row]
    general = [row for row in rows if row.method is None]
    for choice in (for_method, pointed, general, rows):
        if choice:
            return choice[0]
    return None


def _cell(plan: Plan, mine: Mine, column: Column) -> tuple[MinimumScale | None, object]:
    row = table_row(plan, mine.mineral, mine.method)
    return row, None if row is None else getattr(row, column)


def table_minimum(plan: Plan, mine: Mine, column: Column | None = None) -> float:
    """Return the table's figure for a mine in its unit of ore; NaN for none.

    Without a column the one of the mine's deposit is read (unknown: small). A figure of contained
    metal or mineral is the ore that holds as much, by the mine's own grade. Blocks of stone and
    standard ore are no ore of a licence: such a figure says nothing.
    """
    row, cell = _cell(plan, mine, column or mine.deposit or "small")
    if row is None or not isinstance(cell, Quantity):
        return math.nan
    figure = quantity_in(cell, mine.unit, mine.density)
    if row.basis == "ore":
        return figure
    if row.basis in ("metal", "mineral"):
        return figure / mine.grade if mine.grade else math.nan
    return math.nan


def special_minimum(plan: Plan, mine: Mine, action: Action | None = None) -> float:
    """Return the special minimum of a mine (for `action`, where given) in its unit; NaN: none.

    Without an action a figure for mergers alone says nothing. Only a figure of the unit's own
    dimension counts: the plan states one for each.
    """

    def speaks(applies_to: tuple[Action, ...], deposits: tuple[SizeClass, ...]) -> bool:
        wanted = action in applies_to if action else set(applies_to) != {"merged"}
        return wanted and (not deposits or (mine.deposit or "small") in deposits)

    for special in plan.special_minimums:
        named = mine.mineral.name in special.minerals
        if named and speaks(special.applies_to, special.deposit_classes):
            figure = of_same_dimension(special.amounts, mine.unit)
            if not math.isnan(figure):
                return figure
    return math.nan


def applies_to(plan: Plan, action: Action) -> bool:
    """Whether the table speaks of an action; what it asks of new rights, it asks of converted."""
    use = plan.minimum_scale_use
    actions = {action, "new"} if action == "converted" else {action}
    return use is not None and bool(actions & set(use.applies_to))


def admission(plan: Plan, mine: Mine, action: Action) -> tuple[float, str]:
    """Return the least capacity that admits a mine, and the fault that admitting it would be.

    The special minimum wins over the table, which speaks only of the actions the plan applies it
    to. The capacity is 0 and the fault empty where nothing is asked.
    """
    special = special_minimum(plan, mine, action)
    if not math.isnan(special):
        return special, ""
    if not applies_to(plan, action):
        return 0.0, ""
    _, cell = _cell(plan, mine, mine.deposit or "small")
    if isinstance(cell, str) and cell in BARRED:
        return 0.0, BARRED[cell]
    figure = table_minimum(plan, mine)
    return (0.0 if math.isnan(figure) else figure), ""


def existing_minimum(plan: Plan, mine: Mine) -> float:
    """Return what the plan asks of mines that stand on the register, in ore; NaN for nothing."""
    special = special_minimum(plan, mine, "existing")
    if not math.isnan(special):
        return special
    return table_minimum(plan, mine, "existing") if applies_to(plan, "existing") else math.nan


def usual_minimum(plan: Plan, mine: Mine) -> float:
    """Return the figure a registered mine is held against in words (below the minimum), or NaN.

    The column for existing mines wins over the columns by deposit.
    """
    special = special_minimum(plan, mine)
    if not math.isnan(special):
        return special
    _, stated = _cell(plan, mine, "existing")
    return table_minimum(plan, mine, None if stated is None else "existing")
