"""MINSCALE: admission minimums, size classes asked by areas, floors on what runs."""

import builders
import pytest
from small import extra, goal, issued, kinds, magnesite, mine, quarry, quotas, stone

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def area(**changes):
    """Return a key mining area in the east."""
    return {
        "code": "K1",
        "name": "东县重点开采区",
        "kind": "key_mining_area",
        "minerals": ["菱镁矿"],
        "area_km2": 9.0,
        "counties": ["东县"],
        "source": "附表3",
    } | changes


def test_a_zone_right_is_issued_at_its_minimum():
    """A demand of 5 needs a right, and the zone's 20 is the least it may have."""
    answer = solve(stone(demand="5 万立方米"))
    assert (issued(answer), quotas(answer)) == ({"Z1-1": 20}, {"Z1-1": 5})
    assert goal(answer, "capacity_issued").rounded_value == 1
    assert goal(answer, "unmet_demand_1").rounded_value == 0


@pytest.mark.parametrize(
    ("changes", "capacity"),
    [
        # The table: small deposits 10, medium 50, large 100; unknown counts as small.
        ({}, 10),
        ({"deposit_class": "small"}, 10),
        ({"deposit_class": "medium"}, 50),
        ({"deposit_class": "large"}, 100),
        # The block's own figure adds to the table's.
        ({"minimum": "15 万吨"}, 15),
        ({"minimum": "5 万吨"}, 10),
        ({"minimum": "15 万吨", "deposit_class": "medium"}, 50),
    ],
)
def test_a_block_follows_its_own_minimum_and_the_table(changes, capacity):
    """3 万吨 are asked and nobody makes them: the block is issued at its least capacity."""
    question = {"extra_candidates": [extra("X", "120 万吨", **changes)]}
    answer = solve(magnesite([], "3 万吨", FREE, **question))
    assert issued(answer) == {"X": capacity}
    assert answer.issuance[0].minimum == capacity


def test_no_right_below_its_minimum_however_small_its_bound():
    """A block of at most 40 on a medium deposit (minimum 50) is not issued."""
    block = extra("X", "40 万吨", deposit_class="medium")
    answer = solve(magnesite([], "3 万吨", FREE, extra_candidates=[block]))
    assert issued(answer) == {}
    assert answer.balance[0].unmet == 3


def test_a_block_exactly_at_its_minimum_is_issued():
    """A block of at most 50 on a medium deposit (minimum 50) is issued at 50."""
    block = extra("X", "50 万吨", deposit_class="medium")
    assert issued(magnesite([], "3 万吨", FREE, extra_candidates=[block])) == {"X": 50}


def test_the_table_speaks_only_of_whom_the_plan_applies_it_to():
    """Applied to renewals alone the table asks nothing of a new right: 3 is enough."""
    use = {"column_meaning": "deposit_size", "applies_to": ["renewed"], "source": "附表6"}
    plan = FREE | {"minimum_scale_use": use}
    scenario = magnesite([], "3 万吨", plan, extra_candidates=[extra("X", "9 万吨")])
    assert issued(scenario) == {"X": 3}


