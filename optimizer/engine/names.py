"""Names of the solvers that may be asked for; imports no solver."""

from __future__ import annotations


class SolverMissingError(ValueError):
    """The solver asked for is not one of ours or not installed."""
