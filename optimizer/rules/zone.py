"""ZONE: new rights stand in mining zones, no more than each zone holds or can bear."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from minequota.optimizer.draft import INFINITY, NONE, Clause, Draft, limits
from minequota.optimizer.ore import ore_units
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.vintages import licensed
from minequota.scenarios.issuable import rights_left
from minequota.scenarios.plan import ZoneLimit


def write(problem: Problem, draft: Draft) -> None:
    """Limit each zone's rights, capacity and output; keep sand, stone and clay inside zones."""
    hold, last = draft.columns.hold, len(problem.years) - 1
    zones: dict[str, list[int]] = {zone.code: [] for zone in problem.plan.zones}
    for m, source in enumerate(problem.sources):
        if source.kind == "new" and source.zone_code:
            zones[source.zone_code].append(m)
        elif source.kind == "new" and source.mineral.sand_stone_clay:
            for y in range(len(problem.years)):
                draft.fix(hold[y, m], 0.0)
    by_code = {zone.code: zone for zone in problem.plan.zones}
    for code, members in zones.items():
        zone = by_code[code]
        index = hold[last, members]
        left = float(rights_left(problem.scenario.question, zone))
        draft.clause(
            Clause(
                id=f"ZONE.{code}",
                code="ZONE",
                title_zh=f"{zone.name}拟设采矿权数",
                title_en=f"Rights planned in zone {code}",
                attribute="binding",
                sense="ceiling",
                limit=left,
                lower=-INFINITY,
                upper=left,
                unit="个",
                year=problem.years[last],
                source=zone.source,
                index=index,
                value=np.ones(len(index)),
            )
        )
        _in_turn(problem, draft, members)
    for limit in problem.plan.zone_limits:
        for y, year in enumerate(problem.years):
            if year in limit.years:
                draft.clause(_limit(problem, draft, limit, y))
    draft.reach("ZONE", len(zones))


def _in_turn(problem: Problem, draft: Draft, members: list[int]) -> None:
    """Rights alike, of one zone or one proposal: the lower number is issued first."""
    hold = draft.columns.hold
    for former, later in itertools.pairwise(members):
        if problem.sources[former].extra is problem.sources[later].extra:
            for y in range(len(problem.years)):
                draft.at_most(hold[y, later], 1.0, hold[y, former])


def _limit(problem: Problem, draft: Draft, limit: ZoneLimit, y: int) -> Clause:
    """Capacity or output of all rights in the zones, those on the register included."""
    unit = limit.amount.unit
    terms: dict[int, float] = {}
    for column, value in _measured(problem, draft, limit, y):
        terms[column] = terms.get(column, 0.0) + value
    lower, upper = limits(limit.sense, limit.amount.value, limit.tolerance or 0.0)
    return Clause(
        id=f"ZONE.{limit.id}",
        code="ZONE",
        title_zh=limit.title.zh,
        title_en=limit.title.en,
        attribute=limit.attribute,
        sense=limit.sense,
        limit=limit.amount.value,
        lower=lower,
        upper=upper,
        unit=unit,
        year=problem.years[y],
        source=limit.source,
        index=np.array(list(terms), dtype=np.int64),
        value=np.array(list(terms.values())),
        base=limit.amount.value or 1.0,
    )


def _measured(
    problem: Problem, draft: Draft, limit: ZoneLimit, y: int
) -> Iterator[tuple[int, float]]:
    for m, source in enumerate(problem.sources):
        inside = source.zone_code in limit.zones
        spoken_of = not limit.minerals or source.mineral.name in limit.minerals
        if not inside or not spoken_of:
            continue
        one = ore_units(source, limit.amount.unit)
        if limit.measure == "capacity":
            for column, value in licensed(problem, draft, y, m):
                yield column, value * one
        elif draft.columns.output[y, m] != NONE:
            yield int(draft.columns.output[y, m]), one


RULE = Rule(
    code="ZONE",
    title_zh="集中开采区",
    title_en="Mining zones",
    index="zone z",
    sentence=(
        "A zone receives at most its number of rights, less those issued since the plan, and its "
        "rights, those on the register included, keep its limits on capacity or output; sand, "
        "stone and clay are issued in zones only."
    ),
    formula="Σ_{m ∈ z} hold[y,m] ≤ rights[z]; Σ_{m ∈ z} capacity[y,m] ≤ limit[z]",
    unit="rights; ore per year",
    years="the last year; a limit's own",
    attribute="binding",
    kind="plan",
    source="规划的集中开采区表",
    test="tests/optimizer/rules/test_zone.py",
    write=write,
)
