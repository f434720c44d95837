"""CAP: a mineral's output in a jurisdiction stays within its cap."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import NONE, Clause, Draft, limits
from minequota.optimizer.problem import CapLine, Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Hold every cap of the plan, county splits and blank allotments included."""
    for y, year in enumerate(problem.years):
        for cap in problem.caps:
            if year in cap.years:
                draft.clause(_clause(problem, draft, cap, y, year))
    draft.reach("CAP", sum(1 for cap in problem.caps if any(y in cap.years for y in problem.years)))


def _clause(problem: Problem, draft: Draft, cap: CapLine, y: int, year: int) -> Clause:
    outputs = draft.columns.output[y, problem.of_product(cap.product, cap.county)]
    index = outputs[outputs != NONE]
    lower, upper = limits(cap.sense, cap.net, cap.tolerance)
    return Clause(
        id=f"CAP.{cap.id}",
        code="CAP",
        title_zh=cap.title_zh,
        title_en=cap.title_en,
        attribute=cap.attribute,
        sense=cap.sense,
        limit=cap.net,
        lower=lower,
        upper=upper,
        unit=cap.product.unit,
        year=year,
        source=cap.source,
        index=index,
        value=np.ones(len(index)),
        base=cap_base(problem, cap),
    )


def cap_base(problem: Problem, cap: CapLine) -> float:
    """Return what a miss of the cap is divided by: its figure, or the largest where that is 0."""
    if cap.net > 0:
        return cap.net
    others = (c for c in problem.caps if c.product.name == cap.product.name)
    return max((c.net for c in others if c.sense != "forecast"), default=0.0) or 1.0


RULE = Rule(
    code="CAP",
    title_zh="开采总量控制",
    title_en="Output cap",
    index="cap c, year y",
    sentence="The output of a product in a place and all below it keeps its cap less the holdback.",
    formula="Σ_{m ∈ c} output[y,m] ≤ cap[c] · (1 − holdback)",
    unit="product unit per year",
    years="the cap's own",
    attribute="the cap's own",
    kind="plan",
    source="各开采总量条款",
    test="tests/optimizer/rules/test_cap.py",
    write=write,
)
