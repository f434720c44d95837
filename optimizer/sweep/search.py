"""The search over the integers, where a relaxation's bound and earlier cases prove too little."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.alike import unchosen
from minequota.optimizer.engine.hot import HotEngine
from minequota.optimizer.engine.types import Solution
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.stages import Stage, slack_of
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
        for j in unheld:
            self.hold(j, np.inf)
        try:
            return self.minimise(case, g, stages)
        finally:
            for j in unheld:
                self.hold(j, stages[j].value + slack_of(stages[j]))

    def minimise(self, case: Case, g: int, stages: list[Stage]) -> Solution:
        """Minimise goal number `g` under the goals held."""
        model, solving = case.model, case.model.problem.scenario.question.solving
        goal = model.goals[g]
        if goal.name != TIE_BREAK:
            return self._engine.minimise(goal.cost, gap=solving.gap, time_limit=solving.time_limit)
        most = {stage.goal.name: stage.value + stage.tolerance for stage in stages}
        sure = unchosen(model.problem, model.draft, model.goals, most)
        self._engine.fix(sure.stay, np.ones(len(sure.stay)))
        self._engine.fix(sure.never, np.zeros(len(sure.never)))
        try:
            return self._engine.minimise(goal.cost, gap=0.0, time_limit=solving.time_limit)
        finally:
            self._engine.unfix(np.concatenate([sure.stay, sure.never]))
