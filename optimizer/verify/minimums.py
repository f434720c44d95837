"""What the plan's minimum-scale table and special minimums ask of a mineral."""

from __future__ import annotations

from minequota.scenarios.plan import Action, Mineral, MinimumScale, Plan, SizeClass
from minequota.scenarios.units import Quantity


def table_row(plan: Plan, mineral: Mineral, method: str | None) -> MinimumScale | None:
    """Return the line of the table a mine of `mineral` worked by `method` follows.

    A line for the mine's own method wins, then the line the mineral points to, then one that
    speaks of no method.
    """
    rows = [
        row
        for row in plan.minimum_scales
        if mineral.name in row.minerals or row.id == mineral.scale_row
    ]
    for_method = [row for row in rows if method is not None and row.method == method]
    pointed = [row for row in rows if row.id == mineral.scale_row]
    general = [row for row in rows if row.method is None]
    for choice in (for_method, pointed, general):
        if choice:
            return choice[0]
    return None


def table_cell(
    plan: Plan, mineral: Mineral, deposit_class: SizeClass | None, method: str | None
) -> Quantity | str | None:
    """Return the table's figure for a deposit (unknown: small), its sign, or None for no line."""
    row = table_row(plan, mineral, method)
    if row is None or row.basis != "ore":
        return None
    cell: Quantity | str = getattr(row, deposit_class or "small")
    return cell


def special_minimum(
    plan: Plan, mineral: Mineral, action: Action | None = None
) -> tuple[Quantity, ...]:
    """Return the special minimum of `mineral` (for `action`, where given), one per dimension."""
    return tuple(
        amount
        for special in plan.special_minimums
        if mineral.name in special.minerals and (action is None or action in special.applies_to)
        for amount in special.amounts
    )
