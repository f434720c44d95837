"""Magnesite: ten rights to five by the end of 2023, two groups in 2025, no merger too small."""

import pytest

YEARS = (2023, 2024, 2025)


def test_five_rights_in_two_groups_in_the_target_state(base):
    """10 − 2 − 1 − 2 = 5 rights by three mergers, and one taken over: 甲 and 乙 hold them all."""
    holders = base.magnesite_holders()
    assert len(holders) == 5
    assert set(holders) == {"菱镁甲集团（合成）", "菱镁乙集团（合成）"}
    assert base.rule("COUNT.magnesite_rights").used == 5
    assert base.rule("HOLDER.magnesite_groups").used == 2


def test_five_from_2023_and_two_groups_in_2025(calendar):
    """At most five at the end of each year from 2023; of holders only 2025 is spoken of."""
    for year in YEARS:
        assert len(calendar.magnesite_holders(year)) <= 5
        line = calendar.rule("COUNT.magnesite_rights", year)
        assert (line.limit, line.used, line.verdict) == (5, 5, "met")
    assert len(set(calendar.magnesite_holders(2025))) <= 2
    years = {one.year for one in calendar.allocation.rules if one.code == "HOLDER"}
    assert {year for year in years if year < 2025} == set()
    assert calendar.rule("HOLDER.magnesite_groups").verdict == "met"


def test_mergers_come_by_2023_and_the_acquisition_later(calendar):
    """The scenario lets the mergers be decided until 2023, the acquisition in 2024 or 2025."""
    members = {one.id: len(one.members) for one in calendar.mergers()}
    when = {one.id: one.year for one in calendar.mergers()}
    assert {when[key] for key, number in members.items() if number > 1} == {2023}
    (bought,) = [when[key] for key, number in members.items() if number == 1]
    assert bought in (2024, 2025)


@pytest.mark.parametrize("case", ["base", "calendar", "with_quota"])
def test_no_merged_right_is_below_its_minimum(liaoyang, case):
    """30 万吨 on deposits of medium size and above, 10 on small ones; nobody merges twice."""
    solved = liaoyang(case)
    seen = []
    for one in solved.mergers():
        deposits = {solved.rights[licence].deposit_class for licence in one.members}
        least = 30 if deposits & {"medium", "large"} else 10
        assert one.minimum == least
        assert one.capacity >= least
        assert one.assumed
        seen += one.members
    assert len(seen) == len(set(seen))


def test_the_merger_that_makes_a_medium_mine_is_chosen(base):
    """12 + 10 + 10 = 32 万吨 counts as medium and helps the ratio; 12 + 10 = 22 would be small."""
    sizes = {one.id: one.size_class for one in base.mergers()}
    assert sizes["yi_d"] == "medium"
    assert "yi_c" not in sizes


def test_without_mergers_the_targets_are_missed_or_mines_close(liaoyang):
    """Nothing is merged that nobody lists: five close instead, and four holders are too many."""
    solved = liaoyang("base", mergers=[])
    assert solved.mergers() == []
    holders = solved.magnesite_holders()
    assert len(holders) == 10 - len(
        [key for key in solved.leaving() if solved.rights[key].mineral == "菱镁矿"]
    )
    assert solved.goal("closures") > 2.5
