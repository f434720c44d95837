"""No made-up right is named as one to leave in a sweep's files."""

from dataclasses import replace

import builders
from small import magnesite, mine

from minequota.reports.sweep.nameless import hidden_rights, without_names
from minequota.scenarios.right import Provenance


def test_synthetic_leavers_are_counted():
    """A is real, B and C are made up: of A, B and C leaving one is named and two are counted."""
    made_up = {"name": Provenance.SYNTHETIC, "capacity": Provenance.SYNTHETIC}
    scenario = magnesite(
        [
            mine(
                "A", "3 万吨", provenance=dict.fromkeys(("name", "capacity"), Provenance.REGISTER)
            ),
            mine("B", "3 万吨", provenance=made_up),
            mine("C", "3 万吨", provenance=made_up),
        ]
    )
    assert hidden_rights(scenario) == {"B", "C"}
    rows = [{"leaving_rights": "A;B;C", "merged_rights": "", "issued_rights": "B"}]
    assert without_names(rows, scenario) == [
        {"leaving_rights": "A;*2", "merged_rights": "", "issued_rights": "B"}
    ]


def test_rows_without_an_answer_stay():
    """An infeasible case has no lists."""
    scenario = replace(magnesite([mine("A", "3 万吨")]), name=builders.name("x")["zh"])
    assert without_names([{"case": 1, "status": "infeasible"}], scenario) == [
        {"case": 1, "status": "infeasible"}
    ]
