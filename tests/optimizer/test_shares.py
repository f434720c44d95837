"""Goal 7 on the whole model: the closed form where it fits, the solver where rules bend it."""

import builders
import numpy as np
import pytest
from small import asked, extra, goal, magnesite, mine, problem_of, quarry, quotas, stone

from minequota.optimizer import shares as module
from minequota.optimizer.draft import NONE
from minequota.optimizer.engine import open_engine
from minequota.optimizer.goals import build_goals
from minequota.optimizer.misses import refresh_misses
from minequota.optimizer.model import write_model
from minequota.optimizer.settle import fix_integers
from minequota.optimizer.shares import (
    share_outputs,
    worst_unevenness,
    worst_violation,
)
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import solve_in_order

FREE = {"caps": []}
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])


@pytest.fixture
def filled(monkeypatch):
    """Count how often the solver has to find the shares."""
    calls = []
    real = module.fill_by_level
    monkeypatch.setattr(module, "fill_by_level", lambda *given: calls.append(1) or real(*given))
    return calls


def by_year(answer):
    """Return every right's figures, year after year."""
    found = {}
    for one in answer.quotas:
        found.setdefault(one.right, []).append(one.amount)
    return found


def calendar(first=2024, **question):
    """Return a question of two years, or more."""
    return {"mode": "calendar", "first_year": first} | question


def shared(scenario, solver="highs"):
    """Solve to goal 6 and share, without rounding; return problem, draft and solution."""
    problem = problem_of(scenario)
    draft = write_model(problem)
    engine = open_engine(draft.program(), solver)
    goals = build_goals(problem, draft)
    _, solution = solve_in_order(engine, goals, gap=0.0, time_limit=None)
    fix_integers(engine, draft, solution)
    return problem, draft, share_outputs(engine, problem, draft, solution).solution


def test_counties_and_uses_nest(filled):
    """City 31, east 21 of which comprehensive use 4: the closed form knows all three.

    A (30), B (30, comprehensive), C (30, west): B stops at 4, A goes on to 17, C stops at 10.
    """
    caps = [
        builders.cap("city", "31 万吨"),
        builders.cap("east", "21 万吨", "东县"),
        builders.cap("east_other", "4 万吨", "东县", use="comprehensive"),
        builders.cap("west", "10 万吨", "西县"),
    ]
    rights = [
        mine("A", "30 万吨"),
        mine("B", "30 万吨", use="comprehensive"),
        mine("C", "30 万吨", "西县"),
    ]
    assert quotas(magnesite(rights, "40 万吨", {"caps": caps})) == {"A": 17, "B": 4, "C": 10}
    assert filled == []


def test_reserves_of_a_year_bound_it_by_the_formula(filled):
    """A's 5 of reserves in one year: 5, and B the other 15."""
    rights = [mine("A", "20 万吨", reserves="5 万吨"), mine("B", "20 万吨")]
    assert quotas(magnesite(rights, "20 万吨", FREE)) == {"A": 5, "B": 15}
    assert filled == []


@SOLVERS
def test_reserves_look_ahead(filled, solver):
    """19 a year from A (20, reserves 15) and B (12), alike by last output.

    9.5 each would leave A 5.5 for the second year, when B's 12 need 7 more: so A makes 8 and 7.
    """
    weights = {"sharing": {"basis": "last_output"}}
    rights = [
        mine("A", "20 万吨", reserves="15 万吨", last_output="10 万吨"),
        mine("B", "12 万吨", last_output="10 万吨"),
    ]
    scenario = magnesite(rights, "19 万吨", FREE, **calendar(options=weights))
    answer = solve(scenario, solver)
    assert by_year(answer) == {"A": [8, 7], "B": [11, 12]}
    assert filled == [1]


def test_steady_output_bounds_by_the_formula(filled):
    """30 a year by 30 : 30 : 15. Last year A made 10, B 20, and no change above 20 or below 30 %.

    2024: B makes 14 at least, A and C 16 by 2 : 1. 2025: A at most 12.8 and B at least 9.8:
    12, 12 and 6, for 30 by 2 : 2 : 1.
    """
    rights = [
        mine("A", "30 万吨", last_output="10 万吨"),
        mine("B", "30 万吨", last_output="20 万吨"),
        mine("C", "15 万吨", "西县"),
    ]
    options = {"steady": {"up": 0.2, "down": 0.3, "source": "test"}}
    answer = solve(magnesite(rights, "30 万吨", FREE, **calendar(options=options)))
    assert by_year(answer) == {"A": [10.67, 12], "B": [14, 12], "C": [5.33, 6]}
    assert filled == []


