"""The audit: each finding where it is true, and none where nothing is wrong."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from builders import (
    YEARS,
    count,
    minimum_scale,
    name,
    ratio,
    right,
    scenario,
    tiny_plan,
    tiny_question,
    zone,
)

from minequota.scenarios.audit import Finding, audit
from minequota.scenarios.audit.structure import Structure, Way, fewest, structure_of
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import possible_supply

DEMAND = {
    "菱镁矿": {"amount": "30 万吨", "assumed": False, "source": "survey"},
    "建筑石料": {"amount": "50 万立方米", "assumed": False, "source": "survey"},
}


def mine(licence: str, county: str, mineral: str, capacity: str, **fields: Any) -> Right:
    """Return a right whose class the register states, as its other fields."""
    fields.setdefault("size_class", "small")
    return right(licence, county, mineral, capacity, **fields)


def clean(
    *more: Right, plan: dict[str, Any] | None = None, question: dict[str, Any] | None = None
) -> Scenario:
    """Return a small scenario without anything to find, and what a test adds to it.

    Magnesite: 25 and 15 万吨 can reach the caps of 21 and 10, which with 31 in all cover the
    30 asked. Stone: the zone's right of up to 60 万立方米 covers the 50.
    """
    stone = minimum_scale("stone", ["建筑石料"], "20 万立方米", "20 万立方米", "20 万立方米")
    magnesite = minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨")
    return scenario(
        tiny_plan(minimum_scales=[magnesite, stone], zones=[zone(authority="county")])
        | (plan or {}),
        tiny_question(demand=DEMAND) | (question or {}),
        [mine("M1", "东县", "菱镁矿", "25 万吨"), mine("M2", "西县", "菱镁矿", "15 万吨"), *more],
    )


def only(found: tuple[Finding, ...]) -> Finding:
    assert len(found) == 1, [(one.about, one.message_en) for one in found]
    return found[0]


def about(found: tuple[Finding, ...], word: str) -> Finding:
    return only(tuple(one for one in found if one.about == word))


@lru_cache(maxsize=8)
def dandong(*cases: str) -> tuple[Finding, ...]:
    return audit(load_scenario("dandong", cases=cases))


def test_nothing_is_said_about_a_clean_scenario() -> None:
    """A plan that adds up, a register of its own, surveyed demands: no finding at all."""
    assert audit(clean()) == ()


def test_findings_are_numbered_warnings_first() -> None:
    """Numbers run from 1, warnings stand before notes, and every finding advises twice."""
    found = dandong()
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=lambda one: one != "warning")
    assert "warning" in severities
    assert "note" in severities
    for one in found:
        assert one.message_zh
        assert one.message_en
        assert one.advice_zh
        assert one.advice_en


def test_dandong_contradictions() -> None:
    """Iron, national areas, number and ratio: both figures and the one used are said."""
    found = {one.clause: one for one in dandong() if one.about == "contradiction"}
    assert set(found) == {"iron_total", "national_area_total", "mine_number", "ratio_about"}
    for figure in ("0.02 亿吨", "0.026 亿吨", "从严"):
        assert figure in found["iron_total"].message_zh
    for figure in ("749.3", "955.7575"):
        assert figure in found["national_area_total"].message_zh


def test_a_known_contradiction_is_not_reported_twice() -> None:
    """749.3 is both a printed total that fails and a contradiction: one finding."""
    assert [one.about for one in dandong() if one.clause == "national_area_total"] == [
        "contradiction"
    ]
    assert all(one.about != "printed_figure" for one in dandong())


@pytest.mark.parametrize(
    ("printed", "kind", "parts", "value"),
    [(35, "sum", [21, 10], "31"), (12, "percent", [34, 330], "10.303")],
)
def test_printed_figures_are_recomputed(
    printed: float, kind: str, parts: list[float], value: str
) -> None:
    """21 + 10 is 31, not 35; 34 of 330 is 10.303 %, not 12."""
    entry = {
        "id": "total",
        "about": "合计",
        "printed": printed,
        "computed_from": kind,
        "parts": parts,
        "tolerance": 0.05,
        "source": "专栏一",
    }
    found = only(audit(clean(plan={"printed": [entry]})))
    assert (found.about, found.clause, found.severity) == ("printed_figure", "total", "warning")
    assert value in found.message_zh
    right_one = entry | {"printed": sum(parts) if kind == "sum" else 10.3}
    assert audit(clean(plan={"printed": [right_one]})) == ()


def base_count(ident: str, number: int, *sizes: str, group: str | None = None) -> dict[str, Any]:
    return {
        "id": ident,
        "title": name(ident),
        "number": number,
        "size_classes": list(sizes),
        "group": group,
        "source": "第一章",
    }


def test_base_structure_must_add_up() -> None:
    """2 = 0 + 0 + 2 is silent; 1 + 0 + 2 = 3 is not 2, and groups of 1 + 1 are not 1 + 0."""
    sizes = [
        base_count("all", 2),
        base_count("l", 0, "large"),
        base_count("m", 0, "medium"),
        base_count("s", 2, "small"),
    ]
    assert audit(clean(plan={"base_counts": sizes})) == ()
    wrong = [*sizes[:1], base_count("l", 1, "large"), *sizes[2:]]
    groups = [
        base_count("g1", 1, "large", "medium", group="metal"),
        base_count("g2", 1, "large", "medium", group="non_metal"),
    ]
    found = audit(clean(plan={"base_counts": [*wrong, *groups]}))
    clauses = {one.clause for one in found if one.about == "base_structure"}
    assert clauses == {"base_by_size", "base_by_group"}


def test_register_against_published_counts() -> None:
    """Three rights where the plan counted two are reported, not refused."""
    more = mine("M3", "东县", "菱镁矿", "20 万吨")
    found = only(audit(clean(more, plan={"base_counts": [base_count("矿山总数", 2)]})))
    assert (found.about, found.severity) == ("published_counts", "note")
    assert "矿山总数3（规划2）" in found.message_zh


def test_talc_is_far_below_its_cap() -> None:
    """58 against 0.1 is 580 times: a ceiling, not a target; and no talc mine could use it up."""
    far = {one.clause: one for one in dandong() if one.about == "cap_far_above_output"}
    assert set(far) == {"talc_city", "magnesite_city"}
    assert "580.0倍" in far["talc_city"].message_zh
    assert about(dandong(), "cap_out_of_reach").clause == "talc_city"


def test_an_output_near_its_cap_is_no_finding() -> None:
    """31 is less than five times 6.3, and more than five times 6.1."""
    output = {"mineral": "菱镁矿", "amount": "6.3 万吨", "year": 2020, "source": "第一章"}
    assert audit(clean(plan={"base_outputs": [output]})) == ()
    lower = output | {"amount": "6.1 万吨"}
    assert only(audit(clean(plan={"base_outputs": [lower]}))).about == "cap_far_above_output"


def test_small_zones() -> None:
    """20 万立方米 × 10 years ÷ 0.0411 km² = 48.7 m; 50 万吨 ÷ 2.5 the same over 0.0182: 109.9 m."""
    found = {one.clause: one for one in dandong() if one.about == "small_zone"}
    assert set(found) == {"CS21060000006", "CS21060000007"}
    assert "约49米" in found["CS21060000006"].message_zh
    assert "约110米" in found["CS21060000007"].message_zh


def test_special_minimum_against_the_table() -> None:
    """专栏六 asks 100 of a large deposit and bars small ones; 第六章第六节 asks 20 of all."""
    found = about(dandong(), "special_minimum")
    assert "大型100 万立方米、小型×" in found.message_zh


def test_inferred_readings() -> None:
    """Four blanks of the county table and the meaning of the scale table's columns."""
    clauses = {one.clause for one in dandong() if one.about == "inferred_reading"}
    assert clauses == {
        "iron_no_allotment",
        "magnesite_no_allotment",
        "boron_no_allotment",
        "talc_no_allotment",
        "minimum_scale_use",
    }


