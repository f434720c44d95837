"""RATIO: the share of large and medium rights among all rights held."""

from __future__ import annotations

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Clause, Draft
from minequota.optimizer.engine.types import Booleans, Integers
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.scenarios.plan import Ratio


def write(problem: Problem, draft: Draft) -> None:
    """Hold every ratio of the plan that speaks of a modelled year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for ratio in problem.plan.ratios:
            if year in ratio.years:
                reached += 1
                draft.clause(_clause(problem, draft, ratio, y, year))
    draft.reach("RATIO", reached)


def _clause(problem: Problem, draft: Draft, ratio: Ratio, y: int, year: int) -> Clause:
    scope = problem.in_scope(ratio.scope)
    index: list[int] = []
    value: list[float] = []
    for m in np.flatnonzero(scope):
        hold = int(draft.columns.hold[y, m])
        counts = problem.sources[m].large_or_medium
        index.append(hold)
        value.append((1.0 if counts else 0.0) - ratio.share)
        if counts is None:
            large = _large_column(problem, draft, y, int(m))
            index.append(large)
            value.append(1.0)
            if ratio.sense != "floor":
                _small_below_boundary(problem, draft, int(m), hold, large)
    # Written in rights: large + medium − share · all ≥ 0.
    lower, upper = (0.0, 0.0) if ratio.sense == "level" else (0.0, INFINITY)
    if ratio.sense == "ceiling":
        lower, upper = -INFINITY, 0.0
    if ratio.sense == "about":
        lower = upper = 0.0
        index.append(_band_column(draft, ratio, draft.columns.hold[y, scope]))
        value.append(-1.0)
    return Clause(
        id=f"RATIO.{ratio.id}",
        code="RATIO",
        title_zh=ratio.title.zh,
        title_en=ratio.title.en,
        attribute=ratio.attribute,
        sense=ratio.sense,
        limit=ratio.share,
        lower=lower,
        upper=upper,
        unit="个",
        year=year,
        source=ratio.source,
        index=np.array(index, dtype=np.int64),
        value=np.array(value),
        base=(ratio.share * _base(problem, scope)) or 1.0,
    )


def _band_column(draft: Draft, ratio: Ratio, held: Integers) -> int:
    """How far the clause may stray: at most tolerance · share of the rights held, either way."""
    width = (ratio.tolerance or 0.0) * ratio.share
    band = draft.column(-width * len(held), width * len(held))
    index = np.append(held, band)
    draft.row(index, np.append(np.full(len(held), width), -1.0), 0.0, INFINITY)
    draft.row(index, np.append(np.full(len(held), width), 1.0), 0.0, INFINITY)
    return band


def _base(problem: Problem, scope: Booleans) -> float:
    """Rights of the scope on the register, by which a miss is made relative."""
    return float(np.count_nonzero(scope & problem.existing))


def _large_column(problem: Problem, draft: Draft, y: int, m: int) -> int:
    """1 when a new right of open class reaches the boundary, which belongs to the upper class."""
    columns, source = draft.columns, problem.sources[m]
    if columns.large[y, m] == NONE:
        large = columns.large[y, m] = draft.column(0.0, 1.0, integer=True)
        boundary = source.class_boundary
        assert boundary is not None  # noqa: S101 - `large_or_medium` is None only with one
        draft.at_most(large, 1.0, columns.hold[y, m])
        draft.at_least(columns.size[m], boundary, large)
    return int(columns.large[y, m])


def _small_below_boundary(problem: Problem, draft: Draft, m: int, hold: int, large: int) -> None:
    """Without `large` the capacity stays below the boundary: a ratio with an upper side asks it."""
    source = problem.sources[m]
    assert source.class_boundary is not None and source.product is not None  # noqa: S101, PT018
    below = max(0.0, source.class_boundary - source.product.capacity_step * source.factor)
    index = np.array([draft.columns.size[m], large, hold])
    draft.row(index, np.array([1.0, below - source.maximum, -below]), -INFINITY, 0.0)


RULE = Rule(
    code="RATIO",
    title_zh="大中型矿山比例",
    title_en="Large and medium ratio",
    index="ratio r, year y",
    sentence="Large and medium rights are at least a share of all rights held.",
    formula=(
        "Σ_{large, medium} hold[y,m] ≥ share · Σ hold[y,m]; "
        "about: within share · (1 ± tolerance) · Σ hold[y,m]"
    ),
    unit="rights",
    years="the ratio's own",
    attribute="the ratio's own",
    kind="plan",
    source="各大中型矿山比例条款",
    test="tests/optimizer/rules/test_ratio.py",
    write=write,
)
