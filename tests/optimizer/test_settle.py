"""After the goals: integers held, new capacities and outputs made canonical."""

import builders
import numpy as np
import pytest
from small import extra, goal, issued, magnesite, mine, problem_of, quotas, stone

from minequota.optimizer.engine import open_engine
from minequota.optimizer.model import write_model
from minequota.optimizer.settle import fix_integers
from minequota.optimizer.solve import solve

FREE = {"caps": []}


def test_fixed_integers_stay():
    """With all held rights fixed at 1, a count can no longer be lowered."""
    problem = problem_of(magnesite([mine("A", "9 万吨"), mine("B", "9 万吨")]))
    draft = write_model(problem)
    engine = open_engine(draft.program())
    solution = np.zeros(len(draft.lower))
    hold = draft.columns.hold[-1]
    solution[hold] = [0.9999999, 0.0000001]
    fix_integers(engine, draft, solution)
    cost = np.zeros(len(draft.lower))
    cost[hold] = [1.0, -1.0]
    assert engine.minimise(cost, gap=0, time_limit=None).values[hold] == pytest.approx([1, 0])


def test_equal_new_rights_get_equal_capacities():
    """70 from a zone for two of 20 to 60: 35 each, not 20 and 50."""
    answer = solve(stone(demand="70 万立方米", plan={"zones": [builders.zone(rights=2)]}))
    assert issued(answer) == {"Z1-1": 35, "Z1-2": 35}


def test_capacities_follow_the_counties_caps():
    """An equal split of 30 would break the east's cap of 12: it gets 12 of output and capacity."""
    plan = {"caps": [builders.cap("east", "12 万吨", "东县")]}
    blocks = [extra("X", "40 万吨"), extra("Y", "25 万吨", county="西县")]
    answer = solve(magnesite([], "30 万吨", plan, extra_candidates=blocks))
    assert sum(issued(answer).values()) == 30
    assert quotas(answer)["X"] <= 12
    assert goal(answer, "unmet_demand_1").rounded_value == 0
    assert goal(answer, "capacity_issued").rounded_value == 3


def test_outputs_are_even_where_caps_leave_room():
    """29 by 30 : 8 : 15 is 16.415, 4.377 and 8.208, the east at 20.79 of 21.

    Each to its nearest step would be 29.01; A is the nearest to its next lower one.
    """
    rights = [mine("A", "30 万吨"), mine("B", "8 万吨"), mine("C", "15 万吨", "西县")]
    answer = solve(magnesite(rights, "29 万吨"))
    assert quotas(answer) == {"A": 16.41, "B": 4.38, "C": 8.21}
    assert goal(answer, "evenness").value == pytest.approx(0, abs=1e-9)


def test_unevenness_is_reported():
    """East 10 and west 20 on mines of 30 each: 1 - 10 / 20."""
    caps = [builders.cap("east", "10 万吨", "东县"), builders.cap("west", "20 万吨", "西县")]
    rights = [mine("A", "30 万吨"), mine("B", "30 万吨", "西县")]
    answer = solve(magnesite(rights, "30 万吨", {"caps": caps}))
    assert goal(answer, "evenness").value == pytest.approx(0.5)


def test_without_evenness_the_totals_are_the_same():
    """A scenario without goal 7 is still rounded and meets its demand."""
    goals = ["expected_indicators", "unmet_demand", "closures", "actions", "tie_break"]
    rights = [mine("A", "9 万吨"), mine("B", "9 万吨")]
    answer = solve(magnesite(rights, "10 万吨", FREE, goals=goals))
    assert sum(quotas(answer).values()) == 10
    assert "evenness" not in [one.name for one in answer.goals]
