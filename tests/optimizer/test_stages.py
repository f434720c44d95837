"""Goals in strict order, and ties settled whatever path the solver takes."""

import itertools
import math

import numpy as np
import pytest

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.types import Solution
from minequota.optimizer.goals import Goal
from minequota.optimizer.stages import (
    NoAllocationError,
    Stage,
    StageError,
    settle_ties,
    solve_in_order,
)

INF = math.inf


def binaries(count, rows):
    """Return a program of 0/1 columns; each row is (values, lower, upper)."""
    return LinearProgram(
        np.zeros(count),
        np.ones(count),
        np.ones(count, dtype=bool),
        np.arange(0, count * len(rows) + 1, count, dtype=np.int64),
        np.tile(np.arange(count, dtype=np.int64), len(rows)),
        np.array([value for row in rows for value in row[0]], dtype=float),
        np.array([row[1] for row in rows], dtype=float),
        np.array([row[2] for row in rows], dtype=float),
    )


def goal(name, *cost, whole=False):
    """Return a goal on a program's columns."""
    return Goal(name, "", "", "", np.array(cost, dtype=float), whole)


class Contrary:
    """An engine that tries everything and, among equals, returns the last in column order."""

    name = "contrary"

    def __init__(self, given, latest=True):
        self.lower, self.upper = given.column_lower.copy(), given.column_upper.copy()
        self.rows = [
            (given.row_index[a:b], given.row_value[a:b], low, high)
            for a, b, low, high in zip(
                given.row_start, given.row_start[1:], given.row_lower, given.row_upper, strict=False
            )
        ]
        self.latest = latest

    def minimise(self, cost, *, gap, time_limit):
        """Try all whole points."""
        found = [
            (float(cost @ x), x)
            for x in map(np.array, itertools.product((0.0, 1.0), repeat=len(cost)))
            if np.all(self.lower <= x)
            and np.all(x <= self.upper)
            and all(a - 1e-6 <= v @ x[i] <= b + 1e-6 for i, v, a, b in self.rows)
        ]
        if not found:
            return Solution(SolveStatus.INFEASIBLE, np.empty(0), INF, INF)
        least = min(value for value, _ in found)
        equal = [x for value, x in found if value <= least + 1e-9]
        equal.sort(key=lambda x: tuple(-x if self.latest else x))
        return Solution(SolveStatus.OPTIMAL, equal[-1], least, least)

    def add_row(self, index, value, lower, upper):
        """Add a row."""
        self.rows.append((index, value, lower, upper))

    def remove_last_row(self):
        """Take a row back."""
        self.rows.pop()

    def set_bounds(self, index, lower, upper):
        """Change bounds."""
        self.lower[index], self.upper[index] = lower, upper


OPENERS = {
    "highs": lambda given: open_engine(given, "highs"),
    "cbc": lambda given: open_engine(given, "cbc"),
    "latest": Contrary,
    "earliest": lambda given: Contrary(given, latest=False),
}


@pytest.fixture(params=OPENERS)
def opener(request):
    """Return a way of opening an engine."""
    return OPENERS[request.param]


def test_order_beats_any_weighing(opener):
    """At least one of x, y, z; first least x + y, then least 100 z: z = 1, for 0 and 100.

    A weighted sum would choose x: 1 + 0 < 0 + 100.
    """
    engine = opener(binaries(3, [([1, 1, 1], 1, INF)]))
    stages, solution = solve_in_order(
        engine, (goal("first", 1, 1, 0), goal("second", 0, 0, 100)), gap=0, time_limit=None
    )
    assert [stage.value for stage in stages] == [0, 100]
    assert solution == pytest.approx([0, 0, 1])


def test_the_order_of_goals_matters(opener):
    """The same goals the other way round: x = 1 or y = 1, for 0 and 1."""
    engine = opener(binaries(3, [([1, 1, 1], 1, INF)]))
    goals = (goal("second", 0, 0, 100), goal("first", 1, 1, 0), goal("third", 1, 0, 0))
    stages, solution = solve_in_order(engine, goals, gap=0, time_limit=None)
    assert [stage.value for stage in stages] == [0, 1, 0]
    assert solution == pytest.approx([0, 1, 0])


def test_values_carry_the_constant_and_the_tolerance(opener):
    """A whole goal passes nothing on, another 1e-7 of itself; z = 1 always adds its constant.

    x + y ≥ 1 costs 1·x + 2·y + 7·z = 8 at x = 1, then 0.5 + 3 = 3.5.
    """
    engine = opener(binaries(3, [([1, 1, 0], 1, INF), ([0, 0, 1], 1, INF)]))
    goals = (goal("whole", 1, 2, 7, whole=True), goal("share", 0.5, 0.25, 3))
    stages, _ = solve_in_order(engine, goals, gap=0, time_limit=None)
    assert [(s.value, s.bound) for s in stages] == [
        (8, 8),
        (pytest.approx(3.5), pytest.approx(3.5)),
    ]
    assert stages[0].tolerance == 0
    assert stages[1].tolerance == pytest.approx(3.5e-7)
    assert {stage.status for stage in stages} == {SolveStatus.OPTIMAL}


