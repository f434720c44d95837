"""The audit of a scenario: what a planner should know before, and beside, the answer.

Nothing here stops a solve. A mistake that must be mended is the loader's to report; the audit
recomputes what the plan prints, says which readings and assumptions the answer rests on, and
where plan, register and demand cannot meet. Needs no solver. The catalogue lists every check.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from minequota.scenarios.audit.assumed import audit_assumed
from minequota.scenarios.audit.catalogue import Check, catalogue
from minequota.scenarios.audit.classes import audit_classes
from minequota.scenarios.audit.conversions import audit_conversions
from minequota.scenarios.audit.demand import audit_demand
from minequota.scenarios.audit.finding import Finding
from minequota.scenarios.audit.leaving import audit_leaving
from minequota.scenarios.audit.mergers import audit_mergers
from minequota.scenarios.audit.missing import audit_missing
from minequota.scenarios.audit.outputs import audit_outputs
from minequota.scenarios.audit.places import audit_places
from minequota.scenarios.audit.plan import audit_plan
from minequota.scenarios.audit.projects import audit_projects
from minequota.scenarios.audit.reach import audit_reach
from minequota.scenarios.audit.register import audit_register
from minequota.scenarios.audit.sizes import audit_sizes
from minequota.scenarios.audit.structure import audit_structure
from minequota.scenarios.audit.tables import audit_tables
from minequota.scenarios.scenario import Scenario

__all__ = ["Check", "Finding", "audit", "catalogue"]

_AUDITS = (
    audit_plan,
    audit_tables,
    audit_outputs,
    audit_places,
    audit_structure,
    audit_mergers,
    audit_register,
    audit_sizes,
    audit_leaving,
    audit_classes,
    audit_conversions,
    audit_demand,
    audit_reach,
    audit_projects,
    audit_missing,
    audit_assumed,
)
_GRAVEST = {"error": 0, "warning": 1, "note": 2}


def audit(scenario: Scenario) -> tuple[Finding, ...]:
    """Return the findings, the gravest first, then by code, numbered from 1."""
    found = list(chain.from_iterable(one(scenario) for one in _AUDITS))
    found.sort(key=lambda one: (_GRAVEST[one.severity], one.code))
    return tuple(replace(one, number=number) for number, one in enumerate(found, start=1))
