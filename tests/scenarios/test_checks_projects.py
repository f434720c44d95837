"""Projects, proposed rights, zones and transport: alone, beside the plan, and on the register."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from minequota.scenarios.load import load_scenario, resolved_documents

SOURCED = {"assumed": True, "source": "x"}
REGISTER = """licence,name,county,mineral,capacity,longitude,latitude
M1,一号矿,东县,菱镁矿,20 万吨,,
M2,二号矿,西,菱镁矿,60 万吨,123.5,40.5
M3,三号矿,东县,菱镁矿,30 万吨,123.6,40.4
M4,三号矿,东县,菱镁矿,10 万吨,123.6,40.4
S1,石场,西县,建筑用石料,75 万吨,,
G1,金山,东县,金矿,,,
G2,金岭,东县,金矿,5 万吨,,
"""


def merger(*members: str, **changes: Any) -> dict[str, Any]:
    """Return a merger of these rights."""
    return {"id": "m1", "name": "合", "members": list(members), "source": "x"} | changes


def expansion(right: str = "M1", **changes: Any) -> dict[str, Any]:
    """Return an expansion of a right."""
    return {"id": "e1", "right": right, "capacity": "90 万吨", "source": "x"} | changes


def conversion(**changes: Any) -> dict[str, Any]:
    """Return a conversion of an exploration right of magnesite."""
    base = {"id": "c1", "name": "探矿", "county": "东县", "mineral": "菱镁矿"}
    return base | {"capacity": "30 万吨", "source": "x"} | changes


def extra(**changes: Any) -> dict[str, Any]:
    """Return a proposed right of stone in the zone."""
    base = {"id": "E", "name": "新", "county": "西县", "mineral": "建筑石料", "zone": "Z1"}
    return base | {"maximum": "30 万立方米", "source": "x"} | changes


def exchange(**changes: Any) -> dict[str, Any]:
    """Return a rule of one out, one in."""
    base = {"id": "swap", "title": builders.name("减一增一"), "attribute": "binding"}
    return base | {"sense": "ceiling", "years": builders.YEARS, "source": "x"} | changes


def years(first: int, last: int) -> dict[str, int]:
    """Return a span of years."""
    return {"first": first, "last": last}


def product(name: str, **changes: Any) -> list[dict[str, Any]]:
    """Return the tiny plan's products, keys of one changed; None takes a key away."""
    found = [
        one | changes if one["name"] == name else one for one in builders.tiny_plan()["products"]
    ]
    return [{key: value for key, value in one.items() if value is not None} for one in found]


BARE = product("建筑石料", density=None)

