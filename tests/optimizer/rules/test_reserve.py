"""RESERVE: output within reserves, a new right's capacity within its service life."""

import builders
import pytest
import small
from small import clause, extra, issued, magnesite, mine, quarry, quotas, stone

from minequota.optimizer.solve import solve

FREE = {"caps": []}


@pytest.mark.parametrize(
    ("reserves", "made"), [("5 万吨", 5), ("12 万吨", 12), ("99 万吨", 12), (None, 12)]
)
def test_no_more_is_dug_than_there_is(reserves, made):
    """A licence of 12, 30 asked."""
    answer = solve(magnesite([mine("A", "12 万吨", reserves=reserves)], plan=FREE))
    assert quotas(answer) == {"A": made}
    assert answer.quotas[0].reason == ("达到资源储量" if made == 5 else "达到许可生产规模")
    assert clause(answer, "RESERVE").applies is (reserves is not None)


def test_reserves_in_tonnes_bind_a_licence_in_cubic_metres():
    """25 万吨 of stone at 2.5 t/m³ are 10 万立方米; at the right's own 2 t/m³, 12.5."""
    plan = {"zones": []}
    assert quotas(stone([quarry("C", "30 万立方米", reserves="25 万吨")], plan=plan)) == {"C": 10}
    dense = quarry("C", "30 万立方米", reserves="25 万吨", density=2.0)
    assert quotas(stone([dense], plan=plan)) == {"C": 12.5}


def test_sharing_stops_at_the_reserves():
    """12 shared by two of 20: 6 each, but A has 4 left, so B makes 8."""
    rights = [mine("A", "20 万吨", reserves="4 万吨"), mine("B", "20 万吨")]
    assert quotas(magnesite(rights, "12 万吨", FREE)) == {"A": 4, "B": 8}


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (None, {"Z1-1": 60}),
        (5.0, {"Z1-1": 40}),
        # 200 / 10 is exactly the minimum of 20, 200 / 10.5 is below it.
        (10.0, {"Z1-1": 20}),
        (10.5, {}),
    ],
)
def test_a_new_right_lasts_its_least_service_life(life, expected):
    """A zone with reserves of 200, 80 asked: capacity at most 200 ÷ life, and 60."""
    zones = [builders.zone(reserves="200 万立方米")]
    options = {"least_service_life": life}
    answer = solve(stone(demand="80 万立方米", plan={"zones": zones}, options=options))
    assert issued(answer) == expected


def test_a_new_right_digs_no_more_than_its_reserves():
    """A block with 7 left, minimum 10: issued at 10, makes 7 of 30."""
    block = extra("X", "40 万吨", reserves="7 万吨")
    answer = solve(magnesite([], plan=FREE, extra_candidates=[block]))
    assert (issued(answer), quotas(answer)) == ({"X": 10}, {"X": 7})


def test_service_life_says_nothing_where_reserves_are_unknown():
    """Without reserves the zone's own 60 holds."""
    assert issued(stone(demand="80 万立方米", options={"least_service_life": 50.0})) == {"Z1-1": 60}


def test_what_an_expansion_adds_is_dug_after_it_is_decided():
    """25 in the ground, 200 after the expansion of 2025: 12.5 a year before it on average."""
    project = small.expansion(
        "A", "30 万吨", reserves="200 万吨", years={"first": 2025, "last": 2025}
    )
    answer = solve(
        magnesite(
            [mine("A", "20 万吨", reserves="25 万吨")],
            "20 万吨",
            {"caps": []},
            expansions=[project],
            **small.calendar(2023),
        )
    )
    made = {one.year: one.amount for one in answer.quotas}
    assert made[2023] + made[2024] <= 25
    assert made[2025] == 20


def test_an_expansion_may_be_the_first_to_state_reserves():
    """Nothing is known of A's ore until the expansion to 30 states 25: more than 20, 25 at most."""
    project = small.expansion("A", "30 万吨", reserves="25 万吨")
    answer = solve(magnesite([mine("A", "20 万吨")], "30 万吨", {"caps": []}, expansions=[project]))
    assert quotas(answer) == {"A": 25}
