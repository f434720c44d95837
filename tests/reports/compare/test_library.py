"""The demand cases of every library plan, compared in one command each."""

import hashlib
import json

import pytest

from minequota.optimizer.verify import verify_run
from minequota.reports.compare.order import CompareOrder
from minequota.reports.compare.run import compare

PLANS = ("chaoyang", "dandong", "fangcheng", "kaizhou", "liaoyang")
DEMAND = ("low", "base", "high")


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Return a function that compares the demand cases of a plan, each plan once."""
    base, done = tmp_path_factory.mktemp("compared"), {}

    def of(plan):
        if plan not in done:
            said = []
            order = CompareOrder((plan,), cases=DEMAND, out=base / plan)
            done[plan] = (compare(order, said.append), said)
        return done[plan]

    return of


@pytest.mark.parametrize("plan", PLANS)
def test_demand_cases(compared, plan):
    """Three columns, solved; the demand that differs is said, and more demand is more demanded."""
    done, said = compared(plan)
    document = json.loads((done.folder / "comparison.json").read_text(encoding="utf-8"))
    assert [case["name"] for case in document["cases"]] == list(DEMAND)
    assert {case["status"] for case in document["cases"]} <= {"optimal", "within_gap"}
    assert done.code == 0
    keys = {line["key"] for line in document["inputs"]}
    assert keys
    assert all(key.startswith("demand.") for key in keys)
    asked = [one for one in document["outcomes"] if one["name"].startswith("demand.")]
    assert any(one["differences"]["high"] > 0 for one in asked)
    assert all(one["differences"]["high"] >= 0 for one in asked)
    assert any(line["differs"] for line in document["mines"])
    for at, name in enumerate(DEMAND, start=1):
        assert any(line.startswith(f"{at}/3 {name}: ") for line in said)


@pytest.mark.parametrize("plan", PLANS)
def test_every_case_is_a_run_folder(compared, plan):
    """Each column stands as a complete run that passes its own check again."""
    done, _ = compared(plan)
    for name in DEMAND:
        assert verify_run(done.folder / "cases" / name) == ()


def test_the_manifest_vouches_for_every_file(compared):
    """Every file but the manifest is listed with its hash."""
    folder = compared("fangcheng")[0].folder
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "manifest.json"
    }
    assert listed == there
    assert "cases/high/manifest.json" in listed
    assert "tables/table2_结果对照.csv" in listed


def test_runs_compared_again_give_the_same_tables(compared, tmp_path):
    """The finished runs say what the cases said when they were solved, to the last digit."""
    first = compared("fangcheng")[0]
    runs = tuple(str(first.folder / "cases" / name) for name in DEMAND)
    again = compare(CompareOrder(runs, out=tmp_path / "again"), lambda line: None)
    tables = sorted((first.folder / "tables").iterdir())
    assert len(tables) == 5
    for table in tables:
        assert (again.folder / "tables" / table.name).read_bytes() == table.read_bytes()
    one, other = json.loads(first.text), json.loads(again.text)
    for part in ("inputs", "outcomes", "goals", "mines", "zones", "rights"):
        assert one[part] == other[part]
    assert {case["kind"] for case in other["cases"]} == {"run"}
    assert not (again.folder / "cases").exists()


def test_a_run_and_a_case_stand_side_by_side(compared, tmp_path):
    """A finished run and the same case solved anew differ in nothing."""
    run = str(compared("fangcheng")[0].folder / "cases" / "high")
    order = CompareOrder((run, "fangcheng"), cases=("high",), out=tmp_path / "mixed")
    done = compare(order, lambda line: None)
    assert [case.name for case in done.comparison.cases] == ["high", "high-2"]
    assert done.comparison.inputs == ()
    assert not any(line.differs for line in done.comparison.mines)


def test_plans_are_compared_in_outcomes_alone(compared, tmp_path):
    """Of two plans no mine stands beside another; what both count, such as rights, does."""
    runs = tuple(
        str(compared(plan)[0].folder / "cases" / "low") for plan in ("fangcheng", "kaizhou")
    )
    done = compare(CompareOrder(runs, out=tmp_path / "two"), lambda line: None)
    comparison = done.comparison
    assert (comparison.mines, comparison.zones, comparison.rights) == ((), (), ())
    assert comparison.left_out > 0
    rights = next(line for line in comparison.outcomes if line.name == "rights")
    assert rights.differences["low-2"] is not None
    assert not [line for line in comparison.inputs if line.file == "mines.csv"]
