"""ZONE: new rights stand in mining zones, no more than each zone holds."""

from __future__ import annotations

import itertools

import numpy as np

from minequota.optimizer.draft import INFINITY, Clause, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule


def write(problem: Problem, draft: Draft) -> None:
    """Limit each zone's rights and keep sand, stone and clay inside zones."""
    hold, last = draft.columns.hold, len(problem.years) - 1
    zones: dict[str, list[int]] = {zone.code: [] for zone in problem.plan.zones}
    for m, source in enumerate(problem.sources):
        if source.zone is not None:
            zones[source.zone.code].append(m)
        elif not source.existing and source.mineral.sand_stone_clay:
            for y in range(len(problem.years)):
                draft.fix(hold[y, m], 0.0)
    by_code = {zone.code: zone for zone in problem.plan.zones}
    for code, members in zones.items():
        zone = by_code[code]
        index = hold[last, members]
        draft.clause(
            Clause(
                id=f"ZONE.{code}",
                code="ZONE",
                title_zh=f"{zone.name}拟设采矿权数",
                title_en=f"Rights planned in zone {code}",
                attribute="binding",
                sense="ceiling",
                limit=float(zone.rights),
                lower=-INFINITY,
                upper=float(zone.rights),
                unit="个",
                year=problem.years[last],
                source=zone.source,
                index=index,
                value=np.ones(len(index)),
            )
        )
        # Rights of one zone are alike: the lower number is issued first.
        for former, later in itertools.pairwise(members):
            draft.at_most(hold[last, later], 1.0, hold[last, former])
    draft.reach("ZONE", len(zones))


RULE = Rule(
    code="ZONE",
    title_zh="集中开采区",
    title_en="Mining zones",
    index="zone z",
    sentence=(
        "A zone receives at most its number of rights; sand, stone and clay are issued in "
        "zones only."
    ),
    formula="Σ_{m ∈ z} hold[y,m] ≤ rights[z]",
    unit="rights",
    years="the last year",
    attribute="binding",
    kind="plan",
    source="规划的集中开采区表",
    test="tests/optimizer/rules/test_zone.py",
    write=write,
)
