"""The rights that are decided once: who is on the register when, and with which capacity."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.answer import clean
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Booleans, Floats
from minequota.optimizer.model import Model
from minequota.optimizer.problem import Problem
from minequota.optimizer.source import Source

_OUTSIDE = 1e-6


@dataclass(frozen=True)
class Rights:
    """What is decided of every source, by modelled year and source of the problem.

    `hold`: on the register at the year's end. `expand`: its listed expansion decided. `size`:
    capacity a new right is issued with in that very year, in its licence's own unit.
    """

    hold: Booleans
    expand: Booleans
    size: Floats

    def same(self, other: Rights) -> bool:
        """Whether two decisions are one and the same."""
        return (
            np.array_equal(self.hold, other.hold)
            and np.array_equal(self.expand, other.expand)
            and np.allclose(self.size, other.size, rtol=0.0, atol=_OUTSIDE)
        )


def rights_of(problem: Problem, allocation: Allocation) -> Rights:
    """Read the decision out of an answer's records."""
    position = {source.id: m for m, source in enumerate(problem.sources)}
    years = np.array(problem.years)
    hold = np.tile(problem.existing, (len(years), 1))
    expand, size = np.zeros_like(hold), np.zeros(hold.shape)
    for action in allocation.actions:
        if action.kind in ("leave_forced", "leave_chosen", "merge"):
            hold[years >= action.year, position[action.right]] = False
    for issued in allocation.issuance:
        m = position[issued.right]
        hold[years >= issued.year, m] = True
        if problem.sources[m].kind == "new":
            size[years == issued.year, m] = issued.capacity
    for one in allocation.reorganisations:
        decided = hold if one.kind == "merge" else expand
        decided[years >= one.year, position[one.right]] = True
    return Rights(hold, expand, size)


def rights_at(problem: Problem, draft: Draft, solution: Floats) -> Rights:
    """Read the decision out of a solution whose capacities stand in whole steps."""
    columns = draft.columns
    hold = np.asarray(solution[columns.hold] > 0.5)
    expand = np.zeros_like(hold)
    chosen = columns.expand != NONE
    expand[chosen] = solution[columns.expand[chosen]] > 0.5
    size = np.zeros(hold.shape)
    for y, m in np.argwhere(columns.size != NONE).tolist():
        issued = hold[y, m] and not (y > 0 and hold[y - 1, m])
        if issued:
            size[y, m] = clean(solution[columns.size[y, m]] / problem.sources[m].factor)
    return Rights(hold, expand, size)


def with_rights(model: Model, rights: Rights) -> Model | None:
    """Return the model with the decision as given; None where a bound of its own forbids that."""
    draft = replace(model.draft, lower=list(model.draft.lower), upper=list(model.draft.upper))
    columns = draft.columns
    decided: list[tuple[int, float]] = []
    for y in range(len(model.problem.years)):
        for m, source in enumerate(model.problem.sources):
            decided.append((int(columns.hold[y, m]), float(rights.hold[y, m])))
            if columns.expand[y, m] != NONE:
                decided.append((int(columns.expand[y, m]), float(rights.expand[y, m])))
            if columns.size[y, m] != NONE:
                amount = in_product_units(source, float(rights.size[y, m]))
                decided.append((int(columns.size[y, m]), amount))
    for column, value in decided:
        slack = _OUTSIDE * max(1.0, abs(value))
        if not draft.lower[column] - slack <= value <= draft.upper[column] + slack:
            return None
        draft.fix(column, value)
    return replace(model, draft=draft)


def in_product_units(source: Source, capacity: float) -> float:
    """Return a licensed capacity in product units, to the last digit the same in every future."""
    if source.product is None:
        return capacity * source.factor
    step = source.product.capacity_step
    return round(capacity / step) * step * source.factor
