"""BAN: banned and restricted minerals, and × in the table."""

import builders
import pytest
from small import clause, extra, issued, magnesite, mine, quotas, stone

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def direction(kind, *minerals):
    """Return a plan's direction for some minerals."""
    return {"kind": kind, "names": list(minerals), "minerals": list(minerals), "source": "第四章"}


@pytest.mark.parametrize(
    ("kind", "permitted", "expected"),
    [
        ("banned", [], {}),
        ("banned", ["菱镁矿"], {}),
        ("restricted", [], {}),
        ("restricted", ["菱镁矿"], {"X": 10}),
        ("restricted", ["金矿"], {}),
        ("key", [], {"X": 10}),
    ],
)
def test_directions(kind, permitted, expected):
    """A block of magnesite where 3 are asked: banned never, restricted only when permitted."""
    plan = FREE | {"directions": [direction(kind, "菱镁矿")]}
    scenario = magnesite(
        [],
        "3 万吨",
        plan,
        extra_candidates=[extra("X", "40 万吨")],
        options={"permitted_restricted": permitted},
    )
    assert issued(scenario) == expected


def test_a_ban_of_another_mineral_says_nothing():
    """Gold is banned, magnesite is issued, and BAN applies to nobody."""
    plan = FREE | {"directions": [direction("banned", "金矿")]}
    answer = solve(magnesite([], "3 万吨", plan, extra_candidates=[extra("X", "40 万吨")]))
    assert issued(answer) == {"X": 10}
    assert clause(answer, "BAN").applies is False


def test_a_ban_closes_zones_but_no_mine():
    """A zone of a banned mineral stays empty; the quarry that is there works on."""
    plan = {"directions": [direction("banned", "建筑石料")]}
    rights = [builders.right("C", "西县", "建筑石料", "30 万立方米", zone="Z1")]
    answer = solve(stone(rights, plan=plan))
    assert (issued(answer), quotas(answer)) == ({}, {"C": 30})
    assert clause(answer, "BAN").applies is True


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"deposit_class": "small"}, {}),
        ({"deposit_class": "medium"}, {"X": 50}),
        # A figure of the block's own does not lift the plan's ×.
        ({"minimum": "15 万吨"}, {}),
    ],
)
def test_a_cross_forbids_its_deposit_class(changes, expected):
    """The table prints × for small deposits and 50 for medium ones."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], "100 万吨", "50 万吨", "×")]
    plan = FREE | {"minimum_scales": lines}
    block = extra("X", "120 万吨", **changes)
    assert issued(magnesite([], "3 万吨", plan, extra_candidates=[block])) == expected


def test_a_dash_asks_nothing():
    """— for small deposits: a block may be as small as the demand."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], "100 万吨", "50 万吨", "—")]
    scenario = magnesite(
        [], "3 万吨", FREE | {"minimum_scales": lines}, extra_candidates=[extra("X", "40 万吨")]
    )
    assert issued(scenario) == {"X": 3}


def test_a_zones_own_minimum_wins_over_a_cross():
    """The plan itself draws the zone: the table's × for small deposits does not close it."""
    lines = [builders.minimum_scale("s", ["建筑石料"], "100 万立方米", "20 万立方米", "×")]
    plan = {"minimum_scales": lines, "special_minimums": []}
    assert issued(stone(demand="5 万立方米", plan=plan)) == {"Z1-1": 20}


def test_a_ban_does_not_close_who_is_there():
    """A magnesite mine works on where new ones are banned."""
    plan = FREE | {"directions": [direction("banned", "菱镁矿")]}
    assert quotas(magnesite([mine("A", "12 万吨")], "3 万吨", plan)) == {"A": 3}


def test_a_ban_may_speak_of_one_way_of_mining():
    """No new open pits: an underground right, or one whose way is not known, may be issued."""
    direction = {
        "kind": "banned",
        "names": ["菱镁矿"],
        "minerals": ["菱镁矿"],
        "method": "open_pit",
        "source": "第七章",
    }
    for method, number in (("open_pit", 0), ("underground", 1), (None, 1)):
        proposal = extra("X", "40 万吨", method=method)
        plan = {"caps": [], "directions": [direction]}
        found = issued(magnesite([], "12 万吨", plan, extra_candidates=[proposal]))
        assert len(found) == number
