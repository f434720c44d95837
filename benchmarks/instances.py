"""Larger questions of the same kind: the Dandong scenario, several times over.

Rights, zones, caps, demands and numbers of rights are repeated or multiplied together, so that an
instance of k copies asks the same question k times at once. What that leaves out: more counties,
other plans' rules, and registers that are not like Dandong's synthetic one. Copies are alike, which
makes ties more frequent than in a real register: the times are of a harder case.
"""

from __future__ import annotations

from dataclasses import replace

from minequota.scenarios.load import load_scenario
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity


def dandong(rights: int) -> Scenario:
    """Return the Dandong scenario with about `rights` rights: a part of it, or copies of it."""
    base = load_scenario("dandong")
    whole = len(base.rights)
    copies = max(1, round(rights / whole))
    share = copies if rights >= whole else rights / whole
    step = max(1, round(whole / rights))
    plan, question = base.plan, base.question
    names = [f"K{copy:02d}-" for copy in range(copies)]
    return replace(
        base,
        name=f"dandong-{rights}",
        plan=plan.model_copy(
            update={
                "caps": tuple(
                    cap.model_copy(update={"amount": _times(cap.amount, share)})
                    for cap in plan.caps
                    if cap.amount is not None
                ),
                "counts": tuple(
                    count.model_copy(update={"limit": round(count.limit * share)})
                    for count in plan.counts
                    if count.limit is not None
                ),
                "zones": tuple(
                    zone.model_copy(update={"code": name + zone.code})
                    for name in names
                    for zone in plan.zones[::step]
                ),
            }
        ),
        question=question.model_copy(
            update={
                "demand": {
                    product: demand
                    if demand.amount is None
                    else demand.model_copy(update={"amount": _times(demand.amount, share)})
                    for product, demand in question.demand.items()
                }
            }
        ),
        rights=tuple(
            replace(right, licence=name + right.licence)
            for name in names
            for right in base.rights[::step]
        ),
    )


def _times(amount: Quantity, factor: float) -> Quantity:
    return Quantity(amount.value * factor, amount.unit)