def test_a_cap_in_another_basis(filled):
    """10 of mineral from ores of 50 % and 25 %, but only 28 of ore: A + B = 10, 2 A + 4 B ≤ 28.

    5 and 5 would be 30 of ore; 6 and 4 are 28. Rounded alike.
    """
    plan = builders.tiny_plan()
    plan["products"][0] |= {"basis": "mineral"}
    caps = [builders.cap("ore", "28 万吨", basis="ore")]
    rights = [mine("A", "80 万吨", grade=0.5), mine("B", "160 万吨", grade=0.25)]
    answer = solve(magnesite(rights, "10 万吨", {"caps": caps, "products": plan["products"]}))
    assert quotas(answer) == {"A": 6, "B": 4}
    assert filled == [1]


@SOLVERS
def test_the_cost_goal_comes_first(filled, solver):
    """40 from mines of 30 at 10, 40 and 40 km: the near one makes 30, the others share 10."""
    rights = [quarry(name, "30 万立方米") for name in ("P", "Q", "R")]
    transport = {
        "centres": [{"id": "a", "name": builders.name("甲")}],
        "distances": {"P": {"a": 10.0}, "Q": {"a": 40.0}, "R": {"a": 40.0}},
        "cost_per_unit_km": {"建筑石料": 100.0},
        "assumed": True,
        "source": "test",
    }
    scenario = stone(
        rights,
        asked("40 万立方米", places={"a": "40 万立方米"}),
        {"zones": [], "caps": []},
        transport=transport,
    )
    assert quotas(solve(scenario, solver)) == {"P": 30, "Q": 5, "R": 5}
    assert filled == [1]


def test_reach_bends_the_shares(filled):
    """Only P gets to a, which wants 30; b wants 10. P 30, Q 10 (of 30 each), not 20 and 20."""
    transport = {
        "centres": [
            {"id": "a", "name": builders.name("甲")},
            {"id": "b", "name": builders.name("乙")},
        ],
        "distances": {"P": {"a": 10.0, "b": 20.0}, "Q": {"a": 90.0, "b": 20.0}},
        "reach": {"建筑石料": 50.0},
        "assumed": True,
        "source": "test",
    }
    scenario = stone(
        [quarry("P", "30 万立方米"), quarry("Q", "30 万立方米")],
        asked("40 万立方米", places={"a": "30 万立方米", "b": "10 万立方米"}),
        {"zones": [], "caps": []},
        transport=transport,
    )
    answer = solve(scenario)
    assert quotas(answer) == {"P": 30, "Q": 10}
    assert goal(answer, "evenness").value == pytest.approx(2 / 3)


def test_earlier_years_are_served_first():
    """A alone, 30 of reserves, 20 wanted a year: 20 and 10, not 15 and 15 or 10 and 20."""
    answer = solve(
        magnesite([mine("A", "40 万吨", reserves="30 万吨")], "20 万吨", FREE, **calendar())
    )
    assert by_year(answer) == {"A": [20, 10]}


def test_the_earlier_clause_is_missed_least():
    """Floors of 12 in each county, both hoped for, but only 20 in all: the first is kept.

    A makes 12 and B 8, though 10 and 10 would miss no more in sum.
    """
    caps = [
        builders.cap("city", "20 万吨"),
        builders.cap("east", "12 万吨", "东县", sense="floor", attribute="expected"),
        builders.cap("west", "12 万吨", "西县", sense="floor", attribute="expected"),
    ]
    for first in ("东县", "西县"):
        order = [caps[0], *sorted(caps[1:], key=lambda one: one["county"] != first)]
        answer = solve(
            magnesite(
                [mine("A", "30 万吨"), mine("B", "30 万吨", "西县")], "30 万吨", {"caps": order}
            )
        )
        assert quotas(answer) == ({"A": 12, "B": 8} if first == "东县" else {"A": 8, "B": 12})


def test_who_cannot_produce_is_not_uneven():
    """B stopped, C without reserves, D waits for 2026: A alone is even."""
    rights = [
        mine("A", "30 万吨"),
        mine("B", "30 万吨", status="stopped"),
        mine("C", "30 万吨", reserves="0 万吨"),
        mine("D", "30 万吨", status="stopped", resumes=2026),
    ]
    answer = solve(magnesite(rights, "10 万吨", FREE))
    assert quotas(answer)["A"] == 10
    assert goal(answer, "evenness").value == 0


