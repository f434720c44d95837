"""One process at a time in the folder of an unfinished sweep."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from minequota.reports.sweep.messages import fault
from minequota.scenarios.errors import InputError

NAME = "lock"
_MOST = 4096
# Windows locks bytes against reading too, so the byte that is locked lies behind the text.
_FAR = 1 << 20


@contextmanager
def locked(folder: Path) -> Iterator[str]:
    """Hold the folder's lock; yields who left it behind without ending, or an empty text.

    The operating system drops a lock with the process that held it, so that of a dead one is
    taken over. Where the file names another machine nobody can tell: it is refused.

    Raises
    ------
    InputError
        When another process holds it.
    """
    path = folder / NAME
    file = _opened(path)
    try:
        before = _holder(file)
        own = {"pid": os.getpid(), "host": socket.gethostname()}
        left = ""
        if before:
            left = f"{before.get('host')}, pid {before.get('pid')}, {before.get('since')}"
            if before.get("host") != own["host"]:
                raise InputError([fault("sweep_locked_elsewhere", str(path), holder=left)])
        since = datetime.now(UTC).isoformat(timespec="seconds")
        _write(file, json.dumps({**own, "since": since}))
        try:
            yield left
        finally:
            _write(file, "")
    finally:
        _unlock(file)
        file.close()


def _opened(path: Path) -> IO[bytes]:
    """Open and lock the file, which somebody who just ended may be taking away."""
    while True:
        file = path.open("a+b")
        try:
            _lock(file)
        except OSError:
            holder = _holder(file)
            file.close()
            said = f"{holder.get('host')}, pid {holder.get('pid')}" if holder else "?"
            raise InputError([fault("sweep_locked", str(path), holder=said)]) from None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


def _holder(file: IO[bytes]) -> dict[str, object]:
    file.seek(0)
    try:
        found = json.loads(file.read(_MOST).decode("utf-8"))
    except (ValueError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: IO[bytes], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text.encode("utf-8"))
    file.flush()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
