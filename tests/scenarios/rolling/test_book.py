"""Decisions booked as if carried out, and what really happened, which counts before them."""

from datetime import date

import builders
import pytest
import small

from minequota.scenarios.errors import InputError
from minequota.scenarios.right import Provenance, Status
from minequota.scenarios.rolling.decided import (
    Decided,
    Enlarged,
    Gone,
    Issued,
    Joined,
    Quota,
    Renewed,
)
from minequota.scenarios.units import Quantity

TEN = Quantity(10.0, "万吨")


def mine(licence, capacity="10 万吨", **fields):
    """Return a magnesite mine in the east with 100 万吨 of ore."""
    return builders.right(
        licence, "东县", "菱镁矿", capacity, **({"reserves": "100 万吨"} | fields)
    )


def quota(right, ore):
    """Return a control quota of 2024."""
    return Quota(2024, right, "菱镁矿", True, "main", False, *(Quantity(ore, "万吨"),) * 2)


def issued(candidate="Z1-1", zone="Z1", **changes):
    """Return a quarry of 30 万立方米 issued in zone Z1 in 2024 for 20 years."""
    given = {
        "candidate": candidate,
        "converted": False,
        "zone": zone,
        "name": "西县石料集中开采区",
        "county": "西县",
        "mineral": "建筑石料",
        "capacity": Quantity(30.0, "万立方米"),
        "size_class": "large",
        "year": 2024,
        "first_output_year": 2024,
        "term_years": 20,
        "assumed": False,
        "source": "附表7",
    }
    return Issued(**(given | changes))


def held(rolled):
    """Return the next year's rights by licence."""
    return {one.licence: one for one in rolled.rights}


def codes(rolled):
    """Return the codes of what the planner is told."""
    return {one.code for one in rolled.notices}


def test_an_issued_right_uses_up_its_place(desk):
    """Z1 admits one right: booked, it stands on the register and the zone is full.

    Its licence is no candidate's id, its history is empty, its figures are marked as decided.
    """
    rolled = desk.roll(
        [mine("A")], [], [("A", "1")], decided=Decided(issued=(issued(),)), as_planned=True
    )
    new = held(rolled)["Z1-1@2024"]
    assert (str(new.capacity), new.zone, new.status) == ("30 万立方米", "Z1", Status.BUILDING)
    assert new.licence_end == date(2044, 12, 31)
    assert (new.last_output, new.last_quota) == (None, None)
    assert new.origin("capacity") is Provenance.DEFAULT
    assert rolled.question.issued_since == {"Z1": 1}


def test_a_place_is_not_used_twice(desk):
    """Where an event has issued in the zone, the decision for it is not booked as well."""
    columns = ("name", "county", "mineral", "capacity", "zone")
    event = ("2024-06-01", "新立", "C9", "新矿", "西县", "建筑石料", "30 万立方米", "Z1")
    rolled = desk.roll(
        [mine("A")],
        [],
        [("A", "1"), ("C9", "2")],
        [event],
        event_columns=columns,
        header=("许可证号", "实际产量（万立方米）"),
        plan={"products": [*stone_density()]},
        decided=Decided(issued=(issued(),)),
        as_planned=True,
    )
    assert sorted(held(rolled)) == ["A", "C9"]
    assert rolled.question.issued_since == {"Z1": 1}
    assert "issued_by_event" in codes(rolled)
    assert str(held(rolled)["C9"].last_output) == "2 万立方米"


def stone_density():
    """Return the tiny products, magnesite with a density too."""
    first, *rest = builders.tiny_plan()["products"]
    return [first | {"density": 2.0, "density_source": "test"}, *rest]


def test_proposals_are_taken_off_one_by_one(desk):
    """Of three alike the second was issued: the others keep their ids."""
    rolled = desk.roll(
        [mine("A")],
        [],
        [("A", "1")],
        question={"extra_candidates": [small.extra("P", "20 万吨", number=3, synthetic=True)]},
        decided=Decided(issued=(issued("P-2", "", county="东县", mineral="菱镁矿", capacity=TEN),)),
        as_planned=True,
    )
    assert [one.id for one in rolled.question.extra_candidates] == ["P-1", "P-3"]
    assert held(rolled)["P-2@2024"].origin("capacity") is Provenance.SYNTHETIC