def test_zones_without_authority() -> None:
    """Dandong's 21 zones do not say who issues."""
    assert "21个" in about(dandong(), "zone_authority").message_zh


def test_synthetic_share() -> None:
    """All 330 have synthetic fields, ten of them a real name."""
    found = about(dandong(), "synthetic_register")
    assert found.severity == "warning"
    assert "330个采矿权中330个" in found.message_zh
    assert "10个名称真实" in found.message_zh


def test_below_minimum_counts_by_mineral() -> None:
    """8 万吨 is below the 10 of a small deposit; 12 is not, but on a medium one 50 is asked."""
    small = mine("M3", "东县", "菱镁矿", "8 万吨")
    enough = mine("M4", "东县", "菱镁矿", "12 万吨", deposit_class="small")
    medium = mine("M5", "东县", "菱镁矿", "12 万吨", deposit_class="medium")
    found = only(audit(clean(small, enough, medium)))
    assert found.about == "below_minimum"
    assert found.message_zh.startswith("2个")
    assert "菱镁矿 2" in found.message_zh
    assert "从严" not in found.message_zh
    strict = {"options": {"minimum_binds_output": True}}
    assert "从严" in only(audit(clean(small, medium, question=strict))).message_zh


def test_dandong_below_minimum_uses_the_special_minimum_of_stone() -> None:
    """All 69 quarries but the two large ones are below 20 万立方米 (50 万吨)."""
    found = about(dandong(), "below_minimum").message_zh
    stones = {"花岗岩": 29, "灰岩": 16, "玄武岩": 10, "白云岩": 5, "大理岩": 7}
    assert sum(stones.values()) == 69 - 2
    for stone, number in stones.items():
        kind = "建筑石料用灰岩" if stone == "灰岩" else f"建筑用{stone}"
        assert f"{kind} {number}" in found


