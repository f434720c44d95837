"""Whole steps: exact sums, county caps, capacity steps, finer steps where none fit."""

import builders
import pytest
from small import asked, extra, goal, issued, magnesite, mine, quarry, quotas, stone

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def test_31_among_seven_equal_mines():
    """31 / 7 = 4.428…: six get 4.43, and the last licence 31 - 26.58 = 4.42."""
    rights = [mine(f"M{k}", "10 万吨") for k in range(1, 8)]
    plan = {"caps": [builders.cap("city", "31 万吨")]}
    shares = quotas(magnesite(rights, "31 万吨", plan))
    assert list(shares.values()) == [4.43] * 6 + [4.42]
    assert round(sum(shares.values()), 9) == 31


def test_county_caps_are_kept_to_the_step():
    """East 21 among 8 mines is 2.625 each: four at 2.63, four at 2.62; west 10 / 3."""
    rights = [mine(f"E{k}", "9 万吨") for k in range(8)]
    rights += [mine(f"W{k}", "9 万吨", "西县") for k in range(3)]
    answer = solve(magnesite(rights, "31 万吨"))
    shares = quotas(answer)
    assert sorted(shares[f"E{k}"] for k in range(8)) == [2.62] * 4 + [2.63] * 4
    assert [shares[f"W{k}"] for k in range(3)] == [3.34, 3.33, 3.33]
    assert [one.used for one in answer.caps] == [31, 21, 10]
    assert goal(answer, "unmet_demand_1").rounded_value == 0


def test_shares_move_by_less_than_a_step():
    """5 : 10 : 17 of 13: 2.03125, 4.0625, 6.90625 become 2.03, 4.06, 6.91."""
    rights = [mine("A", "5 万吨"), mine("B", "10 万吨"), mine("C", "17 万吨")]
    assert quotas(magnesite(rights, "13 万吨", FREE)) == {"A": 2.03, "B": 4.06, "C": 6.91}


@pytest.mark.parametrize(
    ("step", "shares"), [(0.01, [3.34, 3.33, 3.33]), (1, [4, 3, 3]), (5, [5, 5, 0])]
)
def test_the_step_is_the_products(step, shares):
    """10 among three equal mines in steps of 0.01, 1 and 5."""
    products = builders.tiny_plan()["products"]
    products[0]["step"] = step
    rights = [mine(key, "9 万吨") for key in "ABC"]
    answer = solve(magnesite(rights, "10 万吨", FREE | {"products": products}))
    assert list(quotas(answer).values()) == shares
    line = next(one for one in answer.rounding if one.product == "菱镁矿")
    assert (line.step, line.asked, line.unit) == (step, step, "万吨")
    assert answer.notes == ()


def test_a_demand_between_two_steps_is_missed_by_less_than_one():
    """10.005 asked in steps of 0.01: 10 are made, 0.005 stay missing, and no more."""
    answer = solve(magnesite([mine("A", "20 万吨")], "10.005 万吨", FREE))
    assert quotas(answer) == {"A": 10}
    assert answer.balance[0].unmet == 0.005
    assert goal(answer, "unmet_demand_1").value == pytest.approx(0)
    assert goal(answer, "unmet_demand_1").rounded_value == pytest.approx(0.005 / 10.005)


def test_rounding_down_never_costs_more_than_it_must():
    """Three of 3.335 could make 10.005; in steps each makes 3.33, together 9.99 of 10."""
    rights = [mine(key, "3.335 万吨") for key in "ABC"]
    answer = solve(magnesite(rights, "10 万吨", FREE))
    assert list(quotas(answer).values()) == [3.33] * 3
    assert answer.balance[0].unmet == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("sense", "amount", "finer"),
    [
        ("floor", 0.01, 1),
        # 0.005 exactly is half a step: a tenth of the step fits.
        ("level", 0.005, 0.1),
        # A hundredth is the last that is tried.
        ("level", 0.0005, 0.01),
    ],
)
def test_a_finer_step_where_none_fits(sense, amount, finer):
    """The only western mine must make this much; the answer says which step was used."""
    plan = {"caps": [builders.cap("west", f"{amount} 万吨", "西县", sense=sense)]}
    rights = [mine("A", "9 万吨"), mine("B", f"{amount} 万吨", "西县")]
    answer = solve(magnesite(rights, "5 万吨", plan))
    assert quotas(answer)["B"] == amount
    line = next(one for one in answer.rounding if one.product == "菱镁矿")
    assert line.step == pytest.approx(0.01 * finer)
    assert line.asked == 0.01
    assert answer.notes == (() if finer == 1 else ("finer_rounding_step",))


def test_a_floor_between_two_steps_is_rounded_up():
    """At least 0.005 and room for more: one whole step of 0.01, no finer one."""
    plan = {"caps": [builders.cap("west", "0.005 万吨", "西县", sense="floor")]}
    answer = solve(magnesite([mine("A", "9 万吨"), mine("B", "0.01 万吨", "西县")], "5 万吨", plan))
    assert quotas(answer)["B"] == 0.01
    assert answer.notes == ()


