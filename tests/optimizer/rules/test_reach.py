"""REACH: what is made goes to demand centres within reach, and every centre's balance closes."""

import builders
import numpy as np
import pytest
from small import asked, clause, quarry, quotas, stone

from minequota.optimizer.draft import start_draft
from minequota.optimizer.engine import open_engine
from minequota.optimizer.problem import build_problem
from minequota.optimizer.rules import demand, reach
from minequota.optimizer.solve import solve

QUARRIES = [quarry("P", "30 万立方米"), quarry("Q", "30 万立方米")]
DISTANCES = {"P": {"a": 10.0, "b": 50.0}, "Q": {"a": 40.0, "b": 20.0}}


def ways(**changes):
    """Return the ways from P and Q to a and b."""
    return {
        "centres": [
            {"id": "a", "name": builders.name("甲")},
            {"id": "b", "name": builders.name("乙")},
        ],
        "distances": DISTANCES,
        "assumed": True,
        "source": "test",
    } | changes


def placed(a, b, reached=None, rights=QUARRIES, plan=None, **demand_changes):
    """Return a year of stone asked for at a and b (万立方米), with or without a farthest way."""
    places = {"a": f"{a} 万立方米", "b": f"{b} 万立方米"}
    question = {"options": demand_changes.pop("options", {})}
    question |= {
        key: demand_changes.pop(key) for key in ("mode", "first_year") if key in demand_changes
    }
    limit = {} if reached is None else {"reach": {"建筑石料": reached}}
    return stone(
        rights,
        asked(f"{a + b} 万立方米", places=places, **demand_changes),
        {"zones": []} | (plan or {}),
        transport=ways(**limit),
        **question,
    )


def sent(answer):
    """Return what goes where."""
    return {(one.right, one.centre): one.amount for one in answer.flows}


def at(answer, centre):
    """Return a centre's line of the balance: what mines, outside and nobody bring."""
    line = next(one for one in answer.balance if one.place == centre)
    return line.production_existing, line.imports, line.unmet


@pytest.mark.parametrize(
    ("farthest", "a", "b"),
    [
        # 40 at a, 10 at b: P's 30 and 10 of Q go to a, 10 of Q to b.
        (None, (40, 0, 0), (10, 0, 0)),
        # Q cannot go to a any more: 10 are missing there.
        (30, (30, 0, 10), (10, 0, 0)),
        # Nor to b.
        (15, (30, 0, 10), (0, 0, 10)),
        # The way of exactly that length is within reach.
        (40, (40, 0, 0), (10, 0, 0)),
    ],
)
def test_nothing_goes_beyond_reach(farthest, a, b):
    """P is 10 km from a and Q 20 from b, but 50 and 40 across."""
    answer = solve(placed(40, 10, farthest))
    assert (at(answer, "a"), at(answer, "b")) == (a, b)
    whole = answer.balance[0]
    assert whole.unmet == a[2] + b[2]
    assert sum(quotas(answer).values()) == a[0] + b[0]


def test_a_mine_beyond_all_reach_gets_nothing():
    """Only P is within 15 km of anybody; Q's rule counts for nobody."""
    answer = solve(placed(40, 10, 15))
    assert quotas(answer) == {"P": 30, "Q": 0}
    assert clause(answer, "REACH").reach == 1
    problem = build_problem(placed(40, 10, 15))
    draft = start_draft(problem)
    demand.write(problem, draft)
    reach.write(problem, draft)
    beyond = [(problem.sources[one.m].id, one.centre) for one in draft.out_of_reach]
    assert beyond == [("P", "b"), ("Q", "a"), ("Q", "b")]


def test_what_comes_from_outside_reaches_everybody():
    """15 from outside leave 35 of 50 for the mines: 17.5 each, if a took any of Q's.

    Only P reaches a, so a's 40 are P's 25 and all 15 from outside, and Q makes b's 10.
    """
    answer = solve(placed(40, 10, 30, imports="12 万立方米", by_product="3 万立方米"))
    assert quotas(answer) == {"P": 25, "Q": 10}
    assert (at(answer, "a"), at(answer, "b")) == ((25, 15, 0), (10, 0, 0))


def test_outside_supply_that_exceeds_the_demand():
    """60 from outside for 50: 10 left over, nothing made, both centres served from outside."""
    answer = solve(placed(40, 10, 30, imports="60 万立方米"))
    assert answer.balance[0].surplus == 10
    assert (at(answer, "a"), at(answer, "b")) == ((0, 40, 0), (0, 10, 0))


def test_flows_add_up_to_every_figure():
    """What leaves a mine is its quota; what reaches a centre, with the rest, is its demand."""
    answer = solve(placed(33, 20))
    flows = sent(answer)
    for right, amount in quotas(answer).items():
        assert sum(v for (r, _), v in flows.items() if r == right) == pytest.approx(amount)
    for centre, amount in (("a", 33), ("b", 20)):
        assert sum(v for (_, c), v in flows.items() if c == centre) == pytest.approx(amount)


def test_a_year_of_less_demand_shrinks_every_centre():
    """50 in all but 25 in 2024: 20 and 5 instead of 40 and 10."""
    scenario = placed(40, 10, by_year={2024: "25 万立方米"}, mode="calendar", first_year=2024)
    answer = solve(scenario)
    asked_for = {(one.year, one.place): one.demand for one in answer.balance}
    assert (asked_for[2024, "a"], asked_for[2024, "b"]) == (20, 5)
    assert (asked_for[2025, "a"], asked_for[2025, "b"]) == (40, 10)
    assert {one.year for one in answer.flows} == {2024, 2025}


def test_a_right_that_is_not_held_serves_nobody():
    """One of two may stay. b asks for more, so Q stays, and a's 10 are missing beyond 30 km.

    With the relaxed half of each right, every way carries at most half its limit.
    """
    counts = {"counts": [builders.count(1)]}
    answer = solve(placed(10, 25, 30, plan=counts))
    assert quotas(answer) == {"Q": 25}
    assert at(answer, "a") == (0, 0, 10)
    problem = build_problem(placed(10, 25))
    draft = start_draft(problem)
    demand.write(problem, draft)
    reach.write(problem, draft)
    program = draft.program()
    program.integer[:] = False
    engine = open_engine(program)
    for hold in draft.columns.hold[0]:
        engine.set_bounds(np.array([hold]), np.array([0.5]), np.array([0.5]))
    for link in draft.links:
        cost = np.zeros(program.columns)
        cost[link.column] = -1.0
        most = {"a": 10, "b": 25}[link.centre]
        assert engine.minimise(cost, gap=0, time_limit=None).objective == pytest.approx(-most / 2)


def test_where_the_cap_is_handed_out_what_nobody_within_reach_takes_is_not():
    """A cap of 55 is to be handed out, but a and b take 50 together: 5 are not handed out."""
    caps = {"caps": [builders.cap("s", "55 万立方米", product="建筑石料")]}
    answer = solve(placed(40, 10, plan=caps, options={"hand_out": {"建筑石料": "cap"}}))
    assert sum(quotas(answer).values()) == 50
    assert next(g for g in answer.goals if g.name == "unmet_demand_1").value == pytest.approx(
        5 / 55
    )


def test_places_need_ways():
    """A demand by place without `transport` says so."""
    scenario = stone(QUARRIES, asked("5 万立方米", places={"a": "5 万立方米"}), {"zones": []})
    with pytest.raises(ValueError, match="transport"):
        solve(scenario)
