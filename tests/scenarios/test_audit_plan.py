"""What the plan says against itself: figures, minimums, zones, readings, outputs."""

from __future__ import annotations

from typing import Any

import pytest
from audited import clean, coded, codes, mine, only
from builders import cap, minimum_scale, name, tiny_plan, zone

from minequota.scenarios.audit import audit
from minequota.scenarios.right import Provenance

CONTRADICTION = {
    "id": "total",
    "about": "总量",
    "figures": ["正文 31 万吨", "分县表 0.0035 亿吨"],
    "rule": "stricter",
    "chosen": "31 万吨",
    "source": "专栏一",
}


def printed(value: float, kind: str, parts: list[float]) -> dict[str, Any]:
    return {
        "id": "total",
        "about": "合计",
        "printed": value,
        "computed_from": kind,
        "parts": parts,
        "tolerance": 0.05,
        "source": "专栏一",
    }


def test_contradictions_say_both_figures_and_the_rule() -> None:
    """Both figures, the rule and what was chosen, in either language."""
    found = coded(clean(plan={"contradictions": [CONTRADICTION]}), "A101")
    for figure in ("正文 31 万吨", "分县表 0.0035 亿吨", "采用：31 万吨", "从严"):
        assert figure in found.message_zh
    assert "the stricter holds" in found.message_en


@pytest.mark.parametrize(
    ("value", "kind", "parts", "gives"),
    [(35, "sum", [21, 10], "31"), (12, "percent", [34, 330], "10.303")],
)
def test_printed_figures_are_recomputed(
    value: float, kind: str, parts: list[float], gives: str
) -> None:
    """21 + 10 is 31, not 35; 34 of 330 is 10.303 %, not 12; the parts are shown."""
    found = only(audit(clean(plan={"printed": [printed(value, kind, parts)]})))
    assert (found.code, found.clause, found.severity) == ("A102", "total", "warning")
    assert gives in found.message_zh
    assert ("21＋10" if kind == "sum" else "34÷330") in found.message_zh
    right = printed(sum(parts) if kind == "sum" else 10.3, kind, parts)
    assert audit(clean(plan={"printed": [right]})) == ()


def test_a_known_contradiction_is_not_reported_twice() -> None:
    """A printed total of the same id as a contradiction is that contradiction."""
    found = clean(
        plan={"printed": [printed(35, "sum", [21, 10])], "contradictions": [CONTRADICTION]}
    )
    assert codes(found) == {"A101"}


def test_base_groups_must_add_up() -> None:
    """Groups of 1 + 1 large or medium rights are not 1 + 0; sizes 1 + 0 + 2 are not 2."""

    def of(ident: str, number: int, *sizes: str, group: str | None = None) -> dict[str, Any]:
        return {
            "id": ident,
            "title": name(ident),
            "number": number,
            "size_classes": list(sizes),
            "group": group,
            "source": "第一章",
        }

    counts = [
        of("all", 2),
        of("l", 1, "large"),
        of("m", 0, "medium"),
        of("s", 2, "small"),
        of("g1", 1, "large", "medium", group="metal"),
        of("g2", 1, "large", "medium", group="non_metal"),
    ]
    found = [one for one in audit(clean(plan={"base_counts": counts})) if one.code == "A103"]
    assert [one.clause for one in found] == ["base_by_size", "base_by_group"]
    assert "1＋0＋2＝3，应为2" in found[0].message_zh


def test_two_caps_for_one_thing() -> None:
    """31 and 30 for the whole at once: 30 decides; other years, bases or uses are no matter."""
    caps = tiny_plan()["caps"]
    found = coded(clean(plan={"caps": [*caps, cap("again", "30 万吨")]}), "A104")
    assert "从严，按30 万吨" in found.message_zh
    assert "31 万吨" in found.message_zh
    for other in (
        cap("again", "30 万吨", years={"first": 2021, "last": 2024}),
        cap("again", "30 万吨", basis="standard_iron_62"),
        cap("again", "30 万吨", use="main"),
        cap("again", "30 万吨", sense="forecast"),
    ):
        assert "A104" not in codes(clean(plan={"caps": [*caps, other]}))


def test_a_split_named_as_a_contradiction_is_not_found_again() -> None:
    """21 + 14 = 35 against 31 is what the contradiction says, in 亿吨."""
    caps = [cap("w", "31 万吨"), cap("e", "21 万吨", "东县"), cap("x", "14 万吨", "西县")]
    found = clean(plan={"caps": caps})
    assert "21＋14＝35万吨" in coded(found, "A105").message_zh
    assert "A105" not in codes(clean(plan={"caps": caps, "contradictions": [CONTRADICTION]}))