QUESTIONS = [
    ({"mergers": [merger("M3", "M9")]}, ["project_right"]),
    ({"mergers": [merger("一号矿", "M3")]}, ["project_right"]),
    ({"mergers": [merger("M1", "M2")]}, ["members_differ"]),
    ({"mergers": [merger("M1", "G2")]}, ["members_differ"]),
    ({"mergers": [merger("G1", "G2")]}, ["member_capacity"]),
    ({"mergers": [merger("G1", "G2", capacity="9 万吨")]}, []),
    ({"mergers": [merger("M1", "M1")]}, ["member_twice"]),
    ({"mergers": [merger("M1")]}, ["acquisition_holder"]),
    ({"mergers": [merger("M1", holder="甲")]}, []),
    ({"mergers": [merger("M1", "M3"), merger("M1", "M4")]}, ["duplicate"]),
    ({"mergers": [merger("M1", "M3"), merger("M1", "M4", id="m2")]}, []),
    ({"mergers": [merger("M1", "M3", capacity="9 万立方米")]}, ["unit_mismatch"]),
    ({"mergers": [merger("M1", "M3", reserves="9 万立方米")]}, ["unit_mismatch"]),
    ({"mergers": [merger("M1", "M3", years=years(2024, 2022))]}, ["years_reversed"]),
    (
        {"mergers": [merger("M1", "M3", years=years(2023, 2024), yields_from=2022)]},
        ["yields_early"],
    ),
    ({"expansions": [expansion("M9")]}, ["project_right"]),
    ({"expansions": [expansion("二号矿")]}, []),
    ({"expansions": [expansion("三号矿")]}, ["project_ambiguous"]),
    ({"expansions": [expansion("M1", capacity="9 万立方米")]}, ["unit_mismatch"]),
    ({"expansions": [expansion("S1", capacity="90 万吨")]}, []),
    ({"expansions": [expansion(), expansion(id="e2")]}, ["right_expands_twice"]),
    ({"expansions": [expansion(), expansion("M3")]}, ["duplicate"]),
    (
        {"expansions": [expansion("一号矿")], "mergers": [merger("M1", "M3")]},
        ["right_expands_and_merges"],
    ),
    (
        {"expansions": [expansion(years=years(2023, 2024), yields_from=2022)]},
        ["yields_early"],
    ),
    ({"conversions": [conversion(), conversion()]}, ["duplicate"]),
    ({"conversions": [conversion(capacity="3 万立方米")]}, ["unit_mismatch"]),
    ({"conversions": [conversion(capacity="0 万吨")]}, ["capacity_zero"]),
    ({"conversions": [conversion(years=years(2025, 2024))]}, ["years_reversed"]),
    ({"exchanges": [exchange(), exchange()]}, ["duplicate"]),
    ({"exchanges": [exchange(sense="about")]}, ["needs_tolerance"]),
    ({"extra_candidates": [extra()]}, []),
    ({"extra_candidates": [extra(county="东县")]}, ["candidate_zone"]),
    ({"extra_candidates": [extra(mineral="菱镁矿", maximum="9 万吨")]}, ["candidate_zone"]),
    ({"extra_candidates": [extra(id="M", number=3, zone="")]}, []),
    ({"extra_candidates": [extra(id="Z1", number=1, zone="")]}, []),
    ({"extra_candidates": [extra(id="Z1", number=2, zone="")]}, ["candidate_taken"]),
    ({"extra_candidates": [extra(number=2), extra(id="E-2")]}, ["candidate_taken"]),
    ({"zone_details": {"Z1": SOURCED | {"maximum": "30 万立方米"}}}, []),
    ({"zone_details": {"Z1": SOURCED | {"maximum": "5 万立方米"}}}, ["maximum_below"]),
]


@pytest.mark.parametrize(("changes", "codes"), QUESTIONS)
def test_projects_of_a_question(problems, changes, codes):
    """Each contradiction is one problem, placed in scenario.yaml."""
    found = problems(question=builders.tiny_question(**changes), register=REGISTER)
    assert [one.code for one in found] == codes
    assert all("scenario.yaml:" in one.place for one in found)


CLAUSE = exchange(id="clause")
PLANS = [
    ({"expansions": [expansion("M9")]}, ["project_right"]),
    ({"expansions": [expansion("二号矿"), expansion("M2")]}, ["duplicate", "right_expands_twice"]),
    ({"expansions": [expansion(years=years(2025, 2024))]}, ["years_reversed"]),
    ({"conversions": [conversion(yields_from=2020, years=years(2021, 2022))]}, ["yields_early"]),
    ({"conversions": [conversion(reserves="3 万立方米")]}, ["unit_mismatch"]),
    ({"exchanges": [CLAUSE], "holder_limits": [CLAUSE | {"limit": 2}]}, ["duplicate"]),
    ({"holder_limits": [CLAUSE | {"limit": 2, "sense": "about"}]}, ["needs_tolerance"]),
    ({"holder_limits": [CLAUSE | {"limit": 2, "years": years(2025, 2021)}]}, ["years_reversed"]),
    ({"caps": [builders.cap("a", "9 万吨", hoped="floor")]}, ["spare_hoped"]),
    ({"caps": [builders.cap("a", "9 万吨", sense="forecast", hoped="floor")]}, []),
    ({"licence_terms": [{"least": 20, "most": 10, "source": "x"}]}, ["term_reversed"]),
    (
        {
            "products": BARE,
            "zone_limits": [
                CLAUSE | {"zones": ["Z1"], "measure": "capacity", "amount": "500 万吨"}
            ],
        },
        ["unit_mismatch"],
    ),
    (
        {"zone_limits": [CLAUSE | {"zones": ["Z1"], "measure": "capacity", "amount": "500 万吨"}]},
        [],
    ),
    ({"zones": [builders.zone(maximum=None, minimum=None)]}, []),
    ({"products": product("建筑石料", basis="block_stone")}, ["candidate_content"]),
    ({"products": product("建筑石料", basis="block_stone", block_yield=0.3)}, []),
    (
        {
            "products": product("菱镁矿", basis="mineral"),
            "conversions": [conversion(grade=0.3)],
        },
        [],
    ),
    (
        {"products": product("菱镁矿", basis="mineral"), "conversions": [conversion()]},
        ["candidate_content"],
    ),
]


