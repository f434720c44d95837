"""A written robust plan checked again: its files, every future, and the figures of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from minequota.optimizer.verify import Fault, verify_run
from minequota.reports.manifest import file_hashes
from minequota.reports.robust_check import robust_faults
from minequota.reports.robust_document import FILE_NAME, FUTURES

_MANIFEST = "manifest.json"
# What a file that is none of ours may make of being read.
_UNREADABLE = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, yaml.YAMLError),
)


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
    faults = [*_files(folder)]
    for place in sorted((folder / FUTURES).iterdir()) if (folder / FUTURES).is_dir() else ():
        faults += [
            Fault(one.code, f"{FUTURES}/{place.name} {one.where}", one.message, one.message_zh)
            for one in verify_run(place)
        ]
    try:
        said = robust_faults(folder)
    except _UNREADABLE as error:
        said = (f"{FILE_NAME} cannot be read: {error!r}",)
    faults += [
        Fault("ROBUST", FILE_NAME, one, f"稳健方案与各未来的文件不符：{one}") for one in said
    ]
    return tuple(faults)


def _files(folder: Path) -> Iterator[Fault]:
    """Files that are missing, changed or added since the manifest was written."""
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["files"]
        listed = {str(name): str(digest) for name, digest in said.items()}
    except _UNREADABLE as error:
        text = f"It cannot be read: {error!r}"
        yield Fault("FILES", _MANIFEST, text, f"无法读取：{error!r}")
        return
    found = file_hashes(folder)
    for name in sorted(set(listed) | set(found)):
        if name not in found:
            yield Fault("FILES", name, "The file is missing.", "缺少该文件。")
        elif name not in listed:
            yield Fault("FILES", name, "The manifest does not know it.", "清单中没有该文件。")
        elif listed[name] != found[name]:
            yield Fault("FILES", name, "It was changed afterwards.", "该文件事后被改动。")
