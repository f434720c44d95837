"""`minequota verify` on every kind of folder the program writes."""

from __future__ import annotations

import json
from pathlib import Path

from minequota.optimizer.verify import Fault, verify_run
from minequota.reports.compare.check import comparison_faults
from minequota.reports.folder_files import UNREADABLE, file_faults
from minequota.reports.robust_verify import is_robust, verify_robust

_COMPARISON, _SWEEP = "comparison.json", "sweep.json"
_MANIFEST, _CASES = "manifest.json", "cases"


def verify_folder(folder: Path) -> tuple[Fault, ...] | None:
    """Check a folder again, from its files alone.

    Of a run and of everything that holds runs (a comparison, a robust plan) every figure is
    recomputed; of a sweep the files are compared with their hashes.

    Returns
    -------
    tuple of Fault or None
        None for a folder that is none of ours to check.
    """
    if is_robust(folder):
        return verify_robust(folder)
    if (folder / _COMPARISON).is_file():
        return _comparison(folder)
    if (folder / _SWEEP).is_file():
        return tuple(file_faults(folder))
    if (folder / "allocation.json").is_file() or (folder / _MANIFEST).is_file():
        return verify_run(folder)
    return None


def _comparison(folder: Path) -> tuple[Fault, ...]:
    """Its files, every case, and every difference again from the cases' files."""
    faults = [*file_faults(folder)]
    cases = folder / _CASES
    for place in sorted(cases.iterdir()) if cases.is_dir() else ():
        faults += [
            Fault(one.code, f"{_CASES}/{place.name} {one.where}", one.message, one.message_zh)
            for one in verify_run(place)
        ]
    try:
        document = json.loads((folder / _COMPARISON).read_text(encoding="utf-8"))
        places = {
            one["name"]: folder / one["folder"]
            for one in document["cases"]
            if one["folder"] and (folder / one["folder"]).is_dir()
        }
        said = comparison_faults(folder / _COMPARISON, places)
    except UNREADABLE as error:
        said = (f"{_COMPARISON} cannot be read: {error!r}",)
    return (
        *faults,
        *(Fault("COMPARE", _COMPARISON, one, f"与各案例的文件不符：{one}") for one in said),
    )
