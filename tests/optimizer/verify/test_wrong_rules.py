"""A table of clauses that says less, more or other than the tables is caught."""

import builders
import hand_solved
import pytest
from wrong import Wrong, drop, nothing, put, renamed_copy, row, twice

EAST = ("rules", "CAP.magnesite_east")
RATIO = ("rules", "RATIO.large_medium_ratio")

CASES = {
    "clause missing": Wrong("rule_missing", "CAP.magnesite_east", drop(*EAST)),
    "zone missing": Wrong("rule_missing", "ZONE.Z1", drop("rules", "ZONE.Z1")),
    "demand missing": Wrong("rule_missing", "DEMAND.菱镁矿", drop("rules", "DEMAND.菱镁矿")),
    "rule of nobody missing": Wrong("rule_missing", "RESERVE", drop("rules", "RESERVE")),
    "clause twice": Wrong("rule_repeated", "CAP.magnesite_east", twice(*EAST)),
    "rule twice": Wrong("rule_repeated", "STATUS", twice("rules", "STATUS")),
    "clause of no plan": Wrong("rule_unknown", "CAP.x", renamed_copy(*EAST, "CAP.x")),
    "rule unknown": Wrong(
        "rule_unknown", "MAGIC", renamed_copy("rules", "STATUS", "MAGIC", code="MAGIC")
    ),
    "code swapped": Wrong("rule_differs", "CAP.magnesite_east", put(*EAST, code="RATIO")),
    "attribute swapped": Wrong(
        "rule_differs", "CAP.magnesite_east", put(*EAST, attribute="expected")
    ),
    "sense swapped": Wrong("rule_differs", "CAP.magnesite_east", put(*EAST, sense="floor")),
    "limit off": Wrong("rule_limit", "CAP.magnesite_east", put(*EAST, limit=22.0)),
    "limit left out": Wrong("rule_limit", "CAP.magnesite_east", put(*EAST, limit=None)),
    "used off": Wrong("rule_used", "CAP.magnesite_east", put(*EAST, used=20.0)),
    "slack off": Wrong("rule_slack", "CAP.magnesite_east", put(*EAST, slack=1.0)),
    "slack of the wrong sign": Wrong("rule_slack", RATIO[1], put(*RATIO, slack=0.5)),
    "miss hidden": Wrong("rule_missed", RATIO[1], put(*RATIO, missed_by=0.0)),
    "miss invented": Wrong("rule_missed", "CAP.magnesite_east", put(*EAST, missed_by=1.0)),
    "unmet hidden": Wrong(
        "rule_missed", "DEMAND.建筑石料", put("rules", "DEMAND.建筑石料", missed_by=0.0)
    ),
    "miss of a rule without figures": Wrong(
        "rule_missed", "STATUS", put("rules", "STATUS", missed_by=1.0)
    ),
    "a tight clause called loose": Wrong(
        "rule_binding", "CAP.magnesite_east", put(*EAST, binding=False)
    ),
    "a loose clause called tight": Wrong(
        "rule_binding", "CAP.magnesite_west", put("rules", "CAP.magnesite_west", binding=True)
    ),
    "a full zone called loose": Wrong(
        "rule_binding", "ZONE.Z1", put("rules", "ZONE.Z1", binding=False)
    ),
    "a rule of nobody called tight": Wrong(
        "rule_binding", "RESERVE", put("rules", "RESERVE", binding=True)
    ),
    "a clause said not to apply": Wrong(
        "rule_applies", "CAP.magnesite_east", put(*EAST, applies=False)
    ),
    "renewals said not to apply": Wrong(
        "rule_applies", "RENEW", put("rules", "RENEW", applies=False)
    ),
    "a rule said to speak of more rights": Wrong(
        "rule_reach", "STATUS", put("rules", "STATUS", reach=9)
    ),
    "renewals miscounted": Wrong("rule_reach", "RENEW", put("rules", "RENEW", reach=1)),
    "a rule without a figure given one": Wrong(
        "rule_differs", "STATUS", put("rules", "STATUS", limit=8.0)
    ),
    "a kept clause called missed": Wrong("rule_verdict", EAST[1], put(*EAST, verdict="missed")),
    "a missed clause called met": Wrong("rule_verdict", RATIO[1], put(*RATIO, verdict="met")),
    "a rule without a figure called met": Wrong(
        "rule_differs", "STATUS", put("rules", "STATUS", verdict="met")
    ),
    "a rule without clauses said to apply": Wrong(
        "rule_applies",
        "COUNT",
        renamed_copy("rules", "STATUS", "COUNT", code="COUNT"),
        plan={"counts": []},
    ),
    "synthetic base hidden": Wrong(
        "rule_synthetic", "CAP.magnesite_east", put(*EAST, rests_on_synthetic=False)
    ),
    "synthetic base of a count hidden": Wrong(
        "rule_synthetic",
        "COUNT.mine_count",
        put("rules", "COUNT.mine_count", rests_on_synthetic=False),
    ),
    "synthetic base invented": Wrong(
        "rule_synthetic",
        "CAP.stone_city",
        put("rules", "CAP.stone_city", rests_on_synthetic=True),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_clause_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()


@pytest.mark.parametrize(
    "figures",
    [
        {"limit": 0.5, "used": 3 / 7, "slack": 3 / 7 - 0.5, "missed_by": 0.5 - 3 / 7},
        {"limit": 50.0, "used": 300 / 7, "slack": 300 / 7 - 50, "missed_by": 50 - 300 / 7},
        {"limit": 3.5, "used": 3.0, "slack": -0.5, "missed_by": 0.5},
    ],
)
def test_a_ratio_may_be_told_in_rights_shares_or_percent(figures):
    """3 of 7 against 0.5: all three tellings agree and pass; mixing them does not."""
    assert Wrong("", "", put(*RATIO, **figures)).faults() == ()
    mixed = put(*RATIO, **(figures | {"used": figures["used"] + 0.01}))
    assert Wrong("rule_used", RATIO[1], mixed).caught()


def test_a_rule_without_clauses_is_said_to_apply_to_nobody():
    """Without counts in the plan, one row COUNT with applies = False is right."""

    def change(records):
        rows = records["rules"]
        rows.remove(row(records, "rules", "COUNT.mine_count"))
        rows.append(row(records, "rules", "RESERVE") | {"code": "COUNT", "clause": "COUNT"})

    assert Wrong("", "", change, plan={"counts": []}).faults() == ()


def test_a_forecast_is_reported_and_never_enforced():
    """A forecast of 5 against 29 made: listed among the caps, broken by nobody."""
    plan = hand_solved.plan()
    plan["caps"].append(builders.cap("hope", "5 万吨", sense="forecast"))

    def change(records):
        records["caps"].append(
            row(records, "caps", "CAP.magnesite_city")
            | {"clause": "CAP.hope", "sense": "forecast", "limit": 5.0, "plan_limit": 5.0}
            | {"verdict": "none"}
        )

    assert Wrong("", "", change, plan={"caps": plan["caps"]}).faults() == ()


def test_correct_rules_do_not_depend_on_their_order():
    """Rows in another order say the same."""
    assert Wrong("", "", lambda records: records["rules"].reverse()).faults() == ()
    assert Wrong("", "", nothing).faults() == ()


def test_a_clause_that_speaks_of_nobody_may_say_so():
    """No right and no zone mines magnesite in the north: its zero may be said not to apply."""
    register = [one for one in hand_solved.rights() if one.licence != "N1"]

    def change(records):
        for family in ("quotas", "actions"):
            records[family].remove(row(records, family, "N1"))
        row(records, "rules", "CAP.no_north.北县").update(applies=False, binding=False)

    faults = Wrong("", "", change, register=register).faults()
    assert "北县" not in {one.where for one in faults if one.code.startswith("rule")}
    assert not [one for one in faults if one.code == "rule_applies"]


def test_supply_beyond_demand_may_be_told_as_demand_met():
    """Imports of 35 against a demand of 30: 35 supplied, or 30 met with nothing amiss."""
    demand = hand_solved.question()["demand"]
    demand["菱镁矿"]["imports"] = "35 万吨"
    for used, slack in ((64.0, 34.0), (30.0, 0.0)):
        change = put("rules", "DEMAND.菱镁矿", used=used, slack=slack)
        faults = Wrong("", "", change, question={"demand": demand}).faults()
        assert not [one for one in faults if one.where == "DEMAND.菱镁矿"]
    change = put("rules", "DEMAND.菱镁矿", used=40.0, slack=10.0)
    assert Wrong("rule_used", "DEMAND.菱镁矿", change, {}, {"demand": demand}).caught()
