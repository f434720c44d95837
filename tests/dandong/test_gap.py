"""A gap that the scenario allows is a gap of the goal itself, and the answer passes its check."""

import pytest

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.load import load_scenario


@pytest.mark.parametrize("gap", [0.001, 0.1])
def test_a_gap_is_relative_to_the_goal(gap):
    """Closures and points have constants of their own, which must not swell their gap."""
    scenario = load_scenario("dandong", overrides={"solving.gap": gap})
    allocation = solve(scenario)
    for goal in allocation.goals:
        assert goal.status in (SolveStatus.OPTIMAL, SolveStatus.WITHIN_GAP)
        assert goal.relative_gap <= gap + 1e-9
    assert verify_records(scenario, allocation_document(scenario, allocation)) == ()
