"""All checks of the records, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minequota.optimizer.verify.balance import balance_faults
from minequota.optimizer.verify.caps import caps_faults
from minequota.optimizer.verify.evenness import evenness_faults
from minequota.optimizer.verify.exchanges import exchange_faults
from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.flows import flow_faults
from minequota.optimizer.verify.goals import goals_faults
from minequota.optimizer.verify.header import (
    NO_FIGURES,
    header_faults,
    status_faults,
    year_faults,
)
from minequota.optimizer.verify.inputs import Inputs, read_inputs
from minequota.optimizer.verify.issuance import issuance_faults
from minequota.optimizer.verify.output import output_faults
from minequota.optimizer.verify.overrun import overrun_faults
from minequota.optimizer.verify.quantities import over_years_faults
from minequota.optimizer.verify.reckoning import Reckoning, reckon
from minequota.optimizer.verify.reorganisations import reorganisation_faults
from minequota.optimizer.verify.rights import rights_faults
from minequota.optimizer.verify.rounding import rounding_faults
from minequota.optimizer.verify.rules import rules_faults
from minequota.optimizer.verify.shape import Records, shape_faults, to_frames
from minequota.optimizer.verify.shortest import shortest_faults
from minequota.optimizer.verify.structure import structure_faults
from minequota.optimizer.verify.zones import zone_faults
from minequota.scenarios.scenario import Scenario

Check = Callable[[Inputs, Records, Reckoning], list[Fault]]
CHECKS: tuple[Check, ...] = (
    rights_faults,
    reorganisation_faults,
    issuance_faults,
    zone_faults,
    output_faults,
    overrun_faults,
    over_years_faults,
    rounding_faults,
    caps_faults,
    structure_faults,
    exchange_faults,
    balance_faults,
    flow_faults,
    shortest_faults,
    rules_faults,
    goals_faults,
    evenness_faults,
)


def record_faults(scenario: Scenario, records: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return every fault of `records`; those of form alone where the form is broken."""
    malformed = shape_faults(records)
    if malformed:
        return tuple(malformed)
    frames = to_frames(records)
    faults = header_faults(scenario, frames) + status_faults(frames)
    if frames.header["status"] in NO_FIGURES:
        return tuple(faults)
    faults += year_faults(scenario, frames)
    if any(one.code == "year_unknown" for one in faults):
        return tuple(faults)
    inputs = read_inputs(scenario)
    reckoning = reckon(inputs, frames)
    for check in CHECKS:
        faults += check(inputs, frames, reckoning)
    return tuple(faults)
