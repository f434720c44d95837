"""Any solver PuLP knows, for cross-checks and for those who own a commercial one.

Slower than `HighsEngine`: every objective is a whole new PuLP problem. PuLP 3 (Python 3.11) and
PuLP 4 differ in how expressions are made, where CBC is found and what `solve` returns; those
differences live here and nowhere else.
"""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pulp

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine.names import SolverMissingError
from minequota.optimizer.engine.types import (
    Booleans,
    Floats,
    Integers,
    LinearProgram,
    Solution,
)

PULP_4 = int(pulp.__version__.split(".")[0]) >= 4
SOLVERS = {
    # PuLP 3 carries CBC inside; PuLP 4 finds it where `pulp[cbc]` put it.
    "cbc": "COIN_CMD" if PULP_4 else "PULP_CBC_CMD",
    "scip": "SCIP_CMD",
    "glpk": "GLPK_CMD",
    "gurobi": "GUROBI_CMD",
    "copt": "COPT_CMD",
    "cplex": "CPLEX_CMD",
}
_NOTHING: Floats = np.empty(0)
_FRACTION = 1e-4
_BELOW_ONE = 0.99  # nothing lies between two whole values of an objective
_LINEAR_TOLERANCE = 1e-6


def pulp_problem(program: LinearProgram, cost: Floats) -> tuple[Any, list[Any]]:
    """Return `program` with the objective `cost` as a PuLP problem, and its variables.

    Names are ASCII (`x0`, `r0`, …): PuLP maps other characters to one and the same name.
    """
    problem = pulp.LpProblem("minequota", pulp.LpMinimize)
    variables = [
        _variable(problem, f"x{j}", lower, upper, whole)
        for j, (lower, upper, whole) in enumerate(
            zip(program.column_lower, program.column_upper, program.integer, strict=True)
        )
    ]
    chosen = np.flatnonzero(cost)
    problem.setObjective(_expression([(variables[j], float(cost[j])) for j in chosen]))
    for i in range(program.rows):
        part = slice(program.row_start[i], program.row_start[i + 1])
        pairs = [
            (variables[j], float(value))
            for j, value in zip(program.row_index[part], program.row_value[part], strict=True)
        ]
        lower, upper = float(program.row_lower[i]), float(program.row_upper[i])
        if not pairs:
            if lower <= 0.0 <= upper:
                continue
            # PuLP has no row without variables; one that cannot hold must stay so.
            pairs = [(problem.add_variable(f"n{i}", 0.0, 0.0, "Continuous"), 1.0)]
        if lower == upper:
            problem.addConstraint(_expression(pairs) == lower, f"r{i}")
            continue
        if lower > -math.inf:
            problem.addConstraint(_expression(pairs) >= lower, f"r{i}a")
        if upper < math.inf:
            problem.addConstraint(_expression(pairs) <= upper, f"r{i}b")
    return problem, variables


def _variable(problem: Any, name: str, lower: float, upper: float, whole: bool) -> Any:
    low = None if lower == -math.inf else float(lower)
    high = None if upper == math.inf else float(upper)
    kind = "Integer" if whole else "Continuous"
    return problem.add_variable(name, low, high, kind)


def _expression(pairs: list[tuple[Any, float]]) -> Any:
    if PULP_4:
        return pulp.LpAffineExpression.from_list(pairs)
    return pulp.LpAffineExpression(pairs)


def _outcome(problem: Any, stats: Any) -> SolveStatus:
    """Read how the solve ended, without trusting the word "Optimal" that a time limit also gets."""
    if PULP_4:
        name = stats.status.name
        # CBC says "within gap tolerance" of an optimum as well; the gap asked for is known here.
        if name in ("Optimal", "GapLimit"):
            return SolveStatus.OPTIMAL
        if "Infeasible" in name or "Unbounded" in name:
            return SolveStatus.INFEASIBLE
        return SolveStatus.TIME_LIMIT if stats.has_solution else SolveStatus.NO_ANSWER
    # An integer program without a solution has the solution status "not found": ask the other one.
    if problem.status == pulp.constants.LpStatusInfeasible:
        return SolveStatus.INFEASIBLE
    return {
        pulp.constants.LpSolutionOptimal: SolveStatus.OPTIMAL,
        pulp.constants.LpSolutionIntegerFeasible: SolveStatus.TIME_LIMIT,
        pulp.constants.LpSolutionInfeasible: SolveStatus.INFEASIBLE,
        pulp.constants.LpSolutionUnbounded: SolveStatus.INFEASIBLE,
    }.get(problem.sol_status, SolveStatus.NO_ANSWER)


