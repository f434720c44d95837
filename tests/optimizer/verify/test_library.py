"""The library's plans, as target state and as calendars: the check accepts what is solved."""

from importlib.resources import files

import pytest

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.library import library_names
from minequota.scenarios.load import load_scenario


def question(name, case):
    """Return a plan's own scenario, or one of its cases."""
    path = files("minequota.scenarios.plans").joinpath(name, "scenario.yaml")
    return load_scenario(str(path), [case] if case else [])


@pytest.mark.parametrize("case", ["", "calendar"])
@pytest.mark.parametrize("name", library_names())
def test_a_solved_plan_is_accepted_and_no_other(name, case):
    """Every record agrees with the inputs; a tenth more for any one mine does not."""
    scenario = question(name, case)
    document = allocation_document(scenario, solve(scenario))
    assert [str(one) for one in verify_records(scenario, document)] == []
    most = max(document["quotas"], key=lambda one: one["share_of_capacity"])
    most["amount"] = round(1.1 * most["amount"] + 1, 2)
    assert verify_records(scenario, document)
