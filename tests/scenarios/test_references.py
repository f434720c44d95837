"""Names in the newer lists: brought to their full form, or answered by the nearest known one."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from minequota.scenarios.load import load_scenario

AREA = {
    "code": "K1",
    "name": "东县重点开采区",
    "kind": "key_mining_area",
    "minerals": ["菱镁矿"],
    "counties": ["东"],
    "source": "x",
}
SOURCED = {"assumed": True, "source": "x"}


def clause(**changes: Any) -> dict[str, Any]:
    """Return what every clause has."""
    return {
        "id": "clause",
        "title": builders.name("条款"),
        "attribute": "binding",
        "sense": "ceiling",
        "years": builders.YEARS,
        "source": "x",
    } | changes


def conversion(**changes: Any) -> dict[str, Any]:
    """Return a conversion of an exploration right of stone."""
    return {
        "id": "c1",
        "name": "探矿",
        "county": "东",
        "mineral": "建筑用石料",
        "capacity": "30 万立方米",
        "source": "x",
    } | changes


SCOPE = {"minerals": ["建筑用石料"], "county": "东", "zones": ["西县石料集中开采区"]}
FULL = (("建筑石料",), "东县", ("Z1",))


def words(scope: Any) -> tuple[Any, ...]:
    """Return the names a scope holds."""
    return scope.minerals, scope.county, scope.zones


def handed_down(**changes: Any) -> dict[str, Any]:
    """Return a clause that leaves magnesite to the province."""
    without = {key: one for key, one in clause().items() if key != "sense"}
    return without | {"id": "handed", "product": "菱镁矿", "issuer": "省"} | changes


def test_names_of_a_plan_are_settled(folder):
    """Scopes, exits, renewals, terms, zone limits, conversions, totals: all say the full name."""
    plan = builders.tiny_plan(
        areas=[AREA],
        caps=[],
        handed_down=[handed_down()],
        counts=[builders.count(9, scope=SCOPE)],
        ratios=[builders.ratio(0.1, scope=SCOPE)],
        holder_limits=[clause(id="holders", limit=2, scope=SCOPE)],
        exchanges=[clause(id="swap", entering=SCOPE, leaving=SCOPE)],
        exits=[
            {"id": "out", "title": builders.name("退"), "scope": SCOPE, "by": 2024, "source": "x"}
        ],
        renewals=[{"id": "r", "minerals": ["建筑用石料"], "kind": "new_tender", "source": "x"}],
        licence_terms=[{"minerals": ["建筑用石料"], "most": 10, "source": "x"}],
        zone_limits=[
            clause(
                id="zl",
                zones=["西县石料集中开采区"],
                minerals=["建筑用石料"],
                measure="capacity",
                amount="90 万立方米",
            )
        ],
        conversions=[conversion(area="东县重点开采区")],
        base_outputs=[
            {"minerals": ["建筑用石料"], "amount": "1 万立方米", "year": 2020, "source": "x"}
        ],
        base_counts=[
            {
                "id": "n",
                "title": builders.name("n"),
                "number": 1,
                "minerals": ["建筑用石料"],
                "source": "x",
            }
        ],
        named_rights=[
            {
                "name": "某矿",
                "county": "东",
                "mineral": "建筑用石料",
                "zone": "西县石料集中开采区",
                "source": "x",
            }
        ],
    )
    found = load_scenario(folder(plan=plan)).plan
    scopes = [
        found.counts[0].scope,
        found.ratios[0].scope,
        found.holder_limits[0].scope,
        found.exchanges[0].entering,
        found.exchanges[0].leaving,
        found.exits[0].scope,
    ]
    assert [words(one) for one in scopes] == [FULL] * len(scopes)
    assert found.renewals[0].minerals == found.licence_terms[0].minerals == ("建筑石料",)
    assert (found.zone_limits[0].zones, found.zone_limits[0].minerals) == (("Z1",), ("建筑石料",))
    one = found.conversions[0]
    assert (one.county, one.mineral, one.area) == ("东县", "建筑石料", "K1")
    assert found.base_outputs[0].minerals == found.base_counts[0].minerals == ("建筑石料",)
    named = found.named_rights[0]
    assert (named.county, named.mineral, named.zone) == ("东县", "建筑石料", "Z1")


def test_names_of_a_question_are_settled(folder):
    """Proposals in zones, conversions, exchanges, figures from above and by-products as well."""
    demand = builders.tiny_question()["demand"]
    demand["菱镁矿"]["by_product_from"] = [
        {"minerals": ["建筑用石料"], "ore_unit": "万立方米", "per_ore": "0.1 万吨"} | SOURCED
    ]
    question = builders.tiny_question(
        demand=demand,
        extra_candidates=[
            {
                "id": "E",
                "name": "新",
                "county": "西",
                "mineral": "建筑用石料",
                "zone": "西县石料集中开采区",
                "maximum": "30 万立方米",
                "source": "x",
            }
        ],
        caps_from_above=[
            {"product": "菱镁矿", "county": "东", "year": 2025, "amount": "9 万吨", "document": "x"}
        ],
        conversions=[conversion()],
        exchanges=[clause(id="swap", entering=SCOPE, leaving=SCOPE)],
        options={"indicator_weights": {"swap": 2}},
    )
    found = load_scenario(folder(question=question)).question
    assert found.demand["菱镁矿"].by_product_from[0].minerals == ("建筑石料",)
    extra = found.extra_candidates[0]
    assert (extra.county, extra.mineral, extra.zone) == ("西县", "建筑石料", "Z1")
    assert found.caps_from_above[0].county == "东县"
    assert (found.conversions[0].county, found.conversions[0].mineral) == ("东县", "建筑石料")
    assert words(found.exchanges[0].entering) == words(found.exchanges[0].leaving) == FULL


PLANS = [
    ({"handed_down": [handed_down(product="煤")]}, "unknown_product"),
    ({"counts": [builders.count(9, scope={"zones": ["Z9"]})]}, "unknown_zone"),
    ({"counts": [builders.count(9, pools=["east"])]}, "unknown_count"),
    ({"holder_limits": [clause(limit=2, scope={"minerals": ["煤"]})]}, "unknown_mineral"),
    ({"exchanges": [clause(entering={"county": "北县"})]}, "unknown_county"),
    ({"exchanges": [clause(leaving={"minerals": ["煤"]})]}, "unknown_mineral"),
    (
        {
            "exits": [
                {
                    "id": "out",
                    "title": builders.name("x"),
                    "statuses": ["redline"],
                    "by": 2024,
                    "source": "x",
                }
            ]
        },
        "unknown_status",
    ),
    (
        {"renewals": [{"id": "r", "minerals": ["煤"], "kind": "new_tender", "source": "x"}]},
        "unknown_mineral",
    ),
    ({"licence_terms": [{"minerals": ["煤"], "most": 9, "source": "x"}]}, "unknown_mineral"),
    (
        {"zone_limits": [clause(zones=["Z9"], measure="output", amount="9 万立方米")]},
        "unknown_zone",
    ),
    ({"conversions": [conversion(county="北县")]}, "unknown_county"),
    ({"conversions": [conversion(area="K9")]}, "unknown_area"),
    (
        {"base_outputs": [{"minerals": ["煤"], "amount": "1 万吨", "year": 2020, "source": "x"}]},
        "unknown_mineral",
    ),
]
FIGURE = {"value": 5} | SOURCED
OUTPUT = {"amount": "5 万吨", "synthetic": True, "source": "x"}
TRANSPORT = {"centres": [{"id": "town", "name": builders.name("镇")}]} | SOURCED
QUESTIONS = [
    ({"zone_details": {"Z9": SOURCED}}, "unknown_zone_code"),
    ({"zone_details": {"西县石料集中开采区": SOURCED}}, "unknown_zone_code"),
    ({"figures": {"mine_count": FIGURE}}, "unknown_count"),
    ({"base_outputs": {"煤": OUTPUT}}, "unknown_product"),
    (
        {"caps_from_above": [{"product": "煤", "year": 2025, "amount": "9 万吨", "document": "x"}]},
        "unknown_product",
    ),
    ({"options": {"hand_out": {"煤": "demand"}}}, "unknown_product"),
    ({"options": {"batches": {"煤": [1]}}}, "unknown_product"),
    ({"options": {"paths": {"magnesite_city": {"2025": 5}}}}, "unknown_path"),
    ({"options": {"pooled": ["mine_count"]}}, "unknown_count"),
    ({"options": {"indicator_weights": {"swap": 1}}}, "unknown_indicator"),
    ({"transport": TRANSPORT | {"distances": {"东县": {"city": 5}}}}, "unknown_centre"),
    ({"transport": TRANSPORT | {"distances": {"北县": {"town": 5}}}}, "unknown_origin"),
    ({"transport": TRANSPORT | {"reach": {"煤": 5}}}, "unknown_product"),
    ({"transport": TRANSPORT | {"cost_per_unit_km": {"煤": 5}}}, "unknown_product"),
    ({"costs": {"opening": {"煤": 5}} | SOURCED}, "unknown_product"),
    ({"costs": {"expansion": {"e9": 5}} | SOURCED}, "unknown_expansion"),
    ({"conversions": [conversion(mineral="煤")]}, "unknown_mineral"),
    ({"exchanges": [clause(entering={"zones": ["Z9"]})]}, "unknown_zone"),
]


@pytest.mark.parametrize(("changes", "code"), PLANS)
def test_names_a_plan_does_not_have(problems, changes, code):
    """Each is one problem, in plan.yaml."""
    (problem,) = problems(plan=builders.tiny_plan(**changes))
    assert problem.code == code
    assert "plan.yaml:" in problem.place


@pytest.mark.parametrize(("changes", "code"), QUESTIONS)
def test_names_a_question_does_not_have(problems, changes, code):
    """Each is one problem, in scenario.yaml."""
    (problem,) = problems(question=builders.tiny_question(**changes))
    assert problem.code == code
    assert "scenario.yaml:" in problem.place


def test_distances_begin_at_whatever_yields_ore(folder):
    """A licence, candidate, zone, county, conversion or merger may stand in the distances."""
    keys = ("东县", "Z1", "Z1-1", "E", "E-2", "convert:c1", "merger:m1", "M1")
    question = builders.tiny_question(
        transport=TRANSPORT | {"distances": {key: {"town": 5} for key in keys}},
        conversions=[conversion()],
        mergers=[{"id": "m1", "name": "合", "members": ["M1"], "holder": "甲", "source": "x"}],
        extra_candidates=[
            {
                "id": "E",
                "name": "新",
                "number": 2,
                "county": "东",
                "mineral": "菱镁矿",
                "maximum": "30 万吨",
                "source": "x",
            }
        ],
    )
    found = load_scenario(folder(question=question)).question
    assert found.transport is not None
    assert set(found.transport.distances) == set(keys)
