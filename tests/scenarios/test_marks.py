"""What the source of a figure says that a call gave another value."""

import builders
import pytest

from minequota.scenarios.load import load_scenario
from minequota.scenarios.opened import open_scenario

DEMAND = {
    "菱镁矿": {"from_cap": True, "assumed": False, "source": "专栏一"},
    "建筑石料": {"amount": "50 万立方米", "assumed": False, "source": "公报"},
}


@pytest.fixture
def stone(folder):
    """Return a maker of the demand for stone under overrides of the call."""
    path = folder(question=builders.tiny_question(demand=DEMAND, mode="calendar", first_year=2024))

    def make(**keys):
        overrides = {f"demand.建筑石料.{key}": value for key, value in keys.items()}
        return load_scenario(path, overrides=overrides).question.demand["建筑石料"]

    return make


@pytest.mark.parametrize(
    ("given", "source", "assumed"),
    [
        ({"amount": "60 万立方米"}, "公报（改为60 万立方米）", True),
        ({"imports": "6 万立方米"}, "公报（imports改为6 万立方米）", True),
        ({"by_year": {2024: "40 万立方米"}}, "公报（by_year另定）", True),
        (
            {"amount": "60 万立方米", "imports": "6 万立方米"},
            "公报（改为60 万立方米）（imports改为6 万立方米）",
            True,
        ),
        ({"amount": "60 万立方米", "source": "调查"}, "调查", False),
        ({"amount": "60 万立方米", "source": "调查", "assumed": True}, "调查", True),
        ({"amount": "50 万立方米"}, "公报", False),
        ({"priority": 2}, "公报", False),
        ({}, "公报", False),
    ],
)
def test_a_figure_of_the_call(stone, given, source, assumed):
    """Noted where the figure is another and the call names no source; never otherwise."""
    demand = stone(**given)
    assert (demand.source, demand.assumed) == (source, assumed)


def test_a_value_and_a_factor_share_a_source(folder):
    """Both notes stand there, the value's first, and are logged once."""
    question = builders.tiny_question(demand=DEMAND)
    scenario = open_scenario(folder(question=question)).varied(
        {"demand.建筑石料.imports": "6 万立方米"}, {"demand.建筑石料.amount": 2}
    )
    assert scenario.question.demand["建筑石料"].source == "公报（imports改为6 万立方米）（×2）"
    paths = [one.path for one in scenario.changes]
    assert paths == [
        "demand.建筑石料.imports",
        "demand.建筑石料.amount",
        "demand.建筑石料.source",
        "demand.建筑石料.assumed",
    ]


def test_a_source_given_beside_a_factor(folder):
    """The factor is noted behind the source that the call gives."""
    question = builders.tiny_question(demand=DEMAND)
    scenario = open_scenario(folder(question=question)).varied(
        {"demand.建筑石料.source": "调查"}, {"demand.建筑石料": 2}
    )
    assert scenario.question.demand["建筑石料"].source == "调查（×2）"


def test_a_case_speaks_for_itself(folder):
    """What a case of the file sets carries the source that the file gives it."""
    case = {"title": builders.name("x"), "set": {"demand.建筑石料.amount": "60 万立方米"}}
    question = builders.tiny_question(demand=DEMAND, cases={"a": case})
    demand = load_scenario(folder(question=question), ["a"]).question.demand["建筑石料"]
    assert (demand.source, demand.assumed) == ("公报", False)
