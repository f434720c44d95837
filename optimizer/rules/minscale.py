"""MINSCALE: who is admitted must be large enough, and options on running below a floor."""

from __future__ import annotations

import math
from collections.abc import Iterator

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.minimums import admission_minimum, existing_floor, table_minimum
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source
from minequota.optimizer.vintages import decided, share_usable, usable
from minequota.scenarios.plan import Action, AreaMinimum, SizeClass
from minequota.scenarios.units import Quantity

# Share of a step below which an amount counts as a whole number of steps.
_SAME = 1e-6
_ACTIONS: dict[str, Action] = {"new": "new", "converted": "converted", "merged": "merged"}


def write(problem: Problem, draft: Draft) -> None:
    """Admit at or above the minimum; hold running rights to the chosen floors."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if not source.existing:
            reached += 1
            _admit(problem, draft, m)
        elif source.enlargement is not None and source.enlargement.project.enlarges_area:
            reached += 1
            if source.enlargement.capacity < _enlarged_floor(problem, source) * (1 - _SAME):
                for column in draft.columns.expand[:, m]:
                    draft.fix(column, 0.0)
    floored = set()
    if problem.options.min_load > 0 or problem.options.minimum_binds_output:
        for y in range(len(problem.years)):
            for m in range(len(problem.sources)):
                if _hold_to_floor(problem, draft, y, m):
                    floored.add(m)
    draft.reach("MINSCALE", reached + len(floored))


def _admit(problem: Problem, draft: Draft, m: int) -> None:
    source, columns = problem.sources[m], draft.columns
    floor = least_capacity(problem, source)
    if floor == INFINITY or (source.kind != "new" and source.maximum < floor * (1 - _SAME)):
        for column in columns.hold[:, m]:
            draft.fix(column, 0.0)
        return
    if source.kind == "new":
        for y in range(len(problem.years)):
            terms = [(int(columns.size[y, m]), 1.0), (int(columns.hold[y, m]), -floor)]
            if y > 0:
                terms.append((int(columns.hold[y - 1, m]), floor))
            draft.sum_row(terms, 0.0, INFINITY)


def admission_floor(problem: Problem, source: Source) -> float:
    """Minimum scale of a new, converted or merged right, in product units."""
    return admission_minimum(problem.plan, source, _ACTIONS[source.kind]).amount


def _enlarged_floor(problem: Problem, source: Source) -> float:
    least = admission_minimum(problem.plan, source, "enlarged")
    return INFINITY if least.bars else least.amount


def least_capacity(problem: Problem, source: Source) -> float:
    """Least capacity a right may be admitted with: minimum and size class, in whole steps.

    Infinite where its area asks for a production size class that its mineral does not know, or
    where nothing may be merged that the table forbids.
    """
    if admission_minimum(problem.plan, source, _ACTIONS[source.kind]).bars:
        return INFINITY
    floor = admission_floor(problem, source)
    for area in problem.plan.area_minimums:
        if source.fresh and _inside(area, source):
            floor = max(floor, _least_of_class(source, area.size_class))
    # What is merged goes on as an existing mine and must be large enough for one.
    floor = max([floor, *(_asked_of_existing(problem, source, part) for part in source.parts)])
    if source.kind != "new" or source.product is None or floor == INFINITY:
        return floor
    step = source.product.capacity_step * source.factor
    return math.ceil(floor / step - _SAME) * step


def _asked_of_existing(problem: Problem, merged: Source, part: Source) -> float:
    """The ore a member must be licensed for as an existing mine, as product of the merged ore."""
    ore = existing_floor(problem.plan, part) / part.factor
    own = Quantity(ore, part.capacity_unit)
    if own.dimension == Quantity(1.0, merged.capacity_unit).dimension:
        return own.to(merged.capacity_unit) * merged.factor
    return ore * part.factor


def _inside(area: AreaMinimum, source: Source) -> bool:
    return (
        any(area.area in (own.code, own.name) for own in source.areas)
        and (not area.minerals or source.mineral.name in area.minerals)
        and area.method in (None, source.method)
    )


def _least_of_class(source: Source, size_class: SizeClass) -> float:
    if size_class == "small":
        return 0.0
    if source.size_class is not None:
        enough = source.size_class == "large" or source.size_class == size_class
        return 0.0 if enough else INFINITY
    boundary = source.large_boundary if size_class == "large" else source.class_boundary
    return INFINITY if boundary is None else boundary


def running_floor(problem: Problem, source: Source, usable: float, share: float = 1.0) -> float:
    """Least yearly output of a right that runs, in product units; 0 where nothing asks one.

    Parameters
    ----------
    problem
        Its options ask for floors or not.
    source
        The right.
    usable
        Capacity it can use in the year, in product units.
    share
        Part of its capacity that its lead time and ramp-up leave: the minimum is asked of it alone.

    Quotas are whole steps, so the floor is the next step; the last step below its capacity where
    no step lies between the two. Otherwise a set of mines could fit that no whole steps fit.
    """
    if source.product is None or usable <= 0:
        return 0.0
    options = problem.options
    floor = options.min_load * usable
    if options.minimum_binds_output:
        floor = max(floor, min(_asked_of_output(problem, source) * share, usable))
    step = source.product.step
    fits = math.floor(usable * options.availability / step + _SAME)
    return min(math.ceil(floor * options.availability / step - _SAME), fits) * step


def _asked_of_output(problem: Problem, source: Source) -> float:
    if source.existing:
        return table_minimum(problem.plan, source).amount
    return admission_floor(problem, source)


def _hold_to_floor(problem: Problem, draft: Draft, y: int, m: int) -> int:
    """Runs ⇒ output ≥ floor, rests ⇒ output = 0. Returns 1 where a floor was written."""
    source, columns = problem.sources[m], draft.columns
    output = int(columns.output[y, m])
    if output == NONE or not source.eligible(problem.years[y]):
        return 0
    fixed = source.existing and source.enlargement is None
    floor = _floor_of_held(problem, source, problem.years[y]) if fixed else 0.0
    if fixed and floor <= 0:
        return 0
    run = columns.run[y, m] = draft.column(0.0, 1.0, integer=True)
    available = problem.options.availability
    draft.at_most(output, source.most * available, run)
    draft.at_most(run, 1.0, int(columns.hold[y, m]))
    if fixed:
        draft.at_least(output, floor, run)
        return 1
    if problem.options.min_load > 0:
        share = problem.options.min_load * available
        terms = [(column, share * value) for column, value in usable(problem, draft, y, m)]
        _at_least_while_running(draft, output, run, terms, share * source.most)
    if problem.options.minimum_binds_output:
        _hold_to_minimum(problem, draft, y, m, run)
    return 1


def _hold_to_minimum(problem: Problem, draft: Draft, y: int, m: int, run: int) -> None:
    """The strict reading for a right whose capacity a decision brings or raises."""
    source, output = problem.sources[m], int(draft.columns.output[y, m])
    if source.kind in ("converted", "merged"):
        floors = [_floor_once(problem, source, v, problem.years[y]) for v in problem.years[: y + 1]]
        terms = list(_by_decision(draft.columns.hold[:, m].tolist(), floors))
        _at_least_while_running(draft, output, run, terms, max(floors))
        return
    if source.kind == "held":
        after = _floor_of_held(problem, source, problem.years[y], enlarged=True)
    else:
        # Its capacity is open, but never below what admits it.
        after = running_floor(problem, source, max(source.maximum, least_capacity(problem, source)))
        if not problem.calendar:
            draft.at_least(output, after, run)
            return
    before = _floor_of_held(problem, source, problem.years[y]) if source.kind == "held" else 0.0
    terms = [(run, before)] if before > 0 else []
    terms += [(column, (after - before) * share) for column, share in decided(problem, draft, y, m)]
    _at_least_while_running(draft, output, run, terms, after)


def _floor_of_held(problem: Problem, source: Source, year: int, *, enlarged: bool = False) -> float:
    """Floor of a right of the register in `year`: of what it can use, the minimum in proportion."""
    whole = source.most if enlarged else source.maximum
    idle = source.maximum * (1 - source.usable_share(year))
    return running_floor(problem, source, whole - idle, 1 - idle / whole if whole > 0 else 1.0)


def _floor_once(problem: Problem, source: Source, decided_in: int, year: int) -> float:
    """Floor of a right of fixed capacity in `year`, once decided: of what works of it at most."""
    share = share_usable(problem, source, decided_in, year)
    # Of members that stand still or ramp up the minimum is asked in full, up to what can be used.
    usable_part = source.usable_share(year)
    alone = share / usable_part if usable_part > 0 else 0.0
    return running_floor(problem, source, source.maximum * share, alone)


def _by_decision(hold: list[int], floors: list[float]) -> Iterator[tuple[int, float]]:
    """Terms of the floor that belongs to the year of the decision."""
    for v, floor in enumerate(floors):
        yield hold[v], floor
        if v > 0:
            yield hold[v - 1], -floor


def _at_least_while_running(
    draft: Draft, output: int, run: int, terms: list[tuple[int, float]], most: float
) -> None:
    """Output ≥ Σ terms while it runs; at rest `most`, the largest they can be, frees the row."""
    negative = [(column, -value) for column, value in terms]
    draft.sum_row([(output, 1.0), (run, -most), *negative], -most, INFINITY)


RULE = Rule(
    code="MINSCALE",
    title_zh="最低开采规模",
    title_en="Minimum scale",
    index="right m, year y",
    sentence=(
        "The capacity of a new, converted, merged or enlarged right reaches its minimum scale. By "
        "option, a right that runs reaches a share of its capacity, or the table's minimum, and "
        "otherwise rests."
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
