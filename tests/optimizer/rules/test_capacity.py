"""CAPACITY: licence, availability, conversion of ore to product."""

import builders
import pytest
from small import clause, issued, magnesite, mine, quarry, quotas, stone

from minequota.optimizer.solve import solve
from minequota.scenarios.right import Provenance

FREE = {"caps": []}


def test_output_stops_at_the_licence():
    """12 + 8 can be made of 30 asked: both at capacity, 10 missing."""
    answer = solve(magnesite([mine("A", "12 万吨"), mine("B", "8 万吨")], plan=FREE))
    assert quotas(answer) == {"A": 12, "B": 8}
    assert [one.share_of_capacity for one in answer.quotas] == [1, 1]
    assert {one.source for one in answer.quotas} == {"采矿许可证载明生产规模"}
    assert answer.balance[0].unmet == 10


def test_availability_shortens_the_year():
    """With availability 0.75 a licence of 12 makes 9."""
    scenario = magnesite([mine("A", "12 万吨")], plan=FREE, options={"availability": 0.75})
    assert quotas(scenario) == {"A": 9}


def test_a_new_right_is_issued_for_what_it_must_make():
    """A demand of 36 at availability 0.9 needs a capacity of 40; at 1.0 one of 36."""
    assert issued(stone(demand="36 万立方米")) == {"Z1-1": 36}
    answer = solve(stone(demand="36 万立方米", options={"availability": 0.9}))
    assert (issued(answer), quotas(answer)) == ({"Z1-1": 40}, {"Z1-1": 36})


def test_a_new_right_keeps_within_its_zone():
    """The zone allows 60 of 80 asked."""
    answer = solve(stone(demand="80 万立方米"))
    assert (issued(answer), quotas(answer)) == ({"Z1-1": 60}, {"Z1-1": 60})
    assert answer.issuance[0].maximum_assumed is False


def test_a_zone_without_a_maximum_gets_the_stated_multiple():
    """Three times the minimum of 20 is 60, marked as assumed."""
    zones = [builders.zone(maximum=None)]
    answer = solve(stone(demand="80 万立方米", plan={"zones": zones}))
    assert issued(answer) == {"Z1-1": 60}
    assert answer.issuance[0].maximum_assumed is True


@pytest.mark.parametrize(
    ("capacity", "fields", "made", "ore"),
    [
        # 75 万吨 ÷ 2.5 t/m³ = 30 万立方米; with the right's own 3 t/m³ it is 25.
        ("75 万吨", {}, 30, 75),
        ("75 万吨", {"density": 3.0}, 25, 75),
        ("300000 立方米", {}, 30, 300000),
    ],
)
def test_licences_in_other_units(capacity, fields, made, ore):
    """A quarry's licence in tonnes or cubic metres, demand 80 万立方米, no new right."""
    answer = solve(stone([quarry("C", capacity, **fields)], "80 万立方米", {"zones": []}))
    record = answer.quotas[0]
    assert (record.amount, record.ore) == (made, pytest.approx(ore))
    assert record.ore_unit == record.capacity_unit == capacity.split()[1]


@pytest.mark.parametrize(("fields", "made"), [({}, 50), ({"grade": 0.124}, 20)])
def test_standard_ore_counts_by_grade(fields, made):
    """100 万吨 of 31 % ore are 100 × 0.31 / 0.62 = 50 of 62 % ore; of 12.4 % ore, 20."""
    plan = builders.tiny_plan(caps=[], zones=[])
    plan["products"][0] |= {"basis": "standard_iron_62", "grade": 0.31, "grade_source": "test"}
    question = builders.tiny_question()
    del question["demand"]["建筑石料"]
    question["demand"]["菱镁矿"]["amount"] = "60 万吨"
    answer = solve(builders.scenario(plan, question, [mine("A", "100 万吨", **fields)]))
    assert (quotas(answer), answer.quotas[0].ore) == ({"A": made}, 100)


def test_whoever_leaves_makes_nothing():
    """One of two must leave: the later licence has no figure and the other makes its 12."""
    plan = FREE | {"counts": [builders.count(1)]}
    answer = solve(magnesite([mine("A", "12 万吨"), mine("B", "12 万吨")], plan=plan))
    assert quotas(answer) == {"A": 12}


def test_the_rule_says_how_many_it_reaches():
    """Two magnesite mines have a figure, the gold mine has none; one row is synthetic."""
    rights = [
        mine("A", "12 万吨"),
        mine("B", "12 万吨", provenance={"capacity": Provenance.SYNTHETIC}),
        builders.right("G", "东县", "金矿", "3 万吨"),
    ]
    line = clause(solve(magnesite(rights)), "CAPACITY")
    assert line.applies
    assert (line.reach, line.marginal) == (2, "")
    assert line.rests_on_synthetic
