"""Every figure of the Fangcheng plan, typed here a second time from its text."""

from __future__ import annotations

from functools import lru_cache

import pytest

from minequota.scenarios.audit.plan import recomputed
from minequota.scenarios.conversion import Ore, product_per_ore
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.synthesis.generator import library_plan

# 专栏2, the upper seven rows: mineral as printed, unit as printed, 2025年.
OUTPUT_TABLE = """
金矿 金属量千克 650
铅锌矿 矿石万吨 13
铁矿 矿石万吨 35
萤石矿 矿物量万吨 17
饰面石材 万立方米 80
建筑石料 矿石万吨 1500
钾长石 矿物万吨 10
"""
# What the units above count, and how they are written without it.
UNITS = {
    "金属量千克": ("metal", "千克"),
    "矿石万吨": ("ore", "万吨"),
    "矿物量万吨": ("mineral", "万吨"),
    "矿物万吨": ("mineral", "万吨"),
    "万立方米": ("block_stone", "万立方米"),
}

# 专栏4, row by row as printed: number, mineral, unit, large, medium, small.
SCALE_TABLE = """
1 金矿（岩金） 万吨 15 9 9
2 萤石（CaF2） 万吨 10 9 9
3 建筑石料 万吨 300 100 /
4 饰面用石材 万立方米 10 10 /
5 水泥用灰岩 万吨 100 50 30
6 冶金用石英岩 万吨 60 20 10
7 玻璃用石英岩 万吨 30 10 5
8 银矿 万吨 30 20 9
9 锌矿 万吨 100 30 10
10 铅矿 万吨 100 30 10
"""

# 专栏6: number, name, km², rights to be set.
ZONE_TABLE = """
1 方城县榆林坪建筑用大理岩集中开采区 10.996 3
2 方城县史家庄建筑用花岗岩集中开采区 5.61 1
3 方城县河沟建筑用安山岩集中开采区 2.4528 1
4 方城县柳河镇东坪建筑石料集中开采区 0.72 1
"""


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


def test_what_the_plan_is() -> None:
    """基期2020年, 规划期2025年; of April 2023, issued on 23 August 2023."""
    assert (plan().base_year, plan().target_year, plan().level) == (2020, 2025, "county")
    assert "二〇二三年四月" in plan().document
    assert "2023年8月23日" in plan().document
    assert [place.name for place in plan().counties] == ["方城县"]


@pytest.mark.parametrize("row", OUTPUT_TABLE.strip().splitlines())
def test_output_indicators(row: str) -> None:
    """Each of the seven outputs of 专栏2: all 预期性, all upper limits, in the basis printed."""
    mineral, unit, figure = row.split()
    product = mineral.replace("萤石矿", "萤石")
    (cap,) = [one for one in plan().caps if one.product == product]
    basis, bare = UNITS[unit]
    assert str(cap.amount) == f"{figure} {bare}"
    assert (cap.attribute, cap.sense, cap.county) == ("expected", "ceiling", None)
    assert (cap.basis or plan().product(product).basis) == basis
    assert cap.source.startswith("专栏2")
    assert 2025 in cap.years
    assert (cap.years.first, cap.years.last) == (2021, 2025)


def test_there_are_no_other_caps() -> None:
    """Seven outputs in 专栏2; 专栏5 repeats building stone with the same 1500."""
    assert len(plan().caps) == len(OUTPUT_TABLE.strip().splitlines())
    (stone,) = [one for one in plan().caps if one.product == "建筑石料"]
    assert "专栏5" in stone.source


def test_the_facing_stone_cap_is_read_as_blocks_and_says_so() -> None:
    """专栏2 prints 万立方米 and nothing else: blocks is a reading, not a figure of the text."""
    assert [cap.id for cap in plan().caps if cap.reading == "inferred"] == ["facing_stone"]


