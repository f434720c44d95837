"""Demand against what there can be: capacity, candidates, caps, figures from above, by-products."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from audited import DEMAND, clean, coded, codes, mine, only
from builders import YEARS, cap, name, scenario, tiny_plan, tiny_question, zone

from minequota.scenarios.audit import audit
from minequota.scenarios.audit.demand import balance, outside
from minequota.scenarios.audit.limits import awaiting, limits, possible_supply
from minequota.scenarios.issuable import candidates
from minequota.scenarios.right import Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import in_product, largest_supply, supplies


def asked(product: str, amount: str, **fields: Any) -> dict[str, Any]:
    """Return the clean demands with one changed."""
    return {"demand": DEMAND | {product: DEMAND[product] | {"amount": amount} | fields}}


def possible(scenario: Scenario, name_: str = "菱镁矿", year: int | None = None) -> float:
    return possible_supply(scenario, scenario.plan.product(name_), year)


def test_demand_above_the_caps() -> None:
    """Caps allow 21 + 10 = 31: a demand of 33 leaves 2 unmet unless imports bring them."""
    found = only(audit(clean(question=asked("菱镁矿", "33 万吨"))))
    assert (found.code, found.severity, found.clause) == ("A502", "warning", "demand.菱镁矿")
    assert "总量上限31" in found.message_zh
    assert "缺口至少2万吨" in found.message_zh
    assert audit(clean(question=asked("菱镁矿", "33 万吨", imports="2 万吨"))) == ()


def test_demand_above_the_capacity() -> None:
    """The place gives at most 60 万立方米 and nothing caps stone: 65 leave 5 unmet."""
    found = only(audit(clean(question=asked("建筑石料", "65 万立方米"))))
    assert found.code == "A501"
    assert "最多可供60，缺口至少5万立方米" in found.message_zh


def test_possible_supply_counts_who_may_produce() -> None:
    """A stopped mine gives nothing: 21 of the east remain; with a tenth held back 18.9."""
    stopped = {"status": Status.STOPPED}
    rights = [
        mine("M1", "东县", "菱镁矿", "25 万吨"),
        mine("M2", "西县", "菱镁矿", "15 万吨", **stopped),
    ]
    assert possible(scenario(rights=rights)) == 21
    kept = tiny_question(options={"holdback": {"菱镁矿": 0.1}})
    assert possible(scenario(None, kept, rights)) == pytest.approx(18.9)


def test_a_stopped_mine_resumes() -> None:
    """M3 makes 20 of the whole cap's 50 from 2025 on, when it resumes; M1 and M2 make 25 and 15."""
    m3 = mine("M3", "东县", "菱镁矿", "20 万吨", status=Status.STOPPED, resumes=2025)
    found = clean(
        m3,
        plan={"caps": [cap("all", "70 万吨")]},
        question={"mode": "calendar", "first_year": 2024},
    )
    assert possible(found, year=2024) == 40
    assert possible(found, year=2025) == 60


def test_barred_minerals_supply_nothing_new() -> None:
    """The zone's 60 万立方米 meet the 50 asked, unless its mineral is banned, or restricted."""
    for kind in ("banned", "restricted"):
        barred = {"kind": kind, "names": ["石"], "minerals": ["建筑石料"], "source": "第四章"}
        assert coded(clean(plan={"directions": [barred]}), "A501").clause == "demand.建筑石料"
    allowed = {"options": {"permitted_restricted": ["建筑石料"]}}
    assert audit(clean(plan={"directions": [barred]}, question=allowed)) == ()


