"""The synthetic register of Dandong: published totals, plain marks, the same file every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from minequota.scenarios.classes import size_class
from minequota.scenarios.conversion import Ore
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.standing import forced_to_leave, may_produce
from minequota.scenarios.supply import in_product, largest_supply
from minequota.scenarios.synthesis.generator import (
    LIBRARY,
    library_plan,
    library_recipe,
    library_register,
    main,
    synthesize,
)
from minequota.scenarios.synthesis.recipe import Group
from minequota.scenarios.synthesis.totals import totals_missed


@lru_cache(maxsize=1)
def rights() -> tuple[Right, ...]:
    return library_register("dandong")


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("dandong")


def group_of(right: Right) -> str:
    mineral = plan().mineral(right.mineral)
    assert mineral is not None
    return mineral.group


def output(mineral: str) -> float:
    return round(
        sum(
            right.last_output.to("万吨")
            for right in rights()
            if right.mineral == mineral and right.last_output is not None
        ),
        6,
    )


def test_the_recipe_gives_the_packaged_file() -> None:
    """Byte for byte, so the register in the library is nobody's hand work."""
    made = format_register(rights()).encode("utf-8-sig")
    assert (LIBRARY / "dandong" / "mines.csv").read_bytes() == made


def test_check_tells_a_changed_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` is 0 on the recipe's own file, 1 on any other, and never writes."""
    monkeypatch.setattr("minequota.scenarios.synthesis.generator.LIBRARY", tmp_path)
    folder = tmp_path / "dandong"
    folder.mkdir()
    for name in ("plan.yaml", "register_recipe.yaml", "mines.csv"):
        (folder / name).write_bytes((LIBRARY / "dandong" / name).read_bytes())
    assert main(["dandong", "--check"]) == 0
    (folder / "mines.csv").write_text("changed", encoding="utf-8")
    assert main(["dandong", "--check"]) == 1
    assert (folder / "mines.csv").read_text(encoding="utf-8") == "changed"
    assert main(["dandong"]) == 0
    assert main(["dandong", "--check"]) == 0
    assert "differs" in capsys.readouterr().out


def test_numbers_of_rights() -> None:
    """330 = 9 large + 25 medium + 296 small, as 第一章第一节 has them."""
    assert len(rights()) == 330
    sizes = Counter(right.size_class for right in rights())
    assert sizes == {"large": 9, "medium": 25, "small": 296}


def test_large_and_medium_by_group() -> None:
    """Energy 1, metal 7, non-metal 26."""
    upper = Counter(group_of(right) for right in rights() if right.size_class != "small")
    assert upper == {"energy": 1, "metal": 7, "non_metal": 26}


@pytest.mark.parametrize(
    ("mineral", "total"),
    [("硼矿", 241.28), ("菱镁矿", 5.8), ("滑石", 0.1), ("煤", 0.0), ("钼矿", 0.0)],
)
def test_outputs_of_2020(mineral: str, total: float) -> None:
    """The outputs the plan prints, to the last hundredth, within every right's capacity."""
    assert output(mineral) == total
    for right in rights():
        if right.mineral == mineral:
            assert right.last_output is not None
            assert right.capacity is not None
            assert 0 <= right.last_output.value <= right.capacity.value


def test_only_rights_that_ran_had_an_output() -> None:
    """A right that stopped, ended or lies in the red line shows none for 2020."""
    for right in rights():
        if right.last_output is not None and right.last_output.value > 0:
            assert right.status is Status.PRODUCING


def test_key_areas_hold_their_rights() -> None:
    """专栏七: 4 gold rights in the one, 7 boron rights in the other."""
    inside = Counter((right.area, right.mineral) for right in rights() if right.area)
    assert inside == {("CZ21060000001", "金矿"): 4, ("CZ21060000002", "硼矿"): 7}


def test_a_missed_total_is_refused() -> None:
    """One right too many makes the generator refuse, naming every total it misses."""
    recipe = library_recipe("dandong")
    extra = Group.model_validate(
        {
            "mineral": "硼矿",
            "county": "凤城市",
            "size": "large",
            "unit": "万吨",
            "capacity": [10, 10],
            "step": 1,
            "states": {"stopped": 1},
        }
    )
    with pytest.raises(ValueError, match=r"矿山总数 is 331, not 330.*大型矿山 is 10, not 9"):
        synthesize(plan(), recipe.model_copy(update={"groups": (*recipe.groups, extra)}))


def test_totals_missed_reads_outputs_and_areas() -> None:
    """Taking one key-area right with an output away is seen in its output and its area."""
    gone = next(right for right in rights() if right.area == "CZ21060000002")
    rest = tuple(right for right in rights() if right != gone)
    text = "; ".join(totals_missed(plan(), rest))
    assert "output of 硼矿" in text
    assert "has 6 rights, not 7" in text


def test_another_seed_gives_another_register_with_the_same_totals() -> None:
    """The seed moves capacities and dates; the published totals stay."""
    other = synthesize(plan(), library_recipe("dandong").model_copy(update={"seed": 1}))
    assert [right.capacity for right in other] != [right.capacity for right in rights()]
    assert totals_missed(plan(), other) == []


def test_named_rights_have_three_fields_of_the_plan() -> None:
    """Name, county and mineral are the plan's; all else on them is marked synthetic."""
    named = [right for right in rights() if right.named]
    assert [right.name for right in named] == [one.name for one in plan().named_rights]
    for right in named:
        from_plan = {key for key, one in right.provenance.items() if one is Provenance.PLAN}
        assert from_plan == {"name", "county", "mineral"}
        assert right.origin("capacity") is Provenance.SYNTHETIC
        assert right.status is Status.PRODUCING
        assert right.origin("status") is Provenance.SYNTHETIC


def test_synthetic_rights_say_so_in_name_and_licence() -> None:
    """Nobody can take 合成矿山 or SYN- for a real mine; no field of theirs comes from the plan."""
    assert all(right.licence.startswith("SYN-DD-") for right in rights())
    for right in rights():
        if not right.named:
            assert right.name.startswith("合成矿山·")
            assert set(right.provenance.values()) == {Provenance.SYNTHETIC}


def test_districts_hold_named_rights_only() -> None:
    """第八章 lists every right of the three districts: 1, 0 and 9."""
    counties = Counter(right.county for right in rights())
    assert (counties["元宝区"], counties["振兴区"], counties["振安区"]) == (1, 0, 9)
    assert all(right.named for right in rights() if right.county in ("元宝区", "振安区"))


def test_stated_classes_agree_with_the_thresholds() -> None:
    """Where the national table or the plan's columns speak, the capacity is of the stated class."""
    for right in rights():
        computed, basis = size_class(plan(), replace(right, size_class=None))
        if basis != "assumed_small":
            assert computed == right.size_class, right


def test_the_loader_reads_the_register_back() -> None:
    """The library scenario holds the generated rights, all classes stated."""
    scenario = load_scenario("dandong")
    assert [(one.licence, one.capacity, one.status) for one in scenario.rights] == [
        (one.licence, one.capacity, one.status) for one in rights()
    ]
    assert {one.origin("size_class") for one in scenario.rights} == {Provenance.SYNTHETIC}


def test_magnesite_for_the_strict_reading() -> None:
    """Four in Kuandian, three in Fengcheng, small deposits of 10 to 20 万吨, all able to run."""
    scenario = load_scenario("dandong")
    found = [right for right in scenario.rights if right.mineral == "菱镁矿"]
    assert Counter(right.county for right in found) == {"宽甸满族自治县": 4, "凤城市": 3}
    for right in found:
        assert right.deposit_class == right.size_class == "small"
        assert right.capacity is not None
        assert 10 <= right.capacity.to("万吨") <= 20
        assert may_produce(right)


def test_capacity_reaches_the_splits_of_iron_and_boron() -> None:
    """Iron, as 62 % ore: 170 and 90 万吨; boron: 263 and 187; talc stays far below 58."""
    scenario = load_scenario("dandong")
    reach = {
        name: largest_supply(scenario, plan().product(name)) for name in ("铁矿", "硼矿", "滑石")
    }
    assert reach["铁矿"]["凤城市"] >= 170
    assert reach["铁矿"]["宽甸满族自治县"] >= 90
    assert reach["硼矿"]["凤城市"] >= 263
    assert reach["硼矿"]["宽甸满族自治县"] >= 187
    assert sum(reach["滑石"].values()) < 58


def test_six_small_quarries_cannot_be_renewed() -> None:
    """They alone are forced to leave, and none is green, large, medium or named."""
    scenario = load_scenario("dandong")
    forced = [
        right
        for right in scenario.rights
        if forced_to_leave(scenario.plan, right, scenario.question.year)
    ]
    assert len(forced) == 6
    for right in forced:
        mineral = plan().mineral(right.mineral)
        assert mineral is not None
        assert mineral.sand_stone_clay
        assert right.size_class == "small"
        assert not right.green
        assert not right.named


def test_many_rights_stand_still() -> None:
    """全市大部分矿山处于停产、半停产状态: more than half do not run."""
    still = sum(right.status not in (Status.PRODUCING, Status.BUILDING) for right in rights())
    assert still > 330 / 2
    assert sum(right.green for right in rights()) == 4


def stone_capacity() -> float:
    """Capacity in 万立方米 of the building-stone rights that may produce in 2025."""
    scenario, product = load_scenario("dandong"), plan().product("建筑石料")
    total = 0.0
    for right in scenario.rights:
        mineral = plan().mineral(right.mineral)
        if mineral is None or mineral.product != product.name or right.capacity is None:
            continue
        if may_produce(right):
            total += in_product(product, right.capacity, Ore(density=right.density)) or 0.0
    return total


@pytest.mark.parametrize(
    ("case", "per_head", "stone"), [("low", 3, 262.6), ("base", 4.3, 376.4), ("high", 5.6, 490.2)]
)
def test_stone_demand_is_what_its_source_says(case: str, per_head: float, stone: float) -> None:
    """2 188 436 people × t per head ÷ 2.5 t/m³, in 万立方米."""
    demand = load_scenario("dandong", cases=(case,)).question.demand["建筑石料"]
    assert demand.amount is not None
    assert demand.amount.to("万立方米") == stone == round(2188436 * per_head / 2.5 / 1e4, 1)
    assert f"人均{per_head:g}吨" in demand.source


def test_stone_demand_asks_for_two_five_and_eight_zone_rights() -> None:
    """Beyond the existing quarries, at 40 万立方米 a right: two, five and eight rights."""
    existing = stone_capacity()
    needed = [-(-(demand - existing) // 40) for demand in (262.6, 376.4, 490.2)]
    assert needed == [2, 5, 8]


@pytest.mark.parametrize(
    ("case", "boron", "iron", "talc"),
    [("low", 241.28, 120, 1), ("base", 301.6, 160, 3), ("high", 386, 200, 6)],
)
def test_other_demands(case: str, boron: float, iron: float, talc: float) -> None:
    """Boron 1, 1.25 and 1.6 times its 2020 output; iron 60, 80 and 100 % of 200."""
    demand = load_scenario("dandong", cases=(case,)).question.demand
    amounts = [demand[name].amount for name in ("硼矿", "铁矿", "滑石")]
    assert [one.to("万吨") for one in amounts if one is not None] == [boron, iron, talc]
    assert all(one.assumed for one in demand.values())
    assert demand["菱镁矿"].from_cap


def test_licences_of_expired_rights_have_ended() -> None:
    """Expired means ended by the end of the base year, and no other licence has."""
    for right in rights():
        assert right.licence_end is not None
        assert (right.status is Status.EXPIRED) == (right.licence_end <= date(2020, 12, 31))
