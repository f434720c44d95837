"""Every figure of the Chaoyang County plan, typed here a second time from its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

import pytest
import yaml

from minequota.scenarios.classes import size_class
from minequota.scenarios.load import load_scenario
from minequota.scenarios.plan import Plan, Printed
from minequota.scenarios.right import Provenance, Status
from minequota.scenarios.standing import departure
from minequota.scenarios.synthesis.generator import library_plan, library_register

COUNTY = "朝阳县"
STONES = {"建筑石料用灰岩", "建筑用安山岩", "建筑石料用花岗岩", "建筑用玄武岩"}

# 专栏六, one line for each part of a pair: number, mineral, method, unit, large, medium, small,
# existing; ? a blank cell; <10 and <30 as printed.
SCALE_TABLE = """
1 油页岩 露天 万吨 200 50 10 —
2 铁 露天 万吨 200 60 30 15
2 铁 地下 万吨 100 30 10 10
3 锰 地下 万吨 10 5 3 —
4 钛 地下 万吨 10 5 1 —
5 钼 地下 万吨 100 50 10 —
6 岩金 地下 万吨 15 6 3 —
7 铜矿 地下 万吨 100 30 3 —
8 石灰岩/水泥用 露天 万吨 100 50 30 30
8 石灰岩/其它 露天 万吨 100 50 20 —
9 膨润土 露天 万吨 10 5 ? —
10 珍珠岩 露天 万吨 10 5 3 —
11 玻璃用石英岩 露天 万吨 30 10 5 —
12 高岭土 露天 万吨 10 5 3 —
13 耐火粘土 露天 万吨 20 10 <10 —
14 白云岩 露天 万吨 50 30 <30 —
15 矿泉水 地下 立方米/日 400 200 20 —
16 地热（热水） 地下 立方米/日 800 400 40 —
17 饰面用石材 露天 万立方米 1 0.5 0.3 —
18 建筑用石料类 露天 万立方米 100 20 ? 20
"""

# 专栏五: number, area, mineral, rights, minimum in 万立方米.
ZONE_TABLE = """
1 0.4458 建筑石料用灰岩 1 20
2 0.3412 建筑石料用灰岩 1 20
3 0.2294 建筑用安山岩 1 20
4 0.0461 建筑石料用花岗岩 1 20
5 0.4048 建筑石料用灰岩 1 20
6 0.5340 建筑用玄武岩 1 20
7 2.5466 建筑石料用灰岩 1 20
8 0.5095 建筑石料用花岗岩 1 20
"""

ZONE_NAMES = [
    "朝阳县南双庙乡南双庙村建筑石料用灰岩集中开采区",
    "朝阳县六家子镇百户营子村建筑用灰岩集中开采区",
    "朝阳县大庙镇水泉村建筑用安山岩集中开采区",
    "朝阳县清风岭镇老窝铺村建筑石料用花岗岩（花岗闪长斑岩）集中开采区",
    "朝阳县杨树湾镇梁东村建筑石料用灰岩集中开采区",
    "朝阳县尚志乡范家沟村建筑用玄武岩集中开采区",
    "朝阳县波罗赤镇南洼村建筑石料用灰岩集中开采区",
    "朝阳县东大屯乡洞子沟村建筑石料用花岗岩（花岗闪长玢岩）集中开采区",
]


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("chaoyang")


def library_cases() -> list[str]:
    """Return the names of the scenario's cases, which a loaded question no longer has."""
    path = files("minequota.scenarios.plans").joinpath("chaoyang", "scenario.yaml")
    return list(yaml.safe_load(path.read_text("utf-8"))["cases"])


def recomputed(one: Printed) -> float:
    """Return what the parts of a printed figure give."""
    if one.computed_from == "sum":
        return sum(one.parts)
    part, whole = one.parts
    return 100 * part / whole


def test_iron_is_the_one_cap() -> None:
    """专栏一: 年开采量：铁（62%）（矿石量）0.07 亿吨, 预期性."""
    (cap,) = plan().caps
    assert (cap.product, str(cap.amount), cap.county) == ("铁矿", "0.07 亿吨", None)
    assert (cap.attribute, cap.sense, cap.main_indicator) == ("expected", "ceiling", True)
    assert (cap.years.first, cap.years.last) == (2021, 2025)
    assert cap.amount is not None
    assert cap.amount.to("万吨") == 700
    assert plan().product("铁矿").basis == "standard_iron_62"
    assert plan().handed_down == plan().no_allotment == ()


