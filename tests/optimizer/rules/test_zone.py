"""ZONE: how many rights a zone takes, in which order, and that stone stands in zones only."""

import builders
import pytest
from small import clause, extra, goal, issued, quarry, quotas, stone

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


def limited(amount, measure="capacity", **changes):
    """Return a limit on zone Z1."""
    return {
        "id": "bear",
        "title": {"zh": "区内产能", "en": "capacity inside"},
        "attribute": "binding",
        "sense": "ceiling",
        "years": {"first": 2021, "last": 2025},
        "zones": ["Z1"],
        "measure": measure,
        "amount": amount,
        "source": "第三章",
    } | changes


def test_a_zones_capacity_includes_the_rights_on_the_register():
    """50 in all, 15 of them held: the new right gets 35 of the 60 it might have."""
    answer = solve(
        stone(
            [quarry("C", "15 万立方米")], "70 万立方米", {"zone_limits": [limited("50 万立方米")]}
        )
    )
    assert issued(answer) == {"Z1-1": 35}
    line = clause(answer, "ZONE.bear")
    assert (line.used, line.limit, line.binding) == (50, 50, True)


def test_a_limit_in_tonnes_counts_by_density():
    """100 万吨 at 2.5 are 40 万立方米: 15 held leave 25."""
    answer = solve(
        stone([quarry("C", "15 万立方米")], "70 万立方米", {"zone_limits": [limited("100 万吨")]})
    )
    assert issued(answer) == {"Z1-1": 25}


def test_a_zones_output_may_be_limited_instead():
    """30 of output in all, whatever is licensed."""
    answer = solve(
        stone(
            [quarry("C", "15 万立方米")],
            "70 万立方米",
            {"zone_limits": [limited("30 万立方米", "output")]},
        )
    )
    assert sum(quotas(answer).values()) == 30


def test_a_pool_of_blocks_takes_what_the_scenario_proposes():
    """Two blocks without a mineral, three proposals in them: two are issued."""
    pool = builders.zone("POOL", mineral=None, minimum=None, maximum=None, rights=2, kind="block")
    proposal = extra("Q", "20 万立方米", mineral="建筑石料", county="西县", zone="POOL", number=3)
    answer = solve(stone(demand="70 万立方米", plan={"zones": [pool]}, extra_candidates=[proposal]))
    assert issued(answer) == {"Q-1": 20, "Q-2": 20}
    assert {one.zone for one in answer.issuance} == {"POOL"}


def test_details_fill_in_what_the_zone_does_not_say():
    """A zone without a bound: the scenario's 30, and its large deposit asks 100."""
    bare = builders.zone(minimum=None, maximum=None)
    detail = {"maximum": "30 万立方米", "assumed": True, "source": "test"}
    answer = solve(stone(plan={"zones": [bare]}, zone_details={"Z1": detail}))
    assert issued(answer) == {"Z1-1": 30}
    assert answer.issuance[0].maximum_assumed
    plan = {"zones": [bare], "special_minimums": []}
    large = detail | {"deposit_class": "large", "maximum": "120 万立方米"}
    answer = solve(stone(plan=plan, zone_details={"Z1": large}))
    assert issued(answer) == {"Z1-1": 100}
    large["maximum"] = "90 万立方米"
    assert issued(solve(stone(plan=plan, zone_details={"Z1": large}))) == {}


def test_who_was_issued_since_the_plan_takes_a_place():
    """Two rights planned, one issued since: one more, and the line says so."""
    plan = {"zones": [builders.zone(rights=2)]}
    answer = solve(stone(demand="150 万立方米", plan=plan, issued_since={"Z1": 1}))
    assert issued(answer) == {"Z1-1": 60}
    line = clause(answer, "ZONE.Z1")
    assert (line.limit, line.used) == (1, 1)


def test_twelve_rights_are_issued_in_their_order():
    """Ten of twelve are needed: 1 to 10, not 1, 10, 11, 12 and 2."""
    plan = {"zones": [builders.zone(rights=12)]}
    answer = solve(stone(demand="600 万立方米", plan=plan))
    assert sorted(issued(answer), key=len) == [f"Z1-{number}" for number in range(1, 11)]
