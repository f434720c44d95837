"""What goes from where to whom: one record for every way that is used."""

from __future__ import annotations

from minequota.optimizer.allocation import Flow
from minequota.optimizer.answer import BINDING, Answer, clean

YUAN_IN_WAN = 1e4


def flows(answer: Answer) -> tuple[Flow, ...]:
    """Return the flows of all years, in the order of the links."""
    transport = answer.problem.scenario.question.transport
    if transport is None:
        return ()
    units = {product.name: product.unit for product in answer.problem.products}
    found = []
    for link in answer.draft.links:
        amount = clean(answer.solution[link.column])
        if amount <= BINDING:
            continue
        rate = transport.cost_per_unit_km.get(link.product, 0.0)
        found.append(
            Flow(
                year=answer.years[link.y],
                product=link.product,
                right=answer.problem.sources[link.m].id,
                centre=link.centre,
                amount=amount,
                unit=units[link.product],
                kilometres=clean(link.kilometres),
                cost=clean(amount * link.kilometres * rate / YUAN_IN_WAN),
            )
        )
    return tuple(found)
