"""What the library plan's model and optima are, so that no change moves them unnoticed.

Recorded on 2026-11-22, when the plan came into the library: 40 rights, 9 candidates in zones and
blocks, the demand cases as first written. A change of the register, of a case or of a rule may move
them; then record the new figures with the day and the reason.
"""

import pytest

from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.scenarios.load import load_scenario

# Columns, integer columns, rows.
SIZES = {"base": (134, 59, 143), "calendar": (394, 175, 433), "by_place": (160, 59, 175)}

# Value of each goal that is not zero, as the solver has it and in the rounded tables.
OPTIMA = {
    # 16 of 96 万立方米 of blocks.
    "base": {
        "unmet_demand_1": (16 / 96, 16 / 96),
        "closures": (2, 2),
        "actions": (6, 6),
        "capacity_issued": (6, 6),
        "policy_preference": (-6, -6),
        "tie_break": (572, 572),
    },
    # 96 − 80 × 0.80208 = 31.83, and 31.9 in steps of 0.1 for seven mines.
    "facing_ore_volume": {
        "unmet_demand_1": ((96 - 80 * 0.80208) / 96, 31.9 / 96),
        "closures": (2, 2),
        "actions": (6, 6),
        "capacity_issued": (6, 6),
        "policy_preference": (-6, -6),
        "tie_break": (572, 572),
    },
    # Three times 16 of 96, and 1380 and 540 of 1500; six rights at 1.2 times their minimum.
    "calendar": {
        "unmet_demand_1": (3 * 16 / 96 + 1920 / 1500, 3 * 16 / 96 + 1920 / 1500),
        "closures": (2, 2),
        "actions": (6, 6),
        "capacity_issued": (7.2, 7.2),
        "policy_preference": (-6, -6),
        "timing": (20, 20),
        "tie_break": (1112, 1112),
    },
}


@pytest.mark.parametrize("case", SIZES)
def test_the_size_of_the_model_is_as_recorded(case):
    """A rule that writes a row more or less shows here."""
    draft = write_model(build_problem(load_scenario("fangcheng", (case,))))
    found = (len(draft.lower), sum(map(bool, draft.integer)), len(draft.row_lower))
    assert found == SIZES[case]


@pytest.mark.parametrize("case", OPTIMA)
def test_the_optima_are_as_recorded(fangcheng, case):
    """Goals not listed are zero; evenness follows from the shares, which other tests hold."""
    for goal in fangcheng(case).allocation.goals:
        if goal.name == "evenness":
            continue
        value, rounded = OPTIMA[case].get(goal.name, (0, 0))
        assert goal.value == pytest.approx(value, abs=1e-5), goal.name
        assert goal.rounded_value == pytest.approx(rounded, abs=1e-8), goal.name
