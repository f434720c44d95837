"""Every figure of the Liaoyang plan, typed here a second time from its text."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from minequota.scenarios.audit.plan import recomputed
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Cap, Count, Plan
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.synthesis.generator import library_plan

DENGTA, WENSHENG, LIAOYANG = "灯塔市", "文圣区", "辽阳县"
GONGCHANGLING, HONGWEI, TAIZIHE, BAITA = "弓长岭区", "宏伟区", "太子河区", "白塔区"
SAND_STONE = {
    "建筑石料用灰岩",
    "建筑用花岗岩",
    "建筑用大理岩",
    "建筑用安山岩",
    "建筑用白云岩",
    "建筑用砂",
    "砖瓦用页岩",
    "砖瓦用粘土",
    "可耕地砖瓦用粘土",
}

# 专栏十, row by row as printed: number, minerals, unit, large, medium, small, existing. A pair is
# open pit / underground, or the two kinds in the brackets; `blank` is a blank cell.
SCALE_TABLE = """
1 煤炭（露天/地下） 万吨 400/120 100/45 30/30 30/30
2 地下热水 立方米/日 800 400 40 ―
3 铁矿（露天/地下） 万吨 200/100 60/30 30/10 15/10
4 金矿（岩金）（露天/地下） 万吨 15/15 9/6 ×/3 ―
5 菱镁矿 万吨 100 30 10 10
6 冶金、水泥用天然石英砂 万吨 60 20 10 ―
7 石墨（晶质/隐晶质） 万吨 1/10 0.6/8 0.3/5 ―
8 滑石 万吨 10 8 3 ―
9 长石 万吨 20 5 2 ―
10 石膏 万吨 30 20 5 ―
11 石灰岩（水泥用/其他） 万吨 100/100 50/50 30/20 30/―
12 水泥配料用页岩 万吨 30 6 3 blank
13 建筑用砂石土 万立方米 100 20 × 20
14 矿泉水 立方米/日 400 200 20 ―
"""

# 专栏六: number, name, km², minerals as the plan file lists them, county.
KEY_AREAS = """
1 辽宁大石桥南楼－辽阳大安口重点开采区辽阳段（省级） 43.97 菱镁矿 辽阳县
2 辽宁辽阳县上韩家堡子－头道沟重点开采区（省级） 24.46 晶质石墨 辽阳县
3 辽阳灯塔市大北山－缸窑石灰石矿重点开采区（市级） 18.70 水泥用灰岩、熔剂用灰岩 灯塔市
4 辽阳文圣区宝镜山－棋盘山石灰石矿重点开采区（市级） 4.03 水泥用灰岩、熔剂用灰岩 文圣区
5 辽阳文圣区千山－双庙子石灰石矿重点开采区（市级） 12.22 水泥用灰岩、熔剂用灰岩 文圣区
6 辽阳弓长岭区汤河地热温泉重点开采区（市级） 1.19 地热、矿泉水 弓长岭区
7 辽阳市辽阳县长沟－小西沟长石矿重点开采区（市级） 4.12 长石 辽阳县
"""


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("liaoyang")


@lru_cache(maxsize=1)
def scenario() -> Scenario:
    return load_scenario("liaoyang", ("base",))


def cap(key: str) -> Cap:
    (found,) = [one for one in plan().caps if one.id == key]
    return found


def count(key: str) -> Count:
    (found,) = [one for one in plan().counts if one.id == key]
    return found


def test_counties() -> None:
    """第一章第一节: 辖五区、一市、一县."""
    names = {place.name for place in plan().counties}
    assert names == {BAITA, WENSHENG, HONGWEI, GONGCHANGLING, TAIZIHE, DENGTA, LIAOYANG}


def test_iron_stands_twice_and_in_two_units() -> None:
    """专栏一: 0.13 亿吨（62%）, expected; 第六章第一节: 预计…铁矿石 2000万吨/年以上."""
    standard, raw = cap("iron_standard"), cap("iron_raw_ore")
    assert (str(standard.amount), standard.basis) == ("0.13 亿吨", "standard_iron_62")
    assert (standard.attribute, standard.sense, standard.hoped) == ("expected", "ceiling", None)
    assert (standard.years.first, standard.years.last) == (2021, 2025)
    assert standard.main_indicator
    assert standard.source.startswith("专栏一")
    assert (str(raw.amount), raw.basis) == ("2000 万吨", "ore")
    assert (raw.attribute, raw.sense, raw.hoped) == ("expected", "forecast", "floor")
    assert (raw.years.first, raw.years.last) == (2025, 2025)
    assert not raw.main_indicator
    assert raw.source.startswith("第六章第一节")
    assert plan().product("铁矿").basis == "standard_iron_62"
    assert plan().product("铁矿").grade is None


@pytest.mark.parametrize(
    ("key", "product", "times"),
    [("feldspar_times_base", "长石", 3), ("limestone_times_base", "石灰石", 1.5)],
)
def test_multiples_of_a_base_nobody_prints(key: str, product: str, times: float) -> None:
    """第六章第一节: 长石开采总量为基期3倍，石灰石开采总量为基期的1.5倍, at the plan's end."""
    found = cap(key)
    assert (found.product, found.amount, found.times_base) == (product, None, times)
    assert (found.attribute, found.sense, found.hoped) == ("expected", "forecast", "floor")
    assert (found.years.first, found.years.last) == (2025, 2025)


