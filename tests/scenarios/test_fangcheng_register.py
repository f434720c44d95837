"""The Fangcheng register and scenario against what the text states of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pytest

from minequota.scenarios.classes import size_class
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.synthesis.generator import library_plan


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("fangcheng")


@lru_cache(maxsize=1)
def scenario() -> Scenario:
    return load_scenario("fangcheng")


def rights_of(mineral: str) -> list[Right]:
    return [right for right in scenario().rights if right.mineral == mineral]


def output_of(mineral: str) -> float:
    """Return the last output of a mineral's rights, in the unit of their licences."""
    found = [right.last_output for right in rights_of(mineral)]
    return sum(one.value for one in found if one is not None)


def test_register_numbers() -> None:
    """40 rights: 7 large, 5 medium, 28 small; 11, 7, 4 and 18 by mineral; 15 minerals; 8 green."""
    rights = scenario().rights
    assert Counter(size_class(plan(), right)[0] for right in rights) == {
        "large": 7,
        "medium": 5,
        "small": 28,
    }
    named = ("萤石", "饰面用花岗岩", "铅锌矿")
    assert [len(rights_of(mineral)) for mineral in named] == [11, 7, 4]
    assert len(rights) - sum(len(rights_of(mineral)) for mineral in named) == 18
    assert len({right.mineral for right in rights}) == 15
    assert sum(right.green for right in rights) == 8


def test_register_outputs() -> None:
    """178.9 万吨 from two building-stone mines, and 75.99 万吨 of facing-stone ore, 23 万立方米."""
    stones = {one.name for one in plan().minerals if one.product == "建筑石料"}
    ran = [right for right in scenario().rights if right.mineral in stones]
    assert len(ran) == 2
    assert all(right.last_output is not None and right.last_output.value > 0 for right in ran)
    assert sum(output_of(mineral) for mineral in stones) == pytest.approx(178.9)
    facing = plan().product("饰面石材")
    assert facing.density is not None
    assert {right.capacity.unit for right in rights_of("饰面用花岗岩") if right.capacity} == {
        "万立方米"
    }
    ore = output_of("饰面用花岗岩")
    assert ore * facing.density == pytest.approx(75.99, abs=1e-6)
    assert ore * product_per_ore(facing, "万立方米", Ore()) == pytest.approx(23, abs=1e-3)


def test_one_building_stone_mine_is_sealed() -> None:
    """其中一个建筑石料矿山2022年处于法院查封状态: it ran in 2021 and stays on the register."""
    stones = {one.name for one in plan().minerals if one.product == "建筑石料"}
    states = Counter(right.status for right in scenario().rights if right.mineral in stones)
    assert states == {"producing": 1, "sealed": 1}


def test_every_right_is_synthetic() -> None:
    """The plan names no mine: a field is made up, or silent and the program's default."""
    for right in scenario().rights:
        assert right.licence.startswith("SYN-FC-")
        assert right.name.startswith("合成矿山")
        assert set(right.provenance.values()) <= {"synthetic", "default"}


def test_the_stated_classes_follow_the_settled_rows() -> None:
    """By 建筑石料 10/5 万立方米 and 萤石 10/5 万吨 the capacities give the sizes stated."""
    settled = {"萤石", "饰面用花岗岩", "建筑用大理岩", "建筑用花岗岩", "水泥用灰岩"}
    for right in scenario().rights:
        if right.mineral in settled:
            found = size_class(plan(), replace(right, size_class=None))
            assert found == (right.size_class, "table"), right.licence


def test_demand_stated_in_the_text() -> None:
    """1500万吨左右 of building stone; 90-100万立方米 of blocks, 32 plants of 3 at the least, 96."""
    stated = {
        name: str(one.amount) for name, one in scenario().question.demand.items() if not one.assumed
    }
    assert stated == {"建筑石料": "1500 万吨", "饰面石材": f"{32 * 3} 万立方米"}
    assert 90 <= 32 * 3 <= 100 < 32 * 5


@pytest.mark.parametrize(("case", "blocks"), [("low", 90), ("high", 100)])
def test_demand_for_blocks_stays_in_the_stated_range(case: str, blocks: int) -> None:
    """90-100万立方米之间: the cases take the two ends."""
    demand = load_scenario("fangcheng", (case,)).question.demand["饰面石材"]
    assert demand.amount is not None
    assert demand.amount.to("万立方米") == blocks
    assert not demand.assumed


def test_every_capped_product_has_a_demand() -> None:
    """Assumed demands say so and show their arithmetic."""
    demand = scenario().question.demand
    assert set(demand) == {cap.product for cap in plan().caps}
    assert all(one.source.startswith("假设") == one.assumed for one in demand.values())


@pytest.mark.parametrize(
    ("code", "deposit", "reserves"),
    [
        ("FC-YLP", "large", 80000 * 10.996 / 19.7788 / 3),
        ("FC-SJZ", "large", 80000 * 5.61 / 19.7788),
        ("FC-HG", "medium", 80000 * 2.4528 / 19.7788),
        ("FC-DP", "medium", 80000 * 0.72 / 19.7788),
    ],
)
def test_deposits_of_the_zones(code: str, deposit: str, reserves: float) -> None:
    """约8亿吨 by area, in cubic metres at 2.65 t/m³ against 5000 and 1000 万立方米."""
    areas = (10.996, 5.61, 2.4528, 0.72)
    assert sum(areas) == pytest.approx(19.7788)
    detail = scenario().question.zone_details[code]
    assert detail.assumed
    assert detail.reserves is not None
    assert detail.reserves.to("万吨") == pytest.approx(reserves, abs=1)
    volume = detail.reserves.to("万吨") / 2.65
    expected = "large" if volume >= 5000 else "medium" if volume >= 1000 else "small"
    assert detail.deposit_class == deposit == expected


def test_the_six_places_can_carry_the_demand() -> None:
    """At their minimum 4 × 300 + 2 × 100 with the producing mine's 120 make 1520, at most 1800."""
    details = scenario().question.zone_details
    least, most = 0.0, 0.0
    for zone in plan().zones:
        if zone.kind == "zone":
            detail = details[zone.code]
            assert detail.maximum is not None
            least += zone.rights * {"large": 300, "medium": 100}[detail.deposit_class or "small"]
            most += zone.rights * detail.maximum.to("万吨")
    (producing,) = rights_of("建筑用大理岩")
    assert producing.capacity is not None
    existing = producing.capacity.to("万吨")
    assert least + existing == 1520 >= 1500
    assert most + existing == pytest.approx(1.2 * 1500)


def test_existing_facing_mines_can_make_the_cap() -> None:
    """80 ÷ 0.80208 is 99.74 万立方米 of ore; the seven are licensed for more."""
    licensed = [right.capacity.value for right in rights_of("饰面用花岗岩") if right.capacity]
    assert len(licensed) == 7
    assert sum(licensed) > 80 / 0.80208


def test_the_seal_is_an_event_since_the_register() -> None:
    """The register holds both mines producing in 2021; 查封 comes in 2022, and may be lifted."""
    (event,) = scenario().events
    assert (event.kind, event.day.year) == ("sealed", 2022)
    assert scenario().question.register_date == "2021-12-31"
    states = {right.licence: right.status for right in scenario().rights}
    lifted = {
        right.licence: right.status for right in load_scenario("fangcheng", ("seal_lifted",)).rights
    }
    assert (states[event.licence], lifted[event.licence]) == ("sealed", "producing")
    assert {one for one in states if states[one] != lifted[one]} == {event.licence}
