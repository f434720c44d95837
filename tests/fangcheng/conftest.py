"""Each question about Fangcheng is solved once per session, whoever asks."""

from dataclasses import dataclass
from typing import Any

import pytest

from minequota.optimizer.allocation import (
    Allocation,
    BalanceLine,
    CapUse,
    Issuance,
    Quota,
    RuleUse,
    StructureLine,
)
from minequota.optimizer.solve import solve
from minequota.scenarios.load import load_scenario
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Solved:
    """A question about Fangcheng and its answer."""

    scenario: Scenario
    allocation: Allocation

    def quotas(self, product: str, year: int = 2025) -> list[Quota]:
        """Return a year's figures of a product."""
        return [q for q in self.allocation.quotas if (q.product, q.year) == (product, year)]

    def total(self, product: str, year: int = 2025) -> float:
        """Add up the figures of a product."""
        return round(sum(quota.amount for quota in self.quotas(product, year)), 6)

    def balance(self, product: str, year: int = 2025) -> BalanceLine:
        """Return the balance of a product, of all places together."""
        lines = self.allocation.balance
        (line,) = (
            one for one in lines if (one.product, one.year, one.place) == (product, year, "")
        )
        return line

    def cap(self, clause: str, year: int = 2025) -> CapUse:
        """Return the use of a cap by its id in the plan."""
        (found,) = (
            one for one in self.allocation.caps if (one.clause, one.year) == (f"CAP.{clause}", year)
        )
        return found

    def rule(self, code: str, year: int = 2025) -> RuleUse:
        """Return the only line of a rule in a year."""
        (found,) = (one for one in self.allocation.rules if (one.code, one.year) == (code, year))
        return found

    def structure(self, year: int = 2025) -> StructureLine:
        """All rights before and after."""
        (line,) = (one for one in self.allocation.structure if (one.by, one.year) == ("all", year))
        return line

    def goal(self, name: str) -> float:
        """Return the value of a goal in the rounded tables."""
        return next(g.rounded_value for g in self.allocation.goals if g.name == name)

    @property
    def issued(self) -> dict[str, Issuance]:
        """Return the rights issued by their id."""
        return {one.right: one for one in self.allocation.issuance}

    def leaving(self, *kinds: str) -> list[str]:
        """Return the licences that leave, by rule, chosen, or both."""
        wanted = kinds or ("leave_forced", "leave_chosen")
        return [action.right for action in self.allocation.actions if action.kind in wanted]


class Desk:
    """Loads and solves questions about Fangcheng, each once."""

    def __init__(self) -> None:
        self._solved: dict[object, Solved] = {}

    def __call__(self, *cases: str, solver: str = "highs", **overrides: Any) -> Solved:
        """Return the answer to cases with overrides; ``__`` in a keyword stands for a dot."""
        paths = {path.replace("__", "."): value for path, value in overrides.items()}
        key = (cases, solver, repr(sorted(paths.items())))
        if key not in self._solved:
            scenario = load_scenario("fangcheng", cases, overrides=paths)
            self._solved[key] = Solved(scenario, solve(scenario, solver))
        return self._solved[key]


@pytest.fixture(scope="session")
def fangcheng() -> Desk:
    """Return the desk that solves questions about Fangcheng."""
    return Desk()


@pytest.fixture(scope="session")
def base(fangcheng: Desk) -> Solved:
    """Return Fangcheng 2025 in its base case, the library's own figures."""
    return fangcheng("base")


@pytest.fixture(scope="session")
def calendar(fangcheng: Desk) -> Solved:
    """Return Fangcheng year by year from 2023."""
    return fangcheng("calendar")
