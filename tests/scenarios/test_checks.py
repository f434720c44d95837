"""Checks across the fields of plan and question."""

import builders
import pytest


def _demand(**changes):
    base = {"assumed": True, "source": "test"}
    return {
        "菱镁矿": base | {"amount": "30 万吨"},
        "建筑石料": base | {"amount": "50 万立方米"},
    } | changes


def _extra(**changes):
    return {
        "id": "E1",
        "name": "新建矿",
        "county": "东县",
        "mineral": "菱镁矿",
        "maximum": "20 万吨",
        "source": "x",
    } | changes


STONE = {"amount": "50 万吨", "assumed": True, "source": "x"}
NO_DENSITY = [
    {key: value for key, value in product.items() if not key.startswith("density")}
    for product in builders.tiny_plan()["products"]
]

PLANS = [
    ({"caps": [builders.cap("a", "1 万吨", "束县")]}, "unknown_county"),
    ({"caps": [builders.cap("a", "1 万吨", product="菱美矿")]}, "unknown_product"),
    ({"caps": [builders.cap("a", "1 万立方米")]}, "unit_mismatch"),
    ({"caps": [builders.cap("a", "-1 万吨")]}, "negative"),
    ({"caps": [builders.cap("a", "1 万吨"), builders.cap("a", "2 万吨")]}, "duplicate"),
    ({"caps": [builders.cap("a", "1 万吨", sense="about")]}, "needs_tolerance"),
    ({"caps": [builders.cap("a", "1 万吨", tolerance=0.1)]}, "spare_tolerance"),
    (
        {"caps": [builders.cap("a", "1 万吨", years={"first": 2025, "last": 2021})]},
        "years_reversed",
    ),
    ({"counts": [builders.count(5, id="magnesite_city")]}, "duplicate"),
    ({"counts": [builders.count(5, scope={"minerals": ["金"]})]}, "unknown_mineral"),
    ({"ratios": [builders.ratio(0.1, scope={"county": "北县"})]}, "unknown_county"),
    ({"zones": [builders.zone(county="南县")]}, "unknown_county"),
    ({"zones": [builders.zone(mineral="石料")]}, "unknown_mineral"),
    ({"zones": [builders.zone(), builders.zone()]}, "duplicate"),
    ({"zones": [builders.zone(maximum="10 万立方米")]}, "maximum_below"),
    # 40 万吨 at 2.5 t/m³ are 16 万立方米, below the zone's 20.
    ({"zones": [builders.zone(maximum="40 万吨")]}, "maximum_below"),
    ({"zones": [builders.zone(maximum="60 万吨")], "products": NO_DENSITY}, "unit_mismatch"),
    (
        {
            "area_minimums": [
                {"area": "K1", "size_class": "large", "attribute": "binding", "source": "x"}
            ]
        },
        "unknown_area",
    ),
    (
        {
            "special_minimums": [
                {
                    "id": "s",
                    "minerals": ["建筑石料"],
                    "applies_to": ["new"],
                    "amounts": ["20 万立方米", "30 万立方米"],
                    "source": "x",
                }
            ]
        },
        "two_amounts",
    ),
    ({"target_year": 2019}, "target_before_base"),
    (
        {
            "products": [
                builders.tiny_plan()["products"][0] | {"unit": "万顿"},
                builders.tiny_plan()["products"][1],
            ]
        },
        "unknown_unit",
    ),
    (
        {
            "counties": [
                {"name": "东县", "en": "E"},
                {"name": "西县", "en": "W", "aliases": ["西", "东县"]},
            ]
        },
        "duplicate",
    ),
    (
        {
            "minerals": [
                builders.tiny_plan()["minerals"][0] | {"scale_row": "magnesit"},
                *builders.tiny_plan()["minerals"][1:],
            ]
        },
        "unknown_scale_row",
    ),
    (
        {
            "minerals": [
                builders.tiny_plan()["minerals"][0] | {"class_row": "magnesit"},
                *builders.tiny_plan()["minerals"][1:],
            ]
        },
        "unknown_class_row",
    ),
]

