"""Wrong actions on the register's rights are caught."""

from datetime import date

import pytest
from hand_solved import EVERY_FIELD, synthetic
from wrong import Wrong, drop, nothing, put, register_with, renamed_copy, twice

from minequota.scenarios.right import Renewal, Status
from minequota.scenarios.units import Quantity

CASES = {
    "right missing": Wrong("action_missing", "D1", drop("actions", "D1")),
    "right twice": Wrong("action_repeated", "D1", twice("actions", "D1")),
    "right unknown": Wrong("action_unknown", "X1", renamed_copy("actions", "D1", "X1")),
    "name changed": Wrong("action_differs", "A1", put("actions", "A1", name="另一矿")),
    "county changed": Wrong("action_differs", "A1", put("actions", "A1", county="西县")),
    "mineral changed": Wrong("action_differs", "D1", put("actions", "D1", mineral="菱镁矿")),
    "class changed": Wrong("action_differs", "A1", put("actions", "A1", size_class="large")),
    "green changed": Wrong("action_differs", "A1", put("actions", "A1", green=False)),
    "synthetic hidden": Wrong("action_differs", "A2", put("actions", "A2", synthetic=False)),
    "capacity changed": Wrong("action_differs", "A1", put("actions", "A1", capacity=31.0)),
    "capacity left out": Wrong("action_differs", "A1", put("actions", "A1", capacity=None)),
    "capacity unit swapped": Wrong(
        "action_differs", "C1", put("actions", "C1", capacity_unit="万吨")
    ),
    "forced leaver kept": Wrong(
        "forced_leaver_kept", "C1", put("actions", "C1", kind="renew", grounds=[])
    ),
    "forced leaver called chosen": Wrong(
        "forced_called_chosen", "C1", put("actions", "C1", kind="leave_chosen")
    ),
    "told not to renew": Wrong(
        "forced_leaver_kept", "B1", nothing, register=register_with("B1", renewal=Renewal.LEAVE)
    ),
    "forced without reason": Wrong(
        "forced_without_reason", "N1", put("actions", "N1", kind="leave_forced", eligible=False)
    ),
    "chosen called forced": Wrong(
        "forced_without_reason", "B2", put("actions", "B2", kind="leave_forced")
    ),
    "large renewal is not forced": Wrong(
        "forced_without_reason",
        "C1",
        nothing,
        register=register_with("C1", capacity=Quantity(20, "万立方米")),
    ),
    "green right leaves": Wrong(
        "protected_right_leaves", "A1", put("actions", "A1", kind="leave_chosen", eligible=False)
    ),
    "large right leaves": Wrong(
        "protected_right_leaves", "C2", put("actions", "C2", kind="leave_chosen", eligible=False)
    ),
    "real mine leaves on an invented status": Wrong(
        "protected_right_leaves", "D1", put("actions", "D1", kind="leave_chosen", name="")
    ),
    "closing is switched off": Wrong(
        "closing_switched_off", "B2", nothing, question={"options": {"closing": False}}
    ),
    "renewal not said": Wrong("renewal_misstated", "B1", put("actions", "B1", kind="keep")),
    "renewal of a long licence": Wrong(
        "renewal_misstated", "A1", put("actions", "A1", kind="renew")
    ),
    "licence ends on the year's last day": Wrong(
        "renewal_misstated",
        "N1",
        nothing,
        register=register_with("N1", licence_end=date(2025, 12, 31)),
    ),
    "status expired": Wrong(
        "renewal_misstated", "N1", nothing, register=register_with("N1", status=Status.EXPIRED)
    ),
    "synthetic leaver named": Wrong(
        "synthetic_leaver_named", "B2", put("actions", "B2", name="B2号矿")
    ),
    "partly synthetic forced leaver named": Wrong(
        "synthetic_leaver_named",
        "C1",
        nothing,
        register=register_with("C1", provenance=synthetic("capacity")),
    ),
    "ground left out": Wrong("grounds_wrong", "B2", put("actions", "B2", grounds=["stopped"])),
    "ground invented": Wrong(
        "grounds_wrong",
        "B2",
        put("actions", "B2", grounds=["stopped", "below_minimum", "red_line"]),
    ),
    "ground twice": Wrong(
        "grounds_wrong",
        "B2",
        put("actions", "B2", grounds=["stopped", "below_minimum", "stopped"]),
    ),
    "ground invented for a right that stays": Wrong(
        "grounds_wrong", "A1", put("actions", "A1", grounds=["red_line"])
    ),
    "licence that ends after the year is not expired": Wrong(
        "grounds_wrong",
        "C1",
        nothing,
        register=register_with("C1", licence_end=date(2026, 1, 1)),
    ),
    "red line flag is a ground": Wrong(
        "grounds_wrong", "B2", nothing, register=register_with("B2", red_line=True)
    ),
    "a stone right inside a zone": Wrong(
        "grounds_wrong", "C1", nothing, register=register_with("C1", zone="Z1")
    ),
    "leaver still eligible": Wrong("eligible_wrong", "C1", put("actions", "C1", eligible=True)),
    "stopped mine eligible": Wrong(
        "eligible_wrong", "A1", nothing, register=register_with("A1", status=Status.STOP_ORDER)
    ),
    "no safety licence": Wrong(
        "eligible_wrong", "A1", nothing, register=register_with("A1", safety_licence=False)
    ),
    "producing mine not eligible": Wrong(
        "eligible_wrong", "A1", put("actions", "A1", eligible=False)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_action_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_a_right_under_construction_may_produce():
    """BUILDING counts as working: the hand-solved records stay right."""
    register = register_with("A1", status=Status.BUILDING)
    assert Wrong("", "", nothing, register=register).faults() == ()


def test_leaver_without_synthetic_fields_keeps_its_name():
    """A real leaver goes by its name, a synthetic one goes without."""
    wrong = Wrong("action_differs", "C1", put("actions", "C1", name=""))
    assert wrong.caught()


def test_protection_can_be_lifted():
    """With nothing protected but real names, the large C2 may be chosen to leave."""
    options = {"protection": {"never_close": [], "weights": {"stopped": 0.5}}}
    change = put("actions", "C2", kind="leave_chosen", eligible=False)
    faults = Wrong("", "", change, question={"options": options}).faults()
    assert "protected_right_leaves" not in {one.code for one in faults}


def test_synthetic_name_with_synthetic_status_may_be_chosen():
    """Only a real name with an invented status is protected by its provenance."""
    register = register_with("D1", provenance=synthetic(*EVERY_FIELD))
    change = put("actions", "D1", kind="leave_chosen", name="", eligible=False)
    faults = Wrong("", "", change, register=register).faults()
    assert "protected_right_leaves" not in {one.code for one in faults}


def test_a_licence_that_ends_in_the_year_for_good_is_a_ground():
    """C1 is too small to be renewed in 2025: its licence ends, and it leaves on that ground."""
    register = register_with("C1", licence_end=date(2025, 1, 1))
    assert Wrong("", "", nothing, register=register).faults() == ()
