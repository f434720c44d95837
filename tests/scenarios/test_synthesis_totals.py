"""Recipes of other plans: named rights as printed, totals of several minerals and of groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
import pytest
from pydantic import ValidationError

from minequota.scenarios.plan import Plan
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.right import Provenance, Right, Status
from minequota.scenarios.synthesis.generator import synthesize
from minequota.scenarios.synthesis.recipe import Group, Recipe
from minequota.scenarios.synthesis.totals import totals_missed

GOLD = {"mineral": "金矿", "county": "东县", "size": "small", "unit": "万吨"}
STONE = {"mineral": "建筑石料", "county": "西", "size": "large", "unit": "万立方米"}


def group(**changes: Any) -> dict[str, Any]:
    """Return a group of gold mines as a recipe would say it."""
    return GOLD | {"capacity": [3, 6], "step": 1, "states": {"producing": 2}} | changes


def stone(**changes: Any) -> dict[str, Any]:
    """Return a group of quarries licensed in cubic metres, at the product's 2.5 t/m³."""
    return STONE | {"capacity": [20, 60], "step": 1, "states": {"producing": 3}} | changes


def total(amount: str, **changes: Any) -> dict[str, Any]:
    """Return a published output of 2020."""
    return {"amount": amount, "year": 2020, "source": "x"} | changes


def made(
    groups: list[dict[str, Any]], named: list[dict[str, Any]] | None = None, **plan: Any
) -> tuple[Right, ...]:
    """Return the register a recipe of these groups gives for the tiny plan."""
    recipe = {
        "format": "minequota-register-recipe/1",
        "seed": 1,
        "licence": "SYN-",
        "licence_ends": [2026, 2030],
        "base_year_load": [0.3, 0.9],
        "authority": {"metal": "province", "non_metal": "city"},
        "named": named or [],
        "groups": groups,
    }
    return synthesize(
        Plan.model_validate(builders.tiny_plan(**plan)), Recipe.model_validate(recipe)
    )


def tonnes(rights: tuple[Right, ...], mineral: str = "") -> float:
    """Return the output in 万吨, stone at 2.5 t/m³ or the right's own density."""
    amounts = [
        one.last_output.to("万吨")
        if one.last_output.dimension == "mass"
        else one.last_output.to("万立方米") * (one.density or 2.5)
        for one in rights
        if one.last_output is not None and mineral in one.mineral
    ]
    return sum(amounts)


def test_fields_of_a_group() -> None:
    """Holder, zone, use, shares, dates and authority are the group's; counts from its first."""
    rights = made(
        [
            stone(
                holder="甲公司",
                holder_group="甲集团",
                zone="Z1",
                in_zone=2,
                use="comprehensive",
                authority="county",
                block_yield=0.25,
                recovery=[0.8, 0.9],
                resumes=2023,
                exit_by=2024,
            )
        ]
    )
    assert [one.zone for one in rights] == ["Z1", "Z1", ""]
    assert {one.county for one in rights} == {"西县"}
    for one in rights:
        assert (one.holder, one.holder_group, one.use) == ("甲公司", "甲集团", "comprehensive")
        assert (one.authority, one.block_yield) == ("county", 0.25)
        assert one.recovery is not None
        assert 0.8 <= one.recovery <= 0.9
        assert (one.resumes, one.exit_by) == (2023, 2024)
        assert one.origin("use") is Provenance.SYNTHETIC


def test_main_use_is_nobody_s_statement() -> None:
    """A recipe silent about the use leaves it to the program's default."""
    assert {one.origin("use") for one in made([stone()])} == {Provenance.DEFAULT}


def test_grades_of_gold() -> None:
    """A step of half a gram a tonne gives grades on that grid, not rounded to whole grams."""
    rights = made([group(states={"stopped": 20}, grade=[1e-6, 4e-6], grade_step=5e-7)])
    grades = {one.grade for one in rights}
    assert grades <= {1e-6, 1.5e-6, 2e-6, 2.5e-6, 3e-6, 3.5e-6, 4e-6}
    assert grades & {1.5e-6, 2.5e-6, 3.5e-6}


