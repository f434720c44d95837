"""The folder of the next year: complete, the same every time, or not there at all."""

import hashlib
import json
import re
import shutil

import pytest

from minequota.reports.roll import folder as writing
from minequota.reports.roll.check import Asked, faults
from minequota.reports.run_folder import VerificationFailedError
from minequota.reports.staging import RunFolderExistsError
from minequota.scenarios.errors import InputError
from minequota.scenarios.load import load_scenario

ACTUAL = "许可证号,矿山名称,实际产量（万吨）\nA,A号矿,11\nB,B号矿,4\n"


def contents(folder):
    """Return every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def quotas(run):
    """Return a run's figures."""
    document = json.loads((run / "allocation.json").read_text(encoding="utf-8"))
    return {one["right"]: one["amount"] for one in document["quotas"]}


def test_a_rolled_year_solves_and_takes_the_excess_off(bench):
    """A made 11 of 10: its next quota is at most 9. B's 2 unused are not added to its 6."""
    run = bench.tiny()
    assert quotas(run) == {"A": 10, "B": 6}
    folder = bench.roll(run, bench.table(ACTUAL))
    assert quotas(bench.solved(folder, "next-run")) == {"A": 9, "B": 6}


def test_the_folder_holds_what_it_says(bench):
    """Every file is listed with its hash; run and table are named with theirs."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    folder = bench.roll(run, actual)
    assert sorted(contents(folder)) == [
        "mines.csv",
        "plan.yaml",
        "roll.json",
        "roll.md",
        "roll_manifest.json",
        "scenario.yaml",
    ]
    manifest = json.loads((folder / "roll_manifest.json").read_text(encoding="utf-8"))

    def sha(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()

    assert manifest["actual"] == {"name": "actual.csv", "sha256": sha(actual)}
    assert manifest["run"]["manifest_sha256"] == sha(run / "manifest.json")
    assert manifest["files"] == {
        path.name: sha(path)
        for path in sorted(folder.iterdir())
        if path.name != "roll_manifest.json"
    }
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    assert told["format"] == "minequota-roll/1"
    assert (told["passed"], told["years"]) == (2024, [2025])
    assert told["rights"]["before"] == told["rights"]["after"] == 2
    assert [(one["right"], one["rate"], one["excess"]) for one in told["fulfilment"]] == [
        ("A", 1.1, 1),
        ("B", 0.666666666667, 0),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_roll_has_the_same_bytes(bench, lang):
    """Neither time nor place stands in any file."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    one = contents(bench.roll(run, actual, "one", lang=lang))
    assert one == contents(bench.roll(run, actual, "two", lang=lang))
    assert ("执行率" in one["roll.md"].decode()) == (lang == "zh")


def test_text_from_tables_stays_text(bench):
    """A name with Markdown, HTML and bars is shown as it is; the table stays a table."""
    run = bench.tiny(b={"name": "<b>|矿*[x](y)"})
    page = (
        bench.roll(run, bench.table("许可证号,实际产量（万吨）\nA,1\nB,2\n")) / "roll.md"
    ).read_text(encoding="utf-8")
    assert r"&lt;b&gt;\|矿\*\[x\](y)" in page
    assert "<b>" not in page


def test_nothing_is_overwritten_or_left_behind(bench):
    """A folder that is there stays; a refused table leaves no folder, not even a hidden one."""
    run = bench.tiny()
    taken = bench.folder / "next"
    taken.mkdir()
    with pytest.raises(RunFolderExistsError):
        bench.roll(run, bench.table(ACTUAL))
    with pytest.raises(InputError):
        bench.roll(run, bench.table("许可证号,实际产量（万吨）\nA,1\n"), "deep/er")
    assert sorted(one.name for one in bench.folder.iterdir()) == ["actual.csv", "next", "run"]