def test_a_conversion_is_done_once(desk):
    """`issued_since` says so; the listed project stays, as the plan lists it."""
    rolled = desk.roll(
        [mine("A")],
        [],
        [("A", "1")],
        plan={"conversions": [small.conversion("10 万吨", reserves="80 万吨")]},
        decided=Decided(
            issued=(
                issued(
                    "convert:explored",
                    "",
                    converted=True,
                    name="探转采项目",
                    county="东县",
                    mineral="菱镁矿",
                    capacity=TEN,
                ),
            )
        ),
        as_planned=True,
    )
    assert str(held(rolled)["convert-explored@2024"].reserves) == "80 万吨"
    assert rolled.question.issued_since == {"explored": 1}


def merged_year(desk, outputs, **given):
    """Return a year in which A (10, 100) and B (30, 60 万吨 of ore) merge, quota 20."""
    return desk.roll(
        [mine("A", density=2.0), mine("B", "30 万吨", reserves="60 万吨", density=3.0)],
        [],
        outputs,
        question={"mergers": [small.merger("ab", "A", "B", holder="集团"), small.merger("b", "B")]},
        decided=Decided(
            quotas=(quota("merger:ab", 20.0),),
            joined=(
                Joined(
                    "ab",
                    "merger:ab",
                    "整合矿",
                    ("A", "B"),
                    Quantity(40.0, "万吨"),
                    "medium",
                    2024,
                    2024,
                    "情景",
                ),
            ),
        ),
        **given,
    )


def test_a_merger_takes_over_its_members(desk):
    """A made 4, B 18: 22 against 20. Ore 100 + 60 - 22 = 138; density (10·2 + 30·3) / 40 = 2.75.

    Both mergers go from the list: the one is done, of the other a member has left.
    """
    rolled = merged_year(desk, [("A", "4"), ("B", "18")], as_planned=True)
    (one,) = rolled.rights
    assert (one.licence, str(one.reserves), one.density) == ("merger-ab@2024", "138 万吨", 2.75)
    assert (str(one.last_output), str(one.last_quota)) == ("22 万吨", "20 万吨")
    assert (one.holder, one.size_class) == ("集团", "medium")
    assert {k: str(v.amount) for k, v in rolled.question.overproduced.items()} == {
        "merger-ab@2024": "2 万吨"
    }
    assert rolled.question.mergers == ()


def test_a_merger_is_reported_in_one_way(desk):
    """As a whole under its id, or by all members: not both, and no member left out."""
    assert str(merged_year(desk, [("merger:ab", "21")], as_planned=True).rights[0].reserves) == (
        "139 万吨"
    )
    for rows, code in (
        ([("merger:ab", "21"), ("A", "4")], "actual_merged_twice"),
        ([("A", "4")], "actual_missing"),
    ):
        with pytest.raises(InputError) as refused:
            merged_year(desk, rows, as_planned=True)
        assert [one.code for one in refused.value.problems] == [code]


def test_a_merger_not_carried_out_leaves_its_members_shares(desk):
    """Its quota of 20 is 5 for A and 15 for B, by capacity 10 : 30; B is 3 over."""
    rolled = merged_year(desk, [("A", "4"), ("B", "18")])
    assert [(one.right, one.quota.value, one.excess) for one in rolled.fulfilments] == [
        ("A", 5, 0),
        ("B", 15, 3),
    ]
    assert rolled.question.overproduced["B"].assumed
    assert [one.id for one in rolled.question.mergers] == ["ab", "b"]


