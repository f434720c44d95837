"""STATUS: who gets no quota, and who is never chosen to leave."""

from __future__ import annotations

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.rules.renew import must_leave
from minequota.optimizer.sources import Source
from minequota.scenarios.standing import protected as spared


def write(problem: Problem, draft: Draft) -> None:
    """Give no output to rights that may not produce; keep the protected ones on the register."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if not source.existing:
            continue
        # The status of every right of the register is read, whatever follows from it.
        reached += 1
        for y in range(len(problem.years)):
            output = draft.columns.output[y, m]
            if output != NONE and not source.eligible:
                draft.fix(output, 0.0)
            if protected(problem, source) and not must_leave(problem, source):
                draft.lower[draft.columns.hold[y, m]] = 1.0
    draft.reach("STATUS", reached)


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
        "or without a safety licence; green, large and medium rights are not chosen to leave."
    ),
    formula="output[y,m] = 0; hold[y,m] = 1",
    unit="product unit per year; rights",
    years="all",
    attribute="binding",
    kind="practice",
    source="国土资发〔2012〕44号及开采总量控制通知惯例；规划鼓励绿色、大中型矿山条款",
    test="tests/optimizer/rules/test_status.py",
    write=write,
)
