"""Counts and ratios as they hold in a year: figures filled in, pools formed, paths followed."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.problem import Problem
from minequota.scenarios.plan import Count, Ratio


def counts_in(problem: Problem, year: int) -> Iterator[tuple[Count, float]]:
    """Yield the counts that hold in a year, each with its limit.

    A count that pools others replaces them where the scenario pools it, and is not held
    otherwise. On the way to its years a count holds only where the scenario gives it a path.
    """
    pooled = set(problem.options.pooled)
    replaced = {name for count in problem.plan.counts if count.id in pooled for name in count.pools}
    for count in problem.plan.counts:
        if count.id in replaced or (count.pools and count.id not in pooled):
            continue
        limit = _on_path(problem, count.id, year)
        if limit is None and year in count.years:
            limit = float(count_limit(problem, count))
        if limit is not None:
            yield count, limit


def count_limit(problem: Problem, count: Count) -> float:
    """Return a count's figure: the plan's, else the scenario's."""
    if count.limit is not None:
        return float(count.limit)
    return problem.scenario.question.figures[count.id].value


def ratios_in(problem: Problem, year: int) -> Iterator[tuple[Ratio, float]]:
    """Yield the ratios that hold in a year, each with its share, paths included."""
    for ratio in problem.plan.ratios:
        share = _on_path(problem, ratio.id, year)
        if share is None and year in ratio.years:
            share = ratio.share
        if share is not None:
            yield ratio, share


def _on_path(problem: Problem, name: str, year: int) -> float | None:
    return problem.options.paths.get(name, {}).get(year)
