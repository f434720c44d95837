"""Every figure of the Kaizhou plan, typed here a second time from its text."""

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
from minequota.scenarios.synthesis.generator import library_plan, library_register

DISTRICT = "开州区"

# 专栏1, the rows of 开采总量: mineral, unit, 2025, and the merged cell of 指标属性 they stand in.
OUTPUT_ROWS = """
建筑石料用灰岩 万吨 900 约束性
水泥用灰岩 万吨 200 约束性
铁 万吨 20 预期性
制灰用灰岩 万吨 500 预期性
建筑用砂岩 万吨 200 预期性
水泥配料用砂岩 万吨 60 预期性
陶瓷用砂岩 万吨 200 预期性
砖瓦用页岩 万吨 100 预期性
粉石英 万吨 50 预期性
石膏 万吨 30 预期性
地热 万立方米 10 预期性
矿泉水 万吨 20 预期性
"""

# 专栏3: mineral, unit, 最低开采规模.
SCALE_ROWS = """
铁 万吨 10
建筑石料用灰岩 万吨 20
水泥用灰岩 万吨 100
制灰用灰岩 万吨 20
建筑用砂岩 万吨 5
水泥配料用砂岩 万吨 10
陶瓷用砂岩 万吨 5
粉石英 万吨 5
石膏 万吨 10
砖瓦用页岩 万吨 5
地热 万立方米 5
矿泉水 万吨 5
"""

# 一（一）1: the 24 kinds found; 天然气 is counted nowhere in this library.
FOUND = [
    "煤",
    "天然气",
    "地热",
    "铁",
    "铜",
    "含钾岩石",
    "硫铁矿",
    "陶瓷土",
    "高岭土",
    "水泥用灰岩",
    "建筑石料用灰岩",
    "制灰用灰岩",
    "饰面用灰岩",
    "石膏",
    "粉石英",
    "滑石",
    "岩盐",
    "玻璃用砂岩",
    "水泥配料用砂岩",
    "陶瓷用砂岩",
    "砖瓦用页岩",
    "水泥配料用页岩",
    "砖瓦用黏土",
    "矿泉水",
]
# 一（一）1: the nine that are mined.
MINED = [
    "煤",
    "铁",
    "建筑石料用灰岩",
    "水泥用灰岩",
    "制灰用灰岩",
    "砖瓦用页岩",
    "水泥配料用砂岩",
    "建筑用砂岩",
    "石膏",
]


@lru_cache(maxsize=1)
def plan() -> Plan:
    return library_plan("kaizhou")


def library_cases() -> list[str]:
    """Return the names of the scenario's cases, which a loaded question no longer has."""
    path = files("minequota.scenarios.plans").joinpath("kaizhou", "scenario.yaml")
    return list(yaml.safe_load(path.read_text("utf-8"))["cases"])


def recomputed(one: Printed) -> float:
    """Return what the parts of a printed figure give."""
    if one.computed_from == "sum":
        return sum(one.parts)
    part, whole = one.parts
    return 100 * part / whole


def full(name: str) -> str:
    """Return the name this library gives a mineral."""
    mineral = plan().mineral(name)
    assert mineral is not None, name
    return mineral.name


@pytest.mark.parametrize("row", OUTPUT_ROWS.strip().splitlines())
def test_output_indicators(row: str) -> None:
    """专栏1: twelve yearly outputs, the first two 约束性, all ceilings of the whole period."""
    mineral, unit, figure, attribute = row.split()
    (cap,) = [one for one in plan().caps if one.product == full(mineral)]
    assert str(cap.amount) == f"{figure} {unit}"
    assert cap.attribute == {"约束性": "binding", "预期性": "expected"}[attribute]
    assert (cap.sense, cap.county, cap.main_indicator) == ("ceiling", None, True)
    assert (cap.years.first, cap.years.last) == (2021, 2025)
    assert cap.source.startswith("专栏1")
    assert plan().product(cap.product).unit == unit
    assert plan().product(cap.product).basis == "ore"


def test_there_are_no_other_caps() -> None:
    """Twelve rows of 开采总量, the two of 专栏2 being the same figures."""
    assert len(plan().caps) == len(OUTPUT_ROWS.strip().splitlines()) == 12
    assert [cap.product for cap in plan().caps if "专栏2" in cap.source] == [
        "建筑石料用灰岩",
        "水泥用灰岩",
    ]
    assert plan().handed_down == plan().no_allotment == ()


def test_number_and_ratio_of_mines() -> None:
    """专栏1: 38 mines and 60 %, both 约束性; the number is no target of one year."""
    (count,), (ratio,) = plan().counts, plan().ratios
    assert (count.limit, count.attribute, count.sense) == (38, "binding", "ceiling")
    assert (ratio.share, ratio.attribute, ratio.sense) == (0.60, "binding", "floor")
    assert (count.years.first, count.years.last) == (2021, 2025)
    assert (ratio.years.first, ratio.years.last) == (2025, 2025)


