"""RENEW: a licence that ends is renewed, or the right leaves; so do those with a deadline."""

from __future__ import annotations

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.minimums import existing_floor
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source
from minequota.scenarios.standing import Departure, departures, licence_ends_by


def write(problem: Problem, draft: Draft) -> None:
    """Take off the register, from the year concerned, whoever must leave."""
    reached = 0
    for m, source in enumerate(problem.sources):
        leaves = leaving_year(problem, source)
        reached += ends_in_horizon(problem, source) or leaves is not None
        if leaves is None:
            continue
        assert source.right is not None  # noqa: S101 - only rights of the register must leave
        for found in departures(problem.plan, source.right):
            _leave(problem, draft, m, found)
    draft.reach("RENEW", reached)


def _leave(problem: Problem, draft: Draft, m: int, found: Departure) -> None:
    """Off the register from the year concerned, unless its expansion takes the reason away."""
    source = problem.sources[m]
    for y, year in enumerate(problem.years):
        if year < found.year:
            continue
        hold, expand = draft.columns.hold[y, m], draft.columns.expand[y, m]
        if expand != NONE and _lifted(problem, source, found):
            draft.at_most(int(hold), 1.0, int(expand))
        else:
            draft.fix(hold, 0.0)


def ends_in_horizon(problem: Problem, source: Source) -> bool:
    """Whether the licence has ended or ends by the last day of the last year."""
    return source.right is not None and licence_ends_by(source.right, problem.years[-1])


def why_leaving(problem: Problem, source: Source) -> Departure | None:
    """Return why a right must leave within the horizon, or None."""
    if source.right is None:
        return None
    found = problem.departures[source.right.licence]
    return found if found is not None and found.year <= problem.years[-1] else None


def leaving_year(problem: Problem, source: Source) -> int | None:
    """Return the modelled year by whose end a right must be gone; None where it may stay."""
    found = why_leaving(problem, source)
    return None if found is None else max(found.year, problem.years[0])


def _lifted(problem: Problem, source: Source, found: Departure) -> bool:
    """Whether its listed expansion brings a right up to the minimum for existing mines."""
    if found.cause != "existing_minimum" or source.enlargement is None:
        return False
    return source.enlargement.capacity >= existing_floor(problem.plan, source) * (1 - 1e-9)


RULE = Rule(
    code="RENEW",
    title_zh="延续",
    title_en="Renewal",
    index="right m",
    sentence=(
        "A right whose licence ends by the year's end is renewed as its renewal assumption says; "
        "where the plan sets a minimum for renewals, or asks for a new tender, a right below it, "
        "or any such right, leaves. Rights with a deadline, or below the minimum for existing "
        "mines, leave by it."
    ),
    formula="hold[y,m] = 0 from the year it must leave",
    unit="rights",
    years="from the year concerned",
    attribute="binding",
    kind="plan",
    source="规划适用于延续、已有矿山的最低开采规模规定，到期重新出让及限期退出规定",
    test="tests/optimizer/rules/test_renew.py",
    write=write,
)
