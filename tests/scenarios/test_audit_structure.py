"""Number, ratio, places and holders: what pulls against what, and what reaches it."""

from __future__ import annotations

from datetime import date
from typing import Any

from audited import clean, coded, codes, mine
from builders import count, name, ratio, tiny_plan, zone

from minequota.scenarios.audit import audit
from minequota.scenarios.audit.mergers import holders
from minequota.scenarios.audit.scopes import count_bounds
from minequota.scenarios.audit.structure import structure_of
from minequota.scenarios.right import Renewal, Status
from minequota.scenarios.scenario import Scenario

CLASSED = [
    tiny_plan()["minerals"][0],
    tiny_plan()["minerals"][1] | {"class_row": "building_stone"},
    tiny_plan()["minerals"][2],
]


def small(*licences: str, **fields: Any) -> list[Any]:
    """Return small magnesite rights in the east."""
    return [mine(licence, "东县", "菱镁矿", "20 万吨", **fields) for licence in licences]


def large(*licences: str) -> list[Any]:
    """Return large stone rights in the west."""
    return [
        mine(licence, "西县", "建筑石料", "60 万立方米", size_class="large") for licence in licences
    ]


def town(rights: list[Any], places: int, **changes: Any) -> Scenario:
    """Return a scenario of these rights besides two small ones, and so many large places."""
    question = changes.pop("question", {})
    plan = {"minerals": CLASSED, "zones": [zone(authority="county", rights=places)]} | changes
    return clean(*rights, plan=plan, question=question)


def test_the_arithmetic_is_spelled_out() -> None:
    """Six rights, two large, at most eight, half: two new 4/8; no closing is needed.

    At 60 %: two new give 4/8 = 50 %; one closed and three issued give 5/8 = 62.5 %.
    """
    rights = [*small("M3", "M4"), *large("L1", "L2")]
    half = town(rights, 5, counts=[count(8)], ratios=[ratio(0.5)])
    assert "A203" not in codes(half)
    assert "投放2个，期末4/8＝50%" in coded(half, "A204").message_zh
    most = coded(town(rights, 5, counts=[count(8)], ratios=[ratio(0.6)]), "A203")
    assert "投放2个大中型，4/8＝50%" in most.message_zh
    assert "最少关闭1个、投放3个：5/8＝62.5%" in most.message_zh
    assert "at least 1 close and 3 are issued: 5/8 = 62.5%" in most.message_en


def test_forced_leavers_are_gone_and_sealed_rights_stay() -> None:
    """Of six, one ends and is not renewed, one is sealed: three small ones may close.

    Five stay, one of them large; one issued and one closed make it 2/5.
    """
    ends = {"licence_end": date(2025, 1, 1), "renewal": Renewal.LEAVE}
    rights = [*small("M3"), *small("M4", **ends), *small("M5", status=Status.SEALED), *large("L1")]
    found = town(rights, 1, counts=[count(5)], ratios=[ratio(0.3)])
    base = structure_of(found, [*found.plan.counts, *found.plan.ratios], 2025)
    assert (base.rights, base.upper, base.forced) == (6, 1, 1)
    assert (base.closable_small, base.closable_upper) == (3, 0)
    said = coded(found, "A203").message_zh
    assert "须退出1个" in said
    assert "最少关闭1个、投放1个：2/5＝40%" in said


def test_named_mines_green_mines_and_large_ones_are_kept() -> None:
    """Only M1 and M2 may close; with large ones unprotected L1 as well."""
    rights = [*small("M3", green=True), *large("L1")]
    kept = town(rights, 0, counts=[count(3)])
    assert structure_of(kept, list(kept.plan.counts), 2025).closable_small == 2
    options = {"options": {"protection": {"never_close": ["green"]}}}
    loose = town(rights, 0, counts=[count(3)], question=options)
    assert structure_of(loose, list(loose.plan.counts), 2025).closable_upper == 1


def test_candidates_that_stay_small_do_not_help() -> None:
    """Without a class row the place is small: half of three is out of reach, binding or not."""
    found = clean(plan={"ratios": [ratio(0.5)]}, question={"options": {"closing": False}})
    one = coded(found, "A202")
    assert one.severity == "error"
    expected = {"ratios": [ratio(0.5, attribute="expected")]}
    loose = clean(plan=expected, question={"options": {"closing": False}})
    assert coded(loose, "A202").severity == "warning"


def test_no_more_rights_in_a_zone_than_its_number() -> None:
    """A place for two with two candidates of its own and a third proposed there: two count."""
    extra = {
        "id": "X1",
        "name": "甲",
        "zone": "Z1",
        "county": "西县",
        "mineral": "建筑石料",
        "maximum": "60 万立方米",
        "source": "test",
    }
    found = town([], 2, counts=[count(9)], question={"extra_candidates": [extra]})
    assert structure_of(found, list(found.plan.counts), 2025).upper_candidates == 2


def test_about_has_two_ends() -> None:
    """4 左右 with 25 %: three to five rights; 2 are too few, the places make up for it."""
    about = count(4, sense="about", tolerance=0.25, attribute="expected", printed_as="4个左右")
    found = town([], 3, counts=[about])
    assert count_bounds(found, found.plan.counts[0], 2025) == (3, 5)
    assert "目标3–5个" in coded(found, "A204").message_zh
    crowded = town(small("M3"), 3, counts=[about])
    assert "不超过5个（原文4个左右）" in coded(crowded, "A201").message_zh