def test_number_and_ratio_of_mines() -> None:
    """专栏2: 固体矿山总数 ＜45, which is 44 at most; 大中型矿山比例 ≥40 %; both 预期性, of 2025."""
    (count,), (ratio,) = plan().counts, plan().ratios
    assert (count.limit, count.printed_as, count.sense) == (44, "＜45", "ceiling")
    assert set(count.scope.groups) == {"energy", "metal", "non_metal"}
    assert (ratio.share, ratio.printed_as, ratio.sense) == (0.40, "≥40", "floor")
    assert count.attribute == ratio.attribute == "expected"
    for one in (count, ratio):
        assert (one.years.first, one.years.last) == (2025, 2025)


@pytest.mark.parametrize("row", SCALE_TABLE.strip().splitlines())
def test_minimum_scale_rows(row: str) -> None:
    """Rows 1 to 10 of 专栏4: three cells in their unit, all of them of ore."""
    number, mineral, unit, *cells = row.split()
    (line,) = [one for one in plan().minimum_scales if one.source.endswith(f"序号{number}")]
    assert (line.mineral, line.method, line.basis) == (mineral, None, "ore")
    wanted = [cell if cell == "/" else f"{cell} {unit}" for cell in cells]
    assert [str(line.large), str(line.medium), str(line.small)] == wanted
    assert line.existing is None


@pytest.mark.parametrize(
    ("method", "cells"),
    [
        ("underground", ("100 万吨", "30 万吨", "5 万吨")),
        ("open_pit", ("200 万吨", "60 万吨", "5 万吨")),
    ],
)
def test_minimum_scale_of_iron(method: str, cells: tuple[str, ...]) -> None:
    """Row 11, 铁矿（地下开采/露天开采）: 100/200, 30/60, 5/5."""
    (line,) = [
        one
        for one in plan().minimum_scales
        if one.source.endswith("序号11") and one.method == method
    ]
    assert (str(line.large), str(line.medium), str(line.small)) == cells
    assert line.minerals == ("铁矿",)


def test_minimum_scale_table_as_a_whole() -> None:
    """Eleven rows, iron's twice; deposit sizes by 国土资发〔2000〕133号, for new mines."""
    assert len(plan().minimum_scales) == 10 + 2
    use = plan().minimum_scale_use
    assert use is not None
    assert (use.column_meaning, use.reading) == ("deposit_size", "stated")
    assert "国土资发〔2000〕133号" in use.note
    assert set(use.applies_to) == {"new", "converted"}


def test_lead_and_zinc_are_one() -> None:
    """专栏2 caps 铅锌矿, 专栏4 has 锌矿 and 铅矿 with the same figures."""
    lines = [one for one in plan().minimum_scales if "铅锌矿" in one.minerals]
    assert {one.mineral for one in lines} == {"铅矿", "锌矿"}
    assert len({(str(one.large), str(one.medium), str(one.small)) for one in lines}) == 1
    for word in ("铅矿", "锌矿"):
        found = plan().mineral(word)
        assert found is not None
        assert found.product == "铅锌矿"


@pytest.mark.parametrize("row", ZONE_TABLE.strip().splitlines())
def test_zones(row: str) -> None:
    """Each of the four zones of 专栏6: name, area, number of rights; no figure besides."""
    number, name, area, rights = row.split()
    (zone,) = [one for one in plan().zones if one.source == f"专栏6 砂石粘土集中开采区 {number}"]
    assert (zone.name, zone.area_km2, zone.rights) == (name, float(area), int(rights))
    assert zone.mineral is not None
    assert zone.mineral in name
    assert (zone.kind, zone.minimum, zone.maximum, zone.reserves) == ("zone", None, None, None)
    assert (zone.deposit_class, zone.authority) == (None, None)


def test_eleven_blocks() -> None:
    """设置开采规划区块11个: 建筑石料6个 (the zones' rights), 饰面石材3个, 落实省规划2个."""
    rights = {
        kind: sum(zone.rights for zone in plan().zones if zone.kind == kind)
        for kind in ("zone", "block")
    }
    assert rights == {"zone": 6, "block": 3 + 2}
    blocks = {zone.mineral: zone.rights for zone in plan().zones if zone.kind == "block"}
    assert blocks == {"饰面用石材": 3, None: 2}


