"""Whether the flows are the shortest: no other way of serving the centres saves kilometres.

What mines make and what centres take of it from all mines together is settled. Flows are the
shortest exactly where no tour of changes (more along one way, less along another, and so round)
saves any kilometre; one that does is found as a cycle of negative length.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.flows import kilometres
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.tolerance import KILOMETRES
from minequota.scenarios.question import Transport

#: All that does not come from mines; it may move from centre to centre at no length.
OUTSIDE = ("outside", "")
Node = tuple[str, str]


@dataclass(frozen=True)
class _Change:
    """One unit more into `into` instead of out of `out`, `length` km longer for it."""

    out: Node
    into: Node
    length: float


def _changes(
    inputs: Inputs,
    transport: Transport,
    records: Records,
    reckoning: Reckoning,
    key: tuple[str, int],
) -> Iterator[_Change]:
    """Yield what can be changed in the flows of one product and year, one unit at a time."""
    product, year = key
    asked = inputs.asked[key]
    least = inputs.product[product].step / 10
    sent: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows_of(records.flows):
        if (row["product"], row["year"]) == key:
            sent[row["right"], row["centre"]] += row["amount"]
    farthest = transport.reach.get(product, math.inf)
    made = reckoning.output
    made = made[(made["year"] == year) & (made["product"] == product) & (made["amount"] > 0)]
    for centre in transport.centres:
        if centre.id not in asked["places"]:
            continue
        here = ("centre", centre.id)
        arriving = math.fsum(amount for (_, at), amount in sent.items() if at == centre.id)
        yield _Change(OUTSIDE, here, 0.0)
        if asked["places"][centre.id] - arriving > least:
            yield _Change(here, OUTSIDE, 0.0)
        for right in made["right"]:
            length = kilometres(inputs, transport, right, centre)
            if not length <= farthest + KILOMETRES:
                continue
            yield _Change(("right", right), here, length)
            if sent.get((right, centre.id), 0.0) > least:
                yield _Change(here, ("right", right), -length)


def _saving(changes: list[_Change]) -> float:
    """Return the kilometres a unit that some tour of changes saves; 0 where none does."""
    distance: dict[Node, float] = defaultdict(float)
    before: dict[Node, _Change] = {}
    last: _Change | None = None
    nodes = {node for one in changes for node in (one.out, one.into)}
    for _ in range(len(nodes) + 1):
        last = None
        for one in changes:
            # Lengths are told to the metre: a tour must save more than that to count.
            reached = distance[one.out] + one.length + 2 * KILOMETRES
            if reached < distance[one.into] - 1e-9:
                distance[one.into], before[one.into], last = reached, one, one
        if last is None:
            return 0.0
    assert last is not None  # noqa: S101 - the loop ran through with a change in every round
    node = last.into
    for _ in range(len(nodes)):
        node = before[node].out
    tour = [before[node]]
    while tour[-1].out != node:
        tour.append(before[tour[-1].out])
    return -math.fsum(one.length for one in tour)


def shortest_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return the products and years whose flows make detours, where carriage is a goal."""
    transport = inputs.scenario.question.transport
    pursued = "flows" in set(records.goals["name"])
    faults: list[Fault] = []
    for key, asked in inputs.asked.items():
        if transport is None or not pursued or not asked["places"]:
            continue
        saved = _saving(list(_changes(inputs, transport, records, reckoning, key)))
        if saved > 0:
            faults.append(fault("flow_detour", f"{key[0]} {key[1]}", found=saved))
    return faults
