"""Every mistake ends with its place, what is wrong, the documented exit code, and no file."""

import random
import shutil

import pytest

PROGRAM, USAGE, INPUT, INFEASIBLE, CANNOT_WRITE = 1, 2, 3, 4, 7


def refused(outcome, desk, *said, code=INPUT):
    """Check that a command ended with `code`, said all of that, and left nothing behind."""
    assert outcome.code == code, outcome.err
    for words in said:
        assert words in outcome.err, outcome.err
    assert "Traceback" not in outcome.out + outcome.err
    assert outcome.out == ""
    assert list(desk.iterdir()) == []


def test_a_typo_in_a_key(command, desk, files):
    """The key's line and column, the key, and the one that was meant."""
    line, column = files.edit("scenario.yaml", "priority: 3", "priorty: 3")
    outcome = command("solve", files.scenario)
    refused(outcome, desk, f"scenario.yaml:{line}:{column}：", "priorty", "priority")
    assert outcome.err.count("scenario.yaml:") == 1
    assert "共 1 处问题，未写出任何文件。" in outcome.err


def test_a_demand_in_the_wrong_dimension(command, desk, files):
    """万立方米 of talc cannot be weighed without a density."""
    line, column = files.edit("scenario.yaml", "3 万吨", "3 万立方米", after="滑石:")
    outcome = command("solve", files.scenario)
    refused(outcome, desk, f"scenario.yaml:{line}:{column}：", "万立方米", "万吨")
    assert outcome.err.count("scenario.yaml:") == 1


def test_a_capacity_in_the_wrong_dimension(command, desk, files):
    """A magnesite licence in 万立方米 has no density either; the row of the register is named."""
    line, _ = files.edit("mines.csv", "16 万吨", "16 万立方米", after="SYN-DD-0145")
    outcome = command("solve", files.scenario)
    refused(outcome, desk, f"mines.csv:{line}", "万立方米")
    assert "共 1 处问题" in outcome.err


def test_a_negative_capacity(command, desk, files):
    """The row of the register and the amount."""
    line, _ = files.edit("mines.csv", "16 万吨", "-16 万吨", after="SYN-DD-0145")
    refused(command("solve", files.scenario), desk, f"mines.csv:{line}", "-16", "负数", "共 1 处")


def test_a_county_the_plan_does_not_have(command, desk, files):
    """The row, the name, and the county that was meant."""
    line, _ = files.edit("mines.csv", ",凤城市,", ",风城市,", after="SYN-DD-0149,")
    outcome = command("solve", files.scenario)
    refused(outcome, desk, f"mines.csv:{line}", "风城市", "凤城市", "共 1 处")


def test_an_unreadable_workbook(command, desk, tmp_path):
    """Random bytes are no workbook: the file is named, and nothing of openpyxl's own words."""
    register = tmp_path / "register.xlsx"
    register.write_bytes(random.Random(1).randbytes(5000))
    outcome = command("solve", "dandong", "--register", register)
    refused(outcome, desk, "register.xlsx")
    assert "BadZipFile" not in outcome.err


@pytest.mark.parametrize("argument", ["nowhere", "nowhere.yaml", "nowhere/"])
def test_a_scenario_that_is_not_there(command, desk, argument):
    """The name asked for is said."""
    refused(command("solve", argument), desk, "nowhere")


def test_a_register_that_is_not_there(command, desk):
    """The path asked for is said."""
    refused(command("solve", "dandong", "--register", "gone.csv"), desk, "gone.csv")


def test_an_unknown_case(command, desk):
    """The case asked for and the nearest one."""
    refused(command("solve", "dandong", "--case", "hihg"), desk, "hihg", "high")


def test_an_unknown_solver(command, desk):
    """A wrong command line, with the solvers there are, in the language asked for."""
    outcome = command("solve", "dandong", "--solver", "hihgs")
    refused(outcome, desk, "未知的求解器", "hihgs", "highs", "cbc", code=USAGE)
    outcome = command("solve", "dandong", "--solver", "hihgs", "--lang", "en")
    refused(outcome, desk, "Unknown solver", "hihgs", "highs", "cbc", code=USAGE)
    assert outcome.err.isascii()


def test_a_file_system_without_chinese(command, desk, monkeypatch):
    """Names that cannot be encoded end as a place that cannot be written, with the way out."""
    from minequota.reports import run

    def refuse(order, tell):
        "表".encode("ascii")

    monkeypatch.setattr(run, "run", refuse)
    refused(command("solve", "dandong"), desk, "ascii", "--lang en", code=CANNOT_WRITE)