def test_a_goal_without_cost_is_met(opener):
    """A goal that nothing can miss has the value zero and holds nothing."""
    engine = opener(binaries(2, [([1, 1], 1, INF)]))
    stages, solution = solve_in_order(
        engine, (goal("empty", 0, 0), goal("next", 2, 1)), gap=0, time_limit=None
    )
    assert [stage.value for stage in stages] == [0, 1]
    assert solution == pytest.approx([0, 1])


def test_no_allocation_at_all(opener):
    """Three of two columns cannot be had: the first goal says so by name."""
    engine = opener(binaries(2, [([1, 1], 3, INF)]))
    with pytest.raises(NoAllocationError) as failure:
        solve_in_order(engine, (goal("first", 1, 1),), gap=0, time_limit=None)
    assert (failure.value.status, failure.value.goal) == (SolveStatus.INFEASIBLE, "first")


class Scripted(Contrary):
    """An engine that answers the second objective as told."""

    def __init__(self, given, then):
        super().__init__(given)
        self.then, self.asked = then, 0

    def minimise(self, cost, *, gap, time_limit):
        """Answer once, then as told."""
        self.asked += 1
        if self.asked > 1:
            return Solution(self.then, np.empty(0), INF, -INF)
        return super().minimise(cost, gap=gap, time_limit=time_limit)


def test_a_later_goal_that_contradicts_is_a_fault():
    """Held goals always leave the solution that reached them: infeasible is the program's bug."""
    engine = Scripted(binaries(2, [([1, 1], 1, INF)]), SolveStatus.INFEASIBLE)
    with pytest.raises(StageError, match="second"):
        solve_in_order(engine, (goal("first", 1, 1), goal("second", 1, 2)), gap=0, time_limit=None)


def test_out_of_time_keeps_the_last_answer():
    """Nothing new was found in time: the answer of the goal before stands, unproven."""
    engine = Scripted(binaries(2, [([1, 1], 1, INF)]), SolveStatus.NO_ANSWER)
    stages, solution = solve_in_order(
        engine, (goal("first", 1, 1), goal("second", 1, 2)), gap=0, time_limit=1
    )
    assert stages[1].status is SolveStatus.TIME_LIMIT
    assert stages[1].bound == -INF
    assert stages[1].value == np.array([1, 2]) @ solution


def settled(opener, start, ranks, rows):
    """Settle the ties of a rank sum from one of its optima."""
    given = binaries(len(ranks), rows)
    engine = opener(given)
    last = goal("tie_break", *ranks, whole=True)
    value = float(last.cost @ start)
    everything = np.arange(len(ranks))
    engine.add_row(everything, last.cost, -INF, value + 1e-3)
    stage = Stage(last, SolveStatus.OPTIMAL, value, value, 0.0, 0.0)
    return settle_ties(engine, stage, np.array(start, dtype=float), everything, time_limit=None)


# Two of six with ranks that add up to 7: {1, 6}, {2, 5} and {3, 4}.
TWO_OF_SIX = ([1, 2, 3, 4, 5, 6], [([1] * 6, 2, 2), ([1, 2, 3, 4, 5, 6], 7, INF)])
TIED = [[1, 0, 0, 0, 0, 1], [0, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 0]]


@pytest.mark.parametrize("start", TIED)
def test_equal_rank_sums_end_in_the_same_set(opener, start):
    """From whichever of the three, the set with the earliest column is the one: {1, 6}."""
    solution, proven = settled(opener, start, *TWO_OF_SIX)
    assert np.round(solution).tolist() == TIED[0]
    assert proven


@pytest.mark.parametrize("start", [[0, 1, 1, 0, 0], [1, 0, 0, 1, 0]])
def test_ties_far_down_the_order(opener, start):
    """Ranks 1 2 3 4 5, sum 5, the fifth closed: {1, 4} before {2, 3}."""
    rows = [([1, 2, 3, 4, 5], 5, INF), ([0, 0, 0, 0, 1], 0, 0)]
    solution, proven = settled(opener, start, [1, 2, 3, 4, 5], rows)
    assert np.round(solution).tolist() == [1, 0, 0, 1, 0]
    assert proven


def test_a_unique_set_is_proven(opener):
    """One of three with the least rank: only {1}; the second best, {2}, is larger."""
    solution, proven = settled(opener, [1, 0, 0], [1, 2, 3], [([1, 1, 1], 1, 1)])
    assert np.round(solution).tolist() == [1, 0, 0]
    assert proven


def test_the_only_set_there_is_is_proven(opener):
    """Where no second set exists at all, the first is unique."""
    solution, proven = settled(opener, [1, 1], [1, 2], [([1, 1], 2, 2)])
    assert np.round(solution).tolist() == [1, 1]
    assert proven


def test_an_unanswered_search_proves_nothing():
    """When the search for a second set runs out of time, uniqueness is not claimed."""
    engine = Scripted(binaries(2, [([1, 1], 1, 1)]), SolveStatus.NO_ANSWER)
    engine.asked = 1
    stage = Stage(goal("tie_break", 1, 2), SolveStatus.OPTIMAL, 1.0, 1.0, 0.0, 0.0)
    engine.add_row(np.arange(2), np.array([1.0, 2.0]), -INF, 1.0)
    solution, proven = settle_ties(
        engine, stage, np.array([1.0, 0.0]), np.arange(2), time_limit=1.0
    )
    assert solution.tolist() == [1, 0]
    assert not proven
