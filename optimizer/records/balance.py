"""Supply against demand: of every product with a demand, and of every demand centre."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minequota.optimizer.allocation import BalanceLine
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.draft import NONE, CentreColumns
from minequota.optimizer.problem import DemandLine


def balance(answer: Answer) -> tuple[BalanceLine, ...]:
    """Return one line a year and product, followed by one for each of its centres."""
    lines: list[BalanceLine] = []
    for year in answer.years:
        for line in answer.problem.demands_in(year):
            lines.append(_whole(answer, line))
            lines += _centres(answer, line)
    return tuple(lines)


def supply(answer: Answer, line: DemandLine) -> tuple[float, float, float]:
    """Return what the register's rights, the others, and by-products supply in a year."""
    problem = answer.problem
    y = problem.years.index(line.year)
    members = np.flatnonzero(problem.of_product(line.product)).tolist()
    old = sum(answer.output(m, y) for m in members if not problem.fresh[m])
    new = sum(answer.output(m, y) for m in members if problem.fresh[m])
    return old, new, line.by_product + _following(answer, line, y)


def _following(answer: Answer, line: DemandLine, y: int) -> float:
    """By-product supply that follows the output of other mines."""
    names = [product.name for product in answer.problem.products]
    column = answer.draft.columns.by_product[y, names.index(line.product.name)]
    return 0.0 if column == NONE else clean(answer.solution[column])


def gap_of(answer: Answer, line: DemandLine) -> float:
    """Demand that nothing meets; negative where supply exceeds it."""
    old, new, by_product = supply(answer, line)
    return clean(line.amount - line.imports - by_product - old - new)


def _whole(answer: Answer, line: DemandLine) -> BalanceLine:
    old, new, by_product = supply(answer, line)
    gap = gap_of(answer, line)
    return BalanceLine(
        year=line.year,
        product=line.product.name,
        place="",
        unit=line.product.unit,
        basis=line.product.basis,
        demand=clean(line.amount),
        production_existing=clean(old),
        production_new=clean(new),
        imports=clean(line.imports),
        by_product=clean(by_product),
        handed_out=None if line.handed_out is None else clean(line.handed_out),
        unmet=clean(max(0.0, gap)),
        surplus=clean(max(0.0, -gap)),
        from_cap=line.given.from_cap,
        assumed=line.given.assumed,
        source=line.given.source,
    )


def _centres(answer: Answer, line: DemandLine) -> Iterator[BalanceLine]:
    y = answer.years.index(line.year)
    for centre in answer.draft.centres:
        if centre.y == y and centre.product == line.product.name:
            yield _centre(answer, line, centre)


def _centre(answer: Answer, line: DemandLine, centre: CentreColumns) -> BalanceLine:
    flows = [
        (link.m, answer.solution[link.column])
        for link in answer.draft.links
        if (link.y, link.product, link.centre) == (centre.y, centre.product, centre.centre)
    ]
    fresh = answer.problem.fresh
    return BalanceLine(
        year=line.year,
        product=line.product.name,
        place=centre.centre,
        unit=line.product.unit,
        basis=line.product.basis,
        demand=clean(line.places[centre.centre]),
        production_existing=clean(sum(amount for m, amount in flows if not fresh[m])),
        production_new=clean(sum(amount for m, amount in flows if fresh[m])),
        imports=clean(answer.solution[centre.outside]),
        by_product=0.0,
        handed_out=None,
        unmet=clean(answer.solution[centre.unmet]),
        surplus=0.0,
        from_cap=line.given.from_cap,
        assumed=line.given.assumed,
        source=line.given.source,
    )
