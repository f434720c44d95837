"""How long the licence of a new right may run."""

from __future__ import annotations

import math

from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.tolerance import RELATIVE
from minequota.scenarios.plan import LicenceTerm, Plan

#: Longest term by the size of the mine, where the plan says nothing of its own (years).
BY_SIZE = {"large": 30, "medium": 20, "small": 10}


def _matching(plan: Plan, issued: Row) -> list[LicenceTerm]:
    """Return the plan's terms for a right, those that name most of it first."""
    terms = [
        term
        for term in plan.licence_terms
        if (not term.minerals or issued["mineral"] in term.minerals)
        and term.size_class in (None, issued["size_class"])
    ]
    return sorted(terms, key=lambda one: (not one.minerals, one.size_class is None))


def term_years(plan: Plan, issued: Row) -> int:
    """Return the longest term in years: by rule or class, and no longer than the reserves last."""
    terms = _matching(plan, issued)
    least = terms[0].least if terms else 1
    most = terms[0].most if terms else BY_SIZE.get(issued["size_class"], BY_SIZE["small"])
    reserves, capacity = issued["reserves"], issued["capacity"]
    if math.isfinite(reserves) and capacity > 0:
        # A quotient that is whole but for its last digit is whole.
        most = min(most, math.ceil(reserves / capacity * (1 - RELATIVE)))
    return max(least, most)
