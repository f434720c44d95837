"""How long a licence renewed, or issued to a merger, is taken to run."""

from __future__ import annotations

import math
from datetime import date

from minequota.scenarios.facts import SizeClass
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Right

_LONGEST: dict[SizeClass, int] = {"large": 30, "medium": 20, "small": 10}
"""Years a licence runs at most by the size of the mine (国务院令第241号 第七条)."""


def licence_end(plan: Plan, right: Right, year: int) -> date:
    """Return the last day of a licence given at the end of `year` for as long as may be.

    By the plan's own terms or the size class, and no longer than the reserves last.
    """
    size_class = right.size_class or "small"
    least, most = 1, _LONGEST[size_class]
    for term in plan.licence_terms:
        of_mineral = not term.minerals or right.mineral in term.minerals
        if of_mineral and term.size_class in (None, size_class):
            least, most = term.least, term.most
            break
    reserves, capacity = right.reserves, right.capacity
    if (
        reserves is not None
        and capacity is not None
        and capacity.value > 0
        and reserves.dimension == capacity.dimension
    ):
        most = min(most, math.ceil(reserves.to(capacity.unit) / capacity.value - 1e-9))
    return date(year + max(least, most, 1), 12, 31)
