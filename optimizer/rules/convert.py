"""CONVERT: a listed exploration right may become a mining right, from its first year on."""

from __future__ import annotations

from minequota.optimizer.draft import Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.vintages import earliest_year, last_year


def write(problem: Problem, draft: Draft) -> None:
    """Keep every listed conversion from being issued before its first year."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if source.kind != "converted":
            continue
        reached += 1
        first, last = earliest_year(source), last_year(problem, source)
        for y, year in enumerate(problem.years):
            if first is not None and year < first:
                draft.fix(draft.columns.hold[y, m], 0.0)
            elif last is not None and year > last:
                draft.not_begun(draft.columns.hold[:, m].tolist(), y)
    draft.reach("CONVERT", reached)


RULE = Rule(
    code="CONVERT",
    title_zh="探转采",
    title_en="Conversion",
    index="conversion c, year y",
    sentence=(
        "A listed exploration right may be converted from its first year on. It is one more right "
        "in every count, needs no block, and keeps the minimum for new rights."
    ),
    formula="hold[y,c] = 0 before its first year",
    unit="rights",
    years="from the project's first year",
    attribute="binding",
    kind="plan",
    source="规划的探转采条款及情景所列项目",
    test="tests/optimizer/rules/test_convert.py",
    write=write,
)
