"""A `Scenario` as pandas frames and rows: all that the check knows of the question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from minequota.optimizer.verify.candidates import candidates_frame
from minequota.optimizer.verify.caps_in import Key, Places, awaiting_places, cap_rows
from minequota.optimizer.verify.counts_in import count_rows
from minequota.optimizer.verify.demand_in import demand_rows
from minequota.optimizer.verify.excess import excess_by_right
from minequota.optimizer.verify.horizon import Horizon, horizon_of
from minequota.optimizer.verify.projects import expansions_frame, mergers_frame
from minequota.optimizer.verify.register import rights_frame
from minequota.optimizer.verify.rows import Row, rows_by_id
from minequota.scenarios.plan import Product
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Inputs:
    """The frames of one scenario, and its clauses by id and year.

    `figured` are the products that get figures in a year (capped, demanded or handed down),
    `controlled` those of them under a binding cap, `awaiting` those whose figure from above is
    missing, with the counties that have none (None: all).
    """

    scenario: Scenario
    horizon: Horizon
    rights: pd.DataFrame
    candidates: pd.DataFrame
    mergers: pd.DataFrame
    expansions: pd.DataFrame
    cap: dict[Key, Row]
    count: dict[Key, Row]
    asked: dict[Key, Row]
    figured: dict[int, frozenset[str]]
    controlled: dict[int, frozenset[str]]
    awaiting: dict[int, dict[tuple[str, str], Places]]

    @cached_property
    def right(self) -> dict[str, Row]:
        """Each row of `rights` by licence."""
        return rows_by_id(self.rights)

    @cached_property
    def registered(self) -> dict[str, Right]:
        """Each right as the register has it, by licence."""
        return {right.licence: right for right in self.scenario.rights}

    @cached_property
    def candidate(self) -> dict[str, Row]:
        """Each row of `candidates` by id."""
        return rows_by_id(self.candidates)

    @cached_property
    def merger(self) -> dict[str, Row]:
        """Each row of `mergers` by the id of the right that results."""
        return rows_by_id(self.mergers)

    @cached_property
    def expansion(self) -> dict[str, Row]:
        """Each row of `expansions` by the project's id."""
        return rows_by_id(self.expansions)

    @cached_property
    def excess(self) -> dict[str, float]:
        """What each right, or a merger's members, dug beyond last year's quota, where anything."""
        return excess_by_right(self.scenario, self.right, self.merger)

    def taken_off(self, year: int, right: str) -> float:
        """Return the excess that counts with a right's figure of a year: in the first only."""
        return self.excess.get(right, 0.0) if year == self.horizon.first else 0.0

    @cached_property
    def product(self) -> dict[str, Product]:
        """Each product by name."""
        return {product.name: product for product in self.scenario.plan.products}

    def is_control(self, year: int, product: str | None, county: str, use: str) -> bool:
        """Whether a figure is a control quota: under a binding cap, or awaiting a binding one."""
        if product in self.controlled[year]:
            return True
        return self.awaits(year, product, county, use) and any(
            handed.product == product and year in handed.years and handed.attribute == "binding"
            for handed in self.scenario.plan.handed_down
        )

    def awaits(self, year: int, product: str | None, county: str, use: str) -> bool:
        """Whether the figure from above for a product and use is missing in a county."""
        places = self.awaiting[year]
        if product is None or (product, use) not in places:
            return False
        counties = places[product, use]
        return counties is None or county in counties


def read_inputs(scenario: Scenario) -> Inputs:
    """Return the frames of `scenario`."""
    horizon = horizon_of(scenario.question)
    rights = rights_frame(scenario, horizon)
    by_licence = rows_by_id(rights)
    caps = cap_rows(scenario, horizon)
    figured, controlled = {}, {}
    for year in horizon.years:
        held = [row for row in caps.values() if row["year"] == year and row["sense"] != "forecast"]
        handed = [one for one in scenario.plan.handed_down if year in one.years]
        figured[year] = frozenset(
            {row["product"] for row in held}
            | {one.product for one in handed}
            | set(scenario.question.demand)
        )
        controlled[year] = frozenset(
            row["product"] for row in held if row["attribute"] == "binding"
        )
    return Inputs(
        scenario=scenario,
        horizon=horizon,
        rights=rights,
        candidates=candidates_frame(scenario),
        mergers=mergers_frame(scenario, by_licence),
        expansions=expansions_frame(scenario, by_licence),
        cap=caps,
        count=count_rows(scenario, horizon),
        asked=demand_rows(scenario, horizon, caps),
        figured=figured,
        controlled=controlled,
        awaiting={year: awaiting_places(scenario, year) for year in horizon.years},
    )
