"""The independent check of a result: every rule and total again, from inputs and tables alone.

It shares no code with the model. It reads a `Scenario` and the records that `allocation.json`
holds, adds everything up in pandas, and says what does not agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minequota.optimizer.verify.fault import Fault
from minequota.scenarios.scenario import Scenario

__all__ = ["Fault", "verify_records", "verify_run"]


def verify_records(scenario: Scenario, records: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Check the content of `allocation.json` against the question it answers.

    Parameters
    ----------
    scenario
        The question, with its plan and register.
    records
        The parsed document: header values and lists of flat records.

    Returns
    -------
    tuple of Fault
        Empty for a correct result. Badly formed records are reported alone: their figures
        cannot be read.
    """
    from minequota.optimizer.verify.check import record_faults

    return record_faults(scenario, records)


def verify_run(folder: str | Path) -> tuple[Fault, ...]:
    """Check a run folder: its files, its records and the tables printed from them.

    Parameters
    ----------
    folder
        A run folder as `minequota solve` writes it.

    Returns
    -------
    tuple of Fault
        Empty for a complete, unchanged and correct run.
    """
    from minequota.optimizer.verify.folder import run_faults

    return run_faults(Path(folder))
