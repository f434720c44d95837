"""A small year solved by hand: the question, and the records a correct program writes for it.

Three counties, eight rights, one zone. All amounts of magnesite (菱镁矿) in 万吨, of building
stone (建筑石料) in 万立方米; a stone licence in 万吨 counts 1 / 2.5 = 0.4 万立方米 per 万吨.

Who stays:

- C1 (stone, 4 万立方米, licence ended 2024) is below the 20 of a renewal: forced to leave.
- Seven stay; with Z1-1 issued there are eight, so one must be chosen to meet the expected
  count of seven: B2, stopped and below the minimum of 10 万吨.
- B1's licence ends in 2025: renewed.

Who produces:

- East: A1 and A2 share its cap of 21 by capacity, 30 : 8. 21 / 38 = 0.5526…, so
  16.58 + 4.42 = 21.00.
- West: B1 makes 8 of 15. North has no allotment: N1 gets 0.
- Magnesite: 21 + 8 + imports 1 = 30, the demand.
- Stone: C2 and Z1-1 share the expected ceiling of 40 by capacity, 30 (75 万吨 × 0.4) : 24, so
  22.22 + 17.78 = 40.00; 50 - 40 = 10 stay unmet.

Goals:

- ratio: 0.5 of 7 held are 3.5, large or medium are A1, C2, Z1-1; missed by 0.5, base
  0.5 × 8 = 4, so 0.125; every other expected indicator is met;
- unmet demand: 0 / 30 + 10 / 50 = 0.2;
- closures: B2 is stopped, weight 0.5; one right issued, 24 / 20 = 1.2 of its minimum;
- preference: leaving costs 20 points, B2's grounds take 4 + 1 off: 15;
- evenness: N1 may produce and gets nothing, so the worst served falls behind by all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import builders

from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.scenario import Scenario

EVERY_FIELD = ("name", "county", "mineral", "capacity", "status", "size_class")


def synthetic(*fields: str) -> dict[str, Provenance]:
    """Return the provenance of a right of which `fields` are synthetic."""
    return {
        field: Provenance.SYNTHETIC if field in fields else Provenance.REGISTER
        for field in EVERY_FIELD
    }


def plan(**changes: Any) -> dict[str, Any]:
    """Return the plan: the tiny one, a third county, and expected indicators."""
    tiny = builders.tiny_plan()
    stone = next(one for one in tiny["minerals"] if one["name"] == "建筑石料")
    stone["class_row"] = "building_stone"
    tiny["counties"] = [*tiny["counties"], {"name": "北县", "en": "North"}]
    tiny["caps"] = [
        *tiny["caps"],
        builders.cap("stone_city", "40 万立方米", product="建筑石料", attribute="expected"),
    ]
    tiny["no_allotment"] = [
        {
            "id": "no_north",
            "product": "菱镁矿",
            "counties": ["北县"],
            "attribute": "binding",
            "years": builders.YEARS,
            "source": "专栏五",
        }
    ]
    tiny["counts"] = [builders.count(7, attribute="expected")]
    tiny["ratios"] = [builders.ratio(0.5, attribute="expected")]
    tiny["zones"] = [builders.zone(authority="city")]
    return tiny | changes


def question(**changes: Any) -> dict[str, Any]:
    """Return the question: 30 of magnesite, of which 1 imported, and 50 of stone in 2025."""
    asked = builders.tiny_question()
    asked["demand"]["菱镁矿"]["imports"] = "1 万吨"
    asked["options"] = {"protection": {"weights": {"stopped": 0.5}}}
    return asked | changes


def rights() -> list[Right]:
    """Return the register of eight rights."""
    right = builders.right
    return [
        right("A1", "东县", "菱镁矿", "30 万吨", size_class="medium", green=True),
        right("A2", "东县", "菱镁矿", "8 万吨", provenance=synthetic(*EVERY_FIELD)),
        right("B1", "西县", "菱镁矿", "15 万吨", licence_end=date(2025, 6, 30)),
        right(
            "B2",
            "西县",
            "菱镁矿",
            "5 万吨",
            status=Status.STOPPED,
            provenance=synthetic(*EVERY_FIELD),
        ),
        right("C1", "西县", "建筑石料", "4 万立方米", licence_end=date(2024, 5, 1)),
        right("C2", "西县", "建筑石料", "75 万吨", size_class="large", zone="Z1"),
        right("D1", "东县", "金矿", "6 万吨", provenance=synthetic("status")),
        right("N1", "北县", "菱镁矿", "12 万吨"),
    ]


def scenario(
    plan_changes: dict[str, Any] | None = None,
    question_changes: dict[str, Any] | None = None,
    register: list[Right] | None = None,
) -> Scenario:
    """Return the question as a `Scenario`, some top-level keys replaced."""
    return builders.scenario(
        plan=plan(**(plan_changes or {})),
        question=question(**(question_changes or {})),
        rights=rights() if register is None else register,
    )


def _goal(name: str, value: float) -> dict[str, Any]:
    return {
        "name": name,
        "title_zh": name,
        "title_en": name,
        "unit": "",
        "status": "optimal",
        "value": value,
        "bound": value,
        "absolute_gap": 0.0,
        "relative_gap": 0.0,
        "tolerance": 0.0,
        "rounded_value": value,
    }


def _quota(
    right: str, county: str, product: str, amount: float, capacity: float, **changes: Any
) -> dict[str, Any]:
    unit = "万吨" if product == "菱镁矿" else "万立方米"
    return {
        "year": 2025,
        "right": right,
        "name": f"{right}号矿",
        "synthetic": False,
        "county": county,
        "mineral": product,
        "product": product,
        "kind": "control" if product == "菱镁矿" else "guidance",
        "use": "main",
        "amount": amount,
        "batches": [],
        "awaiting": False,
        "unit": unit,
        "basis": "ore",
        "ore": amount,
        "ore_unit": unit,
        "capacity": capacity,
        "capacity_unit": unit,
        "share_of_capacity": amount / capacity,
        "reason": "按登记生产规模分配",
        "reason_en": "shared by licensed capacity",
        "source": "专栏一",
    } | changes


def _action(
    right: str, county: str, mineral: str, capacity: float, **changes: Any
) -> dict[str, Any]:
    return {
        "right": right,
        "name": f"{right}号矿",
        "synthetic": False,
        "county": county,
        "mineral": mineral,
        "size_class": "small",
        "capacity": capacity,
        "capacity_unit": "万吨",
        "green": False,
        "kind": "keep",
        "year": 2025,
        "project": "",
        "eligible": True,
        "grounds": [],
        "rule": "",
        "source": "",
    } | changes


def _cap(clause: str, county: str, limit: float, used: float, **changes: Any) -> dict[str, Any]:
    return {
        "year": 2025,
        "clause": clause,
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
        "source": "专栏一",
    } | changes


def _line(by: str, key: str, base: str, moved: str, after: str) -> dict[str, Any]:
    names = (
        *("base_large", "base_medium", "base_small"),
        *("leaving", "merged", "issued"),
        *("large", "medium", "small"),
    )
    figures = (int(one) for part in (base, moved, after) for one in part.split())
    return {"year": 2025, "by": by, "key": key} | dict(zip(names, figures, strict=True))


def _rule(
    code: str,
    clause: str,
    limit: float | None = None,
    used: float | None = None,
    slack: float | None = None,
    **changes: Any,
) -> dict[str, Any]:
    return {
        "year": 2025,
        "code": code,
        "clause": clause,
        "title_zh": clause,
        "title_en": clause,
        "attribute": "binding",
        "sense": "ceiling",
        "limit": limit,
        "used": used,
        "slack": slack,
        "unit": "",
        "binding": False,
        "missed_by": 0.0,
        "verdict": "met",
        "applies": True,
        "reach": None,
        "rests_on_synthetic": False,
        "marginal": "",
        "marginal_en": "",
        "source": "专栏一",
    } | changes


def _general(code: str, kind: str, reach: int) -> dict[str, Any]:
    """Return the line of a rule without a figure, and how many rights it speaks of."""
    told = {"attribute": kind, "sense": "", "verdict": "none", "rests_on_synthetic": True}
    return _rule(code, code, reach=reach, applies=reach > 0, **told)


def _rules() -> list[dict[str, Any]]:
    rests = {"rests_on_synthetic": True}
    expected = {"attribute": "expected"}
    asked = {"attribute": "scenario", "sense": "floor"}
    return [
        _rule("CAP", "CAP.magnesite_city", 31.0, 29.0, 2.0, **rests),
        _rule("CAP", "CAP.magnesite_east", 21.0, 21.0, 0.0, binding=True, **rests),
        _rule("CAP", "CAP.magnesite_west", 10.0, 8.0, 2.0),
        _rule("CAP", "CAP.stone_city", 40.0, 40.0, 0.0, binding=True, **expected),
        _rule("CAP", "CAP.no_north.北县", 0.0, 0.0, 0.0, binding=True),
        _rule("COUNT", "COUNT.mine_count", 7.0, 7.0, 0.0, binding=True, **expected, **rests),
        _rule(
            "RATIO",
            "RATIO.large_medium_ratio",
            3.5,
            3.0,
            -0.5,
            sense="floor",
            missed_by=0.5,
            verdict="missed",
            binding=True,
            **expected,
            **rests,
        ),
        _rule("ZONE", "ZONE.Z1", 1.0, 1.0, 0.0, binding=True),
        _rule("DEMAND", "DEMAND.菱镁矿", 30.0, 30.0, 0.0, binding=True, **asked, **rests),
        _rule(
            "DEMAND",
            "DEMAND.建筑石料",
            50.0,
            40.0,
            -10.0,
            missed_by=10.0,
            verdict="missed",
            **asked,
        ),
        _general("CAPACITY", "definition", 6),
        _general("MINSCALE", "plan", 2),
        _general("BAN", "plan", 1),
        _general("RESERVE", "practice", 0),
        _general("STATUS", "practice", 8),
        _general("RENEW", "plan", 2),
        _general("EXPAND", "plan", 0),
        _general("MERGE", "plan", 0),
        _general("CONVERT", "plan", 0),
        _general("HOLDER", "plan", 0),
        _general("EXCHANGE", "plan", 0),
        _general("REACH", "practice", 0),
        _general("STEADY", "practice", 0),
        _general("OVERRUN", "practice", 0),
    ]


def _balance(product: str, **figures: Any) -> dict[str, Any]:
    return {
        "year": 2025,
        "product": product,
        "place": "",
        "unit": "万吨",
        "basis": "ore",
        "demand": 0.0,
        "production_existing": 0.0,
        "production_new": 0.0,
        "imports": 0.0,
        "by_product": 0.0,
        "handed_out": None,
        "unmet": 0.0,
        "surplus": 0.0,
        "from_cap": False,
        "assumed": True,
        "source": "test",
    } | figures


def records() -> dict[str, Any]:
    """Return the correct records of the question, as `allocation.json` would hold them."""
    stone = {"ore_unit": "万吨", "capacity_unit": "万吨"}
    cubic = {"unit": "万立方米", "plan_unit": "万立方米"}
    gone = {"eligible": False}
    return {
        "format": "minequota-allocation/2",
        "scenario": "tiny",
        "case": "",
        "plan": "tiny",
        "authority": "小市自然资源局",
        "status": "optimal",
        "mode": "target_state",
        "year": 2025,
        "years": [2025],
        "solver": "hand",
        "goals": [
            _goal("expected_indicators", 0.125),
            _goal("unmet_demand_1", 0.2),
            _goal("closures", 0.5),
            _goal("actions", 1.0),
            _goal("capacity_issued", 1.2),
            _goal("policy_preference", 15.0),
            _goal("tie_break", 0.0),
            _goal("evenness", 1.0),
        ],
        "quotas": [
            _quota("A1", "东县", "菱镁矿", 16.58, 30.0),
            _quota("A2", "东县", "菱镁矿", 4.42, 8.0, synthetic=True),
            _quota("B1", "西县", "菱镁矿", 8.0, 15.0),
            _quota("C2", "西县", "建筑石料", 22.22, 75.0, ore=55.55, **stone)
            | {"share_of_capacity": 55.55 / 75},
            _quota("N1", "北县", "菱镁矿", 0.0, 12.0),
            _quota("Z1-1", "西县", "建筑石料", 17.78, 24.0, name="西县石料集中开采区"),
        ],
        "issuance": [
            {
                "right": "Z1-1",
                "kind": "new",
                "zone": "Z1",
                "zone_name": "西县石料集中开采区",
                "county": "西县",
                "mineral": "建筑石料",
                "product": "建筑石料",
                "area_km2": 1.5,
                "capacity": 24.0,
                "minimum": 20.0,
                "maximum": 60.0,
                "capacity_unit": "万立方米",
                "size_class": "large",
                "year": 2025,
                "first_output_year": 2025,
                "term_years": 30,
                "own_authority": True,
                "maximum_assumed": False,
                "assumed": False,
                "source": "附表7",
            }
        ],
        "actions": [
            _action("A1", "东县", "菱镁矿", 30.0, size_class="medium", green=True),
            _action("A2", "东县", "菱镁矿", 8.0, synthetic=True),
            _action("B1", "西县", "菱镁矿", 15.0, kind="renew"),
            _action("B2", "西县", "菱镁矿", 5.0, kind="leave_chosen", name="", **gone)
            | {"synthetic": True, "grounds": ["stopped", "below_minimum"]},
            _action("C1", "西县", "建筑石料", 4.0, kind="leave_forced", **gone)
            | {
                "capacity_unit": "万立方米",
                "grounds": ["expired", "outside_zones", "below_minimum"],
            },
            _action("C2", "西县", "建筑石料", 75.0, size_class="large"),
            _action("D1", "东县", "金矿", 6.0, synthetic=True),
            _action("N1", "北县", "菱镁矿", 12.0),
        ],
        "reorganisations": [],
        "caps": [
            _cap("CAP.magnesite_city", "", 31.0, 29.0),
            _cap("CAP.magnesite_east", "东县", 21.0, 21.0),
            _cap("CAP.magnesite_west", "西县", 10.0, 8.0),
            _cap("CAP.stone_city", "", 40.0, 40.0, product="建筑石料", attribute="expected")
            | cubic,
            _cap("CAP.no_north.北县", "北县", 0.0, 0.0, source="专栏五"),
        ],
        "structure": [
            _line("all", "all", "1 1 6", "2 0 1", "2 1 4"),
            _line("group", "metal", "0 0 1", "0 0 0", "0 0 1"),
            _line("group", "non_metal", "1 1 5", "2 0 1", "2 1 3"),
            _line("county", "东县", "0 1 2", "0 0 0", "0 1 2"),
            _line("county", "西县", "1 0 3", "2 0 1", "2 0 1"),
            _line("county", "北县", "0 0 1", "0 0 0", "0 0 1"),
        ],
        "balance": [
            _balance("菱镁矿", demand=30.0, production_existing=29.0, imports=1.0),
            _balance("建筑石料", unit="万立方米", demand=50.0, unmet=10.0)
            | {"production_existing": 22.22, "production_new": 17.78},
        ],
        "rules": _rules(),
        "flows": [],
        "rounding": [
            {"product": "菱镁矿", "step": 0.01, "asked": 0.01, "unit": "万吨"},
            {"product": "建筑石料", "step": 0.01, "asked": 0.01, "unit": "万立方米"},
        ],
        "notes": [],
    }
