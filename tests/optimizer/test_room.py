"""What rows leave to columns: bounds, places, and nothing shut out that could be."""

import math

import numpy as np
import pytest

from minequota.optimizer.engine import LinearProgram
from minequota.optimizer.room import room_for

INF = math.inf


def program(count, rows):
    """Return a program without bounds; each row is ({column: value}, lower, upper)."""
    lengths = [len(row[0]) for row in rows]
    return LinearProgram(
        np.zeros(count),
        np.full(count, INF),
        np.zeros(count, dtype=bool),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.array([c for row in rows for c in row[0]], dtype=np.int64),
        np.array([v for row in rows for v in row[0].values()], dtype=float),
        np.array([row[1] for row in rows], dtype=float),
        np.array([row[2] for row in rows], dtype=float),
    )


def room(rows, lower, upper, columns):
    """Return the room of some columns, with plain lists."""
    low, high = np.array(lower, dtype=float), np.array(upper, dtype=float)
    return room_for(program(len(lower), rows), low, high, np.array(columns))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # x0 ≤ 3 · x2, and x2 is 2.
        (({0: 1, 2: -3}, -INF, 0), (0, 6)),
        # x0 ≥ 2 · x2.
        (({0: 1, 2: -2}, 0, INF), (4, 9)),
        # 2 · x0 + x2 = 8.
        (({0: 2, 2: 1}, 8, 8), (3, 3)),
        # x2 − x0 ≥ −3: x0 ≤ 5.
        (({2: 1, 0: -1}, -3, INF), (0, 5)),
        # x3 can be anything from 1 to 4: x0 + x3 ≤ 7 leaves 6, x0 + x3 ≥ 7 asks for 3.
        (({0: 1, 3: 1}, 7, 7), (3, 6)),
        # x4 has no end: it may take any excess, but no lack.
        (({0: 1, 4: -1}, -INF, 2), (0, 9)),
        (({0: 1, 4: 1}, -INF, 2), (0, 2)),
        # A value of nothing says nothing.
        (({0: 0, 2: 1}, -INF, 9), (0, 9)),
        (({0: 1, 4: 0}, -INF, 7), (0, 7)),
    ],
)
def test_bounds_of_a_column(row, expected):
    """x0 from 0 to 9; x2 is 2, x3 from 1 to 4, x4 from 0 without end."""
    found = room([row], [0, 0, 2, 1, 0], [9, 9, 2, 4, INF], [0])
    assert (found.lower[0], found.upper[0]) == expected
    assert found.nests == []


def test_the_other_members_do_not_shut_each_other_out():
    """x0 + x1 ≤ 5 with x1 up to 9: either may have the 5."""
    found = room([({0: 1, 1: 1}, -INF, 5)], [0, 0], [9, 9], [0, 1])
    assert found.upper.tolist() == [5, 5]


def test_places():
    """A row that adds up some of the columns, less what is settled or must be of the others."""
    rows = [
        ({0: 1, 1: 1, 4: 1}, -INF, 7),
        # The same place once more: the stricter of each end.
        ({0: 2, 1: 2}, 2, 16),
        # Wider than its members, unequal, across the first, or all of them: no place.
        ({2: 1, 3: 1}, -INF, 18),
        ({0: 1, 2: 3}, -INF, 30),
        ({1: 1, 2: 1, 3: 1}, -INF, 12),
        ({0: 1, 1: 1, 2: 1, 3: 1}, 20, 20),
    ]
    found = room(rows, [0, 0, 0, 0, 2], [9, 9, 9, 9, 3], [0, 1, 2, 3])
    (place,) = found.nests
    assert place.members.tolist() == [True, True, False, False]
    assert (place.lower, place.upper) == (1, 5)


def test_inner_places_come_first():
    """The smaller of two that nest; whoever cuts across both is left to the solver."""
    rows = [
        ({0: 1, 1: 1, 2: 1}, -INF, 6),
        ({0: -1, 1: -1}, -4, INF),
        ({2: 1, 3: 1}, -INF, 5),
    ]
    found = room(rows, [0] * 4, [9] * 4, [0, 1, 2, 3])
    sizes = [(int(one.members.sum()), one.upper) for one in found.nests]
    assert sizes == [(2, 4), (2, 5)]
    found = room(rows[:2], [0] * 4, [9] * 4, [0, 1, 2, 3])
    assert [(int(one.members.sum()), one.upper) for one in found.nests] == [(2, 4), (3, 6)]


def test_bounds_that_noise_lets_cross():
    """2 is asked for and 2 less a hair allowed: a point."""
    found = room([({0: 1}, 2, INF), ({0: 1}, -INF, 2 - 1e-12)], [0], [9], [0])
    assert found.lower[0] == found.upper[0] == 2
