"""Whether output is shared evenly: no step of it can pass from a favoured mine to another.

Within a group (a product in one cap's place) the total is fixed, and quota ÷ weight is to be as
equal as capacities allow. Where some mine could take and a better served one could give more
than rounding explains, the sharing is not even.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_by_id
from minequota.optimizer.verify.shape import Records

#: Rounding moves a quota by less than this many steps.
STEPS = 2


@dataclass(frozen=True)
class _Share:
    """One mine's part of a group's output; `band` is how far rounding may have moved it."""

    right: str
    amount: float
    weight: float
    top: float
    least: float
    band: float

    @property
    def ratio(self) -> float:
        """The part by weight."""
        return self.amount / self.weight

    @property
    def could_take(self) -> bool:
        """Whether more fits."""
        return self.amount + self.band <= self.top

    @property
    def could_give(self) -> bool:
        """Whether less is allowed."""
        return self.amount - self.band >= self.least


def _group_faults(where: str, group: list[_Share]) -> list[Fault]:
    takers = [one for one in group if one.could_take]
    givers = [one for one in group if one.could_give]
    if not takers or not givers:
        return []
    low = min(takers, key=lambda one: (one.amount + one.band) / one.weight)
    high = max(givers, key=lambda one: (one.amount - one.band) / one.weight)
    if (low.amount + low.band) / low.weight >= (high.amount - high.band) / high.weight:
        return []
    return [
        fault(
            "sharing_uneven",
            where,
            low=low.right,
            low_ratio=low.ratio,
            high=high.right,
            high_ratio=high.ratio,
        )
    ]


def _groups(inputs: Inputs, records: Records, reckoning: Reckoning) -> dict[str, list[_Share]]:
    """Return who shares with whom, by product and, where a county has a cap, by county.

    The rounding of a new right's capacity may move its output by a step of the capacity.
    """
    options = inputs.scenario.question.options
    floors = options.min_load > 0 or options.minimum_binds_output
    products = {product.name: product for product in inputs.scenario.plan.products}
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    split = {cap["product"] for cap in inputs.cap.values() if isinstance(cap["county"], str)}
    working = reckoning.held[reckoning.held["works"].astype(bool)]
    amounts = dict(zip(reckoning.output.index, reckoning.output["amount"], strict=True))
    groups: dict[str, list[_Share]] = defaultdict(list)
    for new, frame in ((False, working), (True, reckoning.issued)):
        for right, row in rows_by_id(frame).items():
            amount, weight = amounts.get(right), row["capacity"] * row["factor"]
            if amount is None or not weight > 0 or (floors and amount <= 0):
                continue
            product = products[row["product"]]
            grain = product.capacity_step * row["factor"] if new else 0.0
            place = row["county"] if product.name in split else ""
            groups[f"{product.name} {place}".strip()].append(
                _Share(
                    right=right,
                    amount=amount,
                    weight=weight,
                    top=row["top"],
                    least=row["least"] if floors else 0.0,
                    band=STEPS * steps.get(product.name, product.step) + grain,
                )
            )
    return groups


def evenness_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the groups whose output is shared unevenly.

    Only for the sharing basis `capacity` without coefficients: other weights have fallbacks for
    rights without a history that the records do not show.
    """
    sharing = inputs.scenario.question.options.sharing
    solved = records.goals[records.goals["status"].isin(("optimal", "within_gap"))]
    plain = sharing.basis == "capacity" and not sharing.coefficients
    if not plain or "evenness" not in set(solved["name"]):
        return []
    groups = _groups(inputs, records, reckoning)
    return [one for where, group in groups.items() for one in _group_faults(where, group)]