def test_what_the_plan_prints_of_a_named_right() -> None:
    """Capacity, holder, method and zone come from the plan where it prints them, marked so."""
    rights = made(
        [group()],
        [
            {
                "mineral": "建筑石料",
                "size": "large",
                "status": "stopped",
                "licence_end": "2027-01-31",
                "reserves": "900 万立方米",
                "density": 2.66,
                "green": True,
                "authority": "county",
                "holder_group": "集团",
                "last_output": "3 万立方米",
            }
        ],
        named_rights=[
            {
                "name": "大矿",
                "county": "西",
                "mineral": "建筑用石料",
                "capacity": "30 万立方米",
                "holder": "乙公司",
                "method": "open_pit",
                "zone": "Z1",
                "source": "x",
            }
        ],
    )
    first = rights[0]
    assert (first.county, first.mineral, str(first.capacity)) == ("西县", "建筑石料", "30 万立方米")
    assert (first.holder, first.zone, first.status) == ("乙公司", "Z1", Status.STOPPED)
    assert (first.licence_end, first.density, first.green) == (date(2027, 1, 31), 2.66, True)
    assert (str(first.reserves), str(first.last_output)) == ("900 万立方米", "3 万立方米")
    assert (first.authority, first.holder_group, first.safety_licence) == ("county", "集团", False)
    printed = {key for key, one in first.provenance.items() if one is Provenance.PLAN}
    assert printed == {"name", "county", "mineral", "capacity", "holder", "method", "zone"}


@pytest.mark.parametrize(
    ("fields", "printed", "message"),
    [
        ({"capacity": "9 万吨"}, {"capacity": "8 万吨"}, "prints the capacity"),
        ({}, {}, "Neither the plan nor the recipe has the capacity"),
        ({"name": "中矿"}, {}, "names no right '中矿'"),
        ({"capacity": "9 万吨", "zone": "Z9"}, {}, "no area or zone of the code 'Z9'"),
    ],
)
def test_named_fields_that_do_not_fit(
    fields: dict[str, Any], printed: dict[str, Any], message: str
) -> None:
    """What both say, neither says, or nobody is called, is refused."""
    named = [{"name": "大矿", "county": "东县", "mineral": "金矿", "source": "x"} | printed]
    with pytest.raises(ValueError, match=message):
        made([group()], [{"mineral": "金矿", "size": "small"} | fields], named_rights=named)


def test_specific_totals_first_the_group_s_over_the_rest() -> None:
    """3.5 of gold first; all solid ore 459.63, stone at its density, to the last digit."""
    outputs = [
        total("459.63 万吨", groups=["metal", "non_metal"]),
        total("3.5 万吨", mineral="金矿"),
    ]
    rights = made([group(), stone(density=2.66)], base_outputs=outputs)
    assert tonnes(rights, "金矿") == 3.5
    assert tonnes(rights) == pytest.approx(459.63, abs=1e-6)
    quarries = [one for one in rights if one.mineral == "建筑石料"]
    assert {one.last_output.unit for one in quarries if one.last_output} == {"万立方米"}
    loads = [
        one.last_output.value / one.capacity.value
        for one in quarries
        if one.last_output and one.capacity
    ]
    assert max(loads) - min(loads) < 0.001


def test_several_minerals_and_who_produced() -> None:
    """One figure for two minerals, produced by a number of rights that is held to as well."""
    outputs = [total("20 万吨", minerals=["菱镁矿", "金矿"], rights=3)]
    magnesite = group(mineral="菱镁矿", capacity=[9, 9], states={"producing": 1})
    assert tonnes(made([group(), magnesite], base_outputs=outputs)) == 20
    with pytest.raises(ValueError, match=r"菱镁矿\+金矿 was produced by 4 rights, not 3"):
        made([group(states={"producing": 3}), magnesite], base_outputs=outputs)


def test_a_sealed_mine_may_have_run() -> None:
    """Ran is counted from the group's first right, whatever its state is now."""
    outputs = [total("178.9 万吨", mineral="建筑石料", rights=2)]
    quarries = stone(unit="万吨", capacity=[90, 120], states={"sealed": 1, "producing": 1}, ran=2)
    rights = made([quarries], base_outputs=outputs)
    assert tonnes(rights) == pytest.approx(178.9, abs=1e-6)
    assert [one.status for one in rights] == [Status.SEALED, Status.PRODUCING]


