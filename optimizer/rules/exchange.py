"""EXCHANGE: one out, one in (减一增一)."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import Clause, Draft, limits
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.scenarios.projects import Exchange


def write(problem: Problem, draft: Draft) -> None:
    """Let no more rights enter than have left, for every exchange that speaks of a year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for exchange in (*problem.plan.exchanges, *problem.scenario.question.exchanges):
            if year in exchange.years:
                reached += 1
                draft.clause(_clause(problem, draft, exchange, y))
    draft.reach("EXCHANGE", reached)


def _clause(problem: Problem, draft: Draft, exchange: Exchange, y: int) -> Clause:
    """Σ entering − ratio · gone ≤ 0, where gone counts the net loss by mergers too."""
    hold = draft.columns.hold[y]
    entering = np.flatnonzero(problem.in_scope(exchange.entering) & problem.fresh)
    scope = problem.in_scope(exchange.leaving)
    leaving = np.flatnonzero(scope & problem.existing)
    merged = [
        k for k, source in enumerate(problem.sources) if any(scope[m] for m in source.members)
    ]
    index = np.concatenate([hold[entering], hold[leaving], hold[merged]])
    value = np.concatenate(
        [
            np.ones(len(entering)),
            np.full(len(leaving), exchange.ratio),
            np.full(len(merged), exchange.ratio),
        ]
    )
    # entering ≤ ratio · (register − still held − merged): the register stands on the right.
    limit = exchange.ratio * len(leaving)
    lower, upper = limits(exchange.sense, limit, exchange.tolerance or 0.0)
    return Clause(
        id=f"EXCHANGE.{exchange.id}",
        code="EXCHANGE",
        title_zh=exchange.title.zh,
        title_en=exchange.title.en,
        attribute=exchange.attribute,
        sense=exchange.sense,
        limit=limit,
        lower=lower,
        upper=upper,
        unit="个",
        year=problem.years[y],
        source=exchange.source,
        index=index.astype(np.int64),
        value=value,
        base=limit or 1.0,
    )


RULE = Rule(
    code="EXCHANGE",
    title_zh="减一增一",
    title_en="One out, one in",
    index="exchange x, year y",
    sentence=(
        "No more rights enter a scope than have left another since the register's date, times the "
        "ratio; a merger of n rights counts as n − 1 gone. Used and limit are both counted with "
        "the rights of the register still held."
    ),
    formula=(
        "Σ_{new ∈ entering} hold[y,m] + ratio · Σ_{held, merged ∈ leaving} hold[y,m] "
        "≤ ratio · register"
    ),
    unit="rights",
    years="the exchange's own",
    attribute="the exchange's own",
    kind="practice",
    source="采矿权“减一增一”等量置换通行做法，按规划或情景所列",
    test="tests/optimizer/rules/test_exchange.py",
    write=write,
)
