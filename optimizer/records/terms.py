"""How long a new licence may run: by rule or size class, and no longer than its ore lasts."""

from __future__ import annotations

import math

from minequota.optimizer.source import Source
from minequota.scenarios.plan import Plan, SizeClass

LONGEST: dict[SizeClass, int] = {"large": 30, "medium": 20, "small": 10}
"""Years a licence runs at most by the size of the mine (国务院令第241号 第七条)."""


def licence_term(plan: Plan, source: Source, size_class: SizeClass, capacity: float) -> int:
    """Return the longest term of a new licence, in whole years.

    Parameters
    ----------
    plan
        May set terms of its own for some minerals or classes.
    source
        The right to be issued.
    size_class
        Its class at the capacity it is issued with.
    capacity
        That capacity, in product units.
    """
    least, most = 1, LONGEST[size_class]
    for term in plan.licence_terms:
        of_mineral = not term.minerals or source.mineral.name in term.minerals
        if of_mineral and term.size_class in (None, size_class):
            least, most = term.least, term.most
            break
    if source.reserves is not None and capacity > 0:
        most = min(most, math.ceil(source.reserves / capacity - 1e-9))
    return max(least, most, 1)
