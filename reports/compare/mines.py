"""Mine by mine: the figure every case gives a right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from minequota.optimizer.allocation import Quota
from minequota.reports.compare.alignment import Alignment, answer, in_order, product_order
from minequota.reports.compare.comparison import MineLine, alike, differences, known, summed


def mine_lines(aligned: Alignment) -> tuple[tuple[MineLine, ...], int]:
    """Return a line per right, product, use and year, and how many rights are left out.

    Left out are rights that one case alone knows, no other having its plan: they have nothing to
    be compared with.
    """
    found: dict[tuple[Any, ...], dict[str, Quota]] = {}
    for case in aligned.cases:
        for quota in answer(case).quotas:
            year = quota.year if aligned.dated else None
            key = (year, quota.right, quota.product, quota.use, quota.unit, quota.basis)
            found.setdefault(key, {})[case.name] = quota
    counted: dict[tuple[Any, ...], set[str]] = {}
    for (year, right, product, *_), quotas in found.items():
        counted.setdefault((year, right, product), set()).update(quotas)
    lines, lonely = [], set()
    for (year, right, product, *_), quotas in found.items():
        if aligned.comparable(quotas):
            # What a case counts otherwise is not 0 there, and the two are not subtracted.
            lines.append(_line(aligned, year, quotas, counted[year, right, product]))
        else:
            lonely.add(right)
    places = product_order(aligned)
    ordered = in_order(
        sorted(_folded(lines), key=lambda line: places.get(line.product, len(places))),
        group=lambda line: (line.product, line.unit, line.basis),
        key=lambda line: (line.right, line.use, str(line.year)),
    )
    return ordered, len(lonely)


def _line(
    aligned: Alignment, year: int | None, quotas: Mapping[str, Quota], otherwise: set[str]
) -> MineLine:
    first = next(iter(quotas.values()))
    values: dict[str, float | None] = {}
    for case in aligned.cases:
        if case.name in quotas:
            values[case.name] = quotas[case.name].amount
        elif case.name in otherwise or (year is not None and year not in answer(case).years):
            values[case.name] = None
        else:
            values[case.name] = aligned.nothing(case, first.right, quotas)
    awaiting = tuple(name for name, quota in quotas.items() if quota.awaiting)
    named = first.right not in aligned.nameless
    return MineLine(
        year=year,
        right=first.right,
        name=first.name if named else "",
        named=named,
        synthetic=any(quota.synthetic for quota in quotas.values()),
        county=first.county,
        mineral=first.mineral,
        product=first.product,
        use=first.use,
        unit=first.unit,
        basis=first.basis,
        values=values,
        awaiting=awaiting,
        differences=differences(values, aligned.base),
        differs=not alike(values.values()) or 0 < len(awaiting) < len(aligned.cases),
    )


def _folded(lines: Sequence[MineLine]) -> list[MineLine]:
    """Return the lines with those of rights that no list may name added up, like with like."""
    groups: dict[tuple[object, ...], list[MineLine]] = {}
    for line in lines:
        if not line.named:
            what = (line.year, line.product, line.use, line.unit, line.basis)
            groups.setdefault((*what, line.awaiting, known(line.values)), []).append(line)
    return [*(line for line in lines if line.named), *map(_sum, groups.values())]


def _sum(lines: Sequence[MineLine]) -> MineLine:
    return replace(
        lines[0],
        right="",
        county="",
        mineral="",
        synthetic=True,
        values=summed([one.values for one in lines]),
        differences=summed([one.differences for one in lines]),
        differs=any(one.differs for one in lines),
        count=len(lines),
    )
