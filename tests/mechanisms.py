"""Small questions that between them use every mechanism, solved once each, for the check's tests.

Each is a jurisdiction of two counties whose answer holds at least one of what it is named for, so
that a wrong record of it is a wrong neighbour of a right one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import builders
from small import asked, calendar, conversion, expansion, extra, magnesite, merger, mine, quarry

from minequota.optimizer.solve import solve
from minequota.reports.machine import allocation_document
from minequota.scenarios.right import Method
from minequota.scenarios.scenario import Scenario

FIVE = {"first": 2021, "last": 2025}
#: Caps wide enough for everything but what a question is about.
WIDE = [builders.cap("magnesite_city", "200 万吨")]
#: The line that the tiny plan's stone points to.
STONE_LINE = builders.minimum_scale("stone", ["建筑石料"], "—", "—", "—")
CENTRES = [
    {"id": "a", "name": builders.name("甲"), "longitude": 113.0, "latitude": 33.0},
    {"id": "b", "name": builders.name("乙"), "longitude": 113.5, "latitude": 33.0},
]


def _indicator(ident: str, **fields: Any) -> dict[str, Any]:
    """Return what every indicator of a plan says."""
    return {
        "id": ident,
        "title": builders.name(ident),
        "attribute": "binding",
        "sense": "ceiling",
        "years": FIVE,
        "source": "专栏一",
    } | fields


def years() -> Scenario:
    """Three years: a licence ends, an exit is due, a mine resumes, a new right ramps up.

    B leaves in 2024 and X in 2023; D is renewed in 2024; C, stopped, resumes in 2025; G is green
    and stays. Demand grows from 20 to 45, so P is issued. Two tranches a year.
    """
    rights = [
        mine("A", "10 万吨"),
        mine("B", "8 万吨", licence_end=date(2024, 6, 30), renewal="leave"),
        mine("C", "6 万吨", status="stopped", resumes=2025),
        mine("D", "5 万吨", licence_end=date(2024, 3, 31)),
        mine("G", "7 万吨", green=True),
        mine("W", "4 万吨", county="西县", reserves="9 万吨"),
        mine("X", "3 万吨", county="西县", exit_by=2023),
    ]
    demand = asked("45 万吨", by_year={2023: "20 万吨", 2024: "30 万吨"})
    question = calendar(
        2023, lead_time=1, ramp_up=[0.5], batches={"菱镁矿": [0.6, 0.4]}, year_weights={2025: 2}
    )
    plan = {"caps": WIDE, "counts": [builders.count(9)]}
    candidates = [extra("P", "30 万吨", number=2, authority="city", synthetic=True)]
    return magnesite(rights, demand, plan, extra_candidates=candidates, **question)


def projects() -> Scenario:
    """A merger, an expansion and a conversion, asked for by numbers of rights and of holders.

    Three rights are held at most in 2024, so A and B merge; in 2025 E is enlarged and the
    conversion, which needs somebody to be gone, becomes the fourth. Both yield from 2025. Rights
    are in the hands of three holders at most.
    """
    rights = [
        mine("A", "6 万吨", holder="甲公司", reserves="90 万吨"),
        mine("B", "8 万吨", holder="乙公司", reserves="60 万吨", deposit_class="medium"),
        mine("E", "10 万吨", holder="丙公司", reserves="300 万吨", green=True),
        mine("F", "4 万吨", holder="丁公司", county="西县"),
    ]
    plan = {
        "caps": WIDE,
        "counts": [builders.count(4, years={"first": 2025, "last": 2025})],
        "ratios": [builders.ratio(0.8, attribute="expected", years={"first": 2025, "last": 2025})],
        "holder_limits": [
            _indicator("holders", limit=3, years={"first": 2025, "last": 2025}, scope={})
        ],
        "exchanges": [
            _indicator(
                "one_for_one",
                entering={"minerals": ["菱镁矿"]},
                leaving={"minerals": ["菱镁矿"]},
            )
        ],
        "expansions": [
            expansion(
                *("E", "60 万吨"),
                years={"first": 2024, "last": 2025},
                yields_from=2025,
                enlarges_area=True,
            )
        ],
        "conversions": [conversion("20 万吨", yields_from=2025, authority="province")],
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new", "merged", "enlarged"],
            "source": "附表6",
        },
        "minimum_scales": [
            builders.minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "12 万吨", "10 万吨"),
            STONE_LINE,
        ],
    }
    mergers = [merger("ab", "A", "B", holder="丙公司", years={"first": 2024, "last": 2025})]
    demand = asked("90 万吨", by_year={2023: "28 万吨", 2024: "28 万吨"})
    options = {"least_service_life": 4, "paths": {"mine_count": {2024: 3}}}
    return magnesite(rights, demand, plan, mergers=mergers, **calendar(2023, **options))


def existing() -> Scenario:
    """Existing mines reach 9 万吨 by 2024 or leave: S does not, T is enlarged, U and V merge."""
    rights = [
        mine("S", "5 万吨"),
        mine("T", "6 万吨"),
        mine("U", "4 万吨"),
        mine("V", "7 万吨"),
        mine("Z", "20 万吨"),
    ]
    line = builders.minimum_scale(
        "magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨", existing="9 万吨"
    )
    plan = {
        "caps": WIDE,
        "minimum_scales": [line, STONE_LINE],
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new", "existing"],
            "existing_by": 2024,
            "source": "附表6",
        },
    }
    return magnesite(
        rights,
        "45 万吨",
        plan,
        expansions=[expansion("T", "12 万吨")],
        mergers=[merger("uv", "U", "V")],
        **calendar(2023),
    )


def above() -> Scenario:
    """Figures from above: the east has its own in two batches, the west is still waiting.

    Iron is limited twice: in 62 % ore and, by a multiple of a made-up base, in raw ore. What the
    east is given is handed out whatever the demand.
    """
    plan = builders.tiny_plan(zones=[])
    plan["products"].append(
        {
            "name": "铁矿",
            "en": "iron",
            "unit": "万吨",
            "basis": "standard_iron_62",
            "step": 0.01,
            "capacity_step": 1,
            "grade": 0.31,
            "recovery": 0.8,
        }
    )
    plan["minerals"].append({"name": "铁矿", "en": "iron", "group": "metal", "product": "铁矿"})
    plan["caps"] = [
        builders.cap("iron", "4 万吨", product="铁矿"),
        builders.cap("raw", None, product="铁矿", times_base=1.5, basis="ore"),
        builders.cap("byproduct_use", "2 万吨", product="铁矿", use="comprehensive"),
        builders.cap("hope", "1 万吨", product="铁矿", sense="forecast", hoped="floor"),
    ]
    plan["handed_down"] = [
        {
            "id": "magnesite_by_province",
            "title": builders.name("菱镁矿年度指标"),
            "product": "菱镁矿",
            "attribute": "binding",
            "years": FIVE,
            "issuer": "省厅",
            "source": "专栏一",
        }
    ]
    documents = [
        {"batch": 1, "amount": "12 万吨", "document": "省〔2025〕1号"},
        {"batch": 2, "amount": "8 万吨", "document": "省〔2025〕2号"},
    ]
    shared = {"product": "菱镁矿", "county": "东县", "year": 2025, "issuer": "省厅"}
    question = builders.tiny_question(
        demand={"菱镁矿": asked("15 万吨"), "铁矿": asked("9 万吨")},
        caps_from_above=[shared | one for one in documents],
        base_outputs={"铁矿": {"amount": "8 万吨", "synthetic": True, "source": "test"}},
        options={"hand_out": {"菱镁矿": "cap"}, "holdback": {"铁矿": 0.1}},
    )
    rights = [
        mine("A", "12 万吨"),
        mine("B", "16 万吨"),
        mine("W", "10 万吨", county="西县"),
        builders.right("I", "东县", "铁矿", "6 万吨", grade=0.31, use="comprehensive"),
        builders.right("J", "西县", "铁矿", "20 万吨", recovery=0.5),
    ]
    return builders.scenario(plan, question, rights)


def places() -> Scenario:
    """Two centres ask for stone; P and Q bring it by road, the rest is missing or comes in.

    P lies by its coordinates, Q by the distances of its zone; a new right may be opened at a cost.
    """
    rights = [
        quarry("P", "30 万立方米", longitude=113.1, latitude=33.05),
        quarry("Q", "20 万立方米", county="东县", zone="Z2"),
    ]
    plan = {
        "caps": [],
        "zones": [builders.zone(), builders.zone("Z2", county="东县", rights=0)],
    }
    question = builders.tiny_question(
        demand={
            "建筑石料": asked(
                "80 万立方米",
                imports="5 万立方米",
                places={"a": "50 万立方米", "b": "30 万立方米"},
            )
        },
        transport={
            "centres": CENTRES,
            "distances": {"Z2": {"a": 60.0, "b": 12.5}, "西县": {"a": 30.0, "b": 25.0}},
            "reach": {"建筑石料": 45},
            "cost_per_unit_km": {"建筑石料": 8000.0},
            "assumed": True,
            "source": "test",
        },
        costs={"opening": {"建筑石料": 300.0}, "assumed": True, "source": "test"},
    )
    return builders.scenario(builders.tiny_plan(**plan), question, rights)


def waste() -> Scenario:
    """Waste rock of magnesite serves stone; a zone's capacity is limited, its pool filled.

    Each 万吨 of magnesite brings 0.5 万立方米 of aggregate. The zones Z1 and Z2 together hold at
    most 60 万立方米 a year, the quarry Q inside included.
    """
    limit = _indicator("zone_capacity", zones=["Z1", "Z2"], measure="capacity")
    output = _indicator("zone_output", zones=["Z1"], measure="output", attribute="expected")
    pool = builders.zone("Z2", mineral=None, minimum=None, maximum=None, rights=2)
    plan = {
        "caps": WIDE,
        "zones": [builders.zone(), pool],
        "zone_limits": [limit | {"amount": "60 万立方米"}, output | {"amount": "15 万立方米"}],
        "counts": [
            builders.count(1, id="stone_west", scope={"county": "西县", "zones": ["Z1", "Z2"]}),
            builders.count(9, id="city") | {"limit": None, "pools": ["stone_west"]},
        ],
    }
    stone = [
        extra("S", "40 万立方米", county="西县", mineral="建筑石料", zone="Z2", number=2),
    ]
    waste_rock = {
        "minerals": ["菱镁矿"],
        "per_ore": "0.5 万立方米",
        "assumed": True,
        "source": "test",
    }
    question = builders.tiny_question(
        demand={
            "菱镁矿": asked("20 万吨"),
            "建筑石料": asked("75 万立方米", by_product_from=[waste_rock]),
        },
        extra_candidates=stone,
        figures={"city": {"value": 6, "assumed": True, "source": "test"}},
        options={"pooled": ["city"]},
    )
    rights = [
        mine("A", "30 万吨"),
        quarry("Q", "18 万立方米"),
        quarry("R", "50 万吨", zone="", method=Method.OPEN_PIT),
    ]
    return builders.scenario(builders.tiny_plan(**plan), question, rights)


def steady() -> Scenario:
    """Output may grow by a fifth and fall by a tenth a year, from what it was before 2024."""
    rights = [
        mine("A", "20 万吨", last_output="10 万吨"),
        mine("B", "20 万吨"),
        mine("C", "20 万吨", last_output="8 万吨", status="stopped", resumes=2025),
    ]
    demand = asked("40 万吨", by_year={2024: "22 万吨"})
    option = {"steady": {"up": 0.2, "down": 0.1, "source": "test"}}
    return magnesite(rights, demand, {"caps": WIDE}, **calendar(2024, **option))


def mix() -> Scenario:
    """Half by capacity, half by last output; green counts a fifth more, execution weighs."""
    rights = [
        mine("A", "20 万吨", last_output="5 万吨", last_quota="10 万吨"),
        mine("B", "20 万吨", last_output="15 万吨", last_quota="12 万吨", green=True),
        mine("C", "10 万吨"),
    ]
    sharing = {
        "basis": "mix",
        "mix": {"capacity": 0.5, "last_output": 0.5},
        "coefficients": {"green": 1.2},
        "execution": {"least": 0.6, "most": 1.1},
    }
    return magnesite(rights, "25 万吨", {"caps": WIDE}, options={"sharing": sharing})


def overrun() -> Scenario:
    """In 2023 A, B, M and N dug beyond their quotas: taken off in 2024, and in no later year.

    B's excess is more than all it may make. M and N merge in 2024, as five rights are too many.
    """
    rights = [
        mine("A", "20 万吨"),
        mine("B", "10 万吨"),
        mine("C", "15 万吨", county="西县"),
        mine("M", "6 万吨"),
        mine("N", "6 万吨"),
    ]
    dug = {"A": "4 万吨", "B": "110000 吨", "M": "2 万吨", "N": "0.5 万吨"}
    facts = {"year": 2023, "assumed": True, "source": "test"}
    return magnesite(
        rights,
        "30 万吨",
        {"caps": WIDE, "counts": [builders.count(4)]},
        mergers=[merger("mn", "M", "N", capacity="9 万吨")],
        overproduced={licence: facts | {"amount": amount} for licence, amount in dug.items()},
        **calendar(2024),
    )


def ramping() -> Scenario:
    """In 2024 A can use half of its 20 and M a quarter of its 6, which merges with N's 6 to 9.

    Of 24 A has its 10; C (15) and the merger (9, of which (1.5 + 6) ÷ 12 = 0.625 are 5.625) share
    14 as 8.75 and 5.25. In 2025 all share by licence: 24 ÷ 44.
    """
    rights = [
        mine("A", "20 万吨"),
        mine("C", "15 万吨", county="西县"),
        mine("M", "6 万吨"),
        mine("N", "6 万吨"),
    ]
    usable = {"A": {2024: 0.5, 2025: 1}, "M": {2024: 0.25}}
    return magnesite(
        rights,
        "24 万吨",
        {"caps": WIDE, "counts": [builders.count(3)]},
        mergers=[merger("mn", "M", "N", capacity="9 万吨")],
        **calendar(2024, usable=usable, min_load=0.3),
    )


MECHANISMS: dict[str, Callable[[], Scenario]] = {
    "years": years,
    "projects": projects,
    "existing": existing,
    "above": above,
    "places": places,
    "waste": waste,
    "steady": steady,
    "mix": mix,
    "overrun": overrun,
    "ramping": ramping,
}


@cache
def scenario(name: str) -> Scenario:
    """Return one question."""
    return MECHANISMS[name]()


@cache
def _document(name: str) -> dict[str, Any]:
    return allocation_document(scenario(name), solve(scenario(name)))


def records(name: str) -> dict[str, Any]:
    """Return the records of one question's answer, to be changed at will."""
    return copy.deepcopy(_document(name))
