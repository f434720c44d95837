"""What last year's over-production takes off a mine's share of the first year, and why not more.

The mine's share as it were without any excess is what is taken from: all other mines of its group
take over what they can, and only what none of them can take stays with those that dug too much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from minequota.optimizer.engine.types import Floats, Integers, LinearProgram
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import Problem
from minequota.optimizer.room import Room

_NOTHING = 1e-6

End = Literal["whole", "floor", "used_up", "nobody"]
"""Why no more was taken off: it was all; the mine is at its least; it has nothing left; or nobody
else can produce what it would not."""


@dataclass(frozen=True)
class Deduction:
    """How much less a mine gets for its excess, in product units, and why not more."""

    amount: float
    end: End


def rows_without_excess(problem: Problem) -> LinearProgram | None:
    """Return the rows of the model as if nobody had dug too much; None where nobody has.

    Their columns are the model's own: an excess moves limits only.
    """
    if not any(source.excess > 0 for source in problem.sources):
        return None
    innocent = tuple(replace(source, excess=0.0) for source in problem.sources)
    return write_model(replace(problem, sources=innocent)).program()


def limits(before: Floats, excess: Floats, room: Room) -> Floats:
    """Return what each should get at most; infinite for whoever has no excess."""
    taken = np.maximum(before - excess, room.lower)
    return np.where(excess > 0, np.minimum(taken, room.upper), np.inf)


def deductions(
    members: Integers, shares: Floats, before: Floats, excess: Floats, limit: Floats
) -> dict[int, Deduction]:
    """Return what was taken off each member with an excess, by its source.

    Parameters
    ----------
    members
        Sources that share.
    shares, before
        What each gets, and what it would get without any excess.
    excess
        What each dug too much.
    limit
        As `limits` gives them.
    """
    found = {}
    for i in np.flatnonzero(excess > 0).tolist():
        off = float(min(max(0.0, before[i] - shares[i]), excess[i]))
        end: End = "nobody"
        if off >= excess[i] - _NOTHING:
            end = "whole"
        elif shares[i] <= _NOTHING:
            end = "used_up"
        elif shares[i] <= limit[i] + _NOTHING:
            end = "floor"
        found[int(members[i])] = Deduction(off, end)
    return found
