"""`minequota sweep` as a user meets it: what it shows, refuses, and survives."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
import small_sweep

PROGRAM, USAGE, INPUT, TIME_LIMIT, CANNOT_WRITE, INTERRUPTED = 1, 2, 3, 5, 7, 130
VARY = ("--vary", "demand.菱镁矿=0.8:1.2:0.1", "--no-turning")
MANY = ("--vary", "demand.菱镁矿=0.8:1.2:0.02", "--no-turning", "--chunk", "1", "--jobs", "1")
PATIENCE = 100


@pytest.fixture
def scenario(tmp_path, desk):
    """Return the small scenario, beside the empty working directory."""
    return small_sweep.write_scenario(tmp_path / "small")


@pytest.fixture
def fake(monkeypatch):
    """Answer every chunk by hand instead of solving it."""
    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", small_sweep.fake_chunk)


def test_a_sweep_from_the_command_line(command, scenario, desk):
    """Five cases of 24, 27, 30, 33, 36 万吨 where 30 can be made: two go unmet, by 3 and 6."""
    done = command("sweep", scenario, *VARY, "--out", "out", "--jobs", "1")
    assert done.code == 0, done.err
    assert done.err == ""
    assert "\x1b" not in done.out
    for words in ("共 5 个案例：已证最优 5", "菱镁矿", "4 (1.1)", "5 (1.2)", "40.0%"):
        assert words in done.out
    # A long path is broken where the line ends.
    assert done.out.replace("\n", "").rstrip().endswith("out")
    folder = desk / "out"
    assert {path.name for path in folder.iterdir()} == {
        *("cases.csv", "cases.parquet", "inputs", "log.txt", "manifest.json", "sweep.json"),
    }
    table = pd.read_parquet(folder / "cases.parquet")
    assert list(table["unmet.菱镁矿"]) == pytest.approx([0, 0, 0, 3, 6], abs=1e-4)
    document = json.loads((folder / "sweep.json").read_text("utf-8"))
    assert document["format"] == "minequota-sweep/1"
    assert document["parameters"][0]["values"] == "0.8:1.2:0.1"
    assert document["summary"]["unmet"][0]["first"] == 4
    assert [path.name for path in desk.iterdir()] == ["out"]
    again = command("sweep", scenario, *VARY, "--out", "out", "--jobs", "1")
    assert again.code == CANNOT_WRITE


def test_a_sample_in_english(command, scenario, desk, fake):
    """Seed, method and independence are said; quantiles stand in the table; no Chinese but names.

    Twenty shares, one in each twentieth of uniform(0.5, 1.5): ten lie above 1 and go unmet.
    """
    wanted = ("--sample", "demand.菱镁矿=uniform(0.5,1.5)", "--number", "20", "--seed", "3")
    done = command("sweep", scenario, *wanted, "--out", "out", "--jobs", "1", "--lang", "en")
    assert done.code == 0, done.err
    for words in (
        *("Latin hypercube sample of 20 cases, seed 3", "independent", "50.0%", "95 %"),
        *("magnesite", "20 cases: proven optimal 20"),
    ):
        assert words in done.out
    rest = done.out.replace("demand.菱镁矿", "").replace("小市2025", "")
    assert not any("\u4e00" <= one <= "\u9fff" for one in rest), rest
    document = json.loads((desk / "out" / "manifest.json").read_text("utf-8"))
    assert document["sample"] == {"number": 20, "seed": 3, "method": "lhs", "independent": True}


def test_turning_points_of_a_sweep(command, scenario, desk):
    """30 can be made and 30 are asked for: at a factor of 1 demand first goes unmet."""
    vary = ("--vary", "demand.菱镁矿=0.9:1.1:0.2")
    done = command("sweep", scenario, *vary, "--out", "out", "--jobs", "1")
    assert done.code == 0, done.err
    assert "需求开始未满足：菱镁矿" in done.out
    table = pd.read_csv("out/turning_points.csv")
    (short,) = [row for row in table.to_dict("records") if row["what"] == "unmet_products"]
    assert short["item"] == "菱镁矿"
    assert short["begins"]
    assert short["below"] <= short["above"] == pytest.approx(1.0, abs=1e-5)
    stored = json.loads(Path("out/sweep.json").read_text("utf-8"))["turning_points"]
    assert [one["item"] for one in stored] == list(table["item"])


def test_case_and_set_go_with_a_sweep(command, scenario, desk):
    """The city's cap of 31 is cut to 25 by the case: 25 of 27 is the most there is."""
    chosen = ("--case", "cut", "--set", "options.closing=false")
    done = command(
        "sweep",
        scenario,
        *chosen,
        *("--vary", "demand.菱镁矿=0.9,0.8", "--out", "out", "--jobs", "1", "--no-turning"),
    )
    assert done.code == 0, done.err
    table = pd.read_parquet("out/cases.parquet")
    assert list(table["unmet.菱镁矿"]) == pytest.approx([2, 0], abs=1e-4)
    document = json.loads(Path("out/sweep.json").read_text("utf-8"))
    assert document["cases"] == ["cut"]
    assert {change["path"] for change in document["changes"]} >= {
        "plan.caps.magnesite_city.amount",
        "options.closing",
    }


