"""What the audit says of the register: numbers, minimums, leavers, reserves, classes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from audited import clean, coded, codes, mine, only
from builders import YEARS, minimum_scale, name, right, tiny_plan

from minequota.scenarios.audit import audit
from minequota.scenarios.events.event import Event, EventKind
from minequota.scenarios.right import Provenance, Renewal, Status


def base_count(ident: str, number: int) -> dict[str, Any]:
    return {"id": ident, "title": name(ident), "number": number, "source": "第一章"}


def test_register_against_published_counts() -> None:
    """Three rights where the plan counted two are reported, not refused."""
    more = mine("M3", "东县", "菱镁矿", "20 万吨")
    found = only(audit(clean(more, plan={"base_counts": [base_count("矿山总数", 2)]})))
    assert (found.code, found.severity) == ("A304", "note")
    assert "矿山总数3（规划2）" in found.message_zh


def test_synthetic_share() -> None:
    """Two of four rights hold made-up fields, one of them under a real name."""
    made_up = dict.fromkeys(("name", "capacity"), Provenance.SYNTHETIC)
    named = {"name": Provenance.PLAN, "capacity": Provenance.SYNTHETIC}
    found = coded(
        clean(
            mine("M3", "东县", "菱镁矿", "20 万吨", provenance=made_up),
            mine("M4", "东县", "菱镁矿", "20 万吨", provenance=named),
        ),
        "A301",
    )
    assert "4个采矿权中2个" in found.message_zh
    assert "1个名称真实" in found.message_zh


def test_below_minimum_counts_by_mineral() -> None:
    """8 万吨 is below the 10 of a small deposit; 12 is not, but on a medium one 50 is asked."""
    small = mine("M3", "东县", "菱镁矿", "8 万吨")
    enough = mine("M4", "东县", "菱镁矿", "12 万吨", deposit_class="small")
    medium = mine("M5", "东县", "菱镁矿", "12 万吨", deposit_class="medium")
    found = clean(small, enough, medium)
    assert coded(found, "A306").message_zh.startswith("2个")
    assert "从严" not in coded(found, "A306").message_zh
    assert coded(found, "A312").message_zh.startswith("1个")
    strict = {"options": {"minimum_binds_output": True}}
    assert "从严" in coded(clean(small, question=strict), "A306").message_zh


def test_the_column_for_existing_mines_wins() -> None:
    """9 万吨 is below 10 of a small deposit and above the 8 asked of existing mines."""
    scales = [
        minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing="8 万吨")
    ]
    nine = mine("M3", "东县", "菱镁矿", "9 万吨")
    assert "A306" not in codes(clean(nine, plan={"minimum_scales": scales}))
    seven = mine("M3", "东县", "菱镁矿", "7 万吨")
    assert "A306" in codes(clean(seven, plan={"minimum_scales": scales}))
    use = tiny_plan()["minimum_scale_use"] | {"applies_to": ["new", "existing"]}
    bound = clean(seven, plan={"minimum_scales": scales, "minimum_scale_use": use})
    assert "A306" not in codes(bound)
    found = coded(bound, "A307")
    assert found.clause == "existing_minimum"
    assert "扩能" in found.advice_zh


def test_columns_that_are_no_deposit_sizes_do_not_say_mined_small() -> None:
    """Where the table has one figure for all, no deposit's column is missed."""
    use = tiny_plan()["minimum_scale_use"] | {"column_meaning": "single_figure"}
    medium = mine("M3", "东县", "菱镁矿", "12 万吨", deposit_class="medium")
    assert "A312" in codes(clean(medium))
    assert "A312" not in codes(clean(medium, plan={"minimum_scale_use": use}))


def test_leavers_by_reason() -> None:
    """18 万立方米 ending in 2025 is below 20 and leaves; 20 does not, nor what ends in 2026."""
    ends = date(2025, 12, 31)
    found = clean(
        mine("S3", "西县", "建筑石料", "18 万立方米", licence_end=ends),
        mine("S4", "西县", "建筑石料", "20 万立方米", licence_end=ends),
        mine("S5", "西县", "建筑石料", "18 万立方米", licence_end=date(2026, 1, 1)),
        mine("S6", "西县", "建筑石料", "30 万立方米", licence_end=ends, renewal=Renewal.LEAVE),
        mine("S7", "西县", "建筑石料", "30 万立方米", exit_by=2025),
    )
    reasons = {one.clause: one.message_zh for one in audit(found) if one.code == "A307"}
    assert set(reasons) == {"renewal_minimum", "not_renewed", "exit_by"}
    assert "到期（含已过期）的采矿权3个，其中1个须退出" in reasons["renewal_minimum"]
    assert "第六章第六节" in reasons["renewal_minimum"]


