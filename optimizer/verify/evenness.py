"""Whether output is shared evenly: no step of it can pass from a favoured mine to another.

Among mines that every limit treats alike a step may pass from one to the other, and quota ÷
weight is to be as equal as capacities allow. Where some mine could take and a better served one
could give more than rounding explains, the sharing is not even.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from minequota.optimizer.verify.contents import basis_per_product
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.quantities import ceiling, reserve_room
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.weights import measured_among, sharers, sharing_weights

#: Rounding moves a quota by less than this many steps.
STEPS = 2


@dataclass(frozen=True)
class _Share:
    """One mine's part of a group's output; `band` is how far rounding may have moved it.

    `most` is what it could make at most that year, `left` what its reserves leave over all years.
    """

    right: str
    amount: float
    weight: float
    most: float
    least: float
    left: float
    band: float

    def ratio(self, moved: float = 0.0) -> float:
        """Return the part by weight, were it that much more."""
        return (self.amount + moved) / self.weight

    @property
    def could_take(self) -> bool:
        """Whether more fits."""
        return self.amount + self.band <= self.most and self.band <= self.left

    @property
    def could_give(self) -> bool:
        """Whether less is allowed."""
        return self.amount - self.band >= self.least


def _group_faults(where: str, group: list[_Share]) -> list[Fault]:
    takers = [one for one in group if one.could_take]
    givers = [one for one in group if one.could_give]
    if not takers or not givers:
        return []
    low = min(takers, key=lambda one: one.ratio(one.band))
    high = max(givers, key=lambda one: one.ratio(-one.band))
    if low.ratio(low.band) >= high.ratio(-high.band):
        return []
    return [
        fault(
            "sharing_uneven",
            where,
            low=low.right,
            low_ratio=low.ratio(),
            high=high.right,
            high_ratio=high.ratio(),
        )
    ]


def _treated(inputs: Inputs, year: int, row: Row) -> Hashable:
    """Return what the limits see of a mine: those with the same may exchange output."""
    product = inputs.product[row["product"]]
    caps = [
        cap
        for (_, when), cap in inputs.cap.items()
        if when == year and cap["product"] == product.name
    ]
    seen: list[Hashable] = []
    if any(cap["county"] for cap in caps):
        seen.append(row["county"])
    if any(cap["use"] for cap in caps):
        seen.append(row["use"])
    per_ore = row["factor"]
    for basis in sorted({cap["basis"] for cap in caps} - {product.basis}):
        seen.append(f"{basis_per_product(product, row, basis):.9g}")
    measured = any(
        clause["code"] == "ZONE"
        and clause["measure"] == "output"
        and row["zone"] in clause["zones"]
        for clause in inputs.count.values()
    )
    brings_along = any(
        row["mineral"] in origin.minerals
        for asked in inputs.asked.values()
        for origin in asked["waste"]
    )
    if measured or brings_along:
        # Limits on ore look at how much of it the figure is, and where and of what it is won.
        seen += [row["zone"], row["mineral"], row["capacity_unit"], f"{per_ore:.9g}"]
        seen.append(row["ore"])
    return tuple(seen)


def _groups(
    inputs: Inputs, records: Records, reckoning: Reckoning
) -> Iterator[tuple[str, list[_Share]]]:
    """Yield the groups in which output may pass freely from one mine to another.

    The rounding of a new right's capacity may move its output by a step of the capacity.
    """
    options = inputs.scenario.question.options
    floors = options.min_load > 0 or options.minimum_binds_output
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    room = reserve_room(inputs, reckoning)
    for (year, name), rows in sharers(inputs, reckoning).items():
        if (
            name not in {product for product, _ in inputs.asked}
            or inputs.asked[name, year]["places"]
        ):
            continue
        product = inputs.product[name]
        weights = sharing_weights(inputs, rows)
        groups: dict[Hashable, list[_Share]] = defaultdict(list)
        places: dict[Hashable, set[str]] = defaultdict(set)
        # What an excess leaves a mine is judged apart from what the others share.
        measured = set(measured_among(inputs, year, weights))
        for row in (one for one in rows if one["right"] in measured):
            right, weight = row["right"], weights[row["right"]]
            grain = product.capacity_step * row["factor"] if row["origin"] == "new" else 0.0
            alike = _treated(inputs, year, row)
            places[alike].add(row["county"])
            groups[alike].append(
                _Share(
                    right=right,
                    amount=reckoning.made_of[year, right],
                    weight=weight,
                    most=ceiling(inputs, year, right, row),
                    least=row["least"] if floors else 0.0,
                    left=room.get((year, right), math.inf),
                    band=STEPS * steps.get(name, product.step) + grain,
                )
            )
        for alike, group in groups.items():
            yield " ".join((name, *sorted(places[alike]), str(year))), group


def evenness_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the groups whose output is shared unevenly.

    Where output must change steadily from year to year, or goes to demand centres, more than the
    mines of one year share one room: there nothing is judged.
    """
    solved = records.goals[records.goals["status"].isin(("optimal", "within_gap"))]
    steady = inputs.scenario.question.options.steady is not None
    if steady or "evenness" not in set(solved["name"]):
        return []
    groups = _groups(inputs, records, reckoning)
    return [one for where, group in groups for one in _group_faults(where, group)]
