"""What a case of a sweep costs, against the same case solved cold.

`python benchmarks/sweep.py` sweeps the demand for one product of every library plan over 200 cases,
all goals, in one process, and prints a table and a JSON document; `--help` says what can be chosen.

A swept case is everything a sweep does for it: the scenario varied and validated, the model
brought up to date, all goals, the shares, the row, and its part of what the chunk's first case
costs, which is solved alone as well and checked. A cold case is the same case solved by `solve`,
a spread of cases, the median. Two ratios: to the solve alone, and to a solve with the reading of
the files before and the independent check after it, which is what the command `solve` does besides
writing tables. Both halves alternate in one run, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from minequota.optimizer.outcome import outcome
from minequota.optimizer.solve import solve
from minequota.optimizer.sweep.chunk import Desk, open_once
from minequota.optimizer.sweep.job import ChunkJob, Parameter, Row, SweepCase
from minequota.reports.manifest import versions
from minequota.reports.sweep.checked import check_allocation, solve_checked
from minequota.scenarios.load import library_names, load_scenario, resolved_documents

sys.path.insert(0, str(Path(__file__).parent))
import instances

CHUNK = 25
LOW, HIGH = 0.8, 1.4
MOST_APART = 1e-5
PRODUCTS = {
    "chaoyang": "铁矿",
    "dandong": "建筑石料",
    "fangcheng": "建筑石料",
    "kaizhou": "建筑石料用灰岩",
    "liaoyang": "石灰石",
}


def benchmark(name: str, rights: int | None, number: int, cold: int) -> dict[str, Any]:
    """Sweep one plan (Dandong copied to `rights`, if given) and solve some of its cases cold."""
    scenario = load_scenario(name) if rights is None else instances.dandong(rights)
    documents = resolved_documents(scenario)
    parameter = (Parameter(f"demand.{PRODUCTS[name]}", "factor"),)
    step = (HIGH - LOW) / (number - 1)
    cases = [SweepCase(n, (round(LOW + n * step, 9),)) for n in range(number)]
    chosen = {round(k * (number - 1) / max(1, cold - 1)) for k in range(cold)}
    desk = Desk(open_once(tuple(documents.items())), parameter)
    solve(desk.opened.scenario)
    swept, alone, whole, apart = 0.0, [], [], 0.0
    for first in range(0, number, CHUNK):
        chunk = tuple(cases[first : first + CHUNK])
        began = time.perf_counter()
        rows = solve_checked(ChunkJob(documents, parameter, chunk))
        swept += time.perf_counter() - began
        for case, row in zip(chunk, rows, strict=True):
            if case.number not in chosen:
                continue
            varied = desk.scenario(case)
            began = time.perf_counter()
            allocation = solve(varied)
            alone.append(time.perf_counter() - began)
            began = time.perf_counter()
            check_allocation(varied, allocation)
            checking = time.perf_counter() - began
            began = time.perf_counter()
            if rights is None:
                load_scenario(name)
            whole.append(alone[-1] + checking + time.perf_counter() - began)
            apart = max(apart, _apart(dict(outcome(allocation)), row))
    if apart > MOST_APART:
        raise RuntimeError(f"{name}: a goal of a swept case is {apart:.3g} off its cold value.")
    per_case = swept / number
    return {
        "plan": name,
        "rights": len(scenario.rights),
        "product": PRODUCTS[name],
        "cases": number,
        "swept": per_case,
        "cold": statistics.median(alone),
        "cold_with_reading_and_check": statistics.median(whole),
        "cold_spread": [min(alone), max(alone)],
        "ratio": per_case / statistics.median(alone),
        "ratio_with_reading_and_check": per_case / statistics.median(whole),
        "largest_difference_of_a_goal": apart,
    }


def _apart(cold: Row, row: Row) -> float:
    """Largest difference of a goal, relative to its size above 1; shipments are rounded cold."""
    found = 0.0
    for name, value in cold.items():
        other = row.get(name)
        if name.startswith("goal.") and name != "goal.flows":
            if not isinstance(value, float | int) or not isinstance(other, float | int):
                raise RuntimeError(f"{name} is {value} cold and {other} swept.")
            found = max(found, abs(value - other) / max(1.0, abs(value)))
    return found


def table(results: list[dict[str, Any]]) -> str:
    """Return one line per plan."""
    lines = [
        f"{'plan':<11}{'rights':>7}{'cases':>7}{'swept':>9}{'cold':>9}{'ratio':>8}"
        f"{'+read,check':>13}{'goals apart':>13}"
    ]
    lines += [
        f"{one['plan']:<11}{one['rights']:>7}{one['cases']:>7}{one['swept']:>8.3f}s"
        f"{one['cold']:>8.3f}s{one['ratio']:>8.1%}{one['ratio_with_reading_and_check']:>13.1%}"
        f"{one['largest_difference_of_a_goal']:>13.1e}"
        for one in results
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Sweep the plans asked for and print the table and the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--plans", nargs="*", default=list(library_names()))
    parser.add_argument(
        "--rights", type=int, nargs="*", default=[], help="Dandong, so many rights."
    )
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--cold", type=int, default=12, help="So many of them are solved cold.")
    chosen = parser.parse_args(arguments)
    results = []
    for name, rights in [
        *((p, None) for p in chosen.plans),
        *(("dandong", n) for n in chosen.rights),
    ]:
        print(f"{name} {rights or ''} …", file=sys.stderr, flush=True)
        results.append(benchmark(name, rights, chosen.cases, chosen.cold))
    print(table(results))
    print(json.dumps({"versions": versions(), "results": results}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
