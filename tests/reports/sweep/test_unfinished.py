"""What is kept of a sweep under way: its parts, its lock, its name, and what it was asked."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small_sweep

from minequota.reports.failures import Exit
from minequota.reports.staging import RunFolderExistsError
from minequota.reports.sweep import sweep as module
from minequota.reports.sweep.sweep import Order, SweepStoppedError, sweep
from minequota.scenarios.errors import InputError

VARY = "demand.菱镁矿=0.5:1.5:0.1"
OUT = Path("out")
WORK = Path("out.unfinished")


def silent(line):
    """Hear nothing."""


def refused(order):
    """Return the problems an order is refused with."""
    with pytest.raises(InputError) as caught:
        sweep(order, silent)
    return caught.value.problems


@pytest.fixture
def interrupted(scenario, fake, monkeypatch):
    """Leave a sweep of eleven cases in chunks of two after its third part; return its order."""
    order = small_sweep.order(scenario, OUT, VARY)
    real = module.write_part

    def write_part(folder, part, sweep_hash):
        real(folder, part, sweep_hash)
        if part.chunk == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_part", write_part)
    with pytest.raises(SweepStoppedError) as caught:
        sweep(order, silent)
    monkeypatch.setattr(module, "write_part", real)
    assert caught.value.code == Exit.INTERRUPTED
    assert "minequota sweep --resume out.unfinished" in caught.value.lines[-1]
    assert not OUT.exists()
    return order


@pytest.fixture
def solved(monkeypatch):
    """Return the list of the numbers of cases that are solved from now on."""
    numbers = []

    def solve(job):
        numbers.extend(case.number for case in job.cases)
        return small_sweep.fake_chunk(job)

    monkeypatch.setattr("minequota.reports.sweep.checked.solve_checked", solve)
    return numbers


def whole(scenario):
    """Return the files of the same sweep done in one go."""
    sweep(small_sweep.order(scenario, Path("whole"), VARY), silent)
    return small_sweep.files(Path("whole"))


def test_the_same_command_goes_on(interrupted, scenario, solved):
    """Cases 1 to 6 are kept, 7 to 11 solved; the table is that of a sweep done in one go."""
    heard = []
    done, out = sweep(interrupted, heard.append)
    assert out == OUT.absolute()
    assert solved == [7, 8, 9, 10, 11]
    assert "6/11" in heard[0]
    assert not WORK.exists()
    assert done.summary.statuses == {"optimal": 11}
    assert small_sweep.files(OUT) == whole(scenario)
    log = (OUT / "log.txt").read_text("utf-8")
    assert log.count("begun:") == 2
    assert "6 of 11 cases are solved already" in log


@pytest.mark.parametrize("named", [OUT, WORK])
def test_resume_needs_the_folder_alone(interrupted, scenario, solved, named):
    """Either name of it; the scenario's own files may be gone meanwhile."""
    expected = whole(scenario)
    solved.clear()
    for name in ("scenario.yaml", "plan.yaml", "mines.csv"):
        (scenario / name).unlink()
    sweep(Order(resume=named, jobs=1, quiet=True, turning=False), silent)
    assert solved == [7, 8, 9, 10, 11]
    assert small_sweep.files(OUT) == expected


@pytest.mark.parametrize("cut", [0, 1, 70, -2])
def test_a_torn_part_is_solved_again(interrupted, scenario, solved, cut):
    """Chunk 1, cases 3 and 4, whatever of its file is missing."""
    path = WORK / "parts" / "chunk-00001.json"
    path.write_bytes(path.read_bytes()[:cut])
    sweep(interrupted, silent)
    assert solved == [3, 4, 7, 8, 9, 10, 11]
    assert small_sweep.files(OUT) == whole(scenario)


