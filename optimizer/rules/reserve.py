"""RESERVE: no more is dug than there is, and a new right lasts its least service life."""

from __future__ import annotations

import math

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source

_SAME = 1e-6


def write(problem: Problem, draft: Draft) -> None:
    """Bound output over the years by reserves, and a new right's capacity by its service life."""
    life = problem.options.least_service_life
    reached = 0
    for m, source in enumerate(problem.sources):
        stated = source.enlargement.reserves if source.enlargement is not None else None
        if source.reserves is None and stated is None:
            continue
        outputs = _outputs(draft, m)
        if outputs:
            reached += 1
            _within_reserves(problem, draft, m, outputs, stated)
        if life is not None:
            _last(problem, draft, m, life)
    draft.reach("RESERVE", reached)


def _outputs(draft: Draft, m: int) -> list[int]:
    """The columns of a source's output, year by year; none where it can have no figure."""
    return [int(column) for column in draft.columns.output[:, m] if column != NONE]


def _within_reserves(
    problem: Problem, draft: Draft, m: int, outputs: list[int], enlarged: float | None
) -> None:
    """Σ_y output ≤ reserves; what an expansion adds may be dug once it is decided.

    A merger digs what its members have left of theirs.
    """
    source = problem.sources[m]
    before = source.reserves
    if enlarged is None:
        assert before is not None  # noqa: S101 - asked by the caller
        draft.sum_row([(column, 1.0) for column in outputs], -INFINITY, before)
        known = [part.reserves for part in source.parts if part.reserves is not None]
        if known and len(known) == len(source.parts):
            dug = [column for part in source.members for column in _outputs(draft, part)]
            terms = [(column, 1.0) for column in (*outputs, *dug)]
            draft.sum_row(terms, -INFINITY, max(before, sum(known)))
        return
    expand = draft.columns.expand[:, m]
    if before is None:
        # Nothing is known of the ore until the expansion states it: then all of it counts.
        most = source.most * len(outputs)
        terms = [(int(expand[-1]), most), *((column, 1.0) for column in outputs)]
        draft.sum_row(terms, -INFINITY, enlarged + most)
        return
    for y in range(len(outputs)):
        terms = [(column, 1.0) for column in outputs[: y + 1]]
        draft.sum_row([*terms, (int(expand[y]), before - enlarged)], -INFINITY, before)


def _last(problem: Problem, draft: Draft, m: int, life: float) -> None:
    """A new right's capacity within reserves / life; one of fixed capacity is admitted or not."""
    source = problem.sources[m]
    if source.kind == "held":
        _enlarged_lasts(draft, m, source, life)
        return
    assert source.reserves is not None  # noqa: S101 - only an expansion may be without
    most = source.reserves / life
    for y in range(len(problem.years)):
        size = draft.columns.size[y, m]
        if size != NONE:
            draft.upper[size] = min(draft.upper[size], _whole(source, most))
        elif source.maximum > most * (1 + _SAME):
            draft.fix(draft.columns.hold[y, m], 0.0)


def _enlarged_lasts(draft: Draft, m: int, source: Source, life: float) -> None:
    """An expansion within its own reserves, else the right's, over the least service life."""
    if source.enlargement is None:
        return
    stated = source.enlargement.reserves
    ore = source.reserves if stated is None else stated
    assert ore is not None  # noqa: S101 - asked by the caller
    most = ore / life
    if source.enlargement.capacity > most * (1 + _SAME):
        for column in draft.columns.expand[:, m]:
            draft.fix(column, 0.0)


def _whole(source: Source, capacity: float) -> float:
    """The last whole step of capacity that is not above `capacity`, in product units."""
    if source.product is None:
        return capacity
    step = source.product.capacity_step * source.factor
    return math.floor(capacity / step + _SAME) * step


RULE = Rule(
    code="RESERVE",
    title_zh="资源储量与服务年限",
    title_en="Reserves and service life",
    index="right m",
    sentence=(
        "Output over the horizon keeps within the reserves; a new, merged or enlarged capacity "
        "within reserves divided by the least service life."
    ),
    formula="Σ_y output[y,m] ≤ reserves[m]; capacity[new] ≤ reserves / service life",
    unit="product unit",
    years="all together",
    attribute="binding",
    kind="practice",
    source="矿山开采规模与矿区资源储量规模相适应（各规划最低开采规模一节）",
    test="tests/optimizer/rules/test_reserve.py",
    write=write,
)
