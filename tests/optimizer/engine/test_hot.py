"""A model that stays open: goals held and released, bounds changed and taken back."""

import numpy as np
import pytest

from minequota.optimizer.engine import LinearProgram
from minequota.optimizer.engine.hot import HotEngine

INF = np.inf


def program(most=10.0, least=4.0):
    """Return x, y in 0..most with x + y ≥ least."""
    return LinearProgram(
        *(np.zeros(2), np.full(2, most), np.zeros(2, dtype=bool)),
        *(np.array([0, 2]), np.array([0, 1]), np.ones(2)),
        *(np.array([least]), np.array([INF])),
    )


def least(engine, *cost):
    """Return the least of a cost."""
    return engine.minimise(np.array(cost, dtype=float), gap=0.0, time_limit=None).objective


COSTS = (np.array([1.0, 1.0]), np.array([1.0, 0.0]))


@pytest.fixture
def engine():
    """Goals: x + y, then x."""
    return HotEngine(program(), COSTS)


def test_a_goal_held_and_released(engine):
    """−x is least at −10; with x + y held at 5 at −5; released, −10 again."""
    assert least(engine, -1, 0) == pytest.approx(-10)
    engine.hold(0, 5.0)
    assert least(engine, -1, 0) == pytest.approx(-5)
    engine.release()
    assert least(engine, -1, 0) == pytest.approx(-10)


def test_another_case_brings_its_bounds_and_goals_and_holds_nothing(engine):
    """From x + y ≥ 4 to ≥ 7 and from a goal of x + y to x + 2y: held at 9, −y is least at −2.

    x + 2y ≤ 9 with x + y ≥ 7 leaves y ≤ 2.
    """
    engine.hold(0, 5.0)
    engine.load(program(least=7.0), (np.array([1.0, 2.0]), COSTS[1]))
    assert least(engine, 1, 1) == pytest.approx(7)
    engine.hold(0, 9.0)
    assert least(engine, 0, -1) == pytest.approx(-2)


def test_fixed_and_unfixed(engine):
    """Fixed at 3, x costs 3; unfixed it has the case's bounds again."""
    engine.fix(np.array([0]), np.array([3.0]))
    assert least(engine, 1, 0) == pytest.approx(3)
    engine.unfix(np.array([0]))
    assert least(engine, 1, 0) == pytest.approx(0)


def test_what_is_undone(engine):
    """Rows and bounds of the inside are gone outside, also after an error; holds stay."""
    engine.hold(0, 8.0)

    def break_off():
        with engine.undone():
            engine.add_row(np.array([0]), np.ones(1), 6.0, INF)
            engine.add_row(np.array([1]), np.ones(1), 1.0, INF)
            engine.remove_last_row()
            engine.set_bounds(np.array([1]), np.zeros(1), np.ones(1))
            assert least(engine, 1, 0) == pytest.approx(6)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert least(engine, 1, 0) == pytest.approx(0)
    assert least(engine, -1, -1) == pytest.approx(-8)
    assert least(engine, 0, -1) == pytest.approx(-8)