@pytest.mark.parametrize("row", SCALE_ROWS.strip().splitlines())
def test_minimum_scale_rows(row: str) -> None:
    """专栏3: one figure a mineral, whatever the size of the deposit."""
    mineral, unit, figure = row.split()
    (line,) = [one for one in plan().minimum_scales if one.mineral == mineral]
    assert {str(line.large), str(line.medium), str(line.small)} == {f"{figure} {unit}"}
    assert line.minerals == (full(mineral),)
    assert (line.existing, line.method, line.basis, line.level) == (None, None, "ore", "county")
    assert line.inferred == ()


def test_minimum_scale_table_as_a_whole() -> None:
    """Twelve rows, for admission: new, converted, merged and enlarged rights."""
    assert len(plan().minimum_scales) == len(SCALE_ROWS.strip().splitlines()) == 12
    use = plan().minimum_scale_use
    assert use is not None
    assert (use.column_meaning, use.reading) == ("single_figure", "inferred")
    assert use.applies_to == ("new", "converted", "merged", "enlarged")
    assert plan().special_minimums == plan().area_minimums == ()


def test_blocks() -> None:
    """三（二）: five and two blocks inside 洪岩沟—图草坪; 三（三）2: 47 in all, so forty more."""
    zones = {zone.code: zone for zone in plan().zones}
    assert {code: (zone.mineral, zone.rights) for code, zone in zones.items()} == {
        "KZHT1": ("建筑石料用灰岩", 5),
        "KZHT2": ("制灰用灰岩", 2),
        "KZQT": (None, 40),
    }
    assert sum(zone.rights for zone in plan().zones) == 47
    assert {zone.kind for zone in plan().zones} == {"block"}
    assert {zone.part_of for zone in plan().zones} == {"开州洪岩沟—图草坪集中开采区", ""}
    assert zones["KZQT"].reading == "inferred"
    for zone in plan().zones:
        assert (zone.county, zone.minimum, zone.maximum) == (DISTRICT, None, None)
        assert (zone.area_km2, zone.authority) == (None, None)
    assert all("25.8平方千米" in zones[code].note for code in ("KZHT1", "KZHT2"))


def test_capacity_of_the_zone() -> None:
    """三（二）: 建筑石料用灰岩矿年产能500万吨以内, of that mineral alone."""
    (limit,) = plan().zone_limits
    assert (limit.zones, limit.minerals) == (("KZHT1",), ("建筑石料用灰岩",))
    assert (limit.measure, limit.sense, str(limit.amount)) == ("capacity", "ceiling", "500 万吨")
    assert limit.attribute == "binding"


def test_directions() -> None:
    """三（一）: seven to be mined first, coal restricted, brick clay banned."""
    assert {one.kind: one.names for one in plan().directions} == {
        "key": (
            "建筑石料用灰岩",
            "水泥用灰岩",
            "制灰用灰岩",
            "建筑用砂岩",
            "水泥配料用砂岩",
            "砖瓦用页岩",
            "石膏",
        ),
        "restricted": ("煤",),
        "banned": ("砖瓦用黏土",),
    }
    assert all(one.names == one.minerals for one in plan().directions)


def test_minerals() -> None:
    """24 found, gas left out, and two that the list lacks: 建筑用砂岩 and 陶粒页岩."""
    assert len(FOUND) == 24
    named = {full(name) for name in FOUND if name != "天然气"} | {"建筑用砂岩", "陶粒页岩"}
    assert {mineral.name for mineral in plan().minerals} == named
    assert plan().mineral("天然气") is None
    assert not any(mineral.strategic for mineral in plan().minerals)


def test_sand_stone_and_clay() -> None:
    """Building stone, brick shale and brick clay; limestone for lime or cement is none."""
    assert {mineral.name for mineral in plan().minerals if mineral.sand_stone_clay} == {
        "建筑石料用灰岩",
        "建筑用砂岩",
        "砖瓦用页岩",
        "砖瓦用黏土",
    }


@pytest.mark.parametrize(
    ("mineral", "row"),
    [
        ("建筑石料用灰岩", "building_stone"),
        ("建筑用砂岩", "building_stone"),
        ("水泥用灰岩", "limestone"),
        ("制灰用灰岩", "limestone"),
        ("水泥配料用砂岩", "cement_sandstone"),
        ("陶瓷用砂岩", "glass_sand_sandstone"),
        ("粉石英", "silica_stone"),
    ],
)
def test_class_rows(mineral: str, row: str) -> None:
    """The rows of 国土资发〔2004〕208号 that decide the size of a new mine."""
    found = plan().mineral(mineral)
    assert found is not None
    assert found.class_row == row


