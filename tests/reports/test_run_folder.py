"""A run folder is whole or not there."""

import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import report_sample as sample

from minequota.optimizer.allocation import SolveStatus
from minequota.reports import run_folder
from minequota.reports.machine import allocation_from
from minequota.reports.run_folder import VerificationFailedError, default_run_folder, write_run
from minequota.reports.staging import RunFolderExistsError


def run(out: Path, **changes):
    given = {"verify": lambda folder: (), "log_lines": ("solved",), "timings": {"solve": 0.5}}
    return write_run(sample.scenario(), sample.allocation(), out, **(given | changes))


def test_a_run_holds_everything(tmp_path):
    """Allocation, seven tables, workbook, inputs, manifest and log; nothing beside the folder."""
    out = run(tmp_path / "deep" / "run", command="minequota solve tiny")
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {
        "allocation.json",
        "tables.xlsx",
        "manifest.json",
        "log.txt",
        "inputs/plan.yaml",
        "inputs/scenario.yaml",
        "inputs/mines.csv",
    } <= names
    assert sum(name.startswith("tables/table") for name in names) == 7
    assert os.listdir(out.parent) == ["run"]
    document = json.loads((out / "allocation.json").read_text(encoding="utf-8"))
    assert allocation_from(document).quotas == sample.allocation().quotas


def test_the_manifest_hashes_every_other_file(tmp_path):
    """Recomputed from the bytes on disk."""
    out = run(tmp_path / "run", command="minequota solve tiny --case high")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    files = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == files
    assert manifest["cases"] == ["high"]
    assert manifest["changes"] == [
        {"case": "high", "path": "demand.菱镁矿.amount", "old": "25 万吨", "new": "30 万吨"}
    ]
    assert manifest["register"]["synthetic"] == 3
    assert manifest["timings"] == {"solve": 0.5}
    assert {"minequota", "python", "pulp", "highspy", "openpyxl"} <= set(manifest["versions"])


def test_faults_leave_nothing(tmp_path):
    """The check sees the whole folder; what it faults is never seen by anybody else."""
    seen = []

    def verify(folder):
        seen.extend(path.name for path in folder.iterdir())
        return ["cap_exceeded"]

    with pytest.raises(VerificationFailedError) as caught:
        run(tmp_path / "run", verify=verify)
    assert caught.value.faults == ("cap_exceeded",)
    assert {"allocation.json", "manifest.json", "tables"} <= set(seen)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing(tmp_path):
    """Ctrl-C in the middle of the check removes the unfinished folder."""

    def verify(folder):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "run", verify=verify)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_nothing_is_overwritten(tmp_path, kind):
    """An empty folder, a file and a dangling link each stop the run before any work."""
    out = tmp_path / "run"
    if kind == "folder":
        out.mkdir()
    elif kind == "file":
        out.write_text("mine", encoding="utf-8")
    else:
        out.symlink_to(tmp_path / "nowhere")

    def verify(folder):
        raise AssertionError("work was done")

    with pytest.raises(RunFolderExistsError):
        run(out, verify=verify)
    assert os.listdir(tmp_path) == ["run"]


def test_a_folder_that_came_meanwhile_wins(tmp_path):
    """Another run that finished first keeps its folder."""
    out = tmp_path / "run"

    def verify(folder):
        out.mkdir()
        (out / "theirs").write_text("x", encoding="utf-8")
        return ()

    with pytest.raises(RunFolderExistsError):
        run(out, verify=verify)
    assert os.listdir(tmp_path) == ["run"]
    assert os.listdir(out) == ["theirs"]


def test_a_place_below_a_file_cannot_be_written(tmp_path):
    """The system's own error comes through."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        run(tmp_path / "file" / "run")


@pytest.mark.parametrize("status", [SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER])
def test_no_answer_no_folder(tmp_path, status):
    """An infeasible run has no tables that could be misread."""
    allocation = replace(sample.allocation(), status=status)
    with pytest.raises(ValueError, match=status.value):
        write_run(sample.scenario(), allocation, tmp_path / "run", verify=lambda folder: ())
    assert list(tmp_path.iterdir()) == []


def test_the_independent_check_is_the_default(tmp_path, monkeypatch):
    """Without a check of its own a run is checked by the optimizer's."""
    monkeypatch.setattr(run_folder, "_independent_check", lambda: lambda folder: ["bad"])
    with pytest.raises(VerificationFailedError):
        run(tmp_path / "run", verify=None)


def test_the_default_folder_names_scenario_case_year_and_time():
    """Times are UTC; characters that a file system may refuse are replaced."""
    now = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert default_run_folder(sample.scenario(), now) == Path(
        "runs/tiny-high-2025-20250304T050607Z"
    )
    odd = replace(sample.scenario(), name="a/b:c", cases=())
    assert default_run_folder(odd, now).name == "a_b_c-set-2025-20250304T050607Z"
    plain = replace(odd, changes=())
    assert default_run_folder(plain, now).name == "a_b_c-as_written-2025-20250304T050607Z"


def test_a_refused_run_leaves_no_folder_above_it_either(tmp_path):
    """`runs/2025` did not exist before; after a failed check it does not exist again."""
    (tmp_path / "kept").mkdir()
    for out in (tmp_path / "runs" / "2025" / "run", tmp_path / "kept" / "run"):
        with pytest.raises(VerificationFailedError):
            run(out, verify=lambda folder: ("a fault",))
    assert os.listdir(tmp_path) == ["kept"]
    assert os.listdir(tmp_path / "kept") == []
