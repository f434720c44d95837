"""The only place that imports PuLP and HiGHS: hand-over, re-solving, honest status."""

from __future__ import annotations

from minequota.optimizer.engine.types import Engine, LinearProgram, Solution

__all__ = ["Engine", "LinearProgram", "Solution", "open_engine"]


def open_engine(program: LinearProgram, solver: str = "highs") -> Engine:
    """Hand `program` to `solver`: HiGHS itself, or any other by its name through PuLP."""
    if solver == "highs":
        from minequota.optimizer.engine.highs import HighsEngine

        return HighsEngine(program)
    from minequota.optimizer.engine.pulp_engine import PulpEngine

    return PulpEngine(program, solver)
