"""Years, options, demand and the figures a plan leaves to the scenario."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from minequota.scenarios.load import load_scenario

SOURCED = {"assumed": True, "source": "x"}
YEARS = {"first": 2021, "last": 2025}
CALENDAR = {"mode": "calendar", "first_year": 2023, "year": 2025}


def demand(**changes: dict[str, Any]) -> dict[str, Any]:
    """Return the demand of both products, keys of one of them changed."""
    base = {
        "菱镁矿": SOURCED | {"amount": "30 万吨"},
        "建筑石料": SOURCED | {"amount": "50 万立方米"},
    }
    return {name: one | changes.get(name, {}) for name, one in base.items()}


def open_count(**changes: Any) -> dict[str, Any]:
    """Return a count whose number the plan does not print."""
    return {key: one for key, one in builders.count(1, **changes).items() if key != "limit"}


def multiple(**changes: Any) -> dict[str, Any]:
    """Return a cap at 1.5 times an output the plan does not print."""
    given = builders.cap("triple", "1 万吨", times_base=1.5, **changes)
    return {key: one for key, one in given.items() if key != "amount"}


def from_above(**changes: Any) -> dict[str, Any]:
    """Return one document's figure for magnesite in 2025."""
    given = {"product": "菱镁矿", "year": 2025, "document": "x"} | changes
    return given if {"main", "comprehensive"} & set(given) else {"amount": "9 万吨"} | given


BASE = {"amount": "9 万吨", "synthetic": True, "source": "x"}
TOWN = {"id": "town", "name": builders.name("镇")}
PORT = {"id": "port", "name": builders.name("港")}
TRANSPORT = SOURCED | {
    "centres": [TOWN, PORT],
    "distances": {"东县": {"town": 5, "port": 9}, "西县": {"town": 7, "port": 9}},
}

