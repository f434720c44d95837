"""The rights that serve all futures best: goal after goal over the stack, ties, capacities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.engine import Engine, open_engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goals import Goal
from minequota.optimizer.robust.measures import Measured
from minequota.optimizer.robust.rights import Rights, rights_at
from minequota.optimizer.robust.stack import Stack
from minequota.optimizer.robust.steps import round_sizes
from minequota.optimizer.settle import fix_integers, settle_sizes
from minequota.optimizer.stages import Stage, give_room, settle_ties, solve_in_order


@dataclass(frozen=True)
class Decided:
    """The rights, what every goal over all futures reached, and whether the choice is unique."""

    rights: Rights
    stages: tuple[Stage, ...]
    settled: bool
    solver: str


def decide(stack: Stack, measured: tuple[Measured, ...], solver: str) -> Decided:
    """Choose the rights.

    Parameters
    ----------
    stack
        All futures.
    measured
        Their goals, in order; as `measured_goals` gives them for this stack.
    solver
        As `open_engine` takes it.

    Raises
    ------
    NoAllocationError
        When no set of rights keeps the rules of all futures, or none was found in the time.
    """
    engine = open_engine(stack.draft.program(), solver)
    limits = [future.scenario.question.solving for future in stack.futures]
    times = [one.time_limit for one in limits if one.time_limit is not None]
    time_limit = min(times, default=None)
    ranked = tuple(one.goal for one in measured if one.counted != "order")
    stages, solution = solve_in_order(
        engine, ranked, gap=min(one.gap for one in limits), time_limit=time_limit
    )
    settled = False
    order = tuple(one.goal for one in measured if one.counted == "order")
    if order:
        stages, solution, settled = _settled(engine, stack, order, stages, solution, time_limit)
    fix_integers(engine, stack.draft, solution)
    held = len(ranked)
    stages = (*give_room(engine, stages[:held]), *stages[held:])
    solution = settle_sizes(engine, stack.problem, stack.draft, solution)
    solution = round_sizes(stack, measured, solution, solver)
    rights = rights_at(stack.problem, stack.draft, solution)
    return Decided(rights, stages, settled, engine.name)


def _settled(
    engine: Engine,
    stack: Stack,
    order: tuple[Goal, ...],
    stages: tuple[Stage, ...],
    solution: Floats,
    time_limit: float | None,
) -> tuple[tuple[Stage, ...], Floats, bool]:
    """Choose among equally good sets of rights by licence order, and settle what still ties.

    Who rests in which future is no part of that: every future settles it for itself.
    """
    stages, solution = solve_in_order(
        engine, order, gap=0.0, time_limit=time_limit, start=solution, before=stages
    )
    if stages[-1].status is not SolveStatus.OPTIMAL:
        engine.remove_last_row()
        return stages, solution, False
    draft = stack.draft
    free = np.array(draft.integer) & (np.array(draft.lower) < np.array(draft.upper))
    free[: len(stack.shared)] &= stack.shared
    free[len(stack.shared) :] = False
    solution, settled = settle_ties(
        engine, stages[-1], solution, np.flatnonzero(free), time_limit=time_limit
    )
    return stages, solution, settled
