"""Both engines on the same small programs: answers, changes, and an honest status."""

import math

import numpy as np
import pulp
import pytest

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.names import SolverMissingError
from minequota.optimizer.engine.pulp_engine import pulp_problem

INF = math.inf
SOLVERS = ("highs", "cbc")


def program(lower, upper, integer, rows):
    """Return a program; each row is (columns, values, lower, upper)."""
    lengths = [len(row[0]) for row in rows]
    return LinearProgram(
        np.array(lower, dtype=float),
        np.array(upper, dtype=float),
        np.array(integer, dtype=bool),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.array([j for row in rows for j in row[0]], dtype=np.int64),
        np.array([v for row in rows for v in row[1]], dtype=float),
        np.array([row[2] for row in rows], dtype=float),
        np.array([row[3] for row in rows], dtype=float),
    )


def wheat(integer=(False, False)):
    """Return x, y in [0, 4] with 2x + 3y ≥ 7.5 and x + y ≤ 4."""
    rows = [([0, 1], [2, 3], 7.5, INF), ([0, 1], [1, 1], -INF, 4)]
    return program([0, 0], [4, 4], integer, rows)


def minimise(engine, *cost, gap=0.0, time_limit=None):
    """Minimise a cost written as numbers."""
    return engine.minimise(np.array(cost, dtype=float), gap=gap, time_limit=time_limit)


@pytest.fixture(params=SOLVERS)
def solver(request):
    """Return the name of one of the two solvers."""
    return request.param


def test_continuous(solver):
    """X + y is least with y alone: 7.5 / 3 = 2.5."""
    answer = minimise(open_engine(wheat(), solver), 1, 1)
    assert answer.status is SolveStatus.OPTIMAL
    assert answer.found
    assert answer.objective == pytest.approx(2.5)
    assert answer.bound == pytest.approx(2.5)
    assert answer.values == pytest.approx([0, 2.5])


def test_integer(solver):
    """In whole numbers 2x + 3y ≥ 7.5 takes x + y = 3: (1, 2) or (0, 3) or …; 4x + 5y: (1, 2)."""
    answer = minimise(open_engine(wheat((True, True)), solver), 4, 5)
    assert answer.status is SolveStatus.OPTIMAL
    assert answer.objective == pytest.approx(14)
    assert answer.values == pytest.approx([1, 2])
    assert answer.bound == pytest.approx(14)


def test_one_engine_takes_objective_after_objective(solver):
    """The same program, costs changed: least x is 0, least y is 0 (x = 3.75), most x is 4."""
    engine = open_engine(wheat(), solver)
    assert minimise(engine, 1, 0).objective == pytest.approx(0)
    assert minimise(engine, 0, 1).objective == pytest.approx(0)
    assert minimise(engine, -1, 0).objective == pytest.approx(-4)
    assert minimise(engine, 0, 0).found


def test_infeasible(solver):
    """At most 1 in all cannot give 2x + 3y ≥ 7.5; there is nothing to read."""
    rows = [([0, 1], [2, 3], 7.5, INF), ([0, 1], [1, 1], -INF, 1)]
    answer = minimise(open_engine(program([0, 0], [4, 4], (False, False), rows), solver), 1, 1)
    assert answer.status is SolveStatus.INFEASIBLE
    assert not answer.found
    assert answer.objective == INF


@pytest.mark.parametrize("cost", [(1, 0), (0, 0)])
def test_infeasible_in_whole_numbers_only(solver, cost):
    """2x = 3 has x = 1.5, which is not whole."""
    rows = [([0, 1], [2, 0], 3, 3)]
    engine = open_engine(program([0, 0], [4, 1], (True, False), rows), solver)
    answer = minimise(engine, *cost)
    assert answer.status is SolveStatus.INFEASIBLE
    assert not answer.found


@pytest.mark.parametrize(
    ("lower", "upper", "status"),
    [
        (-INF, 5.0, SolveStatus.OPTIMAL),
        (0.0, 0.0, SolveStatus.OPTIMAL),
        (5.0, INF, SolveStatus.INFEASIBLE),
        (-INF, -1.0, SolveStatus.INFEASIBLE),
    ],
)
def test_a_row_without_columns(solver, lower, upper, status):
    """Nothing adds up to 0: such a row holds or the program has no answer."""
    rows = [([], [], lower, upper), ([0], [1], 1, INF)]
    answer = minimise(open_engine(program([0], [4], (False,), rows), solver), 1)
    assert answer.status is status


def test_rows_come_and_go(solver):
    """Y ≤ 1 makes it x = 2.25, y = 1; without the row 2.5 again."""
    engine = open_engine(wheat(), solver)
    engine.add_row(np.array([1]), np.array([1.0]), -INF, 1.0)
    assert minimise(engine, 1, 1).objective == pytest.approx(3.25)
    engine.add_row(np.array([0]), np.array([1.0]), 3.0, 3.0)
    assert minimise(engine, 1, 1).values == pytest.approx([3, 0.5])
    engine.remove_last_row()
    assert minimise(engine, 1, 1).objective == pytest.approx(3.25)
    engine.remove_last_row()
    assert minimise(engine, 1, 1).objective == pytest.approx(2.5)


def test_bounds_change(solver):
    """Y fixed at 1: x = 2.25; y within [0, 2]: x = 0.75."""
    engine = open_engine(wheat(), solver)
    engine.set_bounds(np.array([1]), np.array([1.0]), np.array([1.0]))
    assert minimise(engine, 1, 1).values == pytest.approx([2.25, 1])
    engine.set_bounds(np.array([1]), np.array([0.0]), np.array([2.0]))
    assert minimise(engine, 1, 1).values == pytest.approx([0.75, 2])


