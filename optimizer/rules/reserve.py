"""RESERVE: no more is dug than there is, and a new right lasts its least service life."""

from __future__ import annotations

import math

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.sources import Source

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
            draft.row(outputs, outputs * 0.0 + 1.0, 0.0, source.reserves)
        size = draft.columns.size[m]
        if size != NONE and life is not None:
            draft.upper[size] = min(draft.upper[size], _whole(source, source.reserves / life))
    draft.reach("RESERVE", reached)


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
        "Output over the horizon keeps within the reserves; a new right's capacity within "
        "reserves divided by the least service life."
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
