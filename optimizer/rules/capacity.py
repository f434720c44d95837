"""CAPACITY: nobody produces more than the licence allows, or without being held."""

from __future__ import annotations

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.vintages import usable


def write(problem: Problem, draft: Draft) -> None:
    """Tie output to hold and to the capacity that can be used in the year."""
    columns, available = draft.columns, problem.options.availability
    reached = set()
    for y in range(len(problem.years)):
        for m, source in enumerate(problem.sources):
            size, output = columns.size[y, m], columns.output[y, m]
            if size != NONE:
                _licensed_when_issued(draft, y, m, source.maximum)
            if output == NONE:
                continue
            reached.add(m)
            terms = [(column, -available * value) for column, value in usable(problem, draft, y, m)]
            draft.sum_row([(int(output), 1.0), *terms], -INFINITY, 0.0)
    draft.reach("CAPACITY", len(reached))


def _licensed_when_issued(draft: Draft, y: int, m: int, maximum: float) -> None:
    """A capacity is licensed when issued: size[y] ≤ maximum · (hold[y] − hold[y−1])."""
    hold = draft.columns.hold
    terms = [(int(draft.columns.size[y, m]), 1.0), (int(hold[y, m]), -maximum)]
    if y > 0:
        terms.append((int(hold[y - 1, m]), maximum))
    draft.sum_row(terms, -INFINITY, 0.0)


RULE = Rule(
    code="CAPACITY",
    title_zh="生产规模限制",
    title_en="Licensed capacity",
    index="right m, year y",
    sentence=(
        "A right's output keeps within its licensed capacity times availability, while held; a "
        "right issued or enlarged in the horizon can use what its lead time and ramp-up leave, one "
        "of the register the share of its capacity that `options.usable` lists for the year."
    ),
    formula=(
        "output[y,m] ≤ availability · (usable[m,y] · capacity[m] · hold[y,m] "
        "+ Σ_v share(v,y) · size[v,m]); "
        "size[v,m] ≤ maximum · issued[v,m]"
    ),
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="definition",
    source="采矿许可证载明生产规模",
    test="tests/optimizer/rules/test_capacity.py",
    write=write,
)
