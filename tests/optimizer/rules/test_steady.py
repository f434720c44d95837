"""STEADY: output does not jump."""

from datetime import date

from small import asked, calendar, kinds, magnesite, mine, quotas, quotas_in

from minequota.optimizer.solve import solve

FREE = {"caps": []}
STEADY = {"steady": {"up": 0.5, "down": 0.25, "source": "test"}}


def test_the_first_year_is_measured_by_last_output():
    """Last year 4: at most 6 of the 10 licensed, although 10 are wanted."""
    rights = [mine("A", "10 万吨", last_output="4 万吨")]
    assert quotas(magnesite(rights, "10 万吨", FREE, options=STEADY)) == {"A": 6}
    assert quotas(magnesite(rights, "10 万吨", FREE)) == {"A": 10}


def test_it_falls_no_faster_either():
    """Last year A made 8: it makes at least 6, so that B has 1 of the 7 wanted."""
    rights = [mine("A", "10 万吨", last_output="8 万吨"), mine("B", "10 万吨")]
    assert quotas(magnesite(rights, "7 万吨", FREE, options=STEADY)) == {"A": 6, "B": 1}


def test_year_after_year():
    """4 last year: 6, then 9, in a calendar of two years."""
    rights = [mine("A", "10 万吨", last_output="4 万吨")]
    answer = solve(magnesite(rights, "10 万吨", FREE, **calendar(2024, **STEADY)))
    assert [quotas_in(answer, year)["A"] for year in (2024, 2025)] == [6, 9]


def test_who_leaves_is_free():
    """A's licence ends in 2025 and is not renewed: nothing holds it to 75 % of 8."""
    rights = [
        mine("A", "10 万吨", licence_end=date(2025, 5, 1), renewal="leave", last_output="8 万吨")
    ]
    answer = solve(magnesite(rights, "8 万吨", FREE, **calendar(2024, **STEADY)))
    assert quotas_in(answer, 2024) == {"A": 8}
    assert kinds(answer) == {"A": "leave_forced"}


def test_demand_that_falls_is_followed_as_far_as_steadiness_lets():
    """8 in 2024, 2 wanted in 2025: the floor of 6 stands against a demand that mines never exceed.

    Mines never exceed demand, so 2024 must already be lower: at most 2 ÷ 0.75 = 2.66 in steps.
    """
    demand = asked("8 万吨", by_year={2025: "2 万吨"})
    answer = solve(magnesite([mine("A", "10 万吨")], demand, FREE, **calendar(2024, **STEADY)))
    assert quotas_in(answer, 2025)["A"] == 2
    assert quotas_in(answer, 2024)["A"] == 2.66
