"""Mappings that have entries by default: one entry changed leaves the others as they are."""

import builders
import pytest
from pydantic import BaseModel

from minequota.scenarios.documents.schema import model_of
from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.load import load_scenario
from minequota.scenarios.opened import open_scenario
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question

KEEP = {"key_mineral": 4, "key_area": 4, "strategic": 4}
LEAVE = {"expired": 8, "red_line": 8, "stopped": 4, "outside_zones": 2, "below_minimum": 1}
# Nothing written of the options, a part of them, the group itself.
WRITTEN = [{}, {"options": {"closing": False}}, {"options": {"preference": {}}}]


def _preference(scenario):
    one = scenario.question.options.preference
    return dict(one.keep), dict(one.leave)


def _log(scenario):
    return [(one.path, one.old, one.new) for one in scenario.changes]


def _nested(path, value):
    *groups, key = path.split(".")
    data = {key: value}
    for group in reversed(groups):
        data = {group: data}
    return data


@pytest.fixture
def changed(folder):
    """Return a scenario with one path changed by a case, the call, a variation or a layer."""

    def make(how, path, value, **question):
        case = {"title": builders.name("a"), "set": {path: value}}
        cases = {"cases": {"a": case}} if how == "case" else {}
        place = folder(question=builders.tiny_question(**question, **cases))
        if how == "case":
            return load_scenario(place, ["a"])
        if how == "set":
            return load_scenario(place, overrides={path: value})
        if how == "vary":
            return open_scenario(place).varied({path: value})
        base = builders.tiny_question(**question)
        folder(question={"extends": "base.yaml", **_nested(path, value)})
        (place / "base.yaml").write_text(format_yaml(base), encoding="utf-8")
        return load_scenario(place)

    return make


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("how", ["case", "set", "vary", "extends"])
@pytest.mark.parametrize(
    ("path", "value", "keep", "leave", "old"),
    [
        ("keep.green", 3, KEEP | {"green": 3}, LEAVE, None),
        ("keep.key_area", 3, KEEP | {"key_area": 3}, LEAVE, 4),
        ("leave.stopped", 7, KEEP, LEAVE | {"stopped": 7}, 4),
        ("keep.key_area", None, {"key_mineral": 4, "strategic": 4}, LEAVE, 4),
    ],
)
def test_one_entry_leaves_the_others(changed, how, written, path, value, keep, leave, old):
    """Changed, added or taken away with null: the rest of the default stays, and is not logged."""
    path = f"options.preference.{path}"
    scenario = changed(how, path, value, **written)
    assert _preference(scenario) == (keep, leave)
    assert _log(scenario) == [(path, old, value)]


@pytest.mark.parametrize("how", ["case", "set", "vary", "extends"])
def test_a_mapping_of_the_file_has_no_defaults(changed, how):
    """The file writes one entry: that is all there is, and what is added to it was not there."""
    written = {"options": {"preference": {"keep": {"green": 1}}}}
    scenario = changed(how, "options.preference.keep.key_area", 3, **written)
    assert _preference(scenario) == ({"green": 1, "key_area": 3}, LEAVE)
    assert _log(scenario) == [("options.preference.keep.key_area", None, 3)]


def test_a_factor_leaves_the_others(folder):
    """Four points doubled are eight; the other grounds keep theirs."""
    opened = open_scenario(folder())
    scenario = opened.varied(factors={"options.preference.keep.key_area": 2})
    assert _preference(scenario) == (KEEP | {"key_area": 8}, LEAVE)
    assert _log(scenario) == [("options.preference.keep.key_area", 4, 8)]
    assert opened.varied() == opened.scenario


def test_a_case_of_an_extended_file(folder):
    """Layer and case each add an entry: both stand beside the defaults."""
    case = {"title": builders.name("a"), "set": {"options.preference.keep.large_medium": 2}}
    path = folder(question=builders.tiny_question(cases={"a": case}))
    (path / "scenario.yaml").rename(path / "base.yaml")
    text = "extends: base.yaml\noptions: {preference: {keep: {green: 3, strategic: null}}}\n"
    (path / "scenario.yaml").write_text(text, encoding="utf-8")
    keep, leave = _preference(load_scenario(path, ["a"]))
    assert keep == {"key_mineral": 4, "key_area": 4, "green": 3, "large_medium": 2}
    assert leave == LEAVE


def test_null_takes_away_what_is_there_alone(problems):
    """A name that no entry has is a slip of the pen, not a wish."""
    call = {"overrides": {"options.preference.keep.key_aera": None}}
    assert [one.code for one in problems(call=call)] == ["empty_value"]


@pytest.mark.parametrize("root", [Plan, Question])
def test_a_group_left_out_is_a_group_left_empty(root):
    """A group's default is what its own keys' defaults make; changing one key relies on it."""
    seen = []

    def walk(model: type[BaseModel]):
        for field in model.model_fields.values():
            inner = model_of(field.annotation)
            if inner is None:
                continue
            if not field.is_required() and field.default is not None:
                assert field.default == inner(), (model, inner)
                seen.append(inner)
            walk(inner)

    walk(root)
    assert seen or root is Plan
