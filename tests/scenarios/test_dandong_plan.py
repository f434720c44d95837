"""Every figure of the Dandong plan, typed here a second time from its text."""

from __future__ import annotations

from functools import lru_cache

import pytest

from minequota.scenarios.audit.plan import recomputed
from minequota.scenarios.plan import Cap, Plan
from minequota.scenarios.synthesis.generator import library_plan

KUANDIAN, FENGCHENG, DONGGANG = "宽甸满族自治县", "凤城市", "东港市"
YUANBAO, ZHENXING, ZHENAN = "元宝区", "振兴区", "振安区"

# 专栏六, row by row as printed: number, mineral, unit, large, medium, small.
SCALE_TABLE = """
1 铁矿 万吨 100 30 10
2 铜矿 万吨 100 30 3
3 铅矿 万吨 100 30 10
4 锌矿 万吨 100 30 10
5 钼矿 万吨 100 50 10
6 金矿 万吨 15 6 3
7 银矿 万吨 30 20 5
8 菱镁矿 万吨 100 30 10
9 硫铁矿 万吨 50 20 5
10 重晶石 万吨 10 5 3
11 硼矿 万吨 10 7 5
12 石墨 万吨 1 0.6 0.3
13 滑石 万吨 10 8 3
14 石灰岩 万吨 100 50 30
15 石英岩 万吨 30 10 5
16 高岭土 万吨 10 5 3
17 建筑用砂石 万立方米 100 20 ×
18 饰面用石材 万立方米 5 3 1.5
19 地热 万立方米 20 10 7
20 矿泉水 万立方米 7 5 2
21 玉石 万吨 3 1 0.3
22 水镁石 万吨 10 5 2
23 冶金用脉石英 万吨 10 5 3
24 长石 万吨 10 5 3
25 方解石 万吨 15 10 5
26 绿泥石 万吨 8 5 3
"""

# 专栏八: last digits of the code, area, mineral, minimum, unit; the county the name begins with.
ZONE_TABLE = """
01 0.8213 建筑用花岗岩 20 万立方米 振安区
02 0.6461 建筑用花岗岩 20 万立方米 东港市
03 0.4916 建筑用花岗岩 20 万立方米 东港市
04 0.6083 建筑用花岗岩 20 万立方米 东港市
05 1.3474 建筑用花岗岩 20 万立方米 东港市
06 0.0411 建筑用花岗岩 20 万立方米 东港市
07 0.0182 建筑石料用灰岩 50 万吨 东港市
08 0.7002 建筑用玄武岩 20 万立方米 宽甸满族自治县
09 0.2057 建筑用玄武岩 20 万立方米 宽甸满族自治县
10 0.3332 建筑用玄武岩 20 万立方米 宽甸满族自治县
11 0.3991 建筑用白云岩 50 万吨 宽甸满族自治县
12 0.1741 建筑用花岗岩 20 万立方米 凤城市
13 0.6065 建筑石料用灰岩 50 万吨 凤城市
14 1.0492 建筑用花岗岩 20 万立方米 凤城市
15 2.406 建筑用花岗岩 20 万立方米 凤城市
16 0.6237 建筑用大理岩 20 万立方米 凤城市
17 0.3066 建筑石料用灰岩 50 万吨 凤城市
18 1.8629 建筑用大理岩 20 万立方米 凤城市
19 0.0654 建筑用花岗岩 20 万立方米 凤城市
20 1.035 建筑用花岗岩 20 万立方米 凤城市
21 0.21 建筑用花岗岩 20 万立方米 凤城市
"""

