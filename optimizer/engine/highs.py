"""HiGHS through its own arrays: one hand-over, then the same model changed in place."""

from __future__ import annotations

import math

import highspy
import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine.types import Floats, Integers, LinearProgram, Solution

_NOTHING: Floats = np.empty(0)
_INFEASIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
_FAILED = (
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kPresolveError,
    highspy.HighsModelStatus.kPostsolveError,
)


class HighsEngine:
    """One HiGHS model. Single thread and a fixed seed, so that equal input gives equal output."""

    def __init__(self, program: LinearProgram) -> None:
        self.name = "HiGHS"
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 0)
        self._highs.setOptionValue("mip_feasibility_tolerance", 1e-7)
        self._integer = program.integer.copy()
        self._pass(program)

    def _pass(self, program: LinearProgram) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = program.columns, program.rows
        lp.col_cost_ = np.zeros(program.columns)
        lp.col_lower_, lp.col_upper_ = program.column_lower, program.column_upper
        lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = program.row_start
        lp.a_matrix_.index_ = program.row_index
        lp.a_matrix_.value_ = program.row_value
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        if program.integer.any():
            lp.integrality_ = [kinds[int(flag)] for flag in program.integer]
        if self._highs.passModel(lp) == highspy.HighsStatus.kError:
            raise RuntimeError("HiGHS refused the model.")

    def minimise(self, cost: Floats, *, gap: float, time_limit: float | None) -> Solution:
        """See `Engine.minimise`."""
        highs = self._highs
        everywhere = np.arange(len(cost), dtype=np.int32)
        highs.changeColsCost(len(cost), everywhere, cost)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_abs_gap", 1e-9)
        # HiGHS counts its clock over all runs of one object.
        highs.setOptionValue(
            "time_limit", math.inf if time_limit is None else highs.getRunTime() + time_limit
        )
        highs.run()
        reached = highs.getModelStatus()
        if reached in _FAILED or (reached in _INFEASIBLE and self._integer.any()):
            # Presolve may take a program apart that HiGHS then fails to put together again, and
            # its reductions may cut off the only answers of an integer program. That nothing is
            # feasible is believed without presolve alone.
            highs.clearSolver()
            highs.setOptionValue("presolve", "off")
            highs.run()
            highs.setOptionValue("presolve", "choose")
        return self._read(gap)

    def _read(self, gap: float) -> Solution:
        reached = self._highs.getModelStatus()
        info = self._highs.getInfo()
        feasible = info.primal_solution_status == 2
        if reached in _INFEASIBLE:
            return Solution(SolveStatus.INFEASIBLE, _NOTHING, math.inf, math.inf)
        if not feasible:
            return Solution(SolveStatus.NO_ANSWER, _NOTHING, math.inf, -math.inf)
        objective = info.objective_function_value
        whole = bool(self._integer.any())
        bound = info.mip_dual_bound if whole else objective
        if reached == highspy.HighsModelStatus.kOptimal:
            apart = abs(objective - bound) > 1e-9 * max(1.0, abs(objective))
            status = SolveStatus.WITHIN_GAP if gap > 0 and apart else SolveStatus.OPTIMAL
        else:
            status = SolveStatus.TIME_LIMIT
            bound = bound if whole else -math.inf
        values = np.array(self._highs.getSolution().col_value)
        return Solution(status, values, objective, bound)

    def add_row(self, index: Integers, value: Floats, lower: float, upper: float) -> None:
        """See `Engine.add_row`."""
        self._highs.addRow(lower, upper, len(index), index.astype(np.int32), value)

    def remove_last_row(self) -> None:
        """See `Engine.remove_last_row`."""
        last = self._highs.getNumRow() - 1
        self._highs.deleteRows(1, np.array([last], dtype=np.int32))

    def set_bounds(self, index: Integers, lower: Floats, upper: Floats) -> None:
        """See `Engine.set_bounds`."""
        self._highs.changeColsBounds(len(index), index.astype(np.int32), lower, upper)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """See `Engine.set_row_bounds`."""
        self._highs.changeRowBounds(row, lower, upper)

    def set_continuous(self, index: Integers) -> None:
        """See `Engine.set_continuous`."""
        kinds = np.full(len(index), 0, dtype=np.uint8)
        self._highs.changeColsIntegrality(len(index), index.astype(np.int32), kinds)
        self._integer[index] = False
