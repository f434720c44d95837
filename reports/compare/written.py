"""The files of a comparison's folder: document, tables, workbook, log, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minequota.reports.compare.book import write_book
from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.document import FILE_NAME, comparison_text
from minequota.reports.compare.tables import build_tables
from minequota.reports.csvfile import write_csv
from minequota.reports.manifest import file_hashes, versions
from minequota.reports.text import Lang

MANIFEST_FORMAT = "minequota-comparison-manifest/1"


@dataclass(frozen=True)
class Origin:
    """One comparison: what it found, by which command, seconds by case, cases left out."""

    comparison: Comparison
    command: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    other_mode: tuple[str, ...] = ()
    created: datetime = field(default_factory=lambda: datetime.now(UTC))


def write_comparison(origin: Origin, folder: Path, lang: Lang) -> None:
    """Write everything but the run folders of the cases, which stand in `folder` already."""
    comparison = origin.comparison
    (folder / FILE_NAME).write_bytes(comparison_text(comparison).encode("utf-8"))
    tables = build_tables(comparison, lang)
    place = folder / "tables"
    place.mkdir()
    for table in tables:
        write_csv(table, place)
    write_book(origin.comparison, tables, _facts(origin), folder, origin.created, lang)
    log = "".join(f"{line}\n" for line in _log(origin))
    (folder / "log.txt").write_bytes(log.encode("utf-8"))
    text = json.dumps(_manifest(origin, folder), ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "manifest.json").write_bytes(f"{text}\n".encode())


def _facts(origin: Origin) -> dict[str, str]:
    return {"command": origin.command, "other_mode": ", ".join(origin.other_mode)}


def _manifest(origin: Origin, folder: Path) -> dict[str, Any]:
    comparison = origin.comparison
    return {
        "format": MANIFEST_FORMAT,
        "created": origin.created.astimezone(UTC).isoformat(timespec="seconds"),
        "command": origin.command,
        "base": comparison.base,
        "cases": [
            {"name": case.name, "status": case.status.value, "folder": case.folder}
            for case in comparison.cases
        ],
        "other_mode": list(origin.other_mode),
        "versions": versions(),
        "timings": {name: round(spent, 3) for name, spent in origin.timings.items()},
        "files": file_hashes(folder),
    }


def _log(origin: Origin) -> list[str]:
    lines = [f"{origin.created.isoformat(timespec='seconds')} {origin.command}".rstrip()]
    comparison = origin.comparison
    for case in comparison.cases:
        spent = origin.timings.get(case.name)
        took = "" if spent is None else f", {spent:.3f} s"
        lines.append(f"{case.kind} {case.name}: {case.status.value}{took} {case.folder}".rstrip())
    lines += [f"left out, planned in another mode: {name}" for name in origin.other_mode]
    lines.append(
        f"base {comparison.base}; keys that differ: {len(comparison.inputs)}; "
        f"mines {len(comparison.mines)}, zones {len(comparison.zones)}, "
        f"rights {len(comparison.rights)}"
    )
    return lines