def test_a_run_that_was_touched_is_refused(bench):
    """One changed figure of a table, and nothing of the run is believed."""
    run = bench.tiny()
    path = run / "inputs" / "mines.csv"
    path.write_bytes(path.read_bytes().replace(b"100 ", b"900 "))
    with pytest.raises(InputError) as refused:
        bench.roll(run, bench.table(ACTUAL))
    assert {one.code for one in refused.value.problems} == {"run_faulty"}
    with pytest.raises(InputError) as refused:
        bench.roll(bench.folder, bench.table(ACTUAL))
    assert [one.code for one in refused.value.problems] == ["run_missing"]


def test_what_does_not_load_is_a_bug_and_writes_nothing(bench, monkeypatch):
    """The folder is loaded before it is renamed."""
    run = bench.tiny()
    monkeypatch.setattr(writing, "format_yaml", lambda data: "format: nonsense\n")
    with pytest.raises(VerificationFailedError):
        bench.roll(run, bench.table(ACTUAL))
    assert not (bench.folder / "next").exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("mines.csv", "89 万吨", "88 万吨", "A: drew 12"),
        ("mines.csv", "\nB,", "\nC,", "C: entered for no reason"),
        ("roll.json", '"before": 2', '"before": 3', "rights.before"),
        ("roll.json", '"excess": 1.0,', '"excess": 2.0,', "A: excess 2"),
    ],
)
def test_the_check_finds_what_does_not_add_up(bench, name, old, new, said):
    """A reserve, a right, a count or an excess that is not what files and table give."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    folder = bench.roll(run, actual)
    plan = load_scenario(run / "inputs").plan
    asked = Asked(run, actual, None, 2024, as_planned=False, plan=plan)
    assert faults(asked, folder) == []
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(said in one for one in faults(asked, folder))


def test_events_the_run_did_not_apply(bench):
    """Later events of a run's folder that fall into the year are applied, the rest are kept."""
    run = bench.tiny(question={"year": 2024})
    events = run / "inputs" / "events.csv"
    events.write_text(
        "date,event,licence\n2024-05-01,停产,B\n2025-06-01,复产,B\n", encoding="utf-8"
    )
    path = run / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"]["inputs/events.csv"] = hashlib.sha256(events.read_bytes()).hexdigest()
    manifest["events"]["later"] = 2
    path.write_text(json.dumps(manifest), encoding="utf-8")
    folder = bench.roll(run, bench.table(ACTUAL))
    scenario = load_scenario(folder)
    assert [one.status.value for one in scenario.rights] == ["producing", "stopped"]
    assert [(str(one.day), one.kind.value) for one in scenario.events_later] == [
        ("2025-06-01", "resumed")
    ]


def test_events_a_run_kept_no_file_of_are_asked_for(bench):
    """The manifest counts them: it is said that they have to be given."""
    run = bench.tiny()
    path = run / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["events"]["later"] = 2
    path.write_text(json.dumps(manifest), encoding="utf-8")
    told = json.loads((bench.roll(run, bench.table(ACTUAL)) / "roll.json").read_text("utf-8"))
    assert "events_unkept" in {one["code"] for one in told["notices"]}


def test_a_moved_run_rolls_the_same(bench, monkeypatch):
    """Where run, table and user are says nothing; what the files are called does."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    one = contents(bench.roll(run, actual, "one"))
    other = bench.folder / "elsewhere" / "run"
    other.parent.mkdir()
    shutil.move(run, other)
    monkeypatch.chdir(bench.folder)
    assert contents(bench.roll(other, actual, "two")) == one


def test_a_chinese_page_has_chinese_titles(bench):
    """No field of the register stands in it under its English name."""
    run = bench.tiny()
    page = (bench.roll(run, bench.table(ACTUAL)) / "roll.md").read_text(encoding="utf-8")
    register = page[page.index("## 名册数值的改动") :]
    steps = [line.split(" | ")[2] for line in register.splitlines() if line.count(" | ") == 6]
    assert {"保有资源储量", "上年产量"} <= {*steps}
    assert not any(re.search("[a-z]", one) for one in steps), steps
    english = bench.roll(run, bench.table(ACTUAL), "en", lang="en") / "roll.md"
    assert "| reserves | 100 万吨 | 89 万吨 |" in english.read_text(encoding="utf-8")
