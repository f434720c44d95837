"""MERGE: rights that join into one."""

from datetime import date

import builders
import pytest
from small import calendar, clause, goal, kinds, magnesite, merger, mine, quotas, quotas_in

from minequota.optimizer.solve import solve

FREE = {"caps": []}
TWO = [mine("A", "6 万吨"), mine("B", "8 万吨", green=True)]


def one_right(**changes):
    """Return a plan of at most one right."""
    return FREE | {"counts": [builders.count(1, **changes)]}


def test_two_rights_become_one_and_nobody_closes():
    """At most one right: the merger of 6 and 8 makes 14, more than either alone."""
    answer = solve(magnesite(TWO, "14 万吨", one_right(), mergers=[merger("m", "A", "B")]))
    assert kinds(answer) == {"A": "merge", "B": "merge"}
    assert quotas(answer) == {"merger:m": 14}
    (done,) = answer.reorganisations
    assert (done.members, done.capacity_before, done.capacity) == (("A", "B"), 14, 14)
    line = next(one for one in answer.structure if one.by == "all")
    assert (line.leaving, line.merged, line.small) == (0, 1, 1)


def test_a_merger_disturbs_less_than_a_closure():
    """One right fewer: by closing it costs 1, by merging the weight of 0.5."""
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨")]
    answer = solve(magnesite(rights, "5 万吨", one_right(), mergers=[merger("m", "A", "B")]))
    assert goal(answer, "closures").value == pytest.approx(0.5)
    heavy = {"protection": {"merger_weight": 3}}
    answer = solve(
        magnesite(rights, "5 万吨", one_right(), mergers=[merger("m", "A", "B")], options=heavy)
    )
    assert answer.reorganisations == ()
    assert goal(answer, "closures").value == 1


def test_a_protected_right_may_go_into_a_merger_only():
    """B is green and never chosen to close; without the merger A closes."""
    answer = solve(magnesite(TWO, "5 万吨", one_right()))
    assert kinds(answer) == {"A": "leave_chosen", "B": "keep"}


def test_each_right_goes_into_one_merger():
    """Three rights down to one: A+B and B+C share B, so one merges and one closes."""
    rights = [mine(x, "6 万吨") for x in "ABC"]
    mergers = [merger("ab", "A", "B"), merger("bc", "B", "C")]
    answer = solve(magnesite(rights, "5 万吨", one_right(), mergers=mergers))
    assert len(answer.reorganisations) == 1
    assert sorted(kinds(answer).values()) == ["leave_chosen", "merge", "merge"]


def test_a_merged_right_meets_its_minimum():
    """At least 20 of a merged right: 6 + 8 is not enough, a stated 25 is."""
    special = {
        "id": "merged",
        "minerals": ["菱镁矿"],
        "applies_to": ["merged"],
        "amounts": ["20 万吨"],
        "source": "第七章",
    }
    plan = one_right() | {"special_minimums": [special]}
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨")]
    too_small = solve(magnesite(rights, "5 万吨", plan, mergers=[merger("m", "A", "B")]))
    assert too_small.reorganisations == ()
    grown = merger("m", "A", "B", capacity="25 万吨")
    answer = solve(magnesite(rights, "22 万吨", plan, mergers=[grown]))
    assert quotas(answer) == {"merger:m": 22}
    assert answer.reorganisations[0].minimum == 20


def test_the_minimum_of_a_medium_deposit_is_not_asked_of_a_small_one():
    """30 on medium deposits, 10 on small: 14 is enough on the small one alone."""
    special = [
        {
            "id": f"merged_{name}",
            "minerals": ["菱镁矿"],
            "applies_to": ["merged"],
            "amounts": [amount],
            "deposit_classes": classes,
            "source": "第七章",
        }
        for name, amount, classes in (
            ("medium", "30 万吨", ["medium", "large"]),
            ("small", "10 万吨", ["small"]),
        )
    ]
    plan = one_right() | {"special_minimums": special}
    rights = [mine("A", "6 万吨", deposit_class="small"), mine("B", "8 万吨")]
    small = solve(magnesite(rights, "5 万吨", plan, mergers=[merger("m", "A", "B")]))
    assert len(small.reorganisations) == 1
    medium = merger("m", "A", "B", deposit_class="medium")
    assert solve(magnesite(rights, "5 万吨", plan, mergers=[medium])).reorganisations == ()


def test_in_a_calendar_members_go_on_until_they_merge():
    """One right from 2025 on: 6 and 8 by themselves in 2024, 14 together in 2025."""
    plan = one_right(years={"first": 2025, "last": 2025})
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨")]
    answer = solve(
        magnesite(rights, "14 万吨", plan, mergers=[merger("m", "A", "B")], **calendar(2024))
    )
    assert quotas_in(answer, 2024) == {"A": 6, "B": 8}
    assert quotas_in(answer, 2025) == {"merger:m": 14}
    assert {one.year for one in answer.actions} == {2025}


def test_who_must_leave_by_licence_joins_nobody():
    """B's licence ends in 2025 and is not renewed: the merger cannot take it in."""
    rights = [
        mine("A", "6 万吨"),
        mine("B", "8 万吨", licence_end=date(2025, 3, 1), renewal="leave"),
    ]
    answer = solve(magnesite(rights, "14 万吨", FREE, mergers=[merger("m", "A", "B")]))
    assert kinds(answer) == {"A": "keep", "B": "leave_forced"}
    assert clause(answer, "DEMAND.菱镁矿").missed_by == 8
