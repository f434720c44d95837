"""Solve the cases of one chunk, each from the same start whoever solves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from minequota.optimizer.allocation import Allocation, SolveStatus
from minequota.optimizer.goals import TIE_BREAK
from minequota.optimizer.model import Model, build_model
from minequota.optimizer.outcome import outcome
from minequota.optimizer.solve import solve_model
from minequota.optimizer.stages import NoAllocationError, StageError
from minequota.optimizer.sweep.finish import finish
from minequota.optimizer.sweep.job import ChunkJob, Parameter, Row, SweepCase
from minequota.optimizer.sweep.series import Series
from minequota.optimizer.sweep.shape import case_of, same_shape
from minequota.scenarios.opened import OpenedScenario, open_documents
from minequota.scenarios.scenario import Scenario

Check = Callable[[Scenario, Allocation], None]
_HIGHS = "highs"
_GOAL, _UNMET, _LIST = "goal.", "unmet.", ";"
_APART = 1e-5
_AFTER_ROUNDING = ("goal.flows",)
_RIGHTS = ("issued_rights", "leaving_rights", "expanded_rights", "merged_rights")
_UNANSWERED: set[object] = {SolveStatus.INFEASIBLE, SolveStatus.NO_ANSWER}


class SweepError(RuntimeError):
    """A case solved on an open model differs from the same case solved alone: a program's fault."""


def solve_chunk(job: ChunkJob, check: Check | None = None) -> list[Row]:
    """Return one row per case, in the order of the job.

    Parameters
    ----------
    job
        The cases. Those of an exact job, and of solvers other than HiGHS, are solved one by one
        as `solve` does, figures rounded. The others are solved on models that stay open, figures
        not rounded; the first of them is solved alone as well, and both must agree.
    check
        Called with every allocation that was solved alone; raises what it finds wrong.

    Returns
    -------
    list of dict
        ``case`` and the columns of `outcome`; of a case without an answer ``status`` alone.

    Raises
    ------
    SweepError
        When the first case differs from the same case solved alone.
    """
    opened = open_once(tuple(job.documents.items()))
    cold = job.exact or job.solver != _HIGHS
    desk = Desk(opened, job.parameters)
    rows = []
    for at, case in enumerate(job.cases):
        alone = _alone(desk, case, job.solver, check) if cold or at == 0 else None
        row = alone.row if cold and alone is not None else desk.row(case)
        if alone is not None and not cold:
            _agree(case, alone, row)
        rows.append({"case": case.number} | row)
    return rows


@lru_cache(maxsize=2)
def open_once(documents: tuple[tuple[str, str], ...]) -> OpenedScenario:
    """Open the files of a job; a worker gets the same ones again and again."""
    return open_documents(dict(documents))


@dataclass
class Desk:
    """Models that stay open from case to case."""

    opened: OpenedScenario
    parameters: tuple[Parameter, ...]
    _like: Model | None = None
    _series: list[Series] = field(default_factory=list)

    def scenario(self, case: SweepCase) -> Scenario:
        """Return the scenario of a case."""
        pairs = list(zip(self.parameters, case.values, strict=True))
        return self.opened.varied(
            values={one.path: value for one, value in pairs if one.kind == "value"},
            factors={one.path: float(value or 0.0) for one, value in pairs if one.kind == "factor"},
        )

    def row(self, case: SweepCase) -> Row:
        """Return what a case comes to; its status alone where it has no answer."""
        try:
            return _tidied(dict(outcome(self.solve(self.scenario(case)))))
        except NoAllocationError as error:
            return {"status": error.status.value}

    def solve(self, scenario: Scenario) -> Allocation:
        """Return the outline of a scenario's answer.

        Raises
        ------
        NoAllocationError
            When there is none, or none was found in the time.
        """
        model = build_model(scenario, self._like)
        self._like = self._like or model
        case = case_of(model)
        series = next((one for one in self._series if same_shape(one.shape, case)), None)
        if series is None:
            series = Series(case)
            self._series = [*self._series[-1:], series]
        try:
            return finish(series, case, series.solve(case))
        except StageError:
            # A solver's tolerance left some goal no room. The plain solve knows how to give it.
            self._series.remove(series)
            return solve_model(model, words=False)


def _tidied(row: Row) -> Row:
    """Leave out the hairs by which a goal's tolerance lets demand go unmet: nobody rounds them."""
    unmet = set(str(row["unmet_products"]).split(_LIST))
    for name, value in row.items():
        if name.startswith(_UNMET) and name.removeprefix(_UNMET) not in unmet and value:
            row[name] = 0.0
    return row


@dataclass(frozen=True)
class _Alone:
    """A case solved alone; `gap` is the one allowed, `unique` whether its rights are proven so."""

    row: Row
    gap: float
    unique: bool


def _alone(desk: Desk, case: SweepCase, solver: str, check: Check | None) -> _Alone:
    scenario = desk.scenario(case)
    try:
        allocation = solve_model(build_model(scenario), solver, words=False)
    except NoAllocationError as error:
        return _Alone({"status": error.status.value}, 0.0, False)
    if check is not None:
        check(scenario, allocation)
    question = scenario.question
    unique = TIE_BREAK in question.goals and "tie_not_proven_unique" not in allocation.notes
    return _Alone(dict(outcome(allocation)), question.solving.gap, unique)


def _agree(case: SweepCase, alone: _Alone, row: Row) -> None:
    """Raise where two answers to one case differ by more than their statuses allow.

    Two optima agree in every goal, and in the rights where the licence order chose them. Where a
    gap or a time limit left something open, later goals rest on it and nothing but the first can
    be compared, within the gap.
    """
    one, names = alone.row, [name for name in alone.row if name.startswith(_GOAL)]
    if _UNANSWERED & {one["status"], row["status"]}:
        compared, allowed = ["status"], 0.0
    elif one["status"] == row["status"] == SolveStatus.OPTIMAL:
        compared, allowed = [name for name in names if name not in _AFTER_ROUNDING], _APART
        compared += _RIGHTS if alone.unique else ()
    else:
        late = SolveStatus.TIME_LIMIT in (one["status"], row["status"])
        compared, allowed = ([] if late else names[:1]), max(_APART, 2 * alone.gap)
    apart = [name for name in compared if not _same(one.get(name), row.get(name), allowed)]
    if apart:
        raise SweepError(
            f"Case {case.number} differs when solved alone: "
            + ", ".join(f"{name} {one.get(name)} alone, {row.get(name)} here" for name in apart)
        )


def _same(one: object, other: object, allowed: float) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= allowed * max(1.0, abs(one))
    return one == other
