"""MERGE: listed mergers join rights of the register into one."""

from __future__ import annotations

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source
from minequota.optimizer.vintages import earliest_year, last_year
from minequota.scenarios.standing import departures


def write(problem: Problem, draft: Draft) -> None:
    """Let every right go on by itself or in one merger, and a merger start from held rights."""
    hold = draft.columns.hold
    reached = 0
    for k, source in enumerate(problem.sources):
        if source.kind != "merged":
            continue
        reached += 1
        first = earliest_year(source)
        ends = (_last_year(problem, source), last_year(problem, source))
        last = min((end for end in ends if end is not None), default=None)
        for y, year in enumerate(problem.years):
            if first is not None and year < first:
                draft.fix(hold[y, k], 0.0)
            if last is not None and year > last:
                draft.not_begun(hold[:, k].tolist(), y)
            for m in source.members if y > 0 else ():
                # Joined in year y: held at the end of the year before.
                terms = [(int(hold[y, k]), 1.0), (int(hold[y - 1, k]), -1.0)]
                draft.sum_row([*terms, (int(hold[y - 1, m]), -1.0)], -INFINITY, 0.0)
    for m, mergers in problem.mergers_of.items():
        for y in range(len(problem.years)):
            terms = [(int(hold[y, one]), 1.0) for one in (m, *mergers)]
            draft.sum_row(terms, -INFINITY, 1.0)
            if draft.columns.expand[y, m] != NONE:
                # What is enlarged goes on by itself.
                terms = [(int(draft.columns.expand[y, m]), 1.0)]
                terms += [(int(hold[y, k]), 1.0) for k in mergers]
                draft.sum_row(terms, -INFINITY, 1.0)
    draft.reach("MERGE", reached)


def _last_year(problem: Problem, source: Source) -> int | None:
    """The last year in which all members can join: the one before a member must be gone.

    A right that is only too small for an existing mine is what mergers are for.
    """
    rights = [problem.sources[m].right for m in source.members]
    leaving = [
        max(found.year, problem.years[0]) - 1
        for right in rights
        if right is not None
        for found in departures(problem.plan, right)
        if found.cause != "existing_minimum"
    ]
    return min(leaving, default=None)


RULE = Rule(
    code="MERGE",
    title_zh="整合",
    title_en="Merger",
    index="merger k, year y",
    sentence=(
        "A listed merger joins its members, all of them held until then, into one right; each "
        "right goes into one merger at most, and leaves the register with it."
    ),
    formula="hold[y,m] + Σ_{k ∋ m} hold[y,k] ≤ 1; hold[y,k] − hold[y−1,k] ≤ hold[y−1,m]",
    unit="rights",
    years="from the merger's first year",
    attribute="binding",
    kind="plan",
    source="规划的矿业权整合、兼并重组条款及情景所列方案",
    test="tests/optimizer/rules/test_merge.py",
    write=write,
)
