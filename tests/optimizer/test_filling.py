"""Even shares on the solver: what max-min means, on any limits, on both solvers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import magnesite, mine, problem_of

from minequota.optimizer.draft import start_draft
from minequota.optimizer.engine import open_engine
from minequota.optimizer.evenness import share_evenly
from minequota.optimizer.filling import fill_by_level

INF = math.inf


def fill(total, weight, upper, rows=(), solver="highs", had=None):
    """Share a total among mines under rows over them, each (values, lower, upper)."""
    count = len(weight)
    draft = start_draft(problem_of(magnesite([mine(f"R{i}", "99 万吨") for i in range(count)])))
    columns = draft.columns.output[0]
    for column, most in zip(columns, upper, strict=True):
        draft.upper[column] = most
    for values, low, high in [*rows, ([1] * count, total, total)]:
        draft.row(columns, np.array(values, dtype=float), low, high)
    program = draft.program()
    program.integer[:] = False
    engine = open_engine(program, solver)
    given = (np.array(one, dtype=float) for one in (weight, [0] * count, upper))
    before = None if had is None else np.array(had, dtype=float)
    found = fill_by_level(engine, draft, columns, *given, before)
    assert found.answer[columns] == pytest.approx(found.shares, abs=1e-5)
    return engine, columns, draft.level, found.shares


def shares(*case, **changes):
    """Return the shares alone."""
    return fill(*case, **changes)[-1]


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize(
    ("total", "weight", "upper", "rows", "expected"),
    [
        (12, [1, 2, 3], [9, 9, 9], [], [2, 4, 6]),
        (9, [1, 1, 1], [1, 3, 9], [], [1, 3, 5]),
        # The first two in a place of 3.
        (8, [1, 1, 1, 1], [5] * 4, [([1, 1, 0, 0], -INF, 3)], [1.5, 1.5, 2.5, 2.5]),
        # A cap in another basis: x0 + 3 · x1 ≤ 8 stops both at 2, and the rest is the third's.
        (9, [1, 1, 1], [9] * 3, [([1, 3, 0], -INF, 8)], [2, 2, 5]),
        # Two places that cut across: x0 + x1 ≤ 2, x1 + x2 ≤ 2. x1 stops at 1 with both.
        (
            6,
            [1, 1, 1, 1],
            [9] * 4,
            [([1, 1, 0, 0], -INF, 2), ([0, 1, 1, 0], -INF, 2)],
            [1, 1, 1, 3],
        ),
        # The first must have 4.
        (9, [1, 1, 1], [9] * 3, [([1, 0, 0], 4, INF)], [4, 2.5, 2.5]),
        (0, [1, 1], [9, 9], [], [0, 0]),
    ],
)
def test_shares_by_hand(total, weight, upper, rows, expected, solver):
    """Totals, weights, upper bounds and rows with a known answer."""
    found = shares(total, weight, upper, rows, solver=solver)
    assert found == pytest.approx(expected, abs=1e-5)


def test_what_was_found_is_held():
    """Afterwards the engine allows no other shares, and the level rests at nothing."""
    engine, columns, level, found = fill(9, [1, 1, 1], [1, 3, 9])
    for sign in (1.0, -1.0):
        for column, share in zip(columns, found, strict=True):
            cost = np.zeros(max(*columns, level) + 1)
            cost[column] = sign
            values = engine.minimise(cost, gap=0, time_limit=None).values
            assert values[column] == pytest.approx(share, abs=1e-5)
            assert values[level] == 0


@st.composite
def cases(draw):
    """Draw mines, a point and rows through or around it, so that something is always possible."""
    count = draw(st.integers(2, 5))
    some = st.integers(0, 6)
    point = np.array([draw(some) for _ in range(count)], dtype=float)
    weight = [draw(st.integers(1, 4)) for _ in range(count)]
    upper = [float(point[i]) + draw(some) for i in range(count)]
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        values = [draw(st.integers(0, 3)) for _ in range(count)]
        rows.append((values, -INF, float(np.dot(values, point)) + draw(some) / 2))
    return float(point.sum()), weight, upper, rows


@settings(derandomize=True, deadline=None, max_examples=60)
@given(cases())
def test_nobody_can_have_more_without_taking_from_whoever_has_less(case):
    """Max-min: with all who have as little or less held, no share can rise."""
    total, weight, upper, rows = case
    found = shares(*case)
    assert found.sum() == pytest.approx(total, abs=1e-5)
    ratio = found / np.array(weight)
    count = len(weight)
    draft = start_draft(problem_of(magnesite([mine(f"R{i}", "99 万吨") for i in range(count)])))
    columns = draft.columns.output[0]
    for values, low, high in [*rows, ([1] * count, total, total)]:
        draft.row(columns, np.array(values, dtype=float), low, high + 1e-9)
    for i in range(count):
        program = draft.program()
        program.integer[:] = False
        held = ratio <= ratio[i] + 1e-6
        program.column_lower[columns] = np.where(held, np.maximum(found - 1e-7, 0), 0.0)
        program.column_upper[columns] = upper
        cost = np.zeros(program.columns)
        cost[columns[i]] = -1.0
        answer = open_engine(program).minimise(cost, gap=0, time_limit=None)
        assert -answer.objective <= found[i] + 1e-4, (i, found)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_mines_changes_nothing(case, random):
    """Shuffled, every mine has what it had."""
    total, weight, upper, rows = case
    found = shares(*case)
    order = list(range(len(weight)))
    random.shuffle(order)
    shuffled = [([values[i] for i in order], low, high) for values, low, high in rows]
    other = shares(total, [weight[i] for i in order], [upper[i] for i in order], shuffled)
    assert other == pytest.approx(found[order], abs=1e-5)


@settings(derandomize=True, deadline=None, max_examples=10)
@given(cases())
def test_both_solvers_agree(case):
    """HiGHS and CBC."""
    assert shares(*case, solver="cbc") == pytest.approx(shares(*case), abs=1e-5)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(cases())
def test_the_closed_form_is_the_same(case):
    """Without rows the formula gives the same shares."""
    total, weight, upper, _ = case
    formula = share_evenly(
        total, np.array(weight, float), np.zeros(len(weight)), np.array(upper, float)
    )
    assert shares(total, weight, upper) == pytest.approx(formula, abs=1e-5)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize(
    ("total", "upper", "rows", "had", "expected"),
    [
        (9, [9, 9, 9], [], [3, 6, 0], [3, 0, 6]),
        # The third stops at 4, which leaves the first two 5: up to 7 with what they have had.
        (9, [9, 9, 4], [], [3, 6, 0], [4, 1, 4]),
        # x0 + 3 · x1 ≤ 8 stops both at a level of 3: 2 with the 1 before, and 3 would be 11.
        (9, [9] * 3, [([1, 3, 0], -INF, 8)], [1, 0, 0], [1.25, 2.25, 5.5]),
        # The second has had more than the others come to.
        (6, [9] * 3, [([1, 0, 1], -INF, 5)], [0, 8, 0], [2.5, 1, 2.5]),
    ],
)
def test_what_each_has_had_counts(total, upper, rows, had, expected, solver):
    """Three mines alike but for what they have had in advance."""
    found = shares(total, [1, 1, 1], upper, rows, solver=solver, had=had)
    assert found == pytest.approx(expected, abs=1e-5)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(cases(), st.lists(st.integers(0, 30), min_size=9, max_size=9))
def test_the_closed_form_counts_it_alike(case, before):
    """Without rows the formula gives the same shares, whatever each has had."""
    total, weight, upper, _ = case
    had = np.array(before[: len(weight)], float)
    bounds = (np.zeros(len(weight)), np.array(upper, float))
    formula = share_evenly(total, np.array(weight, float), *bounds, had=had)
    assert shares(total, weight, upper, had=had) == pytest.approx(formula, abs=1e-5)
