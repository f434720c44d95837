"""Weights of the mines when a product's output is shared (goal 7)."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import Draft
from minequota.optimizer.engine.types import Floats, Integers
from minequota.optimizer.grounds import favoured_by
from minequota.optimizer.ore import amount_of
from minequota.optimizer.problem import Problem
from minequota.optimizer.source import Source
from minequota.optimizer.vintages import usable
from minequota.scenarios.right import Right
from minequota.scenarios.units import Quantity

_NO_CAPACITY = 1.0


def sharing_weights(
    problem: Problem, draft: Draft, solution: Floats, y: int, members: Integers
) -> Floats:
    """Return the members' weights: the chosen basis, times execution, times policy coefficients.

    What was dug beyond last year's quota speaks for nobody: of a right with an excess no more of
    last year's output counts than that quota (the output less the excess where it is not stated).
    A right without a figure for a basis (or with one of 0) is weighed by the capacity it can use
    that year, as every new, converted or merged right is. What `options.usable` lists limits what
    a right gets and not what it weighs: it is weighed by its licence. In a mix every basis counts
    as the members' shares of its total, so that tonnes of one do not drown those of another.
    Whoever has no capacity can produce nothing, so its weight does not matter.
    """
    sources = [problem.sources[m] for m in members]
    capacity = np.array(
        [usable_capacity(problem, draft, solution, y, int(m), listed=False) for m in members]
    )
    weight = _basis(problem, sources, capacity)
    for i, source in enumerate(sources):
        weight[i] *= _execution(problem, source) * _coefficient(problem, source)
    return np.where(weight > 0, weight, _NO_CAPACITY)


def had_already(problem: Problem, y: int, members: Integers) -> Floats:
    """Return what counts with the members' shares of a year: last year's excess in the first."""
    excess = np.array([problem.sources[m].excess for m in members], dtype=np.float64)
    return excess if y == 0 else np.zeros(len(members))


def usable_capacity(
    problem: Problem, draft: Draft, solution: Floats, y: int, m: int, *, listed: bool = True
) -> float:
    """Return the capacity a source can use in a year at a solution, availability aside.

    Without the shares `listed` in `options.usable` it is what a right is weighed by.
    """
    terms = usable(problem, draft, y, m, listed=listed)
    return max(0.0, float(sum(value * solution[column] for column, value in terms)))


def _basis(problem: Problem, sources: list[Source], capacity: Floats) -> Floats:
    sharing = problem.options.sharing
    if sharing.basis != "mix":
        return _figures(sources, sharing.basis, capacity)
    weight = np.zeros(len(sources))
    for basis, share in sharing.mix.items():
        figures = _figures(sources, basis, capacity)
        total = figures.sum()
        if total > 0:
            weight += share * figures / total
    return weight


def _figures(sources: list[Source], basis: str, capacity: Floats) -> Floats:
    """What each source has of a basis, in product units."""
    figures = capacity.copy()
    if basis != "capacity":
        for i, source in enumerate(sources):
            if source.right is not None:
                figures[i] = _stated(source, source.right, basis) or figures[i]
    return figures


def _stated(source: Source, right: Right, basis: str) -> float | None:
    """What the register has of a basis, in product units; of last output what was allowed."""
    given: Quantity | None = getattr(right, basis)
    figure = _in_product(source, given)
    if basis != "last_output" or figure is None or source.excess <= 0:
        return figure
    quota = _in_product(source, right.last_quota)
    return min(figure, quota) if quota is not None else max(0.0, figure - source.excess)


def _execution(problem: Problem, source: Source) -> float:
    """How last year's quota was fulfilled, within the bounds; 1 where that is not known."""
    bounds = problem.options.sharing.execution
    if bounds is None or source.right is None:
        return 1.0
    quota = _in_product(source, source.right.last_quota)
    made = _stated(source, source.right, "last_output")
    if not quota or made is None:
        return 1.0
    return min(max(made / quota, bounds.least), bounds.most)


def _coefficient(problem: Problem, source: Source) -> float:
    factor = 1.0
    for name in favoured_by(problem, source):
        factor *= problem.options.sharing.coefficients.get(name, 1.0)  # type: ignore[call-overload]
    return factor


def _in_product(source: Source, stated: Quantity | None) -> float | None:
    return amount_of(stated, source.capacity_unit, source.factor, source.product, source.ore)