ZONE_NAMES = [
    "丹东市振安区九连城镇庙岭村建筑用花岗岩集中开采区",
    "东港市小甸子镇辛家沟集中开采区",
    "东港市龙王庙卧虎村至马家店江山头集中开采区",
    "东港市十字街镇牛圈沟集中开采区",
    "东港市合隆镇齐家堡沟口建筑用花岗岩集中开采区",
    "东港市黑沟镇柳沟村建筑用花岗岩集中开采区",
    "东港市黄土坎镇得胜村建筑石料用灰岩集中开采区",
    "宽甸满族自治县大川头镇圈场子倒木沟建筑用玄武岩集中开采区",
    "宽甸满族自治县青椅山镇梨树园子村一组建筑用玄武岩集中开采区",
    "宽甸满族自治县大川头镇圈场子村大歪沟建筑用玄武岩集中开采区",
    "宽甸满族自治县红石镇中蒿沟村建筑用白云岩集中开采区",
    "凤城市宝山镇白家村姜家堡子建筑用花岗岩集中开采区",
    "凤城市白旗镇后营村岔沟建筑石料用灰岩集中开采区",
    "凤城市沙里寨镇蔡家村建筑用花岗岩集中开采区",
    "辽宁省凤城市宝山镇大营村卡巴岭建筑用花岗岩集中开采区",
    "凤城市青城子镇青城子村建筑用大理岩集中开采区",
    "凤城市通远堡镇二道坊村建筑石料用灰岩集中开采区",
    "凤城市红旗镇三义庙村建筑用大理岩集中开采区",
    "凤城市东汤镇土城村建筑用花岗岩集中开采区",
    "凤城市宝山镇大营村建筑用花岗岩集中开采区",
    "凤城市宝山镇白家村建筑用花岗岩集中开采区",
]


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("dandong")


def one_cap(product: str, county: str | None, main: bool) -> Cap:
    found = [
        cap
        for cap in plan().caps
        if (cap.product, cap.county, cap.main_indicator) == (product, county, main)
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("product", "amount", "attribute"),
    [
        ("铁矿", "0.02 亿吨", "expected"),
        ("菱镁矿", "31 万吨", "binding"),
        ("硼矿", "450 万吨", "expected"),
        ("滑石", "58 万吨", "expected"),
    ],
)
def test_main_output_indicators(product: str, amount: str, attribute: str) -> None:
    """专栏一 caps four minerals; magnesite alone is 约束性, none is a target to reach."""
    cap = one_cap(product, None, main=True)
    assert (str(cap.amount), cap.attribute, cap.sense) == (amount, attribute, "ceiling")
    assert (cap.years.first, cap.years.last) == (2021, 2025)
    assert cap.source.startswith("专栏一")


@pytest.mark.parametrize(
    ("product", "county", "amount", "attribute"),
    [
        ("铁矿", KUANDIAN, "0.009 亿吨", "expected"),
        ("铁矿", FENGCHENG, "0.017 亿吨", "expected"),
        ("铁矿", None, "0.026 亿吨", "expected"),
        ("菱镁矿", KUANDIAN, "21 万吨", "binding"),
        ("菱镁矿", FENGCHENG, "10 万吨", "binding"),
        ("硼矿", KUANDIAN, "187 万吨", "expected"),
        ("硼矿", FENGCHENG, "263 万吨", "expected"),
        ("滑石", KUANDIAN, "49 万吨", "expected"),
        ("滑石", FENGCHENG, "3 万吨", "expected"),
        ("滑石", DONGGANG, "6 万吨", "expected"),
    ],
)
def test_county_decomposition(
    product: str, county: str | None, amount: str, attribute: str
) -> None:
    """The county table of 第六章第一节, its own iron total included."""
    cap = one_cap(product, county, main=False)
    assert (str(cap.amount), cap.attribute, cap.sense) == (amount, attribute, "ceiling")
    assert (cap.years.first, cap.years.last) == (2021, 2025)


def test_there_are_no_other_caps() -> None:
    """Four main indicators, nine county figures and one repeated total: fourteen."""
    assert len(plan().caps) == 14


@pytest.mark.parametrize(
    ("product", "counties", "attribute"),
    [
        ("铁矿", {DONGGANG, YUANBAO, ZHENXING, ZHENAN}, "expected"),
        ("菱镁矿", {DONGGANG, YUANBAO, ZHENXING, ZHENAN}, "binding"),
        ("硼矿", {DONGGANG, YUANBAO, ZHENXING, ZHENAN}, "expected"),
        ("滑石", {YUANBAO, ZHENXING, ZHENAN}, "expected"),
    ],
)
def test_blank_and_unlisted_counties(product: str, counties: set[str], attribute: str) -> None:
    """A blank cell (东港市) and a county without a column (three districts) allot nothing."""
    (blank,) = [one for one in plan().no_allotment if one.product == product]
    assert (set(blank.counties), blank.attribute) == (counties, attribute)
    assert blank.reading == "inferred"


def test_every_county_has_a_figure_or_an_inferred_zero() -> None:
    """The six counties are split between figures and blanks, none twice, for each mineral."""
    for product in ("铁矿", "菱镁矿", "硼矿", "滑石"):
        given = [cap.county for cap in plan().caps if cap.product == product and cap.county]
        blank = [c for one in plan().no_allotment if one.product == product for c in one.counties]
        assert sorted(given + blank) == sorted(place.name for place in plan().counties)


