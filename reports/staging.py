"""A folder that is complete or not there: filled under a hidden name, then renamed in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunFolderExistsError(FileExistsError):
    """The target is there already; nothing is ever overwritten."""

    def __init__(self, place: Path) -> None:
        self.place = place
        super().__init__(f"{place} exists already; a run overwrites nothing.")


def refuse_existing(out: Path) -> None:
    """Raise `RunFolderExistsError` when there is anything at `out`, even an empty folder."""
    if os.path.lexists(out):
        raise RunFolderExistsError(out)


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
    missing = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.unfinished-", dir=out.parent))
    try:
        content = staging / "run"
        content.mkdir()
        yield content
        _move(content, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if not out.exists():
            _remove_empty(missing)


def _move(content: Path, out: Path) -> None:
    """Rename `content` to `out`, never onto something that came into being meanwhile."""
    refuse_existing(out)
    try:
        content.rename(out)
    except OSError as error:
        if os.path.lexists(out):
            raise RunFolderExistsError(out) from error
        raise


def _remove_empty(folders: list[Path]) -> None:
    """Take away folders made for nothing, unless somebody put something there meanwhile."""
    for folder in folders:
        if any(folder.iterdir()):
            return
        folder.rmdir()