@pytest.mark.parametrize(("changes", "codes"), PLANS)
def test_projects_and_clauses_of_a_plan(problems, changes, codes):
    """The plan's lists are checked alike, and against the register."""
    register = REGISTER.replace("latitude\n", "latitude,grade,block_yield,density\n")
    register = "\n".join(
        line if at == 0 else f"{line},0.4,0.3,2.5"
        for at, line in enumerate(register.split("\n")[:-1])
    )
    found = problems(plan=builders.tiny_plan(**changes), register=register)
    assert [one.code for one in found] == codes


def test_plan_and_question_share_their_ids(problems):
    """A question's project may not be called like one of the plan's."""
    plan = builders.tiny_plan(expansions=[expansion()], exchanges=[exchange()])
    question = builders.tiny_question(expansions=[expansion("M2")], exchanges=[exchange()])
    found = problems(plan=plan, question=question, register=REGISTER)
    assert [one.code for one in found] == ["duplicate", "duplicate"]


def test_details_of_a_pool_are_never_used(problems):
    """A pool of blocks has no candidates of its own, so its details would be lost."""
    plan = builders.tiny_plan(zones=[builders.zone(), builders.zone("P1", mineral=None)])
    question = builders.tiny_question(zone_details={"P1": SOURCED | {"maximum": "9 万吨"}})
    assert [one.code for one in problems(plan=plan, question=question)] == ["zone_detail_pool"]
    pool = extra(zone="P1", mineral="菱镁矿", maximum="9 万吨")
    question = builders.tiny_question(extra_candidates=[pool])
    assert problems(plan=plan, question=question) == []


def test_a_zone_without_any_bound(problems):
    """Neither ceiling, detail nor minimum: such a right could be licensed for anything."""
    plan = builders.tiny_plan(
        zones=[builders.zone(maximum=None, minimum=None)],
        special_minimums=[],
        minimum_scale_use=None,
    )
    (problem,) = problems(plan=plan)
    assert problem.code == "candidate_unbounded"
    assert "Z1" in problem.text()
    question = builders.tiny_question(zone_details={"Z1": SOURCED | {"maximum": "40 万立方米"}})
    assert problems(plan=plan, question=question) == []


TOWN = {"id": "town", "name": builders.name("镇"), "longitude": 123.4, "latitude": 40.2}
BARE_TOWN = {"id": "town", "name": builders.name("镇")}


def by_place(centre: dict[str, Any], **transport: Any) -> dict[str, Any]:
    """Return a question whose magnesite goes to one centre."""
    demand = builders.tiny_question()["demand"]
    demand["菱镁矿"]["places"] = {"town": "30 万吨"}
    given = SOURCED | {"centres": [centre]} | transport
    return builders.tiny_question(demand=demand, transport=given)