def test_number_and_ratio_of_mines() -> None:
    """专栏一: 320 mines and 12 %, both 预期性, at the end of 2025."""
    (count,), (ratio,) = plan().counts, plan().ratios
    assert (count.limit, count.attribute, count.sense) == (320, "expected", "ceiling")
    assert (ratio.share, ratio.attribute, ratio.sense) == (0.12, "expected", "floor")
    assert (count.years.first, ratio.years.last) == (2025, 2025)


@pytest.mark.parametrize("row", SCALE_TABLE.strip().splitlines())
def test_minimum_scale_rows(row: str) -> None:
    """Each of the 26 rows of 专栏六: three cells in their unit, and whose rule it is."""
    number, mineral, unit, *cells = row.split()
    lines = [line for line in plan().minimum_scales if line.source.endswith(f"序号{number}")]
    assert len(lines) == 1
    (line,) = lines
    assert line.mineral == mineral
    wanted = [cell if cell == "×" else f"{cell} {unit}" for cell in cells]
    assert [str(line.large), str(line.medium), str(line.small)] == wanted
    assert line.level == ("province" if int(number) <= 17 else "city")
    assert line.basis == ("mineral" if mineral == "石墨" else "ore")


@pytest.mark.parametrize(
    ("number", "minerals", "method", "cells"),
    [
        (1, ("铁矿",), "open_pit", ("200 万吨", "60 万吨", "30 万吨")),
        (6, ("金矿",), "open_pit", ("15 万吨", "9 万吨", "×")),
        (12, ("隐晶质石墨",), None, ("10 万吨", "8 万吨", "5 万吨")),
        (14, ("石灰岩",), None, ("100 万吨", "50 万吨", "20 万吨")),
    ],
)
def test_minimum_scales_in_the_remarks(
    number: int, minerals: tuple[str, ...], method: str | None, cells: tuple[str, ...]
) -> None:
    """The remarks give four more lines: open pits, cryptocrystalline graphite, other limestone."""
    (line,) = [one for one in plan().minimum_scales if one.source.endswith(f"序号{number} 备注")]
    assert (line.minerals, line.method) == (minerals, method)
    assert (str(line.large), str(line.medium), str(line.small)) == cells
    assert line.basis == "ore"
    assert line.level == "province"


def test_minimum_scale_table_as_a_whole() -> None:
    """26 rows and 4 lines from the remarks; iron's and gold's rows are for underground mines."""
    lines = {line.id: line for line in plan().minimum_scales}
    assert len(lines) == 30
    assert lines["iron"].method == lines["gold"].method == "underground"
    assert set(lines["quartzite"].minerals) == {"石英岩", "石英砂岩"}
    assert lines["limestone_cement"].minerals == ("水泥用石灰岩",)
    use = plan().minimum_scale_use
    assert use is not None
    assert (use.column_meaning, use.reading) == ("deposit_size", "inferred")
    assert use.applies_to == ("new", "merged", "enlarged")


def test_special_minimum_of_sand_and_stone() -> None:
    """第六章第六节: 新建、改扩建和延续 at least 20 万立方米/年, about 50 万吨/年."""
    (special,) = plan().special_minimums
    assert [str(amount) for amount in special.amounts] == ["20 万立方米", "50 万吨"]
    assert set(special.applies_to) == {"new", "merged", "enlarged", "renewed"}
    stones = {mineral.name for mineral in plan().minerals if mineral.product == "建筑石料"}
    assert stones <= set(special.minerals)
    assert {zone.mineral for zone in plan().zones} <= stones


@pytest.mark.parametrize(
    ("row", "name"), list(zip(ZONE_TABLE.strip().splitlines(), ZONE_NAMES, strict=True))
)
def test_zones(row: str, name: str) -> None:
    """Each of the 21 zones of 专栏八: area, mineral, one right, its minimum, its county."""
    digits, area, mineral, minimum, unit, county = row.split()
    (zone,) = [one for one in plan().zones if one.code == f"CS210600000{digits}"]
    assert (zone.name, zone.area_km2, zone.mineral) == (name, float(area), mineral)
    assert (zone.rights, str(zone.minimum), zone.county) == (1, f"{minimum} {unit}", county)
    assert zone.county in name
    assert zone.maximum is None
    assert zone.authority is None


