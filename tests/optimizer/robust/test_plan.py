"""The robust plan by hand, and where it must be what an ordinary solve gives."""

from dataclasses import replace

import builders
import pytest
from robust_futures import THREE, futures, one_of_three
from small import asked, calendar, extra, issued, magnesite, mine, quarry, stone

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.model import build_model
from minequota.optimizer.robust.measures import MEASURES
from minequota.optimizer.robust.plan import NoRobustPlanError, solve_robust
from minequota.optimizer.robust.values import measured
from minequota.optimizer.solve import solve_model
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.reports.robust_figures import figures_of

GOAL = "unmet_demand_1"


def decided(allocation):
    """Return an answer without the text and the goals' roundoff."""
    return replace(allocation, goals=(), seconds={})


def of_goal(plan, name=GOAL):
    """Return the measured values of a goal by how it was counted."""
    return {one.counted: one.value for one in plan.goals if one.name == name}


@pytest.mark.parametrize(
    ("measure", "chosen", "value", "mean"),
    [("expected", "N0", 2.38, 2.38), ("worst", "N1", 2.5, 2.5), ("regret", "N2", 0.4, 2.48)],
)
def test_each_measure_chooses_another_right(measure, chosen, value, mean):
    """One of three rights may be issued, and every measure issues another.

    What it serves of its product in two futures:

    ====== ======== ================= ================== ======
    right  capacity first (weight .6) second (weight .4) mean
    ====== ======== ================= ================== ======
    N0     10       10 of 10: 1       10 of 200: .05     .62
    N1     10       10 of 20: .5      10 of 20: .5       .50
    N2     12       12 of 20: .6      12 of 30: .4       .52
    ====== ======== ================= ================== ======

    Three products are asked for, so unmet demand is 3 less that: on average 2.38, 2.5 and 2.48
    (N0 is least), at worst 2.95, 2.5 and 2.6 (N1). Alone, the first future issues N0 and leaves 2,
    the second N1 and leaves 2.5. Regrets: N0 0 and .45, N1 .5 and 0, N2 .4 and .1 (N2).
    """
    plan = solve_robust(
        futures(one_of_three("first"), one_of_three("second"), weights=(3, 2)), measure
    )
    assert plan.status is SolveStatus.OPTIMAL
    assert plan.notes == ()
    assert [list(issued(one)) for one in plan.own] == [["N0"], ["N1"]]
    assert [list(issued(one)) for one in plan.allocations] == [[chosen], [chosen]]
    assert of_goal(plan)[measure] == pytest.approx(value, abs=1e-6)
    assert of_goal(plan)["expected"] == pytest.approx(mean, abs=1e-6)
    assert {plan.allocations[0].issuance[0].capacity} == {issued(plan.allocations[1])[chosen]}


def test_single_plans_are_valued_in_every_future():
    """N0 leaves 2 and 2.95, N1 2.5 and 2.5, and each is the robust plan of no other measure."""
    plan = solve_robust(
        futures(one_of_three("first"), one_of_three("second"), weights=(3, 2)), "regret"
    )
    values = {one.plan: [goals[GOAL] for goals in one.goals] for one in plan.plans}
    assert values["robust"] == pytest.approx([2.4, 2.6], abs=1e-6)
    assert values["f1"] == pytest.approx([2.0, 2.95], abs=1e-6)
    assert values["f2"] == pytest.approx([2.5, 2.5], abs=1e-6)
    best = [one[GOAL] for one in plan.best]
    weights = [one.weight for one in plan.futures]
    found = {name: measured("regret", one, weights, best) for name, one in values.items()}
    assert found == pytest.approx({"robust": 0.4, "f1": 0.45, "f2": 0.5}, abs=1e-6)


def test_capacity_is_issued_once_for_the_largest_need():
    """Z1 admits one quarry of 20 to 60: 25.3 and 48.4 are asked for, so 49 is issued in both.

    25.3 are dug in the first year, 48.4 in the second. Planned alone, the first issues 26.
    """
    plan = solve_robust(
        futures(stone(demand="25.3 万立方米"), stone(demand="48.4 万立方米")), "expected"
    )
    assert [issued(one) for one in plan.allocations] == [{"Z1-1": 49}, {"Z1-1": 49}]
    assert [issued(one) for one in plan.own] == [{"Z1-1": 26}, {"Z1-1": 49}]
    assert [one.quotas[0].amount for one in plan.allocations] == [25.3, 48.4]


