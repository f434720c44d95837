"""MINSCALE: who is admitted must be large enough, and options on running below a floor."""

from __future__ import annotations

import math

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.minimums import admission_minimum, table_minimum
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.sources import Source
from minequota.scenarios.plan import SizeClass

# Share of a step below which an amount counts as a whole number of steps.
_SAME = 1e-6


def write(problem: Problem, draft: Draft) -> None:
    """Admit new rights at or above their minimum; hold running rights to the chosen floors."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if not source.existing:
            reached += 1
            last = draft.columns.hold[-1, m]
            floor = least_capacity(problem, source)
            if floor == INFINITY:
                draft.fix(last, 0.0)
            else:
                draft.at_least(draft.columns.size[m], floor, last)
    if problem.options.min_load > 0 or problem.options.minimum_binds_output:
        for y in range(len(problem.years)):
            for m in range(len(problem.sources)):
                reached += _hold_to_floor(problem, draft, y, m)
    draft.reach("MINSCALE", reached)


def admission_floor(problem: Problem, source: Source) -> float:
    """Minimum scale of a new right, in product units."""
    return admission_minimum(problem.plan, source, "new").amount


def least_capacity(problem: Problem, source: Source) -> float:
    """Least capacity a new right may be issued with: minimum and size class, in whole steps.

    Infinite where its area asks for a production size class that its mineral does not know.
    """
    floor = admission_floor(problem, source)
    for area in problem.plan.area_minimums:
        if any(area.area in (own.code, own.name) for own in source.areas):
            floor = max(floor, _least_of_class(source, area.size_class))
    if source.product is None or floor == INFINITY:
        return floor
    step = source.product.capacity_step * source.factor
    return math.ceil(floor / step - _SAME) * step


def _least_of_class(source: Source, size_class: SizeClass) -> float:
    if size_class == "small":
        return 0.0
    boundary = source.large_boundary if size_class == "large" else source.class_boundary
    return INFINITY if boundary is None else boundary


def running_floor(problem: Problem, source: Source) -> float:
    """Least yearly output of a right that runs, in product units; 0 where nothing asks one.

    A held right's capacity is a number. For a new right the floor by `min_load` depends on the
    capacity it is issued with, and is written with the right's own upper bound.

    Quotas are whole steps, so the floor is the next step; the last step below its capacity where
    no step lies between the two. Otherwise a set of mines could fit that no whole steps fit.
    """
    if source.product is None:
        return 0.0
    options = problem.options
    floor = options.min_load * source.maximum if source.existing else 0.0
    if options.minimum_binds_output:
        asked = (
            table_minimum(problem.plan, source).amount
            if source.existing
            else admission_floor(problem, source)
        )
        floor = max(floor, min(asked, source.maximum))
    step = source.product.step
    if source.existing:
        fits = math.floor(source.maximum * options.availability / step + _SAME)
        return min(math.ceil(floor * options.availability / step - _SAME), fits) * step
    return math.ceil(floor * options.availability / step - _SAME) * step


def _hold_to_floor(problem: Problem, draft: Draft, y: int, m: int) -> int:
    """Runs ⇒ output ≥ floor, rests ⇒ output = 0. Returns 1 where a floor was written."""
    source, columns = problem.sources[m], draft.columns
    output, size = columns.output[y, m], columns.size[m]
    floor = running_floor(problem, source)
    share = problem.options.min_load * problem.options.availability if size != NONE else 0.0
    if output == NONE or not source.eligible or (floor <= 0 and share <= 0):
        return 0
    run = columns.run[y, m] = draft.column(0.0, 1.0, integer=True)
    draft.at_most(output, source.maximum * problem.options.availability, run)
    draft.at_most(run, 1.0, columns.hold[y, m])
    draft.at_least(output, floor, run)
    if share > 0:
        # output ≥ share · size while it runs; at rest the right's own upper bound frees the row.
        most = share * source.maximum
        draft.row(np.array([output, size, run]), np.array([1.0, -share, -most]), -most, INFINITY)
    return 1


RULE = Rule(
    code="MINSCALE",
    title_zh="最低开采规模",
    title_en="Minimum scale",
    index="right m, year y",
    sentence=(
        "A new right's capacity reaches its minimum scale. By option, a right that runs reaches "
        "a share of its capacity, or the table's minimum, and otherwise rests."
    ),
    formula=(
        "capacity[new] ≥ minimum · hold; runs ⇒ output ≥ min(minimum, capacity) · availability"
    ),
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="plan",
    source="规划的最低开采规模表、专门规定与集中开采区表",
    test="tests/optimizer/rules/test_minscale.py",
    write=write,
)
