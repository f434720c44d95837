"""A scenario opened once: every variation is what loading it would be."""

import builders
import pytest

from minequota.scenarios import assembly
from minequota.scenarios.documents.yamlfile import read_yaml
from minequota.scenarios.errors import InputError
from minequota.scenarios.library import library_folder
from minequota.scenarios.load import library_names, load_scenario, resolved_documents
from minequota.scenarios.opened import case_names, open_documents, open_scenario

LOW = {"low": {"title": builders.name("low"), "set": {"demand.建筑石料.amount": "40 万立方米"}}}


def _refused(opened, **variation):
    with pytest.raises(InputError) as caught:
        opened.varied(**variation)
    return [(one.code, one.place) for one in caught.value.problems]


def _variations(scenario):
    """Return overrides of every kind that a plan has: demand, cap, option, ratio, register."""
    plan = scenario.plan
    product = next(iter(scenario.question.demand))
    unit = plan.product(product).unit
    cap = next(one for one in plan.caps if one.amount is not None)
    found = [
        {f"demand.{product}": {"amount": f"7 {unit}", "assumed": True, "source": "x"}},
        {f"plan.caps.{cap.id}.amount": f"{cap.amount.value / 2} {cap.amount.unit}"},
        {"options.min_load": 0.25, "solving.gap": 0.01},
        {"options.closing": False},
        {"plan.zones." + plan.zones[0].code + ".rights": 3},
        {"goals": ["unmet_demand", "tie_break"]},
        {"mode": "calendar", "first_year": scenario.question.year - 1},
        {"year": scenario.question.year - 1},
    ]
    found += [{f"plan.ratios.{one.id}.share": 0.2} for one in plan.ratios]
    found += [{f"plan.counts.{one.id}.limit": 99} for one in plan.counts]
    return found


def _loaded(*args, **kwargs):
    """Return a scenario or the problems of loading it."""
    try:
        return load_scenario(*args, **kwargs)
    except InputError as error:
        return sorted(one.text("en").replace("--set", "--vary") for one in error.problems)


@pytest.mark.parametrize("name", library_names())
def test_a_variation_equals_the_load_with_the_same_overrides(name):
    """On every library plan, whatever is changed: the same scenario and log, or problems.

    A variation leaves nothing behind for the next one.
    """
    opened = open_scenario(name)
    for overrides in _variations(opened.scenario):
        try:
            varied = opened.varied(overrides)
        except InputError as error:
            varied = sorted(one.text("en") for one in error.problems)
        loaded = _loaded(name, overrides=overrides)
        assert varied == loaded, overrides
        if not isinstance(loaded, list):
            assert varied.files == loaded.files
            assert (varied.events, varied.events_later) == (loaded.events, loaded.events_later)
    assert opened.varied() == opened.scenario == load_scenario(name)


def test_no_file_is_read_again(folder):
    """The files may be gone: the plan, the events' and the register's reading are kept."""
    path = folder()
    opened = open_scenario(path)
    for file in path.iterdir():
        file.unlink()
    plan = opened.varied({"plan.products.菱镁矿.step": 1, "plan.zones.Z1.rights": 2}).plan
    assert (plan.products[0].step, plan.zones[0].rights) == (1, 2)
    assert opened.varied({"year": 2024}).question.year == 2024
    assert len(opened.varied(factors={"demand.建筑石料": 2}).rights) == 4


def test_another_register_is_read_once_it_is_named(folder):
    """A variation may name another register; that file is read, and kept too."""
    path = folder()
    other = path / "other.csv"
    other.write_text("licence,name,county,mineral,capacity\nN,新,东县,菱镁矿,3 万吨\n", "utf-8")
    opened = open_scenario(path)
    assert [one.licence for one in opened.varied({"register": "other.csv"}).rights] == ["N"]
    other.unlink()
    assert [one.licence for one in opened.varied({"register": "other.csv"}).rights] == ["N"]
    assert len(opened.varied().rights) == 4
    assert _refused(opened, values={"register": "../other.csv"}) == [
        ("path_outside", "--vary register")
    ]


