"""The contents of files already read, so that what-ifs of one scenario read each file once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_OPEN: ContextVar[Shelf | None] = ContextVar("open shelf", default=None)


class Shelf:
    """Contents of files by path. While it is open, `read_bytes` looks here first.

    Parameters
    ----------
    texts
        Files that are on no disk, by name.
    folder
        The folder they appear to stand in. Nothing below it is ever looked for on a disk.
    """

    def __init__(self, texts: Mapping[str, str] | None = None, folder: Path | None = None) -> None:
        self.folder = folder
        self._kept: dict[Path, bytes] = {}
        if folder is not None:
            self._kept = {folder / name: text.encode() for name, text in (texts or {}).items()}

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let files be read from here; what is read meanwhile is kept."""
        before = _OPEN.set(self)
        try:
            yield
        finally:
            _OPEN.reset(before)

    def stands_for(self, path: Path) -> bool:
        """Whether a file would stand in the folder that is on no disk."""
        return self.folder is not None and self.folder in path.parents

    def get(self, path: Path) -> bytes | None:
        """Return a file's content, or None where it has not been read."""
        return self._kept.get(path)

    def keep(self, path: Path, content: bytes) -> None:
        """Remember what a file said."""
        self._kept[path] = content


def open_shelf() -> Shelf | None:
    """Return the shelf that is open, if any."""
    return _OPEN.get()
