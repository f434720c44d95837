"""From a solution of all goals to one clean answer: rights fixed, sizes and shares canonical."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Booleans, Floats, Integers
from minequota.optimizer.evenness import Nest, share_evenly, unevenness
from minequota.optimizer.goals import Goal
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.minscale import (
    admission_floor,
    least_capacity,
    running_floor,
)
from minequota.optimizer.stages import StageError
from minequota.optimizer.weights import sharing_weights
from minequota.scenarios.plan import Product

_FEASIBLE = 1e-6
_CLEAN_DIGITS = 9


def fix_integers(engine: Engine, draft: Draft, solution: Floats) -> None:
    """Hold every integer at its value and let the engine solve linear programs from here."""
    columns = np.flatnonzero(np.array(draft.integer))
    values = np.round(solution[columns])
    engine.set_bounds(columns, values, values)
    engine.set_continuous(columns)


def settle_sizes(engine: Engine, problem: Problem, draft: Draft, solution: Floats) -> Floats:
    """Share the capacity to be issued evenly among the new rights, and hold it.

    Goal 3 settles how much is issued in all, not who gets it. Per product the total is shared
    in proportion to the rights' minimums. Where caps do not allow that, each right in licence
    order gets the least it can.
    """
    sizes = draft.columns.size
    issued = np.flatnonzero((sizes != NONE) & (solution[draft.columns.hold[-1]] > 0.5))
    if len(issued) == 0:
        return solution
    wanted = solution[sizes[issued]].copy()
    for product in problem.products:
        alike = np.array([problem.sources[m].product == product for m in issued], dtype=bool)
        if alike.any():
            members = issued[alike]
            lower = np.array([least_capacity(problem, problem.sources[m]) for m in members])
            upper = np.array([draft.upper[sizes[m]] for m in members])
            minimum = np.array([admission_floor(problem, problem.sources[m]) for m in members])
            weight = np.maximum(minimum, 1e-9)
            wanted[alike] = share_evenly(wanted[alike].sum(), weight, lower, upper)
    nothing = np.zeros(len(solution))
    free = (
        np.array([draft.lower[sizes[m]] for m in issued]),
        np.array([draft.upper[sizes[m]] for m in issued]),
    )
    # A hair of freedom, less than any rounding step, keeps the goals' own tolerance feasible.
    engine.set_bounds(sizes[issued], wanted - 1e-7, wanted + 1e-7)
    answer = engine.minimise(nothing, gap=0.0, time_limit=None)
    if answer.found:
        return answer.values
    engine.set_bounds(sizes[issued], *free)
    for m in issued:
        cost = nothing.copy()
        cost[sizes[m]] = 1.0
        answer = engine.minimise(cost, gap=0.0, time_limit=None)
        if not answer.found:
            raise StageError("The capacities to be issued contradict the goals.")
        column = sizes[m : m + 1]
        held = answer.values[column] + 1e-9
        engine.set_bounds(column, np.array([draft.lower[sizes[m]]]), held)
    return answer.values


def share_outputs(problem: Problem, draft: Draft, solution: Floats) -> Floats:
    """Share every product's output evenly (goal 7).

    Returns
    -------
    Floats
        The solution with its outputs replaced.

    Raises
    ------
    StageError
        When the shares break a row of the model: a fault of the program.
    """
    shared = solution.copy()
    for y in range(len(problem.years)):
        for product in problem.products:
            _share_product(problem, draft, shared, y, product)
    refresh_misses(problem, draft, shared)
    broken = worst_violation(draft, shared)
    if broken > _FEASIBLE:
        raise StageError(f"Even shares break a rule of the model by {broken:.3g}.")
    return shared


def worst_unevenness(problem: Problem, draft: Draft, solution: Floats) -> float:
    """Largest unevenness of any product's shares among the rights that may produce."""
    worst = 0.0
    for y in range(len(problem.years)):
        for product in problem.products:
            members = _members(problem, draft, y, product)
            _, upper = _bounds(problem, draft, solution, y, members)
            able = members[upper > 0]
            shares = solution[draft.columns.output[y, able]]
            weight = sharing_weights(problem, draft, solution, able)
            worst = max(worst, unevenness(shares, weight))
    return worst


def _members(problem: Problem, draft: Draft, y: int, product: Product) -> Integers:
    return np.flatnonzero(problem.of_product(product) & (draft.columns.output[y] != NONE))