def test_a_licence_is_one_although_its_product_is_counted_otherwise():
    """The zone licenses ore in 万立方米, the product counts 万吨: 2.5 of them a 万立方米, or 2.

    100 万吨 need 40 万立方米 at 2.5, 50 at 2: the licence says 50, and gives 125 or 100 万吨.
    """
    scenarios = [
        stone(
            demand="100 万吨",
            plan={
                "products": [
                    {
                        "name": "建筑石料",
                        "en": "building stone",
                        "unit": "万吨",
                        "step": 0.01,
                        "capacity_step": 1,
                        "density": density,
                        "density_source": "test",
                    }
                ],
                "minerals": [builders.tiny_plan()["minerals"][1]],
            },
        )
        for density in (2.5, 2.0)
    ]
    plan = solve_robust(futures(*scenarios), "worst")
    assert [issued(one) for one in plan.own] == [{"Z1-1": 40}, {"Z1-1": 50}]
    assert [issued(one) for one in plan.allocations] == [{"Z1-1": 50}, {"Z1-1": 50}]
    assert of_goal(plan)["worst"] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_future_with_a_fractional_maximum_has_nothing_to_know(measure):
    """The zone admits 60.5 and licences stand in whole steps: 60 of 100, so 0.4 lacks, not 0.395.

    No rights that can be issued reach 0.395, and there is nothing to know in advance.
    """
    plan = solve_robust(
        futures(
            stone(
                demand="100 万立方米",
                plan={"zones": [builders.zone(maximum="60.5 万立方米", rights=1)]},
            )
        ),
        measure,
    )
    figures = figures_of(plan)
    assert [issued(one) for one in plan.allocations] == [{"Z1-1": 60}]
    assert [(one.expected, one.best, one.value) for one in figures.knowing] == [(0.4, 0.4, 0.0)]
    assert {one.regret for one in figures.measures} == {0.0}
    assert {one.price for one in figures.prices} == {0.0}
    assert all(one.robust_value == one.own_value for one in figures.prices)
    reached = {one.name: (one.value, one.solver_value) for one in plan.goals}
    assert reached[GOAL] == pytest.approx((0.4, 0.395))


@pytest.mark.parametrize("measure", MEASURES)
def test_goals_are_those_of_the_plan_handed_over(measure, monkeypatch):
    """The plan for the second future is taken: the goals say what it reaches, not what was found.

    N1 leaves 2.5 in both futures (see above); the bound is still that of the program.
    """
    monkeypatch.setattr("minequota.optimizer.robust.plan._best_known", lambda plans, *_: plans[2])
    chosen = futures(one_of_three("first"), one_of_three("second"), weights=(3, 2))
    plan = solve_robust(chosen, measure)
    reached = {"expected": 2.5, "worst": 2.5, "regret": 0.5}
    assert [issued(one) for one in plan.allocations] == [{"N1": 10}] * 2
    assert of_goal(plan) == pytest.approx({kind: reached[kind] for kind in of_goal(plan)})
    found = next(one for one in plan.goals if (one.name, one.counted) == (GOAL, measure))
    best = {"expected": 2.38, "worst": 2.5, "regret": 0.4}[measure]
    assert (found.solver_value, found.bound) == pytest.approx((best, best), abs=1e-6)
    assert plan.plans[0].goals == plan.plans[2].goals
    assert plan.notes in ((), ("single_plan_taken:f2",))


YEARS = {
    "mines": magnesite([mine("A", "12.3 万吨"), mine("B", "7 万吨", "西县")]),
    "issue": magnesite(
        [mine("A", "3.3 万吨")],
        "27.7 万吨",
        extra_candidates=[extra("X", "21 万吨"), extra("Y", "19 万吨")],
    ),
    "leave": magnesite(
        [mine(f"M{k}", f"{k + 1} 万吨") for k in range(5)], plan={"counts": [builders.count(3)]}
    ),
    "floors": magnesite(
        [mine("A", "12 万吨"), mine("B", "7 万吨")], "9 万吨", options={"min_load": 0.6}
    ),
    "zone": stone([quarry("Q", "11 万立方米")], "51.7 万立方米"),
    "calendar": stone(
        [quarry("Q", "11 万立方米", licence_end=None)], "51.7 万立方米", **calendar(2023)
    ),
}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("number", [1, 3])
def test_one_future_or_equal_ones_give_the_ordinary_answer(year, measure, number):
    """Nothing is uncertain: rights and every table are those of the scenario solved by itself."""
    scenario = YEARS[year]
    ordinary = solve_model(build_model(scenario), words=False)
    plan = solve_robust(futures(*[scenario] * number), measure)
    assert plan.notes == ordinary.notes
    assert [decided(one) for one in plan.allocations] == [decided(ordinary)] * number
    assert all(one.goals == plan.plans[0].goals for one in plan.plans)