def test_a_floor_in_ore_against_a_ceiling_in_standard_ore() -> None:
    """100 万吨 of 31 % ore are 50 of 62 %: within 50, above 49; a richer right changes nothing."""
    plan = tiny_plan()
    iron = plan["products"][0] | {"basis": "standard_iron_62"}
    rights = [
        mine("F1", "东县", "菱镁矿", "20 万吨", grade=0.31),
        mine("F2", "东县", "菱镁矿", "20 万吨", grade=0.62),
    ]

    def at(ceiling: str) -> set[str]:
        caps = [
            cap("top", ceiling),
            cap("raw", "100 万吨", sense="forecast", hoped="floor", basis="ore"),
        ]
        return codes(clean(*rights, plan={"products": [iron, plan["products"][1]], "caps": caps}))

    assert "A106" not in at("50 万吨")
    assert "A106" in at("49 万吨")


def test_caps_far_from_what_was_produced() -> None:
    """31 against 5.8 and against 100: above and below, one line; other years are no matter."""
    outputs = [
        {"mineral": "菱镁矿", "amount": "5.8 万吨", "year": 2020, "source": "第一章"},
        {"mineral": "菱镁矿", "amount": "100 万吨", "year": 2021, "source": "第一章"},
    ]
    found = only(audit(clean(plan={"base_outputs": outputs})))
    assert (found.code, found.severity) == ("A110", "note")
    assert "5.34倍" in found.message_zh
    assert "0.31倍" in found.message_zh


def test_an_implied_block_yield_shows_its_sum() -> None:
    """75.99 万吨 ÷ 2.65 are 28.68 万立方米 of ore; 23 of blocks would be 80.2 %."""
    plan = tiny_plan()
    stone = plan["products"][1] | {
        "basis": "block_stone",
        "block_yield": 0.8,
        "density": 2.65,
    }
    outputs = [
        {"mineral": "建筑石料", "amount": "75.99 万吨", "year": 2021, "source": "第一节"},
        {
            "mineral": "建筑石料",
            "amount": "23 万立方米",
            "basis": "block_stone",
            "year": 2021,
            "source": "第一节",
        },
    ]
    changes = {"products": [plan["products"][0], stone], "base_outputs": outputs}
    found = coded(clean(plan=changes), "A107")
    assert "23 万立方米÷（75.99 万吨÷2.65）＝80.2%" in found.message_zh
    assert "A407" not in codes(clean(plan=changes))
    assert "A107" not in codes(clean(plan=changes | {"base_outputs": outputs[:1]}))


def test_unit_slips_need_every_licence_to_be_far_below() -> None:
    """2000 万吨 against 25 and 15: a slip; with one licence of 100 none. Made up is said."""
    scales = [minimum_scale("magnesite", ["菱镁矿"], "9000 万吨", "4000 万吨", "2000 万吨")]
    found = coded(clean(plan={"minimum_scales": scales}), "A108")
    assert "80倍" in found.message_zh
    assert "合成" not in found.message_zh
    large = mine("M3", "东县", "菱镁矿", "100 万吨", size_class="large")
    assert "A108" not in codes(clean(large, plan={"minimum_scales": scales}))
    made_up = mine("M3", "东县", "菱镁矿", "30 万吨", provenance={"capacity": Provenance.SYNTHETIC})
    assert "合成数" in coded(clean(made_up, plan={"minimum_scales": scales}), "A108").message_zh


def test_special_minimum_against_the_table() -> None:
    """The table asks 100 of a large deposit and bars small ones, the provision 20 of all."""
    stone = minimum_scale("stone", ["建筑石料"], "100 万立方米", "20 万立方米", "×")
    found = coded(clean(plan={"minimum_scales": [stone]}), "A111")
    assert "大型100 万立方米、小型×" in found.message_zh
    special = tiny_plan()["special_minimums"][0] | {"deposit_classes": ["medium"]}
    only_medium = {"minimum_scales": [stone], "special_minimums": [special]}
    assert "A111" not in codes(clean(plan=only_medium))


def test_small_zones_are_one_finding() -> None:
    """20 万立方米 × 10 years ÷ 0.0411 km² = 48.7 m; 50 万吨 ÷ 2.5 the same over 0.0182: 109.9 m."""
    zones = [
        zone("Z1", authority="county", area_km2=0.0411),
        zone("Z2", authority="county", area_km2=0.0182, minimum="50 万吨", maximum="150 万吨"),
        zone("Z3", authority="county"),
    ]
    found = coded(clean(plan={"zones": zones}), "A112")
    assert found.message_zh.startswith("2个")
    assert "约49米" in found.message_zh
    assert "约110米" in found.message_zh


def test_readings_are_counted_by_family() -> None:
    """Two zones and a cap read into the plan: one finding, three facts, two families."""
    caps = tiny_plan()["caps"]
    caps[0] = caps[0] | {"reading": "inferred"}
    zones = [
        zone("Z1", authority="county", reading="inferred"),
        zone("Z2", authority="county", reading="inferred"),
    ]
    found = coded(clean(plan={"caps": caps, "zones": zones}), "A114")
    assert found.message_zh.startswith("3处")
    assert "指标1处" in found.message_zh
    assert "集中开采区与区块2处" in found.message_zh