def test_candidates_are_as_the_plan_admits_them() -> None:
    """× and / admit nobody, stone needs a zone, and what is below its minimum is left out."""
    loose = {
        "id": "X",
        "name": "甲",
        "county": "西县",
        "mineral": "建筑石料",
        "maximum": "60 万立方米",
        "source": "test",
    }
    deep = loose | {"id": "Y", "mineral": "菱镁矿", "maximum": "40 万吨", "deposit_class": "medium"}
    shallow = deep | {"id": "Z", "deposit_class": "small"}
    found = clean(question={"extra_candidates": [loose, deep, shallow]})
    assert [one.id for one in candidates(found)] == ["Z1-1", "Z"]
    for cell in ("×", "/"):
        table = [line | {"small": cell} for line in tiny_plan()["minimum_scales"]]
        assert list(candidates(clean(plan={"minimum_scales": table, "special_minimums": []}))) != []
        bare = zone(authority="county", minimum=None)
        shut = {"minimum_scales": table, "special_minimums": [], "zones": [bare]}
        assert list(candidates(clean(plan=shut))) == []


def test_upper_bounds_of_places() -> None:
    """The detail's, else the zone's own, else three times what admits a right there."""
    open_ = zone(authority="county", maximum=None)
    found = clean(plan={"zones": [open_]})
    assert str(next(iter(candidates(found))).maximum) == "60 万立方米"
    bare = clean(plan={"zones": [open_ | {"minimum": None}]})
    assert str(next(iter(candidates(bare))).maximum) == "60 万立方米"
    detail = {"Z1": {"maximum": "45 万立方米", "assumed": True, "source": "test"}}
    told = clean(plan={"zones": [open_]}, question={"zone_details": detail})
    assert str(next(iter(candidates(told))).maximum) == "45 万立方米"
    assert "情景假设的上限" in coded(told, "A707").message_zh


def test_alike_candidates_are_numbered() -> None:
    """A place for two and three alike proposals: five candidates with ids of their own."""
    extra = {
        "id": "X",
        "name": "甲",
        "number": 3,
        "county": "东县",
        "mineral": "菱镁矿",
        "maximum": "60 万吨",
        "source": "test",
    }
    found = clean(
        plan={"zones": [zone(authority="county", rights=2)]}, question={"extra_candidates": [extra]}
    )
    assert [one.id for one in candidates(found)] == ["Z1-1", "Z1-2", "X-1", "X-2", "X-3"]


def test_projects_add_to_what_there_can_be() -> None:
    """M1 from 25 to 40, a conversion of 12, and both mines as one of 60: 20 more than 40."""
    product = clean().plan.product("菱镁矿")
    bigger = {"id": "b", "right": "M1", "capacity": "40 万吨", "source": "专栏九"}
    dig = {
        "id": "d",
        "name": "探转采矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity": "12 万吨",
        "source": "专栏九",
    }
    both = {
        "id": "m",
        "name": "整合",
        "members": ["M1", "M2"],
        "capacity": "60 万吨",
        "source": "七",
    }

    def total(**question: Any) -> float:
        return sum(one.amount for one in supplies(clean(question=question), product))

    assert total() == 40
    assert total(expansions=[bigger]) == 55
    assert total(conversions=[dig]) == 52
    assert total(mergers=[both]) == 60


def test_lead_times_and_ramp_up() -> None:
    """Decided in 2023, built for a year, half in 2024, all in 2025; projects as they say."""
    dig = {
        "id": "d",
        "name": "探转采矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "capacity": "12 万吨",
        "source": "专栏九",
    }
    question = {
        "mode": "calendar",
        "first_year": 2023,
        "options": {"lead_time": 1, "ramp_up": [0.5, 1]},
        "conversions": [dig, dig | {"id": "e", "yields_from": 2025}],
    }
    found = clean(question=question)
    product = found.plan.product("菱镁矿")
    made = {year: largest_supply(found, product, year)["东县"] for year in (2023, 2024, 2025)}
    assert made == {2023: 25, 2024: 31, 2025: 49}


def test_demand_of_single_years_is_asked_in_them() -> None:
    """33 in 2024 alone are above 31: one finding, of that year."""
    demand = asked("菱镁矿", "30 万吨", by_year={2024: "33 万吨"})
    found = coded(clean(question=demand | {"mode": "calendar", "first_year": 2023}), "A502")
    assert "2024年33万吨" in found.message_zh
    assert "2023" not in found.message_zh


