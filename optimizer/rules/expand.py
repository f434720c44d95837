"""EXPAND: a listed expansion raises a right's capacity, once, while it is held."""

from __future__ import annotations

import itertools

from minequota.optimizer.draft import Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.vintages import earliest_year, last_year


def write(problem: Problem, draft: Draft) -> None:
    """Tie every listed expansion to its right and its first year."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if source.enlargement is None:
            continue
        reached += 1
        first, last = earliest_year(source), last_year(problem, source)
        expand = draft.columns.expand[:, m].tolist()
        for y, year in enumerate(problem.years):
            draft.at_most(expand[y], 1.0, int(draft.columns.hold[y, m]))
            if first is not None and year < first:
                draft.fix(expand[y], 0.0)
            elif last is not None and year > last:
                draft.not_begun(expand, y)
        for former, later in itertools.pairwise(expand):
            # What is enlarged stays so, and with it the right: nobody builds to close.
            draft.at_most(former, 1.0, later)
    draft.reach("EXPAND", reached)


RULE = Rule(
    code="EXPAND",
    title_zh="改扩建",
    title_en="Expansion",
    index="expansion e, year y",
    sentence=(
        "A listed expansion may be decided from its first year on, for a right that is held; the "
        "new capacity is licensed at once and yields from its completion."
    ),
    formula="expand[y,m] ≤ hold[y,m]; expand[y,m] ≥ expand[y−1,m]; expand[y,m] = 0 before its year",
    unit="rights",
    years="from the project's first year",
    attribute="binding",
    kind="plan",
    source="规划的开发重大工程（扩产、改扩建项目）及情景所列项目",
    test="tests/optimizer/rules/test_expand.py",
    write=write,
)
