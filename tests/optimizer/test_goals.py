"""Goals: their order, their names, and what each counts."""

import builders
import pytest
from small import asked, extra, goal, issued, leaving, magnesite, mine, problem_of, quotas

from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.solve import solve

FREE = {"caps": []}
ORDER = [
    "expected_indicators",
    "unmet_demand_1",
    "closures",
    "actions",
    "capacity_issued",
    "policy_preference",
    "tie_break",
    "evenness",
]


def test_goals_stand_in_the_order_solved():
    """The default order, evenness last; each priority of demand is a stage."""
    answer = solve(magnesite([mine("A", "9 万吨")]))
    assert [one.name for one in answer.goals] == ORDER
    demand = {
        "菱镁矿": asked("3 万吨", priority=3),
        "建筑石料": asked("3 万立方米", priority=1),
    }
    scenario = builders.scenario(question=builders.tiny_question(demand=demand))
    names = [
        one.name for one in build_goals(problem_of(scenario), write_model(problem_of(scenario)))
    ]
    assert names[1:3] == ["unmet_demand_1", "unmet_demand_3"]


def test_the_scenario_chooses_the_order():
    """Demand before expected indicators: the expected ceiling of 10 gives way to the 30 asked."""
    cap = builders.cap("city", "10 万吨", attribute="expected")
    rights = [mine("A", "30 万吨")]
    assert quotas(magnesite(rights, plan={"caps": [cap]})) == {"A": 10}
    goals = ["unmet_demand", "expected_indicators", "tie_break"]
    answer = solve(magnesite(rights, plan={"caps": [cap]}, goals=goals))
    assert quotas(answer) == {"A": 30}
    assert [one.name for one in answer.goals] == ["unmet_demand_1", *goals[1:]]
    assert goal(answer, "expected_indicators").rounded_value == 2


@pytest.mark.parametrize(
    ("goals", "gone", "new"),
    [
        # A mine less is worse than a right more: nobody leaves, the block makes 2 / 5.
        (["expected_indicators", "unmet_demand", "closures", "actions", "tie_break"], [], ["X"]),
        (["expected_indicators", "unmet_demand", "actions", "closures", "tie_break"], 2, []),
    ],
)
def test_closures_before_actions_or_after(goals, gone, new):
    """A share of 0.4 with one medium mine of four: issue a medium one, or lose two small ones."""
    rights = [mine("M", "60 万吨", size_class="medium"), *(mine(f"S{k}", "9 万吨") for k in "123")]
    plan = FREE | {"ratios": [builders.ratio(0.4)]}
    blocks = [extra("X", "60 万吨")]
    answer = solve(magnesite(rights, "5 万吨", plan, extra_candidates=blocks, goals=goals))
    assert leaving(answer) == (["S2", "S3"] if gone else [])
    assert list(issued(answer)) == new


def test_weighted_closures_are_summed():
    """Two must leave: stopped ones weigh 0.4 each, so both stopped go, 0.8 in all."""
    rights = [mine("A", "9 万吨", status="stopped"), mine("B", "9 万吨", status="stopped")]
    rights += [mine("C", "9 万吨"), mine("D", "9 万吨")]
    options = {"protection": {"weights": {"stopped": 0.4}}, "preference": {"leave": {}}}
    plan = FREE | {"counts": [builders.count(2)]}
    answer = solve(magnesite(rights, "5 万吨", plan, options=options))
    assert leaving(answer) == ["A", "B"]
    assert goal(answer, "closures").value == pytest.approx(0.8)


def test_a_heavier_mine_is_spared():
    """A share of a half with one medium mine of four: two must leave.

    Each stopped mine weighs 1, the producing one 3, so both stopped ones go: 2 and not 4.
    """
    rights = [mine("M", "60 万吨", size_class="medium"), mine("A", "9 万吨")]
    rights += [mine("B", "9 万吨", status="stopped"), mine("C", "9 万吨", status="stopped")]
    options = {"protection": {"weights": {"producing": 3}}}
    plan = FREE | {"ratios": [builders.ratio(0.5)]}
    answer = solve(magnesite(rights, "5 万吨", plan, options=options))
    assert leaving(answer) == ["B", "C"]
    assert goal(answer, "closures").value == 2


def test_preference_chooses_among_equal_sets_only():
    """One must leave of a mine without ground and an expired one whose quota is needed by nobody.

    Leaving costs 20, with the ground expired 12: the expired one goes although it is licensed
    earlier. Without the goal the licence order decides.
    """
    rights = [mine("A", "10 万吨", status="expired"), mine("B", "10 万吨")]
    plan = FREE | {"counts": [builders.count(1)]}
    answer = solve(magnesite(rights, "5 万吨", plan))
    assert leaving(answer) == ["A"]
    assert goal(answer, "policy_preference").value == 12
    goals = ["expected_indicators", "closures", "tie_break"]
    assert leaving(magnesite(rights, "0 万吨", plan, goals=goals)) == ["B"]


def test_preference_issues_what_the_plan_favours():
    """Two alike blocks for 5: the one in the key area (4 points) although its id comes later."""
    area = {
        "code": "K1",
        "name": "重点区",
        "kind": "key_mining_area",
        "minerals": ["菱镁矿"],
        "area_km2": 1.0,
        "counties": ["东县"],
        "source": "附表3",
    }
    blocks = [extra("X", "40 万吨"), extra("Y", "40 万吨", area="K1")]
    answer = solve(magnesite([], "5 万吨", FREE | {"areas": [area]}, extra_candidates=blocks))
    assert issued(answer) == {"Y": 10}
    assert goal(answer, "policy_preference").value == -4


def test_licence_order_decides_last():
    """Among equals the later licence leaves and the earlier block is issued."""
    rights = [mine(key, "10 万吨") for key in "ABC"]
    assert leaving(magnesite(rights, "5 万吨", FREE | {"counts": [builders.count(2)]})) == ["C"]
    blocks = [extra("Y", "40 万吨"), extra("X", "40 万吨")]
    assert issued(magnesite([], "5 万吨", FREE, extra_candidates=blocks)) == {"X": 10}


def test_without_licence_order_nothing_is_promised():
    """A scenario that leaves the last goal out is told that its set may not be the only one."""
    answer = solve(magnesite([mine("A", "9 万吨")], goals=["unmet_demand"]))
    assert answer.notes == ("tie_not_proven_unique",)
