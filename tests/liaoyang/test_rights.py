"""Rights at year end: about 120, 40 %, quarries only in zones and within the counties' numbers."""

from collections import Counter

import pytest

CASES = ["low", "base", "high", "with_quota", "waste_rock"]
SAND_STONE = {"建筑石料用灰岩", "建筑用花岗岩", "建筑用大理岩"}
# The scenario's assumed numbers of sand-and-stone rights in 2025, existing and new.
NUMBERS = {"灯塔市": 3, "文圣区": 3, "辽阳县": 6, "弓长岭区": 1, "宏伟区": 1}


def held(line):
    """Count the rights at the end of a year."""
    return line.large + line.medium + line.small


def quarries(solved, year=2025):
    """Count sand-and-stone rights by county at the end of a year."""
    gone = {
        action.right: action.year
        for action in solved.allocation.actions
        if action.kind in ("leave_forced", "leave_chosen")
    }
    number = Counter(
        right.county
        for right in solved.scenario.rights
        if right.mineral in SAND_STONE and gone.get(right.licence, 9999) > year
    )
    number.update(
        one.county
        for one in solved.allocation.issuance
        if one.mineral in SAND_STONE and one.year <= year
    )
    return number


@pytest.mark.parametrize("case", [*CASES, "calendar"])
def test_about_120_rights_and_40_per_cent(liaoyang, case):
    """120 within 5 %, that is 114 to 126, and at least 40 % of them large or medium."""
    line = liaoyang(case).structure()
    assert 114 <= held(line) <= 126
    assert line.large + line.medium >= 0.40 * held(line)


def test_47_of_117_without_closing_any(base):
    """127 − 13 who must leave − 5 merged + 1 converted + 7 issued = 117.

    Of 39 large or medium one must leave; the conversion, one merger and seven zone rights add
    nine: 47, and 47 / 117 = 40.17 %. Six would give 46 / 116 = 39.66 %.
    """
    line = base.structure()
    assert (line.leaving, line.merged, line.issued) == (13, 5, 8)
    assert (line.large + line.medium, held(line)) == (47, 117)
    assert 46 / 116 < 0.40 < 47 / 117
    assert base.leaving("leave_chosen") == []


@pytest.mark.parametrize("case", CASES)
def test_every_quarry_issued_has_its_own_zone(liaoyang, case):
    """Ten zones with one right each; 20 to 40 万立方米; the county issues, for 5 to 10 years."""
    solved = liaoyang(case)
    zones = {zone.code: zone for zone in solved.scenario.plan.zones}
    issued = [one for one in solved.allocation.issuance if one.kind == "new"]
    assert issued
    assert len({one.zone for one in issued}) == len(issued)
    for one in issued:
        assert zones[one.zone].county == one.county
        assert 20 <= one.capacity <= 40
        assert one.capacity_unit == "万立方米"
        assert one.mineral in SAND_STONE
        assert one.own_authority is False
        assert 5 <= one.term_years <= 10
        assert one.assumed


@pytest.mark.parametrize("case", CASES)
def test_no_county_has_more_quarries_than_its_number(liaoyang, case):
    """Existing and new together; where a county has none nothing may be issued."""
    number = quarries(liaoyang(case))
    assert set(number) <= set(NUMBERS)
    assert all(number[county] <= limit for county, limit in NUMBERS.items())


def test_the_numbers_hold_in_every_year_of_the_calendar(calendar):
    """Until 2024 as on the register (5 and 7 in 灯塔市 and 辽阳县), in 2025 3 and 6."""
    for year in (2023, 2024, 2025):
        limits = NUMBERS | ({"灯塔市": 5, "辽阳县": 7} if year < 2025 else {})
        number = quarries(calendar, year)
        assert all(number[county] <= limit for county, limit in limits.items()), year


def test_pooling_uses_a_place_another_county_leaves(liaoyang):
    """400 万立方米: three quarries that stay give 140, so 260 take seven new ones of 40 at most.

    Apart, 灯塔市 has room for two and 辽阳县 for four: 240. Pooled, 14 in all is the limit.
    """
    apart = liaoyang("base", demand__砂石__amount="400 万立方米")
    pooled = liaoyang("pooled")
    assert apart.balance("砂石").unmet == pytest.approx(20)
    assert pooled.balance("砂石").unmet == 0
    assert sum(quarries(pooled).values()) <= 14
    assert quarries(pooled)["辽阳县"] == 7 > NUMBERS["辽阳县"]


def test_only_quarries_leave_and_only_by_rule(base):
    """Thirteen quarries: tendered anew when they end, or below the existing mines' minimum."""
    leaving = [base.rights[licence] for licence in base.leaving()]
    assert len(leaving) == 13
    assert {right.mineral for right in leaving} <= SAND_STONE
    assert not any(right.green or right.named for right in leaving)


def test_new_quarries_yield_a_year_after_and_fully_the_year_after_that(calendar):
    """What a right issued in 2023 gives: nothing in 2023, half in 2024, all in 2025 at most."""
    capacity = {one.right: one for one in calendar.allocation.issuance if one.kind == "new"}
    assert capacity
    for year in (2023, 2024, 2025):
        for product in ("砂石", "石灰石"):
            for quota in calendar.quotas(product, year):
                if (one := capacity.get(quota.right)) is None:
                    continue
                share = {0: 0.0, 1: 0.5}.get(year - one.year, 1.0 if year > one.year else 0.0)
                assert quota.ore <= share * one.capacity + 1e-9


def test_waste_rock_fills_what_mines_leave(liaoyang, base):
    """0.04 万立方米 for each 万吨 of raw iron ore, about 100 at most: fewer quarries for stone."""
    solved = liaoyang("waste_rock")
    line = solved.balance("砂石")
    raw = sum(quota.ore for quota in solved.quotas("铁矿"))
    assert 0 < line.by_product <= 0.04 * raw + 1e-6
    assert line.unmet == 0
    stone = {"建筑用花岗岩", "建筑用大理岩"}
    numbers = [
        sum(one.mineral in stone for one in case.allocation.issuance) for case in (solved, base)
    ]
    assert numbers[0] < numbers[1]


def test_steady_output_changes_by_a_third_at_most(liaoyang):
    """From 2023 to 2025 no running mine of the register gives 30 % more or less than before."""
    solved = liaoyang("steady")
    for product in ("铁矿", "石灰石", "长石", "砂石"):
        before = {quota.right: quota for quota in solved.quotas(product, 2023)}
        for year in (2024, 2025):
            now = {quota.right: quota for quota in solved.quotas(product, year)}
            for key in before.keys() & now.keys() & solved.rights.keys():
                if before[key].amount > 0 and now[key].amount > 0:
                    # Quotas are rounded to the product's step: one step to either side.
                    step = solved.scenario.plan.product(product).step
                    assert now[key].amount <= 1.3 * before[key].amount + 2 * step
                    assert now[key].amount >= 0.7 * before[key].amount - 2 * step
            before = now


def test_multiples_of_a_made_up_base_are_never_met(base, calendar):
    """3 × 5.28 and 1.5 × 1716.6928 万吨 are reached and yet not judged."""
    for solved in (base, calendar):
        for clause, limit in (("feldspar_times_base", 15.84), ("limestone_times_base", 2575.0392)):
            cap = solved.cap(f"CAP.{clause}")
            assert cap.limit == pytest.approx(limit)
            assert cap.used >= cap.limit - 1e-6
            assert cap.verdict == "not_judged"
