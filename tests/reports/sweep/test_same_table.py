"""The same table to the byte, whoever solved what after what; real workers, real models."""

import os
import signal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import small_sweep

from minequota.reports.failures import Exit
from minequota.reports.sweep import sweep as module
from minequota.reports.sweep.runners import RunnerError, in_processes, on_cluster
from minequota.reports.sweep.sweep import SweepStoppedError, sweep
from minequota.reports.sweep.worker import Task

VARY = ("demand.菱镁矿=0.8:1.2:0.1", "plan.caps.magnesite_west.amount=8:10:2 万吨")
CHUNK = 2
OUT = Path("out")


def silent(line):
    """Hear nothing."""


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Return the folder of the scenario, and the result of a sweep in one process."""
    base = tmp_path_factory.mktemp("swept")
    scenario = small_sweep.write_scenario(base / "small")
    done, out = sweep(small_sweep.order(scenario, base / "one", *VARY, chunk=CHUNK), silent)
    return scenario, out, done


@pytest.fixture
def scenario(expected, tmp_path, monkeypatch):
    """Return the scenario, the working directory being empty."""
    monkeypatch.chdir(tmp_path)
    return expected[0]


def test_the_figures_are_those_solved_by_hand(expected):
    """M1 makes at most 20, M2 at most the west's cap: 10 cases of a factor and a cap.

    24, 27, 30, 33, 36 are asked for; with a cap of 8 there are 28, with 10 there are 30, so
    short are 0, 0, 2, 5, 8 and 0, 0, 0, 3, 6.
    """
    _, out, done = expected
    table = pd.read_parquet(out / "cases.parquet")
    assert list(table["case"]) == list(range(1, 11))
    assert list(table["factor.demand.菱镁矿"]) == [
        factor for factor in (0.8, 0.9, 1.0, 1.1, 1.2) for _ in range(2)
    ]
    assert list(table["plan.caps.magnesite_west.amount"]) == ["8 万吨", "10 万吨"] * 5
    assert list(table["demand.菱镁矿"]) == pytest.approx([24, 24, 27, 27, 30, 30, 33, 33, 36, 36])
    assert list(table["unmet.菱镁矿"]) == pytest.approx([0, 0, 0, 0, 2, 0, 5, 3, 8, 6], abs=1e-4)
    short = duckdb.sql(
        f"""select "case" from '{out / "cases.parquet"}' where "unmet.菱镁矿" > 0.001 order by 1"""
    )
    assert [row[0] for row in short.fetchall()] == [5, 7, 8, 9, 10]
    magnesite = done.summary.shortages[0]
    assert (magnesite.product, magnesite.cases) == ("菱镁矿", 5)
    assert (magnesite.first, magnesite.last) == (5, 10)


def test_two_processes(expected, scenario):
    """Chunks in any order, by two processes that start anew."""
    order = small_sweep.order(scenario, OUT, *VARY, chunk=CHUNK, jobs=2)
    done, out = sweep(order, silent)
    assert small_sweep.files(out) == small_sweep.files(expected[1])
    assert all(not part.worker.endswith(f":{os.getpid()}") for part in done.parts)


def test_half_here_and_half_there(expected, scenario, monkeypatch):
    """Two chunks in this process, interrupted, then the rest in others."""
    real = module.write_part

    def write_part(folder, part, sweep_hash):
        real(folder, part, sweep_hash)
        if part.chunk == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_part", write_part)
    with pytest.raises(SweepStoppedError):
        sweep(small_sweep.order(scenario, OUT, *VARY, chunk=CHUNK), silent)
    monkeypatch.setattr(module, "write_part", real)
    done, out = sweep(small_sweep.order(scenario, OUT, *VARY, chunk=CHUNK, jobs=2), silent)
    assert len({part.worker for part in done.parts}) >= 2
    assert small_sweep.files(out) == small_sweep.files(expected[1])


def test_a_process_that_is_killed_is_replaced(expected, scenario, monkeypatch):
    """One of two is killed while it works: its chunks are solved again, none is lost."""
    killed = []
    real = module.write_part

    def write_part(folder, part, sweep_hash):
        real(folder, part, sweep_hash)
        if not killed:
            killed.append(int(part.worker.rpartition(":")[2]))
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(module, "write_part", write_part)
    done, out = sweep(small_sweep.order(scenario, OUT, *VARY, chunk=CHUNK, jobs=2), silent)
    workers = {int(part.worker.rpartition(":")[2]) for part in done.parts}
    assert killed[0] in workers
    assert len(workers) >= 2
    assert small_sweep.files(out) == small_sweep.files(expected[1])


@pytest.fixture(scope="module")
def cluster():
    """Return a real cluster of two worker processes under nannies.

    A chunk whose worker dies is given back at once, not tried elsewhere, so that the sweep has to.
    """
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
        ) as made,
    ):
        yield made


def test_a_cluster_one_of_whose_workers_is_killed(expected, scenario, cluster, monkeypatch):
    """SIGKILL to a worker as its first chunk comes in; the same bytes, and others at work."""
    killed = []
    real = module.write_part

    def write_part(folder, part, sweep_hash):
        real(folder, part, sweep_hash)
        if not killed:
            killed.append(int(part.worker.rpartition(":")[2]))
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(module, "write_part", write_part)
    order = small_sweep.order(
        scenario, OUT, *VARY, chunk=CHUNK, jobs=None, dask=cluster.scheduler_address
    )
    done, out = sweep(order, silent)
    workers = {int(part.worker.rpartition(":")[2]) for part in done.parts}
    assert killed[0] in workers
    assert len(workers) >= 2
    assert os.getpid() not in workers
    assert small_sweep.files(out) == small_sweep.files(expected[1])


def test_workers_of_another_version_stop_the_sweep(scenario, cluster, monkeypatch):
    """Their rows are not kept; the message names both versions."""
    own = {"minequota": "0.1.0", "highspy": "0.0.1"}
    monkeypatch.setattr("minequota.reports.sweep.opening.solver_versions", lambda solver: own)
    order = small_sweep.order(
        scenario, OUT, *VARY, chunk=CHUNK, jobs=None, dask=cluster.scheduler_address, lang="en"
    )
    with pytest.raises(SweepStoppedError) as caught:
        sweep(order, silent)
    assert caught.value.code == Exit.USAGE
    assert "0.0.1" in caught.value.lines[0]
    assert list(Path("out.unfinished/parts").iterdir()) == []


def test_a_cluster_that_is_not_there(monkeypatch):
    """Said in both languages, not as a trace."""
    monkeypatch.setattr("minequota.reports.sweep.runners._CONNECT_SECONDS", 1)
    with pytest.raises(RunnerError) as caught:
        list(on_cluster("tcp://127.0.0.1:9")([]))
    assert "tcp://127.0.0.1:9" in caught.value.zh
    assert "cannot be reached" in caught.value.en


def test_processes_for_one_chunk(expected):
    """Nothing and a single chunk stay in this process, whose Ctrl-C stays what it was."""
    specification = expected[2].specification
    task = Task(3, specification.job(specification.chunks[3]))
    before = signal.getsignal(signal.SIGINT)
    assert list(in_processes(2)([])) == []
    (solved,) = in_processes(2)([task])
    assert solved.worker.endswith(f":{os.getpid()}")
    assert [row["case"] for row in solved.rows] == [case.number for case in task.job.cases]
    assert signal.getsignal(signal.SIGINT) is before
