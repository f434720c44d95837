"""The production size class of a new right."""

from __future__ import annotations

import math

from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Method
from minequota.scenarios.units import Quantity

RANK = {"small": 0, "medium": 1, "large": 2}


def size_class(plan: Plan, mineral: str, method: Method | None, capacity: float, unit: str) -> str:
    """Return the class of a new mine of `capacity` `unit`; "unknown" where nobody can say."""
    from minequota.scenarios.classes import class_of_capacity

    if not math.isfinite(capacity) or plan.mineral(mineral) is None:
        return "unknown"
    return class_of_capacity(plan, mineral, method, Quantity(capacity, unit))
