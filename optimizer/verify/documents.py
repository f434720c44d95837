"""Reading the files of a run folder that may be damaged, or worse."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any


class UnreadableError(ValueError):
    """A file is not the document it should be; the text says why."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UnreadableError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def read_json(path: Path) -> Any:
    """Return the content of a JSON file; UnreadableError for anything else."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except UnreadableError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stays_inside(folder: Path, name: str) -> bool:
    """Whether `name` is a plain relative path whose file, links followed, lies in `folder`."""
    path = PurePosixPath(name)
    if not name or "\\" in name or "\0" in name or path.is_absolute() or ".." in path.parts:
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())
