"""`minequota verify` on everything the program writes."""

import hashlib
import json

from small_sweep import write_scenario


def signed_again(folder, name):
    """Give the manifest the hash of a file that was changed, as a careful forger would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_comparison(command, desk):
    """Sound as written; a difference changed is found although its hash fits."""
    done = command("compare", "fangcheng", "--case", "low", "--case", "high", "--out", "made")
    assert done.code == 0, done.err
    assert command("verify", "made").code == 0
    path = desk / "made" / "comparison.json"
    text = path.read_text(encoding="utf-8")
    document = json.loads(text)
    line = document["outcomes"][3]
    line["values"] = dict.fromkeys(line["values"], 123.456)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert "FILES" in command("verify", "made").err
    signed_again(desk / "made", "comparison.json")
    done = command("verify", "made", "--lang", "en")
    assert done.code == 1
    assert "[COMPARE] comparison.json" in done.err


def test_a_case_of_a_comparison(command, desk):
    """A quota changed in one of its runs is found where it stands."""
    asked = ("--case", "low", "--case", "high")
    assert command("compare", "fangcheng", *asked, "--out", "made").code == 0
    case = desk / "made" / "cases" / "high"
    path = case / "allocation.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["quotas"][0]["amount"] += 1
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    done = command("verify", "made")
    assert done.code == 1
    assert f"cases/{case.name}" in done.err


def test_a_sweep(command, desk):
    """Sound as written; a table of cases that was changed afterwards is found."""
    scenario = write_scenario(desk / "scenario")
    vary = "plan.caps.magnesite_city.amount=28 万吨,29 万吨"
    done = command("sweep", scenario, "--vary", vary, "--jobs", "1", "--out", "made", "--quiet")
    assert done.code == 0, done.err
    assert command("verify", "made").code == 0
    with (desk / "made" / "cases.csv").open("ab") as stream:
        stream.write(b"3,1,1\n")
    done = command("verify", "made")
    assert done.code == 1
    assert "cases.csv" in done.err


def test_a_robust_plan(command, desk):
    """Sound as written; a changed future is found."""
    asked = ("--case", "low=0.5", "--case", "high=0.5")
    done = command("solve", "fangcheng", "--robust", "expected", *asked, "--out", "made", "-q")
    assert done.code == 0, done.err
    assert command("verify", "made").code == 0
    (desk / "made" / "futures" / "low" / "log.txt").write_text("", encoding="utf-8")
    assert command("verify", "made").code == 1


def test_what_is_none_of_ours(command, desk):
    """An empty folder is no run."""
    (desk / "empty").mkdir()
    assert command("verify", "empty").code == 3


def test_a_comparison_of_finished_runs(command, desk):
    """Sound where the runs still are; where one is gone, that is said once."""
    for case in ("low", "high"):
        assert command("solve", "fangcheng", "--case", case, "--out", case, "-q").code == 0
    assert command("compare", "low", "high", "--out", "made", "-q").code == 0
    assert command("verify", "made").code == 0
    (desk / "low").rename(desk / "elsewhere")
    done = command("verify", "made")
    assert done.code == 1
    assert done.err.count("[COMPARE]") == 1
    assert "不在原处" in done.err
