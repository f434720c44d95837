"""DEMAND: what is made, brought in and missing adds up; priorities; caps taken or handed out."""

from dataclasses import replace

import builders
import pytest
from small import (
    asked,
    clause,
    goal,
    issued,
    magnesite,
    mine,
    problem_of,
    quarry,
    quotas,
    stone,
)

from minequota.optimizer.draft import NONE, start_draft
from minequota.optimizer.rules import demand
from minequota.optimizer.solve import solve
from minequota.scenarios.units import Quantity

FREE = {"caps": []}


@pytest.mark.parametrize(
    ("outside", "made", "unmet", "surplus"),
    [
        ({}, 12, 18, 0),
        ({"imports": "20 万吨"}, 10, 0, 0),
        ({"by_product": "20 万吨"}, 10, 0, 0),
        ({"imports": "15 万吨", "by_product": "5 万吨"}, 10, 0, 0),
        ({"imports": "1000 吨"}, 12, 17.9, 0),
        ({"imports": "30 万吨"}, 0, 0, 0),
        # Only what comes from outside may exceed the demand.
        ({"imports": "33 万吨"}, 0, 0, 3),
        ({"imports": "18 万吨"}, 12, 0, 0),
    ],
)
def test_the_balance(outside, made, unmet, surplus):
    """A mine of 12 against a demand of 30 and what comes from outside."""
    answer = solve(magnesite([mine("A", "12 万吨")], asked("30 万吨", **outside), FREE))
    assert quotas(answer) == {"A": made}
    line = answer.balance[0]
    assert (line.unmet, line.surplus) == (unmet, surplus)
    supply = line.production_existing + line.production_new + line.imports + line.by_product
    assert supply + line.unmet == pytest.approx(line.demand + line.surplus)
    assert goal(answer, "unmet_demand_1").rounded_value == pytest.approx(unmet / 30)
    assert clause(answer, "DEMAND.菱镁矿").missed_by == unmet


def test_a_demand_in_another_unit():
    """90000 吨 are 9 万吨."""
    assert quotas(magnesite([mine("A", "12 万吨")], "90000 吨", FREE)) == {"A": 9}


def test_nobody_makes_what_nobody_asks_for():
    """A demand of zero, and a product without any: no output, no right issued."""
    assert quotas(magnesite([mine("A", "12 万吨")], "0 万吨", FREE)) == {"A": 0}
    answer = solve(magnesite([mine("A", "12 万吨")], plan=FREE | {"zones": [builders.zone()]}))
    assert issued(answer) == {}
    assert [line.product for line in answer.balance] == ["菱镁矿"]


def test_a_product_with_neither_cap_nor_demand_has_no_figure():
    """Stone is not asked for: the quarry has no record, but its right stays."""
    rights = [mine("A", "12 万吨"), builders.right("C", "西县", "建筑石料", "30 万立方米")]
    answer = solve(magnesite(rights, plan=FREE))
    assert quotas(answer) == {"A": 12}
    assert [one.kind for one in answer.actions] == ["keep", "keep"]


@pytest.mark.parametrize("sense", ["ceiling", "level", "about"])
@pytest.mark.parametrize(("share", "demand"), [(0.0, 25.0), (0.2, 20.0)])
def test_demand_from_the_cap_is_net_of_the_holdback(sense, share, demand):
    """The strictest whole cap of 25 and 31 is the demand, less a fifth held back: 20."""
    caps = [builders.cap("plan", "31 万吨"), builders.cap("above", "25 万吨", sense=sense)]
    caps[1] |= {"tolerance": 0.1} if sense == "about" else {}
    given = {"from_cap": True, "assumed": False, "source": "专栏一"}
    answer = solve(
        magnesite(
            [mine("A", "99 万吨")], given, {"caps": caps}, options={"holdback": {"菱镁矿": share}}
        )
    )
    assert answer.balance[0].demand == demand
    assert quotas(answer) == {"A": demand}
    assert answer.balance[0].from_cap


