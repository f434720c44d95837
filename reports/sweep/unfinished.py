"""The folder of a sweep under way: `<out>.unfinished`, until it is whole and becomes `<out>`."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from minequota.reports.staging import RunFolderExistsError, refuse_existing
from minequota.reports.sweep.lock import NAME as LOCK
from minequota.reports.sweep.lock import locked
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.parts import FOLDER as PARTS
from minequota.reports.sweep.parts import write_durably
from minequota.reports.sweep.specification import (
    Specification,
    differences,
    specification_from,
)
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.errors import InputError

ENDING = ".unfinished"
SWEEP, CASES, INPUTS, LOG, RESULT = "sweep.json", "cases.json", "inputs", "log.txt", "result"
_OWN = {SWEEP, CASES, INPUTS, LOG, RESULT, LOCK, PARTS}
_WINDOWS = set('<>:"|?*')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))}


def checked_out(out: Path) -> Path:
    """Return the absolute path of a result folder that may be made.

    Raises
    ------
    InputError
        When the name cannot be that of a result folder.
    RunFolderExistsError
        When something is there already.
    """
    name = out.name
    hostile = (
        not name
        or name in {".", ".."}
        or name.casefold().endswith(ENDING)
        or any(not one.isprintable() for one in str(out))
        or bool(_WINDOWS & set(name))
        or name != name.strip(" .")
        or name.partition(".")[0].casefold() in _DEVICES
    )
    if hostile:
        raise InputError([fault("sweep_out", "--out", value=str(out))])
    out = Path(os.path.abspath(out))
    refuse_existing(out)
    return out


def unfinished_of(out: Path) -> Path:
    """Return the folder in which the sweep that becomes `out` is under way."""
    return out.with_name(out.name + ENDING)


def named_unfinished(given: Path) -> Path:
    """Return the result folder meant by the argument of ``--resume``: either of its two names."""
    given = Path(os.path.abspath(given))
    if given.name.endswith(ENDING):
        given = given.with_name(given.name.removesuffix(ENDING))
    return checked_out(given)


class Unfinished:
    """A sweep under way, locked for this process."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = unfinished_of(out)
        self.took_over = ""
        self.began = time.perf_counter()

    @property
    def label(self) -> str:
        """The folder as messages show it."""
        return label_of(self.folder)

    def log(self, line: str) -> None:
        """Add one line to the log, with the time."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with (self.folder / LOG).open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{now} {' '.join(line.split())}\n")

    def begun(self) -> bool:
        """Whether a sweep was begun here before."""
        return (self.folder / SWEEP).is_file()

    def begin(self, specification: Specification) -> None:
        """Write down what is asked, sweep.json last: with it the sweep is there."""
        inputs = self.folder / INPUTS
        inputs.mkdir(exist_ok=True)
        (self.folder / PARTS).mkdir(exist_ok=True)
        for name, text in specification.documents.items():
            write_durably(inputs / name, text.encode("utf-8"))
        cases = json.dumps(specification.table_document(), ensure_ascii=False, allow_nan=False)
        write_durably(self.folder / CASES, cases.encode("utf-8"))
        text = json.dumps(specification.document(), ensure_ascii=False, indent=2, allow_nan=False)
        write_durably(self.folder / SWEEP, f"{text}\n".encode())

    def specification(self) -> Specification:
        """Read what was asked.

        Raises
        ------
        InputError
            When a file is damaged or was changed.
        """
        name = SWEEP
        try:
            document = json.loads((self.folder / SWEEP).read_text("utf-8"))
            names = [str(one) for one in document["documents"]]
            if any(one != Path(one).name for one in names):
                raise ValueError("a path in place of a name")
            name = INPUTS
            documents = {
                one: (self.folder / INPUTS / one).read_bytes().decode("utf-8") for one in names
            }
            name = CASES
            cases = json.loads((self.folder / CASES).read_text("utf-8"))
            name = SWEEP
            return specification_from(document, cases, documents)
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = str(error) or type(error).__name__
            raise InputError(
                [fault("sweep_broken", self.label, name=name, reason=reason)]
            ) from None

    def refuse_other(self, asked: Specification) -> None:
        """Raise `InputError` with every difference where another sweep was begun here."""
        old, new = self.specification().document(), asked.document()
        if old != new:
            raise InputError(differences(old, new, self.label))

    def result(self) -> Path:
        """Return an empty folder for the result; one left half made is cleared."""
        place = self.folder / RESULT
        if place.exists():
            shutil.rmtree(place)
        place.mkdir()
        return place

    def finish(self) -> None:
        """Give the result its place, in one step and onto nothing, and clear up behind it."""
        refuse_existing(self.out)
        try:
            (self.folder / RESULT).rename(self.out)
        except OSError as error:
            if os.path.lexists(self.out):
                raise RunFolderExistsError(self.out) from error
            raise
        for name in (PARTS, INPUTS):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        # sweep.json goes last: without it the folder would be a stranger's.
        for name in (CASES, LOG, SWEEP):
            with suppress(OSError):
                (self.folder / name).unlink()


@contextmanager
def unfinished(out: Path, tell: Callable[[Unfinished], None]) -> Iterator[Unfinished]:
    """Make or find the folder of a sweep and hold its lock; `tell` hears of a lock taken over.

    A folder in which nothing was begun disappears again.

    Raises
    ------
    InputError
        When another process works here, or what lies here is no sweep.
    """
    work = Unfinished(out)
    folder = work.folder
    if folder.is_symlink() or (folder.exists() and not _ours(folder)):
        raise InputError([fault("sweep_foreign", label_of(folder))])
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder) as left:
        work.took_over = left
        try:
            if left:
                tell(work)
            yield work
        finally:
            cleared = not work.begun()
            if cleared:
                _clear(folder)
    if cleared:
        # Where an open file cannot be taken away, as on Windows, its lock had to go first.
        _clear(folder)


def _ours(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {one.name for one in folder.iterdir() if not one.name.endswith(".tmp")}
    # The lock is the first thing written: without it and sweep.json this is a stranger's.
    return not names or (names <= _OWN and (SWEEP in names or LOCK in names))


def _clear(folder: Path) -> None:
    """Take away what is left of a folder in which nothing is to be gone on with."""
    for name in (LOCK, LOG, CASES):
        with suppress(OSError):
            (folder / name).unlink()
    for name in (INPUTS, PARTS, RESULT):
        shutil.rmtree(folder / name, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()
