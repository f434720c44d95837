"""Named combinations of cases: what they set, whose it is, and what does not go together."""

import builders
import pytest

from minequota.scenarios.load import load_scenario


def _case(*combines, **paths):
    combined = {"combines": list(combines)} if combines else {}
    return {"title": builders.name("x"), **combined, "set": paths}


def _question(default=None, **cases):
    return builders.tiny_question(
        cases=cases, **({"default_case": default} if default is not None else {})
    )


HIGH = _case(**{"demand.建筑石料.amount": "80 万立方米"})
CUT = _case(**{"plan.caps.magnesite_city.amount": "25 万吨"})


def test_a_combination_sets_what_its_cases_set(folder):
    """Demand x policy: each change is logged under the case that writes it."""
    question = _question(high=HIGH, cut=CUT, both=_case("high", "cut", **{"options.lead_time": 1}))
    scenario = load_scenario(folder(question=question), ["both"])
    assert [(one.case, one.path) for one in scenario.changes] == [
        ("high", "demand.建筑石料.amount"),
        ("cut", "plan.caps.magnesite_city.amount"),
        ("both", "options.lead_time"),
        ("high", "demand.建筑石料.source"),
        ("cut", "plan.caps.magnesite_city.source"),
    ]
    assert scenario.cases == ("both",)
    assert len(scenario.case_titles) == 1
    assert scenario.plan.caps[0].amount.value == 25
    assert scenario.question.demand["建筑石料"].amount.value == 80


def test_a_combination_needs_no_set_of_its_own_and_may_be_the_default(folder):
    """`set` may be left out; chosen or by default, the answer is the same."""
    both = {"title": builders.name("both"), "combines": ["high", "cut"]}
    path = folder(question=_question("both", high=HIGH, cut=CUT, both=both))
    by_default = load_scenario(path)
    assert by_default.cases == ("both",)
    assert by_default == load_scenario(path, ["both"])
    assert by_default.question == load_scenario(path, ["high", "cut"]).question


def test_combinations_of_combinations(folder):
    """What is combined may itself be a combination."""
    question = _question(
        high=HIGH,
        cut=CUT,
        two=_case("high", "cut"),
        three=_case("two", **{"options.closing": False}),
    )
    scenario = load_scenario(folder(question=question), ["three"])
    assert [one.case for one in scenario.changes] == ["high", "cut", "three", "high", "cut"]


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize(
    ("cases", "code", "where"),
    [
        ({"a": _case("a")}, "case_circle", "- a"),
        ({"a": _case("b"), "b": _case("a")}, "case_circle", "- "),
        ({"a": _case("hihg"), "high": HIGH}, "unknown_case", "- hihg"),
        ({"a": _case("high", "high"), "high": HIGH}, "case_twice", "- high"),
        (
            {"a": _case("high", "b"), "b": _case("high"), "high": HIGH},
            "case_twice",
            "- high",
        ),
        (
            {"a": _case("high", **{"demand.建筑石料.amount": "9 万立方米"}), "high": HIGH},
            "override_overlap",
            "demand.建筑石料.amount: 9",
        ),
        (
            {"a": _case("high", "b"), "b": _case(**{"demand.建筑石料": {}}), "high": HIGH},
            "override_overlap",
            "demand.建筑石料: {}",
        ),
    ],
)
def test_what_does_not_combine(problems, folder, cases, code, where, chosen):
    """Circles, unknown cases, one case twice, two that touch one key: chosen or not."""
    call = {"cases": ["a"]} if chosen else {}
    question = _question(**cases)
    found = problems(question=question, call=call)
    assert code in {one.code for one in found}
    lines = (folder(question=question) / "scenario.yaml").read_text("utf-8").splitlines()
    places = [one.place for one in found if one.code == code]
    for place in places:
        name, line, _ = place.rsplit(":", 2)
        assert name.endswith("scenario.yaml")
        assert where in lines[int(line) - 1]


def test_a_combination_beside_one_of_its_cases(problems):
    """The case is chosen twice then, which is said rather than passed over."""
    question = _question(high=HIGH, cut=CUT, both=_case("high", "cut"))
    found = problems(question=question, call={"cases": ["both", "high"]})
    assert [one.code for one in found] == ["case_twice"]


def test_combinations_too_deep_to_follow(problems):
    """A tower of combinations is refused, not followed until the program falls over."""
    tower = {f"c{number}": _case(f"c{number + 1}") for number in range(600)}
    found = problems(question=_question(**tower, c600=_case()), call={"cases": ["c0"]})
    assert {one.code for one in found} == {"case_depth"}
    low = {f"c{number}": _case(f"c{number + 1}") for number in range(8)}
    assert problems(question=_question(**low, c8=_case()), call={"cases": ["c0"]}) == []


def test_combinations_not_chosen_are_tried(problems):
    """Each case fits by itself, the two together do not: the combination is a mistake."""
    question = _question(
        first=_case(mode="calendar"),
        both=_case("first", year=2099),
    )
    assert "year_outside" in {one.code for one in problems(question=question)}


@pytest.mark.parametrize(("given", "code"), [("high", "not_list"), ([3], "not_text")])
def test_combines_is_a_list_of_names(problems, given, code):
    """Anything else is a mistake of the file."""
    question = _question(high=HIGH, a={**_case(), "combines": given})
    assert [one.code for one in problems(question=question)] == [code]