def test_key_mining_areas() -> None:
    """专栏3: 黄家庄 and 古庄店, without areas or numbers of rights."""
    assert [(one.name, one.kind) for one in plan().areas] == [
        ("方城县黄家庄重点开采区", "key_mining_area"),
        ("方城县古庄店重点开采区", "key_mining_area"),
    ]
    assert {(one.area_km2, one.existing_rights, one.planned_rights) for one in plan().areas} == {
        (None, None, None)
    }


def test_directions() -> None:
    """重点开采地热等清洁能源，金、萤石等矿种…; nothing is restricted or banned."""
    (key,) = plan().directions
    assert key.kind == "key"
    assert key.names == (
        "地热等清洁能源",
        "金",
        "萤石",
        "战略性新兴产业矿产",
        "经济社会发展必须的建材矿产",
    )
    assert {mineral.name for mineral in plan().minerals if mineral.strategic} == {"萤石"}


def test_base_numbers() -> None:
    """采矿权40个: 大型7, 中型5, 小型28; 萤石11, 饰面用花岗岩7, 铅锌矿4, 其它18."""
    assert {one.id: one.number for one in plan().base_counts} == {
        "all": 40,
        "large": 7,
        "medium": 5,
        "small": 28,
        "fluorite": 11,
        "facing_granite": 7,
        "lead_zinc": 4,
        "other": 18,
    }
    (other,) = [one for one in plan().base_counts if one.id == "other"]
    named = {"萤石", "饰面用花岗岩", "铅锌矿"}
    assert set(other.minerals) == {one.name for one in plan().minerals} - named


def test_base_outputs() -> None:
    """2021: 178.9 万吨 from two building-stone mines; 75.99 万吨 of ore, about 23 万立方米."""
    found = [(str(one.amount), one.basis, one.year, one.rights) for one in plan().base_outputs]
    assert found == [
        ("178.9 万吨", "ore", 2021, 2),
        ("75.99 万吨", "ore", 2021, None),
        ("23 万立方米", "block_stone", 2021, None),
    ]


def test_the_block_yield_is_the_one_the_text_implies() -> None:
    """75.99 万吨 of ore become 23 万立方米 of blocks; practice is 18 to 26 %, not 80 %."""
    facing = plan().product("饰面石材")
    assert facing.density is not None
    assert facing.block_yield is not None
    assert facing.block_yield == pytest.approx(23 * facing.density / 75.99, abs=1e-5)
    assert 75.99 * product_per_ore(facing, "万吨", Ore()) == pytest.approx(23, abs=1e-3)
    assert facing.block_yield > 3 * 0.26


def test_contained_metal_and_mineral() -> None:
    """One 万吨 of gold ore at 3 g/t and 90 % is 27 kg; of fluorite ore at 50 % 0.5 万吨 CaF2."""
    gold, fluorite = plan().product("金矿"), plan().product("萤石")
    assert (gold.unit, gold.basis) == ("千克", "metal")
    assert product_per_ore(gold, "万吨", Ore(grade=3e-6)) == pytest.approx(1e7 * 3e-6 * 0.9)
    assert product_per_ore(fluorite, "万吨", Ore(grade=0.5)) == pytest.approx(0.5)
    for name in ("萤石", "钾长石"):
        product = plan().product(name)
        assert (product.basis, product.recovery, product.grade) == ("mineral", 1, None)


def test_assumptions_say_so() -> None:
    """The plan prints no grade, recovery, density or yield: every source begins with what it is."""
    for product in plan().products:
        for field in ("grade", "recovery", "density", "block_yield"):
            if getattr(product, field) is not None:
                source = getattr(product, f"{field}_source")
                assert source.startswith(("假设", "推断", "推算")), (product.name, field)


def test_no_right_is_named() -> None:
    """The text names no mine, no exit, no project and no figure from above."""
    silent = ("named_rights", "exits", "expansions", "conversions", "handed_down", "no_allotment")
    assert [name for name in silent if getattr(plan(), name)] == []


