"""Each question about Dandong is solved once per session, whoever asks."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from minequota.optimizer.allocation import Allocation, BalanceLine, Quota, StructureLine
from minequota.optimizer.solve import solve
from minequota.scenarios.load import load_scenario
from minequota.scenarios.question import GOALS
from minequota.scenarios.right import Status
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Solved:
    """A question about Dandong and its answer."""

    scenario: Scenario
    allocation: Allocation

    def quotas(self, product: str, county: str | None = None) -> list[Quota]:
        """Return the figures of a product, in one county or everywhere."""
        return [
            quota
            for quota in self.allocation.quotas
            if quota.product == product and county in (None, quota.county)
        ]

    def total(self, product: str, county: str | None = None) -> float:
        """Add up the figures of a product."""
        return round(sum(quota.amount for quota in self.quotas(product, county)), 9)

    def goal(self, name: str) -> float:
        """Return the value of a goal in the rounded tables."""
        return next(g.rounded_value for g in self.allocation.goals if g.name == name)

    def balance(self, product: str) -> BalanceLine:
        """Return the balance of a product."""
        return next(line for line in self.allocation.balance if line.product == product)

    @property
    def rights(self) -> StructureLine:
        """All rights before and after."""
        return next(line for line in self.allocation.structure if line.by == "all")

    def leaving(self, *kinds: str) -> list[str]:
        """Return the licences that leave, by rule, chosen, or both."""
        wanted = kinds or ("leave_forced", "leave_chosen")
        return [action.right for action in self.allocation.actions if action.kind in wanted]


class Desk:
    """Loads and solves questions about Dandong, each once."""

    def __init__(self) -> None:
        self._solved: dict[object, Solved] = {}

    def __call__(
        self,
        *cases: str,
        solver: str = "highs",
        sealed: tuple[str, ...] = (),
        ties: bool = True,
        **overrides: Any,
    ) -> Solved:
        """Return the answer to cases with overrides.

        ``__`` in a keyword stands for a dot. Without `ties` the licence order is no goal: quicker
        by far, and enough where nothing asked for depends on which of two like rights leaves.
        """
        paths = {path.replace("__", "."): value for path, value in overrides.items()}
        if not ties:
            paths["goals"] = [goal for goal in GOALS if goal != "tie_break"]
        key = (cases, solver, sealed, repr(sorted(paths.items())))
        if key not in self._solved:
            scenario = load_scenario("dandong", cases, overrides=paths)
            rights = tuple(
                replace(right, status=Status.SEALED) if right.licence in sealed else right
                for right in scenario.rights
            )
            scenario = replace(scenario, rights=rights)
            self._solved[key] = Solved(scenario, solve(scenario, solver))
        return self._solved[key]


@pytest.fixture(scope="session")
def dandong() -> Desk:
    """Return the desk that solves questions about Dandong."""
    return Desk()


@pytest.fixture(scope="session")
def base(dandong: Desk) -> Solved:
    """Return Dandong 2025 in its base case, the library's own figures."""
    return dandong("base")
