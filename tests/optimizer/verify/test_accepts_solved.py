"""What the optimizer solves, the check accepts: two independent readings agree."""

import hand_solved
import pytest

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document

WEIGHTS = {"protection": {"weights": {"stopped": 0.5}}}
OPTIONS = {
    "as asked": {},
    "least load": {"min_load": 0.5},
    "binding minimum": {"minimum_binds_output": True},
    "both floors": {"min_load": 0.2, "minimum_binds_output": True, "availability": 0.9},
    "part of the year": {"availability": 0.77},
    "service life": {"least_service_life": 10},
    "nobody chosen": {"closing": False},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_solved_year_is_accepted(name):
    """Solving the hand-solved question under other options leaves nothing to find."""
    scenario = hand_solved.scenario(question_changes={"options": WEIGHTS | OPTIONS[name]})
    document = allocation_document(scenario, solve(scenario))
    assert [str(one) for one in verify_records(scenario, document)] == []


def test_solved_year_is_no_worse_than_by_hand():
    """The optimizer finds a year whose goals are, in order, at least as good as the hand's.

    By hand the ratio is missed by 0.125; closing one right more meets it.
    """
    scenario = hand_solved.scenario()
    document = allocation_document(scenario, solve(scenario))
    found = [goal["rounded_value"] for goal in document["goals"][:6]]
    by_hand = [goal["rounded_value"] for goal in hand_solved.records()["goals"][:6]]
    assert found[0] == pytest.approx(0)
    assert found < by_hand
