"""What sets of rights are worth over several futures, and which of two is the better one."""

from types import SimpleNamespace

import numpy as np
import pytest
from robust_futures import futures
from small import magnesite, mine

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.robust.alone import alone, quotas
from minequota.optimizer.robust.plan import (
    NoRobustPlanError,
    _best_known,
    _handed_over,
    solve_robust,
)
from minequota.optimizer.robust.result import ROBUST, Valued
from minequota.optimizer.robust.rights import Rights
from minequota.optimizer.robust.values import better, measured, series, valued
from minequota.optimizer.stages import NoAllocationError, StageError

WEIGHTS = (0.25, 0.75)
GOAL = "unmet_demand_1"


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


def _answer(value):
    return SimpleNamespace(goals=(SimpleNamespace(name=GOAL, value=value),))


def _fails(status):
    def fail(*_, **__):
        raise NoAllocationError(status, "unmet_demand_1")

    return fail


def test_no_time_to_value_a_plan_is_said_in_both_languages(pair, monkeypatch):
    """Where holding some rights ends without an answer, the future is named as everywhere else."""
    fail = _fails(SolveStatus.NO_ANSWER)
    monkeypatch.setattr("minequota.optimizer.robust.values.solve_in_order", fail)
    for call in (
        lambda: valued("one", rights(True), pair, "highs"),
        lambda: solve_robust(pair, "expected"),
    ):
        with pytest.raises(NoRobustPlanError) as caught:
            call()
        assert caught.value.future == "f1"
        zh, en = caught.value.said
        assert "规定时间内" in zh
        assert "within the time" in en
        assert "f1" in zh
        assert "f1" in en


def test_no_time_for_the_quotas_is_said_too(pair, monkeypatch):
    """Quotas with rights that fit: no time names the future, none at all is a fault."""
    own = alone(pair[1], "highs")
    solve = "minequota.optimizer.robust.alone.solve_model"
    monkeypatch.setattr(solve, _fails(SolveStatus.NO_ANSWER))
    with pytest.raises(NoRobustPlanError, match="no_answer") as caught:
        quotas(pair[1], own, rights(False), "highs")
    assert caught.value.future == "f2"
    monkeypatch.setattr(solve, _fails(SolveStatus.INFEASIBLE))
    with pytest.raises(StageError, match="f2"):
        quotas(pair[1], own, rights(False), "highs")


def test_values_written_decide(pair):
    """Solved again the plan chosen reaches 3, not 2: then the other with 2.5 is taken."""
    plans = (
        Valued(ROBUST, rights(True), ({GOAL: 2.0}, {GOAL: 2.0})),
        Valued("f1", rights(False), ({GOAL: 2.5}, {GOAL: 2.5})),
    )
    again = {True: 3.0, False: 2.5}
    taken, allocations, said = _handed_over(
        plans,
        lambda known: _best_known(known, [GOAL], "expected", pair, ({}, {})),
        lambda chosen: tuple(_answer(again[bool(chosen.hold[0, 0])]) for _ in pair),
        pair,
    )
    assert taken.plan == "f1"
    assert [goal.value for one in allocations for goal in one.goals] == [2.5, 2.5]
    assert [one.goals[0][GOAL] for one in said] == [3.0, 2.5]