def test_numbers_of_mines() -> None:
    """专栏一: about 50 in all; 第五章第三节: sand, stone and clay at most 8 at the period's end."""
    counts = {one.id: one for one in plan().counts}
    every, sand = counts.pop("mine_count"), counts.pop("sand_stone_clay_count")
    assert counts == {}
    assert (every.limit, every.attribute, every.sense) == (50, "expected", "about")
    assert every.tolerance == 0.1
    assert "假设" in every.note
    assert every.printed_as == "50个左右"
    assert (sand.limit, sand.attribute, sand.sense) == (8, "binding", "ceiling")
    assert set(sand.scope.minerals) == {m.name for m in plan().minerals if m.sand_stone_clay}
    assert {one.years.first for one in plan().counts} == {2025}
    assert {one.years.last for one in plan().counts} == {2025}


def test_ratio_of_mines() -> None:
    """专栏一: 30 %, 预期性, at the period's end."""
    (ratio,) = plan().ratios
    assert (ratio.share, ratio.attribute, ratio.sense) == (0.3, "expected", "floor")
    assert (ratio.years.first, ratio.years.last) == (2025, 2025)


@pytest.mark.parametrize("row", SCALE_TABLE.strip().splitlines())
def test_minimum_scale_rows(row: str) -> None:
    """专栏六, a line for each method and kind; blanks forbid, <10 and <30 ask nothing."""
    number, name, method, unit, *cells = row.split()
    mineral, _, variant = name.partition("/")
    found = [
        line
        for line in plan().minimum_scales
        if line.mineral == mineral
        and line.method == {"露天": "open_pit", "地下": "underground"}[method]
        and (not variant or line.variant == variant)
    ]
    assert len(found) == 1
    (line,) = found
    assert line.source.split("序号")[1].split("（")[0] == number

    def read(cell: str) -> str:
        if cell == "?":
            return "×"
        return "—" if cell == "—" or cell.startswith("<") else f"{cell} {unit}"

    wanted = [read(cell) for cell in cells]
    assert [str(line.large), str(line.medium), str(line.small), str(line.existing)] == wanted
    odd = cells[2] == "?" or cells[2].startswith("<")
    assert (("small" in line.inferred) and bool(line.note)) == (odd or unit == "立方米/日")


def test_minimum_scale_table_as_a_whole() -> None:
    """18 rows, two of them pairs: 20 lines; two columns decide, size of deposit and existing."""
    lines = {line.id: line for line in plan().minimum_scales}
    assert len(lines) == 20
    assert {line.basis for line in lines.values()} == {"ore"}
    assert lines["limestone_cement"].minerals == ("水泥用灰岩",)
    assert lines["limestone_other"].minerals == ("石灰岩",)
    assert set(lines["building_stone"].minerals) == STONES
    use = plan().minimum_scale_use
    assert use is not None
    assert (use.column_meaning, use.reading) == ("deposit_size", "inferred")
    assert use.applies_to == ("new", "converted", "merged", "enlarged", "existing")
    assert use.existing_by is None


@pytest.mark.parametrize(("line", "printed"), [("mineral_water", 400), ("geothermal", 800)])
def test_the_unit_slip_of_the_waters(line: str, printed: int) -> None:
    """专栏六 prints 万吨 for both; read as 立方米/日, both readings in the note."""
    (found,) = [one for one in plan().minimum_scales if one.id == line]
    assert str(found.large) == f"{printed} 立方米/日"
    assert found.reading == "inferred"
    assert "万吨" in found.note
    assert "立方米/日" in found.note
    assert any(one.id == "water_units" for one in plan().contradictions)


def test_special_minimums() -> None:
    """第五章第三节: 20 万立方米, about 50 万吨, renewals too; 第五章第四节 for new clay pits."""
    special = {one.id: one for one in plan().special_minimums}
    stone, clay = special.pop("sand_and_stone"), special.pop("clay")
    assert special == {}
    assert [str(amount) for amount in stone.amounts] == ["20 万立方米", "50 万吨"]
    assert set(stone.applies_to) == {"new", "merged", "enlarged", "renewed"}
    assert set(stone.minerals) >= STONES
    assert ([str(amount) for amount in clay.amounts], clay.applies_to) == (
        ["20 万立方米"],
        ("new",),
    )
    assert plan().product("建筑石料").density == 50 / 20


@pytest.mark.parametrize(
    ("row", "name"), list(zip(ZONE_TABLE.strip().splitlines(), ZONE_NAMES, strict=True))
)
def test_zones(row: str, name: str) -> None:
    """专栏五: eight zones, one right each, at least 20 万立方米 a year."""
    number, area, mineral, rights, minimum = row.split()
    (zone,) = [one for one in plan().zones if one.code == f"CYJZ{number}"]
    assert (zone.name, zone.area_km2, zone.mineral) == (name, float(area), mineral)
    assert (zone.rights, str(zone.minimum)) == (int(rights), f"{minimum} 万立方米")
    assert (zone.kind, zone.county, zone.maximum, zone.authority) == ("zone", COUNTY, None, None)
    assert zone.source.endswith(f"序号{number}")


