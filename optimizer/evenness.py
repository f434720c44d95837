"""Goal 7: share a product's output among its mines as evenly as caps and capacities allow.

The rights and every product's total are settled. Quota ÷ weight is made as equal as can be, the
lowest raised first (max-min). Where limits nest (a zone inside a county inside the city), the
answer has a closed form: all mines of a place rise together, each between its own bounds, until
the place's limit or the total stops them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.engine.types import Booleans, Floats

_NOTHING = 1e-6
"""Output far below any step: what is left of a solver's tolerance."""
_LAST_DIGITS = 1e-9


@dataclass(frozen=True)
class Nest:
    """Members of one place and the least and most they may produce together."""

    members: Booleans
    lower: float
    upper: float


def share_evenly(
    total: float,
    weight: Floats,
    lower: Floats,
    upper: Floats,
    nests: Sequence[Nest] = (),
    had: Floats | None = None,
) -> Floats:
    """Return the max-min shares of `total`.

    Parameters
    ----------
    total
        Amount to share, in product units.
    weight
        Positive weight of each mine.
    lower, upper
        Least and most each mine may produce.
    nests
        Places with limits of their own, apart from each other or one inside the other, the inner
        before the outer.
    had
        What each mine has had in advance: what counts is that and its share together.

    Returns
    -------
    Floats
        Shares that add up to `total` wherever the bounds allow it; the nearest sum otherwise.
    """
    if had is not None and had.any():
        raised = [_raised(nest, float(had[nest.members].sum())) for nest in nests]
        whole = share_evenly(total + had.sum(), weight, lower + had, upper + had, raised)
        # Adding and taking off again leaves the last digit open.
        return np.asarray(np.clip(whole - had, lower, upper))
    low, high = lower.copy(), upper.copy()
    for nest in nests:
        inside = nest.members
        bounds = (weight[inside], low[inside].copy(), high[inside].copy())
        # At its cap a place stops rising, at its floor it stops sinking: for its members these
        # levels are bounds of their own.
        if nest.upper < bounds[2].sum():
            high[inside] = _fill(nest.upper, *bounds)
        if nest.lower > bounds[1].sum():
            low[inside] = _fill(nest.lower, *bounds)
    return _fill(total, weight, low, high)


def share_within(
    total: float,
    weight: Floats,
    lower: Floats,
    upper: Floats,
    nests: Sequence[Nest],
    limit: Floats,
) -> Floats:
    """Return the max-min shares of which some get no more than a limit, unless nobody else can.

    Parameters
    ----------
    total, weight, lower, upper, nests
        As in `share_evenly`.
    limit
        What each should get at most; infinite for those without a limit. Where the total, or a
        place's least, asks for more than all others can take, the rest is spread evenly among
        those with one, above their limits and each within `upper`.
    """
    high = np.clip(limit, lower, upper)
    for nest in nests:
        inside = nest.members
        if nest.lower > high[inside].sum():
            high[inside] = _fill(nest.lower, weight[inside], high[inside], upper[inside])
    shares = share_evenly(total, weight, lower, high, nests)
    if shares.sum() >= total - _LAST_DIGITS:
        return shares
    open_end = np.where(np.isfinite(limit), upper, shares)
    return share_evenly(total, weight, shares, open_end, nests)


def _raised(nest: Nest, amount: float) -> Nest:
    return Nest(nest.members, nest.lower + amount, nest.upper + amount)


def _fill(total: float, weight: Floats, lower: Floats, upper: Floats) -> Floats:
    """Return clip(level · weight, lower, upper) at the level where the sum is `total`."""
    if total <= lower.sum():
        return lower.copy()
    if total >= upper.sum():
        return upper.copy()
    levels = np.unique(np.concatenate([lower / weight, upper / weight]))
    # The sum is piecewise linear and rising in the level: find its segment by bisection.
    first, last = 0, len(levels) - 1
    while last - first > 1:
        middle = (first + last) // 2
        if np.clip(levels[middle] * weight, lower, upper).sum() <= total:
            first = middle
        else:
            last = middle
    base = np.clip(levels[first] * weight, lower, upper)
    moving = (lower < levels[last] * weight) & (upper > levels[first] * weight)
    rise = total - base.sum()
    slope = weight[moving].sum()
    level = levels[first] + (rise / slope if slope > 0 else 0.0)
    shares: Floats = np.clip(level * weight, lower, upper)
    return shares


def unevenness(shares: Floats, weight: Floats) -> float:
    """Return 0 when quota ÷ weight is the same for all; 1 when somebody gets nothing."""
    if len(shares) == 0 or float(shares.max()) <= _NOTHING:
        return 0.0
    ratio = np.maximum(shares, 0.0) / weight
    most = float(ratio.max())
    return 0.0 if most <= 0 else 1.0 - float(ratio.min()) / most
