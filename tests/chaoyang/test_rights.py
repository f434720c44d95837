"""Rights at the end of 2025: about 50, at least 30 % large or medium, eight of sand and stone."""

import pytest
from kaizhou.desk import Solved, held

STONES = {"建筑石料用灰岩", "建筑用安山岩", "建筑石料用花岗岩", "建筑用玄武岩"}
CASES = [
    "low",
    "base",
    "high",
    "waste_rock",
    "strict_minimum",
    "existing_advisory",
    "expand_quarry",
    "restructuring",
    "exploration_to_mining",
    "transport",
]
LEAVING = ("leave_forced", "leave_chosen")


def quarries(solved: Solved) -> list[str]:
    """Return what digs building stone at the end of the year: licences and new rights."""
    gone = {action.right for action in solved.actions(*LEAVING)}
    kept = [
        licence
        for licence, right in solved.rights.items()
        if right.mineral in STONES and licence not in gone
    ]
    return kept + [one.right for one in solved.issued if one.mineral in STONES]


@pytest.mark.parametrize("case", CASES)
def test_at_most_eight_quarries_existing_and_new(chaoyang, case):
    """Nine at first and eight zones: 17 become eight at most. The limit binds."""
    solved = chaoyang(case)
    assert len(quarries(solved)) <= 8
    use = solved.rule("COUNT.sand_stone_clay_count")
    assert (use.limit, use.used, use.verdict) == (8, len(quarries(solved)), "met")
    assert use.attribute == "binding"


@pytest.mark.parametrize("case", CASES)
def test_about_fifty_rights(chaoyang, case):
    """49 at first; within 10 % of 50 at the end, so 45 to 55."""
    solved = chaoyang(case)
    rights = solved.structure()
    assert (rights.base_large + rights.base_medium, rights.base_small) == (10, 39)
    assert held(rights) == 49 + rights.issued - rights.leaving - rights.merged
    assert 45 <= held(rights) <= 55
    assert solved.rule("COUNT.mine_count").verdict == "met"


@pytest.mark.parametrize("case", CASES)
def test_thirty_per_cent_are_large_or_medium(chaoyang, case):
    """From 10 of 49 (20.41 %) to 30 % and more."""
    solved = chaoyang(case)
    rights = solved.structure()
    assert rights.large + rights.medium >= 0.3 * held(rights)
    assert solved.rule("RATIO.large_medium_ratio").verdict == "met"
    assert solved.goal("expected_indicators") == 0


@pytest.mark.parametrize("case", CASES)
def test_zone_rights_reach_twenty(chaoyang, case):
    """One right a zone, at least 20 万立方米; none on 0.0461 km², ten years at 18.4."""
    solved = chaoyang(case)
    zones = [one for one in solved.issued if one.zone.startswith("CYJZ")]
    assert len({one.zone for one in zones}) == len(zones)
    for one in zones:
        assert (one.capacity_unit, one.minimum) == ("万立方米", 20)
        assert 20 <= one.capacity <= 40
    assert "CYJZ4" not in {one.zone for one in zones}


def test_five_zones_fill_the_eight(base):
    """Three quarries stay and five are issued: 243.1 − 74 = 169.1 takes five of at most 40."""
    staying = [one for one in quarries(base) if one in base.rights]
    capacities = [base.rights[one].capacity.to("万立方米") for one in staying]
    assert len(staying) == 3
    assert sum(capacities) == 74
    assert min(capacities) >= 20
    assert len(base.issued) == 5
    assert 4 * 40 < 243.1 - 74 <= 5 * 40
    assert sum(one.capacity for one in base.issued) == 170
    assert base.balance("建筑石料").unmet == 0


def test_who_must_leave(base):
    """Five licences that end below 20 万立方米, a quarry and an iron mine below their column."""
    gone = {action.right: action for action in base.actions(*LEAVING)}
    assert {action.kind for action in gone.values()} == {"leave_forced"}
    assert [action.mineral for action in gone.values()].count("铁矿") == 1
    assert sum(action.mineral in STONES for action in gone.values()) == 6
    for licence in gone:
        capacity = base.rights[licence].capacity
        assert capacity.value < (20 if capacity.dimension == "volume" else 10)
    assert base.goal("closures") == 0


