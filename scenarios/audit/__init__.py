"""The audit of a scenario: what a planner should know before, and beside, the answer.

Nothing here stops a solve. A mistake that must be mended is the loader's to report; the audit
recomputes what the plan prints, says which readings and assumptions the answer rests on, and
where plan, register and demand cannot meet. Needs no solver.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from minequota.scenarios.audit.classes import audit_classes
from minequota.scenarios.audit.finding import Finding
from minequota.scenarios.audit.plan import audit_plan
from minequota.scenarios.audit.question import audit_question
from minequota.scenarios.audit.register import audit_register
from minequota.scenarios.audit.structure import audit_structure
from minequota.scenarios.scenario import Scenario

__all__ = ["Finding", "audit"]


def audit(scenario: Scenario) -> tuple[Finding, ...]:
    """Return the findings, warnings first, numbered from 1 in a fixed order."""
    found = list(
        chain(
            audit_plan(scenario),
            audit_register(scenario),
            audit_classes(scenario),
            audit_structure(scenario),
            audit_question(scenario),
        )
    )
    found.sort(key=lambda one: one.severity != "warning")
    return tuple(replace(one, number=number) for number, one in enumerate(found, start=1))
