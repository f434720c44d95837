"""The benchmark command runs, and its instances are what they say."""

import json
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def benchmarks(monkeypatch):
    """The folder's two modules, which are not installed."""
    monkeypatch.syspath_prepend(str(FOLDER))
    import instances
    import run

    yield instances, run
    for name in ("instances", "run"):
        sys.modules.pop(name, None)


def test_copies_ask_the_same_question_several_times(benchmarks):
    """660 rights are 2 copies: 2 x 21 zones, magnesite 2 x 31, 2 x 320 rights, boron 2 x 301.6."""
    scenario = benchmarks[0].dandong(660)
    assert len(scenario.rights) == len({right.licence for right in scenario.rights}) == 660
    assert len({zone.code for zone in scenario.plan.zones}) == 42
    caps = {cap.id: cap.amount.value for cap in scenario.plan.caps}
    assert caps["magnesite_city"] == 62
    assert max(count.limit for count in scenario.plan.counts) == 640
    assert scenario.question.demand["硼矿"].amount.value == pytest.approx(603.2)


def test_tiny_run(benchmarks, capsys):
    """Every phase is timed, the bare solver is the unit, and the result passed the check."""
    benchmarks[1].main(["--rights", "33", "--repeats", "1"])
    said = capsys.readouterr().out
    document = json.loads(said[said.index("\n{") :])
    (result,) = document["results"]
    assert result["rights"] == 33
    assert result["ratios"][benchmarks[1].RAW] == 1
    assert {"problem", "model", "hand-over", "ties", "rounding", "verify"} <= set(result["seconds"])
    assert "goal closures" in result["seconds"]
    assert all(phase in said[: said.index("\n{")] for phase in result["seconds"])