def test_years_that_differ_are_one_finding() -> None:
    """33 in 2023 and 2024, 35 in 2025: two figures, one finding."""
    demand = asked("菱镁矿", "33 万吨", by_year={2025: "35 万吨"})
    found = coded(clean(question=demand | {"mode": "calendar", "first_year": 2023}), "A502")
    assert "2023–2024年33万吨" in found.message_zh
    assert "2025年35万吨" in found.message_zh


def handed_down() -> dict[str, Any]:
    return {
        "id": "from_province",
        "title": name("省下达"),
        "product": "菱镁矿",
        "attribute": "binding",
        "years": YEARS,
        "issuer": "省",
        "source": "第七章",
    }


def from_above(**fields: Any) -> dict[str, Any]:
    return {"product": "菱镁矿", "year": 2025, "document": "文件1号"} | fields


def test_without_a_figure_from_above_there_is_no_quota() -> None:
    """Nothing for anybody: said once, and not again as a demand unmet."""
    found = clean(plan={"handed_down": [handed_down()]})
    assert "2025年待下达" in coded(found, "A701").message_zh
    assert possible(found) == 0
    assert "A502" not in codes(found)


def test_a_figure_for_one_county_leaves_the_others_waiting() -> None:
    """The east's 20 hold; the west waits: 20 of the 30 asked."""
    found = clean(
        plan={"handed_down": [handed_down()]},
        question={"caps_from_above": [from_above(county="东县", amount="20 万吨")]},
    )
    product = found.plan.product("菱镁矿")
    assert awaiting(found, product, 2025) == ("西县",)
    assert possible(found) == 20
    assert "西县" in coded(found, "A701").message_zh
    assert "缺口至少10万吨" in coded(found, "A502").message_zh


def test_batches_add_up_and_uses_stand_apart() -> None:
    """Main 10 + 8 in two batches, comprehensive 3: M1 is main, M2 comprehensive: 18 + 3."""
    documents = [
        from_above(main="10 万吨", comprehensive="3 万吨", batch=1),
        from_above(main="8 万吨", batch=2),
    ]
    found = clean(question={"caps_from_above": documents})
    product = found.plan.product("菱镁矿")
    net = {(one.use, one.net) for one in limits(found, product, 2025) if "above" in one.id}
    assert net == {("main", 18), ("comprehensive", 3)}
    first, second = found.rights
    apart = replace(found, rights=(first, replace(second, use="comprehensive")))
    assert possible(apart) == 21


def test_a_multiple_of_the_base_year_is_a_cap() -> None:
    """Twice 12 are 24: below the 30 asked."""
    twice = cap("twice", "1 万吨") | {"times_base": 2}
    del twice["amount"]
    base = {"菱镁矿": {"amount": "12 万吨", "synthetic": False, "source": "统计"}}
    found = clean(plan={"caps": [*tiny_plan()["caps"], twice]}, question={"base_outputs": base})
    assert possible(found) == 24


BLOCKS = {"basis": "block_stone", "block_yield": 0.2}


def block_stone(amount: str, basis: str | None = None) -> Scenario:
    """100 万立方米 of blocks asked, a capacity of 1000 of ore, a cap of 80 as blocks or as ore."""
    plan = tiny_plan()
    products = [plan["products"][0], plan["products"][1] | BLOCKS]
    limit = cap("stone", amount, product="建筑石料", basis=basis)
    return clean(
        plan={
            "products": products,
            "caps": [*plan["caps"], limit],
            "zones": [zone(authority="county", maximum="1000 万立方米")],
        },
        question=asked("建筑石料", "100 万立方米"),
    )


