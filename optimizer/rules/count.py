"""COUNT: the number of rights held at the year's end."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import Clause, Draft, limits
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Hold every count of the plan that speaks of a modelled year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for count in problem.plan.counts:
            if year not in count.years:
                continue
            reached += 1
            index = draft.columns.hold[y, problem.in_scope(count.scope)]
            lower, upper = limits(count.sense, float(count.limit), count.tolerance or 0.0)
            draft.clause(
                Clause(
                    id=f"COUNT.{count.id}",
                    code="COUNT",
                    title_zh=count.title.zh,
                    title_en=count.title.en,
                    attribute=count.attribute,
                    sense=count.sense,
                    limit=float(count.limit),
                    lower=lower,
                    upper=upper,
                    unit="个",
                    year=year,
                    source=count.source,
                    index=index,
                    value=np.ones(len(index)),
                    base=float(count.limit) or 1.0,
                )
            )
    draft.reach("COUNT", reached)


RULE = Rule(
    code="COUNT",
    title_zh="矿山数量",
    title_en="Number of rights",
    index="count c, year y",
    sentence="The rights of a scope, existing and new, keep within the number the plan sets.",
    formula="Σ_{m ∈ c} hold[y,m] ≤ limit[c]",
    unit="rights",
    years="the count's own",
    attribute="the count's own",
    kind="plan",
    source="各矿山数量条款",
    test="tests/optimizer/rules/test_count.py",
    write=write,
)
