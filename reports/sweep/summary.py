"""What a sweep comes to: cases by status, the spread of what matters, where demand goes unmet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minequota.optimizer.answer import BINDING
from minequota.optimizer.sweep.job import Value
from minequota.reports.sweep.columns import CASE, Cases, TableColumn
from minequota.reports.text import Words

QUANTILES = (0.05, 0.5, 0.95)
_SPREAD = ("issued", "left_forced", "left_chosen", "rights", "large_medium_ratio", "evenness")
LEAVING = TableColumn("leaving", Words("退出", "Leaving"), "whole", "个", "by rule or chosen")


@dataclass(frozen=True)
class Spread:
    """Least, mean and most of one column over the cases that have it; of a sample quantiles too."""

    column: TableColumn
    cases: int
    least: float
    mean: float
    most: float
    quantiles: tuple[float, ...] = ()


@dataclass(frozen=True)
class Shortage:
    """In how many cases a product's demand goes unmet, and the first and last of them."""

    product: str
    unit: str
    cases: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Summary:
    """The whole of it; numbers of cases count from 1."""

    statuses: dict[str, int]
    shortages: list[Shortage]
    spreads: list[Spread]

    def document(self) -> dict[str, Any]:
        """Return it as sweep.json holds it."""
        return {
            "statuses": self.statuses,
            "unmet": [vars(one) for one in self.shortages],
            "spreads": [
                {
                    "column": one.column.name,
                    "unit": one.column.unit,
                    "basis": one.column.basis,
                    "cases": one.cases,
                    "least": one.least,
                    "mean": one.mean,
                    "most": one.most,
                }
                | {f"q{share:g}": value for share, value in _named(one)}
                for one in self.spreads
            ],
        }


def _named(one: Spread) -> list[tuple[float, float]]:
    return list(zip(QUANTILES, one.quantiles, strict=True)) if one.quantiles else []


def summarise(cases: Cases, *, sampled: bool) -> Summary:
    """Sum up the table of cases."""
    statuses: dict[str, int] = {}
    for status in cases.values("status"):
        statuses[str(status)] = statuses.get(str(status), 0) + 1
    spreads = []
    columns = {column.name: column for column in cases.outcomes}
    for column in cases.family("unmet."):
        spreads += _spread(column, cases.values(column.name), sampled=sampled)
    for name in _SPREAD:
        if name == "left_chosen" and name in columns:
            both = zip(cases.values("left_forced"), cases.values(name), strict=True)
            spreads += _spread(LEAVING, [_sum(pair) for pair in both], sampled=sampled)
        elif name != "left_forced" and name in columns:
            spreads += _spread(columns[name], cases.values(name), sampled=sampled)
    return Summary(statuses, [_shortage(cases, one) for one in cases.family("unmet.")], spreads)


def _sum(pair: Sequence[Value]) -> Value:
    figures = [one for one in pair if isinstance(one, int | float)]
    return math.fsum(figures) if len(figures) == len(pair) else None


def _shortage(cases: Cases, column: TableColumn) -> Shortage:
    product = column.name.removeprefix("unmet.")
    short = [
        int(row[CASE] or 0)
        for row in cases.rows
        if _positive(row.get(column.name), row.get(f"demand.{product}"))
    ]
    ends = (short[0], short[-1]) if short else (None, None)
    return Shortage(product, column.unit, len(short), *ends)


def _positive(unmet: Value, demand: Value) -> bool:
    """Whether so much is unmet that it is no solver's rounding, as in `unmet_products`."""
    if not isinstance(unmet, int | float):
        return False
    asked = float(demand) if isinstance(demand, int | float) else 0.0
    return unmet > BINDING * max(1.0, asked)


def _spread(column: TableColumn, values: Sequence[Value], *, sampled: bool) -> list[Spread]:
    figures = sorted(float(one) for one in values if isinstance(one, int | float))
    if not figures:
        return []
    mean = math.fsum(figures) / len(figures)
    quantiles = tuple(_quantile(figures, share) for share in QUANTILES) if sampled else ()
    return [Spread(column, len(figures), figures[0], mean, figures[-1], quantiles)]


def _quantile(figures: Sequence[float], share: float) -> float:
    """Return a quantile of sorted figures, between two of them in proportion."""
    at = share * (len(figures) - 1)
    below = math.floor(at)
    above = min(below + 1, len(figures) - 1)
    return figures[below] + (at - below) * (figures[above] - figures[below])
