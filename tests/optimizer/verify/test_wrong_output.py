"""Wrong figures for the mines are caught."""

import builders
import hand_solved
import pytest
from wrong import Wrong, both, drop, nothing, put, register_with, renamed_copy, twice

from minequota.scenarios.right import Status
from minequota.scenarios.units import Quantity

WEIGHTS = {"protection": {"weights": {"stopped": 0.5}}}


def options(**changes):
    """Return a question with other options."""
    return {"options": WEIGHTS | changes}


def iron():
    """Return a plan and register in which N1 mines iron, counted at 62 %."""
    plan = hand_solved.plan()
    plan["products"].append(
        {
            "name": "铁矿",
            "en": "iron",
            "unit": "万吨",
            "basis": "standard_iron_62",
            "step": 0.01,
            "capacity_step": 1,
        }
    )
    plan["minerals"].append({"name": "铁矿", "en": "iron", "group": "metal", "product": "铁矿"})
    return plan


IRON_DEMAND = {"铁矿": {"amount": "6 万吨", "assumed": True, "source": "test"}}

CASES = {
    "missing quota": Wrong("quota_missing", "A1", drop("quotas", "A1")),
    "missing zero quota": Wrong("quota_missing", "N1", drop("quotas", "N1")),
    "missing quota of a new right": Wrong("quota_missing", "Z1-1", drop("quotas", "Z1-1")),
    "quota twice": Wrong("quota_repeated", "A1", twice("quotas", "A1")),
    "quota of nobody": Wrong("quota_unknown", "X1", renamed_copy("quotas", "A1", "X1")),
    "quota of a leaver": Wrong("quota_not_entitled", "B2", renamed_copy("quotas", "B1", "B2")),
    "quota of a mineral nobody wants": Wrong(
        "quota_not_entitled", "D1", renamed_copy("quotas", "N1", "D1", mineral="金矿")
    ),
    "quota of a right that is not issued": Wrong(
        "quota_not_entitled", "Z1-1", drop("issuance", "Z1-1")
    ),
    "quota of a stopped mine": Wrong(
        "quota_not_entitled", "A1", nothing, register=register_with("A1", status=Status.SEALED)
    ),
    "quota without a safety licence": Wrong(
        "quota_not_entitled", "A2", nothing, register=register_with("A2", safety_licence=False)
    ),
    "quota without a capacity": Wrong(
        "quota_not_entitled", "N1", nothing, register=register_with("N1", capacity=None)
    ),
    "control called guidance": Wrong("quota_kind", "A1", put("quotas", "A1", kind="guidance")),
    "guidance called control": Wrong("quota_kind", "C2", put("quotas", "C2", kind="control")),
    "name swapped": Wrong("quota_differs", "A1", put("quotas", "A1", name="另一矿")),
    "county swapped": Wrong("quota_differs", "A1", put("quotas", "A1", county="西县")),
    "mineral swapped": Wrong("quota_differs", "A1", put("quotas", "A1", mineral="金矿")),
    "product swapped": Wrong("quota_differs", "A1", put("quotas", "A1", product="建筑石料")),
    "synthetic hidden": Wrong("quota_differs", "A2", put("quotas", "A2", synthetic=False)),
    "capacity changed": Wrong("quota_differs", "A1", put("quotas", "A1", capacity=40.0)),
    "capacity unit swapped": Wrong(
        "quota_differs", "C2", put("quotas", "C2", capacity_unit="万立方米")
    ),
    "unit swapped": Wrong("quota_unit", "A1", put("quotas", "A1", unit="吨")),
    "tonnes called cubic metres": Wrong("quota_unit", "A1", put("quotas", "A1", unit="万立方米")),
    "ore unit swapped": Wrong("quota_unit", "C2", put("quotas", "C2", ore_unit="万立方米")),
    "between the steps": Wrong("quota_off_step", "A1", put("quotas", "A1", amount=16.575)),
    "binary noise": Wrong("quota_off_step", "A1", put("quotas", "A1", amount=16.580000000000002)),
    "negative": Wrong("quota_negative", "N1", put("quotas", "N1", amount=-0.01)),
    "above capacity": Wrong("quota_above_capacity", "A2", put("quotas", "A2", amount=8.01)),
    "above a share of the year": Wrong(
        "quota_above_capacity", "C2", nothing, question=options(availability=0.7)
    ),
    "above a new right's capacity": Wrong(
        "quota_above_capacity", "Z1-1", put("quotas", "Z1-1", amount=24.01)
    ),
    "above the reserves": Wrong(
        "quota_above_capacity",
        "A1",
        nothing,
        register=register_with("A1", reserves=Quantity(16, "万吨")),
    ),
    "reserves in cubic metres": Wrong(
        "quota_above_capacity",
        "C2",
        nothing,
        register=register_with("C2", reserves=Quantity(22, "万立方米")),
    ),
    "below the least load": Wrong(
        "quota_below_least", "B1", nothing, question=options(min_load=0.55)
    ),
    "below the minimum that binds output": Wrong(
        "quota_below_least", "B1", nothing, question=options(minimum_binds_output=True)
    ),
    "new right below the least load": Wrong(
        "quota_below_least", "Z1-1", nothing, question=options(min_load=0.75)
    ),
    "a density of its own": Wrong(
        "quota_ore", "C2", nothing, register=register_with("C2", density=2.7)
    ),
    "ore as product": Wrong("quota_ore", "C2", put("quotas", "C2", ore=22.22)),
    "ore off": Wrong("quota_ore", "A1", put("quotas", "A1", ore=16.59)),
    "share off": Wrong("quota_share", "A1", put("quotas", "A1", share_of_capacity=0.56)),
    "share as percent": Wrong("quota_share", "A1", put("quotas", "A1", share_of_capacity=55.27)),
    "rounding missing": Wrong("rounding_missing", "菱镁矿", drop("rounding", "菱镁矿")),
    "rounding twice": Wrong("rounding_repeated", "菱镁矿", twice("rounding", "菱镁矿")),
    "rounding of nothing": Wrong(
        "rounding_unknown", "金矿", renamed_copy("rounding", "菱镁矿", "金矿")
    ),
    "another step asked": Wrong("rounding_differs", "菱镁矿", put("rounding", "菱镁矿", asked=0.1)),
    "coarser step": Wrong("rounding_step", "菱镁矿", put("rounding", "菱镁矿", step=0.1)),
    "a step that does not divide": Wrong(
        "rounding_step", "菱镁矿", put("rounding", "菱镁矿", step=0.003)
    ),
    "no step": Wrong("rounding_step", "菱镁矿", put("rounding", "菱镁矿", step=0.0)),
    "uneven sharing": Wrong(
        "sharing_uneven",
        "东县",
        both(put("quotas", "A1", amount=16.5), put("quotas", "A2", amount=4.5)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_figure_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_a_step_between_two_mines_is_rounding_not_unevenness():
    """16.57 + 4.43 is one step off the even 16.58 + 4.42; rounding may do that."""
    change = both(put("quotas", "A1", amount=16.57), put("quotas", "A2", amount=4.43))
    assert "sharing_uneven" not in {one.code for one in Wrong("", "", change).faults()}


def test_a_finer_step_is_allowed_when_said():
    """16.575 is a whole number of 0.005, and 0.005 divides the 0.01 asked."""
    change = both(put("quotas", "A1", amount=16.575), put("rounding", "菱镁矿", step=0.005))
    codes = {one.code for one in Wrong("", "", change).faults()}
    assert not codes & {"quota_off_step", "rounding_step"}


def test_binding_minimum_spares_a_mine_that_rests():
    """Runs ⇒ at least 10 万吨: N1 at 0 rests and is right, B1 at 8 is not.

    A1 (floor 10) makes 16.58; A2 has 8 万吨 of capacity, so its floor is 8 and 4.42 is short.
    C2 (floor 10) makes 22.22; Z1-1 (20 by its zone) makes 17.78.
    """
    faults = Wrong("", "", nothing, question=options(minimum_binds_output=True)).faults()
    short = {one.where for one in faults if one.code == "quota_below_least"}
    assert short == {"A2 2025", "B1 2025", "Z1-1 2025"}


def test_standard_ore_follows_the_grade():
    """12 万吨 of ore at 31 % are 12 × 0.31 / 0.62 = 6 万吨 of 62 % ore; 6.01 is too much."""
    register = [one for one in hand_solved.rights() if one.licence != "N1"]
    register.append(builders.right("N1", "北县", "铁矿", "12 万吨", grade=0.31))
    demand = hand_solved.question()["demand"] | IRON_DEMAND

    def given(amount):
        change = put(
            *("quotas", "N1"),
            mineral="铁矿",
            product="铁矿",
            kind="guidance",
            basis="standard_iron_62",
            amount=amount,
            ore=12.0,
        )
        wrong = Wrong("", "N1", change, iron(), {"demand": demand}, register)
        return {one.code for one in wrong.faults() if one.where[:2] == "N1" and "quota" in one.code}

    assert given(6.01) == {"quota_above_capacity", "quota_ore", "quota_share"}
    assert given(6.0) == {"quota_share"}


def test_ungraded_iron_is_never_waved_through():
    """Without a grade nobody knows the factor, so no amount but none at all can be right."""
    register = [one for one in hand_solved.rights() if one.licence != "N1"]
    register.append(builders.right("N1", "北县", "铁矿", "12 万吨"))
    demand = hand_solved.question()["demand"] | IRON_DEMAND
    change = put("quotas", "N1", mineral="铁矿", product="铁矿", kind="guidance", amount=1.0)
    wrong = Wrong("quota_above_capacity", "N1", change, iron(), {"demand": demand}, register)
    assert wrong.caught()


def test_a_least_between_two_steps_is_met_by_the_step_below():
    """B1 with 8.005 万吨 must run full under the binding minimum; 8.00 is all that steps allow."""
    register = register_with("B1", capacity=Quantity(8.005, "万吨"))
    faults = Wrong(
        "", "", nothing, question=options(minimum_binds_output=True), register=register
    ).faults()
    assert not any("B1" in one.where for one in faults if one.code == "quota_below_least")


def test_a_least_on_a_step_is_kept_exactly():
    """B1 with 8.01 万吨 must run full under the binding minimum: 8.00 is a step short."""
    register = register_with("B1", capacity=Quantity(8.01, "万吨"))
    question = options(minimum_binds_output=True)
    assert Wrong("quota_below_least", "B1", nothing, {}, question, register).caught()


def test_a_new_right_runs_at_its_own_minimum_under_the_strict_reading():
    """Z1-1's zone asks 20 万立方米, which wins over the table's 10: 17.78 is short, 20 is not."""
    question = options(minimum_binds_output=True)
    assert Wrong("quota_below_least", "Z1-1", nothing, {}, question).caught()
    change = put("quotas", "Z1-1", amount=20.0)
    assert not Wrong("quota_below_least", "Z1-1", change, {}, question).caught()
