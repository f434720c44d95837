"""The search over the integers, where a relaxation's bound and earlier cases prove too little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from minequota.optimizer.alike import Unchosen, unchosen
from minequota.optimizer.engine.hot import HotEngine
from minequota.optimizer.engine.types import Floats, Solution
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.stages import Stage, settle_ties, slack_of
from minequota.optimizer.sweep.shape import Case


class Search:
    """A model with its integers, opened when it is first needed."""

    def __init__(self, first: Case) -> None:
        self._engine = HotEngine(first.program, first.costs)

    def load(self, case: Case) -> None:
        """Take over another case; nothing is held."""
        self._engine.load(case.program, case.costs)

    def hold(self, g: int, most: float) -> None:
        """Keep goal number `g` at or below a value."""
        self._engine.hold(g, most)

    def minimise_without(
        self, case: Case, g: int, stages: list[Stage], unheld: frozenset[int]
    ) -> Solution:
        """Minimise goal number `g` with some of the goals before it not held."""
        with self._without(stages, unheld):
            return self.minimise(case, g, stages, unheld)

    def settle(
        self, case: Case, stages: list[Stage], solution: Floats, unheld: frozenset[int]
    ) -> tuple[Floats, bool]:
        """Make the choice of integers unique among what ties in the licence order, the last goal.

        Returns the settled solution, and whether its uniqueness was proven.
        """
        engine, last = self._engine, len(stages) - 1
        program = case.program
        free = program.integer & (program.column_lower < program.column_upper)
        sure = self._sure(case, stages, unheld)
        free[sure.stay] = free[sure.never] = False
        limit = case.model.problem.scenario.question.solving.time_limit
        with self._without(stages, unheld | {last}), engine.undone():
            engine.fix(sure.stay, np.ones(len(sure.stay)))
            engine.fix(sure.never, np.zeros(len(sure.never)))
            return settle_ties(
                engine, stages[last], solution, np.flatnonzero(free), time_limit=limit
            )

    @contextmanager
    def _without(self, stages: list[Stage], unheld: frozenset[int]) -> Iterator[None]:
        for j in unheld:
            self.hold(j, np.inf)
        try:
            yield
        finally:
            for j in unheld:
                self.hold(j, stages[j].value + slack_of(stages[j]))

    @staticmethod
    def _sure(case: Case, stages: list[Stage], unheld: frozenset[int]) -> Unchosen:
        model = case.model
        most = {
            stage.goal.name: stage.value + stage.tolerance
            for j, stage in enumerate(stages)
            if j not in unheld
        }
        return unchosen(model.problem, model.draft, model.goals, most)

    def minimise(
        self, case: Case, g: int, stages: list[Stage], unheld: frozenset[int] = frozenset()
    ) -> Solution:
        """Minimise goal number `g` under the goals held."""
        model, solving = case.model, case.model.problem.scenario.question.solving
        goal = model.goals[g]
        if goal.name != TIE_BREAK:
            return self._engine.minimise(goal.cost, gap=solving.gap, time_limit=solving.time_limit)
        sure = self._sure(case, stages, unheld)
        self._engine.fix(sure.stay, np.ones(len(sure.stay)))
        self._engine.fix(sure.never, np.zeros(len(sure.never)))
        try:
            return self._engine.minimise(goal.cost, gap=0.0, time_limit=solving.time_limit)
        finally:
            self._engine.unfix(np.concatenate([sure.stay, sure.never]))