def test_a_stopped_mine_shares_from_the_year_it_resumes():
    """A and B of 30 each, 20 a year; B resumes in 2025."""
    rights = [mine("A", "30 万吨"), mine("B", "30 万吨", status="stopped", resumes=2025)]
    answer = solve(magnesite(rights, "20 万吨", FREE, **calendar()))
    assert by_year(answer) == {"A": [20, 10], "B": [0, 10]}


def test_by_formula_and_by_solver_alike(monkeypatch):
    """Shares of a county case, taken from the formula and from the solver, differ by nothing."""
    rights = [
        mine("A", "30 万吨"),
        mine("B", "8 万吨"),
        mine("C", "15 万吨", "西县"),
        mine("D", "9 万吨", reserves="2 万吨"),
    ]
    scenario = magnesite(rights, "29 万吨", options={"min_load": 0.1})
    problem, draft, formula = shared(scenario)
    columns = draft.columns.output[draft.columns.output != NONE]
    nothing = lambda engine, draft, columns, shares: None  # noqa: E731
    monkeypatch.setattr(module, "_held_at", nothing)
    for solver in ("highs", "cbc"):
        assert shared(scenario, solver)[2][columns] == pytest.approx(formula[columns], abs=1e-5)
    assert worst_unevenness(problem, draft, formula) > 0


def test_new_rights_share_by_what_they_are_issued_with():
    """X is issued with 10 beside A's 20: 21 by 2 : 1 of 30 wanted and 21 allowed."""
    answer = solve(
        magnesite([mine("A", "20 万吨")], "30 万吨", extra_candidates=[extra("X", "10 万吨")])
    )
    assert quotas(answer) == {"A": 14, "X": 7}


def test_measuring_columns_measure():
    """6 made of 10 asked, an expected ceiling of 5 and floor of 8: over 1, under 2, unmet 4."""
    caps = [
        builders.cap("low", "5 万吨", attribute="expected"),
        builders.cap("high", "8 万吨", attribute="expected", sense="floor"),
    ]
    problem = problem_of(magnesite([mine("A", "9 万吨")], "10 万吨", {"caps": caps}))
    draft = write_model(problem)
    solution = np.zeros(len(draft.lower))
    solution[draft.columns.hold[-1, 0]] = 1
    solution[draft.columns.output[-1, 0]] = 6
    assert worst_violation(draft, solution) > 0
    refresh_misses(problem, draft, solution)
    low, high = draft.clauses[:2]
    assert (solution[low.over], solution[high.under]) == (1, 2)
    assert low.under == NONE
    assert solution[draft.columns.unmet[-1, 0]] == 4
    assert worst_violation(draft, solution) == 0


def test_a_handed_out_cap_is_measured():
    """25 of 31 made: 6 not handed out, and 5 more than the demand of 20."""
    scenario = magnesite(
        [mine("A", "40 万吨")],
        "20 万吨",
        {"caps": [builders.cap("city", "31 万吨")]},
        options={"hand_out": {"菱镁矿": "cap"}},
    )
    problem = problem_of(scenario)
    draft = write_model(problem)
    solution = np.zeros(len(draft.lower))
    solution[draft.columns.hold[-1, 0]] = 1
    solution[draft.columns.output[-1, 0]] = 25
    refresh_misses(problem, draft, solution)
    columns = draft.columns
    found = [solution[one[0, 0]] for one in (columns.not_handed, columns.unmet, columns.surplus)]
    assert found == [6, 0, 5]
    assert worst_violation(draft, solution) == 0


def test_a_broken_row_is_measured_against_its_size():
    """10 too much on amounts of 1000 is a hundredth; half a unit on amounts below 1 is a half."""
    problem = problem_of(magnesite([mine("A", "9 万吨"), mine("B", "9 万吨")], plan=FREE))
    draft = write_model(problem)
    clean = worst_violation(draft, np.zeros(len(draft.lower)))
    solution = np.zeros(len(draft.lower))
    a, b = draft.columns.output[-1]
    draft.row(np.array([a, b]), np.array([1.0, -1.0]), -np.inf, 0.0)
    solution[[a, b]] = [1000.0, 990.0]
    draft.row_lower[:-1] = [-np.inf] * (len(draft.row_lower) - 1)
    draft.row_upper[:-1] = [np.inf] * (len(draft.row_upper) - 1)
    assert worst_violation(draft, solution) == pytest.approx(0.01)
    solution[[a, b]] = [0.75, 0.25]
    assert worst_violation(draft, solution) == pytest.approx(0.5)
    assert clean > 0