RIGHT = [
    CALENDAR,
    {"mode": "calendar", "first_year": 2025},
    CALENDAR | {"options": {"year_weights": {"2023": 2, "2025": 0}}},
    CALENDAR | {"demand": demand(菱镁矿={"by_year": {"2023": "20 万吨"}})},
    {"demand": demand(菱镁矿={"by_year": {"2025": "20 万吨"}})},
    {"options": {"batches": {"菱镁矿": [0.5, 0.3, 0.2]}}},
    {"options": {"batches": {"菱镁矿": [1 / 3, 1 / 3, 1 / 3]}}},
    {"options": {"sharing": {"basis": "mix", "mix": {"capacity": 0.4, "last_output": 0.6}}}},
    {"options": {"ramp_up": [0, 0.5, 0.5, 1]}},
    {"options": {"hand_out": {"菱镁矿": "cap", "建筑石料": "demand"}}},
    {"caps_from_above": [from_above(batch=1), from_above(batch=2), from_above(county="东县")]},
    {"caps_from_above": [from_above(main="5 万吨"), from_above(comprehensive="1 万吨")]},
    {
        "demand": demand(菱镁矿={"places": {"town": "20 万吨", "port": "0.01 千吨"}})
        | {"菱镁矿": SOURCED | {"amount": "20.001 万吨"}},
        "transport": TRANSPORT,
    },
    {"goals": ["unmet_demand", "tie_break", "evenness", "flows"]},
    {"goals": ["cost", "flows"]},
]
WRONG = [
    ({"mode": "calendar"}, "calendar_first_year", "mode"),
    ({"first_year": 2023}, "first_year_spare", "first_year"),
    ({"mode": "calendar", "first_year": 2025, "year": 2024}, "years_reversed", "first_year"),
    ({"mode": "calendar", "first_year": 2019}, "year_outside", "first_year"),
    (CALENDAR | {"options": {"year_weights": {"2022": 2}}}, "year_not_planned", "2022"),
    (CALENDAR | {"options": {"year_weights": {"2024": -1}}}, "out_of_range", "2024"),
    (
        CALENDAR | {"demand": demand(菱镁矿={"by_year": {"2022": "20 万吨"}})},
        "year_not_planned",
        "2022",
    ),
    ({"demand": demand(菱镁矿={"by_year": {"2024": "9 万吨"}})}, "year_not_planned", "2024"),
    ({"demand": demand(菱镁矿={"by_year": {"2025": "9 万立方米"}})}, "unit_mismatch", "2025"),
    ({"demand": demand(菱镁矿={"by_year": {"2025": "-9 万吨"}})}, "negative", "2025"),
    ({"options": {"batches": {"菱镁矿": [0.5, 0.3]}}}, "shares_add_up", "菱镁矿"),
    ({"options": {"batches": {"菱镁矿": [0, 1]}}}, "out_of_range", "- 0"),
    ({"options": {"batches": {"菱镁矿": []}}}, "shares_add_up", "菱镁矿"),
    ({"options": {"sharing": {"basis": "mix"}}}, "mix_missing", "basis"),
    ({"options": {"sharing": {"mix": {"capacity": 1}}}}, "mix_spare", "mix"),
    (
        {"options": {"sharing": {"basis": "mix", "mix": {"capacity": 0.5}}}},
        "shares_add_up",
        "mix",
    ),
    ({"options": {"ramp_up": [0.5, 1.2]}}, "out_of_range", "- 1.2"),
    ({"options": {"ramp_up": [0.5, 0.4]}}, "ramp_falls", "- 0.4"),
    ({"options": {"hand_out": {"建筑石料": "cap"}}}, "no_cap_for_demand", "建筑石料"),
    ({"base_outputs": {"菱镁矿": BASE | {"amount": "9 万立方米"}}}, "unit_mismatch", "amount"),
    ({"caps_from_above": [from_above(amount="9 万立方米")]}, "unit_mismatch", "amount"),
    ({"caps_from_above": [from_above(), from_above()]}, "above_batch_twice", "-"),
    (
        {"caps_from_above": [from_above(), from_above(main="3 万吨", batch=2)]},
        "above_forms",
        "-",
    ),
    (
        {"caps_from_above": [from_above(), from_above(batch=2, attribute="expected")]},
        "above_attributes",
        "-",
    ),
    (
        {"demand": demand(菱镁矿={"places": {"town": "30 万吨"}}), "transport": TRANSPORT},
        None,
        "",
    ),
    (
        {"demand": demand(菱镁矿={"places": {"town": "20 万吨"}}), "transport": TRANSPORT},
        "places_add_up",
        "places",
    ),
    (
        {
            "demand": demand()
            | {"菱镁矿": SOURCED | {"from_cap": True, "places": {"town": "1 吨"}}},
            "transport": TRANSPORT,
        },
        "places_from_cap",
        "places",
    ),
    (
        {
            "demand": demand(菱镁矿={"places": {"town": "30 万吨"}}),
            "transport": TRANSPORT,
            "options": {"hand_out": {"菱镁矿": "cap"}},
        },
        "places_handed_out",
        "places",
    ),
    (
        {"demand": demand(菱镁矿={"places": {"town": "30 万立方米"}}), "transport": TRANSPORT},
        "unit_mismatch",
        "town",
    ),
    (
        {
            "demand": demand(
                菱镁矿={
                    "by_product_from": [
                        SOURCED | {"minerals": ["建筑石料"], "per_ore": "0.1 万立方米"}
                    ]
                }
            )
        },
        "unit_mismatch",
        "per_ore",
    ),
    (
        {
            "demand": demand(
                菱镁矿={
                    "by_product_from": [
                        SOURCED
                        | {"minerals": ["建筑石料"], "per_ore": "0.1 万吨", "ore_unit": "万顿"}
                    ]
                }
            )
        },
        "unknown_unit",
        "ore_unit",
    ),
    (
        {
            "demand": demand(
                菱镁矿={
                    "by_product_from": [SOURCED | {"minerals": ["金矿"], "per_ore": "0.1 万吨"}]
                }
            )
        },
        "by_product_silent",
        "金矿",
    ),
    (
        {
            "caps_from_above": [
                {"product": "菱镁矿", "year": 2027, "amount": "5 万吨", "document": "〔2027〕1号"}
            ]
        },
        "year_outside",
        "2027",
    ),
    ({"goals": ["evenness", "flows"]}, "no_goal_decides", "evenness"),
    ({"goals": ["unmet_demand", "flows", "evenness"]}, "goal_order", "flows"),
    ({"goals": ["unmet_demand", "evenness", "tie_break"]}, "goal_order", "evenness"),
    ({"goals": ["unmet_demand", "flows", "cost"]}, "goal_order", "flows"),
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_may_be_asked(problems, changes):
    """Calendars, tranches, mixes, paths and places that add up are no problem."""
    assert problems(question=builders.tiny_question(**changes)) == []


@pytest.mark.parametrize(("changes", "code", "at"), WRONG)
def test_what_may_not_be_asked(problems, folder, changes, code, at):
    """Each contradiction is one problem, at the line that says it."""
    question = builders.tiny_question(**changes)
    found = problems(question=question)
    assert [one.code for one in found] == ([code] if code else [])
    for one in found:
        lines = (folder(question=question) / "scenario.yaml").read_text("utf-8").splitlines()
        assert at in lines[int(one.place.rsplit(":", 2)[1]) - 1]
        assert "{" not in one.text("zh").replace("{capacity", "")


def test_demand_by_place_needs_transport(problems):
    """Without centres nobody knows what the places are."""
    question = builders.tiny_question(demand=demand(菱镁矿={"places": {"town": "30 万吨"}}))
    codes = {one.code for one in problems(question=question)}
    assert codes == {"unknown_centre", "places_without_transport"}


FIGURE = {"mine_count": SOURCED | {"value": 5}}
HALF = {"mine_count": SOURCED | {"value": 5.5}}


def path(**limits: float) -> dict[str, Any]:
    """Return options with the count's limit in a year, such as ``y2024=4``."""
    return {"options": {"paths": {"mine_count": {key[1:]: one for key, one in limits.items()}}}}


@pytest.mark.parametrize(
    ("counts", "question", "codes"),
    [
        ([open_count()], {}, ["figure_missing"]),
        ([open_count()], {"figures": FIGURE}, []),
        (
            [open_count()],
            {"figures": HALF},
            ["not_a_number_of_rights"],
        ),
        ([builders.count(9)], {"figures": FIGURE}, ["figure_spare"]),
        # Out of its years, or with a path for each of them, it needs no figure.
        ([open_count(years={"first": 2021, "last": 2022})], {}, []),
        ([open_count()], path(y2025=4), []),
        ([open_count()], path(y2025=4.5), ["not_a_number_of_rights"]),
        ([builders.count(9)], path(y2024=4), ["year_not_planned"]),
        # A pooling count is held where the scenario pools; the counts in its pool then are not.
        ([open_count(), open_count(id="city", pools=["mine_count"])], {}, ["figure_missing"]),
        (
            [open_count(), open_count(id="city", pools=["mine_count"])],
            {"options": {"pooled": ["city"]}},
            ["figure_missing"],
        ),
        (
            [open_count(), open_count(id="city", pools=["mine_count"])],
            {"options": {"pooled": ["city"]}, "figures": {"city": FIGURE["mine_count"]}},
            [],
        ),
        ([builders.count(9)], {"options": {"pooled": ["mine_count"]}}, ["not_pooling"]),
    ],
)
def test_counts_without_a_figure(problems, counts, question, codes):
    """A number the plan does not print is asked of the scenario, where it would be held."""
    found = problems(
        plan=builders.tiny_plan(counts=counts), question=builders.tiny_question(**question)
    )
    assert [one.code for one in found] == codes


def test_a_ratio_may_follow_a_path(problems):
    """Shares between 0 and 1, in planned years."""
    plan = builders.tiny_plan(ratios=[builders.ratio(0.3)])
    for share, codes in ((0.2, []), (20, ["out_of_range"])):
        options = {"paths": {"large_medium_ratio": {"2025": share}}}
        found = problems(plan=plan, question=builders.tiny_question(options=options))
        assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("years", "question", "codes"),
    [
        (YEARS, {}, ["base_output_missing"]),
        ({"first": 2021, "last": 2024}, {}, []),
        ({"first": 2021, "last": 2024}, CALENDAR, ["base_output_missing"]),
    ],
)
def test_multiples_need_their_base(problems, years, question, codes):
    """1.5 times nobody knows what is asked of the scenario, in the years the cap holds."""
    plan = builders.tiny_plan(caps=[multiple(years=years)])
    found = problems(plan=plan, question=builders.tiny_question(**question))
    assert [one.code for one in found] == codes
    given = builders.tiny_question(base_outputs={"菱镁矿": BASE}, **question)
    assert problems(plan=plan, question=given) == []


