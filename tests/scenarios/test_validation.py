"""Mistakes in keys and values of the YAML files: place, statement, repair."""

import builders
import pytest

from minequota.scenarios.documents.schema import annotation_at, default_at
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question


def _set(data, path, value):
    *parents, last = path
    for part in parents:
        data = data[part]
    data[last] = value


@pytest.mark.parametrize(
    ("path", "value", "code", "says"),
    [
        (("caps", 0, "amout"), "1 万吨", "unknown_key", "amout"),
        (("caps", 0, "amount"), "31 万顿", "unknown_unit", "Did you mean 万吨?"),
        (("caps", 0, "amount"), "31", "not_a_quantity", "amount must be"),
        (("caps", 0, "amount"), 31, "not_a_quantity", "31 万吨"),
        (("caps", 0, "amount"), None, "cap_amount", "exactly one of amount and times_base"),
        (("caps", 0, "times_base"), 2, "cap_amount", "exactly one of amount and times_base"),
        (("zones", 0, "rights"), None, "empty_value", "rights has no value"),
        (("caps", 0, "sense"), "ceilling", "not_one_of", "Did you mean ceiling?"),
        (("caps", 0, "id"), "City Cap", "bad_identifier", "City Cap"),
        (("caps", 0, "source"), "", "empty_text", "source"),
        (("caps", 0, "source"), 5, "not_text", '"5"'),
        (("caps", 0, "main_indicator"), "ja", "not_boolean", "true or false"),
        (("caps", 0, "years"), 2025, "not_mapping", "years"),
        (("caps",), "none", "not_list", "caps must be a list"),
        (("base_year",), 2020.5, "not_integer", "base_year"),
        (("base_year",), True, "not_integer", "but is true"),
        (("zones", 0, "area_km2"), "1.5", "not_number", "area_km2"),
        (("zones", 0, "area_km2"), 0, "out_of_range", "above 0"),
        (("zones", 0, "rights"), -1, "out_of_range", "at least 0"),
        (("minimum_scales", 0, "large"), 5, "not_a_quantity", "large"),
    ],
)
def test_one_mistake_in_the_plan(problems, path, value, code, says):
    """One wrong key or value is one problem, in plan.yaml, with line and column."""
    plan = builders.tiny_plan()
    _set(plan, path, value)
    (problem,) = [one for one in problems(plan=plan) if one.code != "missing_key"]
    assert problem.code == code
    assert says in str(problem)
    file, line, column = problem.place.rsplit(":", 2)
    assert file.endswith("plan.yaml")
    assert int(line) > 0 < int(column)


@pytest.mark.parametrize(
    ("path", "value", "code", "says"),
    [
        (("mode",), "kalender", "not_one_of", "calendar"),
        (
            ("caps_from_above",),
            [{"product": "菱镁矿", "year": 2025, "document": "x"}],
            "above_amount",
            "main and comprehensive",
        ),
        (
            ("caps_from_above",),
            [
                {"product": "菱镁矿", "year": 2025, "document": "x"}
                | {"amount": "9 万吨", "main": "9 万吨"}
            ],
            "above_amount",
            "main and comprehensive",
        ),
        (("options",), {"year_weights": {"next": 1}}, "year_key", "2025"),
        (("yaer",), 2025, "unknown_key", "yaer"),
        (("options",), {"holdbak": {}}, "unknown_key", "Did you mean holdback?"),
        (
            ("options",),
            {"protection": {"weights": {"produsing": 2}}},
            "unknown_key",
            "Did you mean producing?",
        ),
        (("demand", "菱镁矿", "from_cap"), True, "demand_amount", "from_cap"),
        (("solving",), {"gap": 0.5}, "out_of_range", "at most 0.1"),
        (("solving",), {"time_limit": 0}, "out_of_range", "above 0"),
        (("register",), 3, "not_text", "register"),
    ],
)
def test_one_mistake_in_the_question(problems, path, value, code, says):
    """One wrong key or value is one problem, in scenario.yaml."""
    question = builders.tiny_question()
    _set(question, path, value)
    (problem,) = problems(question=question)
    assert problem.code == code
    assert says in str(problem)
    assert "scenario.yaml:" in problem.place


def test_exact_place_of_a_typo(problems):
    """A misspelt key is shown where it stands, the missing one at its group."""
    text = (
        "format: minequota-plan/1\n"
        "id: tiny\n"
        "title: {zh: 小, en: small}\n"
        "jurisdiction: {zh: 小市, ne: Tiny}\n"
        "level: city\n"
        "document: x\n"
        "base_year: 2020\n"
        "target_year: 2025\n"
        "counties: []\n"
        "products: []\n"
        "minerals: []\n"
    )
    found = {one.code: one for one in problems(plan=text)}
    # `jurisdiction: ` has 14 characters; `{zh: 小市, ` has 9 more.
    assert found["missing_key"].place.endswith("plan.yaml:4:15")
    assert found["unknown_key"].place.endswith("plan.yaml:4:24")
    assert "Did you mean en?" in str(found["unknown_key"])


def test_all_mistakes_at_once(problems):
    """Plan, question and register are all reported in one go."""
    plan = builders.tiny_plan(level="village")
    question = builders.tiny_question(year="x", mode="kalender")
    register = "许可证号,矿山名称,县区,矿种,生产规模（万吨/年）\nA,甲,东县,菱镁矿,-3\n"
    found = problems(plan=plan, question=question, register=register)
    assert sorted(one.code for one in found) == [
        "cell_negative",
        "not_integer",
        "not_one_of",
        "not_one_of",
    ]


def test_walking_the_models():
    """Key paths find their annotation and their default value."""
    assert annotation_at(Plan, ("caps", 0, "product")) is str
    assert annotation_at(Plan, ("caps", 0, "nothing")) is None
    assert annotation_at(Plan, ("caps", 0, "product", "deeper")) is None
    assert default_at(Question, ("options", "closing")) is True
    assert default_at(Question, ("options", "protection", "never_close")) == [
        "green",
        "large_medium",
    ]
    assert default_at(Question, ("year",)) is None
    assert default_at(Question, ("options", "holdback", "菱镁矿")) is None
