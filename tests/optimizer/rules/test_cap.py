"""CAP: every sense, binding and expected, blank counties, holdback, years."""

import builders
import pytest
from small import clause, goal, magnesite, mine, quotas

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError

EXPECTED = {"attribute": "expected"}


def two_mines(demand, *caps, east="30 万吨", west="30 万吨", **question):
    """Return a mine in each county under the given caps."""
    rights = [mine("A", east), mine("B", west, "西县")]
    return magnesite(rights, demand, {"caps": list(caps)}, **question)


def west(amount, **changes):
    """Return a cap on the western county."""
    return builders.cap("west", amount, "西县", **changes)


def test_county_caps_bind_before_the_whole():
    """East 21, west 10, whole 31: of 40 asked 21 + 10 = 31 are made and 9 are missing."""
    answer = solve(magnesite([mine("A", "30 万吨"), mine("B", "30 万吨", "西县")], "40 万吨"))
    assert quotas(answer) == {"A": 21, "B": 10}
    assert answer.balance[0].unmet == 9
    assert [one.binding for one in answer.rules if one.code == "CAP"] == [True, True, True]


def test_whole_cap_counts_every_county():
    """A cap of 31 on the whole: 60 are possible and 40 asked, 31 are made, 15.5 each."""
    assert quotas(two_mines("40 万吨", builders.cap("city", "31 万吨"))) == {"A": 15.5, "B": 15.5}


@pytest.mark.parametrize(
    ("limit", "demand", "shares"),
    [
        # An even split of 10 is 5 : 5.
        (west("3 万吨"), "10 万吨", (7, 3)),
        (west("5 万吨"), "10 万吨", (5, 5)),
        (west("8 万吨", sense="floor"), "10 万吨", (2, 8)),
        (west("5 万吨", sense="floor"), "10 万吨", (5, 5)),
        (west("3 万吨", sense="level"), "10 万吨", (7, 3)),
        (west("8 万吨", sense="level"), "10 万吨", (2, 8)),
        # 10 ± 10 %: 9 to 11.
        (west("10 万吨", sense="about", tolerance=0.1), "10 万吨", (1, 9)),
        (west("10 万吨", sense="about", tolerance=0.1), "21 万吨", (10.5, 10.5)),
        (west("10 万吨", sense="about", tolerance=0.1), "24 万吨", (13, 11)),
        (west("3 万吨", sense="forecast"), "10 万吨", (5, 5)),
    ],
)
@pytest.mark.parametrize("attribute", ["binding", "expected"])
def test_every_sense_moves_the_split(limit, demand, shares, attribute):
    """Where the demand can be met anyway, binding and expected clauses are kept alike."""
    answer = solve(two_mines(demand, limit | {"attribute": attribute}))
    assert tuple(quotas(answer).values()) == shares
    assert clause(answer, "CAP.west").missed_by == 0


def test_forecast_is_reported_and_holds_nobody():
    """A forecast of 3 against 5 made: used 5, two beyond it, not binding, nothing missed."""
    line = clause(solve(two_mines("10 万吨", west("3 万吨", sense="forecast"))), "CAP.west")
    assert (line.used, line.slack, line.binding, line.missed_by) == (5, -2, False, 0)


@pytest.mark.parametrize(
    ("changes", "slack"),
    [
        ({"sense": "ceiling"}, 3),
        ({"sense": "forecast"}, 3),
        ({"sense": "floor", "attribute": "expected"}, -3),
        ({"sense": "level", "attribute": "expected"}, -3),
        ({"sense": "about", "attribute": "expected", "tolerance": 0.1}, -3 + 0.8),
    ],
)
def test_slack_is_the_room_a_clause_leaves(changes, slack):
    """5 made in the west against a figure of 8; about 8 ± 10 % has a band of 0.8."""
    answer = solve(two_mines("5 万吨", west("8 万吨", **changes), east="1 万吨", west="5 万吨"))
    if changes["sense"] in ("ceiling", "forecast"):
        slack = 8 - quotas(answer)["B"]
    else:
        assert quotas(answer)["B"] == 5
    assert clause(answer, "CAP.west").slack == pytest.approx(slack)


def test_expected_ceiling_outranks_demand():
    """40 asked, the east can make 20, the west 30: the expected 10 holds, 10 stay missing."""
    answer = solve(two_mines("40 万吨", west("10 万吨", **EXPECTED), east="20 万吨"))
    assert quotas(answer) == {"A": 20, "B": 10}
    assert goal(answer, "expected_indicators").value == 0
    assert goal(answer, "unmet_demand_1").rounded_value == pytest.approx(10 / 40)


def test_expected_ceiling_is_no_target():
    """An expected ceiling of 28 with a demand of 5 makes nobody produce more than 5."""
    answer = solve(two_mines("5 万吨", west("28 万吨", **EXPECTED)))
    assert sum(quotas(answer).values()) == 5
    assert goal(answer, "expected_indicators").value == 0


def test_expected_miss_is_relative_to_its_figure():
    """A binding floor of 8 forces 3 over an expected 5: 3 / 5 = 0.6."""
    answer = solve(
        two_mines(
            "10 万吨", west("8 万吨", sense="floor"), west("5 万吨", **EXPECTED) | {"id": "w"}
        )
    )
    assert goal(answer, "expected_indicators").value == pytest.approx(0.6)
    assert clause(answer, "CAP.w").missed_by == 3
    assert quotas(answer)["B"] == 8