def test_there_are_no_other_caps() -> None:
    """Two of iron, one of feldspar, one of limestone; none of a county, no blank allotment."""
    assert len(plan().caps) == 4
    assert all(one.county is None for one in plan().caps)
    assert plan().no_allotment == ()


def test_limestone_is_what_the_brackets_say() -> None:
    """石灰石（水泥、熔剂及建筑石料用灰岩）: one product of three minerals, other uses apart."""
    minerals = {one.name for one in plan().minerals if one.product == "石灰石"}
    assert minerals == {"水泥用灰岩", "熔剂用灰岩", "建筑石料用灰岩"}
    stone = plan().mineral("建筑石料用灰岩")
    assert stone is not None
    assert stone.sand_stone_clay


@pytest.mark.parametrize(
    ("product", "issuer"), [("菱镁矿", "省管理部门"), ("煤炭", "省煤炭主管部门")]
)
def test_what_the_province_hands_down(product: str, issuer: str) -> None:
    """第六章第一节: 菱镁矿按省下达的指标执行; 煤炭严格执行省煤炭主管部门下达的指标."""
    (found,) = [one for one in plan().handed_down if one.product == product]
    assert (found.attribute, found.years.first, found.years.last) == ("binding", 2021, 2025)
    assert found.issuer.startswith(issuer)
    assert not [one for one in plan().caps if one.product == product]


def test_number_and_ratio_of_mines() -> None:
    """专栏一: 120左右 个 and 40左右 %, both 预期性, at the end of 2025."""
    mines, (ratio,) = count("mine_count"), plan().ratios
    assert (mines.limit, mines.attribute, mines.sense) == (120, "expected", "about")
    assert (mines.tolerance, mines.printed_as) == (0.05, "控制在120个左右")
    assert (mines.years.first, mines.years.last) == (2025, 2025)
    assert mines.scope.minerals == ()
    assert (ratio.share, ratio.attribute, ratio.sense) == (0.40, "expected", "floor")
    assert (ratio.years.first, ratio.years.last, ratio.printed_as) == (2025, 2025, "提高到40%左右")


def test_magnesite_rights_and_groups() -> None:
    """第七章第一节: 到2023年底…由原来的10个减至5个; 到2025年…归并为2大菱镁矿业集团."""
    rights, (groups,) = count("magnesite_rights"), plan().holder_limits
    assert (rights.limit, rights.sense, rights.attribute) == (5, "ceiling", "expected")
    assert (rights.years.first, rights.years.last) == (2023, 2025)
    assert rights.scope.minerals == ("菱镁矿",)
    assert (groups.limit, groups.sense, groups.attribute) == (2, "ceiling", "expected")
    assert (groups.years.first, groups.years.last) == (2025, 2025)
    assert groups.scope.minerals == ("菱镁矿",)


