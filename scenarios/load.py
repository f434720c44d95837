"""From a scenario's files to one checked `Scenario`, or to every mistake in them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from minequota.scenarios.library import library_names
from minequota.scenarios.opened import open_scenario
from minequota.scenarios.resolved import resolved_documents
from minequota.scenarios.scenario import Scenario

__all__ = ["library_names", "load_scenario", "resolved_documents"]


def load_scenario(
    name_or_path: str | Path,
    cases: Sequence[str] = (),
    register: str | Path | None = None,
    overrides: Mapping[str, object] | None = None,
    mapping: str | Path | None = None,
) -> Scenario:
    """Read and check a scenario with its plan and register.

    Parameters
    ----------
    name_or_path
        A name of `library_names`, a scenario file, or a folder with a ``scenario.yaml``.
    cases
        Named cases to apply together. None chosen means the file's `default_case`, if it has
        one; chosen ones replace it.
    register
        A CSV or XLSX register to take instead of the one the scenario names.
    overrides
        Dotted paths and values, applied on top of the cases (see `documents.overrides`).
    mapping
        A YAML file ``header: field`` for headers of the register that are not understood.

    Returns
    -------
    Scenario
        With the names of the plan, a size class for every right, and every change logged.

    Raises
    ------
    InputError
        With every problem that can be known; nothing has been written.
    """
    return open_scenario(name_or_path, cases, register, overrides, mapping).scenario
