"""Every library plan rolled into its next year as planned, solved again and checked."""

import json

import pytest

from minequota.scenarios.errors import InputError
from minequota.scenarios.load import library_names, load_scenario
from minequota.scenarios.units import Quantity


def decisions(document, year):
    """Return who enters and who leaves by the run's decisions up to a year."""
    due = [one for one in document["reorganisations"] if one["year"] <= year]
    entering = [one["right"] for one in document["issuance"] if one["year"] <= year]
    entering += [one["right"] for one in due if one["kind"] == "merge"]
    leaving = [
        one["right"]
        for one in document["actions"]
        if one["kind"] in ("leave_forced", "leave_chosen", "merge") and one["year"] <= year
    ]
    return {f"{one}@".replace(":", "-") for one in entering}, set(leaving)


def check_register(before, after, document, year):
    """Who was decided has entered or left, and nobody else has."""
    entering, leaving = decisions(document, year)
    assert set(before) - set(after) == leaving
    assert {one.rpartition("@")[0] + "@" for one in set(after) - set(before)} == entering


def check_reserves(before, after, told):
    """Of every right that stays, the reserves fall by the ore of its row."""
    made = {one["right"]: one for one in told["produced"]}
    touched = {one["subject"] for one in told["steps"] if one["kind"] == "expanded"}
    seen = 0
    for licence in (set(before) & set(after)) - touched:
        if before[licence]["reserves"] and licence in made and made[licence]["ore"]:
            had = Quantity.parse(before[licence]["reserves"])
            has = Quantity.parse(after[licence]["reserves"])
            if made[licence]["unit"] == had.unit:
                left = max(0.0, had.value - made[licence]["ore"])
                assert has.value == pytest.approx(left, abs=1e-6), licence
                seen += 1
    assert seen


@pytest.mark.parametrize("plan", library_names())
def test_a_library_plan_rolls_into_its_next_year(bench, plan):
    """The plan's last year, at 110 and 90 % in turn, one mine not reported; then the year after.

    The plans end with 2025, so 2026 takes --extend-plan. What is over a control quota lowers the
    next year's; writing the run's folder checks every rule of the new year.
    """
    run = bench.run(load_scenario(plan))
    actual = bench.actual_table(run)
    folder = bench.roll(run, actual, as_planned=True, extend_plan=True, missing="quota")
    document = bench.records(run)
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    before, after = bench.register(run / "inputs"), bench.register(folder)
    check_register(before, after, document, 2025)
    check_reserves(before, after, told)
    missing = [one for one in told["produced"] if one["origin"] == "quota"]
    assert len(missing) == 1
    rates = {round(one["rate"], 1) for one in told["fulfilment"] if one["rate"] and one["place"]}
    assert {0.9, 1.1} <= rates
    scenario = load_scenario(folder)
    over = {one["right"] for one in told["fulfilment"] if one["excess"] and one["entered"]}
    assert {*scenario.question.overproduced} == over
    assert all(one["kind"] == "control" for one in told["fulfilment"] if one["entered"])
    again = bench.records(bench.solved(folder, "next-run"))
    assert (again["year"], again["status"]) == (2026, "optimal")
    capacity = {one.licence: one.capacity for one in scenario.rights}
    for licence, excess in scenario.question.overproduced.items():
        ore = {one["right"]: one["ore"] for one in again["quotas"]}[licence]
        unit = capacity[licence].unit
        assert ore <= capacity[licence].value - excess.amount.to(unit) + 1e-6


def check_ramp_up(document):
    """Issued or booked, a right makes at most half of its capacity in its first producing year."""
    issued = {one["right"]: one["year"] for one in document["issuance"]}
    for one in document["quotas"]:
        booked = one["right"].rpartition("@")[2]
        year = int(booked) if "@" in one["right"] else issued.get(one["right"])
        if year is not None and one["year"] <= year + 1:
            most = 0.5 * one["capacity"] if one["year"] == year + 1 else 0.0
            assert one["ore"] <= most + 0.01, one["right"]
            if "@" in one["right"]:
                assert "可用产能按50%计" in one["reason"]


def test_a_calendar_rolled_twice(bench):
    """2023-2025 becomes 2024-2025 and then 2025 alone; nothing is issued or left twice.

    What each year decided stands on the register of the next, what was decided for later years is
    decided anew. With lead time 1 and ramp-up 0.5, 1 a right issued in a year can use half of its
    capacity in the next, whether the same run or the next one asks, and all of it after that.
    """
    folder, years = None, [2023, 2024, 2025]
    scenario = load_scenario("chaoyang", ["calendar"])
    issued: set[str] = set()
    for passed in (2023, 2024):
        run = bench.run(scenario, f"run-{passed}")
        document = bench.records(run)
        check_ramp_up(document)
        assert document["years"] == [one for one in years if one >= passed]
        actual = bench.actual_table(run, f"{passed}.csv", leave_out=0)
        folder = bench.roll(run, actual, f"after-{passed}", as_planned=True)
        before, after = bench.register(run / "inputs"), bench.register(folder)
        check_register(before, after, document, passed)
        told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
        check_reserves(before, after, told)
        entered = set(after) - set(before)
        assert not entered & issued
        issued |= entered
        scenario = load_scenario(folder)
        assert (scenario.question.first_year, scenario.question.year) == (passed + 1, 2025)
        assert sum(scenario.question.issued_since.values()) == len(
            [one for one in issued if one.startswith("CYJZ")]
        )
        ramping = {one: int(one.rpartition("@")[2]) + 1 for one in issued}
        assert scenario.question.options.usable == {
            one: {year: 0.5} for one, year in ramping.items() if year >= passed
        }
        assert {one["code"] for one in told["notices"]}.isdisjoint({"ramping", "usable_left"})
    last = bench.records(bench.run(scenario, "run-2025"))
    assert (last["years"], last["status"]) == ([2025], "optimal")
    check_ramp_up(last)
    assert issued


def test_liaoyang_awaits_the_new_figures(bench):
    """The documents of 2025 are gone; the plan awaits 2026's, so magnesite and coal get none."""
    run = bench.run(load_scenario("liaoyang", ["with_quota"]))
    actual = bench.actual_table(run, leave_out=0)
    with pytest.raises(InputError) as refused:
        bench.roll(run, actual, as_planned=True, extend_plan=True)
    # Who merges has no row here; the one taken over stood still and need not have one.
    (problem,) = refused.value.problems
    assert "SYN-LY-0003" in problem.text()
    assert "buy_by" not in problem.text()
    folder = bench.roll(run, actual, as_planned=True, extend_plan=True, missing="quota")
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    awaited = {one["subject"] for one in told["notices"] if one["code"] == "awaiting"}
    assert awaited == {"caps_from_above.菱镁矿.2026", "caps_from_above.煤炭.2026"}
    scenario = load_scenario(folder)
    assert scenario.question.caps_from_above == ()
    again = bench.records(bench.solved(folder, "next-run"))
    figures = [one for one in again["quotas"] if one["product"] in ("菱镁矿", "煤炭")]
    assert figures
    assert {(one["awaiting"], one["amount"]) for one in figures} == {(True, 0.0)}
