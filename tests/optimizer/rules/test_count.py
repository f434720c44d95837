"""COUNT: every sense and scope."""

import builders
import pytest
from small import clause, extra, goal, issued, leaving, magnesite, mine

from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError

GOLD = {"id": "gold"}


def register():
    """Return three magnesite mines, one of them in the west, and a gold mine, all alike."""
    return [
        mine("A", "10 万吨"),
        mine("B", "10 万吨"),
        mine("C", "10 万吨", "西县", authority="city"),
        builders.right("G", "东县", "金矿", "3 万吨"),
    ]


def counted(limit, rights=None, demand="5 万吨", **changes):
    """Return a small year under one count."""
    plan = {"caps": [], "counts": [builders.count(limit, **changes)]}
    return magnesite(register() if rights is None else rights, demand, plan)


@pytest.mark.parametrize("attribute", ["binding", "expected"])
@pytest.mark.parametrize(
    ("limit", "changes", "gone"),
    [
        (4, {}, []),
        (5, {}, []),
        # The latest licence goes first.
        (3, {}, ["G"]),
        (2, {}, ["C", "G"]),
        (0, {}, ["A", "B", "C", "G"]),
        (4, {"sense": "floor"}, []),
        (2, {"sense": "floor"}, []),
        (3, {"sense": "level"}, ["G"]),
        # 2 ± 50 %: 1 to 3.
        (2, {"sense": "about", "tolerance": 0.5}, ["G"]),
        (1, {"sense": "forecast"}, []),
        (2, {"scope": {"minerals": ["菱镁矿"]}}, ["C"]),
        (2, {"scope": {"group": "metal"}}, []),
        (0, {"scope": {"group": "metal"}}, ["G"]),
        (1, {"scope": {"county": "东县", "minerals": ["菱镁矿"]}}, ["B"]),
        (0, {"scope": {"authority": "city"}}, ["C"]),
        (1, {"years": {"first": 2021, "last": 2024}}, []),
    ],
)
def test_who_leaves(limit, changes, gone, attribute):
    """Four rights under one count; nobody's output is needed but 5 of 30."""
    if limit == 0 and not changes:
        # Nobody left: the 5 cannot be made, which ranks below both readings of the count.
        pass
    assert leaving(counted(limit, attribute=attribute, **changes)) == gone


def test_expected_count_outranks_closures_and_demand():
    """A demand of 30 needs all three mines, the expected count of two takes one: 10 missing."""
    rights = [one for one in register() if one.mineral == "菱镁矿"]
    answer = solve(counted(2, rights, "30 万吨", attribute="expected"))
    assert leaving(answer) == ["C"]
    assert goal(answer, "expected_indicators").value == 0
    assert goal(answer, "closures").value == 1
    assert answer.balance[0].unmet == 10


def test_missed_count_is_relative_to_its_limit():
    """Three protected mines under an expected count of two: missed by 1, 1 / 2 = 0.5."""
    rights = [mine(key, "10 万吨", green=True) for key in "ABC"]
    answer = solve(counted(2, rights, attribute="expected"))
    assert goal(answer, "expected_indicators").value == pytest.approx(0.5)
    line = clause(answer, "COUNT.mine_count")
    assert (line.used, line.missed_by, line.slack) == (3, 1, -1)


def test_binding_count_that_protection_forbids_is_infeasible():
    """Three protected mines under a binding count of two leave no allocation."""
    rights = [mine(key, "10 万吨", green=True) for key in "ABC"]
    with pytest.raises(NoAllocationError):
        solve(counted(2, rights))


def test_new_rights_count_too():
    """Three mines, three allowed, 40 asked of which they make 30.

    A block of up to 40 replaces a mine of 10: with it and two mines all 40 are made.
    """
    rights = [one for one in register() if one.mineral == "菱镁矿"]
    plan = {"caps": [], "counts": [builders.count(3)]}
    answer = solve(magnesite(rights, "40 万吨", plan, extra_candidates=[extra("X", "40 万吨")]))
    assert leaving(answer) == ["C"]
    assert issued(answer) == {"X": 20}
    assert answer.balance[0].unmet == 0


def pooled_plan():
    """Return one right for each county, and three pooled for the city without a printed figure."""
    both = [
        builders.count(None, id=name, scope={"county": county})
        for name, county in (("east", "东县"), ("west", "西县"))
    ]
    city = builders.count(None, id="city", pools=["east", "west"])
    return {"caps": [], "counts": [*both, city]}


FIGURES = {
    name: {"value": value, "assumed": True, "source": "情景"}
    for name, value in (("east", 1), ("west", 1), ("city", 3))
}


def test_a_figure_the_plan_does_not_print_is_the_scenarios():
    """One right for each county: of two in the east and one in the west, one leaves."""
    rights = [mine("A", "9 万吨"), mine("B", "9 万吨"), mine("C", "9 万吨", "西县")]
    answer = solve(magnesite(rights, "5 万吨", pooled_plan(), figures=FIGURES))
    assert leaving(answer) == ["B"]
    line = clause(answer, "COUNT.east")
    assert (line.limit, line.source) == (1, "专栏一；情景")


def test_pooled_the_counties_share_the_citys_figure():
    """Three for the city: nobody leaves, and only the city's count is held."""
    rights = [mine("A", "9 万吨"), mine("B", "9 万吨"), mine("C", "9 万吨", "西县")]
    answer = solve(
        magnesite(rights, "5 万吨", pooled_plan(), figures=FIGURES, options={"pooled": ["city"]})
    )
    assert leaving(answer) == []
    assert [one.clause for one in answer.rules if one.code == "COUNT"] == ["COUNT.city"]


def test_a_count_of_several_groups_leaves_the_others_out():
    """At most one solid mine; gold is a metal, magnesite a non-metal, both are solid."""
    solid = builders.count(1, scope={"groups": ["metal", "non_metal"]})
    rights = [mine("A", "9 万吨"), builders.right("G", "东县", "金矿", None)]
    answer = solve(magnesite(rights, "5 万吨", {"caps": [], "counts": [solid]}))
    assert leaving(answer) == ["G"]
    water = builders.count(1, scope={"groups": ["metal", "water_gas"]})
    assert leaving(solve(magnesite(rights, "5 万吨", {"caps": [], "counts": [water]}))) == []


def test_the_weakest_reason_to_stay_leaves():
    """One must leave: stopped (4 points) and below the minimum (1) goes before licence order."""
    rights = [mine("A", "5 万吨", status="stopped"), mine("B", "10 万吨"), mine("C", "10 万吨")]
    answer = solve(counted(2, rights))
    assert leaving(answer) == ["A"]
    assert goal(answer, "policy_preference").value == 20 - 4 - 1
    gone = answer.actions[0]
    assert gone.grounds == ("stopped", "below_minimum")
    assert gone.rule == "COUNT, RATIO"