def handed_down() -> dict[str, Any]:
    """Return a clause that leaves magnesite to the province."""
    return {
        "id": "handed",
        "title": builders.name("下达"),
        "product": "菱镁矿",
        "attribute": "binding",
        "years": YEARS,
        "issuer": "省",
        "source": "x",
    }


def test_a_figure_from_above_asks_for_a_demand(problems):
    """Awaiting its figure a product needs no demand; once one is handed down it does."""
    plan = builders.tiny_plan(caps=[], handed_down=[handed_down()])
    stone = {"建筑石料": demand()["建筑石料"]}
    assert problems(plan=plan, question=builders.tiny_question(demand=stone)) == []
    for year, codes in ((2025, ["capped_without_demand"]), (2024, [])):
        question = builders.tiny_question(
            demand=stone, caps_from_above=[from_above(year=year, amount="9 万吨")]
        )
        assert [one.code for one in problems(plan=plan, question=question)] == codes


LATE = builders.cap("a", "9 万吨", years={"first": 2025, "last": 2025})


@pytest.mark.parametrize(
    ("plan", "question", "codes"),
    [
        ({"caps": [], "handed_down": [handed_down()]}, {}, []),
        ({"caps": []}, {"caps_from_above": [from_above(county="东县")]}, []),
        ({"caps": []}, {"caps_from_above": [from_above(year=2024)]}, ["no_cap_for_demand"]),
        ({"caps": [builders.cap("a", "9 万吨", "东县")]}, {}, []),
        ({"caps": [builders.cap("a", "9 万吨", sense="floor")]}, {}, ["no_cap_for_demand"]),
        ({"caps": [LATE]}, CALENDAR, ["no_cap_for_demand"]),
    ],
)
def test_demand_from_a_cap_needs_one_every_year(problems, plan, question, codes):
    """The plan's own, a county's, one from above or one still awaited; a floor is none."""
    taken = {"菱镁矿": SOURCED | {"from_cap": True}, "建筑石料": demand()["建筑石料"]}
    found = problems(
        plan=builders.tiny_plan(**plan), question=builders.tiny_question(demand=taken, **question)
    )
    assert [one.code for one in found] == codes


