"""`minequota roll` as a planner meets it."""

import builders
import pytest

from minequota.optimizer.solve import solve
from minequota.reports.run_folder import write_run

HEADER = "许可证号,矿山名称,实际产量（万吨）\n"


@pytest.fixture
def run(desk):
    """Return the run folder of 2024: mines A and B with quotas of 10 and 6 万吨."""
    demand = {"菱镁矿": {"amount": "16 万吨", "assumed": True, "source": "test"}}
    scenario = builders.scenario(
        builders.tiny_plan(zones=[]),
        builders.tiny_question(year=2024, demand=demand),
        [
            builders.right("A", "东县", "菱镁矿", "10 万吨", reserves="100 万吨"),
            builders.right("B", "西县", "菱镁矿", "6 万吨"),
        ],
    )
    return write_run(scenario, solve(scenario), desk / "run")


def test_roll_and_solve(command, run, desk):
    """Two commands make the next year: `roll`, then `solve` of its folder, then `verify`."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,11\nB,B号矿,5\n", encoding="gb18030")
    done = command("roll", run, "actual.csv", "--out", "next")
    assert (done.code, done.err) == (0, "")
    assert "已滚动到 2025 年" in done.out
    assert "超产计入下年扣减 1 个" in done.out
    assert command("solve", "next", "--out", "next-run", "-q").code == 0
    assert command("verify", "next-run").code == 0


def test_english(command, run, desk):
    """With --lang en everything shown is English."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,11\nB,B号矿,5\n", encoding="utf-8")
    done = command("roll", run, "actual.csv", "--out", "next", "--lang", "en")
    assert "Rolled to 2025: 2 rights -> 2" in done.out
    page = (desk / "next" / "roll.md").read_text(encoding="utf-8")
    assert "## Quotas fulfilled" in page
    assert "| A | A号矿 | 菱镁矿 | control | 10 万吨 | 11 万吨 | 110.0 % |" in page


def test_everything_wrong_is_said_at_once(command, run, desk):
    """Cells, strangers and the missing mine: exit 3, no folder."""
    rows = "A,A号矿,-1\nX,,3\n=1+1,,2\n"
    (desk / "actual.csv").write_text(HEADER + rows, encoding="utf-8")
    done = command("roll", run, "actual.csv", "--out", "next")
    assert done.code == 3
    assert "actual.csv:2:3" in done.err
    assert "actual.csv:3:1" in done.err
    assert "actual.csv:4:1" in done.err
    assert "共 3 处问题" in done.err
    assert not (desk / "next").exists()


def test_missing_mines_are_a_choice(command, run, desk):
    """Refused without a word of it; with --missing quota taken at the quota."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,9\n", encoding="utf-8")
    done = command("roll", run, "actual.csv", "--out", "next")
    assert done.code == 3
    assert "--missing quota" in done.err
    assert command("roll", run, "actual.csv", "--out", "next", "--missing", "quota").code == 0


def test_a_folder_that_is_there_stays(command, run, desk):
    """Exit 7, nothing overwritten."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,9\nB,,1\n", encoding="utf-8")
    (desk / "next").mkdir()
    assert command("roll", run, "actual.csv", "--out", "next").code == 7
    assert list((desk / "next").iterdir()) == []


def test_a_plan_that_has_ended(command, run, desk):
    """2025 is the plan's last year: rolled once more it takes --extend-plan."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,9\nB,,1\n", encoding="utf-8")
    assert command("roll", run, "actual.csv", "--out", "next").code == 0
    assert command("solve", "next", "--out", "next-run", "-q").code == 0
    again = ("roll", "next-run", "actual.csv", "--out", "third")
    done = command(*again)
    assert done.code == 3
    assert "--extend-plan" in done.err
    assert command(*again, "--extend-plan").code == 0


@pytest.mark.parametrize(
    "wrong",
    [("--missing", "guess"), ("--tolerance", "-1"), ("--tolerance", "2"), ("--year", "soon")],
)
def test_options_out_of_range(command, run, wrong):
    """Wrong command lines end with 2."""
    assert command("roll", run, "actual.csv", "--out", "next", *wrong).code == 2


def test_a_large_output_is_confirmed_by_name_and_shown(command, run, desk):
    """31 is beyond three times 10; --confirm-large books it, and the screen says so."""
    (desk / "actual.csv").write_text(HEADER + "A,A号矿,31\nB,B号矿,5\n", encoding="utf-8")
    done = command("roll", run, "actual.csv", "--out", "next")
    assert done.code == 3
    assert "actual.csv:2:3" in done.err
    assert "--confirm-large A" in done.err
    done = command("roll", run, "actual.csv", "--out", "next", "--confirm-large", "A")
    assert done.code == 0
    assert "A: 产量 31 万吨" in done.out
    assert '"confirm_large": [\n      "A"\n' in (desk / "next/roll.json").read_text("utf-8")


def test_columns_not_used_are_said_on_the_screen_and_in_the_page(command, run, desk):
    """An event's 储量 that is no column of the register, a 上年产量 of the table."""
    header = "许可证号,上年产量（万吨）,实际产量（万吨）\n"
    (desk / "actual.csv").write_text(header + "A,9,10\nB,9,5\n合计,,16\n", encoding="utf-8")
    events = "date,event,licence,green,剩余吨数\n2024-06-01,变更,A,是,77万吨\n"
    (desk / "changes.csv").write_text(events, encoding="utf-8")
    done = command("roll", run, "actual.csv", "--out", "next", "--events", "changes.csv")
    assert done.code == 0, done.err
    page = (desk / "next/roll.md").read_text(encoding="utf-8")
    for text in (done.out, page):
        assert "上年产量（万吨）" in text
        assert "剩余吨数" in text
        assert "各行之和为 15 万吨" in text
