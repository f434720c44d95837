"""A written robust plan checked again: its files, every future, and the figures of the plan."""

from __future__ import annotations

from pathlib import Path

from minequota.optimizer.verify import Fault, verify_run
from minequota.reports.folder_files import UNREADABLE, file_faults
from minequota.reports.robust_check import robust_faults
from minequota.reports.robust_document import FILE_NAME, FUTURES


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
    try:
        said = robust_faults(folder)
    except UNREADABLE as error:
        said = (f"{FILE_NAME} cannot be read: {error!r}",)
    faults += [
        Fault("ROBUST", FILE_NAME, one, f"稳健方案与各未来的文件不符：{one}") for one in said
    ]
    return tuple(faults)
