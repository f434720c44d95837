"""`minequota solve --robust` as a user meets it."""

import json

import pytest
from robust_futures import write_three


@pytest.fixture
def three(tmp_path):
    """Return the scenario of one right out of three."""
    return write_three(tmp_path / "three")


def test_fangcheng_with_three_demands(command, desk):
    """One command: three futures, the same rights in each, all of it checked and written."""
    outcome = command(
        *("solve", "fangcheng", "--robust", "expected", "--out", "plan", "--lang", "en"),
        *("--case", "low=0.25", "--case", "base=0.5", "--case", "high=0.25"),
    )
    assert outcome.code == 0, outcome.err
    assert "Price of robustness" in outcome.out
    assert "Value of knowing" in outcome.out
    folders = sorted(path.name for path in (desk / "plan" / "futures").iterdir())
    assert folders == ["base", "high", "low"]
    issued = []
    for name in folders:
        path = desk / "plan" / "futures" / name / "allocation.json"
        answer = json.loads(path.read_text("utf-8"))
        issued.append([(one["right"], one["capacity"], one["year"]) for one in answer["issuance"]])
        assert command("verify", desk / "plan" / "futures" / name).code == 0
    assert issued[0] == issued[1] == issued[2] != []
    assert "low 25.00%" in outcome.out


def test_the_default_folder(command, three, desk):
    """Without --out the plan stands below runs/, named after the scenario."""
    outcome = command(
        "solve", three, "--robust", "worst", "--case", "first", "--case", "second", "-q"
    )
    assert outcome.code == 0, outcome.err
    (folder,) = (desk / "runs").iterdir()
    assert folder.name.startswith("three-robust-2025-")
    assert "表" not in outcome.out
    assert "稳健方案" in outcome.out


def test_settings_and_cbc(command, three, desk):
    """--set changes every future, --solver is passed on."""
    outcome = command(
        *("solve", three, "--robust", "worst", "--case", "first", "--case", "second", "-q"),
        *("--set", "plan.counts.mine_count.limit=1", "--solver", "CBC", "--out", "plan"),
    )
    assert outcome.code == 0, outcome.err
    document = json.loads((desk / "plan" / "robust.json").read_text("utf-8"))
    assert document["solver"] == "CBC"
    # With one right in all, which stays, nothing can be issued; without the setting N1 is.
    assert document["rights"] == []


@pytest.mark.parametrize(
    ("cases", "code", "said"),
    [
        (("first", "none"), 4, "无可行方案"),
        (("first", "longer"), 3, "calendar"),
        (("first=0", "second"), 3, "--case first=0"),
        (("first", "firsst"), 3, "firsst"),
        ((), 3, "--case"),
    ],
)
def test_what_cannot_be_decided(command, three, desk, cases, code, said):
    """Infeasible: 4; another structure, a weight of 0, an unknown case, no future: 3."""
    given = [word for case in cases for word in ("--case", case)]
    outcome = command("solve", three, "--robust", "regret", "--out", "plan", *given)
    assert outcome.code == code
    assert said in outcome.err
    assert list(desk.iterdir()) == []


def test_a_measure_that_is_none(command, three, desk):
    """The three measures are named."""
    outcome = command("solve", three, "--robust", "median", "--case", "first", "--lang", "en")
    assert outcome.code == 3
    assert "worst" in outcome.err
    assert list(desk.iterdir()) == []


def test_an_existing_folder(command, three, desk):
    """Nothing is overwritten."""
    (desk / "plan").mkdir()
    outcome = command("solve", three, "--robust", "worst", "--case", "first", "--out", "plan")
    assert outcome.code == 7
    assert list((desk / "plan").iterdir()) == []
