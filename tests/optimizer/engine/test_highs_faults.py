"""What HiGHS itself gets wrong, and how the engine keeps it from becoming our answer."""

import json
from pathlib import Path

import highspy
import numpy as np
import pytest

from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.engine.highs import HighsEngine

FIELDS = (
    *("column_lower", "column_upper", "integer", "row_start", "row_index", "row_value"),
    *("row_lower", "row_upper"),
)


@pytest.fixture(scope="module")
def program():
    """A program that HiGHS 1.15's presolve calls infeasible although it has answers.

    It is what a random small calendar left of its fifth goal, rows taken away as long as the
    wrong verdict stood. Its least value is 1.
    """
    document = json.loads((Path(__file__).parent / "wrongly_infeasible.json").read_text("utf-8"))
    return LinearProgram(*(np.array(document[name]) for name in FIELDS)), np.array(document["cost"])


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_an_answer_that_presolve_denies_is_found(program, solver):
    """Both solvers find the value of 1, and the answer keeps every row."""
    arrays, cost = program
    answer = open_engine(arrays, solver).minimise(cost, gap=0.0, time_limit=None)
    assert answer.objective == pytest.approx(1.0)
    rows = np.repeat(np.arange(arrays.rows), np.diff(arrays.row_start))
    left = np.bincount(rows, arrays.row_value * answer.values[arrays.row_index], arrays.rows)
    assert (left >= arrays.row_lower - 1e-5).all()
    assert (left <= arrays.row_upper + 1e-5).all()


def test_what_is_infeasible_stays_so():
    """X ≥ 1 and x ≤ 0 for a whole x: no second look makes that feasible."""
    arrays = LinearProgram(
        *(np.zeros(1), np.ones(1), np.ones(1, dtype=bool)),
        *(np.array([0, 1, 2]), np.array([0, 0]), np.ones(2)),
        *(np.array([1.0, -np.inf]), np.array([np.inf, 0.0])),
    )
    answer = open_engine(arrays).minimise(np.ones(1), gap=0.0, time_limit=None)
    assert not answer.found


def test_a_run_that_breaks_off_is_tried_again(program, monkeypatch):
    """A first run that ends in an error of HiGHS is followed by one without presolve."""
    arrays, cost = program
    engine = HighsEngine(arrays)
    seen = []
    real = engine._highs.getModelStatus

    def status():
        seen.append(real())
        return highspy.HighsModelStatus.kSolveError if len(seen) == 1 else seen[-1]

    monkeypatch.setattr(engine, "_highs", _Proxy(engine._highs, status))
    assert engine.minimise(cost, gap=0.0, time_limit=None).objective == pytest.approx(1.0)
    assert len(seen) == 2


class _Proxy:
    """HiGHS with another `getModelStatus`."""

    def __init__(self, highs, status):
        self._highs = highs
        self.getModelStatus = status

    def __getattr__(self, name):
        return getattr(self._highs, name)
