"""Cases of one shape, solved one after another on models that stay open.

A goal is proven by the cheapest means that does it: the relaxation's bound, found in a few simplex
steps from the case before; the bound of an earlier case that allowed more; a search over the
integers where neither closes the gap. Answers come from the rights of earlier cases, as long as
they reach the bound, and from the search where they do not.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.draft import NONE
from minequota.optimizer.engine.hot import HotEngine
from minequota.optimizer.engine.types import Floats, Integers
from minequota.optimizer.goals import TIE_BREAK, Goal
from minequota.optimizer.stages import (
    WHOLE_SLACK,
    NoAllocationError,
    Stage,
    StageError,
    slack_of,
    tolerance_of,
)
from minequota.optimizer.sweep.looser import (
    Known,
    allows_no_more,
    goals_of_demand,
    most_unmet,
    ties_no_more,
)
from minequota.optimizer.sweep.search import Search
from minequota.optimizer.sweep.shape import Case

_REMEMBERED = 8
_WIDER = 10.0
_STEP = 1e-6


@dataclass(frozen=True)
class Reached:
    """An answer to every goal with the rights that give it."""

    stages: tuple[Stage, ...]
    solution: Floats


@dataclass
class _Pattern:
    """Values of the integers, what each goal reaches with them, and that answer."""

    integers: Floats
    values: list[float]
    solution: Floats


class Series:
    """Open models for cases of one shape."""

    def __init__(self, first: Case) -> None:
        self.shape = first
        self._integer: Integers = np.flatnonzero(first.program.integer)
        costs = first.costs
        self.relaxed = HotEngine(first.program, costs)
        self.relaxed.set_continuous(self._integer)
        self.settled = HotEngine(first.program, costs)
        self.settled.set_continuous(self._integer)
        self._search = Search(first)
        self._known: list[Known] = []
        self._patterns: list[Floats] = []
        self._unmet: dict[int, float] = {}
        self._in_vain: dict[int, int] = {}
        self.searches = 0

    def solve(self, case: Case) -> Reached:
        """Return an answer to all goals of a case, in order.

        The rights in hand stay in `settled`, with every goal held, for the sharing that follows.

        Raises
        ------
        NoAllocationError
            When the binding clauses leave no allocation, or none was found in the time.
        StageError
            When tolerances leave a goal no room; the case is then for the plain solve.
        """
        self.relaxed.load(case.program, case.costs)
        self.settled.load(case.program, case.costs)
        self._search.load(case)
        goals, gap = case.model.goals, _gap(case)
        untried = list(self._patterns)
        best = self._next_pattern(case, untried, [], None)
        known = Known(case, [], [], [])
        self._unmet = {}
        held: list[float] = []
        stages: list[Stage] = []
        for g, goal in enumerate(goals):
            since = time.perf_counter()
            bound = self._relaxed_bound(goal)
            status = SolveStatus.OPTIMAL
            if best is None or not _close(goal, best.values[g], bound, gap):
                bound = max(bound, self._inherited(case, held, g, bound, best))
            while untried and (best is None or not _close(goal, best.values[g], bound, gap)):
                best = self._next_pattern(case, untried, stages, best)
            unheld: frozenset[int] = frozenset()
            if best is not None and not _close(goal, best.values[g], bound, gap):
                bound, unheld = self._proven_for_more(case, g, best, stages, bound)
            if best is None or not _close(goal, best.values[g], bound, gap):
                best, bound, status = self._searched(case, g, best, stages, bound)
            elif not _close(goal, best.values[g], bound, 0.0):
                status = SolveStatus.WITHIN_GAP
            stage = _stage(goal, best.values[g], bound, status, time.perf_counter() - since)
            stages.append(stage)
            held.append(stage.value + slack_of(stage))
            known.held.append(_wider(stage))
            known.bounds.append(bound)
            known.unheld.append(unheld)
            self.relaxed.hold(g, held[g])
            self._search.hold(g, held[g])
        if best is None:
            raise StageError("A scenario needs at least one goal.")
        if goals[-1].name == TIE_BREAK and stages[-1].status is SolveStatus.OPTIMAL:
            best = self._first_of_ties(case, best, stages, held, known)
        known.integers = best.integers
        self._remember(known, best)
        self._settle(best, held)
        return Reached(tuple(stages), best.solution)

    def _first_of_ties(
        self,
        case: Case,
        best: _Pattern,
        stages: list[Stage],
        held: list[float],
        known: Known,
    ) -> _Pattern:
        """Choose the rights that come first among all that tie in the licence order as well."""
        unmet = self._most_unmet(case, held, len(held))
        for earlier in reversed(self._known):
            if ties_no_more(case, held, unmet, earlier, best.integers):
                known.settled_without = earlier.settled_without
                return best
        grown = self._grown(case, stages)
        for unheld in dict.fromkeys((grown, frozenset[int]())):
            solution, settled = self._search.settle(case, stages, best.solution, unheld)
            integers = np.round(solution[self._integer])
            same = np.array_equal(integers, best.integers)
            if unheld and not same:
                # With goals let go another set may come first: ask again with all of them held.
                continue
            known.settled_without = unheld if settled else None
            if same:
                return best
            found = self._reach(case, integers, stages)
            if found is None:
                raise StageError("The rights that come first among equals do not keep the goals.")
            return found
        return best

    def _relaxed_bound(self, goal: Goal) -> float:
        answer = self.relaxed.minimise(goal.cost, gap=0.0, time_limit=None)
        if not answer.found:
            # Whether there is no allocation at all is for the plain solve to say.
            raise StageError(f"The goal {goal.name} leaves the relaxation no room.")
        return _whole_up(goal, answer.objective)

    def _inherited(
        self, case: Case, held: list[float], g: int, bound: float, best: _Pattern | None
    ) -> float:
        """The best bound an earlier case proves on goal `g`."""
        goal, gap = case.model.goals[g], _gap(case)
        if not self._known:
            return bound
        unmet = self._most_unmet(case, held, g)
        for known in reversed(self._known):
            if known.bounds[g] <= bound:
                continue
            if not allows_no_more(case, held, unmet, known, g):
                continue
            bound = known.bounds[g]
            if best is not None and _close(goal, best.values[g], bound, gap):
                break
        return bound

    def _most_unmet(self, case: Case, held: list[float], g: int) -> dict[int, float]:
        """By balance: the most that may be unmet with the goals so far held."""
        most: dict[int, float] = {}
        last = max((one.goal for one in case.asked), default=NONE)
        for n, one in enumerate(case.asked):
            if not (one.flexible and 0 <= one.goal < g):
                continue
            most[n] = most_unmet(case, held, case.costs[one.goal], n)
            if most[n] <= _STEP * one.amount or g <= last:
                continue
            if n not in self._unmet:
                cost = np.zeros(case.program.columns)
                cost[one.unmet] = -1.0
                answer = self.relaxed.minimise(cost, gap=0.0, time_limit=None)
                self._unmet[n] = -answer.objective if answer.found else one.amount
            most[n] = min(most[n], self._unmet[n])
        return most

    def _proven_for_more(
        self, case: Case, g: int, best: _Pattern, stages: list[Stage], bound: float
    ) -> tuple[float, frozenset[int]]:
        """Try to prove the answer in hand without holding the goals that grew since the last case.

        Such a proof holds whatever those goals reach, so that cases to come need none of their own.
        """
        goal, unheld = case.model.goals[g], self._grown(case, stages)
        if not unheld or not goal.whole or self._in_vain.get(g, 0) > 0:
            return bound, frozenset()
        self.searches += 1
        answer = self._search.minimise_without(case, g, stages, unheld)
        proven = _whole_up(goal, answer.bound) if answer.found else bound
        if proven > bound and _close(goal, best.values[g], proven, 0.0):
            self._in_vain[g] = self._in_vain.get(g, 0) - 1
            return proven, unheld
        self._in_vain[g] = self._in_vain.get(g, 0) + 1
        return bound, frozenset()

    def _grown(self, case: Case, stages: list[Stage]) -> frozenset[int]:
        """The goals that reached more than in the last case, whole ones and demand apart."""
        if not self._known:
            return frozenset()
        last, counting = self._known[-1], goals_of_demand(case)
        return frozenset(
            j
            for j, stage in enumerate(stages)
            if not stage.goal.whole and j not in counting and stage.value > last.held[j]
        )

    def _searched(
        self, case: Case, g: int, best: _Pattern | None, stages: list[Stage], bound: float
    ) -> tuple[_Pattern, float, SolveStatus]:
        """Search over the integers for the best of goal `g`."""
        self.searches += 1
        goal = case.model.goals[g]
        answer = self._search.minimise(case, g, stages)
        if not answer.found:
            if g == 0 and answer.status is not SolveStatus.INFEASIBLE:
                raise NoAllocationError(answer.status, goal.name)
            if answer.status is SolveStatus.INFEASIBLE or best is None:
                raise StageError(f"The goal {goal.name} contradicts the goals before it.")
            return best, bound, SolveStatus.TIME_LIMIT
        bound = max(bound, _whole_up(goal, answer.bound))
        if best is not None and best.values[g] <= answer.objective + tolerance_of(
            goal, answer.objective
        ):
            return best, bound, answer.status
        found = self._reach(case, np.round(answer.values[self._integer]), stages)
        if found is None:
            raise StageError(f"The rights found for {goal.name} do not keep the goals before it.")
        return found, bound, answer.status

    def _next_pattern(
        self, case: Case, untried: list[Floats], stages: list[Stage], best: _Pattern | None
    ) -> _Pattern | None:
        """The better of the answer in hand and what the next untried rights give."""
        if not untried:
            return best
        found = self._reach(case, untried.pop(0), stages)
        if found is None or (best is not None and not _before(found.values, best.values)):
            return best
        return found

    def _reach(self, case: Case, integers: Floats, stages: Sequence[Stage] = ()) -> _Pattern | None:
        """What the goals reach one after another with the integers fixed.

        None where that is nothing, or worse than the goals of `stages` have reached already.
        """
        low = case.program.column_lower[self._integer]
        high = case.program.column_upper[self._integer]
        if ((integers < low) | (integers > high)).any():
            return None
        engine = self.settled
        engine.release()
        engine.fix(self._integer, integers)
        values: list[float] = []
        solution: Floats | None = None
        for g, goal in enumerate(case.model.goals):
            answer = engine.minimise(goal.cost, gap=0.0, time_limit=None)
            if not answer.found:
                return None
            value = float(round(answer.objective)) if goal.whole else answer.objective
            if g < len(stages) and not _keeps(stages[g], value):
                return None
            values.append(value)
            solution = answer.values
            slack = WHOLE_SLACK if goal.whole else tolerance_of(goal, value)
            engine.hold(g, value + slack)
        return None if solution is None else _Pattern(integers, values, solution)

    def _remember(self, known: Known, best: _Pattern) -> None:
        self._known = [*self._known[-(_REMEMBERED - 1) :], known]
        others = [one for one in self._patterns if not np.array_equal(one, best.integers)]
        self._patterns = [best.integers, *others][:_REMEMBERED]

    def _settle(self, best: _Pattern, held: list[float]) -> None:
        """Leave the chosen rights in `settled`, with every goal held."""
        self.settled.fix(self._integer, best.integers)
        for g, most in enumerate(held):
            self.settled.hold(g, most)


def _gap(case: Case) -> float:
    return case.model.problem.scenario.question.solving.gap


def _before(one: list[float], other: list[float]) -> bool:
    """Whether values are better in the goals' order, hairs apart."""
    for a, b in zip(one, other, strict=True):
        if abs(a - b) > _STEP * max(1.0, abs(b)):
            return a < b
    return False


def _whole_up(goal: Goal, bound: float) -> float:
    return math.ceil(bound - _STEP) if goal.whole and math.isfinite(bound) else bound


def _close(goal: Goal, value: float, bound: float, gap: float) -> bool:
    allowed = gap * abs(value) if goal.name != TIE_BREAK else 0.0
    return value - bound <= max(tolerance_of(goal, value), allowed)


def _keeps(stage: Stage, value: float) -> bool:
    """Whether a value is what the goal reached, but for what solvers call equal."""
    return value <= stage.value + stage.tolerance + _STEP * max(1.0, abs(stage.value))


def _wider(stage: Stage) -> float:
    """What a bound is taken to hold for: a hair beyond what it was proven with."""
    return stage.value + (WHOLE_SLACK if stage.goal.whole else _WIDER * stage.tolerance)


def _stage(goal: Goal, value: float, bound: float, status: SolveStatus, seconds: float) -> Stage:
    return Stage(goal, status, value, min(bound, value), tolerance_of(goal, value), seconds)
