"""allocation.json and back."""

import json
import math
from dataclasses import replace

import pytest
import report_sample as sample

from minequota.reports.machine import allocation_document, allocation_from, allocation_text


def document(allocation=None):
    return allocation_document(sample.scenario(), allocation or sample.allocation())


def test_a_round_trip_through_text_changes_nothing():
    """What is read back equals what was written, types included."""
    text = allocation_text(sample.scenario(), sample.allocation())
    goal = replace(sample.allocation().goals[0], value=0.316666666667, bound=0.316666666667)
    goal = replace(goal, rounded_value=0.316666666667)
    assert allocation_from(json.loads(text)) == replace(sample.allocation(), goals=(goal,))


def test_the_header_says_what_was_asked():
    """Format, scenario, case, plan, authority, status, mode, year, solver."""
    given = document()
    assert given["format"] == "minequota-allocation/2"
    assert (given["scenario"], given["case"], given["plan"]) == ("tiny", "high", "tiny")
    assert (given["authority"], given["status"]) == ("小市自然资源局", "optimal")
    assert (given["mode"], given["year"], given["solver"]) == ("target_state", 2025, "highs")
    assert given["years"] == [2025]


def test_lists_stand_in_the_order_of_the_licence():
    """The order in which the optimizer met the rights says nothing."""
    allocation = sample.allocation()
    turned = replace(
        allocation,
        quotas=tuple(reversed(allocation.quotas)),
        actions=tuple(reversed(allocation.actions)),
    )
    assert document(turned) == document(allocation)
    assert [quota["right"] for quota in document()["quotas"]][:2] == ["A1", "A2"]


def test_synthetic_leavers_have_no_name():
    """Their licence stands, their name does not."""
    names = {action["right"]: action["name"] for action in document()["actions"]}
    assert names["S1"] == names["S2"] == ""


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_is_not_finite_is_refused(value):
    """JSON has no infinity, and a planner no use for one."""
    quota = replace(sample.allocation().quotas[0], amount=value)
    with pytest.raises(ValueError, match=r"quotas\[0\]\.amount"):
        document(replace(sample.allocation(), quotas=(quota,)))


def test_an_unproven_goal_has_no_bound():
    """Minus infinity becomes null and comes back."""
    goal = replace(
        sample.allocation().goals[0],
        value=0.5,
        rounded_value=0.5,
        bound=-math.inf,
        absolute_gap=math.inf,
        relative_gap=math.inf,
    )
    allocation = replace(sample.allocation(), goals=(goal,))
    text = allocation_text(sample.scenario(), allocation)
    assert json.loads(text)["goals"][0]["bound"] is None
    assert allocation_from(json.loads(text)) == allocation


def test_binary_noise_is_not_printed():
    """0.1 + 0.2 is printed 0.3."""
    quota = replace(sample.allocation().quotas[0], amount=0.1 + 0.2)
    assert document(replace(sample.allocation(), quotas=(quota,)))["quotas"][0]["amount"] == 0.3


def test_documents_of_another_shape_are_refused():
    """Another format, a missing list, an unknown field."""
    with pytest.raises(ValueError, match="format"):
        allocation_from({**document(), "format": "x/1"})
    lacking = document()
    del lacking["caps"]
    with pytest.raises(ValueError, match="caps"):
        allocation_from(lacking)
    odd = document()
    odd["quotas"][0]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        allocation_from(odd)
