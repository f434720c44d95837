"""Where along a sweep the answer changes in kind: between which cases to look, what to call it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from minequota.optimizer.sweep.chunk import open_once
from minequota.optimizer.sweep.job import Row, SweepCase, Value
from minequota.optimizer.sweep.turning import (
    TurningJob,
    TurningPoint,
    clause_titles,
    same_kind,
    turning_points,
)
from minequota.reports.sweep.nameless import MARK, UNNAMED, ends, hidden_rights
from minequota.reports.sweep.specification import Specification, column_name
from minequota.reports.text import Words
from minequota.scenarios.plan import Plan

RECORD = ("parameter", "at", "below", "above", "what", "item", "begins", "text", "text_en")
"""The fields of a record; behind them stand the other parameters, by their columns."""
_BEGINS = {
    "unmet_products": Words("需求开始未满足", "Demand first goes unmet"),
    "binding": Words("条款开始起约束作用", "Clause begins to bind"),
    "issued_rights": Words("开始投放", "Right is issued"),
    "leaving_rights": Words("开始退出", "Right leaves"),
    "expanded_rights": Words("开始改扩建", "Right is enlarged"),
    "merged_rights": Words("开始整合", "Right is merged"),
    "status": Words("求解状态变为", "Status becomes"),
}
_ENDS = {
    "unmet_products": Words("需求重新得到满足", "Demand is met again"),
    "binding": Words("条款不再起约束作用", "Clause no longer binds"),
    "issued_rights": Words("不再投放", "Right is no longer issued"),
    "leaving_rights": Words("不再退出", "Right no longer leaves"),
    "expanded_rights": Words("不再改扩建", "Right is no longer enlarged"),
    "merged_rights": Words("不再整合", "Right is no longer merged"),
}


def find_turning_points(
    specification: Specification, rows: Sequence[Row], jobs: int = 1
) -> list[dict[str, Any]]:
    """Return every change in kind along the first parameter, as flat records.

    Parameters
    ----------
    specification
        A sweep over ranges; a sample has no order to look along.
    rows
        Its rows, in the order of its cases.
    jobs
        How many processes look side by side.

    Returns
    -------
    list of dict
        ``parameter``, ``at`` (between ``below`` and ``above``, a millionth apart), ``what`` and
        ``item``, ``begins``, the words for it, and the other parameters' values.
    """
    table = specification.table
    if table.sampled or not table.parameters or specification.solver != "highs":
        return []
    spans = list(_spans(specification, rows))
    found = _looked(spans, jobs)
    opened = open_once(tuple(specification.documents.items()))
    titles = clause_titles(opened.scenario) if any(p.what == "binding" for p in found) else {}
    hidden = hidden_rights(opened.scenario)
    return [
        _record(_nameless(point, hidden), specification, opened.scenario.plan, titles)
        for point in found
    ]


def _nameless(point: TurningPoint, hidden: frozenset[str]) -> TurningPoint:
    """Return the point without the name of a right that may not be named as leaving."""
    return replace(point, item=MARK) if ends(point.what) and point.item in hidden else point


def _spans(specification: Specification, rows: Sequence[Row]) -> Iterator[TurningJob]:
    """Neighbours along the first parameter whose answers differ in kind."""
    table = specification.table
    lines: dict[tuple[Value, ...], list[tuple[float, int]]] = defaultdict(list)
    for at, values in enumerate(table.rows):
        first, *others = values
        if isinstance(first, int | float) and not isinstance(first, bool):
            lines[tuple(others)].append((float(first), at))
    for line in lines.values():
        ordered = [at for _, at in sorted(line)]
        for low, high in itertools.pairwise(ordered):
            if not same_kind(rows[low], rows[high]):
                yield TurningJob(
                    specification.documents,
                    table.parameters,
                    0,
                    SweepCase(low, table.rows[low]),
                    SweepCase(high, table.rows[high]),
                )


def _looked(spans: list[TurningJob], jobs: int) -> list[TurningPoint]:
    if jobs <= 1 or len(spans) <= 1:
        return [point for span in spans for point in turning_points(span)]
    from joblib import Parallel, delayed

    several = Parallel(n_jobs=min(jobs, len(spans)), backend="loky", max_nbytes=None)
    return [point for found in several(map(delayed(turning_points), spans)) for point in found]


def shortest(below: float, above: float) -> float:
    """Return the number of fewest digits between two numbers, both included."""
    if isinstance(below, int) and isinstance(above, int):
        return above
    middle = below + (above - below) / 2
    tried = (float(f"{middle:.{digits}g}") for digits in range(1, 18))
    return next((one for one in tried if below <= one <= above), middle)


def _record(
    point: TurningPoint,
    specification: Specification,
    plan: Plan,
    titles: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    words = (_BEGINS if point.begins else _ENDS)[point.what]
    zh, en = _named(point, plan, titles)
    others = zip(specification.table.parameters[1:], point.others, strict=True)
    return {
        "parameter": point.parameter,
        "at": shortest(point.below, point.above),
        "below": point.below,
        "above": point.above,
        "what": point.what,
        "item": point.item,
        "begins": point.begins,
        "text": f"{words.zh}：{zh}",
        "text_en": f"{words.en}: {en}",
        **{column_name(parameter): value for parameter, value in others},
    }


def _named(
    point: TurningPoint, plan: Plan, titles: Mapping[str, tuple[str, str]]
) -> tuple[str, str]:
    """Return what the item is called."""
    if point.what == "binding":
        clause, _, year = point.item.partition("@")
        zh, en = titles.get(clause, (clause, clause))
        return (f"{zh}（{year}）", f"{en} ({year})") if year else (zh, en)
    if point.item == MARK:
        return UNNAMED.zh, UNNAMED.en
    if point.what == "unmet_products":
        english = next((one.en for one in plan.products if one.name == point.item), point.item)
        return point.item, english
    return point.item, point.item