@pytest.mark.parametrize(
    ("key", "county"),
    [
        ("sand_stone_baita", BAITA),
        ("sand_stone_wensheng", WENSHENG),
        ("sand_stone_hongwei", HONGWEI),
        ("sand_stone_gongchangling", GONGCHANGLING),
        ("sand_stone_taizihe", TAIZIHE),
        ("sand_stone_dengta", DENGTA),
        ("sand_stone_liaoyang_county", LIAOYANG),
        ("sand_stone_city", None),
    ],
)
def test_numbers_of_sand_and_stone_rights_are_not_printed(key: str, county: str | None) -> None:
    """第七章第二节: 不得超出县（市）区规定的数量指标, existing and new; no figure in the text."""
    found = count(key)
    assert (found.limit, found.sense, found.attribute) == (None, "ceiling", "binding")
    assert (found.scope.county, set(found.scope.minerals)) == (county, SAND_STONE)
    assert (found.years.first, found.years.last) == (2021, 2025)
    assert key in scenario().question.figures


def test_the_city_may_pool_the_counties() -> None:
    """市政府可以统筹所辖各县（市）区内采矿权投放总数: all seven."""
    assert set(count("sand_stone_city").pools) == {
        one.id for one in plan().counts if one.scope.county is not None
    }
    assert len(count("sand_stone_city").pools) == 7
    assert len(plan().counts) == 10


@pytest.mark.parametrize("row", SCALE_TABLE.strip().splitlines())
def test_minimum_scale_rows(row: str) -> None:
    """Each of the 14 rows of 专栏十, pairs taken apart, with the column for existing mines."""
    number, mineral, unit, *cells = row.split()
    lines = [one for one in plan().minimum_scales if one.source.endswith(f"序号{number}")]
    pairs = "/" in cells[0]
    assert len(lines) == (2 if pairs else 1)
    for position, line in enumerate(lines):
        assert mineral.startswith(line.mineral)
        for name, cell in zip(("large", "medium", "small", "existing"), cells, strict=True):
            part = cell.split("/")[position] if "/" in cell else cell
            wanted = {"×": "×", "―": "—", "blank": "—"}.get(part, f"{part} {unit}")
            assert str(getattr(line, name)) == wanted, (line.id, name)
        assert line.inferred == (("existing",) if "blank" in cells else ())
        if "露天/地下" in mineral:
            assert line.method == ("open_pit", "underground")[position]
        else:
            assert line.method is None
        assert line.basis == ("mineral" if line.id == "graphite" else "ore")


def test_minimum_scale_table_as_a_whole() -> None:
    """14 kinds new, 5 kinds existing (第六章第二节); five pairs make 19 lines."""
    lines = {one.id: one for one in plan().minimum_scales}
    assert len(lines) == 19
    numbers = {one.source.rsplit("序号", 1)[1] for one in lines.values()}
    assert len(numbers) == 14
    existing = {one.mineral for one in lines.values() if str(one.existing) != "—"}
    assert existing == {"煤炭", "铁矿", "菱镁矿", "石灰岩", "建筑用砂石土"}
    assert lines["limestone_cement"].minerals == ("水泥用灰岩",)
    assert "建筑石料用灰岩" not in lines["limestone_other"].minerals
    assert set(lines["sand_stone"].minerals) == SAND_STONE
    assert lines["graphite"].minerals == ("晶质石墨",)
    assert lines["graphite_cryptocrystalline"].minerals == ("隐晶质石墨",)
    use = plan().minimum_scale_use
    assert use is not None
    assert (use.column_meaning, use.reading, use.existing_by) == ("deposit_size", "inferred", None)
    assert set(use.applies_to) == {"new", "converted", "merged", "enlarged", "existing"}


def test_special_minimums() -> None:
    """20 万立方米 for new sand and stone; merged magnesite 30 万吨, on small deposits 10."""
    found = {
        one.id: (
            [str(amount) for amount in one.amounts],
            set(one.applies_to),
            set(one.deposit_classes),
            set(one.minerals),
        )
        for one in plan().special_minimums
    }
    assert found == {
        "sand_stone_new": (["20 万立方米"], {"new"}, set(), SAND_STONE),
        "magnesite_merged_medium": (["30 万吨"], {"merged"}, {"large", "medium"}, {"菱镁矿"}),
        "magnesite_merged_small": (["10 万吨"], {"merged"}, {"small"}, {"菱镁矿"}),
    }


def test_sand_and_stone_licences() -> None:
    """第七章第二节: 已设采矿权到期后应重新出让; 出让年限最短为5年，最长为10年."""
    (renewal,), (term,) = plan().renewals, plan().licence_terms
    assert (renewal.kind, set(renewal.minerals)) == ("new_tender", SAND_STONE)
    assert (term.least, term.most, set(term.minerals)) == (5, 10, SAND_STONE)
    assert {one.name for one in plan().minerals if one.sand_stone_clay} == SAND_STONE