@pytest.mark.parametrize(
    ("centre", "distances", "missing"),
    [
        (BARE_TOWN, {"东县": {"town": 5}, "西县": {"town": 5}}, None),
        (BARE_TOWN, {"东县": {"town": 5}}, "M2"),
        (BARE_TOWN, {"东县": {"town": 5}, "M2": {"town": 9}}, None),
        # With coordinates on both sides no distance is needed.
        (TOWN, {"M1": {"town": 9}}, None),
        (TOWN, {}, "M1"),
    ],
)
def test_every_source_has_a_way_to_every_centre(problems, centre, distances, missing):
    """By licence, zone, county or coordinates; else the first without one is named."""
    question = by_place(centre, distances=distances)
    found = problems(question=question, register=REGISTER)
    assert [one.code for one in found] == (["distance_missing"] if missing else [])
    assert all(missing in one.text() for one in found)


def test_new_rights_need_a_way_too(problems):
    """A proposal, a conversion and a zone's rights count as sources."""
    question = by_place(TOWN, distances={"M1": {"town": 9}})
    question["extra_candidates"] = [extra(mineral="菱镁矿", zone="", number=2, maximum="9 万吨")]
    question["conversions"] = [conversion(county="西县")]
    (problem,) = problems(question=question, register=REGISTER)
    assert problem.code == "distance_missing"
    assert "3" in problem.text()
    distances = {"M1": {"town": 9}, "E": {"town": 9}, "convert:c1": {"town": 9}}
    question["transport"]["distances"] = distances
    assert problems(question=question, register=REGISTER) == []


@pytest.mark.parametrize(
    ("transport", "code"),
    [
        ({"centres": [BARE_TOWN, BARE_TOWN]}, "duplicate"),
        ({"centres": [BARE_TOWN | {"longitude": 123.4}]}, "centre_half"),
        ({"distances": {"东县": {"town": -1}}}, "out_of_range"),
        ({"reach": {"菱镁矿": 0}}, "out_of_range"),
        ({"cost_per_unit_km": {"菱镁矿": -1}}, "out_of_range"),
    ],
)
def test_transport_that_cannot_be(problems, transport, code):
    """Centres twice or half placed, and numbers below zero."""
    given = SOURCED | {"centres": [BARE_TOWN]} | transport
    found = problems(question=builders.tiny_question(transport=given))
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize("costs", [{"opening": {"菱镁矿": -1}}, {"expansion": {"e1": -1}}])
def test_costs_below_zero(problems, costs):
    """A cost may be nothing, not less."""
    question = builders.tiny_question(costs=SOURCED | costs, expansions=[expansion()])
    assert [one.code for one in problems(question=question)] == ["out_of_range"]


def test_by_products_of_ore_need_its_density(problems):
    """Stone licensed in cubic metres and counted by the tonne takes a density."""
    demand = builders.tiny_question()["demand"]
    origin = {"minerals": ["建筑石料"], "ore_unit": "万吨", "per_ore": "0.1 万吨"} | SOURCED
    demand["菱镁矿"]["by_product_from"] = [origin]
    question = builders.tiny_question(demand=demand)
    register = "licence,name,county,mineral,capacity\nS1,石场,西县,建筑石料,30 万立方米\n"
    assert problems(question=question, register=register) == []
    plan = builders.tiny_plan(products=BARE)
    found = problems(plan=plan, question=question, register=register)
    assert [one.code for one in found] == ["by_product_density"]


def test_cases_are_tried_against_the_register(problems):
    """A case that is not chosen is checked with the rights it would be asked of."""
    case = {"title": builders.name("合"), "set": {"mergers": [merger("M1", "M9")]}}
    found = problems(question=builders.tiny_question(cases={"merge": case}), register=REGISTER)
    assert [one.code for one in found] == ["project_right"]


