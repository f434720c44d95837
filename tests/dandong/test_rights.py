"""Rights at year end: how many, which sizes, who is issued, who leaves."""

import pytest

CASES = ["low", "base", "high", "strict_minimum"]


@pytest.mark.parametrize("case", CASES)
def test_count_and_ratio_are_met(dandong, case):
    """At most 320 rights remain and 12 % of them are large or medium."""
    rights = dandong(case).rights
    after = rights.large + rights.medium + rights.small
    assert after <= 320
    assert rights.large + rights.medium >= 0.12 * after


@pytest.mark.parametrize("case", CASES)
def test_the_structure_adds_up(dandong, case):
    """330 = 9 + 25 + 296 before; after = before − leaving + issued, by counties as by groups."""
    solved = dandong(case)
    rights = solved.rights
    assert (rights.base_large, rights.base_medium, rights.base_small) == (9, 25, 296)
    assert rights.leaving == len(solved.leaving())
    assert rights.issued == len(solved.allocation.issuance)
    after = rights.large + rights.medium + rights.small
    assert after == 330 - rights.leaving + rights.issued
    for by in ("group", "county"):
        lines = [line for line in solved.allocation.structure if line.by == by]
        for field in ("base_small", "leaving", "issued", "large", "medium", "small"):
            assert sum(getattr(line, field) for line in lines) == getattr(rights, field)


@pytest.mark.parametrize("case", CASES)
def test_every_issued_right_has_its_own_zone_of_the_plan(dandong, case):
    """One right per zone, in the zone's county, for its mineral, as large as it may be."""
    solved = dandong(case)
    zones = {zone.code: zone for zone in solved.scenario.plan.zones}
    assert len(zones) == 21
    issued = solved.allocation.issuance
    assert len({one.zone for one in issued}) == len(issued)
    for one in issued:
        zone = zones[one.zone]
        assert (one.right, one.zone_name) == (f"{zone.code}-1", zone.name)
        assert (one.county, one.mineral) == (zone.county, zone.mineral)
        lowest = zone.minimum.to(one.capacity_unit)
        assert one.minimum == lowest
        assert lowest <= one.capacity <= 2 * lowest
        assert (one.maximum, one.maximum_assumed) == (2 * lowest, True)
        assert one.capacity == round(one.capacity)


@pytest.mark.parametrize("case", CASES)
def test_no_new_right_digs_more_than_it_is_licensed_for(dandong, case):
    """A new right's figure stays within the capacity it is issued with."""
    solved = dandong(case)
    capacity = {one.right: one.capacity for one in solved.allocation.issuance}
    figures = [q for q in solved.quotas("建筑石料") if q.right in capacity]
    assert len(figures) == len(capacity)
    for quota in figures:
        assert quota.ore <= capacity[quota.right]


@pytest.mark.parametrize("case", CASES)
def test_issuing_n_rights_takes_ten_and_n_off_the_register(dandong, case):
    """330 + n − leaving ≤ 320, so leaving ≥ 10 + n."""
    solved = dandong(case)
    assert len(solved.leaving()) >= 10 + len(solved.allocation.issuance)


@pytest.mark.parametrize("case", CASES)
def test_no_green_large_or_medium_right_leaves(dandong, case):
    """Those who leave are small, not green, and never one that a real document names."""
    solved = dandong(case)
    rights = {right.licence: right for right in solved.scenario.rights}
    leaving = [rights[licence] for licence in solved.leaving()]
    assert {right.size_class for right in leaving} == {"small"}
    assert not any(right.green for right in leaving)
    assert not any(right.named for right in leaving)
    assert any(right.green for right in rights.values())


def test_five_issued_and_fifteen_leaving_is_the_least(base):
    """39 / 320 = 12.19 % with five issued and fifteen leaving.

    Of 330 rights 34 are large or medium. Every zone right is at least 20 万立方米 (50 万吨), hence
    large. With n issued and k leaving (all small) it takes 330 + n − k ≤ 320, k ≥ 10 + n, and
    34 + n ≥ 0.12 (330 + n − k), k ≥ 330 + n − (34 + n) / 0.12:

    n = 4: k ≥ 14 by count, and by ratio 334 − 38 / 0.12 = 17.3, so 18.
    n = 5: k ≥ 15 by count, and by ratio 335 − 39 / 0.12 = 10, so 15.
    n = 6: k ≥ 16.

    Fifteen is the least number of closures, and five the fewest rights that allow it.
    """
    needed = {
        n: next(k for k in range(10 + n, 60) if 34 + n >= 0.12 * (330 + n - k)) for n in range(22)
    }
    assert min(needed.values()) == needed[5] == 15
    assert [n for n in needed if needed[n] == 15] == [5]
    rights = base.rights
    assert (rights.issued, rights.leaving) == (5, 15)
    assert (rights.large + rights.medium, rights.large + rights.medium + rights.small) == (39, 320)
    assert {one.size_class for one in base.allocation.issuance} == {"large"}


def test_forced_leavers_are_the_lapsed_stone_licences_below_the_minimum(base):
    """Six stone licences lapse by 31 December 2025 and hold less than 20 万立方米 or 50 万吨."""
    day, forced = f"{base.allocation.year}-12-31", set(base.leaving("leave_forced"))
    stone = {m.name for m in base.scenario.plan.minerals if m.sand_stone_clay}
    below = {"万立方米": 20, "万吨": 50}
    expected = {
        right.licence
        for right in base.scenario.rights
        if right.mineral in stone
        and (right.status == "expired" or (right.licence_end and str(right.licence_end) <= day))
        and right.capacity.value < below[right.capacity.unit]
    }
    assert forced == expected
    assert len(forced) == 6


def test_those_chosen_to_leave_have_grounds(base):
    """Nine are chosen, and all have a ground; no mine in good standing has to go for them."""
    chosen = [a for a in base.allocation.actions if a.kind == "leave_chosen"]
    assert len(chosen) == 9
    assert all(action.grounds for action in chosen)
    assert not any(action.eligible for action in chosen)
