"""Questions about one library plan, each loaded and solved once, and what tests ask of answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from minequota.optimizer.allocation import (
    Action,
    Allocation,
    BalanceLine,
    Issuance,
    Quota,
    RuleUse,
    StructureLine,
)
from minequota.optimizer.solve import solve
from minequota.scenarios.load import load_scenario
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

One = TypeVar("One")


@dataclass(frozen=True)
class Solved:
    """A question about a plan and its answer."""

    scenario: Scenario
    allocation: Allocation

    @property
    def rights(self) -> dict[str, Right]:
        """The register by licence."""
        return {right.licence: right for right in self.scenario.rights}

    @property
    def issued(self) -> list[Issuance]:
        """The new rights."""
        return list(self.allocation.issuance)

    def quotas(self, product: str, year: int = 2025) -> list[Quota]:
        """Return a year's figures of a product."""
        return [q for q in self.allocation.quotas if (q.product, q.year) == (product, year)]

    def total(self, product: str, year: int = 2025) -> float:
        """Add up the figures of a product."""
        return round(sum(quota.amount for quota in self.quotas(product, year)), 6)

    def balance(self, product: str, year: int = 2025, place: str = "") -> BalanceLine:
        """Return the balance of a product, in all or of one place."""
        return _only(
            line
            for line in self.allocation.balance
            if (line.product, line.year, line.place) == (product, year, place)
        )

    def rule(self, clause: str, year: int = 2025) -> RuleUse:
        """Return the line of a clause in a year."""
        return _only(r for r in self.allocation.rules if (r.clause, r.year) == (clause, year))

    def structure(self, year: int = 2025) -> StructureLine:
        """Return all rights before and after."""
        return _only(s for s in self.allocation.structure if (s.by, s.year) == ("all", year))

    def goal(self, name: str) -> float:
        """Return the value of a goal in the rounded tables."""
        return _only(g for g in self.allocation.goals if g.name == name).rounded_value

    def actions(self, *kinds: str) -> list[Action]:
        """Return what happens to rights of the register, of some kinds."""
        return [action for action in self.allocation.actions if action.kind in kinds]


class Desk:
    """Loads and solves questions about one plan, each once."""

    def __init__(self, plan: str) -> None:
        self._plan = plan
        self._solved: dict[object, Solved] = {}

    def __call__(self, *cases: str, solver: str = "highs", **overrides: Any) -> Solved:
        """Return the answer to cases with overrides; ``__`` in a keyword stands for a dot."""
        paths = {path.replace("__", "."): value for path, value in overrides.items()}
        key = (cases, solver, repr(sorted(paths.items())))
        if key not in self._solved:
            scenario = load_scenario(self._plan, cases, overrides=paths)
            self._solved[key] = Solved(scenario, solve(scenario, solver))
        return self._solved[key]


def cases_of(plan: str) -> list[str]:
    """Return the names of a library plan's cases; a loaded question no longer has them."""
    text = files("minequota.scenarios.plans").joinpath(plan, "scenario.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["cases"])


def held(line: StructureLine) -> int:
    """Return how many rights stand at the end of the year."""
    return line.large + line.medium + line.small


def _only(found: Iterable[One]) -> One:
    (one,) = found
    return one
