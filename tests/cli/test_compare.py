"""`minequota compare` as a user meets it."""

import json
import re

import pytest

HAN = re.compile("[\u4e00-\u9fff]")
TWO = ("compare", "fangcheng", "--case", "low", "--case", "high")


def with_case(files, text):
    """Write one more case into a planner's scenario and return its file."""
    files.edit("scenario.yaml", "\ncases:\n", f"\ncases:\n{text}")
    return files.scenario


def test_two_cases(command, desk):
    """Two cases are shown in Chinese and written below runs/, each with its run folder."""
    done = command(*TWO)
    assert done.code == 0, done.err
    for needed in ("表1 输入差异", "表2 结果对照", "表3 ", "表4 ", "表5 ", "为合成数据"):
        assert needed in done.out
    assert "\x1b" not in done.out
    (folder,) = (desk / "runs").iterdir()
    assert re.fullmatch(r"fangcheng-compare-\d{8}T\d{6}Z", folder.name)
    assert {path.name for path in folder.iterdir()} == {
        "cases",
        "comparison.json",
        "comparison.xlsx",
        "log.txt",
        "manifest.json",
        "tables",
    }
    assert command("verify", folder / "cases" / "high").code == 0


def test_json_alone(command, desk):
    """--json prints the document that is written, and nothing else."""
    done = command(*TWO, "--json", "--out", "made", "--base", "high")
    assert done.code == 0, done.err
    said = json.loads(done.out)
    assert said["format"] == "minequota-comparison/1"
    assert said["base"] == "high"
    assert done.out == (desk / "made" / "comparison.json").read_text(encoding="utf-8")


def test_english(command):
    """In English nothing is Chinese but the product in the id of a demand."""
    done = command(*TWO, "--lang", "en", "--quiet", "--out", "made")
    assert done.code == 0, done.err
    assert "Outcomes side by side" in done.out
    assert not HAN.search(re.sub(r"\[DEMAND\.[^]]*]", "", done.out))


def test_what_exists_is_not_touched(command, desk):
    """A folder that is there stops the command before anything is solved."""
    (desk / "made").mkdir()
    done = command(*TWO, "--out", "made")
    assert done.code == 7
    assert list((desk / "made").iterdir()) == []


def test_all_mistakes_of_all_cases_at_once(command, desk):
    """Two unknown cases are two mistakes, told in one go; nothing is written."""
    done = command("compare", "fangcheng", "--case", "lwo", "--case", "hihg", "--out", "made")
    assert done.code == 3
    assert "lwo" in done.err
    assert "hihg" in done.err
    assert list(desk.iterdir()) == []


def test_an_unknown_scenario_hides_no_other_mistake(command, desk):
    """A scenario that is none and a case that is none are both told, in one go."""
    done = command("compare", "fangcheng", "nosuch", "--case", "hihg", "--out", "made")
    assert done.code == 3
    assert "nosuch" in done.err
    assert "hihg" in done.err
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "runs"),
    [("comparison.json", "made/cases/*"), ("robust.json", "made/futures/*"), ("sweep.json", "")],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_of_several_answers(command, desk, name, runs, lang):
    """It is said what the folder is, and where the runs in it stand."""
    (desk / "made").mkdir()
    for one in (name, "manifest.json"):
        (desk / "made" / one).write_text("{}", encoding="utf-8")
    done = command("compare", "made", "fangcheng", "--case", "hihg", "--lang", lang)
    assert done.code == 3
    said = {
        "comparison.json": ("对照", "a comparison"),
        "robust.json": ("稳健方案", "a robust plan"),
        "sweep.json": ("扫描", "a sweep"),
    }[name]
    assert said[lang == "en"] in done.err
    assert runs in done.err
    assert "hihg" in done.err


def test_cases_that_touch_the_same_key(command, desk):
    """low+high both set a demand: that is a mistake of the combination, with its place."""
    done = command("compare", "fangcheng", "--case", "low+high", "--case", "base")
    assert done.code == 3
    assert "demand.建筑石料.amount" in done.err
    assert "scenario.yaml:" in done.err
    assert list(desk.iterdir()) == []


def test_a_base_that_is_no_column(command, desk):
    """The nearest name is offered."""
    done = command(*TWO, "--base", "hgih")
    assert done.code == 3
    assert "high" in done.err
    assert list(desk.iterdir()) == []


