"""`--set` and `extends` on the command line: applied, logged, stored, refused."""

import json

import pytest

INPUT = 3


@pytest.mark.parametrize("verb", ["check", "solve"])
def test_what_cannot_be_set(command, desk, verb):
    """Every mistake of every --set at once, each with its option; nothing is written."""
    for given, said in (
        (("options.closing",), ("--set options.closing：", "路径=值")),
        (("options.closing=maybe", "demnad.x=1"), ("--set options.closing：", "--set demnad.x：")),
        (("options={}", "options.closing=false"), ("--set options.closing：", "同一处")),
        (("plan=liaoyang",), ("--set plan：", "不能由案例改动")),
    ):
        arguments = [word for one in given for word in ("--set", one)]
        outcome = command(verb, "fangcheng", *arguments)
        assert (outcome.code, outcome.out) == (INPUT, "")
        for words in said:
            assert words in outcome.err
        assert list(desk.iterdir()) == []


def test_a_check_speaks_of_what_is_set(command):
    """The findings are those of the scenario as set: a demand far above the cap is one."""
    plain = command("check", "fangcheng")
    more = command("check", "fangcheng", "--set", "demand.建筑石料.amount=9000 万吨")
    assert (plain.code, more.code) == (0, 0)
    assert "9000" in more.out.replace(",", "")
    assert "9000" not in plain.out.replace(",", "")


def test_a_run_stores_what_is_set_and_what_a_file_extends(command, desk):
    """Old and new of every key are in the manifest and the log; the inputs are whole.

    The extending file sets another demand, --set another still: 1500 -> 1600 -> 1700 万吨.
    """
    (desk / "mine.yaml").write_text(
        "extends: fangcheng\ndemand: {建筑石料: {amount: 1600 万吨}}\n", encoding="utf-8"
    )
    done = command(
        "solve", "mine.yaml", "--set", "demand.建筑石料.amount=1700 万吨", "-q", "--out", "run"
    )
    assert done.code == 0, done.err
    run = desk / "run"
    changes = json.loads((run / "manifest.json").read_text("utf-8"))["changes"]
    path = "demand.建筑石料.amount"
    assert [(one["case"], one["old"], one["new"]) for one in changes if one["path"] == path] == [
        ("extends:mine.yaml", "1500 万吨", "1600 万吨"),
        ("", "1600 万吨", "1700 万吨"),
    ]
    log = (run / "log.txt").read_text("utf-8")
    assert f"changed {path}: 1600 万吨 -> 1700 万吨" in log
    inputs = (run / "inputs" / "scenario.yaml").read_text("utf-8")
    assert "extends" not in inputs
    assert "（改为1700 万吨）" in inputs
    assert command("verify", run).code == 0
