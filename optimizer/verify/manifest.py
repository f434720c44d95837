"""Whether the manifest names the question and the answer that lie beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.files import MANIFEST
from minequota.optimizer.verify.horizon import horizon_of
from minequota.optimizer.verify.listing import fact_faults
from minequota.scenarios.scenario import Scenario

#: What manifest and allocation both say of the answer.
SHARED = ("status", "solver")


def manifest_faults(
    manifest: Mapping[str, Any], scenario: Scenario, records: Mapping[str, Any]
) -> list[Fault]:
    """Return where the manifest speaks of another plan, of other years or of another answer."""
    question = scenario.question
    asked: dict[str, object] = {
        "plan": scenario.plan.id,
        "mode": question.mode,
        "year": question.year,
        "years": list(horizon_of(question).years),
    }
    asked |= {name: records.get(name) for name in SHARED}
    facts = [(name, manifest.get(name), expected) for name, expected in asked.items()]
    return fact_faults("manifest_differs", MANIFEST, facts)
