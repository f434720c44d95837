"""The folder of one comparison: complete and checked, or not there at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from minequota.reports.run_folder import RunFolderExistsError, refuse_existing

CASES = "cases"
_LONGEST = 60
# What Windows keeps for devices, whatever stands behind the first dot.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)),
}


def default_folder(scenario: str, now: datetime) -> Path:
    """Return ``runs/<scenario>-compare-<UTC time>``, below the working directory."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return Path("runs") / f"{_safe(scenario)}-compare-{stamp}"


def folder_names(cases: Iterable[str]) -> dict[str, str]:
    """Return a folder name for each case that every system can hold, no two alike.

    Windows tells no capitals apart, ends no name with a dot and keeps some for its devices.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for case in cases:
        plain = _safe(case)
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        names[case] = name
    return names


def _safe(text: str) -> str:
    kept = "".join(one if one.isalnum() or one in "-_+." else "_" for one in text)
    kept = kept[:_LONGEST].strip(".") or "_"
    return f"{kept}_" if kept.partition(".")[0].casefold() in _DEVICES else kept


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Yield a hidden folder to fill; it becomes `out` in one step unless something is raised.

    Raises
    ------
    RunFolderExistsError
        When there is anything at `out`, before or after the folder was filled.
    OSError
        When the place cannot be written to.
    """
    out = Path(os.path.abspath(out))
    refuse_existing(out)
    made = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.unfinished-", dir=out.parent))
    try:
        content = staging / "comparison"
        content.mkdir()
        yield content
        refuse_existing(out)
        try:
            content.rename(out)
        except OSError as error:
            if os.path.lexists(out):
                raise RunFolderExistsError(out) from error
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if not out.exists():
            _remove_empty(made)


def _remove_empty(folders: list[Path]) -> None:
    """Take away folders that were made for nothing, unless somebody put something there."""
    for folder in folders:
        if any(folder.iterdir()):
            return
        folder.rmdir()
