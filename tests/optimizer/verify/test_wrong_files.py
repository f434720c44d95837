"""A run folder with missing, changed, strange or hostile files is reported, never a traceback."""

import json
import os
import shutil

import pytest
from wrong_run import WrongRun, append, rehash, write

from minequota.optimizer.verify import verify_run


def manifest(change):
    """Change the manifest's content."""

    def damage(run):
        content = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        change(content)
        (run / "manifest.json").write_text(json.dumps(content), encoding="utf-8")

    return damage


def unlink(name):
    """Remove a file."""
    return lambda run: (run / name).unlink()


def removed_with_its_hash(name):
    """Remove a file and forget that it was there."""

    def damage(run):
        (run / name).unlink()
        rehash(run)

    return damage


def link_outside(run):
    """Put a link to a file outside in the place of the log, with the right hash."""
    outside = run.parent / "outside.txt"
    shutil.copy(run / "log.txt", outside)
    (run / "log.txt").unlink()
    os.symlink(outside, run / "log.txt")


def text(name, change):
    """Change the text of a file and hash it anew."""

    def damage(run):
        path = run / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        rehash(run)

    return damage


ALLOCATION = "allocation.json"
SCENARIO = "inputs/scenario.yaml"
CASES = {
    "manifest missing": WrongRun("manifest_unreadable", "manifest", unlink("manifest.json")),
    "manifest truncated": WrongRun(
        "manifest_unreadable", "manifest", write("manifest.json", b'{"files": {')
    ),
    "manifest is a list": WrongRun(
        "manifest_unreadable", "manifest", write("manifest.json", b"[]")
    ),
    "manifest without hashes": WrongRun(
        "manifest_unreadable", "manifest", manifest(lambda content: content.pop("files"))
    ),
    "hash that is a number": WrongRun(
        "manifest_unreadable", "manifest", manifest(lambda content: content["files"].update(x=1))
    ),
    "file missing": WrongRun("file_missing", "log.txt", unlink("log.txt")),
    "file missing and forgotten": WrongRun(
        "file_missing", "inputs/mines.csv", removed_with_its_hash("inputs/mines.csv")
    ),
    "file added": WrongRun("file_unlisted", "notes.txt", write("notes.txt", b"hello")),
    "hidden file added": WrongRun("file_unlisted", ".x", write("tables/.x", b"")),
    "file changed": WrongRun("file_changed", "log.txt", append("log.txt", b" ")),
    "workbook changed": WrongRun("file_changed", "tables.xlsx", append("tables.xlsx", b" ")),
    "register changed": WrongRun(
        "file_changed", "inputs/mines.csv", append("inputs/mines.csv", b"\r\n")
    ),
    "path that climbs out": WrongRun(
        "file_outside", "../x", manifest(lambda content: content["files"].update({"../x": "0"}))
    ),
    "absolute path": WrongRun(
        "file_outside",
        "/etc/hostname",
        manifest(lambda content: content["files"].update({"/etc/hostname": "0"})),
    ),
    "link to the outside": WrongRun("file_outside", "log.txt", link_outside),
    "a folder in a file's place": WrongRun(
        "file_missing",
        "log.txt",
        lambda run: ((run / "log.txt").unlink(), (run / "log.txt").mkdir()),
    ),
    "allocation truncated": WrongRun(
        "allocation_unreadable", ALLOCATION, text(ALLOCATION, lambda one: one[: len(one) // 2])
    ),
    "allocation not UTF-8": WrongRun(
        "allocation_unreadable", ALLOCATION, write(ALLOCATION, b"\xff\xfe{}")
    ),
    "allocation empty": WrongRun("allocation_unreadable", ALLOCATION, write(ALLOCATION, b"")),
    "allocation missing": WrongRun("allocation_unreadable", ALLOCATION, unlink(ALLOCATION)),
    "allocation nested without end": WrongRun(
        "allocation_unreadable", ALLOCATION, write(ALLOCATION, b"[" * 200_000)
    ),
    "a key twice": WrongRun(
        "allocation_unreadable",
        ALLOCATION,
        text(ALLOCATION, lambda one: one.replace('"year"', '"year": 2025,\n  "year"', 1)),
    ),
    "NaN in JSON": WrongRun(
        "not_finite", "A1", text(ALLOCATION, lambda one: one.replace("16.58", "NaN", 1))
    ),
    "an allocation that is a list": WrongRun(
        "not_records", ALLOCATION, write(ALLOCATION, b"[1, 2]")
    ),
    "a quota changed, hashes and all": WrongRun(
        "cap_exceeded",
        "CAP.magnesite_east",
        text(ALLOCATION, lambda one: one.replace("16.58", "16.68")),
    ),
    "inputs missing": WrongRun("inputs_unreadable", SCENARIO, unlink(SCENARIO)),
    "inputs empty": WrongRun("inputs_unreadable", SCENARIO, write(SCENARIO, b"")),
    "inputs with an unknown key": WrongRun(
        "inputs_unreadable", SCENARIO, append(SCENARIO, b"\nmagic: 1\n")
    ),
    "inputs that are no YAML": WrongRun("inputs_unreadable", SCENARIO, write(SCENARIO, b"\x00{[")),
    "a cap changed in the saved plan, hashes and all": WrongRun(
        "cap_limit",
        "CAP.magnesite_east",
        text("inputs/plan.yaml", lambda one: one.replace("21 万吨", "22 万吨")),
    ),
    "manifest names another scenario": WrongRun(
        "header_differs", "header", manifest(lambda content: content.update(scenario="other"))
    ),
    "manifest hides a case": WrongRun(
        "header_differs", "header", manifest(lambda content: content.update(cases=["high"]))
    ),
    "manifest of another mode": WrongRun(
        "manifest_differs", "manifest", manifest(lambda content: content.update(mode="calendar"))
    ),
    "manifest of other years": WrongRun(
        "manifest_differs", "manifest", manifest(lambda content: content.update(years=[2024, 2025]))
    ),
    "manifest of another year": WrongRun(
        "manifest_differs", "manifest", manifest(lambda content: content.update(year=2024))
    ),
    "manifest of another plan": WrongRun(
        "manifest_differs", "manifest", manifest(lambda content: content.update(plan="huge"))
    ),
    "manifest of a better answer": WrongRun(
        "manifest_differs",
        "manifest",
        manifest(lambda content: content.update(status="within_gap")),
    ),
    "manifest without a mode": WrongRun(
        "manifest_differs", "manifest", manifest(lambda content: content.pop("mode"))
    ),
    "manifest without cases": WrongRun(
        "inputs_unreadable", SCENARIO, manifest(lambda content: content.update(cases=7))
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_correct_run_passes(written, lang):
    """The run folder of the hand-solved year has no fault in either language."""
    assert [str(one) for one in verify_run(written[lang])] == []


@pytest.mark.parametrize("name", CASES)
def test_damaged_folder_is_caught(run, name):
    """The check that is meant catches it."""
    assert CASES[name].caught(run), verify_run(run)


def test_file_that_cannot_be_read_is_a_fault(run, monkeypatch):
    """A file the disk refuses to hand over is reported like any other."""
    from minequota.optimizer.verify import files

    def refuse(path):
        raise OSError("input/output error")

    monkeypatch.setattr(files, "sha256", refuse)
    assert {one.code for one in verify_run(run)} == {"file_unreadable"}


def test_no_folder_is_a_fault(tmp_path):
    """A path that is no folder is said to be missing, with its name."""
    (fault,) = verify_run(tmp_path / "nowhere")
    assert (fault.code, "nowhere" in fault.where) == ("file_missing", True)


def test_folder_may_be_given_as_text(written):
    """The path may be a text."""
    assert verify_run(str(written["zh"])) == ()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_any_truncated_file_is_a_fault(written, tmp_path, share):
    """Each file of the folder cut short in turn: faults, never a traceback."""
    for path in sorted(written["zh"].rglob("*")):
        if path.is_dir() or path.stat().st_size == 0:
            continue
        name = path.relative_to(written["zh"])
        copy = shutil.copytree(written["zh"], tmp_path / name.as_posix().replace("/", "_"))
        content = path.read_bytes()
        (copy / name).write_bytes(content[: int(len(content) * share)])
        assert verify_run(copy), name