@pytest.mark.parametrize("method", ["open_pit", "underground", None])
def test_a_line_for_the_method_wins(method):
    """Open pit 30, underground 12, any method 10."""
    plan = FREE | {
        "minimum_scales": [
            builders.minimum_scale(
                "pit", ["菱镁矿"], "300 万吨", "90 万吨", "30 万吨", method="open_pit"
            ),
            builders.minimum_scale(
                "deep", ["菱镁矿"], "99 万吨", "50 万吨", "12 万吨", method="underground"
            ),
            builders.minimum_scale("any", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨"),
        ]
    }
    block = extra("X", "40 万吨", method=method)
    least = {"open_pit": 30, "underground": 12, None: 10}[method]
    assert issued(magnesite([], "3 万吨", plan, extra_candidates=[block])) == {"X": least}


@pytest.mark.parametrize(
    ("size_class", "capacity"), [("small", 10), ("medium", 50), ("large", 100)]
)
@pytest.mark.parametrize("named", ["K1", "东县重点开采区"])
def test_an_area_asks_for_a_size_class(size_class, capacity, named):
    """By the plan's own columns medium begins at 50 and large at 100; the minimum stays 10."""
    plan = FREE | {
        "areas": [area()],
        "area_minimums": [
            {"area": "K1", "size_class": size_class, "attribute": "binding", "source": "第四章"}
        ],
    }
    block = extra("X", "120 万吨", area=named)
    answer = solve(magnesite([], "3 万吨", plan, extra_candidates=[block]))
    assert issued(answer) == {"X": capacity}
    assert answer.issuance[0].minimum == 10
    assert answer.issuance[0].size_class == size_class
    assert goal(answer, "capacity_issued").rounded_value == capacity / 10


def test_an_area_asking_for_a_class_nobody_knows_admits_nobody():
    """Without any thresholds every mine is small, so an area asking for medium stays closed."""
    plan = FREE | {
        "minimum_scales": [],
        "areas": [area()],
        "area_minimums": [
            {"area": "K1", "size_class": "medium", "attribute": "binding", "source": "第四章"}
        ],
    }
    blocks = [extra("X", "120 万吨", area="K1"), extra("Y", "120 万吨")]
    assert issued(magnesite([], "3 万吨", plan, extra_candidates=blocks)) == {"Y": 3}


def test_min_load_lets_a_mine_rest():
    """8 asked, capacities 30 and 10: half of 30 is 15 > 8, so A rests and B makes 8."""
    rights = [mine("A", "30 万吨"), mine("B", "10 万吨")]
    assert quotas(magnesite(rights, "8 万吨", FREE)) == {"A": 6, "B": 2}
    answer = solve(magnesite(rights, "8 万吨", FREE, options={"min_load": 0.5}))
    assert quotas(answer) == {"A": 0, "B": 8}
    assert answer.quotas[0].reason.startswith("达不到最低产量要求")
    assert "最低开采规模" in answer.quotas[0].source


def test_min_load_is_kept_by_whoever_runs():
    """20 asked: 15 : 5 would be even and is just half of each capacity."""
    rights = [mine("A", "30 万吨"), mine("B", "10 万吨")]
    scenario = magnesite(rights, "20 万吨", FREE, options={"min_load": 0.5})
    assert quotas(scenario) == {"A": 15, "B": 5}
    # At 0.55 the floors are 16.5 and 5.5: together too much, A alone can make the 20.
    scenario = magnesite(rights, "20 万吨", FREE, options={"min_load": 0.55})
    assert quotas(scenario) == {"A": 20, "B": 0}


@pytest.mark.parametrize(
    ("demand", "capacity", "made"),
    [
        # The least right has 20, half of it is 10.
        ("9 万立方米", None, None),
        ("10 万立方米", 20, 10),
        ("12 万立方米", 20, 12),
        ("50 万立方米", 50, 50),
    ],
)
def test_min_load_of_a_new_right_follows_its_capacity(demand, capacity, made):
    """A zone right of 20 to 60 under min_load 0.5."""
    answer = solve(stone(demand=demand, options={"min_load": 0.5}))
    assert issued(answer) == ({} if capacity is None else {"Z1-1": capacity})
    assert quotas(answer) == ({} if made is None else {"Z1-1": made})


@pytest.mark.parametrize(
    ("demand", "made"),
    [
        # A needs at least 10, B, licensed for 8, its 8.
        ("7 万吨", (0, 0)),
        ("9 万吨", (0, 8)),
        ("10 万吨", (10, 0)),
        ("18 万吨", (10, 8)),
        ("20 万吨", (12, 8)),
    ],
)
def test_minimum_binds_output(demand, made):
    """A 15, B 8 on small deposits: who runs makes min(10, capacity) or rests."""
    rights = [mine("A", "15 万吨"), mine("B", "8 万吨")]
    scenario = magnesite(rights, demand, FREE, options={"minimum_binds_output": True})
    assert tuple(quotas(scenario).values()) == made


def test_minimum_binds_output_by_deposit_and_availability():
    """A medium deposit's 50 or the licence of 40, of which 0.5 is available: at least 20."""
    rights = [mine("A", "40 万吨", deposit_class="medium")]
    options = {"minimum_binds_output": True, "availability": 0.5}
    assert quotas(magnesite(rights, "19 万吨", FREE, options=options)) == {"A": 0}
    assert quotas(magnesite(rights, "20 万吨", FREE, options=options)) == {"A": 20}


@pytest.mark.parametrize("cell", ["×", "—", "/"])
def test_cells_without_a_figure_set_no_floor(cell):
    """A sign in the small column asks nothing of a running mine: it makes the 3."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], "100 万吨", "50 万吨", cell)]
    plan = FREE | {"minimum_scales": lines}
    scenario = magnesite([mine("A", "15 万吨")], "3 万吨", plan, options=BINDS)
    assert quotas(scenario) == {"A": 3}


BINDS = {"minimum_binds_output": True}


def test_minimum_in_cubic_metres_binds_a_licence_in_tonnes():
    """10 万立方米 are 25 万吨 at 2.5 t/m³; a licence of 50 万吨 runs at 10 万立方米 or rests."""
    assert quotas(stone([quarry("C", "50 万吨")], "9 万立方米", {"zones": []}, options=BINDS)) == {
        "C": 0
    }
    scenario = stone([quarry("C", "50 万吨")], "11 万立方米", {"zones": []}, options=BINDS)
    assert quotas(scenario) == {"C": 11}


def test_county_caps_leave_room_for_few_at_their_minimum():
    """West cap 21, three small deposits of 15 asked to make 30: two run, at 10 or more each."""
    rights = [mine(key, "15 万吨", "西县") for key in "ABC"]
    plan = {"caps": [builders.cap("west", "21 万吨", "西县")]}
    assert quotas(magnesite(rights, plan=plan, options=BINDS)) == {"A": 10.5, "B": 10.5, "C": 0}


def test_existing_rights_below_the_minimum_stay():
    """The minimum admits; it is no floor on the year's output of who is there."""
    answer = solve(magnesite([mine("A", "4 万吨")], "3 万吨"))
    assert (quotas(answer), kinds(answer)) == ({"A": 3}, {"A": "keep"})
