"""A scenario that extends another: layers, places, the log, and chains that lead nowhere."""

import os
from pathlib import Path

import builders
import pytest

from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.errors import InputError
from minequota.scenarios.load import load_scenario, resolved_documents
from minequota.scenarios.opened import case_names, open_scenario


@pytest.fixture
def laid(folder):
    """Return a writer of files beside a tiny scenario, which is `base.yaml` then."""

    def write(base=None, **files):
        path = folder(question=builders.tiny_question() if base is None else base)
        (path / "scenario.yaml").rename(path / "base.yaml")
        for name, content in files.items():
            text = content if isinstance(content, str) else format_yaml(content)
            (path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return path

    return write


def _problems(path):
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return caught.value.problems


def test_entries_are_laid_over_each_other(laid):
    """Mappings are merged, lists and values replaced, null takes an optional key away."""
    base = builders.tiny_question(
        options={"min_load": 0.2, "ramp_up": [0.2, 0.5, 1], "holdback": {"菱镁矿": 0.1}},
        goals=["unmet_demand", "tie_break"],
    )
    top = {
        "extends": "base.yaml",
        "demand": {"建筑石料": {"amount": "70 万立方米"}},
        "options": {"ramp_up": [0.5, 1], "min_load": None, "holdback": {"建筑石料": 0.2}},
        "goals": None,
    }
    path = laid(base, top=top)
    question = load_scenario(path / "top.yaml").question
    below = load_scenario(path / "base.yaml").question
    assert str(question.demand["建筑石料"].amount) == "70 万立方米"
    assert question.demand["菱镁矿"] == below.demand["菱镁矿"]
    assert question.options.ramp_up == (0.5, 1)
    assert question.options.min_load == 0
    assert question.options.holdback == {"菱镁矿": 0.1, "建筑石料": 0.2}
    assert len(question.goals) > 2
    assert question.extends is None


def test_what_a_file_changes_is_logged(laid):
    """Key by key, old -> new, under the file that changes it, the lowest first."""
    base = builders.tiny_question(options={"min_load": 0.2})
    path = laid(
        base,
        middle={"extends": "base.yaml", "options": {"min_load": 0.3, "closing": False}},
        top={
            "extends": "middle.yaml",
            "year": 2025,
            "options": {"min_load": None},
            "cases": {"a": {"title": builders.name("a"), "set": {"options.lead_time": 1}}},
            "default_case": "a",
        },
    )
    scenario = load_scenario(path / "top.yaml")
    assert [(one.case, one.path, one.old, one.new) for one in scenario.changes] == [
        ("extends:middle.yaml", "options.min_load", 0.2, 0.3),
        ("extends:middle.yaml", "options.closing", True, False),
        ("extends:top.yaml", "options.min_load", 0.3, 0),
        ("extends:top.yaml", "default_case", None, "a"),
        ("a", "options.lead_time", 0, 1),
    ]
    assert [one.name for one in scenario.files] == [
        "top.yaml",
        "plan.yaml",
        "mines.csv",
        "middle.yaml",
        "base.yaml",
    ]
    assert scenario.name == "top"


def test_cases_are_merged_by_name(laid):
    """The cases of both files may be chosen; one of the same name is changed key by key."""

    def case(**paths):
        return {"title": builders.name("x"), "set": paths}

    base = builders.tiny_question(
        cases={"a": case(**{"options.min_load": 0.1}), "b": case(**{"options.closing": False})}
    )
    top = {
        "extends": "base.yaml",
        "cases": {"b": {"set": {"options.lead_time": 1}}, "c": case(**{"options.min_load": 0.3})},
    }
    path = laid(base, top=top) / "top.yaml"
    assert case_names(path) == ("a", "b", "c")
    options = load_scenario(path, ["a", "b"]).question.options
    assert (options.min_load, options.closing, options.lead_time) == (0.1, False, 1)
    assert load_scenario(path, ["c"]).question.options.min_load == 0.3


def test_an_inherited_case_is_checked_when_chosen(laid):
    """A case of the base that no longer fits is no mistake of the file laid over it."""
    case = {"title": builders.name("x"), "set": {"zone_details.Z1.authority": "city"}}
    details = {"Z1": {"maximum": "50 万立方米", "assumed": True, "source": "x"}}
    base = builders.tiny_question(cases={"a": case}, zone_details=details)
    path = laid(base, top={"extends": "base.yaml", "zone_details": {"Z1": None}}) / "top.yaml"
    assert load_scenario(path).question.zone_details == {}
    with pytest.raises(InputError) as caught:
        load_scenario(path, ["a"])
    assert {one.code for one in caught.value.problems} == {"override_unknown"}
    assert "base.yaml:" in caught.value.problems[0].place


def test_precedence_from_the_plan_to_a_variation(laid):
    """Plan 31 < extended file's case 29 < extending file's 27 < --set 25; a factor scales that."""
    cut = {"plan.caps.magnesite_city.amount": "29 万吨"}
    base = builders.tiny_question(cases={"cut": {"title": builders.name("cut"), "set": cut}})
    deeper = {"cases": {"cut": {"set": {"plan.caps.magnesite_city.amount": "27 万吨"}}}}
    path = laid(base, top={"extends": "base.yaml", **deeper})

    def cap(scenario):
        return scenario.plan.caps[0].amount.value

    assert cap(load_scenario(path / "base.yaml")) == 31
    assert cap(load_scenario(path / "base.yaml", ["cut"])) == 29
    assert cap(load_scenario(path / "top.yaml", ["cut"])) == 27
    given = {"plan.caps.magnesite_city.amount": "25 万吨"}
    opened = open_scenario(path / "top.yaml", ["cut"], overrides=given)
    assert cap(opened.scenario) == 25
    assert cap(opened.varied(factors={"plan.caps.magnesite_city.amount": 0.5})) == 12.5


def test_a_library_scenario_is_extended_from_anywhere(tmp_path):
    """Its plan, register and events are the library's; what the file names lies beside itself."""
    own = tmp_path / "scenario.yaml"
    own.write_text("extends: fangcheng\noptions: {closing: false}\n", encoding="utf-8")
    scenario, library = load_scenario(tmp_path), load_scenario("fangcheng")
    assert (scenario.plan, scenario.rights) == (library.plan, library.rights)
    assert not scenario.question.options.closing
    assert [(one.path, one.old, one.new) for one in scenario.changes] == [
        ("options.closing", True, False)
    ]
    own.write_text("extends: fangcheng\nregister: mine.csv\nevents: null\n", encoding="utf-8")
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.place) == ("file_missing", str(tmp_path / "mine.csv"))


