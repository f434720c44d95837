"""One of the futures a robust plan is made for."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.model import Model, build_model
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Future:
    """One future: a scenario with its cases applied, and its share of all futures' weight.

    `name` is what the user called it (``low``, ``high+calendar``). The weights of all futures add
    up to 1.
    """

    name: str
    weight: float
    model: Model

    @property
    def scenario(self) -> Scenario:
        """The scenario of this future."""
        return self.model.problem.scenario


def build_future(name: str, weight: float, scenario: Scenario) -> Future:
    """Restate a future's scenario as a model."""
    return Future(name, weight, build_model(scenario))
