"""Plans year by year and by demand centre, as a user asks for them on the command line."""

import csv
import json

import pytest

from minequota.scenarios.library import library_names


def lines(run, number):
    """Return the lines of a printed table, notes left out."""
    (path,) = (run / "tables").glob(f"table{number}_*.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [line for line in csv.DictReader(stream) if line["行别"] != "注"]


def test_a_calendar_is_solved_checked_and_written_by_years(command, desk):
    """Chaoyang 2023 to 2025: every table says the year, and what is issued the first output."""
    assert command("solve", "chaoyang", "--case", "calendar", "--out", "run").code == 0
    run = desk / "run"
    assert command("verify", "run").code == 0
    document = json.loads((run / "allocation.json").read_text("utf-8"))
    assert (document["mode"], document["years"]) == ("calendar", [2023, 2024, 2025])
    for number in (1, 2, 4, 5, 6):
        assert {line["年度"] for line in lines(run, number)} == {"2023", "2024", "2025"}
    issued = [line for line in lines(run, 3) if line["行别"] == "明细"]
    assert issued
    assert all(int(line["首次可产年度"]) > int(line["年度"]) for line in issued)


def test_an_unnamed_run_of_a_calendar_names_both_years(command, desk):
    """The folder below runs/ says 2023-2025."""
    assert command("solve", "chaoyang", "--case", "calendar", "-q").code == 0
    (run,) = (desk / "runs").iterdir()
    assert run.name.startswith("chaoyang-calendar-2023-2025-")


def test_demand_centres_get_a_table_of_flows(command, desk):
    """What goes to the centres is what the mines make of stone, and the folder verifies."""
    assert command("solve", "chaoyang", "--case", "transport", "-q", "--out", "run").code == 0
    run = desk / "run"
    assert command("verify", "run").code == 0
    sent = sum(float(line["供应量"]) for line in lines(run, 8) if line["行别"] == "明细")
    made = [line for line in lines(run, 2) if line["矿山名称"] == "建筑石料合计"]
    assert sent == pytest.approx(float(made[0]["本年指标-合计"]))


@pytest.mark.parametrize("plan", library_names())
def test_every_plan_is_audited(command, desk, plan):
    """`check` finds something in each, in both languages, and writes nothing."""
    for lang, found in (("zh", "条"), ("en", "warning")):
        outcome = command("check", plan, "--lang", lang)
        assert outcome.code == 0
        assert outcome.out.startswith("[")
        assert found in outcome.out.splitlines()[-1]
    assert list(desk.iterdir()) == []
