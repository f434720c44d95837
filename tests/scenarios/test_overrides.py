"""Cases and overrides: paths, precedence, overlap, the log."""

import builders
import pytest

from minequota.scenarios.load import load_scenario
from minequota.scenarios.units import Quantity


def _case(**paths):
    return {"title": builders.name("x"), "set": paths}


def _cases(default=None, **cases):
    return builders.tiny_question(
        cases={key: {"title": builders.name(key), "set": paths} for key, paths in cases.items()},
        **({"default_case": default} if default else {}),
    )


def test_a_case_changes_plan_and_question_and_is_logged(folder):
    """Entries are named by id, code or name; each change has old and new."""
    question = _cases(
        cut={
            "plan.caps.magnesite_city.amount": "25 万吨",
            "plan.zones.Z1.rights": 2,
            "plan.products.菱镁矿.step": 1,
            "demand.建筑石料.amount": "60 万立方米",
            "options.closing": False,
        }
    )
    scenario = load_scenario(folder(question=question), cases=["cut"])
    assert scenario.plan.caps[0].amount == Quantity(25, "万吨")
    assert scenario.plan.zones[0].rights == 2
    assert scenario.plan.product("菱镁矿").step == 1
    assert scenario.question.demand["建筑石料"].amount == Quantity(60, "万立方米")
    assert not scenario.question.options.closing
    assert [(one.case, one.path, one.old, one.new) for one in scenario.changes] == [
        ("cut", "plan.caps.magnesite_city.amount", "31 万吨", "25 万吨"),
        ("cut", "plan.zones.Z1.rights", 1, 2),
        ("cut", "plan.products.菱镁矿.step", 0.01, 1),
        ("cut", "demand.建筑石料.amount", "50 万立方米", "60 万立方米"),
        ("cut", "options.closing", True, False),
        ("cut", "plan.caps.magnesite_city.source", "专栏一", "专栏一（改为25 万吨）"),
        ("cut", "plan.zones.Z1.source", "附表7", "附表7（rights改为2）"),
        ("cut", "demand.建筑石料.source", "test", "test（改为60 万立方米）"),
    ]
    assert scenario.cases == ("cut",)
    assert scenario.case_titles[0].zh == "cut"


def test_what_changes_nothing_is_not_logged(folder):
    """A value as it stands, written out or by default, is no change; nor is its source another."""
    same = {
        "plan.caps.magnesite_city.amount": "31 万吨",
        "options.closing": True,
        "options.min_load": 0,
        "options.availability": 1.0,
        "options.preference.keep.key_area": 4,
        "options.ramp_up": [],
    }
    path = folder(question=_cases(same=same))
    assert load_scenario(path, ["same"]).changes == ()
    given = load_scenario(path, overrides=same)
    assert given.changes == ()
    assert given == load_scenario(path)


def test_the_default_case_holds_where_none_is_chosen(folder):
    """Chosen cases replace the default case, they do not add to it."""
    path = folder(question=_cases("a", a={"options.min_load": 0.2}, b={"options.closing": False}))
    assert load_scenario(path).question.options.min_load == 0.2
    chosen = load_scenario(path, cases=["b"])
    assert chosen.cases == ("b",)
    assert chosen.question.options.min_load == 0


def test_several_cases_and_overrides_together(folder):
    """Cases and the call's overrides add up where they touch different things."""
    path = folder(question=_cases(a={"options.min_load": 0.2}, b={"options.closing": False}))
    scenario = load_scenario(
        path,
        cases=["a", "b"],
        overrides={
            "plan.caps.magnesite_east.amount": Quantity(9, "万吨"),
            "options.holdback.菱镁矿": 0.1,
        },
    )
    options = scenario.question.options
    assert (options.min_load, options.closing, options.holdback) == (0.2, False, {"菱镁矿": 0.1})
    assert scenario.plan.caps[1].amount.value == 9
    assert [(one.case, one.path) for one in scenario.changes] == [
        ("a", "options.min_load"),
        ("b", "options.closing"),
        ("", "plan.caps.magnesite_east.amount"),
        ("", "options.holdback.菱镁矿"),
        ("", "plan.caps.magnesite_east.source"),
    ]
    assert scenario.plan.caps[1].source == "专栏一（改为9 万吨）"


