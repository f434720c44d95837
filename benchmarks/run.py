"""Where the time goes: phases of the solve, at several sizes, against the bare solver.

`python benchmarks/run.py` prints a table and a JSON document; `--help` says what can be chosen.
Every size is run several times and the median counts. The columns are ratios to the time HiGHS
alone needs, in the same run, for the first goals of the same arrays (expected indicators and unmet
demand, one after the other): they say more about the code than seconds, which belong to a machine.

Not measured: reading files, the tables and the workbook. The instances are copies of one
synthetic scenario (see instances.py), so they are no statement about real registers of that size.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import highspy
import numpy as np

from minequota.optimizer.engine import LinearProgram, open_engine
from minequota.optimizer.goals import Goal, build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.optimizer.solve import solve
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.reports.manifest import versions
from minequota.scenarios.scenario import Scenario

sys.path.insert(0, str(Path(__file__).parent))
import instances

Done = TypeVar("Done")
FIRST = ("expected_indicators", "unmet_demand")
RAW = "HiGHS alone, first goals"


def measure(scenario: Scenario) -> dict[str, float]:
    """Return the seconds of every phase of one solve, the bare solver's first."""
    clock = _Clock()
    problem = clock.time("problem", lambda: build_problem(scenario))
    draft = clock.time("model", lambda: write_model(problem))
    goals = clock.time("goals written", lambda: build_goals(problem, draft))
    program = draft.program()
    clock.time("hand-over", lambda: open_engine(draft.program(), "highs"))
    ticks: list[tuple[str, float]] = []
    allocation = solve(scenario, progress=lambda step: ticks.append((step, time.perf_counter())))
    ticks.append(("end", time.perf_counter()))
    spent = {step: ticks[i + 1][1] - since for i, (step, since) in enumerate(ticks[:-1])}
    for goal in allocation.goals:
        if goal.name != "evenness":
            clock.seconds[f"goal {goal.name}"] = allocation.seconds.get(goal.name, 0.0)
    clock.seconds["ties"] = spent["ties"]
    clock.seconds["sizes, evenness"] = spent["evenness"]
    clock.seconds["rounding"] = spent["rounding"]
    clock.seconds["marginals, records"] = spent["marginals"]
    document = clock.time("document", lambda: allocation_document(scenario, allocation))
    faults = clock.time("verify", lambda: verify_records(scenario, document))
    if faults:
        raise RuntimeError(f"The result fails its check: {faults[0]}")
    if allocation.status != "optimal" or allocation.notes:
        said = " ".join((allocation.status.value, *allocation.notes))
        print(f"{scenario.name}: {said}: the times are of an unfinished proof", file=sys.stderr)
    raw = solver_alone(program, [goal for goal in goals if goal.name.startswith(FIRST)])
    return {RAW: raw, "solve, all of it": ticks[-1][1] - ticks[0][1]} | clock.seconds


def solver_alone(program: LinearProgram, goals: list[Goal]) -> float:
    """Return the seconds HiGHS runs for the goals in order, each held for the next."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.columns, program.rows
    model.col_cost_ = np.zeros(program.columns)
    model.col_lower_, model.col_upper_ = program.column_lower, program.column_upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.row_start
    model.a_matrix_.index_ = program.row_index
    model.a_matrix_.value_ = program.row_value
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(whole)] for whole in program.integer]
    highs.passModel(model)
    columns = np.arange(program.columns, dtype=np.int32)
    seconds = 0.0
    for goal in goals:
        highs.changeColsCost(program.columns, columns, goal.cost)
        started = time.perf_counter()
        highs.run()
        seconds += time.perf_counter() - started
        value = highs.getInfo().objective_function_value
        index = np.flatnonzero(goal.cost).astype(np.int32)
        highs.addRow(-np.inf, value + 1e-7, len(index), index, goal.cost[index])
    return seconds


class _Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, phase: str, work: Callable[[], Done]) -> Done:
        """Do the work, note its time and return what it made."""
        started = time.perf_counter()
        done = work()
        self.seconds[phase] = time.perf_counter() - started
        return done


def benchmark(rights: int, repeats: int, time_limit: float) -> dict[str, Any]:
    """Return the medians of one size: seconds of every phase and ratios to the bare solver."""
    scenario = instances.dandong(rights)
    solving = scenario.question.solving.model_copy(update={"time_limit": time_limit})
    question = scenario.question.model_copy(update={"solving": solving})
    scenario = replace(scenario, question=question)
    runs = [measure(scenario) for _ in range(repeats)]
    ratios = [{phase: one / run[RAW] for phase, one in run.items()} for run in runs]
    program = write_model(build_problem(scenario)).program()
    return {
        "rights": len(scenario.rights),
        "zones": len(scenario.plan.zones),
        "columns": program.columns,
        "rows": program.rows,
        "repeats": repeats,
        "seconds": _medians(runs),
        "ratios": _medians(ratios),
    }


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {phase: statistics.median(run[phase] for run in runs) for phase in runs[0]}


def table(results: list[dict[str, Any]]) -> str:
    """Return the ratios (and seconds) of every phase, one column per size."""
    heads = [f"{one['rights']} rights" for one in results]
    lines = [f"{'median ratio (seconds)':26}" + "".join(f"{head:>22}" for head in heads)]
    for phase in results[0]["seconds"]:
        cells = [f"{one['ratios'][phase]:,.1f} ({one['seconds'][phase]:.3f})" for one in results]
        lines.append(f"{phase:26}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run the sizes asked for and print the table and the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rights", type=int, nargs="+", default=[330, 1000, 3000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--time-limit", type=float, default=60, help="Seconds per goal.")
    chosen = parser.parse_args(arguments)
    results = []
    for rights in chosen.rights:
        print(f"{rights} rights …", file=sys.stderr, flush=True)
        results.append(benchmark(rights, chosen.repeats, chosen.time_limit))
    print(table(results))
    print(json.dumps({"versions": versions(), "results": results}, indent=1))


if __name__ == "__main__":
    main()
