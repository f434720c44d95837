"""Even shares: hand cases, and what max-min means, on random cases."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minequota.optimizer.evenness import Nest, share_evenly, share_within, unevenness

INF = math.inf


def share(total, weight, upper, lower=None, nests=()):
    """Share with plain lists."""
    low = [0.0] * len(weight) if lower is None else lower
    arrays = (np.array(one, dtype=float) for one in (weight, low, upper))
    return share_evenly(total, *arrays, nests)


def nest(members, upper=INF, lower=-INF):
    """Return a place of some members."""
    return Nest(np.array(members, dtype=bool), lower, upper)


EAST = [True, True, False, False]
WEST = [False, False, True, True]


@pytest.mark.parametrize(
    ("total", "weight", "upper", "lower", "expected"),
    [
        (9, [1, 1, 1], [9, 9, 9], None, [3, 3, 3]),
        (12, [1, 2, 3], [9, 9, 9], None, [2, 4, 6]),
        # The first stops at 1, the others share 8.
        (9, [1, 1, 1], [1, 9, 9], None, [1, 4, 4]),
        # One stops at 1, the next at 3, the last takes 5.
        (9, [1, 1, 1], [1, 3, 9], None, [1, 3, 5]),
        # The first must have 5, the others share 4.
        (9, [1, 1, 1], [9, 9, 9], [5, 0, 0], [5, 2, 2]),
        (9, [1, 1, 1], [1, 9, 9], [0, 7, 0], [1, 7, 1]),
        (0, [1, 1], [9, 9], None, [0, 0]),
        (18, [1, 1], [9, 9], None, [9, 9]),
        # Bounds win over the total.
        (30, [1, 1], [9, 9], None, [9, 9]),
        (3, [1, 1], [9, 9], [2, 2], [2, 2]),
        (5, [2], [9], None, [5]),
        (0, [], [], None, []),
        (4, [1, 1], [4, 0], None, [4, 0]),
    ],
)
def test_one_place(total, weight, upper, lower, expected):
    """Shares of a place without parts."""
    assert share(total, weight, upper, lower) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("total", "nests", "expected"),
    [
        (8, [], [2, 2, 2, 2]),
        (8, [nest(EAST, 3)], [1.5, 1.5, 2.5, 2.5]),
        (8, [nest(EAST, 9)], [2, 2, 2, 2]),
        (8, [nest(EAST, lower=6)], [3, 3, 1, 1]),
        (8, [nest(EAST, 3), nest(WEST, 9, 4)], [1.5, 1.5, 2.5, 2.5]),
        (8, [nest(EAST, 6, 6), nest(WEST, 2, 2)], [3, 3, 1, 1]),
        (8, [nest(EAST, 0)], [0, 0, 4, 4]),
    ],
)
def test_places_within_the_whole(total, nests, expected):
    """Four equal mines with bounds of 5, two in the east and two in the west."""
    assert share(total, [1] * 4, [5] * 4, nests=nests) == pytest.approx(expected)


def test_a_place_inside_a_place():
    """Of 12, the east may have 4 and its first mine at most 1, or at least 3; the west 4 each."""
    first = [True, False, False, False]
    shares = share(12, [1] * 4, [5] * 4, nests=[nest(first, 1), nest(EAST, 4)])
    assert shares == pytest.approx([1, 3, 4, 4])
    shares = share(12, [1] * 4, [5] * 4, nests=[nest(first, lower=3), nest(EAST, 4)])
    assert shares == pytest.approx([3, 1, 4, 4])


def test_bounds_inside_a_capped_place():
    """East capped at 3: the first stops at 0.5, so the second has 2.5; the west takes the rest."""
    shares = share(8, [1] * 4, [0.5, 5, 5, 5], nests=[nest(EAST, 3)])
    assert shares == pytest.approx([0.5, 2.5, 2.5, 2.5])


@pytest.mark.parametrize(
    ("shares", "weight", "expected"),
    [
        ([3, 3], [1, 1], 0),
        ([2, 4], [1, 2], 0),
        ([1, 4], [1, 1], 0.75),
        ([0, 4], [1, 1], 1),
        ([0, 0], [1, 1], 0),
        ([], [], 0),
    ],
)
def test_unevenness(shares, weight, expected):
    """One less the least over the largest quota per weight."""
    assert unevenness(np.array(shares, float), np.array(weight, float)) == pytest.approx(expected)


def test_what_each_has_had_counts():
    """9 among three alike, the first having had 3, the second 6: up to 6 each make 3, 0 and 6.

    Had the second 9, it is above the level of (9 + 3) ÷ 2 = 6 that the others share.
    """
    bounds = (np.ones(3), np.zeros(3), np.full(3, 9.0))
    shares = share_evenly(9, *bounds, had=np.array([3.0, 6.0, 0.0]))
    assert shares == pytest.approx([3, 0, 6])
    shares = share_evenly(9, *bounds, had=np.array([3.0, 9.0, 0.0]))
    assert shares == pytest.approx([3, 0, 6])


def test_a_places_limit_is_its_own_whatever_its_mines_have_had():
    """East capped at 3, its first having had 2: (3 + 2) ÷ 2 = 2.5, so 0.5 and 2.5; the west 5."""
    had = np.array([2.0, 0.0, 0.0, 0.0])
    bounds = (np.ones(4), np.zeros(4), np.full(4, 5.0))
    shares = share_evenly(8, *bounds, [nest(EAST, 3)], had)
    assert shares == pytest.approx([0.5, 2.5, 2.5, 2.5])
    # A floor of the east is no less a floor.
    shares = share_evenly(8, *bounds, [nest(EAST, lower=6)], had)
    assert shares == pytest.approx([2, 4, 1, 1])


def test_a_limit_holds_until_nobody_else_has_room():
    """9 among three of 5, the first limited to 1: 1, 4 and 4. Of 13 the others take 10: 3 for it.

    Of 13 with two limited to 1 and 2 the third takes 5, and the 8 left are 4 and 4.
    """
    bounds = (np.ones(3), np.zeros(3), np.full(3, 5.0), [])
    one, two = np.array([1.0, np.inf, np.inf]), np.array([1.0, 2.0, np.inf])
    assert share_within(9, *bounds, one) == pytest.approx([1, 4, 4])
    assert share_within(13, *bounds, one) == pytest.approx([3, 5, 5])
    assert share_within(13, *bounds, two) == pytest.approx([4, 4, 5])


AMOUNT = st.integers(0, 40)


def _ends(draw, low, high):
    """Draw two limits between two others."""
    return sorted(low + (high - low) * draw(st.integers(0, 10)) / 10 for _ in range(2))


@st.composite
def cases(draw):
    """Draw weights, bounds and two capped places, with or without an inner one, and a total.

    All is consistent: there are shares within every limit.
    """
    count = draw(st.integers(1, 8))
    weight = np.array(draw(st.lists(st.integers(1, 9), min_size=count, max_size=count)), float)
    lower = np.array(draw(st.lists(st.integers(0, 5), min_size=count, max_size=count)), float)
    room = np.array(draw(st.lists(AMOUNT, min_size=count, max_size=count)), float)
    upper = lower + room
    east = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)), bool)
    nests, least, most = [], 0.0, 0.0
    for members in (east, ~east):
        low, high = lower[members].sum(), upper[members].sum()
        inner = members & np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
        if inner.any() and (inner != members).any():
            # A place inside the place takes some of its room, from below and from above.
            least_in, most_in = lower[inner].sum(), upper[inner].sum()
            ends = _ends(draw, least_in, most_in)
            nests.append(Nest(inner, *ends))
            low, high = low + ends[0] - least_in, high + ends[1] - most_in
        ends = _ends(draw, low, high)
        nests.append(Nest(members, *ends))
        least, most = least + ends[0], most + ends[1]
    total = least + (most - least) * draw(st.integers(0, 20)) / 20
    return total, weight, lower, upper, nests


@settings(derandomize=True, max_examples=150, deadline=None)
@given(cases())
def test_shares_add_up_within_all_bounds(case):
    """The total is handed out, nobody leaves their bounds, no place its limits."""
    total, _, lower, upper, nests = case
    shares = share_evenly(*case)
    assert shares.sum() == pytest.approx(total, abs=1e-9)
    assert np.all(lower - 1e-9 <= shares)
    assert np.all(shares <= upper + 1e-9)
    for place in nests:
        assert place.lower - 1e-9 <= shares[place.members].sum() <= place.upper + 1e-9


@settings(derandomize=True, max_examples=150, deadline=None)
@given(cases(), st.lists(st.integers(0, 30), min_size=8, max_size=8), st.booleans())
def test_nothing_can_pass_to_whoever_has_less(case, before, some):
    """Max-min: no mine with a larger quota per weight could give to one with a smaller.

    What some have had in advance counts, and changes neither the sum nor any bound.
    """
    total, weight, lower, upper, nests = case
    had = np.array(before[: len(weight)], float) * some
    shares = share_evenly(*case, had)
    assert shares.sum() == pytest.approx(total, abs=1e-9)
    ratio = (shares + had) / weight
    for a in range(len(shares)):
        for b in range(len(shares)):
            if ratio[a] >= ratio[b] - 1e-6:
                continue
            # A place that holds both does not notice what passes between them.
            may_take = shares[a] < upper[a] - 1e-6 and all(
                shares[place.members].sum() < place.upper - 1e-7
                for place in nests
                if place.members[a] and not place.members[b]
            )
            may_give = shares[b] > lower[b] + 1e-6 and all(
                shares[place.members].sum() > place.lower + 1e-7
                for place in nests
                if place.members[b] and not place.members[a]
            )
            assert not (may_take and may_give), (a, b, shares, weight)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(cases())
def test_shares_minimise_the_sum_of_squares(case):
    """HiGHS, minimising Σ share² / weight under the same limits, finds the same shares."""
    import highspy

    total, weight, lower, upper, nests = case
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    count = len(weight)
    for low, high in zip(lower, upper, strict=True):
        highs.addVar(low, high)
    highs.addRow(total, total, count, np.arange(count, dtype=np.int32), np.ones(count))
    for place in nests:
        index = np.flatnonzero(place.members).astype(np.int32)
        if len(index):
            highs.addRow(
                place.lower - 1e-9, place.upper + 1e-9, len(index), index, np.ones(len(index))
            )
    hessian = highspy.HighsHessian()
    hessian.dim_ = count
    hessian.format_ = highspy.HessianFormat.kTriangular
    hessian.start_ = np.arange(count + 1)
    hessian.index_ = np.arange(count)
    hessian.value_ = 2 / weight
    highs.passHessian(hessian)
    highs.run()
    found = np.array(highs.getSolution().col_value)
    ours = share_evenly(*case)
    assert (ours**2 / weight).sum() <= (found**2 / weight).sum() + 1e-4
    assert ours == pytest.approx(found, abs=1e-3)
