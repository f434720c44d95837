"""Who solves the chunks: this process, several beside it, or a Dask cluster.

Each yields the chunks as they are finished, in any order; which is the same work whoever does it.
"""

from __future__ import annotations

import logging
import uuid
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, cast

from minequota.reports.sweep.worker import Failed, Solved, Task, solve_apart, solve_task

Results = Iterator[Solved | Failed]
Runner = Callable[[Sequence[Task]], Results]

_POOLS = 3
_TRIES = 3
_RETRIES = 3
_CONNECT_SECONDS = 30
_WORKER_SECONDS = 60
_LEAST_IN_FLIGHT = 4


class RunnerError(Exception):
    """Those who should solve the chunks are gone or cannot be reached, said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


class DaskMissingError(RunnerError):
    """A cluster is named, but `distributed` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "未安装 distributed，不能使用 --dask。"
            "请运行 pip install minequota[dask]，或去掉该选项。",
            "--dask needs the package distributed, which is not installed: "
            "pip install minequota[dask], or leave the option out.",
        )


def in_this_process(tasks: Sequence[Task]) -> Results:
    """Solve one chunk after another, here."""
    return map(solve_task, tasks)


def in_processes(number: int) -> Runner:
    """Return a runner with so many processes on this machine."""

    def run(tasks: Sequence[Task]) -> Results:
        from joblib import Parallel, delayed
        from joblib.externals.loky.process_executor import BrokenProcessPool

        if len(tasks) <= 1:
            # Not worth a process of its own.
            yield from in_this_process(tasks)
            return
        left = {task.chunk: task for task in tasks}
        for last in (False,) * (_POOLS - 1) + (True,):
            pool = Parallel(
                # With a single one joblib would stay in this process.
                n_jobs=max(2, min(number, len(left))),
                backend="loky",
                return_as="generator_unordered",
                batch_size=1,
                max_nbytes=None,
            )
            found: Any = pool(delayed(solve_apart)(task) for task in list(left.values()))
            try:
                for one in found:
                    del left[one.chunk]
                    yield one
            except BrokenProcessPool as error:
                # A process was killed from outside. The chunks it had are solved again, anew.
                if last:
                    raise RunnerError(
                        "求解进程多次被系统终止，可能是内存不足，请减少 --jobs。",
                        "Processes were killed again and again, perhaps for want of memory; "
                        "ask for fewer with --jobs.",
                    ) from error
            else:
                return
            finally:
                found.close()

    return run


def on_cluster(address: str) -> Runner:
    """Return a runner that hands the chunks to a Dask cluster.

    Raises
    ------
    DaskMissingError
        When `distributed` is not installed.
    """
    try:
        import distributed  # noqa: F401 - only whether it is there
    except ImportError:
        raise DaskMissingError from None
    return lambda tasks: _Cluster(address).solve(tasks)


class _Cluster:
    """A sweep's way of using a Dask cluster: some chunks at a time, each until it is done."""

    def __init__(self, address: str) -> None:
        self.address = address

    def solve(self, tasks: Sequence[Task]) -> Results:
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        client = self._connected()
        waiting = iter(tasks)
        run = uuid.uuid4().hex
        tries: dict[int, int] = {}
        under_way: dict[Any, Task] = {}

        def submit(given: Iterable[Task]) -> list[Any]:
            futures = []
            for task in given:
                tries[task.chunk] = tries.get(task.chunk, 0) + 1
                future = client.submit(
                    solve_task,
                    task,
                    key=f"minequota-sweep-{run}-{task.chunk}-{tries[task.chunk]}",
                    pure=False,
                    retries=_RETRIES,
                )
                under_way[future] = task
                futures.append(future)
            return futures

        def more() -> Iterator[Task]:
            room = max(_LEAST_IN_FLIGHT, 2 * sum(client.nthreads().values()))
            while len(under_way) < room and (task := next(waiting, None)) is not None:
                yield task

        try:
            finished = as_completed(submit(more()), loop=client.loop, raise_errors=False)
            for future in finished:
                task = under_way.pop(future)
                found = _result(future)
                if isinstance(found, Solved | Failed):
                    yield found
                elif isinstance(found, KilledWorker) and tries[task.chunk] < _TRIES:
                    finished.update(submit([task]))
                else:
                    raise self._gone(found)
                future.release()
                finished.update(submit(more()))
        except OSError as error:
            # What distributed raises where a connection is lost; no file is opened here.
            raise self._gone(error) from error
        finally:
            with suppress(OSError):
                client.cancel(list(under_way))
            client.close()

    def _connected(self) -> Any:
        from distributed import Client

        # It logs lost connections with their traces; they are told in words here.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            client = Client(self.address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError, ImportError) as error:
            raise RunnerError(
                f"无法连接 Dask 集群 {self.address}：{error}",
                f"The Dask cluster {self.address} cannot be reached: {error}",
            ) from error
        try:
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except TimeoutError as error:
            client.close()
            raise RunnerError(
                f"Dask 集群 {self.address} 没有工作进程。",
                f"The Dask cluster {self.address} has no workers.",
            ) from error
        return client

    def _gone(self, error: BaseException) -> RunnerError:
        said = f"{type(error).__name__}: {error}"
        return RunnerError(
            f"Dask 集群 {self.address} 未能完成任务（{said}）。"
            "请确认集群仍在运行，且各工作进程装有相同版本的 minequota。",
            f"The Dask cluster {self.address} did not do its work ({said}). Check that it is "
            "still running and that its workers have the same minequota installed.",
        )


def _result(future: Any) -> Solved | Failed | BaseException:
    """Return what a future came to, where it failed what it failed with."""
    try:
        found = future.result()
    except (Exception, CancelledError) as error:  # noqa: BLE001 - the caller tells them apart
        return error
    return cast(Solved | Failed, found)