def test_ten_zones() -> None:
    """第七章第二节: 灯塔市3个，文圣区2个、辽阳县5个; nothing else of them is printed."""
    zones = plan().zones
    assert Counter(one.county for one in zones) == {DENGTA: 3, WENSHENG: 2, LIAOYANG: 5}
    for zone in zones:
        assert (str(zone.minimum), zone.rights, zone.authority) == ("20 万立方米", 1, "county")
        assert (zone.mineral, zone.area_km2, zone.maximum, zone.reserves) == (None,) * 4
        assert (zone.deposit_class, zone.reading) == ("medium", "inferred")
        assert zone.name.endswith("（名称未载）")


def test_expansion_of_gongchangling() -> None:
    """专栏九之2: 由原来的 265万吨/年提高到 620万吨/年, 2023～2025年; yield from 2026 inferred."""
    (project,) = plan().expansions
    assert project.right == "鞍钢集团弓长岭井下铁矿"
    assert (str(project.capacity_from), str(project.capacity)) == ("265 万吨", "620 万吨")
    assert project.years is not None
    assert (project.years.first, project.years.last) == (2023, 2025)
    assert (project.yields_from, project.enlarges_area, project.reading) == (
        2026,
        False,
        "inferred",
    )


def test_conversion_of_pingdingshan() -> None:
    """专栏九之1: 52850千吨, 地下开采, 400万吨/年, 2024～2025年; county and grade not printed."""
    (project,) = plan().conversions
    assert project.name == "辽宁聚鑫矿业有限公司平顶山铁矿"
    assert (str(project.capacity), str(project.reserves)) == ("400 万吨", "52850 千吨")
    assert project.reserves is not None
    assert project.reserves.to("万吨") == 5285
    assert (project.method, project.mineral, project.authority) == (
        "underground",
        "铁矿",
        "province",
    )
    assert project.years is not None
    assert (project.years.first, project.years.last, project.yields_from) == (2024, 2025, 2026)
    assert project.reading == "inferred"
    assert "所在县区原文未载" in project.note
    assert "假设" in project.grade_source
    # 0.5285 亿吨 of lean iron ore: between 0.1 and 1 亿吨, a medium deposit.
    assert project.deposit_class == "medium"


@pytest.mark.parametrize("row", KEY_AREAS.strip().splitlines())
def test_key_mining_areas(row: str) -> None:
    """Each of the seven rows of 专栏六."""
    number, name, area, minerals, county = row.split()
    (found,) = [one for one in plan().areas if one.code == f"LY-ZK-{number}"]
    assert (found.name, found.area_km2, found.counties) == (name, float(area), (county,))
    assert (found.kind, found.minerals) == ("key_mining_area", tuple(minerals.split("、")))


@pytest.mark.parametrize(
    ("code", "name", "area", "minerals", "counties"),
    [
        ("LY-GK-1", "辽宁沈阳国家规划矿区（辽阳段）", 154.31, ("煤",), (DENGTA, TAIZIHE)),
        (
            "LY-NY-1",
            "辽宁鞍山齐大山－西鞍山能源资源基地（辽阳段）",
            25.59,
            ("铁矿",),
            (TAIZIHE, HONGWEI, LIAOYANG),
        ),
        (
            "LY-NY-2",
            "辽宁辽阳弓长岭－本溪南芬能源资源基地（辽阳段）",
            206.54,
            ("铁矿", "冶金用石英岩"),
            (GONGCHANGLING, DENGTA, LIAOYANG),
        ),
    ],
)
def test_national_areas(
    code: str, name: str, area: float, minerals: tuple[str, ...], counties: tuple[str, ...]
) -> None:
    """专栏二 and 专栏三, with the areas of 第四章第二节."""
    (found,) = [one for one in plan().areas if one.code == code]
    assert (found.name, found.area_km2, found.minerals) == (name, area, minerals)
    assert found.counties == counties
    assert len(plan().areas) == 10
    assert plan().area_minimums == ()


