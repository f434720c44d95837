"""Whether a run folder holds exactly the files its manifest lists, unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minequota.optimizer.verify.documents import UnreadableError, read_json, sha256, stays_inside
from minequota.optimizer.verify.fault import Fault, fault

MANIFEST = "manifest.json"
NEEDED = ("allocation.json", "inputs/scenario.yaml", "inputs/plan.yaml", "inputs/mines.csv")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest; UnreadableError where it is none."""
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict):
        raise UnreadableError("expected a record")
    listed = manifest.get("files")
    if not isinstance(listed, dict) or not all(isinstance(one, str) for one in listed.values()):
        raise UnreadableError("expected `files` with a SHA-256 for each file")
    return manifest


def _present(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    } - {MANIFEST}


def _listed_faults(folder: Path, name: str, expected: str) -> list[Fault]:
    if not stays_inside(folder, name):
        return [fault("file_outside", name)]
    path = folder / name
    if not path.is_file():
        return [fault("file_missing", name)]
    try:
        found = sha256(path)
    except OSError as error:
        return [fault("file_unreadable", name, reason=error)]
    if found != expected.lower():
        return [fault("file_changed", name, found=found, expected=expected)]
    return []


def file_faults(folder: Path, listed: dict[str, str]) -> list[Fault]:
    """Return the files that are missing, changed, unlisted or outside the folder."""
    faults: list[Fault] = []
    for name, expected in listed.items():
        faults += _listed_faults(folder, name, expected)
    present = _present(folder)
    faults += [fault("file_unlisted", name) for name in sorted(present - set(listed))]
    faults += [
        fault("file_missing", name) for name in NEEDED if name not in listed and name not in present
    ]
    return faults
