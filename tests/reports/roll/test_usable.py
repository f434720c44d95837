"""A right booked while it ramps up can use in the next run what the whole calendar let it use."""

import json

import builders
import pytest
from small import calendar, expansion, extra, magnesite, merger, mine

from minequota.optimizer.problem import build_problem
from minequota.optimizer.verify import verify_run
from minequota.reports.roll.check import Asked, faults
from minequota.scenarios.load import load_scenario

FREE = {"caps": []}
SLOW = {"lead_time": 1, "ramp_up": [0.25, 0.5, 1]}


def table(bench, run, year):
    """Return outputs equal to the year's quotas."""
    return bench.actual_table(run, f"{year}.csv", leave_out=0, shares=(1.0,))


def figures(document, year):
    """Return a year's figures; of a right booked under its id in the run."""
    return {
        one["right"].split("@")[0].replace("merger-", "merger:"): one["amount"]
        for one in document["quotas"]
        if one["year"] == year
    }


def usable(folder):
    """Return the shares a rolled folder lists."""
    return load_scenario(folder).question.options.usable


def test_rolled_as_planned_the_issued_right_can_use_the_same(bench):
    """X of 40, issued in 2023: lead time 1, then a half. Nothing in 2023, 20 in 2024, 40 in 2025.

    A makes its 10. Rolled after 2023 with outputs equal to quotas, X stands on the register with
    40, of which half can be used in 2024: 20, as in the whole calendar; in full it were 40. Rolled
    again after 2024 it makes its 40, and the share of the year before is still there.
    """
    options = calendar(2023, lead_time=1, ramp_up=[0.5, 1])
    scenario = magnesite(
        [mine("A", "10 万吨")], "50 万吨", FREE, extra_candidates=[extra("X", "40 万吨")], **options
    )
    whole = bench.run(scenario)
    document = bench.records(whole)
    expected = {2023: {"A": 10, "X": 0}, 2024: {"A": 10, "X": 20}, 2025: {"A": 10, "X": 40}}
    assert {year: figures(document, year) for year in expected} == expected

    folder = bench.roll(whole, table(bench, whole, 2023), "after-2023", as_planned=True)
    assert usable(folder) == {"X@2023": {2024: 0.5}}
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    assert "ramping" not in {one["code"] for one in told["notices"]}
    (step,) = (one for one in told["steps"] if one["subject"] == "options.usable.X@2023.2024")
    assert (step["old"], step["new"], step["assumed"]) == ("", "0.5", True)

    run = bench.solved(folder, "run-2024")
    document = bench.records(run)
    for year in (2024, 2025):
        assert figures(document, year) == expected[year]
    (new,) = (one for one in document["quotas"] if (one["year"], one["right"]) == (2024, "X@2023"))
    assert (new["capacity"], new["share_of_capacity"]) == (40, 0.5)
    assert new["reason"] == "基建达产期，可用产能按50%计；达到可用产能"
    assert verify_run(run) == ()

    again = bench.roll(run, table(bench, run, 2024), "after-2024", as_planned=True)
    assert usable(again) == {"X@2023": {2024: 0.5}}
    document = bench.records(bench.solved(again, "run-2025"))
    assert figures(document, 2025) == expected[2025]


@pytest.mark.parametrize(("old", "new"), [("2024: 0.5", "2024: 0.6"), ("2024: 0.5", "2026: 0.5")])
def test_the_check_reads_the_shares_for_itself(bench, old, new):
    """Another share, or one of another year, is not what the run let the right use."""
    scenario = magnesite(
        [mine("A", "10 万吨")],
        "50 万吨",
        FREE,
        extra_candidates=[extra("X", "40 万吨")],
        **calendar(2023, lead_time=1, ramp_up=[0.5, 1]),
    )
    run = bench.run(scenario)
    actual = table(bench, run, 2023)
    folder = bench.roll(run, actual, as_planned=True)
    asked = Asked(run, actual, None, 2023, as_planned=True, plan=scenario.plan)
    assert faults(asked, folder) == []
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8").replace("'2024'", "2024").replace('"2024"', "2024")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = faults(asked, folder)
    assert any(one.endswith("in 2024, the run had 0.5") for one in told)
    assert all(one.startswith("X@2023: can use ") for one in told)


def test_a_ramp_up_goes_on_beyond_the_years_planned(bench):
    """Issued in 2024 of a calendar that ends with 2025: a quarter in 2025, a half in 2026.

    Rolled after 2024 both are said, and rolled after 2025 the last of them still is.
    """
    scenario = magnesite(
        [mine("A", "10 万吨")],
        "50 万吨",
        FREE,
        extra_candidates=[extra("X", "40 万吨")],
        **calendar(2024, **SLOW),
    )
    run = bench.run(scenario)
    assert figures(bench.records(run), 2025) == {"A": 10, "X": 10}
    folder = bench.roll(run, table(bench, run, 2024), "after-2024", as_planned=True)
    assert usable(folder) == {"X@2024": {2025: 0.25, 2026: 0.5}}
    run = bench.solved(folder, "run-2025")
    assert figures(bench.records(run), 2025) == {"A": 10, "X": 10}
    folder = bench.roll(
        run, table(bench, run, 2025), "after-2025", as_planned=True, extend_plan=True
    )
    assert usable(folder) == {"X@2024": {2025: 0.25, 2026: 0.5}}
    assert figures(bench.records(bench.solved(folder, "run-2026")), 2026) == {"A": 10, "X": 20}


