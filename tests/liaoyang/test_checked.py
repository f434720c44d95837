"""Every case of the library passes the check that never saw the solver, by either solver."""

import pytest

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.documents.yamlfile import read_yaml
from minequota.scenarios.library import library_folder

CASES = [
    "low",
    "base",
    "high",
    "calendar",
    "with_quota",
    "key_area_first",
    "pooled",
    "waste_rock",
    "steady",
]


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_proven_and_passes_its_check(liaoyang, case):
    """Every goal is proven optimal, and every rule and total holds in the tables."""
    solved = liaoyang(case)
    assert {goal.status for goal in solved.allocation.goals} == {SolveStatus.OPTIMAL}
    document = allocation_document(solved.scenario, solved.allocation)
    assert verify_records(solved.scenario, document) == ()


def test_the_cases_are_those_of_the_file():
    """None is forgotten here."""
    file = read_yaml(library_folder() / "liaoyang" / "scenario.yaml")
    assert set(file.data["cases"]) == set(CASES)


@pytest.mark.parametrize("case", ["base", "calendar", "with_quota"])
def test_both_solvers_give_the_same_tables(liaoyang, case):
    """Quotas, issuance and actions agree to the last line."""
    highs, cbc = liaoyang(case).allocation, liaoyang(case, solver="cbc").allocation
    assert highs.quotas == cbc.quotas
    assert highs.issuance == cbc.issuance
    assert highs.actions == cbc.actions
