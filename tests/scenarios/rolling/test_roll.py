"""A year rolled by hand: reserves, history, over-production, unused quota, missing mines."""

from dataclasses import replace

import builders
import pytest

from minequota.scenarios.errors import InputError
from minequota.scenarios.right import Provenance
from minequota.scenarios.rolling.decided import Quota
from minequota.scenarios.units import Quantity


def control(right, ore, **changes):
    """Return a control quota of magnesite of 2024, in ore."""
    amount = Quantity.parse(ore)
    one = Quota(2024, right, "菱镁矿", True, "main", False, amount, amount)
    return replace(one, **changes)


def mine(licence, **fields):
    """Return a magnesite mine of 10 万吨 a year in the east with 100 万吨 of ore."""
    given = {"reserves": "100 万吨"} | fields
    return builders.right(licence, "东县", "菱镁矿", "10 万吨", **given)


def held(rolled, licence):
    """Return a right of the next year."""
    return next(one for one in rolled.rights if one.licence == licence)


def line(rolled, licence):
    """Return how a right's quota was fulfilled."""
    return next(one for one in rolled.fulfilments if one.right == licence)


def notices(rolled):
    """Return code -> subjects of what the planner is told."""
    found = {}
    for one in rolled.notices:
        found.setdefault(one.code, []).append(one.subject)
    return found


def test_a_year_by_hand(desk):
    """Three mines with quotas of 10, 5 and 6 万吨.

    - A made 11: reserves 100 - 11 = 89, rate 110 %, 1 over, taken off next year;
    - B had 5 in the ground and made 5.4: reserves 0 (0.4 short), rate 108 %, 0.4 over;
    - C: surveyed 4, actual 5, reported 5.5. The survey counts: reserves 50 - 4 = 46, rate 66.7 %,
      2 unused, which lapse; last output is the reported 5.5, surveyed output the 4.
    """
    rolled = desk.roll(
        [mine("A"), mine("B", reserves="5 万吨"), mine("C", reserves="50 万吨")],
        [control("A", "10 万吨"), control("B", "5 万吨"), control("C", "6 万吨")],
        [("A", "11", "", ""), ("B", "5.4", "", ""), ("C", "5", "4", "5.5")],
        header=("许可证号", "实际产量（万吨）", "核查产量（万吨）", "统计产量（万吨）"),
    )
    assert [str(held(rolled, one).reserves) for one in "ABC"] == ["89 万吨", "0 万吨", "46 万吨"]
    assert [str(held(rolled, one).last_output) for one in "ABC"] == [
        "11 万吨",
        "5.4 万吨",
        "5.5 万吨",
    ]
    assert [held(rolled, one).surveyed_output for one in "ABC"] == [
        None,
        None,
        Quantity(4.0, "万吨"),
    ]
    assert [str(held(rolled, one).last_quota) for one in "ABC"] == ["10 万吨", "5 万吨", "6 万吨"]
    assert [round(line(rolled, one).rate, 4) for one in "ABC"] == [1.1, 1.08, 0.6667]
    assert {
        licence: (str(one.amount), one.year)
        for licence, one in rolled.question.overproduced.items()
    } == {"A": ("1 万吨", 2024), "B": ("0.4 万吨", 2024)}
    assert line(rolled, "C").unused == 2
    (lapsed,) = [one for one in rolled.steps if one.kind == "unused"]
    assert (lapsed.subject, lapsed.old, lapsed.new) == ("C", "2 万吨", "")
    assert notices(rolled)["beyond_reserves"] == ["B"]
    assert [(one.licence, one.drawn, one.short) for one in rolled.drawn] == [
        ("A", 11, 0),
        ("B", 5, 0.4),
        ("C", 4, 0),
    ]


def test_provenance_says_who_gave_the_figure(desk):
    """Outputs of the table come from it; quotas of the run and assumed outputs do not."""
    rolled = desk.roll(
        [mine("A"), mine("B")],
        [control("A", "10 万吨"), control("B", "5 万吨")],
        [("A", "9")],
        missing="quota",
    )
    a, b = held(rolled, "A"), held(rolled, "B")
    assert a.origin("last_output") is a.origin("reserves") is Provenance.REGISTER
    assert b.origin("last_output") is b.origin("reserves") is Provenance.DEFAULT
    assert a.origin("last_quota") is Provenance.DEFAULT
    assert (str(b.last_output), str(b.reserves)) == ("5 万吨", "95 万吨")
    assert (line(rolled, "A").assumed, line(rolled, "B").assumed) == (False, True)


def test_missing_mines(desk):
    """Refused by name; or taken at their quota, or at zero. A quota of zero may be left out."""
    rights = [mine("A"), mine("B"), mine("C")]
    quotas = [control("A", "10 万吨"), control("B", "5 万吨"), control("C", "0 万吨")]
    with pytest.raises(InputError) as refused:
        desk.roll(rights, quotas, [("A", "9")])
    (problem,) = refused.value.problems
    assert problem.code == "actual_missing"
    assert "B" in problem.text("zh")
    assert "C" not in problem.text("en").replace("CSV", "")
    rolled = desk.roll(rights, quotas, [("A", "9")], missing="zero")
    assert [str(held(rolled, one).reserves) for one in "ABC"] == ["91 万吨", "100 万吨", "100 万吨"]
    assert line(rolled, "B").rate == 0
    assert (line(rolled, "C").rate, line(rolled, "C").assumed) == (None, True)


