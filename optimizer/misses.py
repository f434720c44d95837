"""The columns that only measure, set to what they measure once outputs are known."""

from __future__ import annotations

from minequota.optimizer.by_products import most_by_product
from minequota.optimizer.demand import DemandLine
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.problem import Problem


def refresh_misses(problem: Problem, draft: Draft, solution: Floats) -> None:
    """Set the columns that only measure to what they measure: misses, unmet demand, surplus.

    By-products count as far as they are needed. Of a product with demand centres the columns
    stay, for the flows rest on them.
    """
    for clause in draft.clauses:
        if clause.code == "DEMAND":
            continue
        used = clause.used(solution)
        if clause.over != NONE:
            solution[clause.over] = max(0.0, used - clause.upper)
        if clause.under != NONE:
            solution[clause.under] = max(0.0, clause.lower - used)
    for y, year in enumerate(problem.years):
        for line in problem.demands_in(year):
            _measure(problem, draft, solution, y, line)


def _measure(problem: Problem, draft: Draft, solution: Floats, y: int, line: DemandLine) -> None:
    columns = draft.columns
    p = [product.name for product in problem.products].index(line.product.name)
    outputs = columns.output[y, problem.of_product(line.product)]
    supplied = float(solution[outputs[outputs != NONE]].sum())
    if line.handed_out is not None:
        solution[columns.not_handed[y, p]] = max(0.0, line.handed_out - supplied)
    if line.places:
        return
    gap = line.amount - line.imports - line.by_product - supplied
    if columns.by_product[y, p] != NONE:
        most = sum(value * solution[c] for c, value in most_by_product(problem, draft, y, line))
        solution[columns.by_product[y, p]] = taken = min(max(0.0, gap), float(most))
        gap -= taken
    solution[columns.unmet[y, p]] = max(0.0, gap)
    solution[columns.surplus[y, p]] = max(0.0, -gap)