def test_new_tenders_and_exits_of_the_plan() -> None:
    """A licence to be tendered anew, and a stopped mine that must go by 2024."""
    plan = {
        "renewals": [
            {"id": "tender", "minerals": ["建筑石料"], "kind": "new_tender", "source": "第七章"}
        ],
        "exits": [
            {
                "id": "stopped_out",
                "title": name("长期停产退出"),
                "statuses": ["stopped"],
                "by": 2024,
                "source": "第九章",
            }
        ],
    }
    found = clean(
        mine("S3", "西县", "建筑石料", "60 万立方米", licence_end=date(2025, 3, 1)),
        mine("M3", "东县", "菱镁矿", "20 万吨", status=Status.STOPPED),
        plan=plan,
    )
    reasons = {one.clause for one in audit(found) if one.code == "A307"}
    assert reasons == {"new_tender", "exit"}


@pytest.mark.parametrize(
    ("size", "reserves", "said"),
    [
        ("small", "74 万吨", "1个不足3年"),
        ("small", "75 万吨", None),
        ("small", "750 万吨", None),
        ("small", "751 万吨", "1个超过"),
        ("medium", "751 万吨", None),
        ("large", "2251 万吨", "1个超过"),
    ],
)
def test_service_lives(size: str, reserves: str, said: str | None) -> None:
    """25 万吨 a year: 3 years are 75; small 10, medium 20, large 30 years three times over."""
    found = clean(mine("M3", "东县", "菱镁矿", "25 万吨", reserves=reserves, size_class=size))
    if said is None:
        assert "A308" not in codes(found)
    else:
        one = coded(found, "A308")
        assert said in one.message_zh
        assert one.severity == ("warning" if "不足" in said else "note")


def test_service_lives_across_units() -> None:
    """500 万吨 of stone at 2.5 t/m³ are 200 万立方米: 8 years at 25, 2.5 at 80."""
    lasting = mine("S3", "西县", "建筑石料", "25 万立方米", reserves="500 万吨")
    short = mine("S3", "西县", "建筑石料", "80 万立方米", reserves="500 万吨")
    assert "A308" not in codes(clean(lasting))
    assert "A308" in codes(clean(short))


def test_class_decisions_without_a_settled_row() -> None:
    """Magnesite has no settled row: its class rests on the plan's columns; stone's on nothing."""
    unstated = right("M3", "东县", "菱镁矿", "12 万吨", size_class=None)
    assert coded(clean(unstated), "A401").clause == "plan_fallback"
    quarry = right("S3", "西县", "建筑石料", "30 万立方米", size_class=None)
    assert coded(clean(quarry), "A401").clause == "assumed_small"


def test_conversion_defaults_are_counted() -> None:
    """A licence in tonnes takes the product's 2.5 t/m³; one with its own density does not."""
    found = clean(
        mine("S3", "西县", "建筑石料", "75 万吨"),
        mine("S4", "西县", "建筑石料", "75 万吨", density=2.6),
    )
    assert "建筑石料体重2.5 t/m³（名册1个、可投放0个）" in coded(found, "A405").message_zh


def test_grade_recovery_and_yield_defaults() -> None:
    """Metal at 3 g/t and 90 %: a right without either takes both, one with them none."""
    plan = tiny_plan()
    gold = {
        "name": "金",
        "en": "gold",
        "unit": "千克",
        "basis": "metal",
        "step": 1,
        "capacity_step": 1,
        "grade": 0.000003,
        "recovery": 0.9,
    }
    minerals = [*plan["minerals"][:2], plan["minerals"][2] | {"product": "金"}]
    changes = {"products": [*plan["products"], gold], "minerals": minerals}
    bare = clean(mine("G1", "东县", "金矿", "3 万吨"), plan=changes)
    said = coded(bare, "A405").message_zh
    assert "金品位3 g/t（名册1个" in said
    assert "金回收率90%（名册1个" in said
    full = clean(mine("G1", "东县", "金矿", "3 万吨", grade=4e-6, recovery=0.8), plan=changes)
    assert "A405" not in codes(full)


def test_banned_and_restricted_minerals_with_rights() -> None:
    """A right for a banned mineral is warned of, with the clause; a key one is not."""
    directions = [
        {"kind": kind, "names": ["金"], "minerals": ["金矿"], "source": "第四章"}
        for kind in ("key", "banned")
    ]
    found = only(
        audit(clean(mine("G1", "东县", "金矿", "3 万吨"), plan={"directions": directions}))
    )
    assert (found.code, found.clause) == ("A310", "banned")
    assert "第四章" in found.message_zh


def test_rights_in_a_county_without_allotment() -> None:
    """A blank county with a mine gets zero: said before anyone is surprised."""
    blank = {
        "id": "blank",
        "product": "菱镁矿",
        "counties": ["西县"],
        "attribute": "binding",
        "years": YEARS,
        "source": "专栏五",
    }
    found = clean(plan={"no_allotment": [blank]})
    assert "西县 1" in coded(found, "A311").message_zh
    assert coded(found, "A502").clause == "demand.菱镁矿"


def test_events_after_the_years_start() -> None:
    """What is dated in the year asked about is not in the register, and said."""
    event = Event(date(2025, 3, 1), EventKind.CLOSED, "M2", None, None)
    found = only(audit(clean(events_later=(event,))))
    assert (found.code, found.severity) == ("A606", "note")
    assert "M2（2025-03-01 注销）" in found.message_zh
    assert "closed" in found.message_en
