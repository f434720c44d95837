"""What one more unit would change: the words agree with solving the changed question."""

import dataclasses
import re

import builders
import pytest
from small import clause, leaving, magnesite, mine

from minequota.optimizer.solve import solve


def unmet_cut(answer, ident):
    """Return the number in the words of a cap, 0 where they say that nothing changes."""
    words = clause(answer, ident).marginal
    found = re.search(r"减少未满足需求([\d.]+)", words)
    return float(found[1]) if found and "同时" not in words else 0.0


def year(city=31, east=21, west=10, demand="40 万吨"):
    """Return mines of 30 in the east and 10.4 in the west under three caps."""
    rights = [mine("A", "30 万吨"), mine("B", "10.4 万吨", "西县")]
    caps = [
        builders.cap("city", f"{city} 万吨"),
        builders.cap("east", f"{east} 万吨", "东县"),
        builders.cap("west", f"{west} 万吨", "西县"),
    ]
    return magnesite(rights, demand, {"caps": caps})


@pytest.mark.parametrize(
    ("limits", "cuts"),
    [
        # All three bind: one alone moves nothing.
        ({}, {"city": 0, "east": 0, "west": 0}),
        # Room in the city: the east gains 1, the west only the 0.4 its mine still has.
        ({"city": 40}, {"east": 1, "west": 0.4}),
        ({"city": 20}, {"city": 1}),
        # Half a unit of demand is all that is missing.
        ({"city": 40, "demand": "31.5 万吨"}, {"east": 0.5, "west": 0.4}),
    ],
)
def test_words_of_a_cap_agree_with_a_second_solve(limits, cuts):
    """A cap 1 higher, solved again, cuts unmet demand by what the words say."""
    answer = solve(year(**limits))
    for name, cut in cuts.items():
        given = {"city": 31, "east": 21, "west": 10} | limits
        again = solve(year(**(given | {name: given[name] + 1})))
        assert answer.balance[0].unmet - again.balance[0].unmet == pytest.approx(cut)
        assert unmet_cut(answer, f"CAP.{name}") == pytest.approx(cut)


def test_a_cap_with_room_has_no_words():
    """Only binding caps are tried."""
    line = clause(solve(year(city=40)), "CAP.city")
    assert (line.marginal, line.marginal_en) == ("", "")


def test_english_words_carry_the_same_number():
    """The east's cap 1 higher cuts unmet demand by 1, in both languages."""
    line = clause(solve(year(city=40)), "CAP.east")
    assert "1万吨" in line.marginal
    assert "cuts unmet demand by 1 " in line.marginal_en


def counted(limit=2, share=None):
    """Return a medium and three small mines under a count or a ratio."""
    rights = [mine("M", "60 万吨", size_class="medium")]
    rights += [mine(f"S{k}", "10 万吨") for k in range(3)]
    plan = {"caps": []}
    if share is None:
        plan["counts"] = [builders.count(limit)]
    else:
        plan["ratios"] = [builders.ratio(share)]
    return magnesite(rights, "5 万吨", plan)


@pytest.mark.parametrize(("limit", "fewer"), [(2, 1), (3, 1), (4, 0), (9, 0)])
def test_words_of_a_count(limit, fewer):
    """One more right allowed: one fewer leaves, if any had to."""
    answer = solve(counted(limit))
    again = solve(counted(limit + 1))
    assert len(leaving(answer)) - len(leaving(again)) == fewer
    words = clause(answer, "COUNT.mine_count").marginal
    assert words == (f"放宽1个，可少退出{fewer}个" if fewer else "放宽1个，退出数量不变")


@pytest.mark.parametrize(("share", "fewer"), [(0.26, 1), (0.30, 0), (0.34, 1), (0.25, 0)])
def test_words_of_a_ratio(share, fewer):
    """A point less: 0.26 - 0.01 keeps all four, 0.34 - 0.01 keeps three, 0.30 still loses one."""
    answer = solve(counted(share=share))
    again = solve(counted(share=round(share - 0.01, 2)))
    assert len(leaving(answer)) - len(leaving(again)) == fewer
    words = clause(answer, "RATIO.large_medium_ratio").marginal_en
    expected = f"{fewer} fewer leave" if fewer else "as many leave"
    assert words == f"loosened by one percentage point, {expected}"


def test_nested_caps_are_loosened_together():
    """Of 31 = 21 + 10 one alone moves nothing; all three 1 higher let the east mine 1 more."""
    answer = solve(year())
    for name in ("city", "east", "west"):
        words = clause(answer, f"CAP.{name}")
        assert "同时" in words.marginal
        assert words.marginal.endswith("可减少未满足需求1万吨")
        assert words.marginal_en.endswith("cuts unmet demand by 1 units")


def test_a_demand_taken_from_the_cap_shows_nothing():
    """Where demand is the cap itself, no word pretends that a higher cap is worth nothing."""
    rights = [mine("A", "40 万吨")]
    demand = {"菱镁矿": {"from_cap": True, "assumed": True, "source": "test"}}
    question = magnesite(rights, "31 万吨").question.model_dump(mode="json", by_alias=True)
    asked = builders.scenario(builders.tiny_plan(), question | {"demand": demand}, rights)
    line = clause(solve(asked), "CAP.magnesite_east")
    assert line.marginal == "需求按控制总量取值，放宽的影响无从测算"


def test_no_words_on_leavers_where_nobody_counts_them():
    """Without the goal of fewest closures a count says nothing about fewer leavers."""
    plan = {"counts": [builders.count(1)]}
    asked = magnesite([mine("A", "5 万吨"), mine("B", "5 万吨")], "4 万吨", plan)
    goals = ("unmet_demand", "tie_break", "evenness")
    question = asked.question.model_copy(update={"goals": goals})
    answer = solve(dataclasses.replace(asked, question=question))
    assert clause(answer, "COUNT.mine_count").marginal == ""
