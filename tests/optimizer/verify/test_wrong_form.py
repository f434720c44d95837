"""Records of the wrong form, or of another question, are reported and nothing else is read."""

import math

import pytest
from wrong import Wrong, drop, header, put, without_field

CASES = {
    "a list is missing": Wrong("key_missing", "caps", lambda records: records.pop("caps")),
    "an unknown list": Wrong("key_unknown", "extras", header(extras=[])),
    "a list is a text": Wrong("field_type", "quotas", header(quotas="none")),
    "a record is a number": Wrong("field_type", "quotas[0]", header(quotas=[1])),
    "another format": Wrong("format_unknown", "header", header(format="minequota-allocation/1")),
    "a field is missing": Wrong("field_missing", "A1", without_field("quotas", "A1", "amount")),
    "an unknown field": Wrong("field_unknown", "A1", put("quotas", "A1", bonus=1)),
    "a number as text": Wrong("field_type", "A1", put("quotas", "A1", amount="16.58")),
    "a flag as number": Wrong("field_type", "A1", put("quotas", "A1", synthetic=0)),
    "true as a number": Wrong("field_type", "A1", put("quotas", "A1", amount=True)),
    "null for a text": Wrong("field_type", "A1", put("quotas", "A1", county=None)),
    "grounds that are no texts": Wrong("field_type", "B2", put("actions", "B2", grounds=[1])),
    "NaN amount": Wrong("not_finite", "A1", put("quotas", "A1", amount=math.nan)),
    "infinite cap": Wrong("not_finite", "west", put("caps", "CAP.magnesite_west", limit=math.inf)),
    "NaN goal": Wrong("not_finite", "closures", put("goals", "closures", rounded_value=math.nan)),
    "a number beyond floats": Wrong("not_finite", "A1", put("quotas", "A1", amount=10**400)),
    "an unknown kind": Wrong("field_value", "A1", put("actions", "A1", kind="forget")),
    "an unknown class": Wrong("field_value", "Z1-1", put("issuance", "Z1-1", size_class="giant")),
    "an unknown status": Wrong("field_value", "header", header(status="perfect")),
    "another year": Wrong("header_differs", "header", header(year=2026)),
    "another mode": Wrong("header_differs", "header", header(mode="calendar")),
    "another scenario": Wrong("header_differs", "header", header(scenario="other")),
    "another plan": Wrong("header_differs", "header", header(plan="other")),
    "another case": Wrong("header_differs", "header", header(case="high")),
    "another authority": Wrong("header_differs", "header", header(authority="大市")),
    "status better than a goal": Wrong(
        "status_lies", "header", put("goals", "closures", status="time_limit")
    ),
    "status worse than every goal": Wrong("status_lies", "header", header(status="within_gap")),
    "figures though infeasible": Wrong(
        "figures_without_answer", "quotas", header(status="infeasible")
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_form_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


@pytest.mark.parametrize("records", [None, [], "text", 7, {"quotas": {}}])
def test_anything_that_is_no_record_is_a_fault(records):
    """Whatever stands in the file, the answer is faults and never a traceback."""
    import hand_solved

    from minequota.optimizer.verify import verify_records

    assert verify_records(hand_solved.scenario(), records)


def test_not_records_has_its_code():
    """A list instead of a record is said to be one."""
    import hand_solved

    from minequota.optimizer.verify import verify_records

    assert [one.code for one in verify_records(hand_solved.scenario(), [])] == ["not_records"]


def test_broken_form_is_reported_alone():
    """Figures of a list with a hole in it are not judged."""
    wrong = Wrong("field_missing", "A1", without_field("quotas", "A1", "amount"))
    assert {one.code for one in wrong.faults()} == {"field_missing"}


def test_infeasible_without_figures_passes():
    """An honest "infeasible" needs no tables."""

    def change(records):
        for family in ("quotas", "issuance", "actions", "caps", "structure", "balance", "rules"):
            records[family] = []
        records["goals"] = records["goals"][:1]
        records["goals"][0] |= {"status": "infeasible", "bound": None, "absolute_gap": None}
        records["status"] = "infeasible"

    assert Wrong("", "", change).faults() == ()


def test_one_missing_record_is_no_matter_of_form():
    """A missing row is judged by the checks of meaning."""
    faults = Wrong("", "", drop("quotas", "A1")).faults()
    assert "quota_missing" in {one.code for one in faults}
