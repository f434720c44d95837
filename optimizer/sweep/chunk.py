"""Solve the cases of one chunk, each from the same start whoever solves it."""

from __future__ import annotations

from minequota.optimizer.outcome import outcome
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError
from minequota.optimizer.sweep.job import ChunkJob, Row, SweepCase
from minequota.scenarios.opened import OpenedScenario, open_documents


def solve_chunk(job: ChunkJob) -> list[Row]:
    """Return one row per case, in the order of the job."""
    opened = open_documents(job.documents)
    return [_cold(opened, job, case) for case in job.cases]


def _cold(opened: OpenedScenario, job: ChunkJob, case: SweepCase) -> Row:
    pairs = list(zip(job.parameters, case.values, strict=True))
    head: Row = {"case": case.number, **{one.path: value for one, value in pairs}}
    scenario = opened.varied(
        values={one.path: value for one, value in pairs if one.kind == "value"},
        factors={one.path: float(value or 0.0) for one, value in pairs if one.kind == "factor"},
    )
    try:
        return head | outcome(solve(scenario, job.solver))
    except NoAllocationError as error:
        return head | {"status": error.status.value}
