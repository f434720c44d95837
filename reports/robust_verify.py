"""A written robust plan checked again: its files, every future, and the figures of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from minequota.optimizer.verify import Fault, verify_records, verify_run
from minequota.reports.folder_files import UNREADABLE, file_faults
from minequota.reports.robust_check import robust_faults
from minequota.reports.robust_document import FILE_NAME, FUTURES
from minequota.reports.robust_own import OWN
from minequota.scenarios.errors import InputError


def is_robust(folder: Path) -> bool:
    """Whether a folder is that of a robust plan."""
    return (folder / FILE_NAME).is_file()


def verify_robust(folder: Path) -> tuple[Fault, ...]:
    """Check the folder of a robust plan, from its files alone.

    Returns
    -------
    tuple of Fault
        Empty for a complete, unchanged and correct plan.
    """
    faults = [*file_faults(folder)]
    for place in sorted((folder / FUTURES).iterdir()) if (folder / FUTURES).is_dir() else ():
        faults += [
            Fault(one.code, f"{FUTURES}/{place.name} {one.where}", one.message, one.message_zh)
            for one in verify_run(place)
        ]
    faults += _own_faults(folder)
    try:
        said = robust_faults(folder)
    except UNREADABLE as error:
        said = (f"{FILE_NAME} cannot be read: {error!r}",)
    faults += [
        Fault("ROBUST", FILE_NAME, one, f"稳健方案与各未来的文件不符：{one}") for one in said
    ]
    return tuple(faults)


def _own_faults(folder: Path) -> Iterator[Fault]:
    """Check the records of every future's own plan against the question in its run folder."""
    from minequota.scenarios.load import load_scenario

    for path in sorted((folder / OWN).glob("*.json")):
        place, where = folder / FUTURES / path.stem, f"{OWN}/{path.name}"
        try:
            records = json.loads(path.read_text(encoding="utf-8"))
            manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
            # The saved question has its cases worked in: only the manifest still names them.
            scenario = replace(
                load_scenario(place / "inputs" / "scenario.yaml"),
                name=manifest["scenario"],
                cases=tuple(manifest["cases"]),
            )
            found = verify_records(scenario, records)
        except (*UNREADABLE, InputError) as error:
            yield Fault("ROBUST", where, f"It cannot be read: {error!r}", f"无法读取：{error!r}")
            continue
        for one in found:
            yield Fault(one.code, f"{where} {one.where}", one.message, one.message_zh)