def test_an_expansion_a_renewal_and_a_closure(desk):
    """Capacity 10 to 25 with 200 of ore less 3; an end of 2024 plus ten years; C is gone.

    The renewal of a small mine runs ten years at most; its ore would last as long (100 / 10).
    What names C or has been done is no longer listed.
    """
    decided = Decided(
        enlarged=(
            Enlarged("enlarge", "A", Quantity(25.0, "万吨"), "medium", 2024, 2024, "专栏九"),
        ),
        renewed=(Renewed("B", 2024),),
        gone=(Gone("C", False, 2024, "专栏一"),),
    )
    rolled = desk.roll(
        [mine("A"), mine("B", licence_end=date(2024, 5, 1)), mine("C")],
        [],
        [("A", "3"), ("B", "1"), ("C", "1")],
        plan={"expansions": [small.expansion("A", "25 万吨", reserves="200 万吨")]},
        question={
            "mergers": [small.merger("c", "C", holder="集团")],
            "expansions": [small.expansion("C", "20 万吨", id="other")],
        },
        decided=decided,
        as_planned=True,
    )
    now = held(rolled)
    assert sorted(now) == ["A", "B"]
    assert (str(now["A"].capacity), str(now["A"].reserves)) == ("25 万吨", "197 万吨")
    assert now["B"].licence_end == date(2034, 12, 31)
    assert (rolled.plan.expansions, rolled.question.expansions, rolled.question.mergers) == (
        (),
        (),
        (),
    )


def test_events_count_before_decisions(desk):
    """C closed in March by an event, A grew to 12 instead of 25: neither is booked again."""
    decided = Decided(
        enlarged=(
            Enlarged("enlarge", "A", Quantity(25.0, "万吨"), "medium", 2024, 2024, "专栏九"),
        ),
        gone=(Gone("C", False, 2024, "专栏一"),),
    )
    rolled = desk.roll(
        [mine("A"), mine("C")],
        [],
        [("A", "3"), ("C", "1")],
        [("2024-09-01", "变更", "A", "12 万吨"), ("2024-03-01", "关闭", "C", "")],
        event_columns=("capacity",),
        plan={"expansions": [small.expansion("A", "25 万吨")]},
        decided=decided,
        as_planned=True,
    )
    (left,) = rolled.rights
    assert (left.licence, str(left.capacity)) == ("A", "12 万吨")
    assert [one.id for one in rolled.plan.expansions] == ["enlarge"]
    assert "overtaken" in codes(rolled)


def test_reserves_an_event_stated_are_not_drawn_again(desk):
    """A survey of November found 80: that is what is left, whatever was produced."""
    rolled = desk.roll(
        [mine("A")],
        [quota("A", 10.0)],
        [("A", "10")],
        [("2024-11-30", "变更", "A", "80 万吨")],
        event_columns=("reserves",),
    )
    assert str(rolled.rights[0].reserves) == "80 万吨"
    assert "reserves_stated" in codes(rolled)


def test_events_of_other_years(desk):
    """Before the year: refused. After it: kept for the next scenario, not applied."""
    with pytest.raises(InputError) as refused:
        desk.roll([mine("A")], [], [("A", "1")], [("2023-11-30", "关闭", "A")])
    assert [one.code for one in refused.value.problems] == ["event_not_passed"]
    rolled = desk.roll([mine("A")], [], [("A", "1")], [("2025-02-01", "停产", "A")])
    assert rolled.rights[0].status is Status.PRODUCING
    assert [(one.licence, one.kind) for one in rolled.later] == [("A", "stopped")]
    assert rolled.question.events == "events.csv"


def test_a_merger_that_really_happened(desk):
    """B went into A in October. A made 9 of 10, B 7 of 5: 2 are taken off A, its 1 lapses.

    A's last output is 16, its last quota 15. B's 7 came from B's own ore: A keeps 100 - 9 = 91.
    """
    rolled = desk.roll(
        [mine("A"), mine("B", reserves="50 万吨")],
        [quota("A", 10.0), quota("B", 5.0)],
        [("A", "9"), ("B", "7")],
        [("2024-10-01", "并入", "B", "A")],
        event_columns=("into",),
    )
    (one,) = rolled.rights
    assert (one.licence, str(one.reserves)) == ("A", "91 万吨")
    assert (str(one.last_output), str(one.last_quota)) == ("16 万吨", "15 万吨")
    assert {k: str(v.amount) for k, v in rolled.question.overproduced.items()} == {"A": "2 万吨"}
    assert "merged_reserves" in codes(rolled)
