"""RENEW: a licence that ends by the year's end is renewed, or the right leaves."""

from __future__ import annotations

from minequota.optimizer.draft import Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.sources import Source
from minequota.scenarios.standing import forced_to_leave, licence_ends_by


def write(problem: Problem, draft: Draft) -> None:
    """Take off the register whose licence ends and may not, or shall not, be renewed."""
    reached = 0
    for m, source in enumerate(problem.sources):
        reached += ends_in_horizon(problem, source)
        if must_leave(problem, source):
            draft.fix(draft.columns.hold[-1, m], 0.0)
    draft.reach("RENEW", reached)


def ends_in_horizon(problem: Problem, source: Source) -> bool:
    """Whether the licence has ended or ends by the last day of the last year."""
    return source.right is not None and licence_ends_by(source.right, problem.years[-1])


def must_leave(problem: Problem, source: Source) -> bool:
    """Whether the right's licence ends and is not renewed."""
    right = source.right
    return right is not None and forced_to_leave(problem.plan, right, problem.years[-1])


RULE = Rule(
    code="RENEW",
    title_zh="延续",
    title_en="Renewal",
    index="right m",
    sentence=(
        "A right whose licence ends by the year's end is renewed as its renewal assumption says; "
        "where the plan sets a minimum for renewals, a right below it leaves."
    ),
    formula="hold[y,m] = 0 where not renewed",
    unit="rights",
    years="the last year",
    attribute="binding",
    kind="plan",
    source="规划适用于延续的最低开采规模规定",
    test="tests/optimizer/rules/test_renew.py",
    write=write,
)
