"""Weights of the mines when a product's output is shared (goal 7)."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Floats, Integers
from minequota.optimizer.grounds import favoured_by
from minequota.optimizer.problem import Problem
from minequota.optimizer.sources import Source
from minequota.scenarios.units import Quantity

_NO_CAPACITY = 1.0


def sharing_weights(problem: Problem, draft: Draft, solution: Floats, members: Integers) -> Floats:
    """Return the members' weights: the chosen basis times the policy coefficients.

    A right without a figure for the basis is weighed by its licensed capacity, a new one by the
    capacity it is issued with; one without any capacity can produce nothing, so its weight does
    not matter.
    """
    sizes = draft.columns.size[members]
    return np.array(
        [
            _weight(problem, source, source.maximum if size == NONE else float(solution[size]))
            for source, size in zip((problem.sources[m] for m in members), sizes, strict=True)
        ],
        dtype=np.float64,
    )


def _weight(problem: Problem, source: Source, capacity: float) -> float:
    sharing = problem.options.sharing
    weight = capacity
    if sharing.basis != "capacity" and source.right is not None:
        stated: Quantity | None = getattr(source.right, sharing.basis)
        if stated is not None and stated.value > 0:
            weight = stated.to(source.capacity_unit) * source.factor
    for name in favoured_by(problem, source):
        weight *= sharing.coefficients.get(name, 1.0)  # type: ignore[call-overload]
    return weight if weight > 0 else _NO_CAPACITY