def test_an_expansion_under_way_yields_when_the_run_let_it(bench):
    """10 at 0.8 enlarged to 40, decided in 2023, yields from 2025: 8, 8 and 38.

    Booked with 40, of which 8 can be used in 2024, 0.2, and 38 in 2025, 0.95.
    """
    shares = {"A": {2023: 0.8, 2024: 0.8, 2025: 0.8}}
    scenario = magnesite(
        [mine("A", "10 万吨")],
        "40 万吨",
        FREE,
        expansions=[expansion("A", "40 万吨", years={"first": 2023, "last": 2023})],
        **calendar(2023, lead_time=2, usable=shares),
    )
    run = bench.run(scenario)
    document = bench.records(run)
    expected = {2023: 8, 2024: 8, 2025: 38}
    assert {year: figures(document, year)["A"] for year in expected} == expected
    folder = bench.roll(run, table(bench, run, 2023), as_planned=True)
    assert usable(folder) == {"A": {2023: 0.2, 2024: 0.2, 2025: 0.95}}
    document = bench.records(bench.solved(folder, "next-run"))
    assert {year: figures(document, year)["A"] for year in (2024, 2025)} == {2024: 8, 2025: 38}


def test_a_merger_booked_keeps_what_its_members_bring(bench):
    """A of 12 at a half in 2024, B of 8, C of 10 sealed: of 30 there are 6 + 8 = 14, then 20."""
    rights = [mine("A", "12 万吨"), mine("B", "8 万吨"), mine("C", "10 万吨", status="sealed")]
    plan = FREE | {"counts": [builders.count(1)]}
    scenario = magnesite(
        rights,
        "40 万吨",
        plan,
        mergers=[merger("abc", "A", "B", "C", years={"first": 2023, "last": 2023})],
        **calendar(2023, usable={"A": {2024: 0.5}}),
    )
    run = bench.run(scenario)
    document = bench.records(run)
    expected = {2024: {"merger:abc": 14}, 2025: {"merger:abc": 20}}
    assert {year: figures(document, year) for year in expected} == expected
    actual = bench.table("许可证号,矿山名称,实际产量（万吨）\nmerger:abc,abc,20\n", "actual.csv")
    folder = bench.roll(run, actual, as_planned=True)
    (licence,) = (one for one in bench.register(folder))
    assert usable(folder) == {licence: {2024: 0.466666666667, 2025: 0.666666666667}}
    again = bench.records(bench.solved(folder, "next-run"))
    assert {year: figures(again, year) for year in expected} == expected


def test_a_merger_that_waits_is_still_waited_for(bench):
    """A and B merge in 2023 and yield from 2025: nothing in 2024, then their 20."""
    late = {"years": {"first": 2023, "last": 2023}, "yields_from": 2025}
    scenario = magnesite(
        [mine("A", "12 万吨"), mine("B", "8 万吨")],
        "40 万吨",
        FREE | {"counts": [builders.count(1, years={"first": 2023, "last": 2025})]},
        mergers=[merger("ab", "A", "B", **late)],
        **calendar(2023, closing=False),
    )
    run = bench.run(scenario)
    document = bench.records(run)
    assert [one["year"] for one in document["reorganisations"]] == [2023]
    expected = {2024: {"merger:ab": 0}, 2025: {"merger:ab": 20}}
    assert {year: figures(document, year) for year in expected} == expected
    actual = bench.table("许可证号,矿山名称,实际产量（万吨）\nmerger:ab,ab,0\n", "actual.csv")
    folder = bench.roll(run, actual, as_planned=True)
    assert usable(folder) == {"merger-ab@2023": {2024: 0.0}}
    again = bench.records(bench.solved(folder, "next-run"))
    assert {year: figures(again, year) for year in expected} == expected


def test_shares_of_who_has_left_are_told(bench):
    """A, at a half until 2026, is closed by an event: it may go on under a new licence."""
    run = bench.tiny(question={"options": {"usable": {"A": {2024: 0.5, 2025: 0.5, 2026: 0.5}}}})
    actual = bench.table("许可证号,实际产量（万吨）\nA,5\nB,6\n")
    events = bench.table("date,event,licence\n2024-12-31,注销,A\n", "events.csv")
    folder = bench.roll(run, actual, events=events)
    assert usable(folder) == {}
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    (lost,) = (one for one in told["notices"] if one["code"] == "usable_left")
    assert lost["subject"] == "A"
    assert "2025: 0.5, 2026: 0.5" in lost["text"]


def test_shares_not_over_are_kept(bench):
    """Without any decision booked, A keeps those of the year passed and of those to come."""
    shares = {"A": {2023: 0.25, 2024: 0.5, 2025: 0.75}, "B": {2022: 0.1}}
    run = bench.tiny(question={"options": {"usable": shares}})
    folder = bench.roll(run, bench.table("许可证号,实际产量（万吨）\nA,5\nB,6\n"))
    assert usable(folder) == {"A": {2024: 0.5, 2025: 0.75}}
    rolled = build_problem(load_scenario(folder))
    assert [one.usable_share(2025) for one in rolled.sources[:2]] == [0.75, 1.0]
    told = json.loads((folder / "roll.json").read_text(encoding="utf-8"))
    dropped = [one["subject"] for one in told["steps"] if "usable" in one["subject"]]
    assert dropped == ["options.usable.A.2023", "options.usable.B.2022"]
