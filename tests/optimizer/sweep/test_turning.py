"""Turning points against breakpoints worked out by hand."""

import builders
import pytest
from small import extra, magnesite, mine

from minequota.optimizer.sweep.job import Parameter, SweepCase
from minequota.optimizer.sweep.turning import TurningJob, turning_points
from minequota.scenarios.load import resolved_documents

DEMAND = (Parameter("demand.菱镁矿", "factor"),)


def between(low, high, scenario, parameters=DEMAND):
    """Return the turning points between two values of the first parameter."""
    return turning_points(
        TurningJob(
            resolved_documents(scenario), parameters, 0, SweepCase(0, (low,)), SweepCase(1, (high,))
        )
    )


@pytest.fixture(scope="module")
def growing():
    """Demand of 10 grows; mine A makes 12, a new mine X up to 30, the east's cap is 21.

    Above 12 = 1.2 × 10 a right is issued, above 21 = 2.1 × 10 the cap binds and demand goes
    unmet.
    """
    scenario = magnesite(
        [mine("A", "12 万吨")], "10 万吨", extra_candidates=[extra("X", "30 万吨")]
    )
    return between(1.0, 2.5, scenario)


def test_a_right_is_first_issued(growing):
    """At 1.2, where the one mine is used up."""
    [point] = [one for one in growing if one.what == "issued_rights"]
    assert (point.item, point.begins) == ("X", True)
    assert point.below <= 1.2 + 1e-6
    assert point.above == pytest.approx(1.2, abs=3e-6)


def test_a_cap_starts_to_bind_and_demand_goes_unmet(growing):
    """Both at 2.1, but for the tolerances with which a cap binds and a demand is met."""
    cap, unmet = (
        next(one for one in growing if one.item == item)
        for item in ("CAP.magnesite_east", "菱镁矿")
    )
    assert cap.what == "binding"
    assert unmet.what == "unmet_products"
    assert cap.above == pytest.approx(2.1, abs=1e-5)
    assert unmet.above == pytest.approx(2.1, abs=1e-5)


def test_brackets_are_a_millionth_wide(growing):
    """Every change lies between two values so close together, in rising order."""
    assert all(0 < one.above - one.below <= 1e-6 * one.above for one in growing)
    assert [one.below for one in growing] == sorted(one.below for one in growing)


def test_nothing_changes_where_nothing_changes():
    """From 4 to 8 of the mine's 12 the answer stays of one kind."""
    assert between(0.4, 0.8, magnesite([mine("A", "12 万吨")], "10 万吨")) == []


def test_both_changes_of_one_interval_are_found():
    """Two blocks of 10 beyond the mine's 4: one is issued above 4, the other above 14."""
    scenario = magnesite(
        [mine("A", "4 万吨")],
        "10 万吨",
        extra_candidates=[extra("X", "10 万吨"), extra("Y", "10 万吨")],
    )
    issued = [one for one in between(0.3, 1.6, scenario) if one.what == "issued_rights"]
    assert [(round(one.above, 4), one.item) for one in issued] == [(0.4, "X"), (1.4, "Y")]


def test_a_text_cannot_be_bisected():
    """A value that is no number is refused."""
    scenario = magnesite([mine("A", "12 万吨")], "10 万吨")
    parameter = (Parameter("demand.菱镁矿.amount", "value"),)
    with pytest.raises(TypeError, match="number"):
        between("5 万吨", "8 万吨", scenario, parameter)


def test_whole_numbers_have_whole_turning_points():
    """A count of 4, 3, 2: at 3 of four mines one leaves, at 2 two, each between neighbours.

    Demand of 5 is met whoever stays, and the later licence leaves first.
    """
    scenario = magnesite(
        [mine(f"M{n}", "10 万吨") for n in range(1, 5)],
        "5 万吨",
        plan={"counts": [builders.count(4)]},
        options={"protection": {"never_close": []}},
    )
    path = "plan.counts.mine_count.limit"
    points = turning_points(
        TurningJob(
            resolved_documents(scenario),
            (Parameter(path, "value"),),
            0,
            SweepCase(0, (2,)),
            SweepCase(1, (9,)),
        )
    )
    leaving = [one for one in points if one.what == "leaving_rights"]
    assert [(one.below, one.above, one.item, one.begins) for one in leaving] == [
        (2, 3, "M3", False),
        (3, 4, "M4", False),
    ]


def test_numbers_between_that_may_not_be_written_are_passed_over():
    """A factor on a count of 4: 0.5 and 1.0 are whole counts, 0.75 is 3, 0.625 is none."""
    scenario = magnesite(
        [mine(f"M{n}", "10 万吨") for n in range(1, 5)],
        "5 万吨",
        plan={"counts": [builders.count(4)]},
        options={"protection": {"never_close": []}},
    )
    points = between(0.5, 1.0, scenario, (Parameter("plan.counts.mine_count.limit", "factor"),))
    leaving = [one for one in points if one.what == "leaving_rights"]
    assert [(one.below, one.above, one.item) for one in leaving] == [
        (0.5, 0.75, "M3"),
        (0.75, 1.0, "M4"),
    ]
