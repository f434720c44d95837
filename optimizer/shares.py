"""Goal 7: every product's output of every year, shared evenly among the mines that may produce.

The rights are settled. What the goals still leave open beside the shares is settled first: misses
of expected indicators are least in the order of the clauses, and each year's output of each product
is as large as it may be, earlier years first. The shares then have a closed form, as long as the
limits nest and nothing else stands in the way; where something does, they are found on the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.deduction import Deduction, deductions, limits, rows_without_excess
from minequota.optimizer.demand import DemandLine
from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.engine import Engine
from minequota.optimizer.engine.types import Floats, Integers, LinearProgram
from minequota.optimizer.evenness import share_evenly, share_within, unevenness
from minequota.optimizer.filling import fill_by_level
from minequota.optimizer.misses import refresh_misses
from minequota.optimizer.problem import Problem
from minequota.optimizer.room import Room, room_for
from minequota.optimizer.stages import StageError
from minequota.optimizer.weights import had_already, sharing_weights, usable_capacity

_FEASIBLE = 1e-6
_BROKEN = 1e-5
_HAIR = 1e-7
_CLEAN_DIGITS = 9
_NOBODY: Integers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class _Group:
    """Those who share a product's output in a year; nobody else produces any of it."""

    y: int
    line: DemandLine
    members: Integers
    columns: Integers


@dataclass(frozen=True)
class Shared:
    """The solution with its outputs shared, and what was taken off for an excess, by source.

    `deducted` has no entry for whoever was shared on the solver: nobody knows there what it
    would have had.
    """

    solution: Floats
    deducted: dict[int, Deduction]


def share_outputs(engine: Engine, problem: Problem, draft: Draft, solution: Floats) -> Shared:
    """Share every product's output evenly, year by year.

    Parameters
    ----------
    engine
        Holds the model with its integers fixed and all goals so far; more is held afterwards.
    problem, draft
        The model.
    solution
        An answer to all goals so far.

    Returns
    -------
    Shared
        The solution with its outputs replaced.

    Raises
    ------
    StageError
        When the shares break a row of the model: a fault of the program.
    """
    groups = list(_groups(problem, draft, solution))
    shares = _settle_misses(engine, draft, solution)
    done: list[_Group] = []
    free, deducted = rows_without_excess(problem), dict[int, Deduction]()
    for part, fewest in _in_turn(problem, groups):
        settled, totals = _settle_totals(engine, draft, part, shares, fewest=fewest)
        task = _Task(engine, problem, draft, groups, done, free, deducted)
        formula = _by_formula(task, settled, part, totals)
        shares = _one_by_one(task, settled, part, totals) if formula is None else formula
        done += part
    refresh_misses(problem, draft, shares)
    broken = worst_violation(draft, shares)
    if broken > _BROKEN:
        raise StageError(f"Even shares break a rule of the model by {broken:.3g}.")
    return Shared(shares, deducted)


def serve_by_products(engine: Engine, problem: Problem, draft: Draft, solution: Floats) -> Floats:
    """Let by-products serve what they can where nothing is to be shared evenly."""
    following = [g for g in _groups(problem, draft, solution) if g.line.given.by_product_from]
    return _settle_totals(engine, draft, following, solution, fewest=True)[0]


@dataclass(frozen=True)
class _Task:
    """What sharing works on: all groups, and those that are settled already.

    `free` are the rows as if nobody had dug too much; None where nobody has.
    """

    engine: Engine
    problem: Problem
    draft: Draft
    groups: list[_Group]
    done: list[_Group]
    free: LinearProgram | None
    deducted: dict[int, Deduction]

    def known(self, solution: Floats) -> _Known:
        """Return what is settled so far."""
        known = _Known(self.problem, self.draft, solution, self.groups, self.free)
        for group in self.done:
            known.settle(group, solution[group.columns])
        return known


def _in_turn(problem: Problem, groups: list[_Group]) -> list[tuple[list[_Group], bool]]:
    """The groups by turn, and whether mines should make as little as they can.

    What by-products can serve comes last: the mines they come from are shared first, for what is
    left over in them is no reason to dig here rather than there.
    """
    following = [group for group in groups if group.line.given.by_product_from]
    leading = [group for group in groups if not group.line.given.by_product_from]
    fewest = "by_product" in problem.scenario.question.goals
    return [(part, few) for part, few in ((leading, False), (following, fewest)) if part]


def worst_unevenness(problem: Problem, draft: Draft, solution: Floats) -> float:
    """Largest unevenness of any product's shares among the rights that may produce.

    Those with an excess of last year get less than the others, so they are measured only where
    all of a group have one.
    """
    worst = 0.0
    for group in _groups(problem, draft, solution):
        weight = sharing_weights(problem, draft, solution, group.y, group.members)
        without = had_already(problem, group.y, group.members) <= 0
        measured = without if without.any() else ~without
        found = unevenness(solution[group.columns][measured], weight[measured])
        worst = max(worst, found)
    return worst


