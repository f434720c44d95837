"""A whole sweep: specify, solve what is not solved yet, put together, hand over."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minequota.optimizer.sweep.job import Row
from minequota.reports.failures import Exit, not_written, spoken
from minequota.reports.run_folder import default_run_folder
from minequota.reports.sweep.cases import Request
from minequota.reports.sweep.columns import Cases, column_units
from minequota.reports.sweep.messages import fault
from minequota.reports.sweep.nameless import without_names
from minequota.reports.sweep.opening import Manner, Question, specify
from minequota.reports.sweep.parts import Part, WrongRowsError, check_rows, read_part, write_part
from minequota.reports.sweep.progress import looking, progress
from minequota.reports.sweep.result import Finished, write_result
from minequota.reports.sweep.runners import (
    Runner,
    RunnerError,
    in_processes,
    in_this_process,
    on_cluster,
)
from minequota.reports.sweep.specification import Specification, solver_versions
from minequota.reports.sweep.summary import summarise
from minequota.reports.sweep.turning import find_turning_points
from minequota.reports.sweep.unfinished import (
    Unfinished,
    checked_out,
    named_unfinished,
    unfinished,
    unfinished_of,
)
from minequota.reports.sweep.worker import Failed, Solved, Task
from minequota.reports.text import Lang
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.errors import InputError
from minequota.scenarios.opened import open_documents
from minequota.scenarios.scenario import Scenario

MOST_JOBS = 512
Turning = Callable[[Specification, Sequence[Row], int], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Order:
    """What the user asked for on the command line: a new sweep, or the rest of one."""

    question: Question | None = None
    request: Request = field(default_factory=Request)
    manner: Manner = field(default_factory=Manner)
    out: Path | None = None
    resume: Path | None = None
    jobs: int | None = None
    dask: str | None = None
    lang: Lang = "zh"
    quiet: bool = False
    turning: bool = True
    command: str = ""


class SweepStoppedError(Exception):
    """A sweep that was begun and not finished: what is done is kept. `lines` say why."""

    def __init__(self, code: Exit, lines: Sequence[str]) -> None:
        self.code = code
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


def sweep(
    order: Order, tell: Callable[[str], None], turning: Turning = find_turning_points
) -> tuple[Finished, Path]:
    """Solve all cases of a sweep and write its folder, or go on with one that was interrupted.

    Parameters
    ----------
    order
        What to do.
    tell
        Called with lines for the user, such as where an interrupted sweep is gone on with.
    turning
        Finds where along the sweep the answer changes in kind, with so many processes; its records
        go into the result. Not asked for a sample, nor where the order does not want them.

    Raises
    ------
    InputError
        When the order is refused; nothing was begun.
    RunFolderExistsError, OSError
        When the folder exists or cannot be made.
    RunnerError
        When the solvers asked for are not there; nothing was begun.
    SweepStoppedError
        When the sweep was begun but not finished.
    """
    runner, jobs = _runner(order)
    specification: Specification | None = None
    if order.resume is not None:
        out = named_unfinished(order.resume)
        if not unfinished_of(out).is_dir():
            place = label_of(unfinished_of(out))
            raise InputError([fault("sweep_no_unfinished", place)])
    else:
        if order.question is None:
            raise InputError([fault("sweep_no_scenario", "sweep")])
        named = checked_out(order.out) if order.out is not None else None
        specification, scenario = specify(order.question, order.request, order.manner)
        out = named or checked_out(_default_out(scenario))

    def taken_over(work: Unfinished) -> None:
        left = work.took_over
        tell(
            spoken(
                order.lang,
                f"接管已结束的进程留下的锁（{left}）：{work.label}",
                f"The lock of a process that has ended is taken over ({left}): {work.label}",
            )
        )

    with unfinished(out, taken_over) as work:
        if specification is None:
            specification, scenario = _found(work)
        elif work.begun():
            work.refuse_other(specification)
        else:
            work.begin(specification)
        try:
            parts = _solved(order, specification, work, runner, tell)
            points: Sequence[Mapping[str, Any]] = ()
            if order.turning and not specification.table.sampled:
                points = _turning(
                    order, work, tell, lambda: turning(specification, _rows(parts), jobs)
                )
            return _written(order, specification, scenario, work, parts, points), out
        except BaseException as error:
            stopped = _stopped(error, specification, work, order.lang)
            if stopped is None:
                raise
            raise stopped from error


def _runner(order: Order) -> tuple[Runner, int]:
    """Return who is to solve, and how many processes of this machine may look for turning points.

    All cores where nothing is said.
    """
    problems = []
    if order.dask is not None and order.jobs is not None:
        problems.append(fault("sweep_jobs_dask", "--jobs"))
    if order.jobs is not None and not 1 <= order.jobs <= MOST_JOBS:
        problems.append(fault("sweep_jobs", "--jobs", value=order.jobs, most=MOST_JOBS))
    if problems:
        raise InputError(problems)
    jobs = order.jobs
    if jobs is None:
        from joblib import cpu_count

        jobs = int(cpu_count())
    if order.dask is not None:
        return on_cluster(order.dask), jobs
    return in_this_process if jobs == 1 else in_processes(jobs), jobs


def _default_out(scenario: Scenario) -> Path:
    usual = default_run_folder(scenario, datetime.now(UTC))
    return usual.with_name(f"sweep-{usual.name}")


def _found(work: Unfinished) -> tuple[Specification, Scenario]:
    """Return what an unfinished sweep asks, when this program can go on with it."""
    if not work.begun():
        raise InputError([fault("sweep_no_unfinished", work.label)])
    specification = work.specification()
    work.refuse_other(replace(specification, versions=solver_versions(specification.solver)))
    return specification, open_documents(specification.documents).scenario


def _rows(parts: Sequence[Part]) -> list[Row]:
    """Return the rows of all parts in the order of their cases."""
    rows = [row for part in parts for row in part.rows]
    return sorted(rows, key=lambda row: int(row["case"] or 0))


def _turning(
    order: Order,
    work: Unfinished,
    tell: Callable[[str], None],
    find: Callable[[], Sequence[Mapping[str, Any]]],
) -> Sequence[Mapping[str, Any]]:
    """Look for turning points; a search that fails withholds no table, and is told of."""
    began = time.perf_counter()
    try:
        with looking(order.lang, quiet=order.quiet):
            found = find()
    except Exception as error:  # noqa: BLE001 - whatever it is, the cases are solved
        work.log(f"turning points not found: {type(error).__name__}: {error}")
        zh = f"未能求得转折点（{error}）；案例表不受影响。"
        en = f"The turning points were not found ({error}); the table of cases stands."
        tell(spoken(order.lang, zh, en))
        return ()
    work.log(f"{len(found)} turning points: {time.perf_counter() - began:.3f} s")
    return found


def _written(
    order: Order,
    specification: Specification,
    scenario: Scenario,
    work: Unfinished,
    parts: Sequence[Part],
    points: Sequence[Mapping[str, Any]],
) -> Finished:
    rows = _rows(parts)
    work.log(f"all {len(rows)} cases solved")
    cases = Cases(specification, without_names(rows, scenario), column_units(scenario))
    summary = summarise(cases, sampled=specification.table.sampled)
    seconds = {"this run": time.perf_counter() - work.began}
    done = Finished(specification, scenario, cases, summary, parts, points, order.command, seconds)
    write_result(done, work, order.lang)
    return done


def _solved(
    order: Order,
    specification: Specification,
    work: Unfinished,
    runner: Runner,
    tell: Callable[[str], None],
) -> list[Part]:
    """Return the parts of all chunks in order: those found on the disk, and the rest solved now."""
    work.log(f"begun: {order.command}")
    if work.took_over:
        work.log(f"lock taken over from {work.took_over}")
    chunks, parameters = specification.chunks, specification.table.parameters
    sweep_hash = specification.document()["sha256"]
    read = [
        read_part(work.folder, number, sweep_hash, cases, parameters)
        for number, cases in enumerate(chunks)
    ]
    parts = {part.chunk: part for part in read if part is not None}
    total, done = len(specification.table.rows), sum(len(part.rows) for part in parts.values())
    if done:
        work.log(f"{done} of {total} cases are solved already")
        tell(
            spoken(
                order.lang,
                f"继续未完成的计算：已有 {done}/{total} 个案例（{work.label}）",
                f"Going on: {done} of {total} cases are solved already ({work.label})",
            )
        )
    tasks = [
        Task(number, specification.job(cases))
        for number, cases in enumerate(chunks)
        if number not in parts
    ]
    if tasks:
        with (
            progress(total, done, order.lang, quiet=order.quiet) as advance,
            closing(_generated(runner, tasks)) as results,
        ):
            for one in results:
                part = _kept(one, specification, order.lang)
                check_rows(part.rows, chunks[part.chunk], parameters)
                write_part(work.folder, part, sweep_hash)
                work.log(f"chunk {part.chunk}: {part.seconds:.3f} s, {part.worker}")
                parts[part.chunk] = part
                advance(len(part.rows))
    missing = [number for number in range(len(chunks)) if number not in parts]
    if missing:
        raise WrongRowsError(f"chunks {missing} were never solved")
    return [parts[number] for number in range(len(chunks))]


def _generated(runner: Runner, tasks: Sequence[Task]) -> Any:
    yield from runner(tasks)


def _kept(one: Solved | Failed, specification: Specification, lang: Lang) -> Part:
    """Return what a worker solved as a part, or stop."""
    if isinstance(one, Solved):
        if one.versions != dict(specification.versions):
            own, other = dict(specification.versions), one.versions
            zh = f"工作进程 {one.worker} 的版本不同：{other}，本机为 {own}。请先统一版本。"
            en = (
                f"The worker {one.worker} has other versions: {other}, here {own}. Make them equal."
            )
            raise SweepStoppedError(Exit.USAGE, [spoken(lang, zh, en)])
        return Part(one.chunk, one.rows, one.seconds, one.worker)
    cases = [case.number for case in specification.chunks[one.chunk]]
    span = f"{min(cases)}–{max(cases)}"
    zh = f"第 {one.chunk} 块（案例 {span}）求解失败，进程 {one.worker}："
    en = f"Chunk {one.chunk} (cases {span}) failed, worker {one.worker}:"
    said = [problem.text(lang) for problem in one.problems] or [one.error]
    code = Exit.INPUT if one.problems else Exit.PROGRAM
    if one.solver_missing:
        code = Exit.USAGE
    elif not one.problems:
        said.append(one.trace.rstrip())
    raise SweepStoppedError(code, [spoken(lang, zh, en), *said])


def _stopped(
    error: BaseException, specification: Specification, work: Unfinished, lang: Lang
) -> SweepStoppedError | None:
    """Return what to say of a sweep that ends here; None for what is told as usual."""
    if isinstance(error, SweepStoppedError):
        code, lines = error.code, error.lines
    elif isinstance(error, KeyboardInterrupt):
        code, lines = Exit.INTERRUPTED, (spoken(lang, "已中断。", "Interrupted."),)
    elif isinstance(error, RunnerError):
        code, lines = Exit.NO_ANSWER, (spoken(lang, error.zh, error.en),)
    elif isinstance(error, OSError):
        code, lines = Exit.CANNOT_WRITE, (not_written(error, lang),)
    else:
        return None
    try:
        work.log(f"stopped: {lines[0]}")
    except OSError as also:
        lines = (*lines, not_written(also, lang))
    command = shlex.join(["minequota", "sweep", "--resume", work.label])
    hint = spoken(
        lang,
        f"已求解的部分保存在 {work.label}；继续运行：{command}",
        f"What is solved is kept in {work.label}; to go on: {command}",
    )
    return SweepStoppedError(code, (*lines, hint))


def exit_code(statuses: Mapping[str, int]) -> Exit:
    """Return how a finished sweep ends: that a case is infeasible is a result, not a failure."""
    if statuses.get("no_answer"):
        return Exit.NO_ANSWER
    return Exit.TIME_LIMIT if statuses.get("time_limit") else Exit.SOLVED
