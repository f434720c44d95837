"""The clauses on numbers of rights, year by year: counts, ratios, holders, exchanges, zones."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from minequota.optimizer.verify.horizon import Horizon
from minequota.optimizer.verify.rows import Row
from minequota.scenarios.plan import Indicator, Scope
from minequota.scenarios.scenario import Scenario

Key = tuple[str, int]


def _row(code: str, clause: Indicator, **facts: Any) -> Row:
    return {
        "code": code,
        "ident": clause.id,
        "attribute": clause.attribute,
        "sense": clause.sense,
        "tolerance": clause.tolerance or 0.0,
        "hoped": clause.hoped,
        "limit": math.nan,
        "share": math.nan,
        "scope": Scope(),
        "source": clause.source,
        **facts,
    }


def unheld_counts(scenario: Scenario) -> frozenset[str]:
    """Return the counts that pooling sets aside: those pooled, and poolers that nobody uses."""
    counts = {count.id: count for count in scenario.plan.counts}
    pooled = [one for one in scenario.question.options.pooled if one in counts]
    replaced = {part for one in pooled for part in counts[one].pools}
    idle = {ident for ident, count in counts.items() if count.pools and ident not in pooled}
    return frozenset(replaced | idle)


def _counts(scenario: Scenario, year: int) -> Iterator[tuple[str, Row]]:
    plan, question = scenario.plan, scenario.question
    unheld = unheld_counts(scenario)
    for count in plan.counts:
        path = question.options.paths.get(count.id, {})
        if count.id in unheld or not (year in path or year in count.years):
            continue
        figure = question.figures.get(count.id)
        limit = math.nan if figure is None else figure.value
        limit = limit if count.limit is None else float(count.limit)
        limit = path.get(year, limit)
        yield f"COUNT.{count.id}", _row("COUNT", count, limit=limit, scope=count.scope)
    for ratio in plan.ratios:
        path = question.options.paths.get(ratio.id, {})
        if year in path or year in ratio.years:
            share = path.get(year, ratio.share)
            yield f"RATIO.{ratio.id}", _row("RATIO", ratio, share=share, scope=ratio.scope)
    for holders in plan.holder_limits:
        if year in holders.years:
            limit = float(holders.limit)
            yield f"HOLDER.{holders.id}", _row("HOLDER", holders, limit=limit, scope=holders.scope)
    for swap in (*plan.exchanges, *question.exchanges):
        if year in swap.years:
            yield (
                f"EXCHANGE.{swap.id}",
                _row(
                    "EXCHANGE",
                    swap,
                    entering=swap.entering,
                    leaving=swap.leaving,
                    ratio=swap.ratio,
                ),
            )


def _limits_of_zones(scenario: Scenario, year: int) -> Iterator[tuple[str, Row]]:
    for limit in scenario.plan.zone_limits:
        if year in limit.years:
            yield (
                f"ZONE.{limit.id}",
                _row(
                    "ZONE",
                    limit,
                    zones=limit.zones,
                    minerals=limit.minerals,
                    measure=limit.measure,
                    unit=limit.amount.unit,
                    limit=limit.amount.value,
                ),
            )


def count_rows(scenario: Scenario, horizon: Horizon) -> dict[Key, Row]:
    """Return every clause on rights or zones by clause and year."""
    return {
        (clause, year): row | {"clause": clause, "year": year}
        for year in horizon.years
        for clause, row in (*_counts(scenario, year), *_limits_of_zones(scenario, year))
    }
