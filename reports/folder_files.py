"""The files of a written folder against its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from minequota.optimizer.verify import Fault
from minequota.reports.manifest import file_hashes

_MANIFEST = "manifest.json"
# What a file that is none of ours may make of being read.
UNREADABLE = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, yaml.YAMLError),
)


def file_faults(folder: Path) -> Iterator[Fault]:
    """Yield files that are missing, changed or added since the manifest was written."""
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["files"]
        listed = {str(name): str(digest) for name, digest in said.items()}
    except UNREADABLE as error:
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
