"""Size classes: the settled rows of the national table, what stands in, and the boundary."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import pytest
from builders import minimum_scale, right, tiny_plan

from minequota.scenarios.classes import (
    class_of_capacity,
    class_table,
    size_class,
    thresholds,
)
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Method
from minequota.scenarios.synthesis.generator import library_plan
from minequota.scenarios.units import Quantity


def dandong() -> Plan:
    return library_plan("dandong")


def plan_with(mineral: dict[str, Any], *lines: dict[str, Any]) -> Plan:
    tiny = tiny_plan()
    return Plan.model_validate(
        tiny
        | {
            "minerals": [*tiny["minerals"], {"en": "it", "group": "non_metal"} | mineral],
            "minimum_scales": list(lines),
        }
    )


@pytest.mark.parametrize(
    ("mineral", "large", "medium", "unit"),
    [
        ("硼矿", 10, 5, "万吨"),
        ("硫铁矿", 50, 20, "万吨"),
        ("水泥用石灰岩", 100, 50, "万吨"),
        ("高岭土", 10, 5, "万吨"),
        ("建筑用花岗岩", 10, 5, "万立方米"),
    ],
)
def test_settled_rows(mineral: str, large: float, medium: float, unit: str) -> None:
    """国土资发〔2004〕208号, rows seen with their names."""
    found = thresholds(dandong(), mineral, None)
    assert found is not None
    assert (found.large_min, found.medium_min, found.unit) == (large, medium, unit)
    assert (found.settled, found.basis) == (True, "table")


@pytest.mark.parametrize(
    ("mineral", "large", "medium"),
    [("菱镁矿", 100, 30), ("金矿", 15, 9), ("滑石", 10, 8), ("银矿", 30, 20), ("水镁石", 10, 5)],
)
def test_unsettled_or_missing_rows_fall_back_on_the_plan(
    mineral: str, large: float, medium: float
) -> None:
    """专栏六's large and medium columns stand in; gold of unknown method takes the open pit's 9."""
    found = thresholds(dandong(), mineral, None)
    assert found is not None
    assert (found.large_min, found.medium_min) == (large, medium)
    assert (found.settled, found.basis) == (False, "plan_fallback")


def test_the_method_chooses_the_row() -> None:
    """Coal: 120/45 underground, 400/100 open pit; unknown: the higher, to overstate no class."""
    underground = thresholds(dandong(), "煤", Method.UNDERGROUND)
    open_pit = thresholds(dandong(), "煤", Method.OPEN_PIT)
    unknown = thresholds(dandong(), "煤", None)
    assert underground is not None
    assert open_pit is not None
    assert (underground.large_min, underground.medium_min) == (120, 45)
    assert (open_pit.large_min, open_pit.medium_min) == (400, 100)
    assert unknown == open_pit


def test_building_stone_never_falls_back() -> None:
    """Building sand's row is unsettled and the plan's 100/20 would make large quarries small."""
    assert thresholds(dandong(), "建筑用砂", None) is None
    sand = right("S1", "凤城市", "建筑用砂", "60 万立方米", size_class=None)
    assert size_class(dandong(), sand) == ("small", "assumed_small")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("4.99 万吨", "small"), ("5 万吨", "medium"), ("9.99 万吨", "medium"), ("10 万吨", "large")],
)
def test_a_boundary_belongs_to_the_upper_class(amount: str, expected: str) -> None:
    """Boron: 5 万吨 is medium, 10 万吨 is large."""
    assert class_of_capacity(dandong(), "硼矿", None, Quantity.parse(amount)) == expected


def test_tonnes_of_building_stone_are_converted_first() -> None:
    """12.5 万吨 ÷ 2.5 = 5 万立方米: medium; at 2.66 t/m³ 4.699: small. 50 万吨 is 20: large."""
    stone = dandong(), "建筑石料用灰岩", None
    assert class_of_capacity(*stone, Quantity(12.5, "万吨")) == "medium"
    assert class_of_capacity(*stone, Quantity(12.5, "万吨"), 2.66) == "small"
    assert class_of_capacity(*stone, Quantity(50, "万吨")) == "large"


def test_a_rights_own_density_decides() -> None:
    """25.5 万吨 is 10.2 万立方米 at 2.5, large; 9.59 at 2.66, medium."""
    light = right("L1", "凤城市", "建筑石料用灰岩", "25.5 万吨", size_class=None)
    heavy = right("L2", "凤城市", "建筑石料用灰岩", "25.5 万吨", size_class=None, density=2.66)
    assert size_class(dandong(), light) == ("large", "table")
    assert size_class(dandong(), heavy) == ("medium", "table")


def test_a_stated_class_wins() -> None:
    """A register that says small is believed at any capacity."""
    stated = right("B1", "凤城市", "硼矿", "80 万吨", size_class="small")
    assert size_class(dandong(), stated) == ("small", "stated")


def test_contained_graphite_needs_a_grade() -> None:
    """Thresholds count graphite: 20 万吨 of ore at 6 % hold 1.2, large; without a grade, small."""
    graded = right("G1", "凤城市", "石墨", "20 万吨", size_class=None, grade=0.06)
    silent = right("G2", "凤城市", "石墨", "20 万吨", size_class=None)
    assert size_class(dandong(), graded) == ("large", "table")
    assert size_class(dandong(), silent) == ("small", "assumed_small")


def test_cryptocrystalline_graphite_counts_ore() -> None:
    """Its line of 专栏六 is in ore: 10/8 万吨."""
    found = class_of_capacity(dandong(), "隐晶质石墨", None, Quantity(8, "万吨"))
    assert found == "medium"


def test_minerals_without_thresholds_are_small_by_the_table() -> None:
    """宝石: the notice counts every mine as small; that is an answer, not a gap."""
    plan = plan_with({"name": "宝石", "class_row": "gemstone"})
    gem = right("J1", "东县", "宝石", "900 万吨", size_class=None)
    assert thresholds(plan, "宝石", None) is None
    assert size_class(plan, gem) == ("small", "table")


def test_a_single_figure_is_no_class() -> None:
    """A plan whose table gives one figure for all sizes says nothing about classes."""
    line = minimum_scale("perlite", ["珍珠岩"], "5 万吨", "5 万吨", "5 万吨")
    plan = plan_with({"name": "珍珠岩", "class_row": "perlite"}, line)
    assert thresholds(plan, "珍珠岩", None) is None


@pytest.mark.parametrize("cells", [("×", "30 万吨", "5 万吨"), ("100 万吨", "—", "5 万吨")])
def test_a_forbidden_or_empty_cell_is_no_threshold(cells: tuple[str, str, str]) -> None:
    """Both columns must hold an amount."""
    line = minimum_scale("perlite", ["珍珠岩"], *cells)
    plan = plan_with({"name": "珍珠岩"}, line)
    assert thresholds(plan, "珍珠岩", None) is None


def test_unknown_capacity_is_small() -> None:
    """A right without a capacity counts as small, said to be assumed."""
    silent = right("Q1", "凤城市", "硼矿", None, size_class=None)
    assert size_class(dandong(), silent) == ("small", "assumed_small")


def test_unknown_mineral() -> None:
    """A name the plan does not have is an error, never a silent small."""
    with pytest.raises(KeyError, match="没有的矿"):
        thresholds(dandong(), "没有的矿", None)


def test_table_is_sound() -> None:
    """Keys are unique per method, large above medium, and no doubtful row is settled."""
    text = files("minequota.scenarios").joinpath("mine-scale-classes.csv").read_text("utf-8")
    raw = list(csv.DictReader(text.splitlines()))
    assert len({(row["key"], row["method"]) for row in raw}) == len(raw) == len(class_table())
    for row in raw:
        doubtful = any(word in row["note"] for word in ("UNCERTAIN", "recalled", "GAP"))
        doubtful = doubtful or "凭记忆" in row["source"]
        assert row["settled"] == ("no" if doubtful else "yes"), row
        if row["large_min"]:
            assert float(row["large_min"]) > float(row["medium_min"]) > 0


def test_class_rows_of_the_plan_exist() -> None:
    """Every `class_row` of the library plan is a key of the table."""
    keys = {row.key for row in class_table()}
    assert {m.class_row for m in dandong().minerals if m.class_row} <= keys
