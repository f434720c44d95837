"""A run of Fangcheng is written, checked by the independent check, and hides no assumption."""

import csv
import json

import pytest

from minequota.optimizer.verify import verify_run
from minequota.reports.run_folder import write_run

CASES = ["base", "facing_ore_volume", "dongping_small", "by_place", "calendar"]


@pytest.fixture(scope="module", params=CASES)
def run(request, fangcheng, tmp_path_factory):
    """Write the answer to one case; return the folder and the answer."""
    solved = fangcheng(request.param)
    folder = tmp_path_factory.mktemp("fangcheng") / request.param
    return write_run(solved.scenario, solved.allocation, folder), solved


def test_the_independent_check_finds_nothing(run):
    """Inputs and tables alone give the same figures."""
    folder, _ = run
    assert list(verify_run(folder)) == []


def test_no_synthetic_leaver_is_named(run):
    """All forty rights are made up: who leaves is counted, not named."""
    folder, solved = run
    rights = {right.licence: right for right in solved.scenario.rights}
    hidden = [text for one in solved.leaving() for text in (one, rights[one].name)]
    assert hidden
    shown = [path.read_text("utf-8-sig") for path in (folder / "tables").glob("table7*.csv")]
    assert not [one for one in hidden for text in shown if one in text]


def test_the_issuance_table_says_what_is_assumed(run):
    """Six rights of the county's own authority, their upper bounds marked as assumed."""
    folder, solved = run
    (path,) = (folder / "tables").glob("table3*.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["行别"] == "明细"]
    assert sum(int(row["投放数量（个）"]) for row in rows) == len(solved.issued)
    assert {row["上限依据"] for row in rows} == {"假定"}
    assert {row["发证权限"] for row in rows if row["部分"] == "本级发证"} == {"县级（假定）"}


def test_the_run_knows_its_mode_and_its_event(run):
    """The mode stands in the document; the register among the inputs has the mine sealed."""
    folder, solved = run
    document = json.loads((folder / "allocation.json").read_text("utf-8"))
    assert document["mode"] == solved.allocation.mode
    with (folder / "inputs" / "mines.csv").open(encoding="utf-8-sig", newline="") as stream:
        states = {row["licence"]: row["status"] for row in csv.DictReader(stream)}
    assert states["SYN-FC-0002"] == "sealed"
    assert len(states) == 40
