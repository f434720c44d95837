"""Same input, same tables: again, with the register's rows shuffled, and read back."""

import csv
import random
from pathlib import Path

import pytest

from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_run
from minequota.reports.run_folder import write_run
from minequota.scenarios.load import load_scenario

REGISTER = Path(__file__).parents[2] / "scenarios" / "plans" / "dandong" / "mines.csv"
CASE = "strict_minimum"  # every rule is at work here, the run-or-rest choice included


def written(folder, register=None):
    """Load, solve and write; return what `contents` returns."""
    scenario = load_scenario("dandong", (CASE,), register)
    return contents(write_run(scenario, solve(scenario), folder))


def contents(run):
    """Return the bytes of every file but those that say when and how fast: log and manifest."""
    return {
        path.relative_to(run).as_posix(): path.read_bytes()
        for path in run.rglob("*")
        if path.suffix in {".csv", ".yaml"} or path.name == "allocation.json"
    }


@pytest.fixture(scope="module")
def first(dandong, tmp_path_factory):
    """Write the session's own answer; return the run folder."""
    solved = dandong(CASE)
    return write_run(solved.scenario, solved.allocation, tmp_path_factory.mktemp("same") / "first")


def test_a_second_run_writes_the_same_bytes(first, tmp_path):
    """Loaded, solved and written anew, every table and record is the same."""
    assert written(tmp_path / "second") == contents(first)


def test_the_order_of_the_register_changes_nothing(first, tmp_path):
    """330 rows in another order give the same tables, byte for byte."""
    with REGISTER.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    assert len(rows) == 330
    shuffled = tmp_path / "mines.csv"
    random.Random(7).shuffle(rows)
    with shuffled.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    assert written(tmp_path / "run", shuffled) == contents(first)


def test_the_run_folder_s_own_inputs_give_the_same_scenario(first, dandong):
    """`inputs/` holds all that was asked: the case is applied, so loading it asks the same."""
    scenario, again = dandong(CASE).scenario, load_scenario(first / "inputs")
    assert again.plan == scenario.plan
    assert again.rights == scenario.rights
    assert again.question == scenario.question


def test_all_that_is_compared_is_there(first):
    """Seven tables, three inputs and the records: eleven files."""
    assert len(contents(first)) == 11


def test_the_written_folder_verifies(first):
    """The check finds nothing in a folder as it was written."""
    assert list(verify_run(first)) == []
