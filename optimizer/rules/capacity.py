"""CAPACITY: nobody produces more than the licence allows, or without being held."""

from __future__ import annotations

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Tie output to hold and capacity."""
    columns, available = draft.columns, problem.options.availability
    reached = 0
    for y in range(len(problem.years)):
        for m, source in enumerate(problem.sources):
            output, hold, size = columns.output[y, m], columns.hold[y, m], columns.size[m]
            if size != NONE:
                draft.at_most(size, source.maximum, hold)
            if output == NONE:
                continue
            reached += 1
            if size == NONE:
                draft.at_most(output, source.maximum * available, hold)
            else:
                draft.at_most(output, available, size)
    draft.reach("CAPACITY", reached)


RULE = Rule(
    code="CAPACITY",
    title_zh="生产规模限制",
    title_en="Licensed capacity",
    index="right m, year y",
    sentence="A right's output keeps within its licensed capacity times availability, while held.",
    formula="output[y,m] ≤ availability · capacity[m] · hold[y,m]; capacity[new] ≤ maximum · hold",
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="definition",
    source="采矿许可证载明生产规模",
    test="tests/optimizer/rules/test_capacity.py",
    write=write,
)
