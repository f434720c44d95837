"""CAP: a mineral's output in a jurisdiction stays within its cap."""

from __future__ import annotations

from minequota.optimizer.draft import NONE, Clause, Draft, limits
from minequota.optimizer.problem import CapLine, Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Hold every cap: the plan's, those from above, county splits and blank allotments.

    Where a figure is still to be handed down, nobody it is for produces.
    """
    reached = len(problem.caps)
    for y, year in enumerate(problem.years):
        for cap in problem.caps:
            if year in cap.years:
                draft.clause(_clause(problem, draft, cap, y, year))
        for m, source in enumerate(problem.sources):
            output = draft.columns.output[y, m]
            if output != NONE and problem.awaiting(source, year) is not None:
                reached += 1
                draft.fix(output, 0.0)
    draft.reach("CAP", reached)


def _clause(problem: Problem, draft: Draft, cap: CapLine, y: int, year: int) -> Clause:
    members = problem.under_cap(cap) & (draft.columns.output[y] != NONE)
    index = draft.columns.output[y, members]
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
        value=problem.in_basis(cap)[members],
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
    sentence=(
        "The output of a product in a place and all below it, counted in the cap's basis, keeps "
        "its cap less the holdback; a product whose figure is not yet handed down gets none."
    ),
    formula="Σ_{m ∈ c} output[y,m] · basis[c,m] ≤ cap[c] · (1 − holdback); awaited: output = 0",
    unit="product unit per year",
    years="the cap's own",
    attribute="the cap's own",
    kind="plan",
    source="各开采总量条款",
    test="tests/optimizer/rules/test_cap.py",
    write=write,
)