class PulpEngine:
    """Keeps the arrays and builds a PuLP problem for every objective."""

    def __init__(self, program: LinearProgram, solver: str) -> None:
        if solver not in SOLVERS:
            known = ", ".join(("highs", *SOLVERS))
            raise SolverMissingError(f"Unknown solver {solver!r}; write one of {known}.")
        if SOLVERS[solver] not in pulp.listSolvers(onlyAvailable=True):
            raise SolverMissingError(
                f"The solver {solver!r} is not installed where PuLP {pulp.__version__} looks."
            )
        self.name = solver.upper()
        self._solver = SOLVERS[solver]
        self._lower, self._upper = program.column_lower.copy(), program.column_upper.copy()
        self._integer: Booleans = program.integer.copy()
        self._base = program
        self._row_lower, self._row_upper = program.row_lower.copy(), program.row_upper.copy()
        self._extra: list[tuple[Integers, Floats, float, float]] = []

    def _program(self) -> LinearProgram:
        base, extra = self._base, self._extra
        lengths = np.array([len(row[0]) for row in extra], dtype=np.int64)
        ends = base.row_start[-1] + np.cumsum(lengths)
        return LinearProgram(
            self._lower,
            self._upper,
            self._integer,
            np.concatenate([base.row_start, ends]).astype(np.int64),
            np.concatenate([base.row_index, *(row[0] for row in extra)]).astype(np.int64),
            np.concatenate([base.row_value, *(row[1] for row in extra)]),
            np.concatenate([self._row_lower, [row[2] for row in extra]]),
            np.concatenate([self._row_upper, [row[3] for row in extra]]),
        )

    def minimise(self, cost: Floats, *, gap: float, time_limit: float | None) -> Solution:
        """See `Engine.minimise`."""
        problem, variables = pulp_problem(self._program(), cost)
        limits: dict[str, Any] = {"gapRel": gap} if gap else {}
        if self.name == "CBC" and self._counts(cost):
            # CBC does not always see that the objective is whole, and then proves the last
            # hair of an answer it has held all along for minutes.
            limits["gapAbs"] = _BELOW_ONE
        if self.name == "CBC" and not self._integer.any():
            # CBC writes its answers with eight digits; goals held on them may miss each other by
            # as much, which its default of 1e-7 in a linear program calls infeasible.
            limits["options"] = [f"primalT {_LINEAR_TOLERANCE}"]
        started = time.perf_counter()
        try:
            status = self._run(problem, time_limit, limits)
        except pulp.PulpSolverError:
            if self.name != "CBC":
                raise
            # CBC 3 (PuLP 4) can break off as it undoes its preprocessing. Without it, it ends,
            # but is slower by orders of magnitude on larger programs: never the first choice.
            options = [*limits.get("options", []), "preprocess off"]
            status = self._run(problem, time_limit, {**limits, "options": options})
        late = time_limit is not None and time.perf_counter() - started >= time_limit
        if status is SolveStatus.INFEASIBLE and late:
            # Cut short before it has looked at anything, CBC may call a program infeasible.
            status = SolveStatus.NO_ANSWER
        if status in (SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER):
            worst = math.inf if status is SolveStatus.INFEASIBLE else -math.inf
            return Solution(status, _NOTHING, math.inf, worst)
        values = np.array([variable.varValue or 0.0 for variable in variables], dtype=np.float64)
        # A column without choice may be missing in what a solver writes.
        fixed = self._lower == self._upper
        values[fixed] = self._lower[fixed]
        whole = values[self._integer]
        if (abs(whole - np.round(whole)) > _FRACTION).any():
            # Out of time at the root, CBC may hand out the relaxation and call it optimal.
            return Solution(SolveStatus.NO_ANSWER, _NOTHING, math.inf, -math.inf)
        objective = float(cost @ values)
        if status is SolveStatus.OPTIMAL:
            # PuLP reports no bound for all of these solvers: what was proven is the stated gap.
            bound = objective - gap * abs(objective)
            return Solution(SolveStatus.WITHIN_GAP if gap else status, values, objective, bound)
        return Solution(status, values, objective, -math.inf)

    def _run(self, problem: Any, time_limit: float | None, limits: dict[str, Any]) -> SolveStatus:
        """Let the solver solve a PuLP problem and return how that ended."""
        solver = pulp.getSolver(self._solver, msg=False, timeLimit=time_limit, **limits)
        return _outcome(problem, problem.solve(solver))

    def _counts(self, cost: Floats) -> bool:
        """Whether the objective can take whole values only."""
        chosen = np.flatnonzero(cost)
        whole = self._integer[chosen].all() and (cost[chosen] == np.round(cost[chosen])).all()
        return bool(len(chosen) and whole)

    def add_row(self, index: Integers, value: Floats, lower: float, upper: float) -> None:
        """See `Engine.add_row`."""
        self._extra.append((index, value, lower, upper))

    def remove_last_row(self) -> None:
        """See `Engine.remove_last_row`."""
        self._extra.pop()

    def set_bounds(self, index: Integers, lower: Floats, upper: Floats) -> None:
        """See `Engine.set_bounds`."""
        self._lower[index], self._upper[index] = lower, upper

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """See `Engine.set_row_bounds`."""
        self._row_lower[row], self._row_upper[row] = lower, upper

    def set_continuous(self, index: Integers) -> None:
        """See `Engine.set_continuous`."""
        self._integer[index] = False
