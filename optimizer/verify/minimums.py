"""What the plan's minimum-scale table and special minimums ask of a mine."""

from __future__ import annotations

import math

from minequota.optimizer.verify.amounts import of_same_dimension, quantity_in
from minequota.scenarios.plan import Action, Mineral, MinimumScale, Plan, SizeClass
from minequota.scenarios.units import Quantity


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


def is_forbidden(
    plan: Plan, mineral: Mineral, deposit_class: SizeClass | None, method: str | None
) -> bool:
    """Whether the table prints × for a deposit (unknown: small)."""
    row = table_row(plan, mineral, method)
    return row is not None and getattr(row, deposit_class or "small") == "×"


def table_minimum(
    plan: Plan,
    mineral: Mineral,
    deposit_class: SizeClass | None,
    method: str | None,
    unit: str,
    density: float | None,
    grade: float | None,
) -> float:
    """Return the table's figure for a deposit (unknown: small) in `unit` of ore; NaN for none.

    A figure of contained metal or mineral is the ore that holds as much, by the mine's own grade.
    Blocks of stone and standard ore are no ore of a licence: such a figure says nothing.
    """
    row = table_row(plan, mineral, method)
    cell = None if row is None else getattr(row, deposit_class or "small")
    if row is None or not isinstance(cell, Quantity):
        return math.nan
    figure = quantity_in(cell, unit, density)
    if row.basis == "ore":
        return figure
    if row.basis in ("metal", "mineral"):
        return figure / grade if grade else math.nan
    return math.nan


def special_minimum(plan: Plan, mineral: Mineral, unit: str, action: Action | None = None) -> float:
    """Return the special minimum of `mineral` (for `action`, where given) in `unit`; NaN: none.

    Only a figure of the unit's own dimension counts: the plan states one for each.
    """
    amounts = tuple(
        amount
        for special in plan.special_minimums
        if mineral.name in special.minerals and (action is None or action in special.applies_to)
        for amount in special.amounts
    )
    return of_same_dimension(amounts, unit)
