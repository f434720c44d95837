"""Caps from above and in other bases, demand by place, by-products and zones told wrongly."""

import pytest
from wrong import Wrong, both, drop, nothing, put, register_of, renamed_copy, row, twice

EAST = ("caps", "CAP.above.菱镁矿.东县")
WAITING = ("rules", "CAP.magnesite_by_province")


def above(code, where, change, **changes):
    """Return a wrong neighbour of the answer with figures from above."""
    return Wrong(code, where, change, of="above", **changes)


def places(code, where, change, **changes):
    """Return a wrong neighbour of the answer with demand centres."""
    return Wrong(code, where, change, of="places", **changes)


def waste(code, where, change, **changes):
    """Return a wrong neighbour of the answer with waste rock and zones."""
    return Wrong(code, where, change, of="waste", **changes)


def documents(*amounts, **changes):
    """Return other figures from above for the east, a batch each."""
    shared = {"product": "菱镁矿", "county": "东县", "year": 2025, "document": "省〔2025〕1号"}
    return {
        "caps_from_above": [
            shared | {"batch": at + 1, "amount": amount} | changes
            for at, amount in enumerate(amounts)
        ]
    }


def balance(product, place="", /, **changes):
    """Change one line of the balance."""

    def change(records):
        row(records, "balance", product, place=place).update(changes)

    return change


def flow(right, centre, /, **changes):
    """Change one flow."""

    def change(records):
        row(records, "flows", right, centre=centre).update(changes)

    return change


