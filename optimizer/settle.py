"""From a solution of all goals to one clean answer: rights fixed, new capacities canonical."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.evenness import share_evenly
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.minscale import admission_floor, least_capacity
from minequota.optimizer.stages import StageError


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
    issued = _issued(draft, solution)
    if not issued:
        return solution
    columns = np.array([column for column, _ in issued], dtype=np.int64)
    wanted = solution[columns].copy()
    for product in problem.products:
        alike = np.array([problem.sources[m].product == product for _, m in issued], dtype=bool)
        if alike.any():
            members = [m for (_, m), one in zip(issued, alike, strict=True) if one]
            lower = np.array([least_capacity(problem, problem.sources[m]) for m in members])
            upper = np.array([draft.upper[column] for column in columns[alike]])
            minimum = np.array([admission_floor(problem, problem.sources[m]) for m in members])
            weight = np.maximum(minimum, 1e-9)
            wanted[alike] = share_evenly(wanted[alike].sum(), weight, lower, upper)
    nothing = np.zeros(len(solution))
    lowest = np.array([draft.lower[column] for column in columns])
    highest = np.array([draft.upper[column] for column in columns])
    # A hair of freedom, less than any rounding step, keeps the goals' own tolerance feasible.
    engine.set_bounds(columns, wanted - 1e-7, wanted + 1e-7)
    answer = engine.minimise(nothing, gap=0.0, time_limit=None)
    if answer.found:
        return answer.values
    engine.set_bounds(columns, lowest, highest)
    for i in range(len(columns)):
        cost = nothing.copy()
        cost[columns[i]] = 1.0
        answer = engine.minimise(cost, gap=0.0, time_limit=None)
        if not answer.found:
            raise StageError("The capacities to be issued contradict the goals.")
        held = answer.values[columns[i : i + 1]] + 1e-9
        engine.set_bounds(columns[i : i + 1], lowest[i : i + 1], held)
    return answer.values


def _issued(draft: Draft, solution: Floats) -> list[tuple[int, int]]:
    """The size column of every right issued, in its year of issue, and the right."""
    found = []
    years, sources = draft.columns.size.shape
    for m in range(sources):
        for y in range(years):
            if draft.columns.size[y, m] != NONE and solution[draft.columns.hold[y, m]] > 0.5:
                found.append((int(draft.columns.size[y, m]), m))
                break
    return found