def test_the_block_of_the_province() -> None:
    """第五章第二节: one block for a strategic or other metal mineral, which one is not said."""
    (block,) = [zone for zone in plan().zones if not zone.code.startswith("CYJZ")]
    assert (block.rights, block.mineral, block.kind) == (1, None, "block")
    assert block.minimum is None
    assert sum(zone.rights for zone in plan().zones) == 9


@pytest.mark.parametrize(
    ("code", "name", "kind", "mineral"),
    [
        ("CZ1", "辽宁建平南沟—董家林（省级）", "key_mining_area", "铁矿"),
        ("CYGH1", "辽宁凌源野猪沟—建平新城", "national_mining_area", "铁矿"),
        ("CYGH2", "辽宁葫芦岛—朝阳瓦房子", "national_mining_area", "锰矿"),
        ("CYGH3", "辽宁北票宝国—朝阳大庙", "national_mining_area", "铁矿"),
    ],
)
def test_areas(code: str, name: str, kind: str, mineral: str) -> None:
    """专栏三 has one key area, 专栏四 three national ones; neither prints an area."""
    (area,) = [one for one in plan().areas if one.code == code]
    assert (area.name, area.kind, area.minerals) == (name, kind, (mineral,))
    assert (area.area_km2, area.existing_rights, area.planned_rights) == (None, None, None)
    assert len(plan().areas) == 4


def test_the_key_area_says_what_may_not_be_built_in_it() -> None:
    """第三章第一节: no new small open pits on gold or bentonite there."""
    (area,) = [one for one in plan().areas if one.kind == "key_mining_area"]
    (least,) = plan().area_minimums
    assert least.area == area.code
    assert (least.minerals, least.method) == (("金矿", "膨润土"), "open_pit")
    assert (least.size_class, least.attribute) == ("medium", "binding")
    assert least.source.startswith("第三章第一节")


def test_directions() -> None:
    """第五章第一节之一: what is to be mined first, what is restricted; nothing is banned."""
    assert {one.kind: one.names for one in plan().directions} == {
        "key": ("地热", "锰", "金", "铁", "钼", "水泥用灰岩", "膨润土", "矿泉水"),
        "restricted": ("湿地泥炭", "砂金"),
    }


def test_strategic_minerals() -> None:
    """第二章第三节: 锰、金、铁、钼等战略性矿产."""
    strategic = {mineral.name for mineral in plan().minerals if mineral.strategic}
    assert strategic == {"锰矿", "金矿", "铁矿", "钼矿"}


def test_priorities() -> None:
    """Six preferences, each with its chapter."""
    assert {one.favours: one.source.split()[0] for one in plan().priorities} == {
        "key_area": "第五章第二节",
        "national_area": "第三章第二节",
        "large_medium": "第三章第一节",
        "strategic": "第五章第二节",
        "key_mineral": "第五章第一节",
        "green": "第六章第二节",
    }


def test_base_year() -> None:
    """第一章第二节之四: 49 = 10 + 39."""
    assert {one.size_classes: one.number for one in plan().base_counts} == {
        (): 49,
        ("large", "medium"): 10,
        ("small",): 39,
    }
    assert plan().base_outputs == ()


def test_named_rights() -> None:
    """Three metal mines and a limestone company, named in passing: read as rights of the county."""
    assert [(one.name, one.mineral) for one in plan().named_rights] == [
        ("振兴钼矿", "钼矿"),
        ("海玉通铁矿", "铁矿"),
        ("顺和铁矿", "铁矿"),
        ("山水集团东鑫矿业", "水泥用灰岩"),
    ]
    assert {one.reading for one in plan().named_rights} == {"inferred"}
    assert {one.capacity for one in plan().named_rights} == {None}


def test_printed_figures() -> None:
    """20.41 %, 49, 0.21 %, 11 blocks and 8 zones: all hold."""
    printed = {one.id: one for one in plan().printed}
    assert {key: one.printed for key, one in printed.items()} == {
        "base_ratio": 20.41,
        "base_by_size": 49,
        "exploration_area_share": 0.21,
        "exploration_blocks": 11,
        "zone_rights": 8,
    }
    assert printed["base_ratio"].parts == (10, 49)
    assert printed["exploration_area_share"].parts == (7.91, 3758)
    assert printed["exploration_blocks"].parts == (2, 9)
    for one in plan().printed:
        assert abs(recomputed(one) - one.printed) <= one.tolerance + 1e-9