def test_a_cap_of_block_stone_is_read_both_ways() -> None:
    """80 of blocks leave 20 unmet; 80 of ore are 16 of blocks and leave 84; 600 of ore do."""
    found = coded(block_stone("80 万立方米"), "A502")
    assert "缺口至少20万立方米" in found.message_zh
    assert "以上按荒料读总量；按矿石体积读，最多可供16，仍缺84万立方米" in found.message_zh
    ore = coded(block_stone("80 万立方米", "ore"), "A502")
    assert "缺口至少84万立方米" in ore.message_zh
    assert "按荒料读，最多可供80，仍缺20万立方米" in ore.message_zh
    assert "read as block stone" in ore.message_en
    assert "A502" not in codes(block_stone("600 万立方米", "ore"))


def test_a_generous_other_reading_is_said_to_be_enough() -> None:
    """400 of ore are 80 of blocks, too few; read as blocks they would do."""
    assert "可以满足" in coded(block_stone("400 万立方米", "ore"), "A502").message_zh


def test_by_products_grow_with_the_ore_they_come_with() -> None:
    """0.5 万立方米 for each 万吨 of magnesite: 40 万吨 bring at most 20 of the 75 asked."""
    source = {
        "minerals": ["菱镁矿"],
        "per_ore": "0.5 万立方米",
        "assumed": False,
        "source": "test",
    }
    demand = asked("建筑石料", "75 万立方米", by_product_from=[source])
    found = clean(question=demand)
    product = found.plan.product("建筑石料")
    assert outside(found, product, found.question.demand["建筑石料"], 2025) == 20
    assert codes(found) == {"A504"}
    assert "最多20万立方米" in coded(found, "A504").message_zh
    more = clean(question=asked("建筑石料", "81 万立方米", by_product_from=[source]))
    assert "缺口至少1万立方米" in coded(more, "A501").message_zh


def test_by_products_count_ore_in_their_own_unit() -> None:
    """75 万吨 at 2.5 t/m³ are 30 万立方米, the place adds 60; 0.1 万吨 of each are 9, less 10 %."""
    source = {
        "minerals": ["建筑石料"],
        "ore_unit": "万立方米",
        "per_ore": "0.1 万吨",
        "assumed": False,
        "source": "test",
    }
    question = asked("菱镁矿", "30 万吨", by_product_from=[source])
    quarry = mine("S3", "西县", "建筑石料", "75 万吨")
    found = clean(quarry, question=question | {"options": {"availability": 0.9}})
    demand = found.question.demand["菱镁矿"]
    assert outside(found, found.plan.product("菱镁矿"), demand, 2025) == pytest.approx(8.1)


def test_a_cap_to_be_handed_out_that_cannot_be() -> None:
    """A ceiling of 41 above the 40 there are is a note; to be handed out, a warning."""
    caps = {"caps": [cap("high", "41 万吨")]}
    assert coded(clean(plan=caps), "A503").severity == "note"
    found = coded(clean(plan=caps, question={"options": {"hand_out": {"菱镁矿": "cap"}}}), "A503")
    assert found.severity == "warning"
    assert "不能全部下达" in found.message_zh


def test_demand_from_a_cap_is_that_cap() -> None:
    """The whole cap of 31, net of a tenth, is asked: 27.9, which the two mines can make."""
    demand = {"菱镁矿": {"from_cap": True, "assumed": False, "source": "专栏一"}}
    found = clean(question={"demand": DEMAND | demand, "options": {"holdback": {"菱镁矿": 0.1}}})
    one = balance(found, found.plan.product("菱镁矿"), 2025)
    assert one is not None
    assert one.wanted == pytest.approx(27.9)
    assert audit(found) == ()


def test_ore_that_cannot_be_converted_is_said() -> None:
    """Stone licensed in tonnes without any density yields nothing here, and is named by mineral."""
    plan = tiny_plan()
    bare = plan["products"][1] | {"density": None, "density_source": ""}
    found = clean(
        mine("S3", "西县", "建筑石料", "75 万吨"), plan={"products": [plan["products"][0], bare]}
    )
    capacity = found.rights[-1].capacity
    assert capacity is not None
    assert in_product(found.plan.product("建筑石料"), capacity) is None
    assert "建筑石料 1" in coded(found, "A406").message_zh