def test_row_limits_change(solver):
    """2x + 3y ≥ 3: one y is enough; ≥ 13 needs more than x + y ≤ 4 allows."""
    engine = open_engine(wheat(), solver)
    engine.set_row_bounds(0, 3.0, INF)
    assert minimise(engine, 1, 1).objective == pytest.approx(1)
    engine.set_row_bounds(0, 13.0, INF)
    assert minimise(engine, 1, 1).status is SolveStatus.INFEASIBLE


def test_integers_become_continuous(solver):
    """3 in whole numbers, 2.5 once both may be any number."""
    engine = open_engine(wheat((True, True)), solver)
    assert minimise(engine, 1, 1).objective == pytest.approx(3)
    engine.set_continuous(np.array([0, 1]))
    answer = minimise(engine, 1, 1)
    assert answer.objective == pytest.approx(2.5)
    assert answer.bound == pytest.approx(2.5)


def test_the_given_program_is_not_changed(solver):
    """Bounds changed in an engine stay in that engine."""
    given = wheat((True, True))
    engine = open_engine(given, solver)
    engine.set_bounds(np.array([1]), np.array([1.0]), np.array([1.0]))
    engine.set_row_bounds(0, 3.0, INF)
    engine.set_continuous(np.array([0]))
    assert given.column_lower.tolist() == [0, 0]
    assert given.row_lower.tolist()[0] == 7.5
    assert given.integer.all()


def knapsack(count=60, rows=6, seed=1):
    """Return a knapsack of many equal-looking things in many sacks, hard to prove."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1000, 2000, (rows, count)).astype(float)
    sacks = [(list(range(count)), list(size), -INF, float(size.sum() // 2)) for size in sizes]
    worth = -(sizes.sum(axis=0) + random.integers(-200, 200, count))
    return program([0] * count, [1] * count, [True] * count, sacks), worth


@pytest.mark.parametrize("seconds", [1e-3, 0.3])
def test_out_of_time_is_said(solver, seconds):
    """A hard knapsack cut short: never called optimal while a gap is open."""
    given, worth = knapsack()
    answer = open_engine(given, solver).minimise(worth, gap=0.0, time_limit=seconds)
    assert answer.status in (SolveStatus.TIME_LIMIT, SolveStatus.NO_ANSWER)
    assert answer.found is (answer.status is SolveStatus.TIME_LIMIT)
    if answer.found:
        assert answer.bound < answer.objective
        for columns, values, _, upper in [
            (
                given.row_index[given.row_start[i] : given.row_start[i + 1]],
                given.row_value[given.row_start[i] : given.row_start[i + 1]],
                0,
                given.row_upper[i],
            )
            for i in range(given.rows)
        ]:
            assert values @ answer.values[columns] <= upper + 1e-6


def test_a_clock_is_for_each_objective(solver):
    """A limit that one solve may use up is there again for the next."""
    given, worth = knapsack()
    engine = open_engine(given, solver)
    engine.minimise(worth, gap=0.0, time_limit=0.3)
    assert minimise(engine, *([1.0] * given.columns), time_limit=60).status is SolveStatus.OPTIMAL


def test_within_a_gap_is_said(solver):
    """A hard knapsack to 5 %: not called optimal, and the bound is within the gap."""
    given, worth = knapsack()
    answer = open_engine(given, solver).minimise(worth, gap=0.05, time_limit=60)
    assert answer.status is SolveStatus.WITHIN_GAP
    assert answer.objective - answer.bound <= 0.05 * abs(answer.objective) + 1e-6


def test_unknown_solver():
    """The message lists what may be written."""
    with pytest.raises(SolverMissingError, match=r"'nosuch'.*highs, cbc"):
        open_engine(wheat(), "nosuch")


def test_solver_not_installed():
    """A known solver that is not on this machine is named as missing."""
    missing = {"gurobi": "GUROBI_CMD", "copt": "COPT_CMD", "cplex": "CPLEX_CMD"}
    installed = pulp.listSolvers(onlyAvailable=True)
    for word, name in missing.items():
        if name not in installed:
            with pytest.raises(SolverMissingError, match=rf"{word}.*not installed"):
                open_engine(wheat(), word)


def test_names_of_the_engines():
    """The allocation says who solved it."""
    assert [open_engine(wheat(), name).name for name in SOLVERS] == ["HiGHS", "CBC"]


@pytest.mark.parametrize("ending", ["lp", "mps"])
def test_export_is_the_same_program(tmp_path, ending):
    """Written by PuLP and read by HiGHS, the program has the same optimum; names are ASCII."""
    import highspy

    given = wheat((True, False))
    problem, _ = pulp_problem(given, np.array([4.0, 5.0]))
    path = tmp_path / f"tiny.{ending}"
    (problem.writeLP if ending == "lp" else problem.writeMPS)(str(path))
    assert path.read_bytes().isascii()
    read = highspy.Highs()
    read.setOptionValue("output_flag", False)
    read.readModel(str(path))
    read.run()
    # x whole: x = 0, y = 2.5 costs 12.5; x = 1, y = 11/6 costs 13.17.
    assert read.getInfo().objective_function_value == pytest.approx(12.5)
    assert minimise(open_engine(given, "highs"), 4, 5).objective == pytest.approx(12.5)


def test_mps_round_trip_through_pulp(tmp_path):
    """PuLP reads its own MPS back with as many columns, rows and integers."""
    problem, variables = pulp_problem(wheat((True, False)), np.array([4.0, 5.0]))
    path = tmp_path / "tiny.mps"
    problem.writeMPS(str(path))
    _, again = pulp.LpProblem.fromMPS(str(path))
    assert len(again.variables()) == len(variables) == 2
    assert again.numConstraints() == problem.numConstraints() == 2
    assert [one.cat for one in again.variables()] == [one.cat for one in variables]
