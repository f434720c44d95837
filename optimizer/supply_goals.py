"""Goals of how demand is met: by-products before mines, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.goal import Goal
from minequota.optimizer.problem import Problem

YUAN_IN_WAN = 1e4
"""Costs of carrying are given in yuan, all others in 万元."""


def by_product(problem: Problem, draft: Draft) -> Iterator[Goal]:
    """Least output of mines where by-products could serve, as a share of the demand.

    Nothing where no demand has a by-product supply that follows other mines.
    """
    cost = np.zeros(len(draft.lower))
    served = False
    for line in problem.demands:
        if line.given.by_product_from and line.amount > 0:
            outputs = draft.columns.output[
                problem.years.index(line.year), problem.of_product(line.product)
            ]
            share = problem.weight_of(line.year) / line.amount
            cost[outputs[outputs != NONE]] = share
            served |= bool((outputs != NONE).any())
    if served:
        yield Goal(
            "by_product",
            "可由综合利用供应的产品中矿山供应的份额",
            "Mines' share of demand that by-products can serve",
            "占需求份额之和",
            cost,
        )


def cost(problem: Problem, draft: Draft) -> Iterator[Goal]:
    """Cost of opening, enlarging and carrying, in 万元; nothing where no cost is given.

    Opening and enlarging cost once, whenever they are decided; carrying is summed over the years
    with their weights.
    """
    vector = np.zeros(len(draft.lower))
    given = [_opening(problem, draft, vector), _carrying(problem, draft, vector)]
    if any(given):
        yield Goal("cost", "建矿、改扩建与运输费用", "Cost", "万元", vector)


def _opening(problem: Problem, draft: Draft, vector: np.ndarray) -> bool:
    costs = problem.scenario.question.costs
    if costs is None or not (costs.opening or costs.expansion):
        return False
    for m, source in enumerate(problem.sources):
        if source.fresh and source.product is not None:
            vector[draft.columns.hold[-1, m]] += costs.opening.get(source.product.name, 0.0)
        if source.enlargement is not None:
            expand = draft.columns.expand[-1, m]
            vector[expand] += costs.expansion.get(source.enlargement.project.id, 0.0)
    return True


def _carrying(problem: Problem, draft: Draft, vector: np.ndarray) -> bool:
    transport = problem.scenario.question.transport
    if transport is None or not transport.cost_per_unit_km:
        return False
    for link in draft.links:
        rate = transport.cost_per_unit_km.get(link.product, 0.0) / YUAN_IN_WAN
        weight = problem.weight_of(problem.years[link.y])
        vector[link.column] += rate * link.kilometres * weight
    return bool(draft.centres)