@pytest.mark.parametrize("name", library_names())
def test_documents_open_as_the_scenario_they_resolve(name, tmp_path, monkeypatch):
    """A worker that has the texts alone sees the same plan, question and rights, with no file."""
    scenario = load_scenario(name)
    monkeypatch.chdir(tmp_path)
    opened = open_documents(resolved_documents(scenario))
    again = opened.scenario
    assert (again.plan, again.question, again.rights) == (
        scenario.plan,
        scenario.question,
        scenario.rights,
    )
    assert opened.varied({"options.min_load": 0.3}).question.options.min_load == 0.3
    assert list(tmp_path.iterdir()) == []


def test_documents_reach_no_file_of_the_disk(folder, monkeypatch):
    """What the texts name must be among them, whatever lies in the folder one happens to be in."""
    documents = resolved_documents(load_scenario(folder()))
    path = folder()
    (path / "documents").mkdir()
    (path / "documents" / "mines.csv").write_bytes((path / "mines.csv").read_bytes())
    monkeypatch.chdir(path)
    with pytest.raises(InputError) as caught:
        open_documents({name: text for name, text in documents.items() if name != "mines.csv"})
    assert [one.code for one in caught.value.problems] == ["file_missing"]
    with pytest.raises(InputError) as caught:
        open_documents({})
    assert [one.code for one in caught.value.problems] == ["file_missing"]


def test_a_value_may_not_touch_what_a_case_or_an_override_set(folder):
    """Neither the same path nor a part of it; a factor may, for it scales what they set."""
    path = folder(question=builders.tiny_question(cases=LOW))
    opened = open_scenario(path, ["low"], overrides={"options.min_load": 0.2})
    for overrides in (
        {"demand.建筑石料.amount": "9 万立方米"},
        {"demand.建筑石料": {}},
        {"options.min_load": 0.1},
        {"options": {}},
    ):
        (found,) = _refused(opened, values=overrides)
        assert found == ("override_overlap", f"--vary {next(iter(overrides))}")
    scenario = opened.varied(factors={"demand.建筑石料": 1.5, "options.min_load": 2})
    assert str(scenario.question.demand["建筑石料"].amount) == "60 万立方米"
    assert scenario.question.options.min_load == 0.4


def test_values_and_factors_of_one_variation_may_not_touch(folder):
    """A figure has one new value; the imports beside a whole demand are another figure."""
    opened = open_scenario(folder())
    for values, factors in (
        ({"demand.建筑石料.amount": "9 万立方米"}, {"demand.建筑石料": 2}),
        ({}, {"demand.建筑石料.amount": 2, "demand.建筑石料": 2}),
        ({"demand.建筑石料.by_year": {}}, {"demand.建筑石料": 1}),
        ({"options.min_load": 0.1, "options": {}}, {}),
    ):
        found = _refused(opened, values=values, factors=factors)
        assert {code for code, _ in found} == {"override_overlap"}
    values = {"demand.建筑石料.imports": "5 万立方米"}
    demand = opened.varied(values, {"demand.建筑石料": 2}).question.demand["建筑石料"]
    assert (str(demand.amount), str(demand.imports)) == ("100 万立方米", "5 万立方米")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"options.min_load": 2}, "out_of_range"),
        ({"demnad": 1}, "override_unknown"),
        ({"plan.caps.magnesite_city.amount": "1 万立方米"}, "unit_mismatch"),
        ({"plan.caps.magnesite_city.product": "铜矿"}, "unknown_product"),
        ({"plan.zones.Z1.maximum": None, "plan.zones.Z1.minimum": None,
          "plan.special_minimums": [], "plan.minimum_scale_use": None}, "candidate_unbounded"),
        ({"mergers": [{"id": "a", "name": "x", "members": ["M9"], "holder": "h", "source": "x"}]},
         "project_right"),
        ({"options.min_load": float("nan")}, "yaml_number"),
        ({"extends": "x.yaml"}, "override_fixed"),
    ],
)  # fmt: skip
def test_a_variation_is_checked_like_a_file(folder, values, code):
    """Model, plan, names, register and bounds: each check speaks of a variation too."""
    found = _refused(open_scenario(folder()), values=values)
    assert code in [one for one, _ in found]


