"""STEADY: a mine's output changes by no more than a share from one year to the next."""

from __future__ import annotations

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source


def write(problem: Problem, draft: Draft) -> None:
    """Bound the change of output of every right that may produce in both years."""
    steady = problem.options.steady
    reached = 0
    if steady is not None:
        for m, source in enumerate(problem.sources):
            if source.existing and draft.columns.output[0, m] != NONE:
                reached += _bound(problem, draft, m, steady.up, steady.down)
    draft.reach("STEADY", reached)


def last_output(source: Source) -> float | None:
    """Return last year's output in product units; None where the register has none above 0."""
    right = source.right
    if right is None or right.last_output is None or right.last_output.value <= 0:
        return None
    return right.last_output.to(source.capacity_unit) * source.factor


def _bound(problem: Problem, draft: Draft, m: int, up: float, down: float) -> int:
    source, columns = problem.sources[m], draft.columns
    written = 0
    for y, year in enumerate(problem.years):
        if not _may_produce(problem, source, year):
            continue
        if source.usable_share(year) != source.usable_share(year - 1):
            # Who ramps up rises as its works do, and who can use less falls with that.
            continue
        output, hold = int(columns.output[y, m]), int(columns.hold[y, m])
        if y == 0:
            before = last_output(source)
            if before is None:
                continue
            terms: list[tuple[int, float]] = []
            most = before
        else:
            if not _may_produce(problem, source, problem.years[y - 1]):
                continue
            before, most = 0.0, source.maximum
            terms = [(int(columns.output[y - 1, m]), 1.0)]
        written = 1
        # What is taken off the first year is no change of output; the year after, it is back.
        off = source.excess if y == 0 else 0.0
        back = source.excess if y == 1 else 0.0
        # A larger licence may be used at once; whoever leaves falls to nothing.
        freed = [] if source.enlargement is None else [(int(columns.expand[y, m]), source.most)]
        rise = [(column, -(1 + up) * value) for column, value in (*terms,)]
        loose = [(column, -value) for column, value in freed]
        highest = max(0.0, (1 + up) * (before + back) - off)
        draft.sum_row([(output, 1.0), *rise, *loose], -INFINITY, highest)
        # The licence may be smaller than what is kept of last output: nobody is asked more.
        full = source.maximum * source.usable_share(year) * problem.options.availability
        kept = min((1 - down) * before, full)
        kept = max(0.0, kept - off)
        fall = [(column, -(1 - down) * value) for column, value in terms]
        slack = (1 - down) * most
        draft.sum_row([(output, 1.0), *fall, (hold, -slack), *freed], kept - slack, INFINITY)
    return written


def _may_produce(problem: Problem, source: Source, year: int) -> bool:
    return source.eligible(year) and problem.awaiting(source, year) is None


RULE = Rule(
    code="STEADY",
    title_zh="产量平稳",
    title_en="Steady output",
    index="right m, year y",
    sentence=(
        "By option, the output of a right of the register changes from one year to the next by no "
        "more than a share, while it is held; in the first year against last year's output where "
        "that is known. A right enlarged, stopped or still waiting for its figure is exempt, and "
        "one that can use another share of its capacity than the year before. What "
        "over-production takes off the first year counts there and in the next as if it were dug."
    ),
    formula="(1 − down) · output[y−1,m] ≤ output[y,m] ≤ (1 + up) · output[y−1,m]",
    unit="product unit per year",
    years="all",
    attribute="binding",
    kind="practice",
    source="情景所列平稳要求",
    test="tests/optimizer/rules/test_steady.py",
    write=write,
)