def test_directions() -> None:
    """第五章第二节: what is mined first, what is restricted, what is banned."""
    of_all_ways = [one for one in plan().directions if one.method is None]
    names = {one.kind: one.names for one in of_all_ways}
    assert names == {
        "key": (
            "煤炭",
            "铁",
            "石灰石",
            "地热",
            "矿泉水",
            "长石",
            "冶金用石英岩",
            "石膏",
            "晶质石墨",
        ),
        "restricted": ("湿地泥炭", "砂金等重砂矿物"),
        "banned": ("可耕地的砖瓦用粘土",),
    }
    # 第七章第一节: no new open pit of magnesite. Its exploration is restricted, not its mining.
    (pit,) = [one for one in plan().directions if "菱镁矿" in one.minerals]
    assert (pit.kind, pit.method) == ("banned", "open_pit")
    assert pit.source.startswith("第七章第一节")


def test_strategic_minerals() -> None:
    """第三章第一节 铁、煤炭、金; 第五章第二节 煤层气、铁、金、铜、银、晶质石墨、稀土."""
    strategic = {one.name for one in plan().minerals if one.strategic}
    assert strategic == {
        "煤",
        "煤层气",
        "铁矿",
        "金矿",
        "砂金",
        "铜矿",
        "银矿",
        "晶质石墨",
        "稀土",
    }


def test_priorities() -> None:
    """Five preferences; none for green mines, which the plan prefers nowhere."""
    assert {one.favours: one.source.split()[0] for one in plan().priorities} == {
        "key_area": "第五章第三节",
        "large_medium": "第五章第三节",
        "national_area": "第四章第二节",
        "strategic": "第三章第一节",
        "key_mineral": "第五章第二节",
    }
    (first,) = [one for one in plan().priorities if one.favours == "key_area"]
    assert "优先倾斜实行总量调控矿种的开采总量指标" in first.text


def test_printed_totals_hold_except_the_ratio_of_2015() -> None:
    """16.50 % of 242 mines is no whole number: 40 of them are 16.53 %, 39 are 16.12 %."""
    wrong = {
        one.id: recomputed(one)
        for one in plan().printed
        if abs(recomputed(one) - one.printed) > one.tolerance + 1e-9
    }
    assert wrong == {"ratio_of_2015": pytest.approx(100 * 40 / 242)}
    assert [round(100 * n / 242, 2) for n in (39, 40)] == [16.12, 16.53]


def test_printed_figures() -> None:
    """The totals and percentages as the text prints them."""
    assert {one.id: one.printed for one in plan().printed} == {
        "base_decline": 47.52,
        "base_ratio": 30.71,
        "ratio_of_2015": 16.50,
        "registered_area_share": 2.98,
        "minerals_with_reserves": 40,
        "exploration_rights_by_kind": 24,
        "exploration_rights_by_stage": 24,
        "restored_area": 881,
        "key_exploration_areas": 6,
        "key_exploration_area_total": 438.88,
        "key_areas": 7,
        "key_area_total": 108.69,
        "exploration_blocks": 6,
        "exploration_block_area": 138.33,
        "zones_by_county": 10,
    }
    assert {one.id: one.parts for one in plan().printed}["base_decline"] == (242 - 127, 242)


def test_contradictions() -> None:
    """Four places where the plan says two things, each with the rule that chose."""
    assert {one.id: one.rule for one in plan().contradictions} == {
        "steady_or_multiple": "reported_only",
        "existing_sand_stone": "stricter",
        "issue_in_key_areas": "reported_only",
        "exploration_area_level": "reported_only",
    }


def test_every_fact_says_where_it_stands() -> None:
    """Sources name a chapter or a box of the text."""
    facts = [
        *plan().caps,
        *plan().handed_down,
        *plan().counts,
        *plan().ratios,
        *plan().holder_limits,
        *plan().minimum_scales,
        *plan().zones,
        *plan().areas,
        *plan().directions,
        *plan().expansions,
        *plan().conversions,
        *plan().named_rights,
        *plan().contradictions,
        *plan().printed,
    ]
    assert all(one.source.startswith(("专栏", "第")) for one in facts)


def test_names_inside_the_plan_resolve() -> None:
    """Scale rows and minerals that facts refer to exist."""
    minerals = {mineral.name for mineral in plan().minerals}
    lines = {line.id: line for line in plan().minimum_scales}
    for mineral in plan().minerals:
        if mineral.scale_row is not None:
            assert mineral.name in lines[mineral.scale_row].minerals
    for line in lines.values():
        assert set(line.minerals) <= minerals
    for direction in plan().directions:
        assert set(direction.minerals) <= minerals
