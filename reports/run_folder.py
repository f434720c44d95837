"""The folder of one run: complete, verified and immutable, or not there at all.

Everything is written into a hidden folder beside the target, verified there, and renamed into
place in one step. A run that is interrupted, or whose tables fail the check, leaves nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.reports.csvfile import write_csv
from minequota.reports.machine import allocation_text
from minequota.reports.manifest import Origin, manifest_text
from minequota.reports.tables import build_tables
from minequota.reports.text import Lang
from minequota.reports.workbook import write_workbook
from minequota.scenarios.scenario import Scenario

Verify = Callable[[Path], Sequence[object]]
_NO_ANSWER = {SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER}


class RunFolderExistsError(FileExistsError):
    """The target is there already; a run never overwrites anything."""

    def __init__(self, place: Path) -> None:
        self.place = place
        super().__init__(f"{place} exists already; a run overwrites nothing.")


class VerificationFailedError(Exception):
    """The independent check found faults in the tables: a bug of the program.

    `faults` holds what the check reported. No run folder was written.
    """

    def __init__(self, faults: Sequence[object]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def write_run(
    scenario: Scenario,
    allocation: Allocation,
    out: Path,
    *,
    lang: Lang = "zh",
    command: str = "",
    timings: Mapping[str, float] | None = None,
    log_lines: Sequence[str] = (),
    verify: Verify | None = None,
) -> Path:
    """Write the run folder `out` and return its path.

    Parameters
    ----------
    command
        The command line asked, for the manifest.
    timings
        Seconds by phase.
    log_lines
        What the run said on its way, one line each.
    verify
        Reads the finished folder and returns the faults it finds; by default the independent
        check of the optimizer.

    Raises
    ------
    ValueError
        When the allocation has no answer to write.
    RunFolderExistsError
        When `out` exists, even as an empty folder.
    VerificationFailedError
        When `verify` finds a fault.
    OSError
        When the place cannot be written to.
    """
    if allocation.status in _NO_ANSWER:
        raise ValueError(f"A run of status {allocation.status.value} has no answer to write.")
    out = Path(os.path.abspath(out))
    refuse_existing(out)
    check = verify or _independent_check()
    made = _make_parents(out)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.unfinished-", dir=out.parent))
    try:
        run = staging / "run"
        run.mkdir()
        origin = Origin(scenario, allocation, command, dict(timings or {}))
        _fill(run, origin, lang, log_lines)
        faults = check(run)
        if faults:
            raise VerificationFailedError(faults)
        _move(run, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if not out.exists():
            _remove_empty(made)
    return out


def _make_parents(out: Path) -> list[Path]:
    """Make the folders above `out` and return the new ones, the innermost first."""
    missing = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: list[Path]) -> None:
    """Take away folders a failed run made, unless somebody put something there meanwhile."""
    for folder in folders:
        if any(folder.iterdir()):
            return
        folder.rmdir()


def refuse_existing(out: Path) -> None:
    """Raise `RunFolderExistsError` when there is anything at `out`, even an empty folder."""
    if os.path.lexists(out):
        raise RunFolderExistsError(out)


def default_run_folder(scenario: Scenario, now: datetime) -> Path:
    """Return ``runs/<scenario>-<cases>-<years>-<UTC time>``, below the working directory."""
    case = "+".join(scenario.cases) or "base"
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    question = scenario.question
    years = str(question.year)
    if question.mode == "calendar" and question.first_year is not None:
        years = f"{question.first_year}-{question.year}"
    name = f"{scenario.name}-{case}-{years}-{stamp}"
    return Path("runs") / "".join(one if one.isalnum() or one in "-_+." else "_" for one in name)


def _independent_check() -> Verify:
    from minequota.optimizer.verify import verify_run

    return verify_run


def _fill(run: Path, origin: Origin, lang: Lang, log_lines: Sequence[str]) -> None:
    from minequota.scenarios.load import resolved_documents

    scenario, allocation = origin.scenario, origin.allocation
    inputs = run / "inputs"
    inputs.mkdir()
    for name, content in resolved_documents(scenario).items():
        (inputs / name).write_bytes(content.encode("utf-8"))
    (run / "allocation.json").write_bytes(allocation_text(scenario, allocation).encode("utf-8"))
    tables = build_tables(scenario, allocation, lang)
    folder = run / "tables"
    folder.mkdir()
    for table in tables:
        write_csv(table, folder)
    write_workbook(tables, origin, run, lang)
    log = "".join(f"{line}\n" for line in (*_log_head(origin), *log_lines))
    (run / "log.txt").write_bytes(log.encode("utf-8"))
    (run / "manifest.json").write_bytes(manifest_text(origin, run).encode("utf-8"))


def _log_head(origin: Origin) -> list[str]:
    """Return what every log begins with: when, by which command, how far each goal was solved."""
    allocation = origin.allocation
    lines = [
        f"{origin.created.isoformat(timespec='seconds')} {origin.command}".rstrip(),
        f"{allocation.solver}: {allocation.status.value}",
    ]
    for goal in allocation.goals:
        value, bound = f"{goal.value:.12g}", f"{goal.bound:.12g}"
        lines.append(
            f"goal {goal.name}: {goal.status.value}, value {value}, bound {bound}, "
            f"rounded {goal.rounded_value:.12g}"
        )
    return lines


def _move(run: Path, out: Path) -> None:
    """Rename `run` to `out`, never onto something that came into being meanwhile."""
    if os.path.lexists(out):
        raise RunFolderExistsError(out)
    try:
        run.rename(out)
    except OSError as error:
        if os.path.lexists(out):
            raise RunFolderExistsError(out) from error
        raise