def test_there_are_21_zones() -> None:
    """专栏八 has 21 rows: 10 in Fengcheng, 6 in Donggang, 4 in Kuandian, 1 in Zhen'an."""
    counties = [zone.county for zone in plan().zones]
    assert [counties.count(c) for c in (FENGCHENG, DONGGANG, KUANDIAN, ZHENAN)] == [10, 6, 4, 1]


@pytest.mark.parametrize(
    ("code", "name", "kind", "minerals", "area", "existing", "planned"),
    [
        (
            "CZ21060000001",
            "辽宁东港沙岗沟-元宝区黑沟",
            "key_mining_area",
            ("金矿",),
            65.5030,
            4,
            0,
        ),
        ("CZ21060000002", "辽宁宽甸三岔子-砬子沟", "key_mining_area", ("硼矿",), 218.6077, 7, 0),
        (
            "GK21060000001",
            "辽宁凤城白云-青城子",
            "national_mining_area",
            ("金矿", "锌矿"),
            596.9059,
            None,
            None,
        ),
        (
            "GK21060000002",
            "辽宁凤城翁泉沟-宽甸砖庙",
            "national_mining_area",
            ("硼矿",),
            358.8516,
            None,
            None,
        ),
    ],
)
def test_areas(
    code: str,
    name: str,
    kind: str,
    minerals: tuple[str, ...],
    area: float,
    existing: int | None,
    planned: int | None,
) -> None:
    """专栏七 and 专栏二: two key mining areas, two national ones."""
    (found,) = [one for one in plan().areas if one.code == code]
    assert (found.name, found.kind, found.minerals) == (name, kind, minerals)
    assert (found.area_km2, found.existing_rights, found.planned_rights) == (
        area,
        existing,
        planned,
    )


def test_new_mines_in_national_areas_are_medium_or_larger() -> None:
    """第四章第三节: 原则上新建矿山规模应达到中型以上, in both national areas."""
    assert {(one.area, one.size_class) for one in plan().area_minimums} == {
        ("GK21060000001", "medium"),
        ("GK21060000002", "medium"),
    }


def test_directions() -> None:
    """第四章第一节之二: what is to be mined first, what is restricted and what is banned."""
    names = {one.kind: one.names for one in plan().directions}
    assert names == {
        "key": ("硼", "金", "地热", "矿泉水", "水镁石", "饰面石材"),
        "restricted": ("湿地泥炭", "砂金等重砂矿物"),
        "banned": (
            "蓝石棉",
            "可耕地的砖瓦用粘土",
            "砷和放射性等有害物质超过规定标准的煤炭",
        ),
    }


def test_magnesite_mining_is_not_restricted() -> None:
    """Its exploration is (原则上限制勘查菱镁矿); its mining is under a cap only."""
    assert all("菱镁矿" not in one.minerals for one in plan().directions if one.kind != "key")


def test_strategic_minerals() -> None:
    """第三章第一节: 硼、金、石墨等战略性矿产, and no other mineral."""
    strategic = {mineral.name for mineral in plan().minerals if mineral.strategic}
    assert strategic == {"硼矿", "金矿", "砂金", "石墨", "隐晶质石墨"}


def test_base_year() -> None:
    """第一章第一节: 330 = 9 + 25 + 296; large and medium 1, 7 and 26 by group; outputs of 2020."""
    numbers = {(one.group, one.size_classes): one.number for one in plan().base_counts}
    assert numbers == {
        (None, ()): 330,
        (None, ("large",)): 9,
        (None, ("medium",)): 25,
        (None, ("small",)): 296,
        ("energy", ("large", "medium")): 1,
        ("metal", ("large", "medium")): 7,
        ("non_metal", ("large", "medium")): 26,
    }
    outputs = {one.mineral: (str(one.amount), one.year) for one in plan().base_outputs}
    assert outputs == {
        "煤": ("0 万吨", 2020),
        "钼矿": ("0 万吨", 2020),
        "硼矿": ("241.28 万吨", 2020),
        "菱镁矿": ("5.8 万吨", 2020),
        "滑石": ("0.1 万吨", 2020),
    }


