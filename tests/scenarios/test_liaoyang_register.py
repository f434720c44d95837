"""The synthetic register and scenario of Liaoyang against what the plan publishes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pytest

from minequota.scenarios.classes import size_class
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import departure, may_produce
from minequota.scenarios.synthesis.generator import library_plan

DENGTA, GONGCHANGLING = "灯塔市", "弓长岭区"
SAND_STONE = {"建筑石料用灰岩", "建筑用花岗岩", "建筑用大理岩"}


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("liaoyang")


@lru_cache(maxsize=1)
def scenario() -> Scenario:
    return load_scenario("liaoyang", ("base",))


def rights_of(*minerals: str) -> list[Right]:
    return [right for right in scenario().rights if right.mineral in minerals]


def output_of(product: str) -> float:
    """Return the 2020 output of a product as ore, in its unit, from the licences' own units."""
    target = plan().product(product).model_copy(update={"basis": "ore"})
    total = 0.0
    for right in scenario().rights:
        mineral = plan().mineral(right.mineral)
        if mineral is not None and mineral.product == product and right.last_output is not None:
            ore = Ore(right.density, right.grade)
            total += right.last_output.value * product_per_ore(target, right.last_output.unit, ore)
    return total


def test_base_year() -> None:
    """第一章第二节: 127, 30.71 %, 4596.30万吨, 56.41万立方米; 第七章第一节: 10 magnesite."""
    numbers = {one.id: (one.number, one.reading) for one in plan().base_counts}
    assert numbers == {
        "all": (127, "stated"),
        "large_medium": (39, "inferred"),
        "small": (88, "inferred"),
        "magnesite": (10, "stated"),
    }
    assert round(100 * 39 / 127, 2) == 30.71
    solid, water = plan().base_outputs
    assert (str(solid.amount), set(solid.groups)) == (
        "4596.3 万吨",
        {"energy", "metal", "non_metal"},
    )
    assert (str(water.amount), water.groups) == ("56.41 万立方米", ("water_gas",))
    assert (solid.year, water.year) == (2020, 2020)


def test_named_rights() -> None:
    """Two mines whose county the text gives or implies, one with what 专栏九 prints of it."""
    underground, coal = plan().named_rights
    assert (underground.name, underground.county) == ("鞍钢集团弓长岭井下铁矿", GONGCHANGLING)
    assert (str(underground.capacity), underground.holder) == ("265 万吨", "鞍钢集团")
    assert (underground.mineral, underground.method) == ("铁矿", "underground")
    assert (coal.name, coal.county, coal.mineral, coal.capacity) == (
        "红阳三矿",
        DENGTA,
        "煤",
        None,
    )
    assert coal.reading == "inferred"


def test_the_register_has_the_published_numbers() -> None:
    """127 rights, 39 of them large or medium, 10 magnesite, 11 green."""
    rights = scenario().rights
    sizes = Counter(size_class(plan(), right)[0] for right in rights)
    assert len(rights) == 127
    assert sizes["large"] + sizes["medium"] == 39
    assert len(rights_of("菱镁矿")) == 10
    assert sum(right.green for right in rights) == 11
    # 11家生产矿山: green mines are running.
    assert all(right.status is Status.PRODUCING for right in rights if right.green)


def test_the_register_has_the_published_outputs() -> None:
    """4596.30 万吨 of solid ore, stone at its density, and 56.41 万立方米 of water in a year."""
    water = {one.name for one in plan().minerals if one.group == "water_gas"}
    solid = fluid = 0.0
    for right in scenario().rights:
        output = right.last_output
        if output is None:
            continue
        if right.mineral in water:
            fluid += output.to("万立方米")
        elif output.dimension == "mass":
            solid += output.to("万吨")
        else:
            density = right.density or 2.5
            solid += output.to("万立方米") * density
    assert solid == pytest.approx(4596.30, abs=0.005)
    assert fluid == pytest.approx(56.41, abs=0.005)