def test_mistakes_in_three_files_are_told_at_once(command, desk, files):
    """Scenario, plan and register each have one: three lines, then their number."""
    first = files.edit("scenario.yaml", "priority: 3", "priorty: 3")
    second = files.edit("plan.yaml", "31 万吨", "31 万顿", after="id: magnesite_city")
    third = files.edit("mines.csv", "16 万吨", "-16 万吨", after="SYN-DD-0145")
    outcome = command("check", files.scenario)
    refused(outcome, desk, f"scenario.yaml:{first[0]}:{first[1]}", "priorty")
    refused(outcome, desk, f"plan.yaml:{second[0]}:{second[1]}", "万顿")
    refused(outcome, desk, f"mines.csv:{third[0]}", "-16", "共 3 处问题")
    assert len(outcome.err.strip().splitlines()) == 4


def test_mistakes_are_told_in_english_where_asked(command, desk, files):
    """The same place and key, no Chinese but in what was written."""
    line, column = files.edit("scenario.yaml", "priority: 3", "priorty: 3")
    outcome = command("check", files.scenario, "--lang", "en")
    refused(outcome, desk, f"scenario.yaml:{line}:{column}: ", "priorty", "1 problem; nothing")
    assert outcome.err.isascii()


def test_an_infeasible_plan(command, desk, files):
    """At least 40 万吨 of magnesite where at most 31 may be: no answer, and it says so."""
    cap = """  - id: magnesite_floor
    title: {zh: 菱镁矿最低产量, en: Least output of magnesite}
    product: 菱镁矿
    amount: 40 万吨
    attribute: binding
    sense: floor
    years: {first: 2021, last: 2025}
    source: 假设
  - id: talc_city
"""
    files.edit("plan.yaml", "  - id: talc_city\n", cap)
    outcome = command("solve", files.scenario, "--out", desk / "run")
    refused(outcome, desk, "无可行方案", code=INFEASIBLE)


def test_a_run_folder_that_exists(command, desk):
    """It is left as it was, and nothing is solved for nothing."""
    (desk / "run").mkdir()
    (desk / "run" / "note.txt").write_text("mine", encoding="utf-8")
    outcome = command("solve", "dandong", "--out", "run")
    assert outcome.code == CANNOT_WRITE
    assert "run" in outcome.err
    assert "不覆盖" in outcome.err
    assert "Traceback" not in outcome.err
    assert [path.name for path in desk.rglob("*")] == ["run", "note.txt"]


def test_a_place_that_cannot_be_written(command, desk, tmp_path):
    """A run folder inside a file cannot be: the place is named."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcome = command("solve", "dandong", "--out", tmp_path / "file" / "run")
    refused(outcome, desk, "无法写入", "file", code=CANNOT_WRITE)


@pytest.mark.parametrize(
    "arguments",
    [("solve",), ("solv", "dandong"), ("solve", "dandong", "--languge", "en"), ("verify",)],
)
def test_a_wrong_command_line(command, desk, arguments):
    """Anything the command does not know ends with 2, before anything is read."""
    outcome = command(*arguments)
    assert outcome.code == USAGE
    assert "Traceback" not in outcome.err
    assert list(desk.iterdir()) == []


def test_no_traceback_in_a_process_of_its_own(process, desk, files):
    """What ends inside the tests' process ends the same way as a command."""
    line, _ = files.edit("mines.csv", "16 万吨", "-16 万吨", after="SYN-DD-0145")
    refused(process("solve", files.scenario), desk, f"mines.csv:{line}", "负数")


def test_an_empty_folder_is_no_scenario(command, desk, tmp_path):
    """A folder without scenario.yaml is refused by name."""
    (tmp_path / "empty").mkdir()
    refused(command("check", tmp_path / "empty"), desk, "empty")


def test_a_scenario_whose_plan_is_gone(command, desk, files):
    """The plan's own path is said."""
    (files.folder / "plan.yaml").unlink()
    refused(command("check", files.scenario), desk, "mine/plan.yaml", "共 1 处")


def test_a_register_of_another_kind(command, desk, files):
    """A register that is no CSV or XLSX is refused by its name."""
    shutil.copy(files.folder / "mines.csv", files.folder / "mines.pdf")
    outcome = command("check", files.scenario, "--register", files.folder / "mines.pdf")
    refused(outcome, desk, "mines.pdf")