def test_another_register_leaves_out_what_speaks_of_the_old(folder, tmp_path):
    """Mergers, expansions, costs and distances of unknown rights go, each with its line."""
    plan = builders.tiny_plan(expansions=[expansion("M2", id="e0")])
    question = builders.tiny_question(
        mergers=[merger("M1", "M3"), merger("N1", "N2", id="m2")],
        expansions=[expansion("M1"), expansion("N3", id="e3")],
        costs=SOURCED | {"expansion": {"e0": 5, "e1": 6, "e3": 7}},
        transport=SOURCED
        | {"centres": [TOWN], "distances": {"M1": {"town": 5}, "东县": {"town": 6}}},
    )
    other = tmp_path / "other.csv"
    rows = [f"N{at},{at}号,东县,菱镁矿,9 万吨" for at in (1, 2, 3)]
    other.write_text("\n".join(["licence,name,county,mineral,capacity", *rows]), "utf-8")
    scenario = load_scenario(folder(plan=plan, question=question), register=other)
    asked = scenario.question
    assert [one.id for one in asked.mergers] == ["m2"]
    assert [one.id for one in asked.expansions] == ["e3"]
    assert scenario.plan.expansions == ()
    assert asked.costs is not None
    assert asked.costs.expansion == {"e3": 7}
    assert asked.transport is not None
    assert set(asked.transport.distances) == {"东县"}
    assert sorted(one.path for one in scenario.changes) == [
        "costs.expansion.e0",
        "costs.expansion.e1",
        "expansions.e1",
        "mergers.m1",
        "plan.expansions.e0",
        "transport.distances.M1",
    ]
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name, text in resolved_documents(scenario).items():
        (inputs / name).write_bytes(text.encode())
    again = load_scenario(inputs)
    assert (again.plan, again.question) == (scenario.plan, scenario.question)


def test_paths_into_the_newer_lists(folder):
    """Entries are named by id, zones by code, years by their number, all in Chinese as well."""
    plan = builders.tiny_plan(counts=[builders.count(9)], conversions=[conversion()])
    question = builders.tiny_question(
        mergers=[merger("M1", "M3")],
        zone_details={"Z1": SOURCED | {"maximum": "30 万立方米"}},
        options={"paths": {"mine_count": {"2025": 8}}},
        demand=builders.tiny_question()["demand"]
        | {"菱镁矿": SOURCED | {"amount": "9 万吨", "by_year": {"2025": "8 万吨"}}},
        caps_from_above=[{"product": "菱镁矿", "year": 2025, "amount": "9 万吨", "document": "x"}],
    )
    path = folder(plan=plan, question=question, register=REGISTER)
    changes = {
        "plan.counts.mine_count.limit": 7,
        "plan.conversions.c1.capacity": "40 万吨",
        "mergers.m1.capacity": "55 万吨",
        "zone_details.Z1.maximum": "44 万立方米",
        "options.paths.mine_count.2025": 6,
        "options.year_weights": {2025: 3},
        "demand.菱镁矿.by_year.2025": "7 万吨",
        "demand.菱镁矿.places": {},
    }
    scenario = load_scenario(path, overrides=changes)
    asked = scenario.question
    assert scenario.plan.counts[0].limit == 7
    assert str(scenario.plan.conversions[0].capacity) == "40 万吨"
    assert str(asked.mergers[0].capacity) == "55 万吨"
    assert str(asked.zone_details["Z1"].maximum) == "44 万立方米"
    assert asked.options.paths == {"mine_count": {2025: 6}}
    assert asked.options.year_weights == {2025: 3}
    assert str(asked.demand["菱镁矿"].by_year[2025]) == "7 万吨"
    assert [one.old for one in scenario.changes][4:7] == [8, {}, "8 万吨"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("mergers.m9.capacity", "override_unknown"),
        ("mergers.m1", "override_fixed"),
        ("mergers.m1.id", "override_fixed"),
        ("zone_details.Z9.maximum", "override_unknown"),
        ("caps_from_above.菱镁矿.amount", "override_list"),
        ("options.paths.mine_count.2025.x", "override_unknown"),
        ("demand.菱镁矿.by_product_from.0", "override_list"),
    ],
)
def test_paths_that_lead_nowhere(problems, path, code):
    """What is not listed cannot be changed piecemeal; lists without ids are replaced whole."""
    question = builders.tiny_question(
        mergers=[merger("M1", "M3")],
        caps_from_above=[{"product": "菱镁矿", "year": 2025, "amount": "9 万吨", "document": "x"}],
    )
    call = {"overrides": {path: "1 万吨"}}
    found = problems(question=question, register=REGISTER, call=call)
    assert [one.code for one in found] == [code]