QUESTIONS = [
    ({"demand": {"菱镁矿": _demand()["菱镁矿"], "煤": STONE}}, "unknown_product"),
    ({"demand": _demand(建筑石料=STONE)}, "unit_mismatch"),
    (
        {
            "demand": _demand(
                菱镁矿={"amount": "1 万吨", "imports": "2 万立方米", "assumed": True, "source": "x"}
            )
        },
        "unit_mismatch",
    ),
    (
        {"demand": _demand(建筑石料={"from_cap": True, "assumed": True, "source": "x"})},
        "no_cap_for_demand",
    ),
    ({"demand": {"建筑石料": _demand()["建筑石料"]}}, "capped_without_demand"),
    ({"year": 2026}, "year_outside"),
    ({"goals": []}, "no_goals"),
    ({"goals": ["closures", "closures"]}, "goal_twice"),
    ({"goals": ["evenness", "tie_break"]}, "no_goal_decides"),
    ({"goals": ["evenness"]}, "no_goal_decides"),
    ({"goals": ["tie_break"]}, "no_goal_decides"),
    ({"goals": ["tie_break", "closures", "evenness"]}, "goal_order"),
    ({"options": {"holdback": {"菱镁矿": 1.2}}}, "out_of_range"),
    ({"options": {"holdback": {"菱美矿": 0.2}}}, "unknown_product"),
    ({"options": {"indicator_weights": {"magnesite_ciy": 2}}}, "unknown_indicator"),
    ({"options": {"indicator_weights": {"magnesite_city": -2}}}, "out_of_range"),
    ({"options": {"protection": {"weights": {"stopped": -1}}}}, "out_of_range"),
    ({"options": {"preference": {"keep": {"key_minerals": 1}}}}, "unknown_key"),
    ({"options": {"permitted_restricted": ["金"]}}, "unknown_mineral"),
    ({"register_date": "2020-13-01"}, "not_a_date"),
    ({"extra_candidates": [_extra(county="X")]}, "unknown_county"),
    ({"extra_candidates": [_extra(area="K9")]}, "unknown_area"),
    ({"extra_candidates": [_extra(minimum="30 万吨")]}, "maximum_below"),
    ({"extra_candidates": [_extra(maximum="20 万立方米")]}, "unit_mismatch"),
    ({"extra_candidates": [_extra(), _extra()]}, "candidate_taken"),
    ({"extra_candidates": [_extra(id="Z1-1")]}, "candidate_taken"),
    ({"plan": "../plan.yaml"}, "path_outside"),
    ({"plan": "/etc/plan.yaml"}, "path_outside"),
    ({"plan": "dandogn"}, "plan_missing"),
    ({"plan": "other.yaml"}, "file_missing"),
    ({"register": "../mines.csv"}, "path_outside"),
    ({"register": "other.csv"}, "file_missing"),
    ({"register": "plan.yaml"}, "register_kind"),
]


@pytest.mark.parametrize(("changes", "code"), PLANS)
def test_plan(problems, changes, code):
    """Each contradiction inside a plan is one problem, placed in plan.yaml."""
    found = problems(plan=builders.tiny_plan(**changes))
    found = [one for one in found if "mines.csv" not in one.place]
    assert [one.code for one in found] == [code]
    assert "plan.yaml:" in found[0].place


@pytest.mark.parametrize(("changes", "code"), QUESTIONS)
def test_question(problems, changes, code):
    """Each contradiction of the question, alone or with its plan, is one problem."""
    found = problems(question=builders.tiny_question(**changes))
    assert [one.code for one in found] == [code]


def test_unit_mismatch_says_both_units(problems):
    """万吨 against 万立方米 is one clear sentence in both languages."""
    (problem,) = problems(question=builders.tiny_question(demand=_demand(建筑石料=STONE)))
    assert "50 万吨" in problem.wrong
    assert "万立方米" in problem.wrong
    assert "（质量）" in problem.text()
    assert "（体积）" in problem.text()


def test_names_are_settled(folder):
    """Aliases of counties and minerals become the plan's own names everywhere."""
    from minequota.scenarios.load import load_scenario

    plan = builders.tiny_plan(
        caps=[builders.cap("a", "1 万吨", "东")],
        zones=[builders.zone(county="西", mineral="建筑用石料")],
        areas=[
            {
                "code": "K1",
                "name": "东县重点开采区",
                "kind": "key_mining_area",
                "minerals": ["菱镁矿"],
                "area_km2": 3,
                "counties": ["东"],
                "source": "x",
            }
        ],
    )
    question = builders.tiny_question(extra_candidates=[_extra(county="东", area="东县重点开采区")])
    scenario = load_scenario(folder(plan=plan, question=question))
    assert scenario.plan.caps[0].county == "东县"
    assert (scenario.plan.zones[0].county, scenario.plan.zones[0].mineral) == ("西县", "建筑石料")
    assert scenario.plan.areas[0].counties == ("东县",)
    assert scenario.question.extra_candidates[0].county == "东县"
    assert scenario.question.extra_candidates[0].area == "K1"
