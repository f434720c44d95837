"""The production size class of a mine by its licensed capacity."""

from __future__ import annotations

import math

from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Method
from minequota.scenarios.units import Quantity

RANK = {"small": 0, "medium": 1, "large": 2}


def size_class(
    plan: Plan,
    mineral: str,
    method: str | None,
    capacity: float,
    unit: str,
    density: float | None = None,
) -> str:
    """Return the class of a mine of `capacity` `unit`; "unknown" where nobody can say."""
    from minequota.scenarios.classes import class_of_capacity

    if not math.isfinite(capacity) or not unit or plan.mineral(mineral) is None:
        return "unknown"
    by = None if method is None else Method(method)
    return class_of_capacity(plan, mineral, by, Quantity(capacity, unit), density)


def is_large_or_medium(
    plan: Plan, mineral: str, method: str | None, capacity: float, unit: str
) -> bool:
    """Whether a mine of this capacity counts as large or medium."""
    if not capacity > 0:
        return False
    return size_class(plan, mineral, method, capacity, unit) in ("large", "medium")
