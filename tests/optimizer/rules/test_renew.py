"""RENEW: whose licence ends, who is renewed, who is below the minimum for renewals."""

from datetime import date

import builders
import pytest
from small import (
    calendar,
    clause,
    expansion,
    issued,
    kinds,
    magnesite,
    merger,
    mine,
    quarry,
    quotas,
    stone,
)

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document

FREE = {"caps": []}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "keep"),
        ({"licence_end": date(2026, 1, 1)}, "keep"),
        ({"licence_end": date(2025, 12, 31)}, "renew"),
        ({"licence_end": date(2019, 5, 1)}, "renew"),
        ({"status": "expired"}, "lapsed"),
        ({"status": "expired", "renewal": "leave"}, "leave_forced"),
        ({"licence_end": date(2025, 12, 31), "renewal": "leave"}, "leave_forced"),
        ({"licence_end": date(2025, 12, 31), "renewal": "renew"}, "renew"),
        # The assumption speaks of licences that end; this one does not.
        ({"licence_end": date(2026, 1, 1), "renewal": "leave"}, "keep"),
    ],
)
def test_whose_licence_ends(fields, kind):
    """A magnesite mine of 4, far below the table's 10, which does not speak of renewals."""
    answer = solve(magnesite([mine("A", "4 万吨", **fields)], plan=FREE))
    assert kinds(answer) == {"A": kind}
    assert clause(answer, "RENEW").applies is (kind != "keep")
    if kind == "leave_forced":
        assert quotas(answer) == {}
        assert answer.actions[0].source == "scenario"
        assert answer.actions[0].rule == "RENEW"


@pytest.mark.parametrize(
    ("capacity", "kind"),
    [
        ("20 万立方米", "renew"),
        ("19.99 万立方米", "leave_forced"),
        ("200000 立方米", "renew"),
        # A licence in tonnes is held to the 50 万吨, not to 20 × 2.5.
        ("50 万吨", "renew"),
        ("49.9 万吨", "leave_forced"),
        ("0.005 亿吨", "renew"),
    ],
)
def test_sand_and_stone_must_reach_the_minimum_for_renewals(capacity, kind):
    """The plan asks 20 万立方米, or 50 万吨 of licences in tonnes."""
    answer = solve(stone([quarry("C", capacity, licence_end=date(2025, 3, 1))], plan={"zones": []}))
    assert kinds(answer) == {"C": kind}
    if kind == "leave_forced":
        assert answer.actions[0].source == "第六章第六节"
        assert "below_minimum" in answer.actions[0].grounds


def test_a_density_does_not_move_the_minimum_in_tonnes():
    """45 万吨 at 1.5 t/m³ are 30 万立方米, and still below 50 万吨."""
    light = quarry("C", "45 万吨", density=1.5, licence_end=date(2025, 3, 1))
    assert kinds(stone([light], plan={"zones": []})) == {"C": "leave_forced"}


def test_a_small_quarry_whose_licence_runs_on_stays():
    """Below the minimum for renewals, but nothing is to be renewed."""
    assert kinds(stone([quarry("C", "4 万立方米")], plan={"zones": []})) == {"C": "keep"}


def test_a_special_minimum_for_new_rights_says_nothing_of_renewals():
    """Applied to new rights alone it forces nobody out."""
    special = builders.tiny_plan()["special_minimums"][0] | {"applies_to": ["new"]}
    small = quarry("C", "4 万立方米", licence_end=date(2025, 3, 1))
    scenario = stone([small], plan={"zones": [], "special_minimums": [special]})
    assert kinds(scenario) == {"C": "renew"}


def test_a_licence_that_ends_in_the_year_is_worked_until_then():
    """Renewed in June, the mine has its whole quota of 12; expired, it has none yet."""
    ends = mine("A", "12 万吨", licence_end=date(2025, 6, 30))
    assert quotas(magnesite([ends], plan=FREE)) == {"A": 12}
    gone = mine("A", "12 万吨", status="expired")
    assert quotas(magnesite([gone], plan=FREE)) == {"A": 0}


