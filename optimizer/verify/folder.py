"""The check of a whole run folder: files, inputs, records, printed tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from minequota.optimizer.verify.documents import UnreadableError, read_json, stays_inside
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.files import MANIFEST, file_faults, read_manifest
from minequota.optimizer.verify.manifest import manifest_faults
from minequota.optimizer.verify.shape import shape_faults, to_frames
from minequota.optimizer.verify.tables import table_faults
from minequota.scenarios.scenario import Scenario

ALLOCATION = "allocation.json"
INPUTS = "inputs/scenario.yaml"


def _scenario(folder: Path, manifest: dict[str, Any]) -> Scenario:
    """Return the saved question under the name and cases it was asked with.

    The saved inputs have the cases worked into them, so only the manifest still names them.
    """
    from minequota.scenarios.load import load_scenario

    try:
        scenario = load_scenario(folder / INPUTS)
    except Exception as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    name, cases = manifest.get("scenario"), manifest.get("cases", [])
    if not isinstance(name, str) or not isinstance(cases, list):
        raise UnreadableError("the manifest does not say which scenario and cases were asked")
    return replace(scenario, name=name, cases=tuple(str(case) for case in cases))


def run_faults(folder: Path) -> tuple[Fault, ...]:
    """Return every fault of the run in `folder`."""
    from minequota.optimizer.verify.check import record_faults

    if not folder.is_dir():
        return (fault("file_missing", folder),)
    faults: list[Fault] = []
    manifest: dict[str, Any] = {}
    try:
        manifest = read_manifest(folder)
        faults += file_faults(folder, manifest["files"])
    except UnreadableError as error:
        faults.append(fault("manifest_unreadable", MANIFEST, reason=error))
    scenario: Scenario | None = None
    try:
        if not stays_inside(folder, INPUTS):
            raise UnreadableError("it lies outside the run folder")
        scenario = _scenario(folder, manifest)
    except UnreadableError as error:
        faults.append(fault("inputs_unreadable", INPUTS, reason=error))
    try:
        records = read_json(folder / ALLOCATION)
    except UnreadableError as error:
        return (*faults, fault("allocation_unreadable", ALLOCATION, reason=error))
    if scenario is None:
        return tuple(faults)
    if manifest and isinstance(records, dict):
        faults += manifest_faults(manifest, scenario, records)
    faults += record_faults(scenario, records)
    if not shape_faults(records):
        faults += table_faults(folder, scenario, to_frames(records))
    return tuple(faults)
