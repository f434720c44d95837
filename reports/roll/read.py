"""A finished run folder, checked before anything is believed of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.verify import verify_run
from minequota.reports.machine import allocation_from
from minequota.scenarios.documents.messages import Text
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.errors import InputError
from minequota.scenarios.events.reader import Entries, read_events
from minequota.scenarios.load import load_scenario
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.scenario import Scenario

MAX_BYTES = 200_000_000
FAULTS_SHOWN = 20
INPUTS = "inputs"
EVENTS = "events.csv"


@dataclass(frozen=True)
class PastRun:
    """A run: its question as solved, its answer, and the events it knew of and did not apply.

    `later` counts those events as the manifest does; the folder of an older run holds none.
    """

    folder: Path
    scenario: Scenario
    allocation: Allocation
    manifest: dict[str, Any]
    known: Entries | None
    later: int


def read_run(folder: Path) -> PastRun:
    """Read a run folder.

    Raises
    ------
    InputError
        When it is no run folder, or the independent check finds a fault in it.
    """
    label = label_of(folder)
    if not any((folder / name).is_file() for name in ("allocation.json", "manifest.json")):
        raise InputError([problem("run_missing", label)])
    for name in ("allocation.json", "manifest.json"):
        path = folder / name
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            limit = f"{MAX_BYTES / 1e6:.0f} MB"
            raise InputError([problem("run_too_large", str(path), size=size, limit=limit)])
    faults = verify_run(folder)
    if faults:
        raise InputError(
            [
                problem(
                    "run_faulty",
                    f"{label}: {fault.where}",
                    fault=Text(fault.message_zh, fault.message),
                )
                for fault in faults[:FAULTS_SHOWN]
            ]
        )
    scenario = load_scenario(folder / INPUTS / "scenario.yaml")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    document = json.loads((folder / "allocation.json").read_text(encoding="utf-8"))
    events = folder / INPUTS / EVENTS
    known = read_events(events, scenario.plan) if events.is_file() else None
    later = _later(manifest)
    return PastRun(folder, scenario, allocation_from(document), manifest, known, later)


def _later(manifest: dict[str, Any]) -> int:
    """Return how many later events the manifest counts; it may have been written by anybody."""
    counted = manifest.get("events")
    number = counted.get("later") if isinstance(counted, dict) else None
    return number if isinstance(number, int) else 0