def test_a_year_with_its_own_demand_needs_no_cap(problems):
    """Taken from the cap in the other years, a year's own figure stands by itself."""
    plan = builders.tiny_plan(caps=[LATE])
    own = {"from_cap": True, "by_year": {"2023": "5 万吨", "2024": "6 万吨"}}
    taken = {"菱镁矿": SOURCED | own, "建筑石料": demand()["建筑石料"]}
    question = builders.tiny_question(demand=taken, **CALENDAR)
    assert problems(plan=plan, question=question) == []


def test_calendar_is_a_case_beside_others(folder):
    """A case may turn the mode; it goes together with a case of the demand."""
    question = builders.tiny_question(
        cases={
            "calendar": {
                "title": builders.name("逐年"),
                "set": {
                    "mode": "calendar",
                    "first_year": 2023,
                    "options.lead_time": 1,
                    "options.year_weights": {2024: 2},
                    "demand.菱镁矿.by_year": {2023: "20 万吨"},
                },
            },
            "high": {
                "title": builders.name("高"),
                "set": {"demand.菱镁矿.amount": "40 万吨"},
            },
        }
    )
    path = folder(question=question)
    assert load_scenario(path).question.mode == "target_state"
    both = load_scenario(path, cases=["calendar", "high"]).question
    assert (both.mode, both.first_year, both.year) == ("calendar", 2023, 2025)
    assert str(both.demand["菱镁矿"].amount) == "40 万吨"
    assert str(both.demand["菱镁矿"].by_year[2023]) == "20 万吨"
    assert both.options.year_weights == {2024: 2}


def test_a_case_that_is_wrong_as_a_calendar_is_found_unchosen(problems):
    """Cases are tried even when not chosen: one without a first year is a problem now."""
    cases = {"calendar": {"title": builders.name("逐年"), "set": {"mode": "calendar"}}}
    found = problems(question=builders.tiny_question(cases=cases))
    assert [one.code for one in found] == ["calendar_first_year"]
