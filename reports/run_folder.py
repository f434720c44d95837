"""The folder of one run: complete, verified and immutable, or not there at all.

Everything is written into a hidden folder beside the target, verified there, and renamed into
place in one step. A run that is interrupted, or whose tables fail the check, leaves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.reports.csvfile import write_csv
from minequota.reports.machine import allocation_text
from minequota.reports.manifest import Origin, manifest_text
from minequota.reports.staging import staged
from minequota.reports.tables import build_tables
from minequota.reports.text import Lang
from minequota.reports.workbook import write_workbook
from minequota.scenarios.scenario import Scenario

Verify = Callable[[Path], Sequence[object]]
_NO_ANSWER = {SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER}


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
    check = verify or _independent_check()
    with staged(out) as run:
        origin = Origin(scenario, allocation, command, dict(timings or {}))
        _fill(run, origin, lang, log_lines)
        faults = check(run)
        if faults:
            raise VerificationFailedError(faults)
    return out


def default_run_folder(scenario: Scenario, now: datetime) -> Path:
    """Return ``runs/<scenario>-<cases>-<years>-<UTC time>``, below the working directory."""
    case = "+".join(scenario.cases) or ("set" if scenario.changes else "as_written")
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
