"""DEMAND: what is made, brought in and missing adds up; priorities; demand taken from a cap."""

import builders
import pytest
from small import asked, clause, goal, issued, magnesite, mine, quotas, stone

from minequota.optimizer.solve import solve

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