def test_named_rights_take_part() -> None:
    """A producing named right has its share; a given output is taken off the total first."""
    named = [
        {"name": name, "county": "东县", "mineral": "金矿", "source": "x"}
        for name in ("甲", "乙", "丙")
    ]
    fields = [
        {"mineral": "金矿", "name": "甲", "size": "small", "capacity": "5 万吨"},
        {"mineral": "金矿", "name": "乙", "size": "small", "capacity": "5 万吨"}
        | {"last_output": "4 万吨"},
        {"mineral": "金矿", "name": "丙", "size": "small", "capacity": "5 万吨"} | {"ran": False},
    ]
    rights = made(
        [group(capacity=[5, 5], states={"producing": 1})],
        fields,
        named_rights=named,
        base_outputs=[total("10 万吨", mineral="金矿")],
    )
    outputs = [one.last_output.value if one.last_output else None for one in rights]
    assert outputs == [3, 4, 0, 3]


def test_outputs_given_beyond_the_total_are_refused() -> None:
    """More given to named rights than the plan prints in all cannot be shared."""
    named = [{"name": "甲", "county": "东县", "mineral": "金矿", "source": "x"}]
    fields = [{"mineral": "金矿", "size": "small", "capacity": "5 万吨", "last_output": "4 万吨"}]
    with pytest.raises(ValueError, match="exceed the 3 万吨 of 金矿"):
        made([group()], fields, named_rights=named, base_outputs=[total("3 万吨", mineral="金矿")])


def test_the_latest_year_of_one_thing_counts() -> None:
    """A register has one last output; of 2020 and 2021 the later figure is reproduced."""
    outputs = [total("9 万吨", mineral="金矿", year=2021), total("5 万吨", mineral="金矿")]
    assert tonnes(made([group(capacity=[9, 9])], base_outputs=outputs)) == 9


def test_the_same_output_in_blocks() -> None:
    """Ore and the block stone it yields are both held to: 0.3 of 40 is 12, not 13."""
    quarries = [stone(block_yield=0.3)]
    ore = total("40 万立方米", mineral="建筑石料")
    blocks = {"mineral": "建筑石料", "basis": "block_stone"}
    rights = made(quarries, base_outputs=[ore, total("12 万立方米", **blocks)])
    assert tonnes(rights) == 100
    with pytest.raises(ValueError, match=r"output of 建筑石料 is 12\.0, not 13 万立方米"):
        made(quarries, base_outputs=[ore, total("13 万立方米", **blocks)])


@pytest.mark.parametrize(
    ("scope", "number"),
    [
        ({"minerals": ["建筑用石料"]}, 3),
        ({"groups": ["metal", "non_metal"]}, 5),
        ({"group": "metal"}, 2),
        ({"groups": ["metal", "non_metal"], "size_classes": ["large"]}, 3),
        ({"groups": ["metal"], "minerals": ["建筑石料"]}, 0),
    ],
)
def test_counts_by_group_mineral_and_class(scope: dict[str, Any], number: int) -> None:
    """A published number speaks of the rights that fit all it names."""
    count = {"id": "n", "title": builders.name("数"), "source": "x"} | scope
    groups = [group(), stone()]
    made(groups, base_counts=[count | {"number": number}])
    with pytest.raises(ValueError, match=f"数 is {number}, not {number + 1}"):
        made(groups, base_counts=[count | {"number": number + 1}])


def test_an_output_that_cannot_be_counted_is_refused() -> None:
    """Cubic metres of a mineral without density never become tonnes."""
    quarries = group(unit="万立方米")
    with pytest.raises(ValueError, match="needs a density"):
        made([quarries], base_outputs=[total("5 万吨", groups=["metal"])])


@pytest.mark.parametrize(
    "wrong",
    [{"recovery": [0.5, 1.5]}, {"grade": [0.5, 0.4]}, {"zone": "Z1", "in_zone": 9}, {"ran": 3}],
)
def test_groups_that_cannot_be(wrong: dict[str, Any]) -> None:
    """Shares above one, reversed ranges and more rights than the group has are refused."""
    with pytest.raises(ValidationError):
        Group.model_validate(group(**wrong))


def test_registers_differ_in_their_columns_only() -> None:
    """A column that no right fills is not written; one filled once is written for all."""
    plain, full = made([group()]), made([group(), stone(holder_group="集团")])
    assert "holder_group" not in format_register(plain).splitlines()[0]
    assert "holder_group" in format_register(full).splitlines()[0]
    assert totals_missed(Plan.model_validate(builders.tiny_plan()), full) == []
