"""What the audit says of expansions, conversions, mergers and the time they take."""

from __future__ import annotations

from typing import Any

import pytest
from audited import clean, coded, codes, mine
from builders import tiny_plan, zone

from minequota.scenarios.audit.projects import years_of
from minequota.scenarios.right import Provenance
from minequota.scenarios.units import Quantity


def expansion(**fields: Any) -> dict[str, Any]:
    return {"id": "b", "right": "M1", "capacity": "40 万吨", "source": "专栏九"} | fields


def conversion(**fields: Any) -> dict[str, Any]:
    return {
        "id": "d",
        "name": "探转采矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity": "400 万吨",
        "source": "专栏九",
    } | fields


def merger(**fields: Any) -> dict[str, Any]:
    return {"id": "m", "name": "整合矿", "members": ["M1", "M2"], "source": "第七章"} | fields


def test_the_printed_capacity_before_an_expansion() -> None:
    """24 printed against 25 on the register; a made-up 25 is said to be; by name as by licence."""
    found = coded(clean(plan={"expansions": [expansion(capacity_from="24 万吨")]}), "A601")
    assert "扩能前规模印为24 万吨，名册为25 万吨" in found.message_zh
    assert "合成" not in found.message_zh
    made_up = mine("M3", "东县", "菱镁矿", "20 万吨", provenance={"capacity": Provenance.SYNTHETIC})
    other = expansion(right="M3号矿", capacity_from="24 万吨")
    assert "合成" in coded(clean(made_up, plan={"expansions": [other]}), "A601").message_zh


def test_an_expansion_of_nobody() -> None:
    """A right that is not on the register: the project has no effect."""
    found = coded(clean(plan={"expansions": [expansion(right="不在册")]}), "A601")
    assert "不在名册中" in found.message_zh


def test_mergers_and_enlargements_below_their_minimum() -> None:
    """30 万吨 asked of merged medium deposits: 25 + 15 = 40 do, a stated 25 does not.

    An expansion inside the old boundary needs no minimum, one that enlarges it does.
    """
    special = {
        "id": "merged",
        "minerals": ["菱镁矿"],
        "applies_to": ["merged", "enlarged"],
        "amounts": ["30 万吨"],
        "deposit_classes": ["large", "medium"],
        "source": "第七章",
    }
    plan = {"special_minimums": [special]}
    medium = mine("M3", "东县", "菱镁矿", "50 万吨", size_class="medium", deposit_class="medium")

    def said(one: dict[str, Any]) -> bool:
        return "A602" in codes(clean(medium, plan=plan, question={"mergers": [one]}))

    assert said(merger(capacity="25 万吨", deposit_class="medium"))
    assert not said(merger(capacity="25 万吨", deposit_class="small"))
    assert not said(merger(deposit_class="medium"))
    assert said(merger(members=["M1", "M3"], capacity="29 万吨"))
    inside = expansion(right="M3", capacity="28 万吨")
    assert "A602" not in codes(clean(medium, plan=plan | {"expansions": [inside]}))
    outside = inside | {"enlarges_area": True}
    assert "A602" in codes(clean(medium, plan=plan | {"expansions": [outside]}))


def test_service_life_of_a_conversion_shows_its_sum() -> None:
    """52850 千吨 ÷ 400 万吨 are 13.2 years, less than half of a large mine's 30; 60000 are half."""
    found = coded(clean(plan={"conversions": [conversion(reserves="52850 千吨")]}), "A603")
    assert "探转采矿：52850 千吨÷400 万吨＝13.2年（大型矿山常用30年）" in found.message_zh
    enough = conversion(reserves="60000 千吨")
    assert "A603" not in codes(clean(plan={"conversions": [enough]}))
    long = conversion(reserves="3.7 亿吨")
    assert "92.5年" in coded(clean(plan={"conversions": [long]}), "A603").message_zh


def test_places_of_one_zone_are_one_place() -> None:
    """Three rights alike of 60 万立方米 on 240 each last four years: told once, by name."""
    plan = tiny_plan()
    stone = plan["minerals"][1] | {"class_row": "building_stone"}
    short = zone(authority="county", rights=3, reserves="240 万立方米")
    minerals = [plan["minerals"][0], stone, plan["minerals"][2]]
    found = coded(clean(plan={"zones": [short], "minerals": minerals}), "A603")
    assert found.message_zh.startswith("1个")
    assert "西县石料集中开采区：240 万立方米÷60 万立方米＝4.0年" in found.message_zh


@pytest.mark.parametrize(
    ("reserves", "capacity", "density", "years"),
    [
        ("500 万吨", "20 万立方米", 2.5, 10),
        ("500 万吨", "20 万立方米", None, None),
        (None, "20 万吨", 2.5, None),
        ("30 万吨", "0 万吨", None, None),
    ],
)
def test_years_of(
    reserves: str | None, capacity: str, density: float | None, years: float | None
) -> None:
    """Reserves ÷ capacity, across units by the density; unknown where something lacks."""
    amount = Quantity.parse(reserves) if reserves else None
    assert years_of(amount, Quantity.parse(capacity), density) == years


def test_projects_that_yield_after_the_horizon() -> None:
    """Decided in 2025 and built for a year: nothing by 2025. A merger needs no building."""
    question = {"mode": "calendar", "first_year": 2024, "options": {"lead_time": 1}}
    late = conversion(years={"first": 2025, "last": 2026})
    found = coded(clean(plan={"conversions": [late]}, question=question), "A604")
    assert "探转采矿（2026）" in found.message_zh
    merged = question | {"mergers": [merger(years={"first": 2025, "last": 2025})]}
    assert "A604" not in codes(clean(question=merged))
    early = conversion(years={"first": 2024, "last": 2026})
    assert "A604" not in codes(clean(plan={"conversions": [early]}, question=question))


def test_target_state_takes_projects_as_built() -> None:
    """What yields from 2026 counts in the target state of 2025, and that is said."""
    found = clean(plan={"expansions": [expansion(yields_from=2026)]})
    assert "A604" not in codes(found)
    assert "M1号矿（2026）" in coded(found, "A605").message_zh
