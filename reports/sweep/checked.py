"""The independent check, as a sweep calls it for every case that is solved alone."""

from __future__ import annotations

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.sweep.chunk import solve_chunk
from minequota.optimizer.sweep.job import ChunkJob, Row
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.reports.run_folder import VerificationFailedError
from minequota.scenarios.scenario import Scenario


def solve_checked(job: ChunkJob) -> list[Row]:
    """Solve a chunk; what is solved alone passes the independent check first.

    Raises
    ------
    VerificationFailedError
        When the check found a fault: a bug of the program.
    SweepError
        When a case differs from the same case solved alone.
    """
    return solve_chunk(job, check_allocation)


def check_allocation(scenario: Scenario, allocation: Allocation) -> None:
    """Raise `VerificationFailedError` where the independent check finds a fault."""
    faults = verify_records(scenario, allocation_document(scenario, allocation))
    if faults:
        raise VerificationFailedError(faults)
