"""The plans made for one future alone, as written beside a robust plan: records to recompute from.

`robust_figures` measures prices, regrets and the value of knowing from these; the check reads them
back. Their goals are those their rights reach as they are issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minequota.optimizer.robust.result import RobustPlan
from minequota.reports.machine import allocation_text

OWN = "own"


def own_files(folders: Mapping[str, str]) -> dict[str, str]:
    """Return the file of each future's own plan, below the robust plan's folder.

    Parameters
    ----------
    folders
        Each future's run folder; the file is called like it.
    """
    return {name: f"{OWN}/{Path(place).name}.json" for name, place in folders.items()}


def write_own(plan: RobustPlan, folder: Path, folders: Mapping[str, str]) -> None:
    """Write every future's own plan as an allocation.json each."""
    (folder / OWN).mkdir()
    files = own_files(folders)
    for future, answer in zip(plan.futures, plan.own, strict=True):
        text = allocation_text(future.scenario, answer)
        (folder / files[future.name]).write_bytes(text.encode("utf-8"))
