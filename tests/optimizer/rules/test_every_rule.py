"""Every rule is needed: without it the answer of a small case is another one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import builders
import pytest
from small import (
    calendar,
    conversion,
    expansion,
    extra,
    issued,
    kinds,
    magnesite,
    merger,
    mine,
    stone,
)

from minequota.optimizer import model
from minequota.optimizer.rules import RULES
from minequota.optimizer.solve import solve
from minequota.scenarios.scenario import Scenario

FREE = {"caps": []}
BANNED = {"kind": "banned", "names": ["菱镁矿"], "minerals": ["菱镁矿"], "source": "第四章"}

ONE_HOLDER = {
    "id": "groups",
    "title": {"zh": "集团", "en": "groups"},
    "attribute": "binding",
    "sense": "ceiling",
    "years": {"first": 2021, "last": 2025},
    "source": "第七章",
    "limit": 1,
}
SWAP = {
    "id": "swap",
    "title": {"zh": "减一增一", "en": "swap"},
    "attribute": "binding",
    "sense": "ceiling",
    "years": {"first": 2021, "last": 2025},
    "source": "情景",
}

CASES: dict[str, Callable[[], Scenario]] = {
    # 21 of 30 instead of 30.
    "CAP": lambda: magnesite([mine("A", "30 万吨")]),
    # 12 by the licence at availability 1, 6 at one half.
    "CAPACITY": lambda: magnesite([mine("A", "12 万吨")], plan=FREE, options={"availability": 0.5}),
    # The zone's least right has 20 although 5 are asked.
    "MINSCALE": lambda: stone(demand="5 万立方米"),
    "BAN": lambda: magnesite(
        [], "3 万吨", FREE | {"directions": [BANNED]}, extra_candidates=[extra("X", "40 万吨")]
    ),
    # A block of stone outside the zones.
    "ZONE": lambda: stone(
        plan={"zones": []},
        extra_candidates=[extra("X", "60 万立方米", mineral="建筑石料")],
    ),
    "COUNT": lambda: magnesite(
        [mine("A", "9 万吨"), mine("B", "9 万吨")], "5 万吨", FREE | {"counts": [builders.count(1)]}
    ),
    "RATIO": lambda: magnesite(
        [mine("A", "60 万吨", size_class="medium"), mine("B", "9 万吨")],
        "5 万吨",
        FREE | {"ratios": [builders.ratio(1.0)]},
    ),
    "RESERVE": lambda: magnesite([mine("A", "12 万吨", reserves="5 万吨")], plan=FREE),
    "STATUS": lambda: magnesite(
        [mine("A", "9 万吨"), mine("B", "9 万吨", green=True)],
        "5 万吨",
        FREE | {"counts": [builders.count(1)]},
    ),
    "RENEW": lambda: magnesite(
        [mine("A", "9 万吨", licence_end=date(2025, 1, 1), renewal="leave")], plan=FREE
    ),
    # Without the rule the expansion would be decided in 2024, a year before it may.
    "EXPAND": lambda: magnesite(
        [mine("A", "5 万吨")],
        "12 万吨",
        FREE,
        expansions=[expansion("A", "15 万吨", years={"first": 2025, "last": 2025})],
        **calendar(2024),
    ),
    # A and B go on besides their merger.
    "MERGE": lambda: magnesite(
        [mine("A", "6 万吨"), mine("B", "8 万吨")],
        "28 万吨",
        FREE,
        mergers=[merger("m", "A", "B")],
    ),
    "CONVERT": lambda: magnesite(
        [],
        "12 万吨",
        FREE,
        conversions=[conversion("12 万吨", years={"first": 2025, "last": 2025})],
        **calendar(2024),
    ),
    "HOLDER": lambda: magnesite(
        [mine("A", "6 万吨", holder="甲"), mine("B", "6 万吨", holder="乙")],
        "5 万吨",
        FREE | {"holder_limits": [ONE_HOLDER]},
    ),
    "EXCHANGE": lambda: magnesite(
        [mine("A", "5 万吨")],
        "20 万吨",
        FREE,
        extra_candidates=[extra("X", "40 万吨")],
        exchanges=[SWAP],
    ),
    # 30 km is farther than the 20 that stone is carried.
    "REACH": lambda: magnesite(
        [mine("A", "12 万吨")],
        {
            "amount": "5 万吨",
            "places": {"town": "5 万吨"},
            "assumed": True,
            "source": "test",
        },
        FREE,
        transport={
            "centres": [{"id": "town", "name": {"zh": "镇", "en": "town"}}],
            "distances": {"东县": {"town": 30}},
            "reach": {"菱镁矿": 20},
            "assumed": True,
            "source": "test",
        },
    ),
    "STEADY": lambda: magnesite(
        [mine("A", "10 万吨", last_output="4 万吨")],
        "10 万吨",
        FREE,
        options={"steady": {"up": 0.5, "down": 0.25, "source": "test"}},
    ),
    # 12 less the 2 dug beyond last year's quota.
    "OVERRUN": lambda: magnesite(
        [mine("A", "12 万吨")],
        "12 万吨",
        FREE,
        overproduced={"A": {"amount": "2 万吨", "year": 2024, "assumed": True, "source": "test"}},
    ),
    # An expected floor of 10 would be reached; nobody asks for more than 5.
    "DEMAND": lambda: magnesite(
        [mine("A", "12 万吨")],
        "5 万吨",
        {"caps": [builders.cap("city", "10 万吨", sense="floor", attribute="expected")]},
    ),
}


def outcome(scenario):
    """Return what a planner sees of an answer, or that there is none."""
    try:
        answer = solve(scenario)
    except Exception as failure:  # noqa: BLE001 - any way of failing is another outcome
        return type(failure).__name__
    figures = {(one.year, one.right): one.amount for one in answer.quotas}
    years = {one.right: one.year for one in (*answer.actions, *answer.issuance)}
    return kinds(answer), years, figures, issued(answer)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_without_the_rule_the_answer_changes(rule, monkeypatch):
    """Each rule's own case is answered, and answered otherwise once the rule is gone."""
    scenario = CASES[rule.code]()
    with_it = outcome(scenario)
    assert not isinstance(with_it, str)
    monkeypatch.setattr(model, "RULES", tuple(one for one in RULES if one is not rule))
    assert outcome(scenario) != with_it


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_record_names_a_test_that_exists(rule):
    """The path in the record is a file of this repository."""
    assert (Path(__file__).parents[3] / rule.test).is_file()
    assert rule.test.endswith(f"test_{rule.code.lower()}.py")


def test_codes_are_those_of_the_contract():
    """Nineteen rules, each code once."""
    codes = ["CAP", "CAPACITY", "MINSCALE", "BAN", "ZONE", "COUNT", "RATIO", "RESERVE", "STATUS"]
    codes += ["RENEW", "EXPAND", "MERGE", "CONVERT", "HOLDER", "EXCHANGE", "DEMAND"]
    codes += ["REACH", "STEADY", "OVERRUN"]
    assert [rule.code for rule in RULES] == codes
