"""Each mechanism's right answer passes the check, and holds what it is there for."""

import mechanisms
import pytest

from minequota.optimizer.verify import verify_records


@pytest.mark.parametrize("name", mechanisms.MECHANISMS)
def test_a_solved_mechanism_is_accepted(name):
    """Two independent readings of the same words agree."""
    faults = verify_records(mechanisms.scenario(name), mechanisms.records(name))
    assert [str(one) for one in faults] == []


def kinds(name):
    """Return what happens to the register's rights."""
    return {one["right"]: (one["kind"], one["year"]) for one in mechanisms.records(name)["actions"]}


def test_years_hold_what_they_are_for():
    """A leaver, an exit, a renewal in their years, and a new right that waits and ramps up."""
    found = kinds("years")
    assert found["B"] == ("leave_forced", 2024)
    assert found["X"] == ("leave_forced", 2023)
    assert found["D"] == ("renew", 2024)
    (issued,) = mechanisms.records("years")["issuance"]
    assert issued["first_output_year"] == issued["year"] + 1
    assert all(len(one["batches"]) == 2 for one in mechanisms.records("years")["quotas"])


def test_projects_hold_what_they_are_for():
    """All three kinds of project are decided, and what stands in the way of them is there."""
    records = mechanisms.records("projects")
    done = {(one["id"], one["kind"]) for one in records["reorganisations"]}
    assert done == {("ab", "merge"), ("enlarge", "expand")}
    assert [one["kind"] for one in records["issuance"]] == ["converted"]
    codes = {one["code"] for one in records["rules"] if one["limit"] is not None}
    assert {"HOLDER", "EXCHANGE", "COUNT", "RATIO"} <= codes


def test_existing_mines_go_three_ways():
    """One leaves, one is enlarged, two merge."""
    assert {kind for kind, _ in kinds("existing").values()} == {
        "leave_forced",
        "expand",
        "merge",
        "keep",
    }


def test_figures_from_above_are_given_and_awaited():
    """The east has its figure, the west waits; the raw ore's base is made up."""
    records = mechanisms.records("above")
    assert {one["right"] for one in records["quotas"] if one["awaiting"]} == {"W"}
    verdicts = {one["clause"]: one["verdict"] for one in records["caps"]}
    assert verdicts["CAP.raw"] == "not_judged"
    assert verdicts["CAP.hope"] == "met"


def test_places_have_flows_and_costs():
    """Every way is within reach and costs something."""
    flows = mechanisms.records("places")["flows"]
    assert len(flows) >= 3
    assert all(one["cost"] > 0 for one in flows)
    assert {one["place"] for one in mechanisms.records("places")["balance"]} == {"", "a", "b"}


def test_waste_serves_what_mines_need_not():
    """By-products supply stone, and the zones' limits are used."""
    records = mechanisms.records("waste")
    line = next(one for one in records["balance"] if one["product"] == "建筑石料")
    assert line["by_product"] == 10
    used = {one["clause"]: one["used"] for one in records["rules"]}
    assert used["ZONE.zone_capacity"] > 0
    assert used["ZONE.zone_output"] > 0


def test_an_excess_is_taken_off_once():
    """2024: C takes all it can, and A and the merger share 15 by 20 : 9; B had over a year's."""
    found = mechanisms.records("overrun")
    figures = {(one["year"], one["right"]): one["amount"] for one in found["quotas"]}
    assert figures[2024, "A"] == 10.34
    assert figures[2024, "C"] == 15
    assert figures[2024, "merger:mn"] == 4.66
    assert figures[2024, "B"] == 0
    assert figures[2025, "B"] > 0
