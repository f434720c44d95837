"""The whole solve: a recorded optimum, honest status, steps told, the same answer twice."""

import builders
import hand_solved
import pytest
from small import goal, issued, leaving, magnesite, mine, problem_of, quotas

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.model import write_model
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document

RECORDED = {
    "expected_indicators": 0.0,
    "unmet_demand_1": 0.2,
    "closures": 1.5,
    "actions": 1.0,
    "capacity_issued": 1.0,
    "policy_preference": 34.0,
}


def test_size_of_the_tiny_model():
    """Nine sources, two products, five caps, a count, a ratio, a zone.

    Columns: 9 hold, 8 output (gold has none), 1 size, 2 unmet, 2 surplus, the misses of the
    expected cap, count and ratio, 1 that is always 1, 1 that sharing raises (2026-11-22): 27.
    Rows: 5 caps, 7 capacities of register rights with output, 2 for the new right, 1 admission,
    1 zone, 1 count, 1 ratio, 2 balances: 20.
    """
    draft = write_model(problem_of(hand_solved.scenario()))
    assert (len(draft.lower), len(draft.row_lower)) == (27, 20)
    assert sum(draft.integer) == 10


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_recorded_optimum(solver):
    """The year of `hand_solved`, solved.

    Every expected indicator can be met: with A2 (9 points of ground none but its minimum, 20 - 1)
    and B2 (20 - 4 - 1) leaving besides C1, six are held of which A1, C2 and Z1-1 are the half.
    Closures: B2 stopped 0.5, A2 1. Stone: at most 40 of 50, so 10 / 50 stay missing.
    """
    answer = solve(hand_solved.scenario(), solver)
    assert {name: goal(answer, name).rounded_value for name in RECORDED} == pytest.approx(RECORDED)
    assert leaving(answer) == ["A2", "B2", "C1"]
    assert issued(answer) == {"Z1-1": 20}
    assert quotas(answer) == {"A1": 19.33, "B1": 9.67, "C2": 24, "N1": 0, "Z1-1": 16}
    assert answer.status is SolveStatus.OPTIMAL
    assert answer.notes == ()


def test_goal_values_are_the_solvers_and_the_tables():
    """`value` is proven, `rounded_value` what the tables have; both are within a step here."""
    for one in solve(hand_solved.scenario()).goals:
        assert one.status is SolveStatus.OPTIMAL
        assert one.bound <= one.value + 1e-9
        assert one.absolute_gap == pytest.approx(one.value - one.bound, abs=1e-9)
        if one.name != "evenness":
            assert one.rounded_value == pytest.approx(one.value, abs=1e-6)


def test_the_same_question_has_the_same_answer():
    """Solved twice, everything but the seconds is equal."""
    one, other = (solve(hand_solved.scenario()) for _ in range(2))
    for name in (
        "quotas",
        "issuance",
        "actions",
        "caps",
        "structure",
        "balance",
        "rules",
        "rounding",
    ):
        assert getattr(one, name) == getattr(other, name)


def test_the_answer_passes_the_independent_check():
    """Nothing in the records of the solved year is contradicted by the inputs."""
    scenario = hand_solved.scenario()
    document = allocation_document(scenario, solve(scenario))
    assert [str(one) for one in verify_records(scenario, document)] == []


def test_steps_are_told_in_order():
    """Whoever watches hears of each step once, in the order it starts."""
    told = []
    solve(magnesite([mine("A", "9 万吨")]), progress=told.append)
    assert told[:3] == ["build", "goals", "ties"]
    assert told[-1] == "marginals"
    assert len(told) == len(set(told))


def test_no_allocation_names_status_and_goal():
    """A binding count that protection forbids: infeasible at the first goal."""
    rights = [mine(key, "9 万吨", green=True) for key in "AB"]
    with pytest.raises(NoAllocationError) as failure:
        solve(magnesite(rights, plan={"counts": [builders.count(1)]}))
    assert failure.value.status is SolveStatus.INFEASIBLE
    assert failure.value.goal == "expected_indicators"


def test_the_worst_goal_is_the_status_of_the_run():
    """Solved to a gap of a tenth, no goal claims more than it has, and the run no more than any."""
    answer = solve(hand_solved.scenario(question_changes={"solving": {"gap": 0.1}}))
    order = list(SolveStatus)
    worst = max((one.status for one in answer.goals), key=order.index)
    assert answer.status is worst
    for one in answer.goals:
        if one.status is SolveStatus.OPTIMAL:
            assert one.absolute_gap <= 1e-6
        assert one.relative_gap <= 0.1 + 1e-6


def test_year_mode_and_solver_are_said():
    """What was solved, how and by whom."""
    answer = solve(magnesite([mine("A", "9 万吨")]))
    assert (answer.year, answer.mode, answer.solver) == (2025, "target_state", "HiGHS")