def test_a_case_names_files_beside_its_own_file(laid):
    """The register of a base's case lies beside the base, not beside the file extending it."""
    base = builders.tiny_question(
        cases={"other": {"title": builders.name("x"), "set": {"register": "other.csv"}}}
    )
    path = laid(base)
    (path / "other.csv").write_text(
        "licence,name,county,mineral,capacity\nN,n,东县,菱镁矿,3 万吨\n"
    )
    below = path / "below"
    below.mkdir()
    for name in ("base.yaml", "plan.yaml", "mines.csv", "other.csv"):
        (path / name).rename(below / name)
    (path / "top.yaml").write_text("extends: below/base.yaml\n", encoding="utf-8")
    assert [one.licence for one in load_scenario(path / "top.yaml", ["other"]).rights] == ["N"]


def test_a_message_names_the_file_that_writes_the_value(laid):
    """The base's mistake stands in the base, the extending file's in that one, each at its line."""
    base = builders.tiny_question(options={"min_load": 7, "lead_time": "x"})
    path = laid(base, top="extends: base.yaml\noptions:\n  min_load: 8\n  lead: 1\n")
    lines = (path / "base.yaml").read_text("utf-8").splitlines()
    line = next(at for at, one in enumerate(lines, 1) if "lead_time" in one)
    assert sorted((one.code, one.place) for one in _problems(path / "top.yaml")) == [
        ("not_integer", f"{path}{os.sep}base.yaml:{line}:14"),
        ("out_of_range", f"{path}{os.sep}top.yaml:3:13"),
        ("unknown_key", f"{path}{os.sep}top.yaml:4:3"),
    ]


def test_null_on_a_required_key_is_no_removal(laid):
    """What a scenario cannot do without is not taken away, and the place is the null's."""
    (problem,) = _problems(laid(top="extends: base.yaml\nyear: null\n") / "top.yaml")
    assert (problem.code, problem.place.rsplit(os.sep)[-1]) == ("empty_value", "top.yaml:2:7")


def test_null_on_what_is_not_there(laid):
    """An option at its default may be nulled; a demand nobody has is a mistyped name."""
    text = "extends: base.yaml\noptions: {min_load: null}\ndefault_case: null\n"
    path = laid(top=text)
    assert load_scenario(path / "top.yaml").changes == ()
    (path / "top.yaml").write_text("extends: base.yaml\ndemand: {建筑石: null}\n", "utf-8")
    assert {one.code for one in _problems(path / "top.yaml")} >= {"empty_value"}


