"""RATIO: the share of large and medium rights among all rights held."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Clause, Draft
from minequota.optimizer.engine.types import Booleans, Integers
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.targets import ratios_in
from minequota.scenarios.plan import Ratio


def write(problem: Problem, draft: Draft) -> None:
    """Hold every ratio of the plan that speaks of a modelled year."""
    reached = 0
    for y, year in enumerate(problem.years):
        for ratio, share in ratios_in(problem, year):
            reached += 1
            draft.clause(_clause(problem, draft, ratio, share, y))
    draft.reach("RATIO", reached)


def _clause(problem: Problem, draft: Draft, ratio: Ratio, share: float, y: int) -> Clause:
    scope = problem.in_scope(ratio.scope)
    index: list[int] = []
    value: list[float] = []
    for m in np.flatnonzero(scope):
        source = problem.sources[m]
        counts = source.large_or_medium
        index.append(int(draft.columns.hold[y, m]))
        value.append((1.0 if counts else 0.0) - share)
        if counts is None:
            for large in _large_columns(problem, draft, y, int(m), ratio.sense != "floor"):
                index.append(large)
                value.append(1.0)
        if source.enlargement is not None and not counts:
            # Enlarged, a small right may count as large or medium from the decision on.
            index.append(int(draft.columns.expand[y, m]))
            value.append(0.0 if source.enlargement.size_class == "small" else 1.0)
    # Written in rights: large + medium − share · all ≥ 0.
    lower, upper = (0.0, 0.0) if ratio.sense == "level" else (0.0, INFINITY)
    if ratio.sense == "ceiling":
        lower, upper = -INFINITY, 0.0
    if ratio.sense == "about":
        lower = upper = 0.0
        index.append(_band_column(draft, ratio, share, draft.columns.hold[y, scope]))
        value.append(-1.0)
    return Clause(
        id=f"RATIO.{ratio.id}",
        code="RATIO",
        title_zh=ratio.title.zh,
        title_en=ratio.title.en,
        attribute=ratio.attribute,
        sense=ratio.sense,
        limit=share,
        lower=lower,
        upper=upper,
        unit="个",
        year=problem.years[y],
        source=ratio.source,
        index=np.array(index, dtype=np.int64),
        value=np.array(value),
        base=(share * _base(problem, scope)) or 1.0,
    )


def _band_column(draft: Draft, ratio: Ratio, share: float, held: Integers) -> int:
    """How far the clause may stray: at most tolerance · share of the rights held, either way."""
    width = (ratio.tolerance or 0.0) * share
    band = draft.column(-width * len(held), width * len(held))
    index = np.append(held, band)
    draft.row(index, np.append(np.full(len(held), width), -1.0), 0.0, INFINITY)
    draft.row(index, np.append(np.full(len(held), width), 1.0), 0.0, INFINITY)
    return band


def _base(problem: Problem, scope: Booleans) -> float:
    """Rights of the scope on the register, by which a miss is made relative."""
    return float(np.count_nonzero(scope & problem.existing))


def _large_columns(
    problem: Problem, draft: Draft, y: int, m: int, both_ways: bool
) -> Iterator[int]:
    """The columns, one for each year of issue up to `y`, that are 1 for a large or medium right."""
    for v in range(y + 1):
        large = draft.columns.large[v, m]
        if large == NONE:
            large = draft.columns.large[v, m] = _large_column(problem, draft, v, m)
        if both_ways:
            _small_below_boundary(problem, draft, v, m, int(large))
        yield int(large)


def _large_column(problem: Problem, draft: Draft, v: int, m: int) -> int:
    """1 when a right issued that year reaches the boundary, which belongs to the upper class."""
    columns, source = draft.columns, problem.sources[m]
    large = draft.column(0.0, 1.0, integer=True)
    boundary = source.class_boundary
    assert boundary is not None  # noqa: S101 - `large_or_medium` is None only with one
    draft.sum_row([(large, 1.0), *_issued(draft, v, m, -1.0)], -INFINITY, 0.0)
    draft.at_least(int(columns.size[v, m]), boundary, large)
    return large


def _issued(draft: Draft, v: int, m: int, factor: float) -> Iterator[tuple[int, float]]:
    """Terms of `factor` times whether the right is issued in that very year."""
    hold = draft.columns.hold
    yield int(hold[v, m]), factor
    if v > 0:
        yield int(hold[v - 1, m]), -factor


def _small_below_boundary(problem: Problem, draft: Draft, v: int, m: int, large: int) -> None:
    """Without `large` the capacity stays below the boundary: a ratio with an upper side asks it."""
    source = problem.sources[m]
    assert source.class_boundary is not None and source.product is not None  # noqa: S101, PT018
    below = max(0.0, source.class_boundary - source.product.capacity_step * source.factor)
    size = int(draft.columns.size[v, m])
    terms = [(size, 1.0), (large, below - source.maximum), *_issued(draft, v, m, -below)]
    draft.sum_row(terms, -INFINITY, 0.0)


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
    years="the ratio's own, and a path's",
    attribute="the ratio's own",
    kind="plan",
    source="各大中型矿山比例条款",
    test="tests/optimizer/rules/test_ratio.py",
    write=write,
)