def _groups(problem: Problem, draft: Draft, solution: Floats) -> Iterator[_Group]:
    for y, year in enumerate(problem.years):
        for line in problem.demands_in(year):
            chosen = np.flatnonzero(problem.of_product(line.product))
            able = [m for m in chosen.tolist() if _may_produce(problem, draft, solution, y, m)]
            members = np.array(able, dtype=np.int64)
            yield _Group(y, line, members, draft.columns.output[y, members])


def _may_produce(problem: Problem, draft: Draft, solution: Floats, y: int, m: int) -> bool:
    """Whether a source is held, able and allowed to produce, and does not rest by a floor."""
    output, run = int(draft.columns.output[y, m]), int(draft.columns.run[y, m])
    if output == NONE or draft.upper[output] <= 0 or (run != NONE and solution[run] < 0.5):
        return False
    reserves = problem.sources[m].reserves
    return (reserves is None or reserves > 0) and usable_capacity(
        problem, draft, solution, y, m
    ) > _FEASIBLE


def _settle_misses(engine: Engine, draft: Draft, solution: Floats) -> Floats:
    """Hold every miss at its least, the earlier clause's first."""
    whole = np.array(draft.integer)
    for clause in draft.clauses:
        for column in (clause.over, clause.under):
            if column == NONE:
                continue
            if solution[column] > _FEASIBLE and not whole[clause.index].all():
                solution = _minimised(engine, draft, np.array([column]), 1.0, solution)
            most = max(0.0, float(solution[column]))
            at = np.array([column])
            engine.set_bounds(at, np.zeros(1), np.array([most + _hair(most)]))
    return solution


def _settle_totals(
    engine: Engine, draft: Draft, groups: list[_Group], solution: Floats, *, fewest: bool
) -> tuple[Floats, list[float]]:
    """Hold every group's output at its most, in order; at its least where by-products serve."""
    totals = []
    for group in groups:
        total, wanted = float(solution[group.columns].sum()), _most_wanted(group.line)
        if len(group.columns) and (fewest or total < wanted - _hair(wanted)):
            sign = 1.0 if fewest else -1.0
            solution = _minimised(engine, draft, group.columns, sign, solution)
            total = float(solution[group.columns].sum())
        # All that is wanted is known to the last digit, which no solver's answer is.
        met = abs(total - wanted) <= _hair(wanted)
        totals.append(wanted if met else round(total, _CLEAN_DIGITS))
        if len(group.columns):
            least, most = totals[-1] - _hair(total), totals[-1] + _hair(total)
            limits = (-INFINITY, most) if fewest else (least, INFINITY)
            engine.add_row(group.columns, np.ones(len(group.columns)), *limits)
    return solution, totals


def _most_wanted(line: DemandLine) -> float:
    if line.handed_out is not None:
        return line.handed_out
    return max(0.0, line.amount - line.imports - line.by_product)


def _minimised(
    engine: Engine, draft: Draft, columns: Integers, value: float, known: Floats
) -> Floats:
    """The answer with the least of some columns; the known one where a solver sees no room at all.

    What is held by then may miss itself by a solver's own tolerance, although `known` keeps it.
    """
    cost = np.zeros(len(draft.lower))
    cost[columns] = value
    answer = engine.minimise(cost, gap=0.0, time_limit=None)
    return answer.values if answer.found else known


def _by_formula(
    task: _Task, solution: Floats, groups: list[_Group], totals: list[float]
) -> Floats | None:
    """Some groups by the closed form; None where the rest of the model does not bear that."""
    engine, draft, known = task.engine, task.draft, task.known(solution)
    shared = solution.copy()
    deducted: dict[int, Deduction] = {}
    for group, total in zip(groups, totals, strict=True):
        split = known.closed_form(group, total)
        shared[group.columns] = split.solution
        deducted |= split.deducted
        known.settle(group, split.solution)
    columns = np.concatenate([group.columns for group in groups]) if groups else _NOBODY
    answer = _held_at(engine, draft, columns, shared[columns])
    if answer is None:
        _release(engine, draft, columns)
        return None
    answer[columns] = shared[columns]
    task.deducted.update(deducted)
    for group in task.done:
        answer[group.columns] = shared[group.columns]
    return answer


def _one_by_one(task: _Task, solution: Floats, groups: list[_Group], totals: list[float]) -> Floats:
    """Each group by the closed form where the model bears it, on the solver where not."""
    engine, draft, known = task.engine, task.draft, task.known(solution)
    answer, shared = solution, solution.copy()
    for group, total in zip(groups, totals, strict=True):
        if not len(group.columns):
            # Nobody may produce it: there is nothing to hold, whatever room the solver sees.
            continue
        split = known.closed_form(group, total)
        shares = split.solution
        fitting = _held_at(engine, draft, group.columns, shares)
        if fitting is not None:
            task.deducted.update(split.deducted)
        else:
            _release(engine, draft, group.columns)
            weight, room = known.weights(group), known.room(group)
            had = had_already(task.problem, group.y, group.members)
            filled = fill_by_level(
                engine, draft, group.columns, weight, room.lower, room.upper, had
            )
            shares, fitting = filled.shares, filled.answer
            _hold(engine, group.columns, shares, filled.answer[group.columns])
        answer = fitting
        shared[group.columns] = shares
        known.settle(group, shares)
    answer = answer.copy()
    for group in (*task.done, *groups):
        answer[group.columns] = shared[group.columns]
    return answer