def test_places_above_the_number_say_how_many_may_be_issued() -> None:
    """Two rights, five places and a conversion are eight against four: two may be issued."""
    conversion = {
        "id": "dig",
        "name": "探转采矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity": "20 万吨",
        "source": "专栏九",
    }
    found = coded(
        town([], 5, counts=[count(4, printed_as="＜5")], conversions=[conversion]), "A201"
    )
    assert "不超过4个（原文＜5）：名册2个＋规划区块5个＋探转采1个＝8个，超出4个" in found.message_zh
    assert "最多投放2个" in found.message_zh


def test_a_pool_counts_by_what_the_scenario_puts_there() -> None:
    """Three places without a mineral: all in the number of all, one of them stone's."""
    pool = zone("P1", authority="county", mineral=None, minimum=None, maximum=None, rights=3)
    extra = {
        "id": "X1",
        "name": "甲",
        "zone": "P1",
        "county": "西县",
        "mineral": "建筑石料",
        "maximum": "60 万立方米",
        "source": "test",
    }
    stone = count(0, id="stone", scope={"minerals": ["建筑石料"]})
    found = clean(
        plan={"zones": [pool], "counts": [count(4), stone]},
        question={"extra_candidates": [extra]},
    )
    said = {one.clause: one.message_zh for one in audit(found) if one.code == "A201"}
    assert "名册2个＋规划区块3个＝5个" in said["mine_count"]
    assert "名册0个＋规划区块1个＝1个" in said["stone"]


def test_counts_of_counties_are_one_finding() -> None:
    """Limits of two counties that two places exceed each: one line for both."""
    counts = [
        count(1, id="east", scope={"county": "东县"}),
        count(1, id="west", scope={"county": "西县"}),
    ]
    zones = [zone("Z1", authority="county"), zone("Z2", authority="county", county="东县")]
    found = coded(clean(plan={"counts": counts, "zones": zones}), "A201")
    assert found.clause == "east+west"


def test_pooled_counts_stand_for_those_they_pool() -> None:
    """The pool of 5 is held only where the scenario pools; then the counties' counts are not."""
    counts = [
        count(0, id="east", scope={"county": "东县"}),
        count(5, id="pool", pools=["east"]),
    ]
    apart = clean(plan={"counts": counts})
    assert count_bounds(apart, apart.plan.counts[0], 2025) == (0, 0)
    assert count_bounds(apart, apart.plan.counts[1], 2025) is None
    pooled = clean(plan={"counts": counts}, question={"options": {"pooled": ["pool"]}})
    assert count_bounds(pooled, pooled.plan.counts[0], 2025) is None
    assert count_bounds(pooled, pooled.plan.counts[1], 2025) == (0, 5)


def test_a_path_is_checked_year_by_year() -> None:
    """Three rights allowed in 2024 on the way to two in 2025: one closing, in 2025 alone."""
    target = count(2, years={"first": 2025, "last": 2025})
    question = {
        "mode": "calendar",
        "first_year": 2023,
        "options": {"paths": {"mine_count": {2024: 3}}},
    }
    found = clean(*small("M3"), plan={"counts": [target], "zones": []}, question=question)
    assert count_bounds(found, found.plan.counts[0], 2023) is None
    assert count_bounds(found, found.plan.counts[0], 2024) == (0, 3)
    assert coded(found, "A204").message_zh.startswith("2025年")


def test_mergers_that_help_are_no_dead_end() -> None:
    """Two rights may not close; the listed merger makes one of them, so it is not out of reach."""
    plan = {"counts": [count(1)], "zones": []}
    closed = {"closing": False}
    assert "A202" in codes(clean(plan=plan, question={"options": closed}))
    merger = {"id": "both", "name": "整合矿", "members": ["M1", "M2"], "source": "第七章"}
    found = clean(plan=plan, question={"options": closed, "mergers": [merger]})
    assert "须配合所列的整合" in coded(found, "A204").message_zh


def holder_limit(limit: int) -> dict[str, Any]:
    return {
        "id": "groups",
        "title": name("集团"),
        "attribute": "expected",
        "sense": "ceiling",
        "years": {"first": 2025, "last": 2025},
        "limit": limit,
        "scope": {"minerals": ["菱镁矿"]},
        "source": "第七章",
    }


def merger(ident: str, *members: str, holder: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "name": ident,
        "members": members,
        "holder": holder,
        "source": "第七章",
    } | fields


def test_the_fewest_holders_over_every_choice_of_mergers() -> None:
    """Five holders; {1, 2} and {2, 3} share a right: one of them, and 4 sold to 甲, leave 3."""
    rights = small("M3", "M4", "M5")
    mergers = [
        merger("a", "M1", "M2", holder="甲"),
        merger("b", "M2", "M3", holder="乙"),
        merger("c", "M4", holder="甲"),
    ]
    found = clean(*rights, plan={"holder_limits": [holder_limit(2)]}, question={"mergers": mergers})
    assert holders(found, found.plan.holder_limits[0], 2025) == (5, 3)
    said = coded(found, "A205").message_zh
    assert "名册（不计须退出的）5家，按所列3个整合项目最少降到3家" in said
    enough = clean(
        *rights, plan={"holder_limits": [holder_limit(3)]}, question={"mergers": mergers}
    )
    assert "A205" not in codes(enough)


def test_rights_of_one_group_are_one_holder() -> None:
    """Two rights of one group and one without a holder are two holders."""
    found = clean(
        mine("M3", "东县", "菱镁矿", "20 万吨", holder="甲公司", holder_group="甲集团"),
        mine("M4", "东县", "菱镁矿", "20 万吨", holder="乙公司", holder_group="甲集团"),
        plan={"holder_limits": [holder_limit(3)]},
    )
    assert holders(found, found.plan.holder_limits[0], 2025) == (3, 3)
