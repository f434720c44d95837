"""What the records amount to, added up from the rows that name known rights.

Facts such as county, product and size class come from the inputs, never from the records, so
that a wrong fact in a row cannot hide a wrong total.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from minequota.optimizer.verify.contents import basis_per_product
from minequota.optimizer.verify.holdings import LEAVING, Decisions, holdings_frame, read_decisions
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.shape import Records
from minequota.scenarios.plan import Basis

if TYPE_CHECKING:
    import pandas as pd

FRESH = ("new", "converted")


@dataclass(frozen=True)
class Reckoning:
    """The state the records describe.

    `holdings` has one row per year and right held at its end. `output` has one row per year and
    right with a figure, held or not: `amount` in the product's unit, `raw` in the licence's unit
    of ore, and the facts of the right.
    """

    inputs: Inputs
    decisions: Decisions
    holdings: pd.DataFrame
    output: pd.DataFrame

    @cached_property
    def _by_year(self) -> dict[int, pd.DataFrame]:
        years = self.inputs.horizon.years
        return {year: self.holdings[self.holdings["year"] == year] for year in years}

    def held(self, year: int) -> pd.DataFrame:
        """Return the rights held at the end of a year."""
        return self._by_year[year]

    @cached_property
    def holding(self) -> dict[tuple[int, str], Row]:
        """Each row of `holdings` by year and right."""
        return {(row["year"], row["right"]): row for row in rows_of(self.holdings)}

    @cached_property
    def made_of(self) -> dict[tuple[int, str], float]:
        """Each right's output by year and right, in its product's unit."""
        columns = (self.output[name] for name in ("year", "right", "amount"))
        return {(year, right): amount for year, right, amount in zip(*columns, strict=True)}

    @cached_property
    def _sums(self) -> dict[tuple[int, str, str, bool], list[float]]:
        sums: dict[tuple[int, str, str, bool], list[float]] = defaultdict(list)
        columns = (
            self.output[name] for name in ("year", "product", "county", "existing", "amount")
        )
        for year, product, county, existing, amount in zip(*columns, strict=True):
            sums[year, product, county, existing].append(amount)
        return sums

    def made(
        self, year: int, product: str, county: str = "", existing: bool | None = None
    ) -> float:
        """Return a year's output of `product`, of one county and origin where given."""
        return math.fsum(
            amount
            for (when, made, place, old), amounts in self._sums.items()
            if (when, made) == (year, product) and county in ("", place) and existing in (None, old)
            for amount in amounts
        )

    def counted(self, year: int, product: str, county: str, use: str | None, basis: Basis) -> float:
        """Return a year's output as one cap counts it: of one use where given, in its basis."""
        whole = self.inputs.product[product]
        if use is None and basis == whole.basis:
            return self.made(year, product, county)
        frame = self.output[(self.output["year"] == year) & (self.output["product"] == product)]
        if county:
            frame = frame[frame["county"] == county]
        if use is not None:
            frame = frame[frame["use"] == use]
        if basis == whole.basis:
            return math.fsum(frame["amount"])
        return math.fsum(
            row["amount"] * basis_per_product(whole, row, basis) for row in rows_of(frame)
        )

    def gone(self, year: int, *kinds: str) -> list[str]:
        """Return the rights of the register that have left or merged by the end of a year."""
        wanted = kinds or LEAVING
        return [
            right
            for right, when in self.decisions.gone.items()
            if when <= year and self.decisions.kind[right] in wanted
        ]


def _output(inputs: Inputs, records: Records) -> pd.DataFrame:
    """Return the figures of known rights with the facts of the inputs, held or not."""
    import pandas as pd

    facts: dict[str, Row] = {
        **{right: row | {"origin": "register"} for right, row in inputs.right.items()},
        **{right: row | {"origin": row["kind"]} for right, row in inputs.candidate.items()},
        **{right: row | {"origin": "merged"} for right, row in inputs.merger.items()},
    }
    years = set(inputs.horizon.years)
    names = ("county", "product", "mineral", "zone", "synthetic", "use", "origin", "ore", "parts")
    figures = ("factor", "keep_points", "capacity_unit")
    rows = []
    for row in rows_of(records.quotas.drop_duplicates(["year", "right"])):
        fact = facts.get(row["right"])
        if fact is None or row["year"] not in years or fact["product"] is None:
            continue
        rows.append(
            {name: fact[name] for name in (*names, *figures)}
            | {
                "year": row["year"],
                "right": row["right"],
                "amount": row["amount"],
                "raw": row["amount"] / fact["factor"] if fact["factor"] else math.nan,
                "existing": fact["origin"] not in FRESH,
            }
        )
    columns = [*names, *figures, "year", "right", "amount", "raw", "existing"]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return frame.astype({"amount": float, "raw": float, "factor": float, "year": int})


def reckon(inputs: Inputs, records: Records) -> Reckoning:
    """Return the state that `records` describe, with the facts of `inputs`."""
    decisions = read_decisions(inputs, records)
    return Reckoning(
        inputs=inputs,
        decisions=decisions,
        holdings=holdings_frame(inputs, decisions),
        output=_output(inputs, records),
    )
