"""A year's quota in its tranches (批次)."""

from __future__ import annotations

import math

from minequota.optimizer.answer import clean
from minequota.optimizer.problem import Problem
from minequota.scenarios.plan import Product, Use

_SAME = 1e-6


def in_batches(
    problem: Problem, product: Product, use: Use, amount: float, year: int
) -> tuple[float, ...]:
    """Return the tranches of a quota, in whole steps; empty where the year has none.

    The shares are the scenario's, else those of the batches handed down from above. Every batch
    but the last is rounded down to the step, so that no batch hands out more than its share; the
    last takes what is left.
    """
    shares = problem.options.batches.get(product.name) or _from_above(problem, product, use, year)
    if not shares:
        return ()
    parts = []
    for share in shares[:-1]:
        steps = math.floor(amount * share / product.step + _SAME)
        parts.append(clean(steps * product.step))
    return (*parts, clean(amount - sum(parts)))


def _from_above(problem: Problem, product: Product, use: Use, year: int) -> tuple[float, ...]:
    """Shares of the documents' batches in a use's total; empty with one batch or none."""
    amounts: dict[int, float] = {}
    for one in problem.scenario.question.caps_from_above:
        part = one.amount or getattr(one, use)
        if one.product == product.name and one.year == year and part is not None:
            amounts[one.batch] = amounts.get(one.batch, 0.0) + part.to(product.unit)
    whole = sum(amounts.values())
    if len(amounts) < 2 or whole <= 0:
        return ()
    return tuple(amounts[batch] / whole for batch in sorted(amounts))