@pytest.mark.parametrize("measure", MEASURES)
def test_two_solvers_agree(measure):
    """HiGHS and CBC reach the same measures and decide the same rights."""
    chosen = futures(one_of_three("first"), one_of_three("second"), weights=(3, 2))
    one, other = (solve_robust(chosen, measure, solver) for solver in ("highs", "cbc"))
    assert [(g.name, g.counted) for g in one.goals] == [(g.name, g.counted) for g in other.goals]
    values = [goal.value for goal in other.goals]
    assert values == pytest.approx([goal.value for goal in one.goals], abs=1e-5)
    assert other.rights.same(one.rights)


def test_every_future_passes_the_check():
    """The independent check of one run accepts each future's allocation with the shared rights."""
    chosen = futures(*(stone(demand=f"{amount} 万立方米") for amount in (5, 25.3, 48.4)))
    plan = solve_robust(chosen, "regret")
    for future, one in zip(chosen, plan.allocations, strict=True):
        document = allocation_document(future.scenario, one)
        assert [str(fault) for fault in verify_records(future.scenario, document)] == []


def test_no_rights_for_both():
    """At most one right in one future, at least two in the other: each alone has an answer."""
    register = [mine("A", "10 万吨"), mine("B", "10 万吨")]
    few = magnesite(register, plan={"counts": [builders.count(1)]})
    many = magnesite(register, plan={"counts": [builders.count(2, sense="floor")]})
    with pytest.raises(NoRobustPlanError) as caught:
        solve_robust(futures(few, many), "expected")
    assert caught.value.status is SolveStatus.INFEASIBLE
    assert caught.value.future == ""


def test_a_future_without_an_answer_is_named():
    """Three rights are asked for where two are: the second future has no answer even alone."""
    register = [mine("A", "10 万吨"), mine("B", "10 万吨")]
    many = magnesite(register, plan={"counts": [builders.count(3, sense="floor")]})
    with pytest.raises(NoRobustPlanError) as caught:
        solve_robust(futures(magnesite(register), many), "expected")
    assert caught.value.future == "f2"


def test_a_plan_that_does_not_fit_a_future_is_said():
    """Alone, the first future keeps both mines; the second allows one, and so does the plan."""
    register = [mine("A", "10 万吨"), mine("B", "10 万吨")]
    scenarios = magnesite(register), magnesite(register, plan={"counts": [builders.count(1)]})
    plan = solve_robust(futures(*scenarios), "expected")
    found = {one.plan: [goals is not None for goals in one.goals] for one in plan.plans}
    assert found == {"robust": [True, True], "f1": [True, False], "f2": [True, True]}
    assert not next(one for one in plan.plans if one.plan == "f1").feasible


def test_priorities_that_only_some_futures_have():
    """Stone is of priority 2 in the second future alone: its goal counts nothing in the first."""
    first = builders.scenario(rights=[mine("A", "20 万吨")])
    second = builders.scenario(
        question=builders.tiny_question(
            demand={
                "菱镁矿": asked("30 万吨"),
                "建筑石料": asked("80 万立方米", priority=2),
            }
        ),
        rights=[mine("A", "20 万吨")],
    )
    plan = solve_robust(futures(first, second, weights=(1, 3)), "expected")
    names = [one.name for one in plan.goals]
    assert names[1:3] == [GOAL, "unmet_demand_2"]
    # Magnesite lacks 10 of 30 in both; stone 20 of 80 in the second, which weighs three quarters.
    assert of_goal(plan)["expected"] == pytest.approx(1 / 3, abs=1e-6)
    assert of_goal(plan, "unmet_demand_2")["expected"] == pytest.approx(0.75 * 0.25, abs=1e-6)


def test_a_goal_of_the_rights_alone_counts_once():
    """One mine must leave in both futures; that is one closure, not two."""
    register = [mine("A", "10 万吨"), mine("B", "10 万吨")]
    plan = solve_robust(
        futures(
            *(
                magnesite(register, d, plan={"counts": [builders.count(1)]})
                for d in ("5 万吨", "9 万吨")
            )
        ),
        "worst",
    )
    assert of_goal(plan, "closures") == {"once": 1.0}


def test_the_names_of_the_three():
    """Each of the three rights digs a product of its own."""
    assert [one.mineral for one in one_of_three("first").question.extra_candidates] == list(THREE)
