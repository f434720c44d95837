"""A hand-made scenario and allocation with awkward names, for the tests of the reports.

Tiny City, 2025. Seven rights: A1 (10 万吨) and A2 (20, medium) magnesite in the east, A3 (8) in
the west whose licence is real and leaves by rule, S1 (stone, synthetic) and S2 (magnesite,
synthetic) that leave, S3 (stone, synthetic) that is renewed, G1 gold without a product. One new
stone right Z1-1 of 40 万立方米. Magnesite handed out: 8 + 12.5 in the east (20.5 of 21), 0 in the
west (A3 leaves): 20.5 of 31 and 9.5 short of the demand of 30. Stone: 30 + 20 = 50.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import builders

from minequota.optimizer.allocation import (
    Action,
    Allocation,
    BalanceLine,
    CapUse,
    GoalResult,
    Issuance,
    Quota,
    Rounding,
    RuleUse,
    SolveStatus,
    StructureLine,
)
from minequota.scenarios.plan import Name
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.scenario import Change, Scenario

FORMULA = '=HYPERLINK("http://example.org","x")'
SCRIPT = "<script>alert(1)</script>矿"
BROKEN = "两行\n之矿⛏️𠮷\x1b[31m"
SECRET = "合成甲矿"
SECRETS = ("合成甲矿", "合成乙矿")


def synthetic(licence: str, county: str, mineral: str, capacity: str, **fields: Any) -> Right:
    """Return a right all of whose fields are invented."""
    given = ("licence", "name", "county", "mineral", "capacity", "status", *fields)
    marks = dict.fromkeys(given, Provenance.SYNTHETIC)
    return builders.right(licence, county, mineral, capacity, provenance=marks, **fields)


def rights() -> tuple[Right, ...]:
    """Return the register."""
    return (
        builders.right(
            "A1", "东县", "菱镁矿", "10 万吨", name=FORMULA, method="open_pit", last_output="5 万吨"
        ),
        builders.right("A2", "东县", "菱镁矿", "20 万吨", name=SCRIPT, size_class="medium"),
        builders.right(
            "A3", "西县", "菱镁矿", "8 万吨", name=BROKEN, licence_end=date(2024, 6, 30)
        ),
        synthetic("S1", "西县", "建筑石料", "30 万立方米", name=SECRETS[0]),
        synthetic("S2", "西县", "菱镁矿", "5 万吨", name=SECRETS[1]),
        synthetic("S3", "西县", "建筑石料", "30 万立方米", name="合成丙矿"),
        builders.right("G1", "东县", "金矿", "3 万吨"),
    )


def scenario() -> Scenario:
    """Return the scenario, its case `high` applied."""
    plan = builders.tiny_plan(
        counts=[builders.count(6, attribute="expected")], ratios=[builders.ratio(0.12)]
    )
    return replace(
        builders.scenario(plan, rights=rights()),
        cases=("high",),
        case_titles=(Name(zh="需求偏高", en="high demand"),),
        changes=(Change("high", "demand.菱镁矿.amount", "25 万吨", "30 万吨"),),
    )


def quota(right: str, name: str, amount: float, capacity: float, **changes: Any) -> Quota:
    """Return a quota of magnesite in the east."""
    given: dict[str, Any] = {
        "year": 2025,
        "right": right,
        "name": name,
        "synthetic": False,
        "county": "东县",
        "mineral": "菱镁矿",
        "product": "菱镁矿",
        "kind": "control",
        "use": "main",
        "amount": amount,
        "batches": (),
        "awaiting": False,
        "unit": "万吨",
        "basis": "ore",
        "ore": amount,
        "ore_unit": "万吨",
        "capacity": capacity,
        "capacity_unit": "万吨",
        "share_of_capacity": amount / capacity,
        "reason": "按生产规模均衡分配",
        "reason_en": "shared evenly by capacity",
        "source": "专栏一",
    }
    return Quota(**(given | changes))


def action(right: str, kind: str, **changes: Any) -> Action:
    """Return what happens to a real small right in the east."""
    given: dict[str, Any] = {
        "right": right,
        "name": "",
        "synthetic": False,
        "county": "东县",
        "mineral": "菱镁矿",
        "size_class": "small",
        "capacity": 10.0,
        "capacity_unit": "万吨",
        "green": False,
        "kind": kind,
        "year": 2025,
        "project": "",
        "eligible": kind in {"keep", "renew"},
        "grounds": (),
        "rule": "",
        "source": "",
    }
    return Action(**(given | changes))


def rule(
    code: str, clause: str, limit: float | None, used: float | None, **changes: Any
) -> RuleUse:
    """Return a binding ceiling that is kept."""
    slack = None if limit is None or used is None else limit - used
    missed = changes.get("missed_by", 0.0) > 0
    given: dict[str, Any] = {
        "year": 2025,
        "code": code,
        "clause": clause,
        "title_zh": f"{clause}条款",
        "title_en": f"clause {clause}",
        "attribute": "binding",
        "sense": "ceiling",
        "limit": limit,
        "used": used,
        "slack": slack,
        "unit": "万吨",
        "binding": False,
        "missed_by": 0.0,
        "verdict": "none" if limit is None else "missed" if missed else "met",
        "applies": True,
        "reach": None,
        "rests_on_synthetic": False,
        "marginal": "",
        "marginal_en": "",
        "source": "专栏一",
    }
    return RuleUse(**(given | changes))


def cap(clause: str, county: str, limit: float, used: float, **changes: Any) -> CapUse:
    """Return a binding magnesite cap."""
    given: dict[str, Any] = {
        "year": 2025,
        "clause": f"CAP.{clause}",
        "product": "菱镁矿",
        "county": county,
        "attribute": "binding",
        "sense": "ceiling",
        "limit": limit,
        "held_back": 0.0,
        "used": used,
        "unit": "万吨",
        "basis": "ore",
        "use": None,
        "verdict": "met",
        "plan_limit": limit,
        "plan_used": used,
        "plan_unit": "万吨",
        "source": "专栏五",
    }
    return CapUse(**(given | changes))


def general(code: str, kind: str, reach: int) -> RuleUse:
    """Return the line of a rule without a figure, and how many rights it speaks of."""
    return rule(
        code, code, None, None, attribute=kind, sense="", reach=reach, applies=reach > 0, unit=""
    )


def balance(product: str, unit: str, **figures: Any) -> BalanceLine:
    """Return supply and demand of one product; the demand is assumed."""
    given: dict[str, Any] = dict.fromkeys(
        ("production_existing", "production_new", "imports", "by_product", "unmet", "surplus"), 0.0
    )
    given |= {"basis": "ore", "from_cap": False, "assumed": True, "source": "test"}
    given |= {"year": 2025, "place": "", "handed_out": None}
    return BalanceLine(product=product, unit=unit, **(given | figures))


def structure(by: str, key: str, *counts: int, year: int = 2025) -> StructureLine:
    """Return a line of the structure: base by size, leaving, merged, issued, after by size."""
    return StructureLine(year, by, key, *counts)


def issuance(right: str, capacity: float, **changes: Any) -> Issuance:
    """Return a new right in the stone zone of the west."""
    given: dict[str, Any] = {
        "right": right,
        "kind": "new",
        "zone": "Z1",
        "zone_name": "西县石料集中开采区",
        "county": "西县",
        "mineral": "建筑石料",
        "product": "建筑石料",
        "area_km2": 1.5,
        "capacity": capacity,
        "minimum": 20.0,
        "maximum": 60.0,
        "capacity_unit": "万立方米",
        "size_class": "large",
        "year": 2025,
        "first_output_year": 2025,
        "term_years": 30,
        "own_authority": None,
        "maximum_assumed": False,
        "assumed": False,
        "source": "附表7",
    }
    return Issuance(**(given | changes))


STONE = {
    "mineral": "建筑石料",
    "product": "建筑石料",
    "kind": "guidance",
    "county": "西县",
    "unit": "万立方米",
    "ore_unit": "万立方米",
    "capacity_unit": "万立方米",
}


def allocation() -> Allocation:
    """Return the answer described at the top of this file."""
    goal = GoalResult(
        name="unmet_demand_1",
        title_zh="未满足需求",
        title_en="unmet demand",
        unit="",
        status=SolveStatus.OPTIMAL,
        value=9.5 / 30,
        bound=9.5 / 30,
        absolute_gap=0.0,
        relative_gap=0.0,
        tolerance=1e-6,
        rounded_value=9.5 / 30,
    )
    return Allocation(
        status=SolveStatus.OPTIMAL,
        mode="target_state",
        year=2025,
        years=(2025,),
        solver="highs",
        goals=(goal,),
        quotas=(
            quota("A1", FORMULA, 8.0, 10.0),
            quota("A2", SCRIPT, 12.5, 20.0),
            quota("A3", BROKEN, 0.0, 8.0, county="西县", reason="许可证到期", reason_en="expired"),
            quota("S2", SECRETS[1], 0.0, 5.0, county="西县", synthetic=True, reason="拟退出"),
            quota("S3", "合成丙矿", 30.0, 30.0, synthetic=True, **STONE),
            quota("Z1-1", "西县石料集中开采区", 20.0, 40.0, **STONE),
        ),
        issuance=(issuance("Z1-1", 40.0),),
        actions=(
            action("A1", "keep", name=FORMULA),
            action("A2", "keep", name=SCRIPT, size_class="medium"),
            action(
                "A3",
                "leave_forced",
                name=BROKEN,
                county="西县",
                grounds=("expired",),
                rule="RENEW",
            ),
            action("G1", "keep", name="G1号矿", mineral="金矿"),
            action(
                "S1",
                "leave_chosen",
                synthetic=True,
                county="西县",
                mineral="建筑石料",
                grounds=("outside_zones",),
                rule="COUNT",
            ),
            action(
                "S2",
                "leave_chosen",
                synthetic=True,
                county="西县",
                grounds=("below_minimum",),
                rule="COUNT",
            ),
            action("S3", "renew", synthetic=True, county="西县", mineral="建筑石料"),
        ),
        caps=(
            cap("magnesite_city", "", 31.0, 20.5),
            cap("magnesite_east", "东县", 21.0, 20.5),
            cap("magnesite_west", "西县", 10.0, 0.0),
        ),
        structure=(
            structure("group", "metal", 0, 0, 1, 0, 0, 0, 0, 0, 1),
            structure("group", "non_metal", 0, 1, 5, 3, 0, 1, 1, 1, 2),
            structure("county", "东县", 0, 1, 2, 0, 0, 0, 0, 1, 2),
            structure("county", "西县", 0, 0, 4, 3, 0, 1, 1, 0, 1),
            structure("all", "", 0, 1, 6, 3, 0, 1, 1, 1, 3),
        ),
        balance=(
            balance("菱镁矿", "万吨", demand=30.0, production_existing=20.5, unmet=9.5),
            balance(
                "建筑石料", "万立方米", demand=50.0, production_existing=30.0, production_new=20.0
            ),
        ),
        rules=(
            rule("CAP", "CAP.magnesite_city", 31.0, 20.5),
            rule("CAP", "CAP.magnesite_east", 21.0, 21.0, binding=True, marginal="多1万吨"),
            rule(
                "COUNT",
                "COUNT.mine_count",
                6.0,
                5.0,
                unit="个",
                attribute="expected",
                rests_on_synthetic=True,
            ),
            rule("RATIO", "RATIO.large_medium_ratio", 12.0, 40.0, unit="%", sense="floor"),
            rule(
                "DEMAND",
                "DEMAND.菱镁矿",
                30.0,
                20.5,
                sense="level",
                attribute="scenario",
                slack=-9.5,
                missed_by=9.5,
                binding=True,
            ),
            general("MINSCALE", "plan", 1),
            general("STATUS", "practice", 7),
            general("BAN", "plan", 0),
        ),
        reorganisations=(),
        flows=(),
        rounding=(Rounding("菱镁矿", 0.01, 0.1, "万吨"),),
        notes=(),
    )
