"""What the library plan's model and optima are, so that no change moves them unnoticed.

Recorded on 2026-11-22, when the model was first complete: the register of 330 rights and its 21
zones as generated then, the demand cases as first written. A change of the register, of a case or
of a rule may move them; then record the new figures with the day and the reason.
"""

import pytest

from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.scenarios.load import load_scenario

# Columns, integer columns, rows.
# 2026-11-22: one more column, always 1, carries the constants of the goals.
# 2026-11-22: one column more again, which sharing raises where it has no closed form.
SIZES = {"base": (574, 352, 341), "strict_minimum": (639, 417, 536)}

# Value of each goal that is not zero, as the solver has it and in the rounded tables.
OPTIMA = {
    "low": {
        "closures": (9, 9),
        "actions": (5, 5),
        "capacity_issued": (5, 5),
        "policy_preference": (107, 107),
        "tie_break": (4153, 4153),
    },
    "base": {
        "closures": (9, 9),
        "actions": (5, 5),
        "capacity_issued": (9.09898308, 9.15),
        "policy_preference": (107, 107),
        "tie_break": (4153, 4153),
    },
    "high": {
        "closures": (12, 12),
        "actions": (8, 8),
        "capacity_issued": (14.788982511, 14.81),
        "policy_preference": (146, 146),
        "tie_break": (5571, 5571),
    },
    "strict_minimum": {
        "closures": (9, 9),
        "actions": (5, 5),
        "capacity_issued": (9.09898308, 9.15),
        "policy_preference": (-65, -65),
        "tie_break": (5991, 5991),
    },
}


@pytest.mark.parametrize("case", SIZES)
def test_the_size_of_the_model_is_as_recorded(case):
    """A rule that writes a row more or less shows here."""
    draft = write_model(build_problem(load_scenario("dandong", (case,))))
    found = (len(draft.lower), sum(map(bool, draft.integer)), len(draft.row_lower))
    assert found == SIZES[case]


@pytest.mark.parametrize("case", OPTIMA)
def test_the_optima_are_as_recorded(dandong, case):
    """Goals not listed are zero; evenness follows from the shares, which other tests hold."""
    for goal in dandong(case).allocation.goals:
        if goal.name == "evenness":
            continue
        value, rounded = OPTIMA[case].get(goal.name, (0, 0))
        assert goal.value == pytest.approx(value, abs=1e-6), goal.name
        assert goal.rounded_value == pytest.approx(rounded, abs=1e-9), goal.name


def test_the_capacity_issued_is_what_existing_stone_mines_leave(base):
    """(376.4 − 194.42) / 20 = 9.099 before rounding: see the existing mines' capacity.

    In whole 万立方米 five rights need 37 + 37 + 37 + 36 + 36 = 183 = 9.15 × 20, as the existing
    mines' figures, rounded down to steps of 0.1 below their capacity, add up to 194.0 only and
    182 would leave 0.4 unmet.
    """
    existing = base.balance("建筑石料").production_existing
    assert existing == pytest.approx(194.0)
    assert sum(one.capacity for one in base.allocation.issuance) == 183
    assert 376.4 - existing == pytest.approx(182.4)
    assert base.goal("capacity_issued") == pytest.approx(183 / 20)
