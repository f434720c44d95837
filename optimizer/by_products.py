"""What the waste rock, tailings and spoil of other mines can supply of a product."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.demand import DemandLine
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.ore import ore_units
from minequota.optimizer.problem import Problem

Terms = Iterator[tuple[int, float]]


def most_by_product(problem: Problem, draft: Draft, y: int, line: DemandLine) -> Terms:
    """Yield the terms of the by-product supply that the ore of a year comes with.

    A mineral that has neither cap nor demand has no output in the model, so nobody knows its ore:
    it supplies nothing.

    Raises
    ------
    ValueError
        When ore must turn from tonnes to cubic metres (or back) and no density is known.
    """
    for origin in line.given.by_product_from:
        one = origin.per_ore.to(line.product.unit)
        for m, source in enumerate(problem.sources):
            output = int(draft.columns.output[y, m])
            if source.mineral.name in origin.minerals and output != NONE:
                yield output, one * ore_units(source, origin.ore_unit)