def _share_product(
    problem: Problem, draft: Draft, solution: Floats, y: int, product: Product
) -> None:
    columns = draft.columns
    members = _members(problem, draft, y, product)
    lower, upper = _bounds(problem, draft, solution, y, members)
    outputs = columns.output[y, members]
    total = round(float(solution[outputs].sum()), _CLEAN_DIGITS)
    weight = sharing_weights(problem, draft, solution, members)
    nests = _nests(problem, draft, solution, y, product, members)
    solution[outputs] = share_evenly(total, weight, lower, upper, nests)


def _bounds(
    problem: Problem, draft: Draft, solution: Floats, y: int, members: Integers
) -> tuple[Floats, Floats]:
    """Least and most each member may produce with the rights and sizes as they are."""
    columns, available = draft.columns, problem.options.availability
    lower, upper = np.zeros(len(members)), np.zeros(len(members))
    for i, m in enumerate(members):
        source = problem.sources[m]
        held = solution[columns.hold[y, m]] > 0.5
        size = columns.size[m]
        capacity = source.maximum if size == NONE else solution[size]
        most = capacity * available if held and source.eligible else 0.0
        if source.reserves is not None:
            most = min(most, source.reserves)
        run = columns.run[y, m]
        if run != NONE:
            if solution[run] < 0.5:
                most = 0.0
            else:
                lower[i] = running_floor(problem, source)
                if size != NONE:
                    load = problem.options.min_load * capacity * available
                    lower[i] = max(lower[i], load)
        upper[i] = max(most, lower[i])
    return lower, upper


def _nests(
    problem: Problem, draft: Draft, solution: Floats, y: int, product: Product, members: Integers
) -> list[Nest]:
    """The county caps of a product as limits of disjoint places, misses of goal 1 included."""
    year = problem.years[y]
    by_clause = {clause.id: clause for clause in draft.clauses if clause.year == year}
    county_limits: dict[str, tuple[float, float]] = {}
    for cap in problem.caps_of(product, year):
        if cap.county is None or cap.sense == "forecast":
            continue
        clause = by_clause[f"CAP.{cap.id}"]
        over = solution[clause.over] if clause.over != NONE else 0.0
        under = solution[clause.under] if clause.under != NONE else 0.0
        low, high = county_limits.get(cap.county, (-INFINITY, INFINITY))
        county_limits[cap.county] = (
            max(low, clause.lower - under),
            min(high, clause.upper + over),
        )
    counties = np.array([problem.sources[m].county for m in members])
    return [
        Nest(_same(counties, county), low, high) for county, (low, high) in county_limits.items()
    ]


def _same(counties: np.ndarray, county: str) -> Booleans:
    return np.asarray(counties == county, dtype=bool)


def worst_violation(draft: Draft, solution: Floats) -> float:
    """Largest amount by which a solution breaks a row."""
    worst = 0.0
    for i, (index, value) in enumerate(zip(draft.indices, draft.values, strict=True)):
        activity = float(value @ solution[index])
        worst = max(worst, draft.row_lower[i] - activity, activity - draft.row_upper[i])
    return worst


def refresh_misses(problem: Problem, draft: Draft, solution: Floats) -> None:
    """Set the columns that only measure (misses, unmet demand, surplus) to what they measure."""
    for clause in draft.clauses:
        if clause.code == "DEMAND":
            continue
        used = clause.used(solution)
        if clause.over != NONE:
            solution[clause.over] = max(0.0, used - clause.upper)
        if clause.under != NONE:
            solution[clause.under] = max(0.0, clause.lower - used)
    position = {product.name: p for p, product in enumerate(problem.products)}
    for y in range(len(problem.years)):
        for line in problem.demands:
            p = position[line.product.name]
            outputs = draft.columns.output[y, problem.of_product(line.product)]
            supplied = float(solution[outputs[outputs != NONE]].sum())
            gap = line.amount - line.imports - line.by_product - supplied
            solution[draft.columns.unmet[y, p]] = max(0.0, gap)
            solution[draft.columns.surplus[y, p]] = max(0.0, -gap)


def goal_values(goals: tuple[Goal, ...], solution: Floats) -> dict[str, float]:
    """Value of each goal at a solution."""
    return {goal.name: goal.value(solution) for goal in goals}