def test_contradictions() -> None:
    """49 + 8 + 1 against about 50; eight zones and existing rights against 8; the waters' unit."""
    found = {one.id: one for one in plan().contradictions}
    assert {key: one.rule for key, one in found.items()} == {
        "rights_above_count": "main_indicator",
        "sand_stone_clay_number": "stricter",
        "water_units": "reported_only",
    }
    assert "58 个" in found["rights_above_count"].figures[0]


def test_every_fact_says_where_it_stands() -> None:
    """Sources name a chapter or a box of the text."""
    facts = [
        *plan().caps,
        *plan().counts,
        *plan().ratios,
        *plan().minimum_scales,
        *plan().special_minimums,
        *plan().zones,
        *plan().areas,
        *plan().directions,
        *plan().priorities,
        *plan().base_counts,
        *plan().named_rights,
        *plan().contradictions,
        *plan().printed,
    ]
    assert all(one.source.startswith(("专栏", "第")) for one in facts)


def test_the_register_reproduces_the_published_totals() -> None:
    """49 rights, 10 large or medium; the four named first, with name, county, mineral from it."""
    rights = library_register("chaoyang")
    sizes = Counter(size_class(plan(), right)[0] for right in rights)
    assert sizes["large"] + sizes["medium"] == 10
    assert sizes["small"] == 39
    assert [right.name for right in rights[:4]] == [one.name for one in plan().named_rights]
    for right in rights:
        from_plan = {key for key, origin in right.provenance.items() if origin is Provenance.PLAN}
        assert from_plan == ({"name", "county", "mineral"} if right in rights[:4] else set())
        assert right.licence.startswith("SYN-CY-")


def test_the_register_follows_the_text() -> None:
    """第一章第三节: most mines stand still or half still; two are green."""
    rights = library_register("chaoyang")
    still = [right for right in rights if right.status is not Status.PRODUCING]
    assert 2 * len(still) > len(rights)
    assert sum(right.green for right in rights) == 2


def test_stated_sizes_agree_with_the_settled_rows() -> None:
    """Where 国土资发〔2004〕208号 is settled, no synthetic right states another size."""
    for right in library_register("chaoyang"):
        decided, basis = size_class(plan(), replace(right, size_class=None))
        if basis in ("table", "plan_fallback"):
            assert decided == right.size_class, right.licence


def test_sand_and_stone_of_the_register() -> None:
    """Nine, one above the eight: three reach 20 万立方米, six must go by 2025 at the latest."""
    rights = [right for right in library_register("chaoyang") if right.mineral in STONES]
    assert len(rights) == 9
    leaving = {right.licence: departure(plan(), right) for right in rights}
    gone = [one for one in leaving.values() if one is not None]
    assert len(gone) == 6
    assert Counter(one.cause for one in gone) == {"renewal_minimum": 5, "existing_minimum": 1}
    assert max(one.year for one in gone) == 2025


def test_one_iron_mine_lies_below_the_column_for_existing_mines() -> None:
    """专栏六 asks 15 万吨 of existing open pits and 10 of underground mines."""
    below = []
    for right in library_register("chaoyang"):
        if right.mineral == "铁矿" and (found := departure(plan(), right)) is not None:
            below.append((right.method, found.cause, found.year))
    assert below == [("underground", "existing_minimum", 2025)]


def test_every_case_loads_and_every_invented_figure_says_so() -> None:
    """Demands, sizes, distances and costs are assumptions, and their sources say 假设."""
    question = load_scenario("chaoyang").question
    cases = library_cases()
    assert "calendar" in cases
    assert set(question.demand) >= {cap.product for cap in plan().caps}
    for case in cases:
        asked = load_scenario("chaoyang", (case,)).question
        for demand in asked.demand.values():
            assert demand.assumed
            assert demand.source.startswith("假设")
            assert all(one.assumed for one in demand.by_product_from)
        assert all(one.assumed for one in (*asked.mergers, *asked.expansions, *asked.conversions))
        assert all(one.synthetic for one in asked.extra_candidates)
        assert asked.transport is None or asked.transport.assumed
        assert asked.costs is None or asked.costs.assumed
    assert all(detail.assumed for detail in question.zone_details.values())


def test_stone_wanted_by_head() -> None:
    """第一章第一节: 55.25 万 inhabitants; 11 t each at 2.5 t/m³ are 243.1 万立方米."""
    for case, tonnes in (("low", 7), ("base", 11), ("high", 14)):
        amount = load_scenario("chaoyang", (case,)).question.demand["建筑石料"].amount
        assert amount is not None
        assert amount.value == pytest.approx(55.25 * tonnes / 2.5)