def test_class_decisions_without_a_settled_row() -> None:
    """Magnesite has no settled row: its class rests on the plan's columns, 100/50."""
    unstated = right("M3", "东县", "菱镁矿", "12 万吨")
    plan = tiny_plan()
    stone = plan["minerals"][1] | {"class_row": None}
    found = audit(clean(unstated, plan={"minerals": [plan["minerals"][0], stone]}))
    assert about(found, "size_class_basis").clause == "plan_fallback"
    assert "菱镁矿 1" in about(found, "size_class_basis").message_zh
    quarry = right("S3", "西县", "建筑石料", "30 万立方米", licence_end=date(2030, 1, 1))
    found = audit(clean(quarry, plan={"minerals": [plan["minerals"][0], stone]}))
    assert about(found, "size_class_basis").clause == "assumed_small"


def test_class_decisions_that_rest_on_density() -> None:
    """12.5 万吨 of building stone are 4.5 (at 2.75 t/m³) to 5.7 万立方米: small or medium."""
    plan = tiny_plan()
    stone = plan["minerals"][1] | {"class_row": "building_stone"}
    minerals = {"minerals": [plan["minerals"][0], stone]}
    near = right("S3", "西县", "建筑石料", "12.5 万吨", licence_end=date(2030, 1, 1))
    found = audit(clean(near, plan=minerals))
    assert "建筑石料 1" in about(found, "size_class_density").message_zh
    known = right("S3", "西县", "建筑石料", "12.5 万吨", density=2.6, licence_end=date(2030, 1, 1))
    assert all(one.about != "size_class_density" for one in audit(clean(known, plan=minerals)))


def test_a_stated_class_against_the_table() -> None:
    """A quarry of 60 万立方米 stated as small contradicts 10/5; the stated class holds."""
    plan = tiny_plan()
    stone = plan["minerals"][1] | {"class_row": "building_stone"}
    minerals = {"minerals": [plan["minerals"][0], stone]}
    given = dict.fromkeys(("name", "size_class"), Provenance.REGISTER)
    wrong = mine("S3", "西县", "建筑石料", "60 万立方米", provenance=given)
    found = only(audit(clean(wrong, plan=minerals)))
    assert (found.about, found.severity) == ("stated_class", "note")
    same = mine("S3", "西县", "建筑石料", "60 万立方米", provenance=given, size_class="large")
    assert audit(clean(same, plan=minerals)) == ()


def test_licences_that_cannot_be_renewed() -> None:
    """18 万立方米 ending in 2025 is below 20 and leaves; 20 does not, nor what ends in 2026."""
    ends = date(2025, 12, 31)
    leaving = mine("S3", "西县", "建筑石料", "18 万立方米", licence_end=ends)
    renewed = mine("S4", "西县", "建筑石料", "20 万立方米", licence_end=ends)
    later = mine("S5", "西县", "建筑石料", "18 万立方米", licence_end=date(2026, 1, 1))
    found = about(audit(clean(leaving, renewed, later)), "not_renewable")
    assert "到期（含已过期）的采矿权2个，其中1个" in found.message_zh
    assert "其中6个" in about(dandong(), "not_renewable").message_zh