def test_a_county_cap_is_no_demand():
    """Caps of 5 on the east and 25 on the whole: the demand is 25, of which 5 can be made."""
    caps = [builders.cap("east", "5 万吨", "东县"), builders.cap("city", "25 万吨")]
    given = {"from_cap": True, "assumed": False, "source": "专栏一"}
    answer = solve(magnesite([mine("A", "99 万吨")], given, {"caps": caps}))
    assert (answer.balance[0].demand, answer.balance[0].unmet) == (25, 20)


@pytest.mark.parametrize(("first", "gone"), [("菱镁矿", "C"), ("建筑石料", "A")])
def test_priorities_are_stages(first, gone):
    """One of two must leave: the product of priority 1 keeps its mine, whatever the shares.

    One closed mine leaves its whole demand unmet: 0 for the first stage, 1 for the second.
    """
    rights = [mine("A", "30 万吨"), builders.right("C", "西县", "建筑石料", "50 万立方米")]
    demand = {
        "菱镁矿": asked("30 万吨", priority=1 if first == "菱镁矿" else 2),
        "建筑石料": asked("50 万立方米", priority=1 if first == "建筑石料" else 2),
    }
    plan = builders.tiny_plan(caps=[], zones=[], counts=[builders.count(1)])
    scenario = builders.scenario(plan, builders.tiny_question(demand=demand), rights)
    answer = solve(scenario)
    assert gone not in quotas(answer)
    assert goal(answer, "unmet_demand_1").rounded_value == 0
    assert goal(answer, "unmet_demand_2").rounded_value == 1


def test_one_priority_sums_the_shares():
    """12 of 30 and 20 of 50 are made: 18 / 30 + 30 / 50 = 1.2."""
    rights = [mine("A", "12 万吨"), builders.right("C", "西县", "建筑石料", "20 万立方米")]
    scenario = builders.scenario(builders.tiny_plan(caps=[], zones=[]), rights=rights)
    answer = solve(scenario)
    assert goal(answer, "unmet_demand_1").rounded_value == pytest.approx(1.2)


def test_the_rule_of_a_demand_from_outside_alone():
    """Without a mine or candidate the whole demand less the imports is missing."""
    answer = solve(stone(demand=asked("50 万立方米", imports="8 万立方米"), plan={"zones": []}))
    assert answer.balance[0].unmet == 42


def waste(minerals: tuple[str, ...] = ("菱镁矿",), **changes):
    """Return stone from the waste of other ore: 0.2 万立方米 of each 万吨, unless changed."""
    given = {"minerals": minerals, "per_ore": "0.2 万立方米", "assumed": True, "source": "test"}
    return given | changes


def two_products(right, origin, stone_demand="50 万立方米", **products):
    """Return a year that asks for 10 万吨 of magnesite and some stone, with a quarry of 60."""
    plan = builders.tiny_plan(caps=[], zones=[])
    for product in plan["products"]:
        product |= products.get("magnesite", {}) if product["name"] == "菱镁矿" else {}
    demand = {
        "菱镁矿": asked("10 万吨"),
        "建筑石料": asked(stone_demand, by_product_from=[origin]),
    }
    return builders.scenario(
        plan, builders.tiny_question(demand=demand), [right, quarry("Q", "60 万立方米")]
    )


@pytest.mark.parametrize(
    ("right", "origin", "products", "supplied"),
    [
        # 10 万吨 of ore give 10 · 0.2.
        ({}, waste(), {}, 2),
        # 0.2 立方米 a 吨 is 0.2 万立方米 a 万吨.
        ({}, waste(ore_unit="吨", per_ore="0.2 立方米"), {}, 2),
        # Of 2 吨 a 立方米 they are 5 万立方米 of ore, at 0.3 each.
        ({"density": 2.0}, waste(ore_unit="万立方米", per_ore="0.3 万立方米"), {}, 1.5),
        # Counted as the half they contain, 10 are 20 of ore.
        ({}, waste(), {"magnesite": {"basis": "mineral", "grade": 0.5, "grade_source": "x"}}, 4),
        # Nobody asks for gold, so nobody knows its ore.
        ({}, waste(("金矿",)), {}, 0),
        # No more than is needed.
        ({}, waste(per_ore="9 万立方米"), {}, 50),
    ],
)
def test_by_products_follow_other_mines(right, origin, products, supplied):
    """What comes with 10 万吨 of magnesite is taken before the quarry's stone, up to the demand."""
    answer = solve(two_products(mine("A", "30 万吨", **right), origin, **products))
    made = quotas(answer)
    assert made == pytest.approx({"A": 10, "Q": 50 - supplied})
    line = next(one for one in answer.balance if one.product == "建筑石料")
    assert (line.by_product, line.unmet, line.surplus) == pytest.approx((supplied, 0, 0))