def test_a_part_that_is_not_this_one_s_is_solved_again(interrupted, scenario, solved):
    """A digit changed; a part of another chunk; a sound one of another sweep."""
    first, second, third = (WORK / "parts" / f"chunk-{number:05d}.json" for number in range(3))
    third.write_bytes(second.read_bytes())
    _, body = second.read_bytes().split(b"\n", 1)
    sweep_hash = json.loads(body)["sweep"].encode()
    body = body.replace(sweep_hash, b"0" * 64).rstrip()
    second.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body + b"\n")
    assert b"15.0" in first.read_bytes()
    first.write_bytes(first.read_bytes().replace(b"15.0", b"16.0"))
    sweep(interrupted, silent)
    assert solved == list(range(1, 12))
    assert small_sweep.files(OUT) == whole(scenario)


def test_what_differs_is_said(interrupted, scenario):
    """Chunk, range, exactness, a changed register: each is named, and nothing is touched."""
    before = sorted(path.name for path in WORK.rglob("*"))
    other = small_sweep.order(
        scenario, OUT, "demand.菱镁矿=0.5:1.4:0.1", chunk=3, manner={"exact": True}
    )
    register = scenario / "mines.csv"
    register.write_text(register.read_text("utf-8").replace("60 万吨", "61 万吨"), "utf-8")
    said = "\n".join(problem.text("en") for problem in refused(other))
    for words in ("0.5:1.4:0.1", "the size of a chunk was 2, now 3", "--exact", "mines.csv"):
        assert words in said
    assert "11, now 10" in said
    assert sorted(path.name for path in WORK.rglob("*")) == before


def test_another_version_is_refused(interrupted, monkeypatch):
    """Parts of two versions of the solver never meet in one table."""
    other = {"minequota": "0.1.0", "highspy": "0.0.1"}
    monkeypatch.setattr(module, "solver_versions", lambda solver: other)
    (problem,) = refused(Order(resume=OUT, jobs=1))
    assert "highspy" in problem.wrong
    assert "0.0.1" in problem.wrong


@pytest.mark.parametrize("name", ["sweep.json", "cases.json", "inputs/plan.yaml"])
@pytest.mark.parametrize("how", ["gone", "torn", "changed"])
def test_a_damaged_request_is_refused(interrupted, name, how):
    """Nobody can know what was asked; the file is named where it can be told."""
    path = WORK / name
    content = path.read_bytes()
    if how == "gone" and name != "sweep.json":
        path.unlink()
    elif how == "torn":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content.replace(b"1.2", b"1.3").replace(b"31 ", b"32 "))
        if content == path.read_bytes():
            path.write_bytes(content.replace(b"0.1.0", b"0.1.1"))
    (problem,) = refused(Order(resume=OUT, jobs=1))
    assert problem.code in {"sweep_broken", "sweep_differs"}
    assert WORK.is_dir()


def test_nothing_to_resume(scenario, tmp_path):
    """A folder that is not there, one that is no sweep, and one that is finished."""
    assert refused(Order(resume=Path("nowhere"), jobs=1))[0].code == "sweep_no_unfinished"
    Path("mine.unfinished").mkdir()
    Path("mine.unfinished/notes.txt").write_text("mine", "utf-8")
    assert refused(Order(resume=Path("mine"), jobs=1))[0].code == "sweep_foreign"
    Path("finished").mkdir()
    with pytest.raises(RunFolderExistsError):
        sweep(Order(resume=Path("finished"), jobs=1), silent)
    assert sorted(path.name for path in Path().rglob("*")) == [
        "finished",
        "mine.unfinished",
        "notes.txt",
    ]


def test_somebody_elses_folder_is_left_alone(scenario, fake):
    """`inputs` of one's own in `out.unfinished` are not taken for ours and cleared away."""
    (WORK / "inputs").mkdir(parents=True)
    (WORK / "inputs" / "notes.txt").write_text("mine", "utf-8")
    assert refused(small_sweep.order(scenario, OUT, VARY))[0].code == "sweep_foreign"
    assert (WORK / "inputs" / "notes.txt").read_text("utf-8") == "mine"