def test_base_year() -> None:
    """一（一）1 and 一（二）: 28 = 2 + 10 + 16 (其余均为小型), 25 of building materials."""
    assert {one.id: (one.number, one.size_classes) for one in plan().base_counts} == {
        "all": (28, ()),
        "large": (2, ("large",)),
        "medium": (10, ("medium",)),
        "small": (16, ("small",)),
        "building_materials": (25, ()),
    }
    (building,) = [one for one in plan().base_counts if one.minerals]
    assert set(building.minerals) == {full(name) for name in MINED} - {"煤", "铁矿", "石膏"}
    assert plan().base_outputs == ()
    assert plan().named_rights == ()
    assert (plan().base_year, plan().target_year) == (2020, 2025)


def test_printed_figures() -> None:
    """67.8 % from 87 to 28, 42.9 % of 28, 24 kinds found, nine mined: all hold."""
    assert {one.id: one.printed for one in plan().printed} == {
        "decrease": 67.8,
        "base_ratio": 42.9,
        "minerals_found": 24,
        "minerals_mined": 9,
    }
    for one in plan().printed:
        assert abs(recomputed(one) - one.printed) <= one.tolerance + 1e-9
    parts = {one.id: one.parts for one in plan().printed}
    assert parts["decrease"] == (87 - 28, 87)
    assert parts["base_ratio"] == (2 + 10, 28)
    assert len(MINED) == sum(parts["minerals_mined"])


def test_contradictions() -> None:
    """28 rights and 47 blocks do not fit into 38; one mined mineral is not among those found."""
    assert {one.id: one.rule for one in plan().contradictions} == {
        "blocks_above_count": "stricter",
        "minerals_listed": "reported_only",
    }
    first = plan().contradictions[0]
    assert first.figures == ("基期矿山 28 个加开采规划区块 47 个为 75 个", "矿山数量 38 个以内")
    assert [name for name in MINED if full(name) not in map(full_or_none, FOUND)] == ["建筑用砂岩"]


def full_or_none(name: str) -> str | None:
    """Return the name this library gives a mineral, or None where it has none."""
    mineral = plan().mineral(name)
    return None if mineral is None else mineral.name


def test_every_fact_says_where_it_stands() -> None:
    """Sources name a chapter or a box of the text."""
    facts = [
        *plan().caps,
        *plan().counts,
        *plan().ratios,
        *plan().minimum_scales,
        *plan().zones,
        *plan().zone_limits,
        *plan().directions,
        *plan().priorities,
        *plan().base_counts,
        *plan().contradictions,
        *plan().printed,
    ]
    assert all(one.source[0] in "专一二三四五六" for one in facts)


def test_the_register_reproduces_the_published_totals() -> None:
    """28 rights by size and kind, two of building limestone inside the zone, all synthetic."""
    rights = library_register("kaizhou")
    sizes = Counter(size_class(plan(), right)[0] for right in rights)
    assert sizes == {"large": 2, "medium": 10, "small": 16}
    assert {right.mineral for right in rights} == {full(name) for name in MINED}
    others = [right.mineral for right in rights if right.mineral in {"煤", "铁矿", "石膏"}]
    assert len(rights) - len(others) == 25
    inside = [right for right in rights if right.zone]
    assert [(right.mineral, right.zone) for right in inside] == [("建筑石料用灰岩", "KZHT1")] * 2
    assert all(right.licence.startswith("SYN-KZ-") for right in rights)
    assert all(set(right.provenance.values()) == {Provenance.SYNTHETIC} for right in rights)


def test_stated_sizes_agree_with_the_settled_rows() -> None:
    """Where 国土资发〔2004〕208号 is settled, no synthetic right states another size."""
    for right in library_register("kaizhou"):
        decided, basis = size_class(plan(), replace(right, size_class=None))
        if basis == "table":
            assert decided == right.size_class, right.licence


def test_the_coal_right_waits_to_be_settled() -> None:
    """All coal mines leave, but the plan sets no year for it: expired, and no exit by deadline."""
    (coal,) = [right for right in library_register("kaizhou") if right.mineral == "煤"]
    assert coal.status is Status.EXPIRED
    assert coal.exit_by is None
    assert plan().exits == ()


def test_every_case_loads_and_every_invented_figure_says_so() -> None:
    """Demands, blocks and sizes are assumptions, and their sources say 假设."""
    question = load_scenario("kaizhou").question
    cases = library_cases()
    assert "calendar" in cases
    assert set(question.demand) == {cap.product for cap in plan().caps}
    for case in cases:
        asked = load_scenario("kaizhou", (case,)).question
        for demand in asked.demand.values():
            assert demand.assumed
            assert demand.source.startswith("假设")
        assert all(one.assumed for one in (*asked.mergers, *asked.expansions))
        assert all(
            one.synthetic and one.source.startswith("假设") for one in asked.extra_candidates
        )
    assert all(detail.assumed for detail in question.zone_details.values())
    assert sum(one.number for one in question.extra_candidates) <= 40
