"""BAN: no new right where the plan forbids one."""

from __future__ import annotations

from minequota.optimizer.draft import Draft
from minequota.optimizer.minimums import admission_minimum
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source
from minequota.scenarios.plan import Action
from minequota.scenarios.standing import barred


def write(problem: Problem, draft: Draft) -> None:
    """Close every candidate that a ban, a × or an unpermitted restriction speaks of."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if source.fresh and banned(problem, source):
            reached += 1
            for y in range(len(problem.years)):
                draft.fix(draft.columns.hold[y, m], 0.0)
    draft.reach("BAN", reached)


def banned(problem: Problem, source: Source) -> bool:
    """Whether the plan forbids issuing this right."""
    plan, options = problem.plan, problem.options
    if barred(plan, options, source.mineral.name, source.method):
        return True
    action: Action = "converted" if source.kind == "converted" else "new"
    return admission_minimum(plan, source, action).bars


RULE = Rule(
    code="BAN",
    title_zh="禁止新设",
    title_en="Banned",
    index="candidate m",
    sentence=(
        "No right is issued for a banned mineral, where the table prints ×, or where it prints / "
        "and nobody has decided; for a restricted mineral only by explicit permission."
    ),
    formula="hold[y,m] = 0",
    unit="rights",
    years="all",
    attribute="binding",
    kind="plan",
    source="规划的开采方向（限制、禁止矿种）与最低开采规模表",
    test="tests/optimizer/rules/test_ban.py",
    write=write,
)
