"""Solving one chunk, wherever: what a worker runs and what it sends back, failures included.

A failure travels as text. Exceptions of other makers need not survive the way between two
processes, and one that does not would take the worker's chunk, and the pool, with it.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from minequota.optimizer.engine.names import SolverMissingError
from minequota.optimizer.sweep.job import ChunkJob, Row
from minequota.reports.sweep.specification import solver_versions
from minequota.scenarios.errors import InputError, Problem

SolveChunk = Callable[[ChunkJob], list[Row]]
# The solvers keep state of their own in a process: the threads of a worker take turns.
_TURN = threading.Lock()
_WATCH_SECONDS = 1.0


@dataclass(frozen=True)
class Task:
    """One chunk to solve, by its number."""

    chunk: int
    job: ChunkJob


@dataclass(frozen=True)
class Solved:
    """Rows of a chunk, and by whom, in how long, with which versions they were found."""

    chunk: int
    rows: tuple[Row, ...]
    seconds: float
    worker: str
    versions: dict[str, str]


@dataclass(frozen=True)
class Failed:
    """Why a chunk could not be solved."""

    chunk: int
    worker: str
    error: str
    trace: str
    problems: tuple[Problem, ...] = ()
    solver_missing: bool = False


def solve_task(task: Task, solve: SolveChunk | None = None) -> Solved | Failed:
    """Solve one chunk; a failure is returned, not raised."""
    with _TURN:
        worker = f"{socket.gethostname()}:{os.getpid()}"
        began = time.perf_counter()
        try:
            rows = tuple((solve or _engine())(task.job))
            versions = solver_versions(task.job.solver)
        except Exception as error:  # noqa: BLE001 - told by the one that asked
            return Failed(
                task.chunk,
                worker,
                f"{type(error).__name__}: {error}",
                traceback.format_exc(),
                error.problems if isinstance(error, InputError) else (),
                isinstance(error, SolverMissingError),
            )
        return Solved(task.chunk, rows, time.perf_counter() - began, worker, versions)


def _engine() -> SolveChunk:
    from minequota.reports.sweep.checked import solve_checked

    return solve_checked


def solve_apart(task: Task) -> Solved | Failed:
    """Solve one chunk in a process of its own, which Ctrl-C leaves to the one that asked."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_with_parent()
    return solve_task(task)


@cache
def _leave_with_parent() -> None:
    """End this process soon after the one that made it was killed, which joblib leaves running."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
