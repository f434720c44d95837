"""Chaoyang County year by year: 2023, 2024 and 2025."""

from kaizhou.desk import held

YEARS = (2023, 2024, 2025)


def test_targets_of_2025_are_judged_in_2025(calendar):
    """About 50, 30 % and eight quarries are figures of the period's end."""
    assert calendar.allocation.years == YEARS
    for clause in (
        "COUNT.mine_count",
        "COUNT.sand_stone_clay_count",
        "RATIO.large_medium_ratio",
    ):
        lines = [rule for rule in calendar.allocation.rules if rule.clause == clause]
        assert [(rule.year, rule.verdict) for rule in lines] == [(2025, "met")]


def test_the_end_is_the_target_state(base, calendar):
    """Five issued, seven gone, 47 rights, as in target state."""
    last = calendar.structure(2025)
    assert (last.issued, last.leaving, held(last)) == (5, 7, 47)
    assert held(last) == held(base.structure())


def test_licences_end_in_their_year(calendar):
    """Ended before 2023: gone in 2023; those of 2024 and 2025 in theirs; the column in 2025."""
    for action in calendar.actions("leave_forced"):
        right = calendar.rights[action.right]
        if right.mineral != "铁矿" and right.licence_end.year <= 2025:
            assert action.year == max(2023, right.licence_end.year)
        else:
            assert action.year == 2025
    assert {action.year for action in calendar.actions("leave_forced")} == set(YEARS)


def test_a_right_that_has_left_gives_nothing(calendar):
    """No figure in the year of leaving or after."""
    for action in calendar.actions("leave_forced"):
        for quota in calendar.allocation.quotas:
            if quota.right == action.right and quota.year >= action.year:
                assert quota.amount == 0


def test_stopped_mines_resume_in_2024(calendar):
    """Their first figure may come in 2024, never in 2023."""
    resumed = [right.licence for right in calendar.rights.values() if right.resumes == 2024]
    assert len(resumed) == 2
    early = [q.amount for q in calendar.quotas("铁矿", 2023) if q.right in resumed]
    assert all(amount == 0 for amount in early)
    late = [q.amount for q in calendar.quotas("铁矿", 2025) if q.right in resumed]
    assert all(amount > 0 for amount in late)


def test_new_quarries_are_issued_in_time(calendar):
    """150 万立方米 in 2024 and 243.1 in 2025 take five rights in 2023: half, then all."""
    assert {one.year for one in calendar.issued} == {2023}
    for year, asked in ((2023, 75), (2024, 150), (2025, 243.1)):
        line = calendar.balance("建筑石料", year)
        assert (line.demand, line.unmet) == (asked, 0)
    new = calendar.balance("建筑石料", 2024).production_new
    assert 0 < new <= 0.5 * sum(one.capacity for one in calendar.issued)
    assert calendar.balance("建筑石料", 2023).production_new == 0
