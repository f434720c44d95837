"""Every figure and fact of the records is checked: none can be changed unseen."""

import copy

import hand_solved
import mechanisms
import pytest

from minequota.optimizer.verify import verify_records
from minequota.optimizer.verify.fields import FIELDS, HEADER, LABELS

#: Words for readers, and what only the solver can know.
FREE = {
    "header": {"solver", "notes"},
    "goals": {
        "title_zh",
        "title_en",
        "unit",
        "relative_gap",
        "tolerance",
    },
    "quotas": {"reason", "reason_en", "source"},
    "issuance": {"source"},
    "actions": {"rule", "source"},
    "caps": set(),
    "reorganisations": set(),
    "structure": set(),
    "balance": {"source"},
    "rules": {"title_zh", "title_en", "unit", "marginal", "marginal_en", "source"},
    "flows": set(),
    "rounding": set(),
}
#: Single cells that no reading of the inputs fixes.
OPEN = {
    # The order of licences is the model's own; who is chosen is judged by the goals above it.
    ("goals", "tie_break", "rounded_value"),
    # The one line for all may be called anything.
    ("structure", "all", "key"),
    # How many rights these speak of depends on how their candidates are read.
    *(("rules", code, "reach") for code in ("CAPACITY", "MINSCALE", "BAN", "RESERVE")),
    *(("rules", code, "applies") for code in ("MINSCALE", "BAN", "RESERVE")),
    # A demand is met or not, whatever its sense is called.
    ("rules", "DEMAND.菱镁矿", "sense"),
    ("rules", "DEMAND.建筑石料", "sense"),
    ("rules", "DEMAND.菱镁矿", "binding"),
    ("rules", "DEMAND.建筑石料", "binding"),
    # Synthetic B2 has left and made nothing: the west rests on it or not, as one reads it.
    ("rules", "CAP.magnesite_west", "rests_on_synthetic"),
}

#: The rows that stand for their like in the long lists.
FEW = {
    "quotas": ("A2", "C2", "Z1-1"),
    "actions": ("A1", "B2", "C1"),
    "goals": ("expected_indicators", "policy_preference", "evenness"),
}


#: In the mechanisms: the verdicts beside, a demand's words, and ranges that either reading keeps.
OPEN_RULES = {("tie_break", "rounded_value")}
OPEN_RULES |= {
    (code, field)
    for code in ("CAPACITY", "MINSCALE", "BAN", "RESERVE", "REACH", "STEADY")
    for field in ("reach",)
}


def is_open(family, row, field):
    """Whether no reading of the inputs fixes this cell."""
    ident = row[LABELS[family]]
    if field in FREE[family] or (ident, field) in OPEN_RULES:
        return True
    if family == "structure":
        # The one line for all may be called anything.
        return field == "key" and row["by"] == "all"
    if family == "caps":
        # A group of documents is told by all their names, and may be told by more.
        return field == "source" and ".above." in row["clause"]
    if family != "rules":
        return False
    if row["code"] == "RATIO" and field == "binding":
        # A share has no smallest step to be away from.
        return True
    demand = row["code"] == "DEMAND" and field in ("binding", "sense")
    # Between "some of what is used" and "some of what is spoken of" either may be said.
    return demand or field == "rests_on_synthetic"


def other(value):
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value, "red_line"]
    if value is None:
        return 1.0
    swapped = {
        "binding": "expected",
        "expected": "binding",
        "small": "medium",
        "medium": "large",
        "large": "small",
        "control": "guidance",
        "guidance": "control",
        "keep": "renew",
        "renew": "keep",
        "leave_chosen": "keep",
        "leave_forced": "keep",
        "ceiling": "floor",
        "floor": "ceiling",
        "optimal": "time_limit",
        "group": "county",
        "county": "group",
        "all": "group",
    }
    return swapped.get(value, f"{value}x")


def test_what_is_free_exists():
    """The list of unchecked fields names fields that the format has."""
    for family, names in FREE.items():
        assert names <= set(HEADER if family == "header" else FIELDS[family])


@pytest.mark.parametrize("family", FIELDS)
def test_no_field_can_change_unseen(family):
    """Each field of each record, changed alone, is a fault."""
    scenario = hand_solved.scenario()
    records = hand_solved.records()
    label = LABELS[family]
    unseen = []
    for row in records[family]:
        if family in FEW and row[label] not in FEW[family]:
            continue
        ident = row[label]
        for field in FIELDS[family]:
            if field in FREE[family] or (family, ident, field) in OPEN:
                continue
            value = row[field]
            row[field] = other(value)
            if not verify_records(scenario, records):
                unseen.append((ident, field, value, row[field]))
            row[field] = value
    assert unseen == []


@pytest.mark.parametrize("name", mechanisms.MECHANISMS)
def test_no_field_of_a_mechanism_can_change_unseen(name):
    """The same for a solved mechanism, each field in one row of its list: all would take long."""
    scenario, records = mechanisms.scenario(name), mechanisms.records(name)
    unseen = []
    for family in FIELDS:
        for at, field in enumerate(FIELDS[family]):
            rows = [row for row in records[family] if not is_open(family, row, field)]
            if not rows:
                continue
            row = rows[(7 * at) % len(rows)]
            value = row[field]
            row[field] = other(value)
            if not verify_records(scenario, records):
                unseen.append((family, row[LABELS[family]], field, value, row[field]))
            row[field] = value
    assert unseen == []


@pytest.mark.parametrize("name", sorted({*HEADER, "case"} - FREE["header"]))
def test_no_header_value_can_change_unseen(name):
    """Each value of the header, changed alone, is a fault."""
    records = hand_solved.records()
    records[name] = other(records[name])
    assert verify_records(hand_solved.scenario(), records)


@pytest.mark.parametrize("family", [one for one in FIELDS if hand_solved.records()[one]])
def test_every_list_empty_is_a_fault_or_says_so(family):
    """An empty list is never taken for an answer."""
    records = hand_solved.records() | {family: []}
    assert verify_records(hand_solved.scenario(), records)


def test_checking_changes_nothing():
    """The records handed in come back as they were."""
    records = hand_solved.records()
    before = copy.deepcopy(records)
    verify_records(hand_solved.scenario(), records)
    assert records == before


@pytest.mark.parametrize("family", ["quotas", "caps", "balance"])
def test_the_basis_is_the_products(family):
    """Magnesite is counted as ore: another basis, well known as it is, is a fault."""
    records = hand_solved.records()
    records[family][0]["basis"] = "metal"
    assert verify_records(hand_solved.scenario(), records)
