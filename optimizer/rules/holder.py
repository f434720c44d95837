"""HOLDER: how many holders the rights of a scope are in the hands of."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from minequota.optimizer.draft import Clause, Draft, limits
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.scenarios.plan import HolderLimit


def write(problem: Problem, draft: Draft) -> None:
    """Hold every limit on holders that speaks of a modelled year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for limit in problem.plan.holder_limits:
            if year in limit.years:
                reached += 1
                draft.clause(_clause(problem, draft, limit, y))
    draft.reach("HOLDER", reached)


def holders(problem: Problem, limit: HolderLimit) -> dict[str, list[int]]:
    """Return the sources of a limit's scope by who holds, or would hold, them."""
    found: dict[str, list[int]] = defaultdict(list)
    for m in np.flatnonzero(problem.in_scope(limit.scope)).tolist():
        found[problem.sources[m].holder].append(m)
    return dict(found)


def _clause(problem: Problem, draft: Draft, limit: HolderLimit, y: int) -> Clause:
    active = []
    for members in holders(problem, limit).values():
        # 1 as soon as any of its rights is held; not above the number of them.
        column = draft.column(0.0, 1.0, integer=True)
        held = draft.columns.hold[y, members].tolist()
        for one in held:
            draft.at_least(column, 1.0, one)
        draft.sum_row([(column, 1.0), *((one, -1.0) for one in held)], -np.inf, 0.0)
        active.append(column)
    lower, upper = limits(limit.sense, float(limit.limit), limit.tolerance or 0.0)
    return Clause(
        id=f"HOLDER.{limit.id}",
        code="HOLDER",
        title_zh=limit.title.zh,
        title_en=limit.title.en,
        attribute=limit.attribute,
        sense=limit.sense,
        limit=float(limit.limit),
        lower=lower,
        upper=upper,
        unit="家",
        year=problem.years[y],
        source=limit.source,
        index=np.array(active, dtype=np.int64),
        value=np.ones(len(active)),
        base=float(limit.limit),
    )


RULE = Rule(
    code="HOLDER",
    title_zh="采矿权人（集团）数量",
    title_en="Number of holders",
    index="limit h, year y",
    sentence=(
        "The rights of a scope are in the hands of no more holders (groups) than the plan sets; "
        "a right without a stated holder counts as one of its own."
    ),
    formula="Σ_h active[y,h] ≤ limit; active[y,h] ≥ hold[y,m] for each right m of h",
    unit="holders",
    years="the limit's own",
    attribute="the limit's own",
    kind="plan",
    source="规划归并矿业集团的条款",
    test="tests/optimizer/rules/test_holder.py",
    write=write,
)