def test_the_register_mines_eighteen_minerals() -> None:
    """已开发利用矿产27种，现正在开发矿产18种: at most 27 on the register, 18 being mined."""
    on_register = {right.mineral for right in scenario().rights}
    mined = {right.mineral for right in scenario().rights if right.status is Status.PRODUCING}
    assert len(on_register) <= 27
    assert len(mined) == 18


def test_every_class_on_the_register_follows_from_its_capacity() -> None:
    """The class stated is the one the thresholds give: none is made up against its capacity."""
    for right in scenario().rights:
        assert size_class(plan(), replace(right, size_class=None))[0] == right.size_class, right


def test_base_outputs_of_the_scenario_are_the_registers() -> None:
    """What the two multiples are measured by is the register's own output, marked synthetic."""
    given = scenario().question.base_outputs
    assert set(given) == {"石灰石", "长石"}
    for product, figure in given.items():
        assert figure.amount.value == pytest.approx(output_of(product), abs=1e-4)
        assert figure.synthetic
    demand = scenario().question.demand
    assert demand["石灰石"].amount is not None
    assert demand["长石"].amount is not None
    assert demand["石灰石"].amount.value == pytest.approx(1.5 * output_of("石灰石"), abs=0.005)
    assert demand["长石"].amount.value == pytest.approx(3 * output_of("长石"), abs=1e-9)


def test_only_quarries_must_leave_by_2025() -> None:
    """Twelve small quarries below 20 万立方米 and a large one whose licence ends in 2024."""
    leaving = {
        right.licence: found.cause
        for right in scenario().rights
        if (found := departure(plan(), right)) is not None and found.year <= 2025
    }
    by_licence = {right.licence: right for right in scenario().rights}
    assert len(leaving) == 13
    assert {by_licence[one].mineral for one in leaving} <= SAND_STONE
    sizes = Counter(by_licence[one].size_class for one in leaving)
    assert sizes == {"small": 12, "large": 1}
    assert set(leaving.values()) <= {"new_tender", "existing_minimum"}


def test_iron_of_2020_is_below_what_is_forecast() -> None:
    """稳中有升: the synthetic 2020 raw ore lies below 2000 万吨, what may run above it."""
    iron = rights_of("铁矿")
    raw = sum(right.last_output.value for right in iron if right.last_output is not None)
    able = sum(
        right.capacity.value for right in iron if right.capacity is not None and may_produce(right)
    )
    assert 1500 < raw < 2000 < able


def test_mergers_are_marked_and_fit_their_minimums() -> None:
    """Members are magnesite rights; 30 万吨 on medium deposits, 10 on small; all assumed."""
    rights = {right.licence: right for right in scenario().rights}
    for merger in scenario().question.mergers:
        members = [rights[licence] for licence in merger.members]
        assert merger.assumed
        assert {member.mineral for member in members} == {"菱镁矿"}
        assert "合成" in merger.holder
        total = sum(member.capacity.value for member in members if member.capacity is not None)
        medium = any(member.deposit_class == "medium" for member in members)
        assert total >= (30 if medium else 10)
        assert f"{total:g}万吨/年" in merger.source


def test_everything_invented_says_so() -> None:
    """Only the named rights have fields from the plan, and every assumption is marked."""
    named = [right for right in scenario().rights if right.named]
    assert [right.name for right in named] == ["鞍钢集团弓长岭井下铁矿", "红阳三矿"]
    assert all(right.synthetic for right in scenario().rights)
    assert all(right.licence.startswith("SYN-LY-") for right in scenario().rights)
    question = scenario().question
    assert all(one.assumed for one in question.demand.values())
    assert all(one.assumed for one in question.figures.values())
    assert all(one.synthetic for one in question.extra_candidates)
    assert question.caps_from_above == ()
    quota = load_scenario("liaoyang", ("with_quota",)).question
    assert len(quota.caps_from_above) == 3
    assert all(one.assumed and "非真实文件" in one.document for one in quota.caps_from_above)
