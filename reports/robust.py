"""One whole robust plan: read the futures, decide, solve each, write, check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.robust.future import Future
from minequota.optimizer.robust.plan import solve_robust
from minequota.optimizer.robust.result import RobustPlan
from minequota.optimizer.verify import verify_records
from minequota.reports.compare.folder import folder_names
from minequota.reports.csvfile import write_csv
from minequota.reports.failures import Exit
from minequota.reports.machine import allocation_document
from minequota.reports.manifest import file_hashes, sha256_of, versions
from minequota.reports.robust_book import write_book
from minequota.reports.robust_check import robust_faults
from minequota.reports.robust_document import (
    FILE_NAME,
    FUTURES,
    Files,
    robust_document,
    robust_text,
)
from minequota.reports.robust_figures import figures_of
from minequota.reports.robust_order import open_futures, read_futures, read_measure
from minequota.reports.robust_own import own_files, write_own
from minequota.reports.robust_rights import decisions
from minequota.reports.robust_tables import robust_tables
from minequota.reports.robust_words import PHASES, Report
from minequota.reports.run import Clock, Order
from minequota.reports.run_folder import VerificationFailedError, default_run_folder, write_run
from minequota.reports.staging import refuse_existing, staged
from minequota.reports.text import word

MANIFEST_FORMAT = "minequota-robust-manifest/1"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Done:
    """A finished robust plan: checked and written to `folder`."""

    report: Report
    folder: Path

    @property
    def code(self) -> Exit:
        """The exit code of a finished plan."""
        late = self.report.plan.status is SolveStatus.TIME_LIMIT
        return Exit.TIME_LIMIT if late else Exit.SOLVED

    def show(self, *, tables: bool = True) -> None:
        """Print the plan."""
        from minequota.reports.robust_screen import show_robust

        show_robust(self.report, folder=self.folder, tables=tables)


def run_robust(order: Order, measured_by: str, tell: Tell) -> Done:
    """Make a robust plan and write its folder.

    Parameters
    ----------
    order
        The question, the futures (as its cases, each with a weight or without) and where to put
        the answer.
    measured_by
        How values in several futures become one: ``expected``, ``worst`` or ``regret``.
    tell
        Called with a line for each step as it starts.

    Raises
    ------
    InputError
        When an input is refused: those of all futures at once.
    RunFolderExistsError, OSError
        When the folder cannot be written.
    NoAllocationError
        When no rights serve all futures, or none were found in the time.
    VerificationFailedError
        When a check found a fault, of a future or of the plan: a bug of the program.
    """
    clock = Clock(lambda phase: tell(word(PHASES, phase, order.lang)))
    measure, asked = read_measure(measured_by), read_futures(order.cases)
    if order.out is not None:
        refuse_existing(order.out)
    clock.start("load")
    futures = open_futures(order, asked)
    out = order.out or _default_folder(futures[0])
    plan = solve_robust(futures, measure, order.solver, clock.start)
    clock.start("write")
    places = folder_names(future.name for future in futures)
    folders = {name: f"{FUTURES}/{place}" for name, place in places.items()}
    report = Report(plan, figures_of(plan), decisions(plan), folders, order.lang)
    with staged(out) as folder:
        for at, future in enumerate(futures):
            _write_future(report, at, folder / folders[future.name], order)
        clock.stop()
        _write(report, folder, order, clock.seconds)
        faults = (*_own_faults(plan), *robust_faults(folder))
        if faults:
            raise VerificationFailedError(faults)
    return Done(report, out)


def _own_faults(plan: RobustPlan) -> Iterator[str]:
    """Check the records of the futures' own plans as those of a run."""
    for future, answer in zip(plan.futures, plan.own, strict=True):
        document = allocation_document(future.scenario, answer)
        for fault in verify_records(future.scenario, document):
            yield f"own plan of {future.name}: {fault}"


def _default_folder(first: Future) -> Path:
    """Return the folder of an ordinary run, its cases the word ``robust``."""
    return default_run_folder(replace(first.scenario, cases=("robust",)), datetime.now(UTC))


def _write_future(report: Report, at: int, place: Path, order: Order) -> None:
    future, allocation = report.plan.futures[at], report.plan.allocations[at]
    scenario = future.scenario
    write_run(
        scenario,
        allocation,
        place,
        lang=order.lang,
        command=order.command,
        timings={f"goal {name}": spent for name, spent in allocation.seconds.items()},
        log_lines=[
            f"scenario {scenario.name}, cases {'+'.join(scenario.cases) or '-'}, one of "
            f"{len(report.plan.futures)} futures with the same rights, weight {future.weight:.6g}",
            *(f"changed {c.path}: {c.old} -> {c.new} ({c.case})" for c in scenario.changes),
        ],
    )


def _write(report: Report, folder: Path, order: Order, seconds: Mapping[str, float]) -> None:
    """Write everything but the futures' run folders, which stand in `folder` already."""
    created = datetime.now(UTC)
    write_own(report.plan, folder, report.folders)
    owns = own_files(report.folders)
    files = {
        name: Files(
            place,
            sha256_of(folder / place / "allocation.json"),
            owns[name],
            sha256_of(folder / owns[name]),
        )
        for name, place in report.folders.items()
    }
    document = robust_document(report.plan, report.figures, report.rights, files)
    (folder / FILE_NAME).write_bytes(robust_text(document).encode("utf-8"))
    tables = robust_tables(report)
    place = folder / "tables"
    place.mkdir()
    for table in tables:
        write_csv(table, place)
    log = "".join(f"{line}\n" for line in _log(report.plan, order, created, seconds))
    (folder / "log.txt").write_bytes(log.encode("utf-8"))
    write_book(report, tables, folder, order.command, created)
    manifest = _manifest(report, order, created, seconds) | {"files": file_hashes(folder)}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "manifest.json").write_bytes(f"{text}\n".encode())


def _log(
    plan: RobustPlan, order: Order, created: datetime, seconds: Mapping[str, float]
) -> list[str]:
    return [
        f"{created.isoformat(timespec='seconds')} {order.command}".rstrip(),
        f"{plan.solver}: {plan.status.value}, measure {plan.measure}",
        *(f"future {one.name}: weight {one.weight:.12g}" for one in plan.futures),
        *(
            f"goal {one.name}, {one.counted}: {one.status.value}, value {one.value:.12g}"
            for one in plan.goals
        ),
        *(f"note {note}" for note in plan.notes),
        *(f"phase {name}: {spent:.3f} s" for name, spent in seconds.items()),
    ]


def _manifest(
    report: Report, order: Order, created: datetime, seconds: Mapping[str, float]
) -> dict[str, Any]:
    plan = report.plan
    scenario = plan.futures[0].scenario
    return {
        "format": MANIFEST_FORMAT,
        "created": created.isoformat(timespec="seconds"),
        "command": order.command,
        "scenario": scenario.name,
        "plan": scenario.plan.id,
        "measure": plan.measure,
        "status": plan.status.value,
        "solver": plan.solver,
        "futures": [
            {
                "name": future.name,
                "weight": future.weight,
                "status": one.status.value,
                "folder": report.folders[future.name],
            }
            for future, one in zip(plan.futures, plan.allocations, strict=True)
        ],
        "versions": versions(),
        "timings": {name: round(spent, 3) for name, spent in seconds.items()},
    }