def test_every_problem_of_a_variation_at_once(folder):
    """Paths, factors and overlaps are reported together, each at its own option."""
    found = _refused(
        open_scenario(folder()),
        values={"demnad": 1, "options.nothing": 1},
        factors={"demand.金": 2, "options.min_load": -1},
    )
    assert sorted(place for _, place in found) == [
        "--vary demand.金",
        "--vary demnad",
        "--vary options.min_load",
        "--vary options.nothing",
    ]


def test_a_refused_path_hides_nothing_else(folder):
    """What fits is applied and checked by the models, the plan and the register as on loading."""
    values = {
        "demnad": 1,
        "options.min_load": 7,
        "demand.建筑石料.amount": "x",
        "plan.caps.magnesite_city.product": "铜矿",
    }
    path = folder()
    opened = open_scenario(path)
    factors = {"demand.金": 2, "options.closing": 2}
    found = _refused(opened, values=values, factors=factors)
    assert sorted(place for _, place in found) == [
        "--vary demand.建筑石料.amount",
        "--vary demand.金",
        "--vary demnad",
        "--vary options.closing",
        "--vary options.min_load",
        "--vary plan.caps.magnesite_city.product",
    ]
    with pytest.raises(InputError) as caught:
        load_scenario(path, overrides=values)
    loaded = {one.place.replace("--set", "--vary") for one in caught.value.problems}
    assert loaded == {place for _, place in found} - {f"--vary {one}" for one in factors}


def test_an_overlap_hides_nothing_else(folder):
    """Of two that touch the first holds; the problem of a third is said as well."""
    opened = open_scenario(folder(question=builders.tiny_question(cases=LOW)), ["low"])
    values = {
        "demand.建筑石料.amount": "9 万吨",
        "options.lead_time": 1,
        "options": {},
        "solving.gap": 3,
    }
    found = _refused(opened, values=values, factors={"solving.gap": 2})
    assert sorted(found) == [
        ("out_of_range", "--vary solving.gap"),
        ("override_overlap", "--vary demand.建筑石料.amount"),
        ("override_overlap", "--vary options"),
        ("override_overlap", "--vary solving.gap"),
    ]


def test_case_names_are_those_of_the_file():
    """The cases that may be chosen, in the order of the file."""
    given = read_yaml(library_folder() / "dandong" / "scenario.yaml").data["cases"]
    assert case_names("dandong") == tuple(given)


def test_a_variation_makes_anew_only_what_it_touches(folder, monkeypatch):
    """Demand: neither plan nor register; a cap's figure: no register; a product: all of it."""
    opened = open_scenario(folder())
    made = []
    for name in ("_plan", "_tables", "_brought_forward"):
        whole = getattr(assembly, name)
        monkeypatch.setattr(
            assembly,
            name,
            lambda *given, name=name, whole=whole: made.append(name) or whole(*given),
        )

    def anew(**variation):
        made.clear()
        opened.varied(**variation)
        return list(made)

    assert anew(factors={"demand.建筑石料": 2}) == []
    assert anew(values={"options.min_load": 0.1}) == []
    assert anew(factors={"plan.caps.magnesite_city.amount": 0.9}) == ["_plan"]
    assert anew(values={"year": 2024}) == ["_brought_forward"]
    assert anew(values={"plan.products.菱镁矿.step": 1}) == ["_plan", "_tables", "_brought_forward"]
    assert anew(values={"register": "mines.csv"}) == ["_tables", "_brought_forward"]
