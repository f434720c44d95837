"""Every case of Chaoyang County passes the check apart, and either solver agrees."""

import pytest
from kaizhou.desk import cases_of

from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document

CASES = cases_of("chaoyang")


@pytest.mark.parametrize("case", CASES)
def test_the_check_finds_no_fault(chaoyang, case):
    """Rules, totals and goals recomputed from inputs and records alone."""
    solved = chaoyang(case)
    records = allocation_document(solved.scenario, solved.allocation)
    assert verify_records(solved.scenario, records) == ()


@pytest.mark.parametrize("case", ["base", "high"])
def test_both_solvers_reach_the_same_goals(chaoyang, case):
    """HiGHS and CBC: the values of all goals, and the rights issued."""
    one, other = chaoyang(case), chaoyang(case, solver="cbc")
    values = [[(g.name, g.value) for g in s.allocation.goals] for s in (one, other)]
    assert dict(values[0]) == pytest.approx(dict(values[1]), abs=1e-5)
    assert {i.right for i in one.issued} == {i.right for i in other.issued}
