"""The finished sweep as a folder: table, specification, inputs, log, manifest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minequota.reports.manifest import file_hashes, versions
from minequota.reports.provenance import register_sentence, register_share
from minequota.reports.safe_text import guarded
from minequota.reports.sweep.columns import Cases
from minequota.reports.sweep.files import write_csv, write_parquet
from minequota.reports.sweep.parts import Part
from minequota.reports.sweep.specification import Specification
from minequota.reports.sweep.summary import Summary
from minequota.reports.sweep.unfinished import INPUTS, LOG, SWEEP, Unfinished
from minequota.reports.text import Lang
from minequota.scenarios.scenario import Scenario

MANIFEST_FORMAT = "minequota-sweep-manifest/1"
TURNING_POINTS = "turning_points.csv"


@dataclass(frozen=True)
class Finished:
    """All that the result is made of."""

    specification: Specification
    scenario: Scenario
    cases: Cases
    summary: Summary
    parts: Sequence[Part]
    turning_points: Sequence[Mapping[str, Any]] = ()
    command: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)


def write_result(done: Finished, work: Unfinished, lang: Lang) -> Path:
    """Write the result folder, check it, and give it its place.

    Raises
    ------
    UnlikeTableError
        When a file does not hold what was written.
    OSError
        When the place cannot be written to.
    """
    folder = work.result()
    document = done.specification.document()
    about = {
        "sweep": document["sha256"],
        "scenario": document["scenario"],
        "parameters": document["parameters"],
        "sample": document["sample"],
        "register": register_sentence(done.scenario, "zh"),
        "register_en": register_sentence(done.scenario, "en"),
    }
    write_parquet(done.cases, folder, about)
    write_csv(done.cases, folder, lang)
    inputs = folder / INPUTS
    inputs.mkdir()
    for name, text in done.specification.documents.items():
        (inputs / name).write_bytes(text.encode("utf-8"))
    if done.turning_points:
        (folder / TURNING_POINTS).write_bytes(_turning_csv(done.turning_points))
    _write_json(
        folder / SWEEP,
        document
        | {
            "summary": done.summary.document(),
            "turning_points": [dict(one) for one in done.turning_points],
        },
    )
    (folder / LOG).write_bytes((work.folder / LOG).read_bytes())
    _write_json(folder / "manifest.json", _manifest(done, folder))
    work.finish()
    return work.out


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_bytes(f"{text}\n".encode())


def _manifest(done: Finished, folder: Path) -> dict[str, Any]:
    scenario, share = done.scenario, register_share(done.scenario)
    workers: dict[str, int] = {}
    for part in done.parts:
        workers[part.worker] = workers.get(part.worker, 0) + 1
    solving = round(sum(part.seconds for part in done.parts), 3)
    return {
        "format": MANIFEST_FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": done.command,
        "scenario": done.specification.scenario,
        "plan": scenario.plan.id,
        "document": scenario.plan.document,
        "cases": list(done.specification.named_cases),
        "changes": [dict(one) for one in done.specification.changes],
        "sample": done.specification.sample,
        "register": {
            "rights": share.total,
            "synthetic": share.synthetic,
            "partly_synthetic": share.partly,
            "not_synthetic": share.real,
        },
        "versions": versions(),
        "timings": {name: round(spent, 3) for name, spent in done.seconds.items()}
        | {"solving, all workers": solving},
        "chunks": len(done.parts),
        "workers": dict(sorted(workers.items())),
        "files": file_hashes(folder),
    }


def _turning_csv(records: Sequence[Mapping[str, Any]]) -> bytes:
    names = list(dict.fromkeys(name for one in records for name in one))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    for one in records:
        writer.writerow([_plain(one.get(name)) for name in names])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return f"{value:.12g}" if isinstance(value, float) else str(value).lower()
    return guarded(str(value))
