"""What Chaoyang County's model and optima are, so that no change moves them unnoticed.

Recorded on 2026-11-22 with the register and the cases as first written. A change of the register,
of a case or of a rule may move them; then record the new figures with the day and the reason.
"""

import pytest

from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.scenarios.load import load_scenario

# Columns, integer columns, rows.
SIZES = {"base": (133, 60, 128), "transport": (188, 60, 194), "calendar": (389, 178, 392)}

# Goals that are not zero, as the solver has them and in the rounded tables. The solver's capacity
# is exact, the tables' in whole 万立方米: 169.1 ÷ 20 = 8.455 and 170 ÷ 20 = 8.5.
OPTIMA = {
    "low": {"actions": (4, 4), "capacity_issued": (4.035, 4.05)},
    "base": {"actions": (5, 5), "capacity_issued": (8.455, 8.5)},
    "high": {
        "unmet_demand_1": (0.114414997, 0.114414997),
        "actions": (6, 6),
        "capacity_issued": (13.07, 13.1),
        "policy_preference": (-8, -8),
    },
    "calendar": {"actions": (5, 5), "capacity_issued": (8.455, 8.5), "timing": (15, 15)},
    "waste_rock": {
        "actions": (4, 4),
        "capacity_issued": (5.725, 5.75),
        "by_product": (0.77540097, 0.775812423),
    },
    "existing_advisory": {
        "closures": (1, 1),
        "actions": (5, 5),
        "capacity_issued": (8.455, 8.5),
        "policy_preference": (17, 17),
    },
    "restructuring": {
        "closures": (0.5, 0.5),
        "actions": (6, 6),
        "capacity_issued": (8.455, 8.5),
    },
    "transport": {
        "actions": (5, 5),
        "capacity_issued": (8.455, 8.5),
        "cost": (22422.5, 22422.5),
        "flows": (5938, 5938),
    },
}
APART = {"tie_break", "evenness"}


@pytest.mark.parametrize("case", SIZES)
def test_the_size_of_the_model_is_as_recorded(case):
    """A rule that writes a row more or less shows here."""
    draft = write_model(build_problem(load_scenario("chaoyang", (case,))))
    found = (len(draft.lower), sum(map(bool, draft.integer)), len(draft.row_lower))
    assert found == SIZES[case]


@pytest.mark.parametrize("case", OPTIMA)
def test_the_optima_are_as_recorded(chaoyang, case):
    """Goals not listed are zero."""
    for goal in chaoyang(case).allocation.goals:
        if goal.name not in APART:
            value, rounded = OPTIMA[case].get(goal.name, (0, 0))
            assert goal.value == pytest.approx(value, rel=1e-6, abs=1e-4), goal.name
            assert goal.rounded_value == pytest.approx(rounded, abs=1e-6), goal.name


def test_the_unmet_share_is_35_4_of_309_4(chaoyang):
    """Iron and stone stand in the first priority; iron is met, stone falls short by 11.44 %."""
    assert chaoyang("high").goal("unmet_demand_1") == pytest.approx(35.4 / 309.4)


def test_the_cost_is_openings_and_kilometres(chaoyang):
    """Five openings at 3000 万元, and 5938 万立方米·km at 1.25 yuan for m³ and km: 22 422.5."""
    assert pytest.approx(22422.5) == 5 * 3000 + 5938 * 1.25
    assert chaoyang("transport").goal("cost") == pytest.approx(5 * 3000 + 5938 * 1.25)
