"""The folder of the next year: written aside, checked, loaded again, and renamed into place."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from minequota.reports.manifest import file_hashes, sha256_of, versions
from minequota.reports.roll.check import Asked, faults
from minequota.reports.roll.document import Told, text
from minequota.reports.roll.page import page
from minequota.reports.run_folder import VerificationFailedError
from minequota.reports.staging import staged
from minequota.reports.text import Lang
from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.errors import InputError
from minequota.scenarios.load import load_scenario
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.resolved import PLAN_FILE, REGISTER_FILE, SCENARIO_FILE
from minequota.scenarios.rolling.later import format_events
from minequota.scenarios.rolling.roll import EVENTS_FILE

FORMAT = "minequota-roll-manifest/1"
PAGE_FILE = "roll.md"
DOCUMENT_FILE = "roll.json"
# Not manifest.json, by which a run folder is known: this one is a scenario.
MANIFEST_FILE = "roll_manifest.json"


def write(told: Told, out: Path, lang: Lang) -> Path:
    """Write the folder `out` and return its path.

    Raises
    ------
    RunFolderExistsError
        When there is anything at `out`.
    VerificationFailedError
        When the totals do not add up or the folder does not load: a bug of the program.
    OSError
        When the place cannot be written to.
    """
    out = Path(os.path.abspath(out))
    with staged(out) as folder:
        _fill(told, folder, lang)
        _check(told, folder)
    return out


def _fill(told: Told, folder: Path, lang: Lang) -> None:
    for name, content in _documents(told).items():
        (folder / name).write_bytes(content.encode("utf-8"))
    (folder / DOCUMENT_FILE).write_bytes(text(told).encode("utf-8"))
    (folder / PAGE_FILE).write_bytes(page(told, lang).encode("utf-8"))
    content = json.dumps(_manifest(told, folder), ensure_ascii=False, indent=2, allow_nan=False)
    (folder / MANIFEST_FILE).write_bytes(f"{content}\n".encode())


def _documents(told: Told) -> dict[str, str]:
    rolled = told.rolled
    question = rolled.question.model_copy(
        update={"plan": PLAN_FILE, "register_": REGISTER_FILE, "cases": {}, "default_case": None}
    )
    documents = {
        SCENARIO_FILE: format_yaml(
            question.model_dump(mode="json", by_alias=True, exclude_none=True)
        ),
        PLAN_FILE: format_yaml(
            rolled.plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        ),
        REGISTER_FILE: "\ufeff" + format_register(rolled.rights),
    }
    if rolled.later:
        documents[EVENTS_FILE] = "\ufeff" + format_events(rolled.later)
    return documents


def _manifest(told: Told, folder: Path) -> dict[str, Any]:
    """Return what the folder comes from. No time stands in it: the same roll, the same bytes."""
    year = told.year
    inputs = {"actual": year.actual} | ({"events": told.events} if told.events else {})
    return {
        "format": FORMAT,
        "passed": year.passed,
        "run": {
            "name": told.run.folder.name,
            "manifest_sha256": sha256_of(told.run.folder / "manifest.json"),
            "files": told.run.manifest["files"],
        },
        **{name: {"name": path.name, "sha256": sha256_of(path)} for name, path in inputs.items()},
        "options": {
            "as_planned": year.as_planned,
            "extend_plan": year.extend_plan,
            "missing": year.missing,
            "tolerance": year.tolerance,
            "confirm_large": list(year.confirmed),
        },
        "versions": {name: versions()[name] for name in ("minequota", "python")},
        "files": file_hashes(folder),
    }


def _check(told: Told, folder: Path) -> None:
    run, year = told.run, told.year
    asked = Asked(
        run.folder,
        year.actual,
        told.events,
        year.passed,
        year.as_planned,
        run.scenario.plan,
        year.extend_plan,
    )
    found = faults(asked, folder)
    try:
        load_scenario(folder)
    except InputError as error:
        found += [str(problem) for problem in error.problems]
    if found:
        raise VerificationFailedError(found)
