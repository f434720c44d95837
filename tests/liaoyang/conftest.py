"""Each question about Liaoyang is solved once per session, whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from minequota.optimizer.allocation import (
    Allocation,
    BalanceLine,
    CapUse,
    Quota,
    Reorganisation,
    RuleUse,
    StructureLine,
)
from minequota.optimizer.solve import solve
from minequota.scenarios.load import load_scenario
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

Line = TypeVar("Line")


@dataclass(frozen=True)
class Solved:
    """A question about Liaoyang and its answer."""

    scenario: Scenario
    allocation: Allocation

    @property
    def rights(self) -> dict[str, Right]:
        """Return the register by licence."""
        return {right.licence: right for right in self.scenario.rights}

    def quotas(self, product: str, year: int = 2025) -> list[Quota]:
        """Return a year's figures of a product."""
        return [q for q in self.allocation.quotas if (q.product, q.year) == (product, year)]

    def total(self, product: str, year: int = 2025) -> float:
        """Add up the figures of a product."""
        return round(sum(quota.amount for quota in self.quotas(product, year)), 6)

    def balance(self, product: str, year: int = 2025) -> BalanceLine:
        """Return the balance of a product."""
        return only(
            one for one in self.allocation.balance if (one.product, one.year) == (product, year)
        )

    def cap(self, clause: str, year: int = 2025) -> CapUse:
        """Return the use of a cap."""
        return only(one for one in self.allocation.caps if (one.clause, one.year) == (clause, year))

    def rule(self, clause: str, year: int = 2025) -> RuleUse:
        """Return the line of a clause in a year."""
        return only(
            one for one in self.allocation.rules if (one.clause, one.year) == (clause, year)
        )

    def structure(self, year: int = 2025) -> StructureLine:
        """Return all rights before and after."""
        return only(one for one in self.allocation.structure if (one.by, one.year) == ("all", year))

    def goal(self, name: str) -> float:
        """Return the value of a goal in the rounded tables."""
        return only(one for one in self.allocation.goals if one.name == name).rounded_value

    def leaving(self, *kinds: str) -> list[str]:
        """Return the licences that leave, by rule, chosen, or both."""
        wanted = kinds or ("leave_forced", "leave_chosen")
        return [action.right for action in self.allocation.actions if action.kind in wanted]

    def mergers(self, year: int = 2025) -> list[Reorganisation]:
        """Return the mergers and acquisitions decided by the end of a year."""
        found = self.allocation.reorganisations
        return [one for one in found if one.kind == "merge" and one.year <= year]

    def magnesite_holders(self, year: int = 2025) -> list[str]:
        """Return the holder of every magnesite right at the end of a year, right by right."""
        merged = self.mergers(year)
        gone = {member for one in merged for member in one.members} | {
            action.right
            for action in self.allocation.actions
            if action.kind in ("leave_forced", "leave_chosen") and action.year <= year
        }
        left = [
            right.holder_group or right.holder
            for right in self.scenario.rights
            if right.mineral == "菱镁矿" and right.licence not in gone
        ]
        return left + [one.holder for one in merged]


class Desk:
    """Loads and solves questions about Liaoyang, each once."""

    def __init__(self) -> None:
        self._solved: dict[object, Solved] = {}

    def __call__(self, *cases: str, solver: str = "highs", **overrides: Any) -> Solved:
        """Return the answer to cases with overrides; ``__`` in a keyword stands for a dot."""
        paths = {path.replace("__", "."): value for path, value in overrides.items()}
        key = (cases, solver, repr(sorted(paths.items())))
        if key not in self._solved:
            scenario = load_scenario("liaoyang", cases, overrides=paths)
            self._solved[key] = Solved(scenario, solve(scenario, solver))
        return self._solved[key]


def only(found: Iterable[Line]) -> Line:
    """Return the one that is found."""
    (one,) = found
    return one


@pytest.fixture(scope="session")
def liaoyang() -> Desk:
    """Return the desk that solves questions about Liaoyang."""
    return Desk()


@pytest.fixture(scope="session")
def base(liaoyang: Desk) -> Solved:
    """Return Liaoyang 2025 in its base case, the library's own figures."""
    return liaoyang("base")


@pytest.fixture(scope="session")
def calendar(liaoyang: Desk) -> Solved:
    """Return Liaoyang year by year, 2023 to 2025."""
    return liaoyang("calendar")


@pytest.fixture(scope="session")
def with_quota(liaoyang: Desk) -> Solved:
    """Return Liaoyang 2025 as if the province had handed down its figures."""
    return liaoyang("with_quota")
