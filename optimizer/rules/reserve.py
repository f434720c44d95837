"""RESERVE: no more is dug than there is, and a new right lasts its least service life."""

from __future__ import annotations

import math

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.engine.types import Integers
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.source import Source

_SAME = 1e-6


def write(problem: Problem, draft: Draft) -> None:
    """Bound output over the years by reserves, and a new right's capacity by its service life."""
    life = problem.options.least_service_life
    reached = 0
    for m, source in enumerate(problem.sources):
        if source.reserves is None:
            continue
        outputs = draft.columns.output[:, m]
        outputs = outputs[outputs != NONE]
        if len(outputs):
            reached += 1
            _within_reserves(draft, source, outputs, draft.columns.expand[-1, m])
        if life is not None:
            _last(problem, draft, m, life)
    draft.reach("RESERVE", reached)


def _within_reserves(draft: Draft, source: Source, outputs: Integers, expand: int) -> None:
    """Σ_y output ≤ reserves; an expansion that states its own reserves brings the difference."""
    terms = [(int(column), 1.0) for column in outputs]
    assert source.reserves is not None  # noqa: S101 - asked above
    if source.enlargement is not None and source.enlargement.reserves is not None:
        terms.append((int(expand), source.reserves - source.enlargement.reserves))
    draft.sum_row(terms, -INFINITY, source.reserves)


def _last(problem: Problem, draft: Draft, m: int, life: float) -> None:
    """A new right's capacity within reserves / life; one of fixed capacity is admitted or not."""
    source = problem.sources[m]
    assert source.reserves is not None  # noqa: S101 - asked by the caller
    most = source.reserves / life
    if source.kind == "held":
        _enlarged_lasts(draft, m, source, most, life)
        return
    for y in range(len(problem.years)):
        size = draft.columns.size[y, m]
        if size != NONE:
            draft.upper[size] = min(draft.upper[size], _whole(source, most))
        elif source.maximum > most * (1 + _SAME):
            draft.fix(draft.columns.hold[y, m], 0.0)


def _enlarged_lasts(draft: Draft, m: int, source: Source, before: float, life: float) -> None:
    """An expansion within its own reserves, else the right's, over the least service life."""
    if source.enlargement is None:
        return
    stated = source.enlargement.reserves
    most = before if stated is None else stated / life
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
