"""What the source of a figure says that a call gave another value."""

import re

import builders
import pytest

from minequota.scenarios.load import library_names, load_scenario
from minequota.scenarios.opened import case_names, open_scenario

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


def _case(*combines, **keys):
    paths = {f"demand.建筑石料.{key}": value for key, value in keys.items()}
    return {"title": builders.name("x"), "combines": list(combines), "set": paths}


@pytest.fixture
def cases(folder):
    """Return a maker of the demand for stone under cases: `a`, and others."""

    def make(*chosen, overrides=None, **given):
        path = folder(question=builders.tiny_question(demand=DEMAND, cases=given))
        scenario = load_scenario(path, chosen, overrides=overrides)
        demand = scenario.question.demand["建筑石料"]
        return demand.source, demand.assumed

    return make


def test_a_case_gives_the_source_or_is_noted(cases):
    """A figure alone is noted; one with its source is the case's own, assumed as it says."""
    assert cases("a", a=_case(amount="60 万立方米")) == ("公报（改为60 万立方米）", True)
    assert cases("a", a=_case(amount="60 万立方米", source="调查")) == ("调查", False)
    assert cases("a", a=_case(amount="50 万立方米")) == ("公报", False)
    assert cases("a", a=_case(priority=2)) == ("公报", False)


def test_a_source_is_that_of_the_case_that_gives_it(cases):
    """Of two cases chosen together the one without a source is noted behind the other's."""
    given = {
        "years": _case(imports="6 万立方米"),
        "high": _case(amount="60 万立方米", source="调查"),
        "both": _case("years", "high"),
    }
    for chosen in (("years", "high"), ("high", "years"), ("both",)):
        assert cases(*chosen, **given) == ("调查（imports改为6 万立方米）", True)


def test_two_cases_without_a_source(cases):
    """Both notes stand there, in the order in which the cases are chosen."""
    given = {"a": _case(amount="60 万立方米"), "b": _case(imports="6 万立方米")}
    assert cases("b", "a", **given) == ("公报（imports改为6 万立方米）（改为60 万立方米）", True)


def test_the_call_above_a_case(cases):
    """The call's source replaces the case's note; its figure alone is noted behind it."""
    given = {"a": _case(amount="60 万立方米")}
    source = {"demand.建筑石料.source": "调查"}
    assert cases("a", overrides=source, **given)[0] == "调查"
    amount = {"demand.建筑石料.amount": "70 万立方米"}
    both = "公报（改为60 万立方米）（改为70 万立方米）"
    assert cases("a", overrides=amount, **given) == (both, True)


def test_a_demand_that_becomes_the_caps(folder):
    """The gazette's figure holds no more once the demand is whatever the cap lets be dug."""
    demand = {**DEMAND, "菱镁矿": {"amount": "9 万吨", "assumed": False, "source": "公报"}}
    keys = {"demand.菱镁矿.amount": None, "demand.菱镁矿.from_cap": True}
    path = folder(question=builders.tiny_question(demand=demand))
    given = load_scenario(path, overrides=keys).question.demand["菱镁矿"]
    assert (given.from_cap, given.amount) == (True, None)
    assert given.source == "公报（不再采用）（改取总量）"


def test_the_library_case_that_cuts_a_cap():
    """The plan prints 31 万吨; the case's 25 does not stand in it, and says so."""
    (plan,) = (one for one in load_scenario("dandong").plan.caps if one.id == "magnesite_city")
    case = load_scenario("dandong", ["province_cuts_magnesite"])
    (cut,) = (one for one in case.plan.caps if one.id == "magnesite_city")
    assert (str(plan.amount), str(cut.amount)) == ("31 万吨", "25 万吨")
    assert cut.source == f"{plan.source}（改为25 万吨）"


def _changed(before, after, path=""):
    """Yield the path, old and new of everything two dumps differ in."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _changed(old, new, f"{path}.{key}")
        elif old != new:
            yield f"{path}.{key}"


@pytest.mark.parametrize("name", library_names())
def test_no_case_of_the_library_leaves_a_false_source(name):
    """Whoever changes a demand, by whichever case, changes what its source says."""
    base = load_scenario(name).question.model_dump(mode="json")["demand"]
    for case in case_names(name):
        given = load_scenario(name, [case]).question.model_dump(mode="json")["demand"]
        for product in base:
            keys = {one[1:] for one in _changed(base[product], given[product])}
            figures = {one.split(".")[0] for one in keys} & {"amount", "by_year", "places"}
            assert not figures or "source" in keys, (case, product, keys)


@pytest.mark.parametrize("name", library_names())
def test_a_demand_that_is_a_caps_names_no_amount(name):
    """A case or a call may change the cap: an amount in the demand's source would be false then."""
    for demand in load_scenario(name).question.demand.values():
        said = demand.source.partition("；")[0]
        assert not demand.from_cap or not re.search(r"\d(万|亿|千克|立方米|吨)", said), said
