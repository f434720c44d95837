"""Year by year: lead times, ramp-up, licences that end, reserves drawn down, paths to a target."""

from datetime import date

import builders
import pytest
from small import (
    asked,
    calendar,
    clause,
    extra,
    goal,
    issued,
    kinds,
    magnesite,
    mine,
    quotas_in,
    stone,
)

from minequota.optimizer.solve import solve

FREE = {"caps": []}
YEARS = (2023, 2024, 2025)


def by_year(answer, right, years=YEARS):
    """Return one right's figure of each year; None where it has none."""
    return [quotas_in(answer, year).get(right) for year in years]


def test_a_new_right_waits_and_ramps_up():
    """40 licensed in 2023: nothing in the first year, half in the second, all in the third."""
    answer = solve(
        magnesite(
            [],
            "40 万吨",
            FREE,
            extra_candidates=[extra("X", "40 万吨")],
            **calendar(2023, lead_time=1, ramp_up=[0.5, 1]),
        )
    )
    assert by_year(answer, "X") == [0, 20, 40]
    (one,) = answer.issuance
    assert (one.year, one.first_output_year, one.capacity) == (2023, 2024, 40)
    assert answer.quotas[0].reason == "尚未投产（建设期内）"


def test_target_state_knows_no_lead_time():
    """The same options in target state: 40 at once."""
    answer = solve(
        magnesite(
            [],
            "40 万吨",
            FREE,
            extra_candidates=[extra("X", "40 万吨")],
            options={"lead_time": 1, "ramp_up": [0.5, 1]},
        )
    )
    assert quotas_in(answer, 2025) == {"X": 40}


def test_nothing_is_issued_before_it_is_needed():
    """5 wanted until 2024 and 30 in 2025: issued in 2025, not earlier."""
    demand = asked("5 万吨", by_year={2025: "30 万吨"})
    answer = solve(
        magnesite(
            [mine("A", "5 万吨")],
            demand,
            FREE,
            extra_candidates=[extra("X", "40 万吨")],
            **calendar(2023),
        )
    )
    assert answer.issuance[0].year == 2025
    assert goal(answer, "timing").value == 1


def test_who_must_go_goes_in_the_last_year_it_may_stay():
    """At most one right from 2025: one leaves in 2025, after two years of producing."""
    plan = FREE | {"counts": [builders.count(1, years={"first": 2025, "last": 2025})]}
    answer = solve(
        magnesite([mine("A", "5 万吨"), mine("B", "5 万吨")], "10 万吨", plan, **calendar(2023))
    )
    assert by_year(answer, "B") == [5, 5, None]
    assert [one.year for one in answer.actions if one.kind == "leave_chosen"] == [2025]


def test_a_path_asks_for_less_on_the_way():
    """Three rights, one from 2025; the path allows two in 2024."""
    plan = FREE | {"counts": [builders.count(1, years={"first": 2025, "last": 2025})]}
    rights = [mine(x, "5 万吨") for x in "ABC"]
    answer = solve(
        magnesite(rights, "15 万吨", plan, **calendar(2023, paths={"mine_count": {2024: 2}}))
    )
    held = {
        line.year: line.large + line.medium + line.small
        for line in answer.structure
        if line.by == "all"
    }
    assert held == {2023: 3, 2024: 2, 2025: 1}
    assert clause(answer, "COUNT.mine_count").year == 2024


def test_a_licence_ends_in_its_own_year():
    """A is not renewed in 2024: 5, then nothing, and it does not come back."""
    rights = [mine("A", "5 万吨", licence_end=date(2024, 6, 30), renewal="leave")]
    answer = solve(magnesite(rights, "5 万吨", FREE, **calendar(2023)))
    assert by_year(answer, "A") == [5, None, None]
    (gone,) = answer.actions
    assert (gone.kind, gone.year, gone.rule) == ("leave_forced", 2024, "RENEW")


