"""Small ways of damaging a run folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from minequota.optimizer.verify import verify_run

Damage = Callable[[Path], object]
Grid = list[list[str]]


@dataclass(frozen=True)
class WrongRun:
    """A change to a correct run folder and the one fault meant to catch it.

    `of` is the mechanism whose run is damaged; the hand-solved year where empty.
    """

    code: str
    where: str
    damage: Damage
    of: str = ""

    def caught(self, run: Path) -> bool:
        """Damage `run` and return whether the check that is meant says so."""
        self.damage(run)
        return any(one.code == self.code and self.where in one.where for one in verify_run(run))


def rehash(run: Path) -> None:
    """Bring the manifest's hashes up to the files, so that hashes cannot be what catches."""
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = {
        path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def write(name: str, content: bytes) -> Damage:
    """Replace a file's content."""
    return lambda run: (run / name).write_bytes(content)


def append(name: str, content: bytes) -> Damage:
    """Add to a file's content."""
    return lambda run: (run / name).write_bytes((run / name).read_bytes() + content)


def table_path(run: Path, number: int) -> Path:
    """Return the file of one table."""
    return next((run / "tables").glob(f"table{number}_*.csv"))


def edit(number: int, change: Callable[[Grid], object]) -> Damage:
    """Change the cells of one table and hash it anew."""

    def damage(run: Path) -> None:
        path = table_path(run, number)
        grid = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        change(grid)
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(grid)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
        rehash(run)

    return damage


def cell(number: int, holding: tuple[str, ...], column: str, value: str) -> Damage:
    """Change one cell: of the first line that holds all these texts, in that column."""

    def change(grid: Grid) -> None:
        line = next(one for one in grid[1:] if set(holding) <= set(one))
        at = grid[0].index(column)
        assert line[at] != value, "nothing would change"
        line[at] = value

    return edit(number, change)


def without(number: int, *holding: str) -> Damage:
    """Leave out the first line that holds all these texts."""

    def change(grid: Grid) -> None:
        grid.remove(next(one for one in grid[1:] if set(holding) <= set(one)))

    return edit(number, change)


def doubled(number: int, *holding: str) -> Damage:
    """Write the first line that holds all these texts twice."""

    def change(grid: Grid) -> None:
        grid.append(list(next(one for one in grid[1:] if set(holding) <= set(one))))

    return edit(number, change)