def test_the_file_itself_is_untouched(folder):
    """Loading with a case changes nothing on disk, and the next load sees the base."""
    path = folder(question=_cases(a={"options.min_load": 0.2}))
    before = (path / "scenario.yaml").read_bytes()
    load_scenario(path, cases=["a"])
    assert (path / "scenario.yaml").read_bytes() == before
    assert load_scenario(path).question.options.min_load == 0


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("demnad.菱镁矿.amount", "override_unknown", "Did you mean demand?"),
        ("plan.caps.magnesite_ctiy.amount", "override_unknown", "Did you mean magnesite_city?"),
        ("plan.caps.magnesite_city.amout", "override_unknown", "Did you mean amount?"),
        ("demand.菱美矿.amount", "override_unknown", "Did you mean 菱镁矿?"),
        ("options.closing.now", "override_below_value", "now"),
        ("options.protection.never_close.green", "override_list", "never_close"),
        ("plan.caps.magnesite_city", "override_fixed", "cannot be changed"),
        ("plan.caps.magnesite_city.id", "override_fixed", "cannot be changed"),
        ("plan", "override_fixed", "plan"),
        ("cases", "override_fixed", "cases"),
    ],
)
@pytest.mark.parametrize("chosen", [True, False])
def test_paths_that_lead_nowhere(problems, path, code, says, chosen):
    """A wrong path is reported at its line in `cases`, chosen or not, with the nearest key."""
    question = _cases(a={path: 1})
    found = problems(question=question, call={"cases": ["a"]} if chosen else {})
    assert [one.code for one in found] == [code]
    assert says in str(found[0])
    assert "scenario.yaml:" in found[0].place


def test_a_wrong_value_is_placed_in_the_case(problems, folder):
    """A value of a case is checked as if it stood in the file, and shown where it is written."""
    question = _cases(a={"plan.caps.magnesite_city.amount": "25 万立方米"})
    (problem,) = problems(question=question, call={"cases": ["a"]})
    assert problem.code == "unit_mismatch"
    lines = (folder(question=question) / "scenario.yaml").read_text("utf-8").splitlines()
    line = next(at for at, one in enumerate(lines, 1) if "magnesite_city" in one)
    assert f"scenario.yaml:{line}:" in problem.place
    # Not chosen, it is a mistake all the same.
    assert [one.code for one in problems(question=question)] == ["unit_mismatch"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"options.closing": False}, {"options.closing": True}),
        ({"options.protection": {}}, {"options.protection.weights": {}}),
        ({"options.protection.weights.stopped": 2}, {"options.protection": {}}),
    ],
)
def test_overlapping_cases(problems, first, second):
    """Two cases that set one key, or one a part of the other, do not go together."""
    question = _cases(a=first, b=second)
    found = problems(question=question, call={"cases": ["a", "b"]})
    assert [one.code for one in found] == ["override_overlap"]
    assert problems(question=question, call={"cases": ["a"]}) == []


def test_an_override_of_the_call_stands_above_a_case(folder):
    """What the call sets wins over the case, whole or in part; old is what the case said."""
    question = _cases(
        a={"options.closing": False, "options.protection": {"weights": {"stopped": 2}}}
    )
    call = {"options.closing": True, "options.protection.weights.stopped": 3}
    scenario = load_scenario(folder(question=question), cases=["a"], overrides=call)
    assert scenario.question.options.closing
    assert scenario.question.options.protection.weights == {"stopped": 3}
    assert [(one.case, one.path, one.old, one.new) for one in scenario.changes][-2:] == [
        ("", "options.closing", False, True),
        ("", "options.protection.weights.stopped", 2, 3),
    ]


def test_overrides_of_the_call_that_touch_each_other(problems):
    """Two overrides of one call stand on one level: touching the same thing is an error."""
    call = {"overrides": {"options.protection": {}, "options.protection.weights": {}}}
    (problem,) = problems(question=_cases(), call=call)
    assert problem.code == "override_overlap"
    assert problem.place == "--set options.protection.weights"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ({"cases": ["hihg"]}, "unknown_case"),
        ({"cases": ["high", "high"]}, "case_twice"),
        ({"overrides": {"options.min_load": float("nan")}}, "yaml_number"),
        ({"overrides": {"options.min_load": 2}}, "out_of_range"),
    ],
)
def test_wrong_calls(problems, call, code):
    """Unknown and repeated cases and impossible values of the call are one problem each."""
    found = problems(question=_cases(high={}), call=call)
    assert [one.code for one in found] == [code]


def test_a_default_case_must_exist(problems):
    """A default case that is not listed is a mistake, with the nearest name."""
    (problem,) = problems(question=_cases("hihg", high={}))
    assert (problem.code, "Did you mean high?" in str(problem)) == ("unknown_case", True)


def test_an_ambiguous_entry(problems):
    """An entry that two list items answer to cannot be changed."""
    plan = builders.tiny_plan(caps=[builders.cap("c", "1 万吨"), builders.cap("c", "2 万吨")])
    question = _cases(a={"plan.caps.c.amount": "3 万吨"})
    found = problems(plan=plan, question=question, call={"cases": ["a"]})
    assert sorted(one.code for one in found) == ["duplicate", "override_ambiguous"]
