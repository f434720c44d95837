"""The benchmark of swept against cold cases runs, and compares what it times."""

import json
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch):
    """The module, which is not installed."""
    monkeypatch.syspath_prepend(str(FOLDER))
    import sweep

    yield sweep
    for name in ("instances", "sweep"):
        sys.modules.pop(name, None)


def test_tiny_run(benchmark, capsys):
    """Six cases of one plan: both are timed, and no goal of a swept case is off its cold value."""
    benchmark.main(["--plans", "fangcheng", "--cases", "6", "--cold", "2"])
    said = capsys.readouterr().out
    [result] = json.loads(said[said.index("\n{") :])["results"]
    assert result["cases"] == 6
    assert result["swept"] > 0
    assert result["ratio"] == pytest.approx(result["swept"] / result["cold"])
    assert result["largest_difference_of_a_goal"] <= 1e-5


def test_goals_that_differ_are_no_benchmark(benchmark, monkeypatch):
    """A swept goal other than the cold one ends the run instead of being timed."""
    right = benchmark.solve_checked

    def wrong(job):
        return [row | {"goal.actions": 99.0} for row in right(job)]

    monkeypatch.setattr(benchmark, "solve_checked", wrong)
    with pytest.raises(RuntimeError, match="off its cold value"):
        benchmark.main(["--plans", "fangcheng", "--cases", "3", "--cold", "2"])
