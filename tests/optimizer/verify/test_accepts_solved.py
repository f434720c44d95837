"""What the optimizer solves, the check accepts: two independent readings agree."""

import builders
import hand_solved
import pytest
from small import magnesite, mine

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


@pytest.mark.parametrize("basis", ["mineral", "metal", "block_stone", "standard_iron_62"])
@pytest.mark.parametrize("grade", [None, 0.05])
@pytest.mark.parametrize("options", [{}, {"minimum_binds_output": True}])
def test_a_minimum_that_counts_no_ore_is_read_alike(basis, grade, options):
    """1 万吨 of mineral at 5 % is 20 万吨 of ore, more than 12; without a grade it says nothing."""
    lines = [builders.minimum_scale("m", ["菱镁矿"], "—", "—", "1 万吨", basis=basis)]
    rights = [mine("A", "12 万吨", grade=grade), mine("B", "30 万吨", size_class="medium")]
    scenario = magnesite(
        rights,
        "12 万吨",
        {"caps": [], "counts": [builders.count(1)], "minimum_scales": lines},
        options=options,
    )
    answer = solve(scenario)
    expected = basis in ("mineral", "metal") and grade is not None
    leaver = next(one for one in answer.actions if one.kind == "leave_chosen")
    assert ("below_minimum" in leaver.grounds) is expected
    assert verify_records(scenario, allocation_document(scenario, answer)) == ()
