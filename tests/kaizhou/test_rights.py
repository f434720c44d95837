"""Rights at the end of 2025: at most 38, at least 60 % large or medium, fewest closures."""

import math

import pytest
from kaizhou.desk import held

from minequota.optimizer.stages import NoAllocationError

CASES = ["low", "base", "high", "mergers", "expansion", "waters"]
UPPER = {"large", "medium"}


def fewest(issued: int) -> int:
    """Return the least number leaving, all small: 28 rights, 12 large or medium, all issued so.

    28 + n − k ≤ 38, and 12 + n ≥ 0.6 (28 + n − k).
    """
    by_number = 28 + issued - 38
    by_ratio = 28 + issued - math.floor((12 + issued) / 0.6 + 1e-9)
    return max(0, by_number, by_ratio)


def test_one_closure_with_eleven_issued_is_the_fewest(base):
    """Ten new within 38 give 22 of 38, 57.9 %; eleven new and one gone 23 of 38, 60.5 %."""
    assert [fewest(n) for n in (9, 10, 11, 12)] == [2, 2, 1, 2]
    assert [n for n in range(40) if fewest(n) <= 1] == [11]
    rights = base.structure()
    assert (rights.base_large, rights.base_medium, rights.base_small) == (2, 10, 16)
    assert (rights.issued, rights.leaving, rights.merged) == (11, 1, 0)
    assert rights.large + rights.medium == 23
    assert held(rights) == 38
    assert base.goal("closures") == 1
    assert base.goal("actions") == 11


def test_without_closures_there_is_no_answer(kaizhou):
    """Ten issued within 38 reach 57.9 % only, and 60 % is binding."""
    assert 22 / 38 < 0.6
    with pytest.raises(NoAllocationError):
        kaizhou("base", options__closing=False)


@pytest.mark.parametrize("case", CASES)
def test_count_and_ratio_are_met(kaizhou, case):
    """Both are binding: at most 38 rights, at least 60 % of them large or medium."""
    solved = kaizhou(case)
    rights = solved.structure()
    assert held(rights) == 28 + rights.issued - rights.leaving - rights.merged
    assert held(rights) <= 38
    assert rights.large + rights.medium >= 0.6 * held(rights)
    for clause in ("COUNT.mine_count", "RATIO.large_medium_ratio"):
        assert solved.rule(clause).verdict == "met"
        assert solved.rule(clause).attribute == "binding"


def test_the_lapsed_coal_right_is_the_one_that_goes(base):
    """Expired, and of no mineral to be mined first: the best ground of all."""
    (gone,) = base.actions("leave_chosen", "leave_forced")
    assert (gone.kind, gone.mineral, gone.size_class) == ("leave_chosen", "煤", "small")
    assert "expired" in gone.grounds
    assert gone.name == ""


def test_no_large_medium_or_green_right_leaves(kaizhou):
    """Those who leave are small, whatever is asked."""
    for case in CASES:
        gone = kaizhou(case).actions("leave_chosen", "leave_forced")
        assert {action.size_class for action in gone} <= {"small"}
        assert not any(action.green for action in gone)


@pytest.mark.parametrize("case", CASES)
def test_new_rights_stand_in_blocks_and_reach_their_minimum(kaizhou, case):
    """At most 5 and 2 inside the zone, 40 outside; each within its minimum and its bound."""
    solved = kaizhou(case)
    least = {line.minerals[0]: line.small for line in solved.scenario.plan.minimum_scales}
    places = [one.zone for one in solved.issued]
    assert set(places) <= {"KZHT1", "KZHT2", "KZQT"}
    assert places.count("KZHT1") <= 5
    assert places.count("KZHT2") <= 2
    for one in solved.issued:
        assert one.capacity >= least[one.mineral].to(one.capacity_unit)
        assert one.capacity <= one.maximum
        assert one.assumed or one.maximum_assumed


def test_eleven_issued_are_large_or_medium(base):
    """One small one among them and 60 % were missed; the blocks of the zone come first."""
    assert {one.size_class for one in base.issued} <= UPPER
    assert sum(one.zone == "KZHT1" for one in base.issued) == 5
    minerals = {one.mineral for one in base.issued}
    assert minerals == {"建筑石料用灰岩", "水泥用灰岩", "制灰用灰岩", "建筑用砂岩", "陶瓷用砂岩"}


def test_coal_and_clay_are_not_issued(kaizhou):
    """Coal is restricted, brick clay banned."""
    for case in CASES:
        assert not {"煤", "砖瓦用黏土"} & {one.mineral for one in kaizhou(case).issued}


def test_high_demand_takes_a_closure_for_every_right_beyond_ten(kaizhou):
    """38 are full: fifteen issued, five gone."""
    rights = kaizhou("high").structure()
    assert rights.leaving == rights.issued - 10 > 1
    assert held(rights) == 38


def test_a_merger_spares_the_closure(kaizhou):
    """Two small quarries become one of 20 万吨, 7.5 万立方米, medium: 13 of 27.

    13 + n ≥ 0.6 (27 + n) from eight on, with nobody leaving. A merger weighs half a closure.
    """
    solved = kaizhou("mergers")
    rights = solved.structure()
    assert (rights.leaving, rights.merged) == (0, 1)
    assert solved.goal("closures") == 0.5
    merged = solved.actions("merge")
    assert {action.project for action in merged} == {"limestone_merger"}
    assert {solved.rights[action.right].size_class for action in merged} == {"small"}
    (one,) = solved.allocation.reorganisations
    assert (one.kind, one.capacity, one.size_class) == ("merge", 20, "medium")


def test_enlarging_spares_the_closure(kaizhou):
    """One enlarged and nine issued are 22 of 37 (59.5 %), ten 23 of 38; two and nine 23 of 37."""
    solved = kaizhou("expansion")
    rights = solved.structure()
    assert solved.goal("closures") == 0
    assert rights.leaving == rights.merged == 0
    enlarged = {action.right for action in solved.actions("expand")}
    assert len(enlarged) + rights.issued == solved.goal("actions") == 11
    for one in solved.allocation.reorganisations:
        assert (one.kind, one.capacity, one.size_class) == ("expand", 20, "medium")


def test_each_small_new_right_takes_one_closure_more(kaizhou):
    """Geothermal and mineral water count as small: thirteen issued, 23 of 38, three gone.

    With two small ones among n issued, 12 + (n − 2) ≥ 0.6 (28 + n − k) and 28 + n − k ≤ 38 take
    k = 3 at least.
    """
    solved = kaizhou("waters")
    rights = solved.structure()
    small = [one for one in solved.issued if one.size_class == "small"]
    assert {one.mineral for one in small} == {"地热", "矿泉水"}
    assert (rights.issued, rights.leaving) == (13, 3)
    possible = [
        k
        for k in range(17)
        for n in range(2, 60)
        if 28 + n - k <= 38 and 12 + (n - 2) >= 0.6 * (28 + n - k) - 1e-9
    ]
    assert min(possible) == 3
