"""A `Scenario` as pandas frames: all that the check knows of the question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from minequota.optimizer.verify.candidates import candidates_frame
from minequota.optimizer.verify.clauses import caps_frame, counts_frame, demand_frame
from minequota.optimizer.verify.register import rights_frame
from minequota.optimizer.verify.rows import Row, rows_by_id
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Inputs:
    """The frames of one scenario.

    `figured` are the products that get figures (capped or demanded), `controlled` those of
    them under a binding cap.
    """

    scenario: Scenario
    rights: pd.DataFrame
    candidates: pd.DataFrame
    caps: pd.DataFrame
    counts: pd.DataFrame
    demand: pd.DataFrame
    figured: frozenset[str]
    controlled: frozenset[str]

    @cached_property
    def right(self) -> dict[str, Row]:
        """Each row of `rights` by licence."""
        return rows_by_id(self.rights)

    @cached_property
    def candidate(self) -> dict[str, Row]:
        """Each row of `candidates` by id."""
        return rows_by_id(self.candidates)

    @cached_property
    def cap(self) -> dict[str, Row]:
        """Each row of `caps` by clause."""
        return rows_by_id(self.caps)

    @cached_property
    def count(self) -> dict[str, Row]:
        """Each row of `counts` by clause."""
        return rows_by_id(self.counts)

    @cached_property
    def asked(self) -> dict[str, Row]:
        """Each row of `demand` by product."""
        return rows_by_id(self.demand)


def read_inputs(scenario: Scenario) -> Inputs:
    """Return the frames of `scenario`."""
    caps = caps_frame(scenario)
    demand = demand_frame(scenario, caps)
    enforced = caps[caps["sense"] != "forecast"]
    return Inputs(
        scenario=scenario,
        rights=rights_frame(scenario),
        candidates=candidates_frame(scenario),
        caps=caps,
        counts=counts_frame(scenario),
        demand=demand,
        figured=frozenset(enforced["product"]) | frozenset(demand.index),
        controlled=frozenset(enforced.loc[enforced["attribute"] == "binding", "product"]),
    )