def test_new_capacity_comes_in_its_own_steps():
    """36.5 asked: capacity in steps of 1 is 37, output 36.5."""
    answer = solve(stone(demand="36.5 万立方米"))
    assert (issued(answer), quotas(answer)) == ({"Z1-1": 37}, {"Z1-1": 36.5})
    assert goal(answer, "capacity_issued").value == pytest.approx(36.5 / 20)
    assert goal(answer, "capacity_issued").rounded_value == pytest.approx(37 / 20)


def test_capacity_steps_count_in_the_licences_unit():
    """A zone in tonnes: 36.5 万立方米 are 91.25 万吨, issued for 92, whose ore is 91.25."""
    zones = [builders.zone(minimum="50 万吨", maximum="150 万吨")]
    answer = solve(stone(demand="36.5 万立方米", plan={"zones": zones}))
    assert issued(answer) == {"Z1-1": 92}
    assert (answer.quotas[0].amount, answer.quotas[0].ore) == (36.5, 91.25)


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        ("20.5 万吨", "20.5 万吨", {}),
        ("20.5 万吨", "21 万吨", {"X": 21}),
        ("20.5 万吨", "21.5 万吨", {"X": 21}),
        ("20 万吨", "20.5 万吨", {"X": 20}),
    ],
)
def test_a_licence_is_never_issued_between_two_steps(least, most, expected):
    """A block of at least and at most so much, in steps of 1: perhaps none."""
    block = extra("X", most, minimum=least)
    answer = solve(magnesite([], "3 万吨", FREE, extra_candidates=[block]))
    assert issued(answer) == expected
    assert answer.notes == ()


def test_service_life_leaves_whole_steps_of_capacity():
    """Reserves of 209 over 10 years are 20.9: 20 may be issued, and 20 of 60 be made."""
    zones = [builders.zone(reserves="209 万立方米")]
    options = {"least_service_life": 10.0}
    scenario = stone(demand="60 万立方米", plan={"zones": zones}, options=options)
    assert (issued(scenario), quotas(scenario)) == ({"Z1-1": 20}, {"Z1-1": 20})


def test_capacity_counts_in_multiples_of_the_minimum():
    """80 from zones of least 20 and 30: 20 + 60 is 1 + 2 = 3 minimums, 32 + 48 would be 3.2."""
    zones = [builders.zone(), builders.zone("Z2", minimum="30 万立方米")]
    assert issued(stone(demand="80 万立方米", plan={"zones": zones})) == {"Z1-1": 20, "Z2-1": 60}


def test_expected_caps_are_met_again_in_steps():
    """Stone at most 40 by an expected cap, a quarry and a new right: exactly 40 are made."""
    plan = {
        "caps": [builders.cap("stone", "40 万立方米", product="建筑石料", attribute="expected")]
    }
    answer = solve(stone([quarry("C", "33.3333 万立方米")], "50 万立方米", plan))
    assert round(sum(quotas(answer).values()), 9) == 40
    assert goal(answer, "expected_indicators").rounded_value == 0


def test_a_running_mine_whose_floor_is_no_step_runs_at_the_next():
    """Half of 6.666 is 3.333: in steps of 0.01 the mine runs at 3.34 or rests."""
    scenario = {"options": {"min_load": 0.5}}
    rights = [mine("A", "6.666 万吨")]
    assert quotas(magnesite(rights, "3.34 万吨", FREE, **scenario)) == {"A": 3.34}
    assert quotas(magnesite(rights, "3.335 万吨", FREE, **scenario)) == {"A": 0}


def test_a_mine_that_must_run_at_its_capacity_runs_at_the_step_below():
    """Licensed for 3.333 and asked for min(10, 3.333): 3.33 in steps, not zero."""
    options = {"minimum_binds_output": True}
    assert quotas(magnesite([mine("A", "3.333 万吨")], "5 万吨", FREE, options=options)) == {
        "A": 3.33
    }


def test_mines_at_their_floors_always_fit_in_steps():
    """Three whose capacity 3.3333 is their floor, 10 asked: 9.99 in steps, all three run."""
    options = {"minimum_binds_output": True}
    rights = [mine(key, "3.3333 万吨") for key in "ABC"]
    shares = quotas(magnesite(rights, "10 万吨", FREE, options=options))
    assert list(shares.values()) == [3.33] * 3


def test_supply_from_outside_need_not_be_in_steps():
    """Imports of 1.2345 against 5: 3.76 in steps, 0.0055 stay missing."""
    answer = solve(magnesite([mine("A", "9 万吨")], asked("5 万吨", imports="1.2345 万吨"), FREE))
    assert quotas(answer) == {"A": 3.76}
    assert answer.balance[0].unmet == pytest.approx(0.0055)