def test_what_the_loader_refuses_is_refused_before(command, scenario, desk):
    """An unknown product, a wrong unit, and a path that the case has set: all at once."""
    wrong = command(
        *("sweep", scenario, "--case", "cut", "--vary", "demand.菱镁=0.8:1.2:0.1"),
        *("--vary", "plan.caps.magnesite_city.amount=20:31:1 万吨"),
    )
    assert wrong.code == INPUT
    assert "菱镁矿" in wrong.err
    assert "magnesite_city" in wrong.err
    assert "共 2 处问题" in wrong.err
    wrong = command("sweep", scenario, "--vary", "plan.caps.magnesite_east.amount=20:31:1 顿")
    assert wrong.code == INPUT
    assert "顿" in wrong.err
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), INPUT, "--resume"),
        (("SCENARIO",), INPUT, "--vary"),
        (("SCENARIO", *VARY, "--chunk", "0"), INPUT, "--chunk"),
        (("SCENARIO", *VARY, "--jobs", "0"), INPUT, "--jobs"),
        (("SCENARIO", *VARY, "--jobs", "2", "--dask", "tcp://x:1"), INPUT, "--dask"),
        (("SCENARIO", *VARY, "--out", "a.unfinished"), INPUT, "a.unfinished"),
        (("SCENARIO", *VARY, "--method", "sobol"), INPUT, "sobol"),
        (("SCENARIO", *VARY, "--solver", "hihgs"), USAGE, "hihgs"),
        (("SCENARIO", "--resume", "x"), INPUT, "SCENARIO"),
        (("--resume", "x", "--exact", "--out", "y"), INPUT, "--out, --exact"),
        (("--resume", "nowhere"), INPUT, "nowhere.unfinished"),
        (("SCENARIO", "--jobs", "many"), USAGE, "--jobs"),
    ],
)
def test_wrong_command_lines(command, scenario, desk, arguments, code, said):
    """Each is told by its name, and nothing is made."""
    given = [str(scenario) if one == "SCENARIO" else one for one in arguments]
    done = command("sweep", *given)
    assert done.code == code, done.err
    assert said in done.err
    assert "Traceback" not in done.err
    assert list(desk.iterdir()) == []