def test_short_reserves() -> None:
    """50 万吨 at 25 a year last two years: fewer than the ten asked, more than the one unasked."""
    short = mine("M3", "东县", "菱镁矿", "25 万吨", reserves="50 万吨")
    assert audit(clean(short)) == ()
    ten = {"options": {"least_service_life": 10}}
    found = only(audit(clean(short, question=ten)))
    assert (found.about, found.severity) == ("reserves", "warning")
    assert "10年" in found.message_zh
    empty = mine("M3", "东县", "菱镁矿", "25 万吨", reserves="20 万吨")
    assert only(audit(clean(empty))).about == "reserves"


def test_output_over_capacity() -> None:
    """26 of 25 万吨 last year is worth a look; 25 of 25 is not."""
    over = mine("M3", "东县", "菱镁矿", "25 万吨", last_output="26 万吨")
    assert only(audit(clean(over))).about == "over_capacity"
    full = mine("M3", "东县", "菱镁矿", "25 万吨", last_output="25 万吨")
    assert audit(clean(full)) == ()


def test_banned_minerals_with_rights() -> None:
    """A right for a banned mineral is warned of; the key minerals are not."""
    directions = [
        {"kind": kind, "names": ["金"], "minerals": ["金矿"], "source": "第四章"}
        for kind in ("key", "banned")
    ]
    gold = mine("G1", "东县", "金矿", "3 万吨")
    found = only(audit(clean(gold, plan={"directions": directions})))
    assert (found.about, found.clause) == ("directions", "banned")
    assert all(one.about != "directions" for one in dandong())


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
    found = audit(clean(plan={"no_allotment": [blank]}))
    assert "西县 1" in about(found, "no_allotment").message_zh
    assert about(found, "demand_above_supply").clause == "demand.菱镁矿"


def test_named_rights_missing_from_the_register() -> None:
    """A planner's own register should hold the rights the plan names."""
    named = {
        "name": "真实的矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "area_km2": 1,
        "source": "专栏九",
    }
    found = only(audit(clean(plan={"named_rights": [named]})))
    assert found.about == "named_rights"
    assert "真实的矿" in found.message_zh
    held = mine("M3", "东县", "菱镁矿", "20 万吨", name="真实的矿")
    assert audit(clean(held, plan={"named_rights": [named]})) == ()


def test_demand_above_possible_supply() -> None:
    """Caps allow 21 + 10 = 31: a demand of 33 leaves 2 unmet unless imports bring them."""
    demand = {**DEMAND, "菱镁矿": DEMAND["菱镁矿"] | {"amount": "33 万吨"}}
    found = only(audit(clean(question={"demand": demand})))
    assert (found.about, found.severity) == ("demand_above_supply", "warning")
    assert "缺口至少2万吨" in found.message_zh
    helped = {**demand, "菱镁矿": demand["菱镁矿"] | {"imports": "2 万吨"}}
    assert audit(clean(question={"demand": helped})) == ()


def test_possible_supply_counts_who_may_produce() -> None:
    """A stopped mine gives nothing: 21 of the east remain; with a tenth held back 18.9."""
    plan = Plan.model_validate(tiny_plan())
    product = plan.product("菱镁矿")
    east = mine("M1", "东县", "菱镁矿", "25 万吨")
    west = mine("M2", "西县", "菱镁矿", "15 万吨", status=Status.STOPPED)
    assert possible_supply(scenario(rights=[east, west]), product) == 21
    kept = tiny_question(options={"holdback": {"菱镁矿": 0.1}})
    assert possible_supply(scenario(None, kept, [east, west]), product) == pytest.approx(18.9)


def test_barred_minerals_supply_nothing_new() -> None:
    """The zone's 60 万立方米 meet the 50 asked, unless its mineral is banned, or restricted."""
    for kind in ("banned", "restricted"):
        barred = {"kind": kind, "names": ["石"], "minerals": ["建筑石料"], "source": "第四章"}
        found = audit(clean(plan={"directions": [barred]}))
        assert only(found).clause == "demand.建筑石料"
    allowed = {"options": {"permitted_restricted": ["建筑石料"]}}
    assert audit(clean(plan={"directions": [barred]}, question=allowed)) == ()