class _Known:
    """What is settled so far, as bounds of all columns, and the closed form that fits it."""

    def __init__(
        self,
        problem: Problem,
        draft: Draft,
        solution: Floats,
        groups: list[_Group],
        free: LinearProgram | None,
    ) -> None:
        self._problem, self._draft, self._solution = problem, draft, solution
        self._free = free
        self._program = draft.program()
        self._lower = self._program.column_lower.copy()
        self._upper = self._program.column_upper.copy()
        sizes = draft.columns.size[draft.columns.size != NONE]
        misses = [c for one in draft.clauses for c in (one.over, one.under) if c != NONE]
        settled = np.concatenate(
            [np.flatnonzero(self._program.integer), sizes, np.array(misses, dtype=np.int64)]
        )
        self._fix(settled, solution[settled])
        outputs = draft.columns.output[draft.columns.output != NONE]
        may = np.concatenate([_NOBODY, *(group.columns for group in groups)])
        resting = np.setdiff1d(outputs, may)
        self._fix(resting, np.zeros(len(resting)))

    def settle(self, group: _Group, shares: Floats) -> None:
        """Take a group's shares as given from here on."""
        self._fix(group.columns, shares)

    def closed_form(self, group: _Group, total: float) -> Shared:
        """Share a group's total under what the rows say of it alone; the shares of its members.

        Last year's excess comes off what a mine would get without any, as far as others can
        produce it.
        """
        if not len(group.columns):
            return Shared(np.empty(0), {})
        room, weight = self.room(group), self.weights(group)
        excess = had_already(self._problem, group.y, group.members)
        bounds = (total, weight, room.lower, room.upper, room.nests)
        if self._free is None or not excess.any():
            return Shared(share_evenly(*bounds), {})
        free = room_for(self._free, self._lower, self._upper, group.columns)
        before = share_evenly(total, weight, free.lower, free.upper, free.nests)
        limit = limits(before, excess, room)
        shares = share_within(*bounds, limit)
        # What the excesses keep from being produced at all would have been shared as well.
        most = max(total, min(_most_wanted(group.line), free.most))
        more = share_evenly(most, weight, free.lower, free.upper, free.nests)
        had = np.where(shares >= room.upper - _HAIR, more, before)
        return Shared(shares, deductions(group.members, shares, had, excess, limit))

    def room(self, group: _Group) -> Room:
        """What the rows leave to a group as things stand."""
        return room_for(self._program, self._lower, self._upper, group.columns)

    def weights(self, group: _Group) -> Floats:
        """The weights of a group."""
        return sharing_weights(self._problem, self._draft, self._solution, group.y, group.members)

    def _fix(self, columns: Integers, values: Floats) -> None:
        self._lower[columns] = self._upper[columns] = values


def _held_at(engine: Engine, draft: Draft, columns: Integers, shares: Floats) -> Floats | None:
    """Hold some outputs at their shares; the answer that fits them, or None."""
    _hold(engine, columns, shares, shares)
    answer = engine.minimise(np.zeros(len(draft.lower)), gap=0.0, time_limit=None)
    return answer.values if answer.found else None


def _hold(engine: Engine, columns: Integers, shares: Floats, answer: Floats) -> None:
    """Hold some outputs at their shares, and possible what an answer has of them."""
    # A hair of freedom, less than any rounding step, keeps the goals' own tolerance feasible.
    hair = _HAIR * np.maximum(1.0, shares)
    low, high = np.minimum(shares, answer) - hair, np.maximum(shares, answer) + hair
    engine.set_bounds(columns, np.maximum(low, 0.0), high)


def _release(engine: Engine, draft: Draft, columns: Integers) -> None:
    lower = np.array([draft.lower[column] for column in columns], dtype=np.float64)
    upper = np.array([draft.upper[column] for column in columns], dtype=np.float64)
    engine.set_bounds(columns, lower, upper)


def _hair(amount: float) -> float:
    return _HAIR * max(1.0, abs(amount))


def worst_violation(draft: Draft, solution: Floats) -> float:
    """Largest amount by which a solution breaks a row, as a share of the row's limit above 1."""
    worst = 0.0
    limits = zip(draft.row_lower, draft.row_upper, strict=True)
    for index, value, (lower, upper) in zip(draft.indices, draft.values, limits, strict=True):
        terms = value * solution[index]
        activity = float(terms.sum())
        broken = max(lower - activity, activity - upper)
        if broken > 0:
            worst = max(worst, broken / max(1.0, float(abs(terms).max(initial=0.0))))
    return worst
