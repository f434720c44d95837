"""COUNT: the number of rights held at the year's end."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import Clause, Draft, limits
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.targets import counts_in
from minequota.scenarios.plan import Count


def write(problem: Problem, draft: Draft) -> None:
    """Hold every count of the plan that speaks of a modelled year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for count, limit in counts_in(problem, year):
            reached += 1
            index = draft.columns.hold[y, problem.in_scope(count.scope)]
            lower, upper = limits(count.sense, limit, count.tolerance or 0.0)
            draft.clause(
                Clause(
                    id=f"COUNT.{count.id}",
                    code="COUNT",
                    title_zh=count.title.zh,
                    title_en=count.title.en,
                    attribute=count.attribute,
                    sense=count.sense,
                    limit=limit,
                    lower=lower,
                    upper=upper,
                    unit="个",
                    year=year,
                    source=source_of(problem, count),
                    index=index,
                    value=np.ones(len(index)),
                    base=limit or 1.0,
                )
            )
    draft.reach("COUNT", reached)


def source_of(problem: Problem, count: Count) -> str:
    """Return where a count's figure comes from: the clause, and what fills it in."""
    if count.limit is not None:
        return count.source
    return f"{count.source}；{problem.scenario.question.figures[count.id].source}"


RULE = Rule(
    code="COUNT",
    title_zh="矿山数量",
    title_en="Number of rights",
    index="count c, year y",
    sentence="The rights of a scope, existing and new, keep within the number the plan sets.",
    formula="Σ_{m ∈ c} hold[y,m] ≤ limit[c]",
    unit="rights",
    years="the count's own, and a path's",
    attribute="the count's own",
    kind="plan",
    source="各矿山数量条款",
    test="tests/optimizer/rules/test_count.py",
    write=write,
)
