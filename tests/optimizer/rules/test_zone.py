"""ZONE: how many rights a zone takes, in which order, and that stone stands in zones only."""

import builders
import pytest
from small import clause, extra, goal, issued, quotas, stone

from minequota.optimizer.solve import solve


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ("50 万立方米", {"Z1-1": 50}),
        # Two are needed above 60; 80 in all, shared by their equal minimums.
        ("80 万立方米", {"Z1-1": 40, "Z1-2": 40}),
        ("150 万立方米", {"Z1-1": 60, "Z1-2": 60}),
    ],
)
def test_a_zone_takes_no_more_than_its_rights(demand, expected):
    """A zone for two rights of 20 to 60: the lower number comes first."""
    answer = solve(stone(demand=demand, plan={"zones": [builders.zone(rights=2)]}))
    assert issued(answer) == expected
    line = clause(answer, "ZONE.Z1")
    assert (line.limit, line.used, line.slack) == (2, len(expected), 2 - len(expected))
    assert goal(answer, "actions").value == len(expected)


def test_zones_fill_by_code():
    """One right is needed and two zones are alike: the earlier code is issued."""
    zones = [builders.zone("Z2"), builders.zone("Z1", county="东县")]
    assert issued(stone(demand="30 万立方米", plan={"zones": zones})) == {"Z1-1": 30}


def test_fewer_rights_before_less_capacity():
    """70 asked: Z1 (20-60) and Z2 (30-70): Z2 alone is one action, though 70 / 30 > 40 / 20."""
    zones = [builders.zone(), builders.zone("Z2", minimum="30 万立方米", maximum="70 万立方米")]
    assert issued(stone(demand="70 万立方米", plan={"zones": zones})) == {"Z2-1": 70}


def test_stone_is_issued_in_zones_only():
    """A block of stone outside any zone is never issued; gravel stays missing."""
    block = extra("X", "60 万立方米", mineral="建筑石料", minimum="20 万立方米")
    answer = solve(stone(plan={"zones": []}, extra_candidates=[block]))
    assert (issued(answer), quotas(answer)) == ({}, {})
    assert answer.balance[0].unmet == 50
    assert clause(answer, "ZONE").applies is False


def test_a_zone_for_no_right_stays_empty_and_has_its_line():
    """A zone drawn for 0 rights: its line says 0 of 0 and applies to nobody."""
    answer = solve(stone(plan={"zones": [builders.zone(rights=0)]}))
    assert issued(answer) == {}
    line = clause(answer, "ZONE.Z1")
    assert (line.limit, line.used, line.applies) == (0, 0, False)
