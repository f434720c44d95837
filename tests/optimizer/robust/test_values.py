"""What sets of rights are worth over several futures, and which of two is the better one."""

import numpy as np
import pytest
from robust_futures import futures
from small import magnesite, mine

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.robust.plan import NoRobustPlanError, _best_known
from minequota.optimizer.robust.result import ROBUST, Valued
from minequota.optimizer.robust.rights import Rights
from minequota.optimizer.robust.values import better, measured, series, valued
from minequota.optimizer.stages import NoAllocationError

WEIGHTS = (0.25, 0.75)


def rights(*held):
    """Return the rights of one year: who is held."""
    hold = np.array([held], dtype=bool)
    return Rights(hold, np.zeros_like(hold), np.zeros(hold.shape))


@pytest.fixture
def pair():
    """Return two futures of one mine of 10: 12 and 20 are asked for."""
    return futures(
        *(magnesite([mine("A", "10 万吨")], d) for d in ("12 万吨", "20 万吨")), weights=WEIGHTS
    )


def test_three_measures():
    """0.25 × 4 + 0.75 × 2 = 2.5; at most 4; above 1 and 1.5 by 3 and 0.5."""
    values, best = (4.0, 2.0), (1.0, 1.5)
    found = [measured(kind, values, WEIGHTS, best) for kind in ("expected", "worst", "regret")]
    assert found == [2.5, 4.0, 3.0]


def test_rights_are_worth_what_they_serve(pair):
    """With the mine 2 of 12 and 10 of 20 lack; without it everything does."""
    with_mine, without = (valued("one", rights(held), pair, "highs") for held in (True, False))
    assert [one["unmet_demand_1"] for one in with_mine.goals] == pytest.approx([1 / 6, 0.5])
    assert [one["unmet_demand_1"] for one in without.goals] == pytest.approx([1, 1])
    assert [one["closures"] for one in without.goals] == [1, 1]


def test_policy_is_always_weighed(pair):
    """Every goal by its measure and its mean; policy preference by its mean alone."""
    plan = Valued("x", rights(True), ({"a": 1.0, "policy_preference": 8.0}, {"a": 3.0}))
    found = series(plan, ["a", "policy_preference"], "worst", pair, ({}, {}))
    assert found == [3.0, 2.5, 2.0]


def test_the_first_difference_decides():
    """Less in the first goal that differs is better; a solver's last digits are no difference."""
    assert better([1.0, 5.0], [2.0, 0.0])
    assert not better([2.0, 0.0], [1.0, 5.0])
    assert better([1.0 + 1e-8, 5.0], [1.0, 6.0])
    assert not better([1.0, 5.0], [1.0, 5.0 + 1e-8])


@pytest.mark.parametrize(
    ("single", "chosen"),
    [
        (({"a": 1.0}, {"a": 2.0}), "f1"),
        (({"a": 2.0}, {"a": 2.0}), ROBUST),
        (({"a": 2.0 + 1e-9}, {"a": 2.0}), ROBUST),
        (({"a": 3.0}, {"a": 2.0}), ROBUST),
        (({"a": 0.0}, None), ROBUST),
    ],
)
def test_a_single_plan_that_is_better_is_taken(pair, single, chosen):
    """The robust plan has 2 in both futures; only what fits both and has less takes its place."""
    plans = (
        Valued(ROBUST, rights(True), ({"a": 2.0}, {"a": 2.0})),
        Valued("f1", rights(False), single),
    )
    assert _best_known(plans, ["a"], "expected", pair, ({}, {})).plan == chosen


@pytest.mark.parametrize("status", [SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER])
@pytest.mark.parametrize("future", ["", "high"])
def test_what_failed_is_said(status, future):
    """Which future failed alone is named; else it is the combination."""
    error = NoRobustPlanError(NoAllocationError(status, "unmet_demand_1"), future)
    zh, en = error.said
    assert (error.status, error.future) == (status, future)
    assert all((future in text) for text in (zh, en))
    assert ("可行" in zh) == (status is SolveStatus.INFEASIBLE)