def test_forced_leaving_counts_for_the_number_but_is_not_chosen():
    """Two allowed of three, one leaves by itself: nobody is chosen, and the goal is zero."""
    rights = [mine("A", "4 万吨", licence_end=date(2024, 1, 1), renewal="leave")]
    rights += [mine(key, "4 万吨") for key in "BC"]
    answer = solve(magnesite(rights, plan=FREE | {"counts": [builders.count(2)]}))
    assert kinds(answer) == {"A": "leave_forced", "B": "keep", "C": "keep"}
    assert next(one for one in answer.goals if one.name == "closures").value == 0


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "expired"}, "lapsed"),
        ({"status": "expired", "renewal": "renew"}, "renew"),
        ({"status": "expired", "renewal": "leave"}, "leave_forced"),
        ({"licence_end": date(2024, 6, 30)}, "renew"),
    ],
)
def test_an_expired_licence_waits_unless_its_renewal_is_stated(fields, kind):
    """The register must say that an expired licence is renewed; a licence that ends is assumed."""
    scenario = magnesite([mine("A", "12 万吨", **fields)], "5 万吨", {"caps": []})
    answer = solve(scenario)
    assert kinds(answer) == {"A": kind}
    reasoned = kind != "renew"
    assert ("expired" in answer.actions[0].grounds) is reasoned
    assert verify_records(scenario, allocation_document(scenario, answer)) == ()


NEW_TENDER = {
    "id": "tender",
    "minerals": ["建筑石料"],
    "kind": "new_tender",
    "source": "第七章第二节",
}


def test_where_a_new_tender_is_asked_no_licence_is_renewed():
    """30 万立方米 is above the minimum; the licence ends in 2025 and a zone right replaces it."""
    rights = [quarry("C", "30 万立方米", licence_end=date(2025, 6, 30), renewal="renew")]
    answer = solve(stone(rights, "30 万立方米", {"renewals": [NEW_TENDER]}))
    assert kinds(answer) == {"C": "leave_forced"}
    assert answer.actions[0].source == "第七章第二节"
    assert issued(answer) == {"Z1-1": 30}


def existing(cell, **changes):
    """Return a plan whose table has a column for existing magnesite mines."""
    use = {"column_meaning": "deposit_size", "applies_to": ["new", "existing"], "source": "附表6"}
    line = builders.minimum_scale("m", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing=cell)
    return {"caps": [], "minimum_scales": [line], "minimum_scale_use": use | changes}


def test_an_existing_mine_below_its_own_column_leaves():
    """15 asked of existing mines: A has 12, B 15."""
    rights = [mine("A", "12 万吨"), mine("B", "15 万吨")]
    answer = solve(magnesite(rights, "20 万吨", existing("15 万吨")))
    assert kinds(answer) == {"A": "leave_forced", "B": "keep"}
    assert answer.actions[0].grounds == ("below_minimum",)
    assert kinds(magnesite(rights, "20 万吨", existing("—")))["A"] == "keep"


def test_an_expansion_or_a_merger_lifts_it_above():
    """A grows to 16, or joins B: it need not leave."""
    rights = [mine("A", "12 万吨"), mine("B", "15 万吨")]
    plan = existing("15 万吨")
    grown = solve(magnesite(rights, "20 万吨", plan, expansions=[expansion("A", "16 万吨")]))
    assert kinds(grown) == {"A": "expand", "B": "keep"}
    joined = solve(magnesite(rights, "27 万吨", plan, mergers=[merger("m", "A", "B")]))
    assert kinds(joined) == {"A": "merge", "B": "merge"}


def test_the_column_has_a_deadline():
    """By 2024: in 2023 the mine still produces."""
    answer = solve(
        magnesite(
            [mine("A", "12 万吨")],
            "9 万吨",
            existing("15 万吨", existing_by=2024),
            **calendar(2023),
        )
    )
    assert answer.actions[0].year == 2024
    assert [one.year for one in answer.quotas] == [2023]


def test_an_expansion_does_not_renew_a_licence():
    """Lifted above 15 in 2023, A still leaves in 2025, when its licence ends and is not renewed."""
    right = mine("A", "12 万吨", licence_end=date(2025, 5, 1), renewal="leave")
    answer = solve(
        magnesite(
            [right],
            "9 万吨",
            existing("15 万吨", existing_by=2023),
            expansions=[expansion("A", "16 万吨")],
            **calendar(2023),
        )
    )
    assert answer.actions[0].kind.startswith("leave")
    assert max((one.year for one in answer.quotas), default=0) <= 2024


def test_leaving_before_one_must_is_a_choice():
    """B must leave in 2025; one right too many in 2024 makes it go early, and that counts."""
    rights = [
        mine("A", "9 万吨", green=True),
        mine("B", "9 万吨", licence_end=date(2025, 5, 1), renewal="leave"),
    ]
    plan = FREE | {"counts": [builders.count(1, years={"first": 2024, "last": 2025})]}
    answer = solve(magnesite(rights, "5 万吨", plan, **calendar(2023)))
    gone = answer.actions[1]
    assert (gone.kind, gone.year) == ("leave_chosen", 2024)
    assert next(one.value for one in answer.goals if one.name == "closures") == 1