PRINTED = {
    # 现状与形势 第一节
    "deposits_by_size": (29, 4 + 2 + 23),
    "deposits_by_use": (29, 12 + 3 + 14),
    "deposits_by_exploration": (29, 2 + 17 + 10),
    "exploration_rights": (11, 6 + 2 + 1 + 1 + 1),
    "rights_by_mineral": (40, 11 + 7 + 4 + 18),
    "rights_by_size": (40, 7 + 5 + 28),
    # 2015年55个, 大型矿山增加2个, 小型矿山减少17个; 1:1.2:8.8 and 1.4:1:5.4
    "rights_since_2015": (40, 55 + 2 - 17),
    "large_to_medium_2020": (140, 100 * 7 / 5),
    "small_to_medium_2020": (540, 100 * 28 / 5),
    "small_to_large_2015": (880, 100 * (28 + 17) / (7 - 2)),
    "fund_projects": (7, 3 + 2 + 1 + 1),
    "new_deposits": (2, 1 + 1),
    "exploration_blocks": (8, 6 + 2),
    "mining_blocks": (11, 6 + 3 + 2),
    "zone_rights": (6, 3 + 1 + 1 + 1),
}


def test_printed_figures() -> None:
    """Every printed total and proportion, and what its parts give."""
    found = {one.id: (one.printed, pytest.approx(recomputed(one))) for one in plan().printed}
    assert found == PRINTED


def test_only_the_proportions_do_not_hold() -> None:
    """28 ÷ 5 is 5.6, not 5.4; going back to 2015 gives 1:1:9.0, not 1:1.2:8.8."""
    wrong = {
        one.id
        for one in plan().printed
        if abs(recomputed(one) - one.printed) > one.tolerance + 1e-9
    }
    assert wrong == {"small_to_medium_2020", "small_to_large_2015"}
    assert wrong < {one.id for one in plan().contradictions}


def test_the_proportions_fit_a_register_of_39() -> None:
    """1:1.2:8.8 of 55 is 5, 6, 44; with 2 large more and 17 small fewer 1.4:1:5.4 is 7, 5, 27."""
    before, after = (5, 6, 44), (7, 5, 27)
    assert (sum(before), sum(after)) == (55, 39)
    assert [round(one / before[0], 1) for one in before] == [1, 1.2, 8.8]
    assert [round(one / after[1], 1) for one in after] == [1.4, 1, 5.4]
    assert (after[0] - before[0], before[2] - after[2]) == (2, 17)
    (said,) = [one for one in plan().contradictions if one.id == "small_to_medium_2020"]
    assert any("合计39个" in figure for figure in said.figures)


def test_contradictions() -> None:
    """Three places where the plan says two things, each with the rule that chose."""
    assert {one.id: one.rule for one in plan().contradictions} == {
        "small_to_medium_2020": "reported_only",
        "small_to_large_2015": "reported_only",
        "ratio_over": "main_indicator",
    }


def test_every_fact_says_where_it_stands() -> None:
    """Sources name a box, or a chapter by its title and the section in it."""
    chapters = (
        "专栏",
        "现状与形势 第",
        "指导思想与目标 第",
        "矿产资源调查评价与勘查 第",
        "矿产资源开发利用与保护 第",
        "砂石土类矿产资源开发 第",
        "矿业绿色发展与矿山生态保护修复 第",
    )
    families = ("caps", "counts", "ratios", "minimum_scales", "zones", "areas", "directions")
    families += ("priorities", "base_counts", "base_outputs", "contradictions", "printed")
    for family in families:
        facts = getattr(plan(), family)
        assert facts, family
        assert [one.source for one in facts if not one.source.startswith(chapters)] == []


def test_names_inside_the_plan_resolve() -> None:
    """Scale rows and minerals that facts refer to exist."""
    minerals = {mineral.name for mineral in plan().minerals}
    lines = {line.id: line for line in plan().minimum_scales}
    for mineral in plan().minerals:
        if mineral.scale_row is not None:
            assert mineral.name in lines[mineral.scale_row].minerals
    for fact in (*plan().minimum_scales, *plan().directions, *plan().areas):
        assert set(fact.minerals) <= minerals