@pytest.mark.parametrize(("weights", "made", "missed"), [({}, 10, 0.5), ({"east": 0.1}, 20, 0.1)])
def test_weights_decide_between_expected_indicators(weights, made, missed):
    """East at most 10, whole at least 20, only the east can produce.

    Each tonne over costs w / 10, each one under 1 / 20. With w = 1 the floor gives: 10 / 20. With
    w = 0.1 the ceiling gives: 0.1 × 10 / 10.
    """
    answer = solve(
        two_mines(
            "30 万吨",
            builders.cap("east", "10 万吨", "东县", **EXPECTED),
            builders.cap("city", "20 万吨", sense="floor", **EXPECTED),
            west="0 万吨",
            options={"indicator_weights": weights},
        )
    )
    assert quotas(answer)["A"] == made
    assert goal(answer, "expected_indicators").rounded_value == pytest.approx(missed)


def blank_east(attribute):
    """Return a plan's blank allotment of the eastern county."""
    return {
        "id": "blank",
        "product": "菱镁矿",
        "counties": ["东县"],
        "attribute": attribute,
        "years": builders.YEARS,
        "source": "专栏五",
    }


def test_blank_county_gets_nothing():
    """The decomposition leaves the east blank: 0 there, the west makes its 10 of 30."""
    rights = [mine("A", "30 万吨"), mine("B", "30 万吨", "西县")]
    caps = [builders.cap("city", "31 万吨"), west("10 万吨")]
    answer = solve(magnesite(rights, plan={"caps": caps, "no_allotment": [blank_east("binding")]}))
    assert quotas(answer) == {"A": 0, "B": 10}
    line = clause(answer, "CAP.blank.东县")
    assert (line.limit, line.used, line.binding) == (0, 0, True)
    use = next(one for one in answer.caps if one.clause == "CAP.blank.东县")
    assert (use.limit, use.county, use.plan_unit) == (0, "东县", "万吨")


def test_blank_county_without_a_mine_applies_to_nobody():
    """A blank east without any magnesite right is said to apply to nobody."""
    plan = {"caps": [west("10 万吨")], "no_allotment": [blank_east("binding")]}
    line = clause(solve(magnesite([mine("B", "30 万吨", "西县")], plan=plan)), "CAP.blank.东县")
    assert (line.applies, line.binding) == (False, False)


@pytest.mark.parametrize(("weight", "made", "missed"), [(2.0, 0, 1.0), (0.5, 20, 0.5)])
def test_expected_blank_county_is_weighed_by_the_largest_cap(weight, made, missed):
    """The whole shall reach 20, only the blank east can produce; its zero is divided by 20.

    Each tonne costs weight / 20 over the blank's zero or 1 / 20 under the floor: with weight 2
    nothing is made, 20 / 20 = 1; with weight 0.5 all 20 are, 0.5 × 20 / 20 = 0.5.
    """
    answer = solve(
        magnesite(
            [mine("A", "30 万吨")],
            plan={
                "caps": [builders.cap("city", "20 万吨", sense="floor", **EXPECTED)],
                "no_allotment": [blank_east("expected")],
            },
            options={"indicator_weights": {"blank": weight}},
        )
    )
    assert quotas(answer)["A"] == made
    assert goal(answer, "expected_indicators").rounded_value == pytest.approx(missed)


def test_holdback_is_taken_off_every_cap():
    """A tenth held back: 21 - 2.1 = 18.9 and 10 - 1 = 9 are handed out."""
    answer = solve(
        magnesite(
            [mine("A", "30 万吨"), mine("B", "30 万吨", "西县")],
            "40 万吨",
            options={"holdback": {"菱镁矿": 0.1}},
        )
    )
    assert quotas(answer) == {"A": 18.9, "B": 9}
    assert [(one.limit, one.held_back) for one in answer.caps] == [
        (27.9, 3.1),
        (18.9, 2.1),
        (9, 1),
    ]


def test_a_cap_of_other_years_does_not_hold():
    """A western cap until 2024 says nothing of 2025 and has no line."""
    answer = solve(two_mines("60 万吨", west("10 万吨", years={"first": 2021, "last": 2024})))
    assert quotas(answer) == {"A": 30, "B": 30}
    assert answer.caps == ()
    assert clause(answer, "CAP").applies is False


def test_binding_floor_that_nobody_can_reach_leaves_no_allocation():
    """A floor of 5 in a county without a mine is infeasible for both solvers."""
    scenario = magnesite([mine("A", "30 万吨")], plan={"caps": [west("5 万吨", sense="floor")]})
    for solver in ("highs", "cbc"):
        with pytest.raises(NoAllocationError) as failure:
            solve(scenario, solver)
        assert failure.value.status is SolveStatus.INFEASIBLE


def test_cap_in_the_plans_unit():
    """0.002 亿吨 is 20 万吨; the use is printed in the plan's unit again."""
    answer = solve(two_mines("40 万吨", west("0.002 亿吨")))
    assert quotas(answer) == {"A": 20, "B": 20}
    assert (answer.caps[0].plan_used, answer.caps[0].plan_unit) == (0.002, "亿吨")
