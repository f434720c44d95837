"""Loading a whole scenario, from a folder or the library, and writing it out again."""

from __future__ import annotations

from pathlib import Path

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minequota.scenarios.documents.yamlfile import parse_yaml, read_yaml
from minequota.scenarios.documents.yamltext import format_yaml
from minequota.scenarios.errors import InputError
from minequota.scenarios.library import library_folder
from minequota.scenarios.load import library_names, load_scenario, resolved_documents
from minequota.scenarios.right import Provenance, Status


def _write(documents: dict[str, str], folder: Path) -> Path:
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_bytes(text.encode())
    return folder


def test_a_folder(folder):
    """A scenario has the plan's names, sorted rights, and a size class for every right."""
    path = folder()
    scenario = load_scenario(path)
    assert scenario.name == path.name
    assert [right.licence for right in scenario.rights] == ["G1", "M1", "M2", "S1"]
    stone = scenario.rights[3]
    assert (stone.county, stone.mineral, stone.status) == ("西县", "建筑石料", Status.EXPIRED)
    assert all(right.size_class for right in scenario.rights)
    # The plan's columns say 100 and 50 万吨 for magnesite: 60 is medium, 20 is small.
    assert [right.size_class for right in scenario.rights[1:3]] == ["small", "medium"]
    assert scenario.rights[1].origin("size_class") == Provenance.DEFAULT
    assert [file.name for file in scenario.files] == ["scenario.yaml", "plan.yaml", "mines.csv"]
    assert load_scenario(path / "scenario.yaml") == scenario


def test_a_stated_size_class_wins(folder):
    """What the register states about the size is kept, with its provenance."""
    register = "许可证号,矿山名称,县区,矿种,生产规模（万吨）,矿山规模\nA,甲,东县,菱镁矿,1,大型\n"
    (right,) = load_scenario(folder(register=register)).rights
    assert (right.size_class, right.origin("size_class")) == ("large", Provenance.REGISTER)


def test_another_register(folder, tmp_path):
    """A register given on the call replaces the scenario's, wherever it lies."""
    other = tmp_path.parent / f"{tmp_path.name}-other.csv"
    other.write_text("许可证号,矿山名称,县区,矿种,生产规模（万吨）\nN,新,东县,菱镁矿,3\n", "utf-8")
    scenario = load_scenario(folder(), register=other)
    assert [right.licence for right in scenario.rights] == ["N"]
    assert scenario.files[2] == other


def test_links_may_not_lead_out(folder, tmp_path):
    """A link beside the scenario that leads out of its folder is refused."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text("x", "utf-8")
    path = folder()
    (path / "mines.csv").unlink()
    (path / "mines.csv").symlink_to(outside)
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert [one.code for one in caught.value.problems] == ["path_outside"]


def test_a_licence_may_not_be_a_candidate(problems):
    """A right called like a zone's candidate would be two sources of one name."""
    register = "licence,name,county,mineral,capacity\nZ1-1,x,东县,菱镁矿,1 万吨\n"
    assert [one.code for one in problems(register=register)] == ["candidate_taken"]


def test_no_such_scenario(tmp_path):
    """An unknown name is answered by the library's names."""
    with pytest.raises(InputError) as caught:
        load_scenario("dandogn")
    assert caught.value.problems[0].code == "scenario_missing"
    assert "Did you mean dandong?" in str(caught.value)
    with pytest.raises(InputError):
        load_scenario(tmp_path)


def test_resolved_documents_load_as_the_same_scenario(folder, tmp_path):
    """The files of a run folder give an equal plan, question and register, cases applied."""
    question = builders.tiny_question(
        cases={
            "a": {
                "title": builders.name("a"),
                "set": {"plan.caps.magnesite_city.amount": "25 万吨", "options.min_load": 0.1},
            }
        },
        default_case="a",
    )
    scenario = load_scenario(folder(question=question))
    again = load_scenario(_write(resolved_documents(scenario), tmp_path / "inputs"))
    assert again.plan == scenario.plan
    assert again.question == scenario.question
    assert again.rights == scenario.rights
    assert again.plan.caps[0].amount.value == 25
    assert again.question.cases == {}
    assert (again.cases, again.changes) == ((), ())
    assert resolved_documents(again) == resolved_documents(scenario)


def _asked() -> list[tuple[str, tuple[str, ...]]]:
    """Return every packaged scenario, as it stands and in each of its cases."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name in library_names():
        given = read_yaml(library_folder() / name / "scenario.yaml").data
        found += [(name, ()), *((name, (case,)) for case in given.get("cases", {}))]
    return found


@pytest.mark.parametrize(("name", "cases"), _asked())
def test_library_scenarios_load_and_resolve(name, cases, tmp_path):
    """Every packaged scenario loads, in every case, and survives being written out."""
    scenario = load_scenario(name, cases)
    assert (scenario.name, scenario.cases) == (name, cases)
    again = load_scenario(_write(resolved_documents(scenario), tmp_path / "inputs"))
    assert (again.plan, again.question, again.rights) == (
        scenario.plan,
        scenario.question,
        scenario.rights,
    )


@pytest.mark.parametrize("name", library_names())
def test_a_library_scenario_takes_another_register(name, tmp_path):
    """A register of one right stands in for the library's, whatever the scenario lists."""
    plan = load_scenario(name).plan
    other = tmp_path / "mines.csv"
    row = f"N1,新矿,{plan.counties[0].name},{plan.minerals[-1].name},30 万立方米,2.5,0.3,0.3"
    header = "licence,name,county,mineral,capacity,density,grade,block_yield"
    other.write_text(f"{header}\n{row}\n", encoding="utf-8")
    scenario = load_scenario(name, register=other)
    assert [one.licence for one in scenario.rights] == ["N1"]
    assert scenario.question.mergers == ()
    again = load_scenario(_write(resolved_documents(scenario), tmp_path / "inputs"))
    assert (again.plan, again.question) == (scenario.plan, scenario.question)


def test_the_library_has_dandong():
    """Dandong is in the library by its name."""
    assert "dandong" in library_names()


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc甲乙.- 12", min_size=1), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc甲", min_size=1), _VALUES, min_size=1, max_size=3))
def test_yaml_text_reads_back_the_same(data):
    """Whatever is written as YAML is read back as it was, numbers and look-alikes too."""
    assert parse_yaml(format_yaml(data), Path("x"), "x").data == data