def test_low_demand_still_issues_for_the_ratio(chaoyang):
    """154.7 − 74 fits into three zones, but 13 of 45 are 28.9 %; four make 14 of 46, 30.4 %."""
    solved = chaoyang("low")
    rights = solved.structure()
    assert 154.7 - 74 <= 3 * 40
    assert 13 / 45 < 0.3 <= 14 / 46
    assert (rights.issued, rights.large + rights.medium, held(rights)) == (4, 14, 46)


def test_the_eight_bind_where_demand_is_high(chaoyang):
    """309.4 is asked; 74 and five times 40 are 274: the rest is reported as unmet."""
    solved = chaoyang("high")
    line = solved.balance("建筑石料")
    assert line.production_existing + line.production_new == pytest.approx(274)
    assert line.unmet == pytest.approx(35.4)
    assert len(quarries(solved)) == 8
    assert solved.rule("DEMAND.建筑石料").verdict == "missed"


def test_the_block_of_the_province_is_used_when_iron_is_short(chaoyang):
    """At 210 万吨 of standard ore the register falls short; at 140 it does not."""
    assert not [one for one in chaoyang("base").issued if one.mineral == "铁矿"]
    (iron,) = [one for one in chaoyang("high").issued if one.mineral == "铁矿"]
    assert (iron.zone, iron.size_class, iron.own_authority) == ("CYSJ", "medium", False)
    assert iron.capacity >= 30
    assert chaoyang("high").balance("铁矿").unmet == 0


def test_as_a_check_only_the_column_takes_nobody_off(chaoyang):
    """Then the iron mine stays, and the ninth quarry must be chosen to close."""
    solved = chaoyang("existing_advisory")
    (chosen,) = solved.actions("leave_chosen")
    assert chosen.mineral == "建筑用玄武岩"
    assert len(solved.actions("leave_forced")) == 5
    assert solved.goal("closures") == 1


def test_an_enlarged_quarry_stays_as_one_of_the_eight(chaoyang):
    """From 4 to 20 万立方米: it meets its minimum, and only four zones are left to issue."""
    solved = chaoyang("expand_quarry")
    (enlarged,) = solved.actions("expand")
    assert enlarged.mineral == "建筑用玄武岩"
    assert enlarged.right in quarries(solved)
    (change,) = solved.allocation.reorganisations
    assert (change.kind, change.capacity_before, change.capacity) == ("expand", 4, 20)
    assert len(solved.issued) == 4


def test_mergers_bring_stopped_iron_mines_back(chaoyang):
    """47 万吨 of two stopped mines and 50 of a third, without a new right on iron."""
    solved = chaoyang("restructuring")
    changes = {change.id: change for change in solved.allocation.reorganisations}
    assert {key: (one.capacity, len(one.members)) for key, one in changes.items()} == {
        "iron_merger": (47, 2),
        "iron_takeover": (50, 1),
    }
    assert changes["iron_merger"].size_class == "medium"
    assert solved.structure().merged == 1
    assert not [one for one in solved.issued if one.mineral == "铁矿"]
    for change in changes.values():
        (quota,) = [q for q in solved.quotas("铁矿") if q.right == change.right]
        assert quota.amount > 0
        for member in change.members:
            assert solved.rights[member].status.value == "stopped"
    assert solved.balance("铁矿").unmet == 0


def test_conversions_need_no_block(chaoyang):
    """An iron exploration right becomes a mining right: one more right, outside every zone."""
    solved = chaoyang("exploration_to_mining")
    converted = [one for one in solved.issued if one.kind == "converted"]
    assert converted
    assert {one.right for one in converted} <= {"convert:conversion_a", "convert:conversion_b"}
    assert {one.zone for one in converted} == {""}
    assert {one.size_class for one in converted} == {"medium"}
    assert solved.balance("铁矿").unmet == 0


def test_no_large_medium_green_or_named_right_leaves(chaoyang):
    """Those who leave are small, not green, and none the plan names."""
    for case in CASES:
        solved = chaoyang(case)
        for action in solved.actions(*LEAVING):
            assert action.size_class == "small"
            assert not action.green
            assert not solved.rights[action.right].named
