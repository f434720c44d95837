"""What last year's excess leaves each mine, reckoned anew from the totals of the tables.

Without any excess a product would be shared evenly. From that part the excess is taken, as far as
the mines without one can make up for it; what they cannot goes back evenly. Where nothing but the
mines' own bounds stands in the way this is reckoned here; elsewhere it is left open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minequota.optimizer.verify.balance import not_handed, unmet
from minequota.optimizer.verify.caps import cap_missed, cap_used
from minequota.optimizer.verify.contents import basis_per_product
from minequota.optimizer.verify.evenness import STEPS
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.quantities import ceiling, reserve_room
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.weights import sharers, sharing_weights

_HALVINGS = 200
_NOTHING = 1e-6
Figures = dict[str, float]


@dataclass(frozen=True)
class After:
    """What a mine with an excess must get, and what of that excess is taken off by it.

    `off` and `off_most` differ where the excess keeps something from being produced at all: caps
    may have kept it as well. `limit` is what it would get did the others take all, `least` what
    it runs with at least, `band` how far rounding may have moved its figure.
    """

    figure: float
    off: float
    off_most: float
    limit: float
    least: float
    band: float


def after_excess(inputs: Inputs, records: Records, reckoning: Reckoning) -> dict[str, After]:
    """Return what is left to each right with an excess, as far as that is known here."""
    question = inputs.scenario.question
    solved = records.goals[records.goals["status"].isin(("optimal", "within_gap"))]
    if question.options.steady is not None or "evenness" not in set(solved["name"]):
        return {}
    found: dict[str, After] = {}
    steps = dict(zip(records.rounding["product"], records.rounding["step"], strict=True))
    for group in _groups(inputs, records, reckoning, steps):
        found |= group
    return found


def _groups(
    inputs: Inputs, records: Records, reckoning: Reckoning, steps: Mapping[str, float]
) -> Iterator[dict[str, After]]:
    room = reserve_room(inputs, reckoning)
    for (year, name), rows in sharers(inputs, reckoning).items():
        if not any(inputs.taken_off(year, row["right"]) > 0 for row in rows):
            continue
        if not _stands_alone(inputs, reckoning, room, year, name, rows):
            continue
        product = inputs.product[name]
        grains = [product.capacity_step * row["factor"] for row in rows if row["origin"] == "new"]
        if grains and inputs.scenario.question.options.sharing.basis == "mix":
            # In a mix the capacity of one is part of what all are measured by.
            continue
        step = steps.get(name, product.step)
        # The total itself may have been rounded too.
        band = (STEPS + 1) * step + math.fsum(grains)
        wanting = max(
            unmet(inputs, records, reckoning, name, year),
            not_handed(inputs, reckoning, name, year),
        )
        yield _after(inputs, reckoning, year, name, rows, band, short=wanting > step / 2)


def _stands_alone(
    inputs: Inputs,
    reckoning: Reckoning,
    room: Mapping[tuple[int, str], float],
    year: int,
    name: str,
    rows: list[Row],
) -> bool:
    """Whether only the mines' own bounds and the caps can stand in the way of a part."""
    if (name, year) not in inputs.asked or inputs.asked[name, year]["places"]:
        return False
    if any(
        clause["code"] == "ZONE" and clause["measure"] == "output"
        for clause in inputs.count.values()
    ):
        return False
    minerals = {mineral for row in rows for mineral in _minerals(row)}
    if any(
        minerals & set(origin.minerals)
        for asked in inputs.asked.values()
        for origin in asked["waste"]
    ):
        return False
    return all(
        reckoning.made_of[year, row["right"]] + room.get((year, row["right"]), math.inf)
        >= row["top"] - _NOTHING
        for row in rows
    )


def _minerals(row: Row) -> set[str]:
    return {row["mineral"], *(part["mineral"] for part in row["parts"] or () if "mineral" in part)}


def _after(
    inputs: Inputs,
    reckoning: Reckoning,
    year: int,
    name: str,
    rows: list[Row],
    band: float,
    *,
    short: bool,
) -> dict[str, After]:
    """Return what is left to each with an excess; nothing where a cap stands in the way."""
    options = inputs.scenario.question.options
    floors = options.min_load > 0 or options.minimum_binds_output
    weights = sharing_weights(inputs, rows)
    members = {row["right"]: row for row in rows if weights[row["right"]] > 0}
    total = math.fsum(reckoning.made_of[year, one] for one in members)
    least = {one: row["least"] if floors else 0.0 for one, row in members.items()}
    top = {one: float(row["top"]) for one, row in members.items()}
    most = {one: ceiling(inputs, year, one, row) for one, row in members.items()}
    excess = {one: inputs.taken_off(year, one) for one in members}
    before = _even(total, weights, least, top)
    limit = {
        one: min(max(before[one] - excess[one], least[one]), most[one])
        if excess[one] > 0
        else most[one]
        for one in members
    }
    first = _even(total, weights, least, limit)
    ends = {one: most[one] if excess[one] > 0 else first[one] for one in members}
    last = first if math.fsum(limit.values()) >= total else _even(total, weights, first, ends)
    if not all(
        _caps_bear(inputs, reckoning, year, name, members, one) for one in (before, first, last)
    ):
        return {}
    found = {}
    for one, more in excess.items():
        if more > 0:
            full = short and last[one] >= most[one] - band
            taken, at_most = (
                min(max(0.0, had - last[one]), more)
                for had in (before[one], top[one] if full else before[one])
            )
            found[one] = After(last[one], taken, at_most, limit[one], least[one], band)
    return found


def _even(total: float, weights: Figures, least: Figures, most: Figures) -> Figures:
    """Return parts of a total as even as their bounds allow, by halving the common level."""

    def at(level: float) -> Figures:
        return {one: min(max(level * weights[one], least[one]), most[one]) for one in least}

    low, high = 0.0, max((most[one] / weights[one] for one in least), default=0.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if math.fsum(at(middle).values()) <= total:
            low = middle
        else:
            high = middle
    return at(high)


def _caps_bear(
    inputs: Inputs,
    reckoning: Reckoning,
    year: int,
    name: str,
    members: Mapping[str, Row],
    figures: Figures,
) -> bool:
    """Whether other figures of these mines miss no cap by more than the tables' own do."""
    product = inputs.product[name]
    for (_, when), cap in inputs.cap.items():
        if when != year or cap["product"] != name:
            continue
        used = now = cap_used(cap, reckoning)
        for one, row in members.items():
            if cap["county"] in (None, "", row["county"]) and cap["use"] in (None, row["use"]):
                per_product = basis_per_product(product, row, cap["basis"])
                used += (figures[one] - reckoning.made_of[year, one]) * per_product
        near = amount_tolerance(cap["step"])
        if cap_missed(cap, used) > max(0.0, cap_missed(cap, now)) + near:
            return False
    return True