def test_dask_that_is_not_installed(command, scenario, desk, monkeypatch):
    """The package to install is named; a wrong command line on this machine."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = command("sweep", scenario, *VARY, "--dask", "tcp://127.0.0.1:8786")
    assert done.code == USAGE
    assert "minequota[dask]" in done.err
    assert list(desk.iterdir()) == []


def test_a_case_without_an_answer_is_a_result(command, scenario, desk, monkeypatch):
    """An infeasible case ends with 0 and is said so; one out of time does not."""

    def solve(job):
        rows = small_sweep.fake_chunk(job)
        return [*rows[:-1], {"case": rows[-1]["case"], "status": status}]

    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", solve)
    status = "infeasible"
    done = command("sweep", scenario, *VARY, "--out", "out", "--jobs", "1")
    assert done.code == 0, done.err
    assert "无可行解 1" in done.out
    assert "不是失败" in done.out
    last = pd.read_parquet("out/cases.parquet").iloc[-1]
    assert last["status"] == "infeasible"
    assert last.drop(["case", "factor.demand.菱镁矿", "status"]).isna().all()
    status = "time_limit"
    done = command("sweep", scenario, *VARY, "--out", "out2", "--jobs", "1")
    assert done.code == TIME_LIMIT


def test_a_failure_of_the_program_keeps_what_is_done(command, scenario, desk, monkeypatch):
    """The third chunk fails: its cases and the error are said, two parts stay, and can go on."""

    def solve(job):
        if job.cases[0].number == 5:
            raise RuntimeError("broken on purpose")
        return small_sweep.fake_chunk(job)

    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", solve)
    done = command("sweep", scenario, *VARY, "--chunk", "2", "--out", "out", "--jobs", "1")
    assert done.code == PROGRAM
    assert "broken on purpose" in done.err
    assert "5–5" in done.err
    assert "minequota sweep --resume out.unfinished" in done.err
    assert len(list(Path("out.unfinished/parts").iterdir())) == 2
    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", small_sweep.fake_chunk)
    assert command("sweep", "--resume", "out", "--jobs", "1", "-q", "--no-turning").code == 0
    assert [path.name for path in desk.iterdir()] == ["out"]


def test_rows_that_do_not_fit_are_a_bug(command, scenario, desk, monkeypatch):
    """A row of another case, or a figure that is none, never reaches the table."""

    def solve(job):
        rows = small_sweep.fake_chunk(job)
        rows[0]["unmet.菱镁矿"] = float("nan")
        return rows

    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", solve)
    done = command("sweep", scenario, *VARY, "--out", "out", "--jobs", "1")
    assert done.code == PROGRAM
    assert "nan" in done.err
    assert list(Path("out.unfinished/parts").iterdir()) == []


def started(*arguments):
    """Start the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from minequota.cli import main; main()", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )


def wait_for(path, process):
    """Wait until a file is there; fail when the process ends first."""
    began = time.monotonic()
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.002)


def alive(number):
    """Whether a process is there."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="a parent's death shows otherwise")
def test_killed_in_the_middle_and_run_again(command, scenario, desk):
    """SIGKILL once the third part is there: the same command goes on, to the very same table.

    The two processes it had at work end soon after, nobody being left to work for.
    """
    process = started("sweep", scenario, *MANY[:-1], "2", "--out", "out")
    wait_for(Path("out.unfinished/parts/chunk-00002.json"), process)
    process.kill()
    process.communicate()
    parts = {path.name: path.read_bytes() for path in Path("out.unfinished/parts").glob("c*.json")}
    assert 2 <= len(parts) < 21
    assert not Path("out").exists()
    done = command("sweep", scenario, *MANY, "--out", "out")
    assert done.code == 0, done.err
    assert f"pid {process.pid}" in done.err
    assert f"已有 {len(parts)}/21" in done.err
    whole = command("sweep", scenario, *MANY, "--out", "whole")
    assert whole.code == 0
    assert small_sweep.files(Path("out")) == small_sweep.files(Path("whole"))
    assert not Path("out.unfinished").exists()
    solved = [json.loads(part.split(b"\n")[1])["worker"] for part in parts.values()]
    workers = {int(worker.split(":")[1]) for worker in solved}
    assert process.pid not in workers
    began = time.monotonic()
    while any(alive(worker) for worker in workers) and time.monotonic() - began < PATIENCE:
        time.sleep(0.02)
    assert not any(alive(worker) for worker in workers)


@pytest.mark.skipif(os.name == "nt", reason="a signal to one process")
def test_interrupted_from_the_keyboard(scenario, desk):
    """Ctrl-C with two processes at work: 130, what is kept where, how to go on, no trace."""
    many = (*MANY[:-1], "2")
    process = started("sweep", scenario, *many, "--out", "out")
    wait_for(Path("out.unfinished/parts/chunk-00000.json"), process)
    # A terminal sends it to all of them.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == INTERRUPTED, err.decode("utf-8")
    said = err.decode("utf-8")
    assert "已中断" in said
    assert "minequota sweep --resume out.unfinished" in said
    assert "Traceback" not in said
    assert out == b""
