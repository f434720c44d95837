"""Kaizhou year by year: 2023, 2024 and 2025."""

import pytest
from kaizhou.desk import held

YEARS = (2023, 2024, 2025)


def test_it_is_a_calendar_of_three_years(calendar):
    """A record of every year, the first one planned being 2023."""
    assert (calendar.allocation.mode, calendar.allocation.years) == ("calendar", YEARS)
    assert {quota.year for quota in calendar.allocation.quotas} == set(YEARS)


def test_the_number_holds_every_year_and_the_ratio_in_2025(calendar):
    """38 has no year in the text, 60 % is a target of 2025."""
    for year in YEARS:
        assert held(calendar.structure(year)) <= 38
        assert calendar.rule("COUNT.mine_count", year).verdict == "met"
        assert calendar.rule("ZONE.hongyangou_capacity", year).used <= 500
    last = calendar.structure(2025)
    assert last.large + last.medium >= 0.6 * held(last)
    judged = [r.year for r in calendar.allocation.rules if r.clause == "RATIO.large_medium_ratio"]
    assert judged == [2025]


def test_the_end_is_the_target_state(base, calendar):
    """Eleven issued and one gone, as in target state."""
    assert (calendar.structure(2025).issued, calendar.structure(2025).leaving) == (11, 1)
    assert held(calendar.structure(2025)) == held(base.structure())


def test_rights_only_come_and_go_once(calendar):
    """What is issued stays; who leaves does not return."""
    issued = [calendar.structure(year).issued for year in YEARS]
    leaving = [calendar.structure(year).leaving for year in YEARS]
    assert issued == sorted(issued)
    assert leaving == sorted(leaving)


def test_a_new_right_gives_nothing_at_first_then_half_then_all(calendar):
    """Lead time one year, ramp-up 0.5 and 1."""
    share = {0: 0, 1: 0.5, 2: 1}
    for one in calendar.issued:
        assert one.first_output_year == one.year + 1
        for year in range(one.year, 2026):
            figures = [q for q in calendar.quotas(one.product, year) if q.right == one.right]
            for quota in figures:
                assert quota.ore <= share[year - one.year] * one.capacity + 1e-9


@pytest.mark.parametrize("product", ["建筑石料用灰岩", "水泥用灰岩", "制灰用灰岩", "建筑用砂岩"])
def test_demand_on_the_way_is_met_by_issuing_in_time(calendar, product):
    """What 2024 and 2025 ask is there, so the rights it takes are issued in 2023."""
    for year in YEARS:
        line = calendar.balance(product, year)
        assert line.unmet == 0
        assert calendar.total(product, year) == pytest.approx(line.demand)
    assert {one.year for one in calendar.issued if one.product == product} == {2023}
