"""The folder of one comparison: complete and checked, or not there at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

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
