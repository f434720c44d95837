"""A balance, a goal value or a status that the tables do not bear out is caught."""

import builders
import hand_solved
import pytest
from wrong import Wrong, both, drop, header, nothing, put, renamed_copy, row, twice

MAGNESITE = ("balance", "菱镁矿")
STONE = ("balance", "建筑石料")


def demand(product, **changes):
    """Return a question whose demand for one product differs."""
    asked = hand_solved.question()["demand"]
    asked[product].update(changes)
    return {"demand": asked}


def goal(name, code, **changes):
    """Return a change of one goal's record and the fault it is."""
    return Wrong(code, name, put("goals", name, **changes))


def misreported(name):
    """Return a goal whose rounded value is off."""

    def change(records):
        row(records, "goals", name)["rounded_value"] += 0.01

    return Wrong("goal_value", name, change)


def reordered(records):
    """Solve closures after actions."""
    goals = records["goals"]
    goals[2], goals[3] = goals[3], goals[2]


CASES = {
    "balance missing": Wrong("balance_missing", "菱镁矿", drop(*MAGNESITE)),
    "balance twice": Wrong("balance_repeated", "菱镁矿", twice(*MAGNESITE)),
    "balance of nothing": Wrong("balance_unknown", "金矿", renamed_copy(*MAGNESITE, "金矿")),
    "more than is wanted": Wrong("demand_exceeded", "菱镁矿", put("quotas", "B1", amount=8.01)),
    "imports leave less to mine": Wrong(
        "demand_exceeded", "菱镁矿", nothing, question=demand("菱镁矿", imports="2 万吨")
    ),
    "by-products leave less to mine": Wrong(
        "demand_exceeded", "菱镁矿", nothing, question=demand("菱镁矿", by_product="1 万吨")
    ),
    "demand taken from the cap, net of holdback": Wrong(
        "balance_demand",
        "菱镁矿",
        nothing,
        question=demand("菱镁矿", amount=None, from_cap=True),
    ),
    "unit swapped": Wrong("balance_differs", "菱镁矿", put(*MAGNESITE, unit="吨")),
    "cap called demand": Wrong("balance_differs", "菱镁矿", put(*MAGNESITE, from_cap=True)),
    "assumption hidden": Wrong("balance_differs", "菱镁矿", put(*MAGNESITE, assumed=False)),
    "demand off": Wrong("balance_demand", "菱镁矿", put(*MAGNESITE, demand=29.0)),
    "existing production off": Wrong(
        "balance_production_existing", "菱镁矿", put(*MAGNESITE, production_existing=29.01)
    ),
    "new production called existing": Wrong(
        "balance_production_new",
        "建筑石料",
        put(*STONE, production_existing=40.0, production_new=0.0),
    ),
    "imports off": Wrong("balance_imports", "菱镁矿", put(*MAGNESITE, imports=2.0)),
    "by-products off": Wrong("balance_by_product", "菱镁矿", put(*MAGNESITE, by_product=1.0)),
    "unmet hidden": Wrong("balance_unmet", "建筑石料", put(*STONE, unmet=0.0)),
    "surplus off": Wrong("balance_surplus", "菱镁矿", put(*MAGNESITE, surplus=1.0)),
    "goals reordered": Wrong("goal_order", "goals", reordered),
    "goal left out": Wrong("goal_order", "goals", drop("goals", "closures")),
    "goal invented": Wrong("goal_order", "goals", renamed_copy("goals", "closures", "cost")),
    "goal of no priority": Wrong(
        "goal_order", "goals", put("goals", "unmet_demand_1", name="unmet_demand_2")
    ),
    "indicators misreported": misreported("expected_indicators"),
    "unmet misreported": misreported("unmet_demand_1"),
    "closures misreported": misreported("closures"),
    "actions misreported": misreported("actions"),
    "capacity misreported": misreported("capacity_issued"),
    "preference misreported": misreported("policy_preference"),
    "indicator weighed": Wrong(
        "goal_value",
        "expected_indicators",
        nothing,
        question={"options": {"indicator_weights": {"large_medium_ratio": 2}}},
    ),
    "protection weighed": Wrong("goal_value", "closures", nothing, question={"options": {}}),
    "grounds weighed": Wrong(
        "goal_value",
        "policy_preference",
        nothing,
        question={"options": {"preference": {"leave": {"stopped": 6}}}},
    ),
    "key mineral weighed": Wrong(
        "goal_value",
        "policy_preference",
        nothing,
        plan={
            "directions": [
                {"kind": "key", "names": ["菱镁"], "minerals": ["菱镁矿"], "source": "第四章"}
            ]
        },
    ),
    "priorities are stages": Wrong(
        "goal_order", "goals", nothing, question=demand("菱镁矿", priority=2)
    ),
    "called optimal with a gap": goal("closures", "goal_status", bound=0.4, absolute_gap=0.1),
    "called optimal with a gap admitted": goal("closures", "goal_status", absolute_gap=0.1),
    "called optimal without a bound": goal("closures", "goal_status", bound=None),
    "called within a gap that is wider": Wrong(
        "goal_status",
        "closures",
        both(
            header(status="within_gap"),
            put("goals", "closures", status="within_gap", bound=0.4, absolute_gap=0.1),
        ),
    ),
    "gap misreported": goal("closures", "goal_gap", bound=0.4, absolute_gap=0.0),
    "bound above the value": goal("closures", "goal_bound", bound=0.6, absolute_gap=0.1),
    "tables better than the bound": goal("closures", "goal_beats_bound", value=0.6, bound=0.6),
    "negative gap": goal("closures", "goal_negative", absolute_gap=-0.1),
    "rounding lost a goal": goal("closures", "goal_lost", value=0.0, bound=0.0),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_goal_or_balance_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


def test_a_goal_within_the_gap_asked_passes():
    """A gap of 0.04 on 0.5 is 8 %; the question allows 10 %."""
    change = both(
        header(status="within_gap"),
        put(
            "goals",
            "closures",
            status="within_gap",
            bound=0.46,
            absolute_gap=0.04,
            relative_gap=0.08,
        ),
    )
    assert Wrong("", "", change, question={"solving": {"gap": 0.1}}).faults() == ()


def test_a_time_limit_admitted_passes_with_its_gap():
    """What is called a time limit may have any gap, or no bound at all."""
    for bound, gap in ((0.1, 0.4), (None, None)):
        change = both(
            header(status="time_limit"),
            put("goals", "closures", status="time_limit", bound=bound, absolute_gap=gap),
        )
        assert Wrong("", "", change).faults() == ()


def test_a_miss_is_relative_to_its_base():
    """A count of 6 is missed by 1 of 6: goal 1 is 0.125 + 1 / 6."""
    plan = {"counts": [builders.count(6, attribute="expected")]}
    value = 0.125 + 1 / 6
    change = put("goals", "expected_indicators", value=value, bound=value, rounded_value=value)
    codes = {one.code for one in Wrong("", "", change, plan=plan).faults()}
    assert "goal_value" not in codes


def test_two_priorities_are_two_goals():
    """Magnesite of priority 2 is met: unmet_demand_1 is stone's 0.2, unmet_demand_2 is 0."""

    def change(records):
        second = row(records, "goals", "unmet_demand_1") | {
            "name": "unmet_demand_2",
            "value": 0.0,
            "bound": 0.0,
            "rounded_value": 0.0,
        }
        records["goals"].insert(2, second)

    assert Wrong("", "", change, question=demand("菱镁矿", priority=2)).faults() == ()


def test_rounding_may_move_a_goal_by_its_steps_only():
    """A capacity step of 1 on a minimum of 20 moves the capacity issued by 0.05 at most.

    1.16 solved and 1.2 in the tables is rounding; 1.14 is not, nor is a proven bound of 1.26.
    """
    for value, code in (
        (1.16, None),
        (1.14, "goal_lost"),
        (1.24, None),
        (1.26, "goal_beats_bound"),
    ):
        change = put("goals", "capacity_issued", value=value, bound=value)
        found = {one.code for one in Wrong("", "", change).faults()}
        assert found == ({code} if code else set())