def test_a_changed_run_is_refused(command, desk):
    """A run folder that fails its check is refused with the fault."""
    assert command(*TWO, "--out", "made", "--quiet").code == 0
    runs = [desk / "made" / "cases" / name for name in ("low", "high")]
    table = next((runs[1] / "tables").glob("table2_*.csv"))
    table.write_bytes(table.read_bytes() + b"x")
    done = command("compare", *runs, "--out", "again")
    assert done.code == 3
    assert table.name in done.err
    assert not (desk / "again").exists()
    (runs[0] / "allocation.json").unlink()
    done = command("compare", *runs, "--out", "again")
    assert done.code == 3
    assert "allocation.json" in done.err


def test_an_infeasible_case_is_a_column(command, desk, files):
    """At least 40 万吨 of magnesite where the counties may dig 31: a column without an answer.

    The other case stands, and the code tells.
    """
    case = (
        "  none:\n"
        "    title: {zh: 不可能, en: Impossible}\n"
        "    set:\n"
        "      plan.caps.magnesite_city.sense: floor\n"
        "      plan.caps.magnesite_city.amount: 40 万吨\n"
    )
    scenario = with_case(files, case)
    done = command("compare", scenario, "--case", "none", "--case", "low", "--out", "made")
    assert done.code == 4, done.err
    assert "无可行解" in done.out
    said = json.loads((desk / "made" / "comparison.json").read_text(encoding="utf-8"))
    assert [one["status"] for one in said["cases"]] == ["infeasible", "optimal"]
    assert said["cases"][0]["folder"] == ""
    assert [path.name for path in (desk / "made" / "cases").iterdir()] == ["low"]
    assert all(line["differences"] == {"low": None} for line in said["mines"])


@pytest.mark.parametrize(("status", "code"), [("no_answer", 6), ("infeasible", 4)])
def test_cases_that_all_fail(command, desk, monkeypatch, status, code):
    """Without a single answer the inputs still stand side by side, and nothing else does."""
    from minequota.optimizer import solve
    from minequota.optimizer.allocation import SolveStatus
    from minequota.optimizer.stages import NoAllocationError

    def fail(*args):
        raise NoAllocationError(SolveStatus(status), "closures")

    monkeypatch.setattr(solve, "solve", fail)
    done = command(*TWO, "--out", "made")
    assert done.code == code, done.err
    said = json.loads((desk / "made" / "comparison.json").read_text(encoding="utf-8"))
    assert [one["status"] for one in said["cases"]] == [status, status]
    assert said["inputs"]
    assert said["mines"] == said["zones"] == said["rights"] == []
    assert not (desk / "made" / "cases").exists()


def test_a_time_limit_is_said_and_compared(command, desk, monkeypatch):
    """A best answer at the time limit is a run folder and a column; the code is the worst."""
    from dataclasses import replace

    from minequota.optimizer import solve
    from minequota.optimizer.allocation import SolveStatus

    whole = solve.solve

    def cut(scenario, *args):
        answer = whole(scenario, *args)
        if scenario.cases == ("high",):
            goals = (replace(answer.goals[0], status=SolveStatus.TIME_LIMIT), *answer.goals[1:])
            answer = replace(answer, status=SolveStatus.TIME_LIMIT, goals=goals)
        return answer

    monkeypatch.setattr(solve, "solve", cut)
    done = command(*TWO, "--out", "made", "--quiet")
    assert done.code == 5, done.err
    assert "到达时限" in done.out
    assert (desk / "made" / "cases" / "high" / "allocation.json").is_file()


def test_a_wrong_comparison_is_never_written(command, desk, monkeypatch):
    """A fault the check finds is a bug: code 1, and nothing is left."""
    from minequota.reports.compare import run

    monkeypatch.setattr(run, "comparison_faults", lambda document, places: ("mines A: wrong",))
    done = command(*TWO, "--out", "made")
    assert done.code == 1
    assert "mines A: wrong" in done.err
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize("name", ["[/red]", "=1+1", "<script>alert(1)</script>"])
def test_hostile_case_names(command, desk, files, name):
    """A case may be called what a program could misread: it comes out as its name."""
    case = f'  "{name}":\n    title: {{zh: "{name}", en: "{name}"}}\n    set: {{}}\n'
    scenario = with_case(files, case)
    done = command("compare", scenario, "--case", name, "--case", "low", "--out", "made", "--quiet")
    assert done.code == 0, done.err
    said = json.loads((desk / "made" / "comparison.json").read_text(encoding="utf-8"))
    assert said["cases"][0]["name"] == name
    (folder,) = [one for one in (desk / "made" / "cases").iterdir() if one.name != "low"]
    assert not set(folder.name) & set('<>:"/\\|?*[]=')