def test_reserves_are_drawn_down_over_the_years():
    """12 in the ground, 5 a year licensed and wanted: 12 in all."""
    rights = [mine("A", "5 万吨", reserves="12 万吨")]
    answer = solve(magnesite(rights, "5 万吨", FREE, **calendar(2023)))
    assert sum(by_year(answer, "A")) == pytest.approx(12)
    assert max(by_year(answer, "A")) <= 5


def test_a_stopped_mine_resumes_in_its_year():
    """Resuming in 2025: no quota before."""
    rights = [mine("A", "5 万吨", status="stopped", resumes=2025)]
    answer = solve(magnesite(rights, "5 万吨", FREE, **calendar(2024)))
    assert by_year(answer, "A", (2024, 2025)) == [0, 5]
    unsafe = [mine("A", "5 万吨", status="stopped", safety_licence=False, resumes=2025)]
    answer = solve(magnesite(unsafe, "5 万吨", FREE, **calendar(2024)))
    assert by_year(answer, "A", (2024, 2025)) == [0, 0]


def test_a_sealed_mine_does_not_resume_by_itself():
    """A court's seal has no date of its own."""
    rights = [mine("A", "5 万吨", status="sealed", resumes=2025)]
    answer = solve(magnesite(rights, "5 万吨", FREE, **calendar(2024)))
    assert by_year(answer, "A", (2024, 2025)) == [0, 0]


def test_caps_hold_in_their_years():
    """7 from 2025 alone: 10 in 2024."""
    plan = {"caps": [builders.cap("city", "7 万吨", years={"first": 2025, "last": 2025})]}
    answer = solve(magnesite([mine("A", "10 万吨")], "10 万吨", plan, **calendar(2024)))
    assert by_year(answer, "A", (2024, 2025)) == [10, 7]
    assert [one.year for one in answer.caps] == [2025]


def test_years_may_weigh_differently():
    """12 in the ground, 10 a year wanted: the year that weighs more is served first."""
    rights = [mine("A", "10 万吨", reserves="12 万吨")]
    late = solve(magnesite(rights, "10 万吨", FREE, **calendar(2024, year_weights={2025: 2})))
    early = solve(magnesite(rights, "10 万吨", FREE, **calendar(2024, year_weights={2024: 2})))
    assert by_year(late, "A", (2024, 2025)) == [2, 10]
    assert by_year(early, "A", (2024, 2025)) == [10, 2]


def test_every_year_has_its_records():
    """Quotas, balance, structure and demand lines stand once for each year."""
    answer = solve(magnesite([mine("A", "5 万吨")], "5 万吨", FREE, **calendar(2023)))
    assert answer.years == YEARS
    assert [one.year for one in answer.quotas] == list(YEARS)
    assert [one.year for one in answer.balance] == list(YEARS)
    assert [one.year for one in answer.structure if one.by == "all"] == list(YEARS)
    assert [one.year for one in answer.rules if one.code == "DEMAND"] == list(YEARS)


def test_a_stone_zone_is_issued_with_one_capacity():
    """A right issued in 2024 keeps the capacity it was issued with."""
    answer = solve(stone(demand="50 万立方米", **calendar(2024)))
    assert issued(answer) == {"Z1-1": 50}
    assert {one.capacity for one in answer.quotas} == {50}


def test_an_exit_has_its_deadline():
    """Rights outside zones leave by 2025; in 2024 they still produce."""
    rule = {
        "id": "outside",
        "title": {"zh": "区外退出", "en": "outside zones"},
        "source": "第七章",
        "scope": {"minerals": ["菱镁矿"]},
        "outside_zones": True,
        "by": 2025,
    }
    plan = FREE | {"exits": [rule]}
    answer = solve(magnesite([mine("A", "5 万吨")], "5 万吨", plan, **calendar(2024)))
    assert by_year(answer, "A", (2024, 2025)) == [5, None]
    assert answer.actions[0].source == "第七章"


def test_a_right_with_a_deadline_of_its_own():
    """The register itself says 2024."""
    answer = solve(magnesite([mine("A", "5 万吨", exit_by=2024)], "5 万吨", FREE, **calendar(2023)))
    assert by_year(answer, "A") == [5, None, None]
    assert kinds(answer) == {"A": "leave_forced"}