HOLD = """
import sys
from pathlib import Path
from minequota.reports.sweep.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(interrupted):
    """Return another process that holds the folder's lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(WORK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline().strip() == b"held"
    yield process
    process.kill()
    process.communicate()


def test_two_at_once_are_refused(holder, interrupted):
    """The other process is named, and its folder left as it is."""
    (problem,) = refused(interrupted)
    assert problem.code == "sweep_locked"
    assert str(holder.pid) in problem.wrong
    assert (WORK / "sweep.json").is_file()


def test_the_lock_of_a_dead_process_is_taken_over(holder, interrupted):
    """It was killed: its lock is stale, which is said and logged."""
    holder.kill()
    holder.wait()
    heard = []
    sweep(interrupted, heard.append)
    assert str(holder.pid) in heard[0]
    assert "接管" in heard[0]
    assert f"pid {holder.pid}" in (OUT / "log.txt").read_text("utf-8")


def test_a_lock_of_another_machine_is_not_taken_over(interrupted):
    """Whether its process lives cannot be known from here."""
    content = json.dumps({"pid": 1, "host": "elsewhere", "since": "2025-01-01"})
    (WORK / "lock").write_text(content, "utf-8")
    (problem,) = refused(interrupted)
    assert "elsewhere" in problem.wrong


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "a/..", "/", "out.unfinished", "a\nb", "a\tb", "a\x1b[31m", "con"),
        *("nul.txt", "a?", "a:b", "dots.", "‮txt"),
    ],
)
def test_hostile_names(scenario, fake, name):
    """Names that no system can hold or that would mislead are refused, nothing is made."""
    problems = refused(small_sweep.order(scenario, Path(name), VARY))
    assert [problem.code for problem in problems] == ["sweep_out"]
    assert list(Path().iterdir()) == []


def test_a_name_too_long_and_a_file_in_the_way(scenario, fake):
    """The system's own refusal passes; nothing is left."""
    with pytest.raises(OSError, match="long"):
        sweep(small_sweep.order(scenario, Path("x" * 250), VARY), silent)
    Path("file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        sweep(small_sweep.order(scenario, Path("file") / "out", VARY), silent)
    assert [path.name for path in Path().iterdir()] == ["file"]


def test_what_exists_is_never_overwritten(scenario, fake):
    """Not even an empty folder, or a link that leads nowhere."""
    OUT.mkdir()
    with pytest.raises(RunFolderExistsError):
        sweep(small_sweep.order(scenario, OUT, VARY), silent)
    Path("link").symlink_to("nowhere")
    with pytest.raises(RunFolderExistsError):
        sweep(small_sweep.order(scenario, Path("link"), VARY), silent)
    assert sorted(path.name for path in Path().iterdir()) == ["link", "out"]
    Path("b.unfinished").symlink_to(OUT)
    problems = refused(small_sweep.order(scenario, Path("b"), VARY))
    assert [problem.code for problem in problems] == ["sweep_foreign"]
    assert os.listdir(OUT) == []


def test_a_folder_that_came_into_being_meanwhile(scenario, fake, monkeypatch):
    """The result stays in its unfinished folder, and the next run puts it in another place."""
    real = module.write_result

    def write_result(done, work, lang):
        OUT.mkdir()
        return real(done, work, lang)

    monkeypatch.setattr(module, "write_result", write_result)
    with pytest.raises(SweepStoppedError) as caught:
        sweep(small_sweep.order(scenario, OUT, VARY), silent)
    assert caught.value.code == Exit.CANNOT_WRITE
    assert os.listdir(OUT) == []
    OUT.rmdir()
    monkeypatch.setattr(module, "write_result", real)
    done, _ = sweep(small_sweep.order(scenario, OUT, VARY), silent)
    assert len(done.cases.rows) == 11
