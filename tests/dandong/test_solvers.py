"""HiGHS and CBC reach the same values on every goal and hand out the same tables."""

import pytest

CASES = [
    "low",
    "base",
    "high",
    "strict_minimum",
    "green_first",
    "province_cuts_magnesite",
]


@pytest.mark.parametrize("case", CASES)
def test_both_solvers_reach_the_same_values(dandong, case):
    """Every goal has the same value before and after rounding; CBC prints eight digits."""
    highs, cbc = dandong(case).allocation, dandong(case, solver="cbc").allocation
    assert (highs.solver, cbc.solver) == ("HiGHS", "CBC")
    assert [goal.name for goal in highs.goals] == [goal.name for goal in cbc.goals]
    for one, other in zip(highs.goals, cbc.goals, strict=True):
        assert one.status == other.status == "optimal"
        assert one.value == pytest.approx(other.value, rel=1e-6, abs=1e-6), one.name
        assert one.rounded_value == pytest.approx(other.rounded_value, abs=1e-8), one.name


@pytest.mark.parametrize("case", CASES)
def test_both_solvers_hand_out_the_same_tables(dandong, case):
    """Ties are settled by the licence order, so not one figure, right or zone differs."""
    highs, cbc = dandong(case).allocation, dandong(case, solver="cbc").allocation
    for records in ("quotas", "issuance", "actions", "caps", "structure", "balance", "rules"):
        assert getattr(highs, records) == getattr(cbc, records), records
    assert highs.notes == cbc.notes == ()


@pytest.mark.parametrize("case", CASES)
def test_every_goal_is_proven(dandong, case):
    """No goal is left with a gap, and the tables are rounded to the steps asked for."""
    allocation = dandong(case).allocation
    assert allocation.status == "optimal"
    for goal in allocation.goals:
        assert goal.absolute_gap <= max(1e-7, 1e-7 * abs(goal.value)), goal.name
    assert all(line.step == line.asked for line in allocation.rounding)
