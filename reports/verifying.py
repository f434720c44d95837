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
        given = {one["name"]: one["folder"] for one in document["cases"] if one["folder"]}
        places = {name: _place(folder, text) for name, text in given.items()}
        gone = [given[name] for name, place in places.items() if not place.is_dir()]
        said = () if gone else comparison_faults(folder / _COMPARISON, places)
    except UNREADABLE as error:
        gone, said = [], (f"{_COMPARISON} cannot be read: {error!r}",)
    return (
        *faults,
        *(
            Fault(
                "COMPARE",
                _COMPARISON,
                f"The run compared is not there, so the figures cannot be checked: {one}",
                f"所对照的运行结果不在原处，无法核对数字：{one}",
            )
            for one in gone
        ),
        *(Fault("COMPARE", _COMPARISON, one, f"与各案例的文件不符：{one}") for one in said),
    )


def _place(folder: Path, text: str) -> Path:
    """Return where a case's run is: within the comparison, or where it was compared from."""
    inside = folder / text
    return inside if inside.is_dir() else Path(text)
