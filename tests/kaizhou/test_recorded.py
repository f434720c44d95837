"""What Kaizhou's model and optima are, so that no change moves them unnoticed.

Recorded on 2026-11-22 with the register and the cases as first written. A change of the register,
of a case or of a rule may move them; then record the new figures with the day and the reason.
"""

import pytest

from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.scenarios.load import load_scenario

# Columns, integer columns, rows.
# 2026-11-22: two rows more with mergers, whose members' ore is dug once.
SIZES = {"base": (186, 74, 212), "mergers": (190, 76, 222), "calendar": (554, 220, 680)}

# Goals that are not zero in the rounded tables, evenness apart.
OPTIMA = {
    "low": {"closures": 1, "actions": 11, "capacity_issued": 14.05, "policy_preference": -28},
    "base": {"closures": 1, "actions": 11, "capacity_issued": 36, "policy_preference": -28},
    "high": {"closures": 5, "actions": 15, "capacity_issued": 52.85, "policy_preference": 28},
    "calendar": {
        "closures": 1,
        "actions": 11,
        "capacity_issued": 36,
        "policy_preference": -28,
        "timing": 36,
    },
    "mergers": {
        "closures": 0.5,
        "actions": 9,
        "capacity_issued": 35.75,
        "policy_preference": -32,
    },
    "expansion": {"actions": 11, "capacity_issued": 34.75, "policy_preference": -32},
    "waters": {"closures": 3, "actions": 13, "capacity_issued": 39.2, "policy_preference": 6},
}
APART = {"tie_break", "evenness"}


@pytest.mark.parametrize("case", SIZES)
def test_the_size_of_the_model_is_as_recorded(case):
    """A rule that writes a row more or less shows here."""
    draft = write_model(build_problem(load_scenario("kaizhou", (case,))))
    found = (len(draft.lower), sum(map(bool, draft.integer)), len(draft.row_lower))
    assert found == SIZES[case]


@pytest.mark.parametrize("case", OPTIMA)
def test_the_optima_are_as_recorded(kaizhou, case):
    """Goals not listed are zero."""
    for goal in kaizhou(case).allocation.goals:
        if goal.name not in APART:
            wanted = OPTIMA[case].get(goal.name, 0)
            assert goal.rounded_value == pytest.approx(wanted, abs=1e-9), goal.name
            assert goal.value == pytest.approx(wanted, abs=1e-4), goal.name


def test_the_capacity_issued_adds_up(base):
    """402 ÷ 20 + 100 ÷ 100 + 70 ÷ 20 + 37 ÷ 5 + 20 ÷ 5 = 36 times the minimums."""
    assert pytest.approx(36) == 402 / 20 + 100 / 100 + 70 / 20 + 37 / 5 + 20 / 5
    assert sum(one.capacity / one.minimum for one in base.issued) == pytest.approx(36)


def test_three_years_from_2023(calendar):
    """Eleven issued and one gone from 2023 on, in three years: (11 + 1) × 3 = 36."""
    assert calendar.goal("timing") == (11 + 1) * 3
