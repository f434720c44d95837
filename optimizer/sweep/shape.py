"""What cases must have in common to be solved on one open model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import NONE
from minequota.optimizer.engine.types import Booleans, Floats, Integers, LinearProgram
from minequota.optimizer.model import Model


@dataclass(frozen=True)
class Asked:
    """The balance of one product in one year, as rows and columns.

    ``Σ output + unmet − surplus = wanted``, where `wanted` is `amount` less what comes from
    outside. `flexible`: nothing else depends on the amount. `goal` is the number of the goal that
    counts what is unmet, `NONE` where none does.
    """

    row: int
    unmet: int
    surplus: int
    outputs: Integers
    goal: int
    amount: float
    wanted: float
    flexible: bool


@dataclass(frozen=True)
class Case:
    """One model as arrays, with what the comparison of two cases needs."""

    model: Model
    program: LinearProgram
    costs: tuple[Floats, ...]
    asked: tuple[Asked, ...]


def case_of(model: Model) -> Case:
    """Return a model as arrays."""
    costs = tuple(goal.cost for goal in model.goals)
    return Case(model, model.draft.program(), costs, tuple(_asked(model, costs)))


def same_shape(one: Case, other: Case) -> bool:
    """Whether two cases differ in bounds and objectives alone."""
    a, b = one.program, other.program
    return (
        a.columns == b.columns
        and a.rows == b.rows
        and [goal.name for goal in one.model.goals] == [goal.name for goal in other.model.goals]
        and [source.id for source in one.model.problem.sources]
        == [source.id for source in other.model.problem.sources]
        and np.array_equal(a.integer, b.integer)
        and np.array_equal(a.row_start, b.row_start)
        and np.array_equal(a.row_index, b.row_index)
        and np.array_equal(a.row_value, b.row_value)
        and all(
            np.array_equal(left != 0, right != 0)
            for left, right in zip(one.costs, other.costs, strict=True)
        )
    )


def _asked(model: Model, costs: tuple[Floats, ...]) -> list[Asked]:
    problem, draft = model.problem, model.draft
    position = {product.name: p for p, product in enumerate(problem.products)}
    rows = {(c.id, c.year): c.row for c in draft.clauses if c.code == "DEMAND"}
    found = []
    for line in problem.demands:
        y, p = problem.years.index(line.year), position[line.product.name]
        unmet = int(draft.columns.unmet[y, p])
        outputs = draft.columns.output[y, problem.of_product(line.product)]
        outside = line.imports + line.by_product
        plain = line.handed_out is None and not line.places and not line.given.by_product_from
        found.append(
            Asked(
                row=rows[f"DEMAND.{line.product.name}", line.year],
                unmet=unmet,
                surplus=int(draft.columns.surplus[y, p]),
                outputs=outputs[outputs != NONE],
                goal=next((g for g, cost in enumerate(costs) if cost[unmet] != 0), NONE),
                amount=line.amount,
                wanted=line.amount - outside,
                flexible=plain and outside + line.amount > 0 and outside <= line.amount,
            )
        )
    return found


def shrinkable(program: LinearProgram, asked: Asked) -> bool:
    """Whether less output of the product breaks no row but its balance."""
    mine = np.isin(program.row_index, asked.outputs)
    rows = np.repeat(np.arange(program.rows), np.diff(program.row_start))
    others: Booleans = mine & (rows != asked.row)
    value, row = program.row_value[others], rows[others]
    up = (value > 0) & (program.row_lower[row] > -np.inf)
    down = (value < 0) & (program.row_upper[row] < np.inf)
    return not (up.any() or down.any() or (program.column_lower[asked.outputs] > 0).any())
