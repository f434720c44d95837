"""Year by year from 2023: a year to build, half of the capacity at first, targets in 2025."""

import pytest

YEARS = (2023, 2024, 2025)


def test_every_year_is_planned(calendar):
    """Quotas, caps and balances of 2023, 2024 and 2025; number and ratio hold in 2025 alone."""
    assert (calendar.allocation.mode, calendar.allocation.years) == ("calendar", YEARS)
    for year in YEARS:
        assert calendar.balance("建筑石料", year).demand == 1500
        assert calendar.cap("facing_stone", year).used <= 80 + 1e-9
    assert [rule.year for rule in calendar.allocation.rules if rule.code == "COUNT"] == [2025]
    assert [rule.year for rule in calendar.allocation.rules if rule.code == "RATIO"] == [2025]


def test_stone_comes_a_year_after_its_right(calendar):
    """All six are issued in 2023: nothing that year, half in 2024, the demand met in 2025."""
    issued = calendar.allocation.issuance
    assert len(issued) == 6
    assert {(one.year, one.first_output_year) for one in issued} == {(2023, 2024)}
    capacity = sum(one.capacity for one in issued)
    lines = [calendar.balance("建筑石料", year) for year in YEARS]
    assert lines[0].production_new == 0
    assert lines[0].unmet == pytest.approx(1500 - 120)
    assert lines[1].production_new == pytest.approx(capacity / 2)
    assert lines[1].unmet == pytest.approx(1500 - 120 - capacity / 2)
    assert lines[2].unmet == 0
    assert lines[2].production_new <= capacity + 1e-9


def test_the_shortage_of_2024_asks_for_the_largest_rights(calendar):
    """1.2 times the minimum each, 1680 in all: half of it is what 2024 can have."""
    assert sum(one.capacity for one in calendar.allocation.issuance) == pytest.approx(1680)
    assert all(one.capacity == one.maximum for one in calendar.allocation.issuance)


def test_the_targets_are_reached_in_their_year_and_no_earlier(calendar):
    """46 rights until two leave in 2025; then 18 of 44."""
    counts = [calendar.structure(year) for year in YEARS]
    assert [one.large + one.medium + one.small for one in counts] == [46, 46, 44]
    assert [one.leaving for one in counts] == [0, 0, 2]
    assert {a.year for a in calendar.allocation.actions if a.kind == "leave_chosen"} == {2025}
    assert calendar.rule("COUNT").verdict == calendar.rule("RATIO").verdict == "met"


def test_blocks_are_short_every_year(calendar):
    """The ceiling of 80 is yearly: 16 of 96 are unmet in each."""
    assert [calendar.balance("饰面石材", year).unmet for year in YEARS] == [16, 16, 16]


def test_no_right_outlives_its_reserves(calendar):
    """What a right gives over the years stays within what it has in the ground."""
    rights = {right.licence: right for right in calendar.scenario.rights}
    for licence, right in rights.items():
        if right.reserves is not None:
            ore = sum(q.ore for q in calendar.allocation.quotas if q.right == licence)
            assert ore <= right.reserves.value + 1e-6, licence