def test_named_rights() -> None:
    """Only the rows marked 采矿权: one in 元宝区, nine in 振安区, none in 振兴区."""
    assert [(one.name, one.county, one.mineral, one.area_km2) for one in plan().named_rights] == [
        ("丹东市金帝矿业有限公司兴家沟金矿", YUANBAO, "金矿", 0.9915),
        ("丹东三鑫矿业有限责任公司", ZHENAN, "金矿", 1.2866),
        ("辽宁五龙黄金矿业有限责任公司", ZHENAN, "金矿", 6.499),
        ("丹东市振安区金矿", ZHENAN, "金矿", 0.3035),
        ("丹东市振安区峰圣石业有限公司", ZHENAN, "花岗岩", 0.0702),
        ("丹东市振安区鑫利石业有限公司", ZHENAN, "花岗岩", 0.2001),
        ("丹东市振安区兴裕石材有限公司", ZHENAN, "花岗岩", 0.0343),
        ("丹东昊翰矿业有限公司", ZHENAN, "花岗岩", 0.0363),
        ("丹东市鞍东石业有限公司", ZHENAN, "花岗岩", 0.1396),
        ("丹东恒绪矿业有限公司", ZHENAN, "花岗岩", 0.0458),
    ]


def test_printed_totals_hold_except_the_national_areas() -> None:
    """Of all printed sums one fails: 596.9059 + 358.8516 = 955.7575, and the text says 749.3."""
    wrong = {
        one.id: recomputed(one)
        for one in plan().printed
        if abs(recomputed(one) - one.printed) > one.tolerance + 1e-9
    }
    assert wrong == {"national_area_total": pytest.approx(955.7575)}


def test_printed_figures() -> None:
    """The totals and percentages as the text prints them."""
    assert {one.id: one.printed for one in plan().printed} == {
        "base_ratio": 10.3,
        "base_ratio_two_places": 10.30,
        "base_by_size": 330,
        "exploration_by_group": 269,
        "iron_decomposition": 0.026,
        "magnesite_decomposition": 31,
        "boron_decomposition": 450,
        "talc_decomposition": 58,
        "key_area_total": 284.1107,
        "national_area_total": 749.3,
        "key_exploration_area_total": 3548.4861,
        "exploration_blocks": 51,
        "exploration_blocks_by_authority": 51,
        "exploration_block_area": 146.6364,
        "yuanbao_rights": 2,
        "zhenan_rights": 15,
    }


def test_contradictions() -> None:
    """Four places where the plan says two things, each with the rule that chose."""
    assert {one.id: (one.rule, one.chosen) for one in plan().contradictions} == {
        "iron_total": ("stricter", "0.02 亿吨"),
        "national_area_total": ("reported_only", "面积不参与计算"),
        "mine_number": ("main_indicator", "320 个"),
        "ratio_about": ("main_indicator", "12%以上"),
    }


def test_rule_of_thumb_density() -> None:
    """20 万立方米 is about 50 万吨: 2.5 t/m³, the building stones' density."""
    assert plan().product("建筑石料").density == 50 / 20
    assert plan().product("铁矿").grade is None
    assert plan().product("铁矿").basis == "standard_iron_62"


def test_every_fact_says_where_it_stands() -> None:
    """Sources name a chapter or a box of the text, and the lost box titles are said to be lost."""
    facts = [
        *plan().caps,
        *plan().no_allotment,
        *plan().minimum_scales,
        *plan().zones,
        *plan().areas,
        *plan().directions,
        *plan().priorities,
        *plan().base_counts,
        *plan().base_outputs,
        *plan().named_rights,
    ]
    assert all(one.source.startswith(("专栏", "第")) for one in facts)
    tables = [cap.source for cap in plan().caps if cap.county is not None]
    assert all("题名缺失" in source for source in tables)


def test_priorities() -> None:
    """Six preferences, from green mines (第七章第二节) to strategic minerals (第三章第一节)."""
    assert {one.favours: one.source.split()[0] for one in plan().priorities} == {
        "green": "第七章第二节",
        "key_area": "第六章第四节",
        "large_medium": "第六章第三节",
        "national_area": "第四章第三节",
        "strategic": "第三章第一节",
        "key_mineral": "第四章第一节",
    }


def test_names_inside_the_plan_resolve() -> None:
    """Scale rows, minerals, counties and products that facts refer to exist."""
    minerals = {mineral.name for mineral in plan().minerals}
    lines = {line.id: line for line in plan().minimum_scales}
    for mineral in plan().minerals:
        if mineral.scale_row is not None:
            assert mineral.name in lines[mineral.scale_row].minerals
    for line in lines.values():
        assert set(line.minerals) <= minerals
    for direction in plan().directions:
        assert set(direction.minerals) <= minerals
