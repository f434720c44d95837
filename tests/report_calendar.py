"""A hand-made answer in calendar mode, with everything the sample of one year lacks.

Tiny City, 2024 and 2025. Iron is counted as ore of 62 % iron and capped twice: 6 万吨 of it, and
20 万吨 of raw ore hoped for. Magnesite has figures from above for its two uses: 10 and 2 万吨 in
2024, in two batches, and none in 2025, where it is awaited. M1 and M2 merge in 2025. I1 grows
from 10 to 20 万吨 in 2024, usable in 2025. X1, synthetic, must leave by 2025. The conversion c1
adds a mine of iron in 2025; two stone rights of zone Z1 are issued in 2024 and yield in 2025:
40 万立方米 to two centres, 25 to north and 15 to south.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import builders
import report_sample as sample

from minequota.optimizer.allocation import (
    Allocation,
    Flow,
    Quota,
    Reorganisation,
    SolveStatus,
)
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

YEARS = (2024, 2025)
HELD = {"first": 2021, "last": 2025}


def plan() -> dict[str, Any]:
    """Return the tiny plan with iron of 62 % and a figure from above for magnesite."""
    given = builders.tiny_plan(
        caps=[
            _iron_cap("iron_62", "6 万吨", "ceiling", attribute="binding"),
            _iron_cap("iron_raw", "20 万吨", "forecast", basis="ore", hoped="floor"),
        ],
        counts=[builders.count(6, attribute="expected")],
        zones=[builders.zone(rights=2, authority="city")],
        handed_down=[
            {
                "id": "magnesite",
                "title": builders.name("菱镁矿指标"),
                "product": "菱镁矿",
                "attribute": "binding",
                "years": HELD,
                "issuer": "省自然资源厅",
                "source": "第三章",
            }
        ],
        expansions=[
            {
                "id": "i1",
                "right": "I1",
                "capacity": "20 万吨",
                "enlarges_area": True,
                "source": "专栏三",
            }
        ],
        conversions=[
            {
                "id": "c1",
                "name": "东山铁矿",
                "county": "东县",
                "mineral": "铁矿",
                "capacity": "5 万吨",
                "reserves": "5000 千吨",
                "authority": "province",
                "source": "专栏四",
            }
        ],
    )
    iron = {"name": "铁矿", "en": "iron", "unit": "万吨", "step": 0.01, "capacity_step": 1}
    given["products"].append(iron | {"basis": "standard_iron_62", "grade": 0.31})
    given["minerals"].append({"name": "铁矿", "en": "iron", "group": "metal", "product": "铁矿"})
    return given


def _iron_cap(ident: str, amount: str, sense: str, **changes: Any) -> dict[str, Any]:
    given = {"product": "铁矿", "sense": sense, "attribute": "expected", "years": HELD}
    return builders.cap(ident, amount, **(given | changes))


def question() -> dict[str, Any]:
    """Return the tiny question for 2024 and 2025, stone wanted in two centres."""
    supposed = {"assumed": True, "source": "假设"}
    return builders.tiny_question(
        mode="calendar",
        first_year=2024,
        demand={
            "铁矿": {"amount": "5 万吨", **supposed},
            "建筑石料": {
                "amount": "45 万立方米",
                "places": {"north": "25 万立方米", "south": "20 万立方米"},
                **supposed,
            },
        },
        caps_from_above=[
            {
                "product": "菱镁矿",
                "year": 2024,
                "main": "10 万吨",
                "comprehensive": "2 万吨",
                "document": "省厅〔2024〕1号（示例）",
                "assumed": True,
            }
        ],
        mergers=[{"id": "m1", "name": "合并镁矿", "members": ["M1", "M2"], "source": "假设"}],
        transport={
            "centres": [
                {"id": "north", "name": {"zh": "北城", "en": "North"}},
                {"id": "south", "name": {"zh": "南城", "en": "South"}},
            ],
            **supposed,
        },
    )


def rights() -> tuple[Right, ...]:
    """Return the register: two magnesite mines in the east, two of iron in the west."""
    return (
        builders.right("I1", "西县", "铁矿", "10 万吨", last_output="8 万吨"),
        builders.right("M1", "东县", "菱镁矿", "20 万吨"),
        builders.right("M2", "东县", "菱镁矿", "12 万吨", use="comprehensive"),
        sample.synthetic("X1", "西县", "铁矿", "3 万吨", name="合成铁矿"),
    )


def scenario() -> Scenario:
    """Return the scenario."""
    return builders.scenario(plan(), question(), rights())


def magnesite(year: int, right: str, name: str, amount: float, **changes: Any) -> Quota:
    """Return a control quota of magnesite."""
    capacity = changes.pop("capacity", 20.0)
    return sample.quota(right, name, amount, capacity, year=year, **changes)


def iron(year: int, right: str, name: str, ore: float, capacity: float, **changes: Any) -> Quota:
    """Return a control quota of iron: ore of 31 % is half as much of 62 %."""
    given: dict[str, Any] = {
        "mineral": "铁矿",
        "product": "铁矿",
        "county": "西县",
        "basis": "standard_iron_62",
        "ore": ore,
        "share_of_capacity": ore / capacity,
    }
    return sample.quota(right, name, ore / 2, capacity, year=year, **(given | changes))


def quotas() -> tuple[Quota, ...]:
    """Return the quotas of both years."""
    new = "西县石料集中开采区"
    return (
        magnesite(2024, "M1", "M1号矿", 10.0, batches=(6.0, 4.0)),
        magnesite(2024, "M2", "M2号矿", 2.0, capacity=12.0, use="comprehensive"),
        magnesite(2025, "merger:m1", "合并镁矿", 0.0, capacity=32.0, awaiting=True),
        iron(2024, "I1", "I1号矿", 8.0, 20.0),
        iron(2024, "X1", "合成铁矿", 2.0, 3.0, synthetic=True),
        iron(2025, "I1", "I1号矿", 6.0, 20.0),
        iron(2025, "convert:c1", "东山铁矿", 4.0, 5.0, county="东县"),
        sample.quota("Z1-1", new, 20.0, 30.0, **sample.STONE),
        sample.quota("Z1-2", new, 20.0, 30.0, **sample.STONE),
    )


def iron_cap(year: int, county: str = "", **changes: Any) -> Any:
    """Return the cap on iron of 62 %; 5 of 6 万吨 are used in both years."""
    given = {"product": "铁矿", "basis": "standard_iron_62", "year": year}
    return replace(sample.cap("iron_62", county, 6.0, 5.0, **given), **changes)


def raw_cap(year: int) -> Any:
    """Return the raw ore hoped for: 10 of 20 万吨."""
    given = {"product": "铁矿", "sense": "forecast", "attribute": "expected", "verdict": "missed"}
    return sample.cap("iron_raw", "", 20.0, 10.0, year=year, **given)


def above(use: str, limit: float) -> Any:
    """Return a figure from above for one use of magnesite in 2024, used up."""
    source = "省厅〔2024〕1号（示例）"
    return sample.cap(f"above.菱镁矿.{use}", "", limit, limit, year=2024, use=use, source=source)


def reorganisations() -> tuple[Reorganisation, ...]:
    """Return the merger and the expansion."""
    merger: dict[str, Any] = {
        "id": "m1",
        "kind": "merge",
        "right": "merger:m1",
        "name": "合并镁矿",
        "members": ("M1", "M2"),
        "holder": "镁业集团",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity_before": 32.0,
        "capacity": 32.0,
        "minimum": 30.0,
        "capacity_unit": "万吨",
        "size_class": "medium",
        "year": 2025,
        "first_output_year": 2025,
        "synthetic": False,
        "assumed": True,
        "source": "假设",
    }
    expansion = {
        "id": "i1",
        "kind": "expand",
        "right": "I1",
        "name": "I1号矿",
        "members": ("I1",),
        "holder": "",
        "county": "西县",
        "mineral": "铁矿",
        "capacity_before": 10.0,
        "capacity": 20.0,
        "minimum": 0.0,
        "size_class": "medium",
        "year": 2024,
        "assumed": False,
        "source": "专栏三",
    }
    return Reorganisation(**merger), Reorganisation(**(merger | expansion))


def flow(right: str, centre: str, amount: float, kilometres: float, cost: float = 0.0) -> Flow:
    """Return what a new stone right sends in 2025."""
    return Flow(2025, "建筑石料", right, centre, amount, "万立方米", kilometres, cost)


def stone(**figures: Any) -> Any:
    """Return supply and demand of stone in 2025."""
    return sample.balance("建筑石料", "万立方米", **figures)


def allocation() -> Allocation:
    """Return the answer described at the top of this file."""
    west = {"county": "西县", "mineral": "铁矿", "synthetic": True}
    zone = {"year": 2024, "own_authority": True, "maximum_assumed": True}
    return replace(
        sample.allocation(),
        status=SolveStatus.OPTIMAL,
        mode="calendar",
        years=YEARS,
        quotas=quotas(),
        issuance=(
            sample.issuance("Z1-1", 30.0, **zone),
            sample.issuance("Z1-2", 30.0, **zone),
            sample.issuance(
                "convert:c1",
                5.0,
                kind="converted",
                zone="",
                zone_name="东山铁矿",
                county="东县",
                mineral="铁矿",
                product="铁矿",
                capacity_unit="万吨",
                own_authority=False,
                term_years=20,
                source="专栏四",
            ),
        ),
        actions=(
            sample.action("I1", "expand", county="西县", mineral="铁矿", year=2024, project="i1"),
            sample.action("M1", "merge", project="m1"),
            sample.action("M2", "merge", project="m1"),
            sample.action("X1", "leave_forced", rule="RENEW", **west),
        ),
        reorganisations=reorganisations(),
        caps=(
            iron_cap(2024),
            raw_cap(2024),
            above("main", 10.0),
            above("comprehensive", 2.0),
            iron_cap(2025),
            raw_cap(2025),
        ),
        structure=(
            sample.structure("all", "", 0, 0, 4, 0, 0, 2, 0, 3, 3, year=2024),
            sample.structure("all", "", 0, 0, 4, 1, 1, 3, 0, 4, 1, year=2025),
        ),
        balance=(
            sample.balance(
                "铁矿",
                "万吨",
                year=2024,
                basis="standard_iron_62",
                demand=5.0,
                production_existing=5.0,
                handed_out=6.0,
            ),
            stone(place="north", demand=25.0, production_new=25.0),
            stone(place="south", demand=20.0, production_new=15.0, imports=2.0, unmet=3.0),
            stone(demand=45.0, production_new=40.0, imports=2.0, unmet=3.0),
        ),
        rules=(
            sample.rule("CAP", "CAP.iron_62", 6.0, 5.0, year=2024),
            sample.rule(
                "CAP",
                "CAP.iron_raw",
                20.0,
                10.0,
                year=2024,
                sense="forecast",
                attribute="expected",
                missed_by=10.0,
            ),
            _count(2024, 6.0, missed_by=0.0),
            sample.rule("CAP", "CAP.magnesite", None, None, verdict="not_judged"),
            _count(2025, 7.0, missed_by=1.0),
        ),
        flows=(
            flow("Z1-1", "north", 20.0, 12.5),
            flow("Z1-2", "north", 5.0, 12.5),
            flow("Z1-2", "south", 15.0, 30.0),
        ),
    )


def _count(year: int, used: float, **changes: Any) -> Any:
    given = {"unit": "个", "attribute": "expected", "year": year}
    return sample.rule("COUNT", "COUNT.mine_count", 6.0, used, **(given | changes))