@pytest.mark.parametrize("case", ["low", "base", "high", "strict_minimum", "green_first"])
def test_dandong_demands_can_be_met(case: str) -> None:
    """In none of the library's cases is more asked than can be supplied."""
    assert all(one.about != "demand_above_supply" for one in dandong(case))


def test_assumptions_are_said() -> None:
    """Five assumed demands, and an upper bound of twice the minimum for 21 zones."""
    assert "5项" in about(dandong(), "assumed_demand").message_zh
    assert "21个" in about(dandong(), "assumed_maximum").message_zh
    assert "2倍" in about(dandong(), "assumed_maximum").message_zh


def structure(**changes: Any) -> Structure:
    base: dict[str, Any] = {
        "rights": 330,
        "upper": 34,
        "forced": 0,
        "forced_upper": 0,
        "closable": 290,
        "upper_candidates": 21,
        "limit": 320,
        "share": 0.12,
    }
    return Structure(**(base | changes))


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        # 34/0.12 = 283.3: n issued, held <= (34 + n)/0.12; n = 5: 325, so 320 binds, 15 leave.
        ({}, Way(5, 15)),
        # Four: 38/0.12 = 316.67, held 316, so 330 + 4 - 316 = 18 leave.
        ({"upper_candidates": 4}, Way(4, 18)),
        # No ratio: ten leave and nothing is issued. No limit: (34 + n)/0.12 >= 330 + n at n = 7.
        ({"share": None}, Way(0, 10)),
        ({"limit": None}, Way(7, 0)),
        # Forced leavers count among the fifteen, and are the least when they are more.
        ({"forced": 6}, Way(5, 15)),
        ({"forced": 40}, Way(1, 40)),
        # Only three may leave at all.
        ({"closable": 3}, None),
    ],
)
def test_fewest_closings_and_issues(changes: dict[str, Any], way: Way | None) -> None:
    """Dandong's arithmetic: 330 rights, 34 large or medium, at most 320, at least 12 %.

    With 40 forced, 290 are left: 34/290 = 11.7 % is too few, 35/291 = 12.03 % is enough.
    """
    assert fewest(structure(**changes)) == way


def test_dandong_structure() -> None:
    """Five issued, fifteen leaving, 39 of 320."""
    base = structure_of(load_scenario("dandong"))
    assert (base.rights, base.upper, base.forced, base.forced_upper) == (330, 34, 6, 0)
    assert base.upper_candidates == 21
    found = about(dandong(), "structure")
    for figure in ("新设大中型5个", "退出15个", "期末320个", "大中型39个（12.19%）"):
        assert figure in found.message_zh


def test_structure_out_of_reach() -> None:
    """Two small rights, at most one, nobody may be closed: said before the solve."""
    closed = {"options": {"closing": False}}
    found = audit(clean(plan={"counts": [count(1)]}, question=closed))
    assert only(found).about == "structure_out_of_reach"
    assert only(audit(clean(plan={"counts": [count(1)]}))).about == "structure"
    assert audit(clean(plan={"counts": [count(2)]})) == ()


def test_a_small_candidate_is_told() -> None:
    """Without a class row the zone's right counts as small and lowers the ratio."""
    found = audit(clean(plan={"ratios": [ratio(0.5)]}))
    assert about(found, "small_candidates").message_zh.endswith("Z1-1。")


def test_columns_not_used_are_named() -> None:
    """The note names the file and the header."""
    from dataclasses import replace

    import builders

    scenario = replace(builders.scenario(), ignored=("mines.csv: 附注甲",))
    assert "mines.csv: 附注甲" in about(audit(scenario), "ignored_columns").message_zh


def test_a_capacity_below_one_step_is_a_slip_of_the_unit():
    """20 公斤 is 0.000002 万吨, less than the step of 0.01: named; 0.01 万吨 is not."""
    tiny = mine("K1", "东县", "菱镁矿", "20 千克")
    whole = mine("K2", "东县", "菱镁矿", "0.01 万吨")
    found = about(audit(clean(tiny, whole)), "tiny_capacity")
    assert found.severity == "warning"
    assert "K1（20 千克）" in found.message_zh
    assert "K2" not in found.message_zh
