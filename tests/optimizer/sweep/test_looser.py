"""When a bound proven in one case holds in another, and when it must not be taken to."""

import numpy as np
import pytest
from small import asked, extra, magnesite, mine
from swept import capped, demanding

from minequota.optimizer.draft import NONE
from minequota.optimizer.model import build_model
from minequota.optimizer.sweep.looser import Known, allows_no_more, most_unmet
from minequota.optimizer.sweep.shape import case_of, same_shape, shrinkable


@pytest.fixture(scope="module")
def scenario():
    """Demand of 20: a mine of 12 and a block of up to 30 under an east cap of 21."""
    return magnesite([mine("A", "12 万吨")], "20 万吨", extra_candidates=[extra("X", "30 万吨")])


def case(scenario):
    """Return a scenario as arrays."""
    return case_of(build_model(scenario))


def number(one, name):
    """Return the number of a goal."""
    return [goal.name for goal in one.model.goals].index(name)


def known(one, held):
    """Return a case whose goals were held at some values, nothing left out."""
    goals = len(one.costs)
    return Known(one, held, [0.0] * goals, [frozenset()] * goals)


def inherits(one, held, earlier, held_there, goal="actions"):
    """Whether a bound on a goal carries over, with what each balance may lack by its goal."""
    g = number(one, goal)
    unmet = {
        n: most_unmet(one, held, one.costs[asked.goal], n)
        for n, asked in enumerate(one.asked)
        if asked.goal != NONE
    }
    return allows_no_more(one, held[:g], unmet, known(earlier, held_there), g)


MET = [0.0] * 9


def test_a_lower_cap_allows_no_more(scenario):
    """What is proven under a cap of 21 holds under 20, and not the other way round."""
    loose, tight = case(scenario), case(capped(scenario, 20 / 21))
    assert inherits(tight, MET, loose, MET)
    assert not inherits(loose, MET, tight, MET)


def test_a_higher_demand_fully_met_allows_no_more(scenario):
    """Whoever can make 20 can make 15 by making less, but not the other way round."""
    less, more = case(demanding(scenario, 0.75)), case(scenario)
    assert inherits(more, MET, less, MET)
    assert not inherits(less, MET, more, MET)


def test_demand_that_may_go_unmet_proves_nothing(scenario):
    """With half of 20 unmet 10 are enough: nothing is proven about who must make 15."""
    less, more = case(demanding(scenario, 0.75)), case(scenario)
    half = MET.copy()
    half[number(more, "unmet_demand_1")] = 0.5
    assert not inherits(more, half, less, MET)


def test_a_capped_product_asks_for_the_same_supply_whatever_is_demanded(scenario):
    """Of 30 and of 42 the cap lets 21 be made: 9/30 and 21/42 unmet are the same supply."""
    low, high = case(demanding(scenario, 1.5)), case(demanding(scenario, 2.1))
    held_low, held_high = MET.copy(), MET.copy()
    g = number(low, "unmet_demand_1")
    held_low[g], held_high[g] = 9 / 30 + 1e-9, 21 / 42
    assert inherits(high, held_high, low, held_low)
    held_low[g] = 8 / 30
    assert not inherits(high, held_high, low, held_low)


def test_an_earlier_goal_reached_better_there_proves_nothing(scenario):
    """Where two rights may leave there may be fewer issued than where one may."""
    one = case(scenario)
    more = MET.copy()
    more[number(one, "closures")] = 2.0
    assert not inherits(one, more, one, MET)
    assert inherits(one, MET, one, more)


def test_a_goal_left_out_of_the_proof_need_not_agree(scenario):
    """A bound that was proven without holding the capacity holds whatever that reaches."""
    one = case(scenario)
    more = MET.copy()
    g, capacity = number(one, "policy_preference"), number(one, "capacity_issued")
    more[capacity] = 3.0
    earlier = known(one, MET)
    assert not allows_no_more(one, more[:g], {}, earlier, g)
    earlier.unheld[g] = frozenset({capacity})
    assert allows_no_more(one, more[:g], {}, earlier, g)


def test_a_floor_on_output_keeps_demand_from_shrinking():
    """A right that must run at 40 % or rest cannot make less because less is asked."""
    floor = magnesite([mine("A", "12 万吨")], "10 万吨", options={"min_load": 0.4})
    free = magnesite([mine("A", "12 万吨")], "10 万吨")
    assert shrinkable(case(free).program, case(free).asked[0])
    assert not shrinkable(case(floor).program, case(floor).asked[0])
    assert not inherits(case(floor), MET, case(demanding(floor, 0.5)), MET)


@pytest.mark.parametrize(
    "changes",
    [
        {"options": {"hand_out": {"菱镁矿": "cap"}}},
        {
            "demand": asked(
                "10 万吨",
                by_product_from=[
                    {"minerals": ["金矿"], "per_ore": "0.1 万吨", "assumed": True, "source": "test"}
                ],
            )
        },
    ],
)
def test_demand_that_something_else_follows_is_not_flexible(changes):
    """A cap handed out whole, or by-products that follow: nothing carries over."""
    one = magnesite([mine("A", "12 万吨")], **({"demand": "10 万吨"} | changes))
    assert not case(one).asked[0].flexible
    assert not inherits(case(one), MET, case(demanding(one, 0.9)), MET)


def test_shapes_differ_by_columns_rows_and_coefficients(scenario):
    """Scaled demands and caps keep the shape; a block, a floor or another availability do not."""
    base = case(scenario)
    assert same_shape(base, case(capped(demanding(scenario, 0.7), 0.5)))
    more = magnesite([mine("A", "12 万吨")], "20 万吨", extra_candidates=[extra("Y", "30 万吨")])
    assert not same_shape(base, case(more))
    lazy = magnesite(
        [mine("A", "12 万吨")],
        "20 万吨",
        extra_candidates=[extra("X", "30 万吨")],
        options={"availability": 0.9},
    )
    assert not same_shape(base, case(lazy))


def test_most_unmet_never_exceeds_what_is_asked(scenario):
    """A goal held at 3 shares of a demand of 20 still leaves no more than 20 unmet."""
    one = case(scenario)
    held = [3.0] * len(one.costs)
    cost = one.costs[one.asked[0].goal]
    assert most_unmet(one, held, cost, 0) == pytest.approx(20)
    held = [0.1] * len(one.costs)
    assert most_unmet(one, held, cost, 0) == pytest.approx(2)
    assert np.count_nonzero(cost) == 1