def test_fixed_and_following_by_products_add_up():
    """8 fixed and 10 · 0.2 of 50: 40 are left for the quarry."""
    scenario = two_products(mine("A", "30 万吨"), waste())
    given = scenario.question.demand
    more = given["建筑石料"].model_copy(update={"by_product": Quantity(8.0, "万立方米")})
    question = scenario.question.model_copy(update={"demand": {**given, "建筑石料": more}})
    answer = solve(replace(scenario, question=question))
    assert quotas(answer)["Q"] == 40
    assert answer.balance[1].by_product == 10


def test_the_row_ends_with_what_is_measured():
    """The records read the row's last columns: by-product supply, unmet demand, surplus."""
    problem = problem_of(two_products(mine("A", "30 万吨"), waste()))
    draft = start_draft(problem)
    demand.write(problem, draft)
    row = next(one for one in draft.clauses if one.id == "DEMAND.建筑石料")
    columns, p = draft.columns, 1
    assert problem.products[p].name == "建筑石料"
    tail = [columns.by_product[0, p], columns.unmet[0, p], columns.surplus[0, p]]
    assert row.index[-3:].tolist() == tail
    assert row.value[-3:].tolist() == [1, 1, -1]
    assert columns.by_product[0, 0] == NONE
    assert columns.not_handed[0, 0] == NONE


@pytest.mark.parametrize(
    ("capacity", "wanted", "made", "goal_value", "unmet", "surplus"),
    [
        # All of the cap's 31, of which 11 exceed the demand.
        ("40 万吨", "20 万吨", 31, 0, 0, 11),
        # 6 of the 31 cannot be handed out; the demand of 20 is exceeded all the same.
        ("25 万吨", "20 万吨", 25, 6 / 31, 0, 5),
        # The cap leads, whatever more is asked for.
        ("40 万吨", "50 万吨", 31, 0, 19, 0),
    ],
)
def test_the_whole_cap_is_handed_out(capacity, wanted, made, goal_value, unmet, surplus):
    """A cap of 31 that is handed out: demand only measures what is missing or left over."""
    answer = solve(
        magnesite(
            [mine("A", capacity)],
            wanted,
            {"caps": [builders.cap("city", "31 万吨")]},
            options={"hand_out": {"菱镁矿": "cap"}},
        )
    )
    assert quotas(answer) == {"A": made}
    line = answer.balance[0]
    assert (line.handed_out, line.unmet, line.surplus) == (31, unmet, surplus)
    assert goal(answer, "unmet_demand_1").value == pytest.approx(goal_value)


def test_counties_caps_are_handed_out_together():
    """No cap on the whole, 21 in the east and 10 in the west, a fifth held back: 24.8."""
    caps = [builders.cap("east", "21 万吨", "东县"), builders.cap("west", "10 万吨", "西县")]
    rights = [mine("A", "40 万吨"), mine("B", "40 万吨", "西县")]
    options = {"hand_out": {"菱镁矿": "cap"}, "holdback": {"菱镁矿": 0.2}}
    answer = solve(magnesite(rights, "5 万吨", {"caps": caps}, options=options))
    assert quotas(answer) == {"A": 16.8, "B": 8}
    assert answer.balance[0].handed_out == pytest.approx(24.8)


def test_a_demand_of_its_own_in_one_year():
    """30 a year, 12 in 2024; imports of 2 come every year."""
    given = asked("30 万吨", imports="2 万吨", by_year={2024: "12 万吨"})
    answer = solve(magnesite([mine("A", "40 万吨")], given, FREE, mode="calendar", first_year=2023))
    assert [(one.year, one.amount) for one in answer.quotas] == [
        (2023, 28),
        (2024, 10),
        (2025, 28),
    ]
