"""STATUS: who gets no quota, and who is never chosen to leave."""

from __future__ import annotations

import itertools

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.rules.renew import leaving_year
from minequota.optimizer.source import Source
from minequota.scenarios.standing import protected as spared


def write(problem: Problem, draft: Draft) -> None:
    """Give no output to rights that may not produce; keep the protected ones on the register."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if not source.existing:
            continue
        # The status of every right of the register is read, whatever follows from it.
        reached += 1
        leaves = leaving_year(problem, source)
        spared_here = protected(problem, source)
        for y, year in enumerate(problem.years):
            output = draft.columns.output[y, m]
            if output != NONE and not source.eligible(year):
                draft.fix(output, 0.0)
            if spared_here and (leaves is None or year < leaves):
                _kept(problem, draft, y, m)
    for m, source in enumerate(problem.sources):
        _one_way(draft, m, existing=source.existing)
    draft.reach("STATUS", reached)


def _kept(problem: Problem, draft: Draft, y: int, m: int) -> None:
    """On the register by itself, or as part of a merger: that is no closure."""
    hold = draft.columns.hold
    mergers = problem.mergers_of.get(m, ())
    if not mergers:
        draft.lower[hold[y, m]] = 1.0
        return
    draft.sum_row([(int(hold[y, one]), 1.0) for one in (m, *mergers)], 1.0, INFINITY)


def _one_way(draft: Draft, m: int, *, existing: bool) -> None:
    """Who has left does not come back, who is issued stays: a licence runs for longer."""
    hold = draft.columns.hold[:, m]
    for former, later in itertools.pairwise(hold.tolist()):
        if existing:
            draft.at_most(later, 1.0, former)
        else:
            draft.at_most(former, 1.0, later)


def protected(problem: Problem, source: Source) -> bool:
    """Whether a right of the register may not be chosen to leave."""
    right, options = source.right, problem.options
    if right is None:
        return False
    upper = bool(source.large_or_medium)
    return not options.closing or spared(right, options, large_or_medium=upper)


RULE = Rule(
    code="STATUS",
    title_zh="矿山状态",
    title_en="Status",
    index="right m, year y",
    sentence=(
        "No quota for rights that are expired, stopped, sealed, under a stop order, in a red line "
        "or without a safety licence, until they resume; green, large and medium rights are not "
        "chosen to leave. Who has left does not come back, who is issued stays."
    ),
    formula=(
        "output[y,m] = 0; hold[y,m] = 1; hold[y,held] ≤ hold[y−1,held]; hold[y,new] ≥ hold[y−1,new]"
    ),
    unit="product unit per year; rights",
    years="all",
    attribute="binding",
    kind="practice",
    source="国土资发〔2012〕44号及开采总量控制通知惯例；规划鼓励绿色、大中型矿山条款",
    test="tests/optimizer/rules/test_status.py",
    write=write,
)
