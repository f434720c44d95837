"""The finished chunks of an unfinished sweep: one file each, whole or not counted."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minequota.optimizer.sweep.job import Parameter, Row, SweepCase
from minequota.reports.sweep.specification import digest_of

FORMAT = "minequota-sweep-part/1"
FOLDER = "parts"


class WrongRowsError(ValueError):
    """Rows that do not answer the cases of their chunk: a fault of the program."""


@dataclass(frozen=True)
class Part:
    """One solved chunk: its number, its rows, how long it took and who solved it."""

    chunk: int
    rows: tuple[Row, ...]
    seconds: float
    worker: str


def part_path(folder: Path, chunk: int) -> Path:
    """Return where the part of a chunk lies."""
    return folder / FOLDER / f"chunk-{chunk:05d}.json"


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    if os.name == "posix":
        # The name itself is on the disk only once its folder is.
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_part(folder: Path, part: Part, sweep: str) -> None:
    """Keep a part of the sweep whose hash is `sweep`; the first line is the hash of the rest."""
    document = {
        "format": FORMAT,
        "sweep": sweep,
        "chunk": part.chunk,
        "seconds": round(part.seconds, 3),
        "worker": part.worker,
        "rows": list(part.rows),
    }
    body = json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8")
    path = part_path(folder, part.chunk)
    write_durably(path, digest_of(body).encode("ascii") + b"\n" + body + b"\n")


def read_part(
    folder: Path,
    chunk: int,
    sweep: str,
    cases: Sequence[SweepCase],
    parameters: Sequence[Parameter],
) -> Part | None:
    """Return a part; None where it is missing, torn, or of another sweep: it is solved again."""
    try:
        content = part_path(folder, chunk).read_bytes()
    except OSError:
        return None
    head, _, rest = content.partition(b"\n")
    body = rest.removesuffix(b"\n")
    if head.decode("ascii", "replace") != digest_of(body):
        return None
    try:
        document = json.loads(body.decode("utf-8"))
        return _part(document, sweep, chunk, cases, parameters)
    except (ValueError, LookupError, TypeError, AttributeError, WrongRowsError):
        return None


def _part(
    document: Any,
    sweep: str,
    chunk: int,
    cases: Sequence[SweepCase],
    parameters: Sequence[Parameter],
) -> Part | None:
    if (document.get("format"), document.get("sweep"), document.get("chunk")) != (
        FORMAT,
        sweep,
        chunk,
    ):
        return None
    rows = tuple(document["rows"])
    check_rows(rows, cases, parameters)
    return Part(chunk, rows, document["seconds"], document["worker"])


def check_rows(
    rows: Sequence[Row], cases: Sequence[SweepCase], parameters: Sequence[Parameter]
) -> None:
    """Check that rows answer exactly these cases, in their order, with finite figures.

    Raises
    ------
    WrongRowsError
        When they do not.
    """
    if len(rows) != len(cases):
        raise WrongRowsError(f"{len(rows)} rows for {len(cases)} cases")
    for row, case in zip(rows, cases, strict=True):
        if row.get("case") != case.number:
            raise WrongRowsError(f"case {row.get('case')} where {case.number} was asked")
        if not isinstance(row.get("status"), str):
            raise WrongRowsError(f"case {case.number} has no status")
        for parameter, value in zip(parameters, case.values, strict=True):
            # A factor on a demand shares its name with the demand's own column.
            if parameter.kind == "value" and row.get(parameter.path, value) != value:
                raise WrongRowsError(f"case {case.number} was solved with another value")
        for name, found in row.items():
            if not isinstance(name, str) or not isinstance(found, str | int | float | None):
                raise WrongRowsError(f"{name} of case {case.number} is a {type(found).__name__}")
            if isinstance(found, float) and not math.isfinite(found):
                raise WrongRowsError(f"{name} of case {case.number} is {found}")
