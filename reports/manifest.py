"""`manifest.json`: where a run comes from, and the hash of every other file of its folder."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import minequota
from minequota.optimizer.allocation import Allocation
from minequota.reports.assumptions import assumption_counts
from minequota.reports.provenance import register_share
from minequota.scenarios.scenario import Scenario

FORMAT = "minequota-manifest/1"
PACKAGES = (
    *("pulp", "highspy", "numpy", "pandas", "openpyxl", "pint", "pydantic"),
    *("pyyaml", "typer", "rich", "joblib", "pyarrow"),
)


@dataclass(frozen=True)
class Origin:
    """One run: what was asked, what came out, when and by which command."""

    scenario: Scenario
    allocation: Allocation
    command: str = ""
    timings: dict[str, float] = field(default_factory=dict)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))


def versions() -> dict[str, str]:
    """Return the versions of minequota, Python and the packages a result depends on."""
    found = {"minequota": minequota.__version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_hashes(run: Path) -> dict[str, str]:
    """Return the hash of every file below `run` but the manifest, by path with ``/``."""
    return {
        path.relative_to(run).as_posix(): sha256_of(path)
        for path in sorted(run.rglob("*"))
        if path.is_file() and path != run / "manifest.json"
    }


def manifest(origin: Origin, run: Path) -> dict[str, Any]:
    """Return `manifest.json` as a dictionary."""
    scenario, allocation = origin.scenario, origin.allocation
    share = register_share(scenario)
    return {
        "format": FORMAT,
        "created": origin.created.astimezone(UTC).isoformat(timespec="seconds"),
        "command": origin.command,
        "scenario": scenario.name,
        "plan": scenario.plan.id,
        "document": scenario.plan.document,
        "year": allocation.year,
        "years": list(allocation.years),
        "mode": allocation.mode,
        "cases": list(scenario.cases),
        "changes": [
            {
                "case": change.case,
                "path": change.path,
                "old": _plain(change.old),
                "new": _plain(change.new),
            }
            for change in scenario.changes
        ],
        "status": allocation.status.value,
        "solver": allocation.solver,
        "register": {
            "rights": share.total,
            "synthetic": share.synthetic,
            "partly_synthetic": share.partly,
            "not_synthetic": share.real,
        },
        "events": {"applied": len(scenario.events), "later": len(scenario.events_later)},
        "assumed": assumption_counts(scenario, allocation),
        "versions": versions(),
        "timings": {name: round(seconds, 3) for name, seconds in origin.timings.items()},
        "files": file_hashes(run),
    }


def manifest_text(origin: Origin, run: Path) -> str:
    """Return `manifest.json` as text."""
    return json.dumps(manifest(origin, run), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: object) -> object:
    """Return a value of a change as JSON can hold it."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)