#: With these ways P had better serve b, and the new right a.
ROUND_TRIP = {
    "transport": {
        "centres": [
            {"id": "a", "name": {"zh": "甲", "en": "甲"}},
            {"id": "b", "name": {"zh": "乙", "en": "乙"}},
        ],
        "distances": {
            "P": {"a": 30.0, "b": 15.0},
            "Z2": {"a": 60.0, "b": 12.5},
            "西县": {"a": 30.0, "b": 25.0},
        },
        "reach": {"建筑石料": 45},
        "cost_per_unit_km": {"建筑石料": 8000.0},
        "assumed": True,
        "source": "test",
    }
}
CASES = {
    "a batch forgotten": above("cap_limit", "above", put(*EAST, limit=12.0, plan_limit=12.0)),
    "a stricter document": above(
        "cap_exceeded", "above", nothing, question=documents("12 万吨", "7 万吨")
    ),
    "a document of another county": above(
        "cap_unknown", "东县", nothing, question=documents("12 万吨", "8 万吨", county="西县")
    ),
    "a document not named": above("cap_differs", "above", put(*EAST, source="省〔2025〕1号")),
    "an expected figure called binding": above(
        "cap_differs",
        "above",
        nothing,
        question=documents("12 万吨", "8 万吨", attribute="expected"),
    ),
    "main use alone": above(
        "cap_missing",
        "CAP.above.菱镁矿.东县.main",
        nothing,
        question=documents("12 万吨", "8 万吨", amount=None, main="10 万吨"),
    ),
    "a cap for one use called for both": above(
        "cap_differs", "byproduct_use", put("caps", "CAP.byproduct_use", use=None)
    ),
    "another use beside a figure": above("quota_differs", "I", put("quotas", "I", use="main")),
    "comprehensive use beyond its cap": above(
        "cap_exceeded",
        "byproduct_use",
        both(
            lambda records: row(records, "quotas", "I").update(amount=1.9),
            lambda records: row(records, "quotas", "J").update(amount=1.47),
        ),
    ),
    "raw ore counted as 62 % ore": above(
        "cap_used", "CAP.raw", put("caps", "CAP.raw", used=3.37, plan_used=3.37)
    ),
    "raw ore beyond its cap": above(
        "cap_exceeded",
        "CAP.raw",
        nothing,
        question={
            "base_outputs": {"铁矿": {"amount": "7.9 万吨", "synthetic": True, "source": "test"}}
        },
    ),
    "basis swapped": above("cap_differs", "CAP.raw", put("caps", "CAP.raw", basis="metal")),
    "another recovery": above(
        "quota_ore", "J", nothing, register=register_of("above", "J", recovery=0.6)
    ),
    "a made-up base called met": above(
        "cap_verdict", "CAP.raw", put("caps", "CAP.raw", verdict="met")
    ),
    "a hoped forecast called none": above(
        "cap_verdict", "CAP.hope", put("caps", "CAP.hope", verdict="none")
    ),
    "a forecast that is not reached": above(
        "cap_verdict",
        "CAP.hope",
        nothing,
        plan={
            "caps": [
                {
                    "id": "hope",
                    "title": {"zh": "hope", "en": "hope"},
                    "attribute": "binding",
                    "sense": "forecast",
                    "hoped": "floor",
                    "years": {"first": 2021, "last": 2025},
                    "source": "专栏一",
                    "product": "铁矿",
                    "amount": "5 万吨",
                }
            ]
        },
    ),
    "a clause on a made-up base called met": above(
        "rule_verdict", "CAP.raw", put("rules", "CAP.raw", verdict="met")
    ),
    "a missed demand called met": above(
        "rule_verdict", "DEMAND.铁矿", put("rules", "DEMAND.铁矿", verdict="met")
    ),
    "a figure nobody has handed down": above(
        "quota_not_handed_down",
        "W",
        put("quotas", "W", amount=1.0, ore=1.0, share_of_capacity=0.1, batches=[0.6, 0.4]),
    ),
    "awaiting not said": above("quota_awaiting", "W", put("quotas", "W", awaiting=False)),
    "awaiting though given": above("quota_awaiting", "A", put("quotas", "A", awaiting=True)),
    "awaiting for another reason": above("quota_reason", "W", put("quotas", "W", reason="停产")),
    "an awaited figure called guidance": above(
        "quota_kind", "W", put("quotas", "W", kind="guidance")
    ),
    "an awaited clause missing": above("rule_missing", WAITING[1], drop(*WAITING)),
    "an awaited clause with a limit": above(
        "rule_not_awaited", WAITING[1], put(*WAITING, limit=10.0, slack=10.0)
    ),
    "an awaited clause called met": above("rule_verdict", WAITING[1], put(*WAITING, verdict="met")),
    "an awaited clause of another attribute": above(
        "rule_differs", WAITING[1], put(*WAITING, attribute="expected")
    ),
    "less handed out than said": above(
        "goal_value",
        "unmet_demand_1",
        both(
            put("quotas", "A", amount=8.0, ore=8.0, share_of_capacity=8 / 12),
            put("balance", "菱镁矿", production_existing=19.43),
        ),
    ),
    "more handed out than there is": above(
        "handed_out_exceeded",
        "菱镁矿",
        nothing,
        question=documents("11 万吨", "8 万吨"),
    ),
    "the figure to be handed out hidden": above(
        "balance_handed_out", "菱镁矿", put("balance", "菱镁矿", handed_out=None)
    ),
    "the figure to be handed out misstated": above(
        "balance_handed_out", "菱镁矿", put("balance", "菱镁矿", handed_out=15.0)
    ),
    "tranches of no document": above("batch_number", "A", put("quotas", "A", batches=[])),
    "a centre missing": places(
        "balance_missing", "建筑石料 a", lambda records: records["balance"].pop(1)
    ),
    "a centre twice": places(
        "balance_repeated",
        "建筑石料 a",
        lambda records: records["balance"].append(row(records, "balance", "建筑石料", place="a")),
    ),
    "a centre nobody knows": places(
        "balance_unknown",
        "建筑石料 c",
        lambda records: row(records, "balance", "建筑石料", place="a").update(place="c"),
    ),
    "a centre's demand": places("balance_demand", "a", balance("建筑石料", "a", demand=45.0)),
    "a centre's mines": places(
        "balance_production_existing", "a", balance("建筑石料", "a", production_existing=25.0)
    ),
    "a centre that does not add up": places(
        "centre_unbalanced", "a", balance("建筑石料", "a", imports=1.0)
    ),
    "centres that get more from outside than there is": places(
        "centres_differ",
        "建筑石料",
        both(balance("建筑石料", "a", imports=6.0), balance("建筑石料", "b", imports=1.0)),
    ),
    "centres that lack what the whole does not": places(
        "centres_differ", "建筑石料", balance("建筑石料", "a", imports=0.0, unmet=5.0)
    ),
    "a flow missing": places("flows_differ", "P", drop("flows", "P")),
    "a flow of nobody": places("flow_unknown", "X", renamed_copy("flows", "P", "X")),
    "a flow to nowhere": places("flow_unknown", "P c", flow("P", "a", centre="c")),
    "a flow twice": places("flow_repeated", "P a", twice("flows", "P")),
    "a flow of nothing": places(
        "flow_empty",
        "Q a",
        renamed_copy("flows", "Q", "Q", centre="a", amount=0.0, kilometres=60.0, cost=0.0),
    ),
    "a flow of too much": places("flows_differ", "P", flow("P", "a", amount=31.0)),
    "a flow in another unit": places("flow_differs", "P a", flow("P", "a", unit="万吨")),
    "a flow of another product": places("flow_unknown", "P a", flow("P", "a", product="菱镁矿")),
    "a way misread": places("flow_kilometres", "Q b", flow("Q", "b", kilometres=12.0)),
    "a way along the great circle": places(
        "flow_kilometres", "P a", flow("P", "a", kilometres=10.0)
    ),
    "a way beyond reach": places(
        "flow_out_of_reach",
        "Z1-1 a",
        nothing,
        question={"transport": ROUND_TRIP["transport"] | {"reach": {"建筑石料": 29}}},
    ),
    "a way too cheap": places("flow_cost", "Q b", flow("Q", "b", cost=20.0)),
    "carriage misreported": places(
        "goal_value", "flows", put("goals", "flows", rounded_value=1800.0)
    ),
    "carriage forgotten": places("goal_order", "goals", drop("goals", "flows")),
    "costs without the new right": places(
        "goal_value", "cost", put("goals", "cost", rounded_value=1480.0)
    ),
    "flows that cross": places("flow_detour", "建筑石料", nothing, question=ROUND_TRIP),
    "by-products from nothing": waste(
        "by_product_impossible", "建筑石料", balance("建筑石料", by_product=10.5)
    ),
    "by-products that shrink the gap": waste(
        "balance_unmet", "建筑石料", balance("建筑石料", by_product=9.0)
    ),
    "mines' share misreported": waste(
        "goal_value", "by_product", put("goals", "by_product", rounded_value=1.0)
    ),
    "mines' share forgotten": waste("goal_order", "goals", drop("goals", "by_product")),
    "too much capacity in the zones": waste(
        "zone_limit_missed",
        "ZONE.zone_capacity",
        both(put("issuance", "S-1", capacity=43.0), put("quotas", "S-1", capacity=43.0)),
    ),
    "a zone's capacity misstated": waste(
        "rule_used", "ZONE.zone_capacity", put("rules", "ZONE.zone_capacity", used=30.0)
    ),
    "a zone's output misstated": waste(
        "rule_used", "ZONE.zone_output", put("rules", "ZONE.zone_output", used=10.0)
    ),
    "a pool overfull": waste(
        "zone_overfull",
        "Z2",
        both(renamed_copy("issuance", "S-1", "S-2"), renamed_copy("issuance", "S-1", "S-3")),
    ),
    "a pool of fewer rights": waste(
        "rule_limit", "ZONE.Z2", put("rules", "ZONE.Z2", limit=3.0, slack=2.0)
    ),
    "a figure the plan does not print": waste(
        "count_exceeded",
        "COUNT.city",
        nothing,
        question={"figures": {"city": {"value": 3, "assumed": True, "source": "test"}}},
    ),
    "a count that is pooled away": waste(
        "rule_unknown",
        "COUNT.stone_west",
        renamed_copy("rules", "COUNT.city", "COUNT.stone_west"),
    ),
    "a count held though it could be pooled": waste(
        "count_exceeded", "COUNT.stone_west", nothing, question={"options": {}}
    ),
    "a figure that ignores last output": Wrong(
        "sharing_uneven",
        "东县",
        both(put("quotas", "A", amount=5.0, ore=5.0), put("quotas", "B", amount=13.53, ore=13.53)),
        of="mix",
    ),
    "a figure that ignores the coefficient": Wrong(
        "sharing_uneven",
        "东县",
        nothing,
        question={
            "options": {
                "sharing": {
                    "basis": "mix",
                    "mix": {"capacity": 0.5, "last_output": 0.5},
                    "execution": {"least": 0.6, "most": 1.1},
                }
            }
        },
        of="mix",
    ),
    "a figure that ignores the execution": Wrong(
        "sharing_uneven",
        "东县",
        nothing,
        question={
            "options": {
                "sharing": {
                    "basis": "mix",
                    "mix": {"capacity": 0.5, "last_output": 0.5},
                    "coefficients": {"green": 1.2},
                }
            }
        },
        of="mix",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_supply_is_caught(name):
    """The check that is meant catches it."""
    assert CASES[name].caught(), CASES[name].faults()
