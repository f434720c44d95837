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


@pytest.mark.parametrize(
    "barred",
    [
        {"status": "sealed"},
        {"status": "expired"},
        {"status": "stopped"},
        {"safety_licence": False},
        {"red_line": True},
    ],
)
def test_an_acquisition_lifts_nothing(barred):
    """Whoever takes over a barred mine may not produce there either; 6 of 14 come from A."""
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨", **barred)]
    answer = solve(magnesite(rights, "14 万吨", FREE, mergers=[merger("b", "B", holder="甲")]))
    made = {one.right: one.amount for one in answer.quotas}
    assert made["A"] == 6
    assert made.get("merger:b", 0) == 0
    assert clause(answer, "DEMAND.菱镁矿").missed_by == 8


def test_a_merger_uses_what_its_working_members_bring():
    """A works with 6, B is sealed with 8: the merged right is licensed for 14 and makes 6."""
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨", status="sealed")]
    answer = solve(magnesite(rights, "14 万吨", one_right(), mergers=[merger("m", "A", "B")]))
    assert quotas(answer) == {"merger:m": 6}
    assert answer.quotas[0].capacity == 14


def test_the_idle_part_works_once_its_member_may():
    """B resumes in 2025: 6 in 2024, 14 then."""
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨", status="stopped", resumes=2025)]
    plan = one_right(years={"first": 2024, "last": 2025})
    answer = solve(
        magnesite(rights, "14 万吨", plan, mergers=[merger("m", "A", "B")], **calendar(2024))
    )
    assert [quotas_in(answer, year)["merger:m"] for year in (2024, 2025)] == [6, 14]


def test_a_merger_mixes_the_ore_of_its_members():
    """10 of ore at 10 % and 10 at 50 %: 6 of content. A cap of 4 of ore in the content's unit.

    The cap counts ore: 20 of it hold 6 of content, so 4 of ore hold 1.2.
    """
    first, second = builders.tiny_plan()["products"]
    plan = one_right() | {
        "products": [first | {"basis": "mineral", "grade": 0.5}, second],
        "caps": [builders.cap("ore", "4 万吨", basis="ore")],
    }
    rights = [
        mine("A", "10 万吨", grade=0.1, green=True),
        mine("B", "10 万吨", grade=0.5, green=True),
    ]
    for members in (("A", "B"), ("B", "A")):
        answer = solve(magnesite(rights, "6 万吨", plan, mergers=[merger("m", *members)]))
        assert quotas(answer) == {"merger:m": pytest.approx(1.2)}
        assert answer.caps[0].used == pytest.approx(4)


def test_no_ore_is_dug_twice():
    """10 in the ground of each, 6 and 8 a year: 14 in 2024, and 6 are left for the merged right."""
    rights = [mine("A", "6 万吨", reserves="10 万吨"), mine("B", "8 万吨", reserves="10 万吨")]
    plan = one_right(years={"first": 2025, "last": 2025})
    answer = solve(
        magnesite(rights, "14 万吨", plan, mergers=[merger("m", "A", "B")], **calendar(2024))
    )
    assert sum(one.amount for one in answer.quotas) == pytest.approx(20)


def test_what_is_merged_is_large_enough_for_an_existing_mine():
    """4 and 3 make 7 of the 10 asked of existing mines: both leave."""
    use = {"column_meaning": "deposit_size", "applies_to": ["existing"], "source": "附表6"}
    line = builders.minimum_scale(
        "m", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing="10 万吨"
    )
    plan = FREE | {"minimum_scales": [line], "minimum_scale_use": use}
    rights = [mine("A", "4 万吨"), mine("B", "3 万吨")]
    small = solve(magnesite(rights, "7 万吨", plan, mergers=[merger("m", "A", "B")]))
    assert set(kinds(small).values()) == {"leave_forced"}
    grown = merger("m", "A", "B", capacity="12 万吨")
    assert set(kinds(solve(magnesite(rights, "7 万吨", plan, mergers=[grown]))).values()) == {
        "merge"
    }


def test_its_years_end():
    """A merger of 2024 cannot be decided in 2025, when the number of rights would ask for it."""
    plan = one_right(years={"first": 2025, "last": 2025})
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨")]
    dated = merger("m", "A", "B", years={"first": 2024, "last": 2024})
    answer = solve(magnesite(rights, "14 万吨", plan, mergers=[dated], **calendar(2024)))
    assert [one.year for one in answer.reorganisations] == [2024]


@pytest.mark.parametrize(
    ("standing", "amount"),
    [
        ({"status": "stopped", "safety_licence": False}, 14),
        ({"status": "stop_order"}, 14),
        ({"status": "sealed"}, 6),
        ({"status": "expired"}, 6),
        ({"status": "stopped", "red_line": True}, 6),
    ],
)
def test_a_reviving_merger_starts_again_what_merely_stands_still(standing, amount):
    """A brings 6; B's 8 work again if it only stood still."""
    rights = [mine("A", "6 万吨"), mine("B", "8 万吨", **standing)]
    answer = solve(
        magnesite(rights, "14 万吨", one_right(), mergers=[merger("m", "A", "B", revives=True)])
    )
    assert quotas(answer) == {"merger:m": amount}
