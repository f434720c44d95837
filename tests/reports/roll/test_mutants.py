"""The independent check sees what a roll must not get wrong: every one of these was once missed."""

import re

import pytest
from small import calendar, extra, magnesite, mine

from minequota.reports.roll.check import Asked, faults
from minequota.scenarios.load import load_scenario

ACTUAL = "许可证号,矿山名称,实际产量（万吨）\nA,A号矿,11\nB,B号矿,4\n"
FREE = {"caps": []}
A_RECORD = r'("right": "A",.*?)'


def found(run, folder, actual, name, pattern, new, **given):
    """Return the faults of a folder with one file changed; none before."""
    passed = given.pop("passed", 2024)
    given = {"as_planned": False, "plan": load_scenario(run / "inputs").plan} | given
    asked = Asked(run, actual, None, passed, **given)
    assert faults(asked, folder) == []
    path = folder / name
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return faults(asked, folder)


@pytest.mark.parametrize(
    ("name", "pattern", "new", "said"),
    [
        ("scenario.yaml", "amount: 1 万吨\n", "amount: 1000 万吨\n", "A: overproduced 1000"),
        ("scenario.yaml", "    year: 2024\n", "    year: 2025\n", "A: overproduced in 2025"),
        ("scenario.yaml", "overproduced:\n.*?expansions", "overproduced: {}\nexpansions", "A: its"),
        ("scenario.yaml", "amount: 16 万吨", "amount: 17 万吨", "scenario.demand.菱镁矿.amount"),
        ("scenario.yaml", "\nyear: 2025", "\nyear: 2026", "scenario.year"),
        ("scenario.yaml", "mode: target_state", "mode: calendar", "scenario.mode"),
        (
            "scenario.yaml",
            "availability: 1.0",
            "availability: 0.9",
            "scenario.options.availability",
        ),
        ("scenario.yaml", "mergers: \\[\\]", "mergers: [1]", "scenario.mergers"),
        ("scenario.yaml", "2024-12-31", "2023-12-31", "scenario.register_date"),
        ("plan.yaml", "amount: 31 万吨", "amount: 32 万吨", "plan.caps"),
        ("mines.csv", "11 万吨", "12 万吨", "A: last_output is 12"),
        ("mines.csv", ",11 万吨,", ",,", "A: last_output is empty"),
        ("mines.csv", "(11 万吨,),10 万吨", r"\1,9 万吨", "A: last_quota is 9"),
        ("mines.csv", "(11 万吨,),", r"\g<1>5 万吨,", "A: surveyed_output has changed"),
        ("mines.csv", "89 万吨,10 万吨", "89 万吨,20 万吨", "A: capacity is"),
        ("mines.csv", "10 万吨,,,", "10 万吨,stopped,,", "A: status is"),
        ("mines.csv", "10 万吨,,,", "10 万吨,,2030-01-01,", "A: licence_end is"),
        ("mines.csv", "(A,.*?default: size_class), last_quota", r"\1", "A: last_quota is said"),
        ("mines.csv", "(A,.*?register; )", r"\1synthetic: name; ", "A: name is said"),
        (
            "roll.json",
            '"fulfilment": .*?"produced": \\[',
            '"fulfilment": [],"produced": [',
            "records",
        ),
        ("roll.json", '("right": "B",.*?"unused": )2.0', r"\g<1>1.0", "B: unused 1"),
        ("roll.json", A_RECORD + '"rate": 1.1', r'\1"rate": 1.2', "A: rate 1.2"),
        ("roll.json", A_RECORD + '"entered": true', r'\1"entered": false', "A: entered is False"),
        ("roll.json", A_RECORD + '"quota": 10.0', r'\1"quota": 11.0', "A: quota is 11"),
        ("roll.json", A_RECORD + '"produced": 11.0', r'\1"produced": 10.0', "A: produced 10"),
    ],
)
def test_a_changed_figure_is_found(bench, name, pattern, new, said):
    """A made 11 of 10, B 4 of 6; one thing is changed in what the roll wrote."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    told = found(run, bench.roll(run, actual), actual, name, pattern, new)
    assert any(said in one for one in told), told


@pytest.mark.parametrize(
    ("name", "pattern", "new", "said"),
    [
        ("scenario.yaml", "first_year: 2024", "first_year: 2025", "scenario.first_year"),
        ("mines.csv", "(X@2023,[^\n]*?)40 万吨", r"\g<1>80 万吨", "X@2023: capacity"),
        ("mines.csv", "(X@2023,[^\n]*?)building", r"\1producing", "X@2023: status"),
    ],
)
def test_a_right_booked_as_planned_is_what_the_run_decided(bench, name, pattern, new, said):
    """X of 40 was issued in 2023 of a calendar to 2025."""
    scenario = magnesite(
        [mine("A", "10 万吨")],
        "50 万吨",
        FREE,
        extra_candidates=[extra("X", "40 万吨")],
        **calendar(2023, lead_time=1, ramp_up=[0.5, 1]),
    )
    run = bench.run(scenario)
    actual = bench.actual_table(run, leave_out=0, shares=(1.0,))
    folder = bench.roll(run, actual, as_planned=True)
    told = found(run, folder, actual, name, pattern, new, passed=2023, as_planned=True)
    assert any(said in one for one in told), told


def test_an_extended_plan_may_change_its_years_and_nothing_else(bench):
    """--extend-plan holds the caps of 2025 on to 2026; their amounts stay."""
    run = bench.tiny(question={"year": 2025})
    actual = bench.table(ACTUAL)
    folder = bench.roll(run, actual, extend_plan=True)
    told = found(
        run,
        folder,
        actual,
        "plan.yaml",
        "amount: 31 万吨",
        "amount: 32 万吨",
        passed=2025,
        extend_plan=True,
    )
    assert told == ["plan.caps: has changed"]


def test_an_event_cannot_be_claimed(bench):
    """roll.json may say that an event changed a right: without a table of events none did."""
    run, actual = bench.tiny(), bench.table(ACTUAL)
    folder = bench.roll(run, actual)
    path = folder / "roll.json"
    claim = '"steps": [{"kind": "event", "subject": "A", "field": ""},'
    path.write_text(path.read_text("utf-8").replace('"steps": [', claim, 1), encoding="utf-8")
    told = found(run, folder, actual, "mines.csv", "89 万吨,10 万吨", "89 万吨,20 万吨")
    assert any("A: capacity is" in one for one in told)


def test_changes_by_events_are_no_faults(bench):
    """A is closed, B grows and is merged into nothing: the check accepts what the table says."""
    run = bench.tiny()
    events = bench.folder / "changes.csv"
    events.write_text(
        "date,event,licence,capacity\n2024-06-01,变更,B,9 万吨\n2024-07-01,注销,A,\n",
        encoding="utf-8",
    )
    folder = bench.roll(run, bench.table(ACTUAL), events=events)
    assert bench.register(folder)["B"]["capacity"] == "9 万吨"