def test_exceptions_to_what_is_taken_off(desk):
    """Comprehensive use, guidance, an excess within the tolerance and an awaited figure are not.

    All four made 10.4 万吨; with 5 % tolerated 0.4 over 10 is within it, 0.4 over 5 … is not.
    """
    rights = [
        mine("A", use="comprehensive"),
        *(mine(one) for one in "BCD"),
        mine("E", last_quota="3 万吨"),
    ]
    quotas = [
        control("A", "5 万吨", use="comprehensive"),
        control("B", "5 万吨", control=False),
        control("C", "10 万吨"),
        control("D", "10 万吨"),
        control("E", "0 万吨", awaiting=True),
    ]
    made = [("A", "10.4"), ("B", "10.4"), ("C", "10.4"), ("D", "10.6"), ("E", "10.4")]
    rolled = desk.roll(rights, quotas, made, tolerance=0.05)
    assert [line(rolled, one).reason for one in "ABCD"] == [
        "comprehensive",
        "guidance",
        "tolerance",
        "",
    ]
    assert {k: str(v.amount) for k, v in rolled.question.overproduced.items()} == {"D": "0.6 万吨"}
    assert (line(rolled, "E").excess, line(rolled, "E").rate) == (0, None)
    assert held(rolled, "E").last_quota is None


def test_units_are_converted_with_the_rights_own_ore(desk):
    """Iron as 62 % ore at a grade of 0.31 is twice the ore; stone of 2.5 t/m³ in tonnes is volume.

    5 万吨 of standard ore were won from 10 万吨; 50 万吨 of stone are 20 万立方米.
    """
    plan = builders.tiny_plan()
    iron = {"name": "铁矿", "en": "iron", "unit": "万吨", "basis": "standard_iron_62"}
    plan["products"].append(iron | {"step": 0.01, "capacity_step": 1})
    plan["minerals"].append({"name": "铁矿", "en": "iron", "group": "metal", "product": "铁矿"})
    rights = [
        builders.right("I", "东县", "铁矿", "30 万吨", grade=0.31, reserves="100 万吨"),
        builders.right("S", "西县", "建筑石料", "25 万立方米", reserves="200 万立方米"),
    ]
    header = ("许可证号", "实际产量（万吨）", "口径")
    rolled = desk.roll(
        rights,
        [],
        [("I", "5", "标准矿"), ("S", "50", "矿石量")],
        header=header,
        plan={key: plan[key] for key in ("products", "minerals")},
    )
    assert [str(one.reserves) for one in rolled.rights] == ["90 万吨", "180 万立方米"]
    with pytest.raises(InputError) as refused:
        desk.roll(
            rights,
            [],
            [("I", "5", ""), ("S", "50", "荒料")],
            header=header,
            plan={key: plan[key] for key in ("products", "minerals")},
        )
    assert [one.code for one in refused.value.problems] == [
        "actual_basis_missing",
        "actual_basis_wrong",
    ]


def test_who_a_row_means(desk):
    """By licence, else by a name only one has; strangers, twins and slipped rows are refused."""
    rights = [
        mine("A", name="甲"),
        mine("B", name="乙"),
        mine("C", name="丙"),
        mine("D", name="丙"),
    ]
    header = ("许可证号", "矿山名称", "实际产量（万吨）")
    rolled = desk.roll(rights, [], [("", "甲", "1"), ("B", "乙矿业", "2")], header=header)
    assert [str(one.reserves) for one in rolled.rights[:2]] == ["99 万吨", "98 万吨"]
    assert notices(rolled)["other_name"] == ["B"]
    rows = [("X", "", "1"), ("", "丙", "1"), ("A", "乙", "1"), ("B", "", "1"), ("B", "", "2")]
    with pytest.raises(InputError) as refused:
        desk.roll(rights, [], rows, header=header)
    assert [(one.code, one.place.rpartition(":")[0][-5:]) for one in refused.value.problems] == [
        ("actual_unknown", "csv:2"),
        ("actual_ambiguous", "csv:3"),
        ("actual_other_name", "csv:4"),
        ("actual_twice", "csv:6"),
    ]


def test_what_is_not_known_of_the_year_is_not_kept_from_before(desk):
    """A right without a figure and without a row loses last year's figures, not its reserves."""
    gold = builders.right(
        "G", "东县", "金矿", "5 万吨", reserves="9 万吨", last_output="4 万吨", last_quota="3 万吨"
    )
    rolled = desk.roll([gold, mine("A")], [], [("A", "1")])
    kept = held(rolled, "G")
    assert (str(kept.reserves), kept.last_output, kept.last_quota) == ("9 万吨", None, None)


def test_decisions_that_are_not_booked_are_counted(desk):
    """Without --events and --as-planned nothing structural happens, and it is said."""
    from minequota.scenarios.rolling.decided import Decided, Gone

    decided = Decided(gone=(Gone("A", True, 2024, "专栏一"),))
    rolled = desk.roll([mine("A")], outputs=[("A", "1")], decided=decided)
    assert [one.licence for one in rolled.rights] == ["A"]
    assert notices(rolled)["not_booked"] == [""]
    assert "1 项" in next(one for one in rolled.notices if one.code == "not_booked").text.zh


def test_rows_that_say_nothing_are_no_mistakes(desk):
    """The notice's own table with a column added: headings, notes, rights never issued."""
    header = ("行别", "许可证号", "矿山名称", "实际产量（万吨）")
    rows = [
        ("第一部分", "", "", ""),
        ("明细", "A", "", "9"),
        ("明细", "Z1-1", "西县石料集中开采区", ""),
        ("合计", "", "", "9"),
        ("注", "", "", ""),
    ]
    rolled = desk.roll([mine("A")], [control("A", "10 万吨")], rows, header=header)
    assert str(held(rolled, "A").reserves) == "91 万吨"
    with pytest.raises(InputError) as refused:
        desk.roll([mine("A")], [], [*rows, ("明细", "", "", "3")], header=header)
    assert [one.code for one in refused.value.problems] == ["actual_nobody"]