def test_a_list_in_place_of_entries_is_placed_whole(laid):
    """What stood below a replaced entry leaves no places behind."""
    base = builders.tiny_question(options={"holdback": {"菱镁矿": 2}})
    (problem,) = _problems(
        laid(base, top="extends: base.yaml\noptions:\n  holdback: [1]\n") / "top.yaml"
    )
    assert (problem.code, problem.place.rsplit(os.sep)[-1]) == ("not_mapping", "top.yaml:3:13")


def test_a_run_folder_extends_nothing(laid, tmp_path):
    """What is written out is the whole question; it loads by itself."""
    path = laid(top={"extends": "base.yaml", "options": {"closing": False}})
    documents = resolved_documents(load_scenario(path / "top.yaml"))
    assert "extends" not in documents["scenario.yaml"]
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name, text in documents.items():
        (inputs / name).write_bytes(text.encode())
    assert not load_scenario(inputs).question.options.closing


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("/etc/passwd", "scenario_missing"),
        ("/etc/scenario.yaml", "path_outside"),
        ("../base.yaml", "path_outside"),
        ("below/../base.yaml", "path_outside"),
        ("..\\base.yaml", "path_outside"),
        ("C:/base.yaml", "path_outside"),
        ("file:base.yaml", "path_outside"),
        ('"\\0.yaml"', "path_outside"),
        ("link.yaml", "path_outside"),
        ("bsae.yaml", "extends_missing"),
        ("below", "scenario_missing"),
        ("dandogn", "scenario_missing"),
        ("top.yaml", "extends_circle"),
        ("./top.yaml", "extends_circle"),
        ("[base.yaml]", "not_text"),
        ("3", "not_text"),
        ('""', "scenario_missing"),
    ],
)
def test_what_cannot_be_extended(laid, tmp_path_factory, given, code):
    """Escapes, missing files and oneself are refused at the key, whatever they lead to."""
    path = laid(top=f"year: 2025\nextends: {given}\n")
    secret = tmp_path_factory.mktemp("outside") / "secret.yaml"
    secret.write_text("token: abc\n", encoding="utf-8")
    (path / "link.yaml").symlink_to(secret)
    (problem,) = _problems(path / "top.yaml")
    assert problem.code == code
    assert problem.place.endswith("top.yaml:2:1")
    assert "abc" not in str(problem)


def test_a_circle_of_three(laid):
    """Each extends the next and the last the first; the last one's key is named."""
    path = laid(a="extends: b.yaml\n", b="extends: c.yaml\n", c="extends: a.yaml\n")
    (problem,) = _problems(path / "a.yaml")
    assert (problem.code, problem.place.rsplit(os.sep)[-1]) == ("extends_circle", "c.yaml:1:1")
    assert "a.yaml → b.yaml → c.yaml → a.yaml" in str(problem)


def test_a_chain_is_followed_eight_files_deep(laid):
    """Eight files load; of a chain of ten thousand eight are read, and the ninth is refused."""
    path = laid()
    for number in range(10_000):
        below = f"n{number + 1}.yaml" if number < 9_999 else "base.yaml"
        (path / f"n{number}.yaml").write_text(f"extends: {below}\n", encoding="utf-8")
    (problem,) = _problems(path / "n0.yaml")
    assert (problem.code, problem.place.rsplit(os.sep)[-1]) == ("extends_depth", "n7.yaml:1:1")
    assert load_scenario(path / "n9993.yaml").changes == ()
    (problem,) = _problems(path / "n9992.yaml")
    assert problem.code == "extends_depth"


def test_the_documented_example_loads(tmp_path):
    """What docs/scenario.md shows of extends is a scenario, with the cases it shows elsewhere."""
    page = (Path(__file__).parents[2] / "docs" / "scenario.md").read_text("utf-8")
    blocks = page.split("```yaml\n")[1:]
    shown = [block.split("```")[0] for block in blocks]
    (extending,) = [one for one in shown if one.startswith("extends:")]
    (cases,) = [one for one in shown if "combines:" in one]
    file = tmp_path / "scenario.yaml"
    file.write_text(extending + cases, encoding="utf-8")
    scenario = load_scenario(tmp_path, ["high_and_cut"])
    caps = {one.id: one.amount for one in scenario.plan.caps}
    assert str(caps["magnesite_city"]) == "25 万吨"
    assert not scenario.question.options.closing
    assert scenario.name == tmp_path.name


def test_a_broken_base_is_its_own_mistake(laid):
    """Syntax errors are placed in the file that has them."""
    path = laid(top="extends: base.yaml\n")
    (path / "base.yaml").write_text("a: [1\n", encoding="utf-8")
    (problem,) = _problems(path / "top.yaml")
    assert problem.code == "yaml_syntax"
    assert "base.yaml:" in problem.place
