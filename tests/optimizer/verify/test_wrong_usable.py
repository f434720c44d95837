"""A right that gets more than its listed share lets it make, or is not told of it, is caught."""

import re
import shutil

import mechanisms
import pytest
from small import calendar, expansion, magnesite, mine
from wrong import Wrong, nothing, other_question, put_in, row
from wrong_run import rehash

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records, verify_run
from minequota.reports.machine import allocation_document

WIDE = {"caps": mechanisms.WIDE}


def moved(year, amount, giver, taker):
    """Let one mine's output of a year pass to another, all else kept in step."""

    def change(records):
        for right, more in ((giver, -amount), (taker, amount)):
            one = row(records, "quotas", right, year=year)
            one["amount"] = one["ore"] = round(one["amount"] + more, 6)
            one["share_of_capacity"] = one["ore"] / one["capacity"]

    return change


def listed(**usable):
    """Return the options of the year with other shares."""
    return {"options": {"min_load": 0.3, "usable": usable}}


CASES = {
    "above the share of its licence": Wrong(
        "quota_above_capacity", "A 2024", moved(2024, 0.1, "C", "A"), of="ramping"
    ),
    "above what its members can use": Wrong(
        "quota_above_capacity", "merger:mn 2024", moved(2024, 0.4, "C", "merger:mn"), of="ramping"
    ),
    "a smaller share than it was given": Wrong(
        "quota_above_capacity",
        "A 2024",
        nothing,
        question=listed(A={2024: 0.45}, M={2024: 0.25}),
        of="ramping",
    ),
    "a share of the year after": Wrong(
        "quota_above_capacity",
        "A 2025",
        nothing,
        question=listed(A={2024: 0.5, 2025: 0.5}, M={2024: 0.25}),
        of="ramping",
    ),
    "a larger share, and so an uneven one": Wrong(
        "sharing_uneven",
        "2024",
        nothing,
        question=listed(A={2024: 0.9}, M={2024: 0.25}),
        of="ramping",
    ),
    # Weighed by what it can use, A would have 10 ÷ 34 · 24 = 7.06.
    "weighed by what it can use": Wrong(
        "sharing_uneven", "2024", moved(2024, 2.94, "A", "C"), of="ramping"
    ),
    # 0.3 of the 10 it can use are 3.
    "below the least load of what it can use": Wrong(
        "quota_below_least", "A 2024", moved(2024, 7.1, "A", "C"), of="ramping"
    ),
    "the share of its use and not of its licence": Wrong(
        "quota_share", "A 2024", put_in(2024, "quotas", "A", share_of_capacity=1.0), of="ramping"
    ),
    "not told": Wrong(
        "quota_reason", "A 2024", put_in(2024, "quotas", "A", reason="达到可用产能"), of="ramping"
    ),
    "another share told": Wrong(
        "quota_reason",
        "merger:mn 2024",
        put_in(2024, "quotas", "merger:mn", reason="基建达产期，可用产能按63%计；需求已满足"),
        of="ramping",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_share_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), [str(one) for one in CASES[name].faults()]


def test_the_year_is_solved_as_by_hand():
    """The arithmetic stands with the question; the check accepts it."""
    records = mechanisms.records("ramping")
    found = {(one["year"], one["right"]): one["amount"] for one in records["quotas"]}
    assert found == {
        (2024, "A"): 10,
        (2024, "C"): 8.75,
        (2024, "merger:mn"): 5.25,
        (2025, "A"): 10.91,
        (2025, "C"): 8.18,
        (2025, "merger:mn"): 4.91,
    }
    assert verify_records(mechanisms.scenario("ramping"), records) == ()


def test_the_check_reads_the_shares_for_itself():
    """Solved as if nothing were listed, the answer does not pass where something is."""
    scenario = mechanisms.scenario("ramping")
    without = other_question(scenario, {}, {"options": {"min_load": 0.3}})
    records = allocation_document(scenario, solve(without))
    found = {one.code for one in verify_records(scenario, records)}
    assert {"quota_above_capacity", "quota_reason"} <= found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_run_folder_passes(mechanism_run, lang):
    """Files, tables and records of a year with listed shares, in either language."""
    assert [str(one) for one in verify_run(mechanism_run("ramping", lang))] == []


def test_a_run_whose_scenario_lists_less_is_caught(mechanism_run, tmp_path):
    """A's half made a quarter in the scenario's own file, hashes renewed: its 10 are too many."""
    run = shutil.copytree(mechanism_run("ramping"), tmp_path / "run")
    (path,) = run.rglob("scenario.yaml")
    text = path.read_text(encoding="utf-8")
    less, times = re.subn(r"(A:\s+\W?2024\W?: )0\.5", r"\g<1>0.25", text)
    assert times == 1
    path.write_text(less, encoding="utf-8")
    rehash(run)
    assert "quota_above_capacity" in {one.code for one in verify_run(run)}


STEADY = {"steady": {"up": 0.25, "down": 0.25, "source": "test"}}
ACCEPTED = {
    "an expansion that is not scaled": magnesite(
        [mine("A", "10 万吨")],
        "30 万吨",
        WIDE,
        options={"usable": {"A": {2025: 0.5}}},
        expansions=[expansion("A", "30 万吨")],
    ),
    "a rise from a half to the whole": magnesite(
        [mine("A", "20 万吨"), mine("B", "20 万吨", last_output="10 万吨")],
        "60 万吨",
        WIDE,
        **calendar(2024, usable={"A": {2024: 0.5}}, **STEADY),
    ),
    "nothing at all to use": magnesite(
        [mine("A", "20 万吨"), mine("B", "20 万吨")],
        "30 万吨",
        WIDE,
        options={"usable": {"A": {2025: 0}}},
    ),
    # Half of the table's 10 is asked of the 6 it can use.
    "a minimum in proportion": magnesite(
        [mine("A", "12 万吨")],
        "5.5 万吨",
        WIDE,
        options={"usable": {"A": {2025: 0.5}}, "minimum_binds_output": True},
    ),
    # A quarter less than 15 were 11.25; it can use 10.
    "last output above what it can use": magnesite(
        [mine("A", "20 万吨", last_output="15 万吨")],
        "20 万吨",
        WIDE,
        options={"usable": {"A": {2024: 0.5, 2025: 0.5}}} | STEADY,
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_answer_is_accepted(name):
    """What the model makes of it the check reads alike."""
    scenario = ACCEPTED[name]
    records = allocation_document(scenario, solve(scenario))
    assert [str(one) for one in verify_records(scenario, records)] == []


def test_who_keeps_his_share_is_steady():
    """A at a half in both years: 10 after 10 is asked, and a fall to 7 is too fast."""
    options = {"usable": {"A": {2024: 0.5, 2025: 0.5}}} | STEADY
    scenario = magnesite(
        [mine("A", "20 万吨"), mine("B", "20 万吨")], "30 万吨", WIDE, **calendar(2024, **options)
    )
    records = allocation_document(scenario, solve(scenario))
    assert verify_records(scenario, records) == ()
    moved(2025, 3.0, "A", "B")(records)
    assert "quota_unsteady" in {one.code for one in verify_records(scenario, records)}
