"""From a `Scenario` to an `Allocation`: the whole solve in the order of its steps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np

from minequota.optimizer.alike import unchosen
from minequota.optimizer.allocation import Allocation, Rounding, SolveStatus
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.compose import compose
from minequota.optimizer.deduction import Deduction
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine import Engine, open_engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.flows import settle_flows
from minequota.optimizer.goals import TIE_BREAK, Goal
from minequota.optimizer.model import Model, build_model
from minequota.optimizer.problem import Problem
from minequota.optimizer.results import evenness_result, goal_results, settled_result
from minequota.optimizer.rounding import round_solution
from minequota.optimizer.sensitivity import marginals
from minequota.optimizer.settle import fix_integers, settle_sizes
from minequota.optimizer.shares import (
    Shared,
    serve_by_products,
    share_outputs,
    worst_unevenness,
)
from minequota.optimizer.stages import (
    Stage,
    StageError,
    give_room,
    hold_wider,
    settle_ties,
    solve_in_order,
)
from minequota.optimizer.supply_goals import by_product
from minequota.scenarios.scenario import Scenario

Progress = Callable[[str], None]
_SHARED_WIDER = 2
_HAIR = 1e-6


def solve(
    scenario: Scenario, solver: str = "highs", progress: Progress | None = None
) -> Allocation:
    """Solve a scenario.

    Parameters
    ----------
    scenario
        As `load_scenario` makes it.
    solver
        ``highs``, or another solver PuLP knows by name (``cbc``).
    progress
        Called with the name of each step as it starts.

    Returns
    -------
    Allocation
        Rounded to the products' steps. It has not passed `optimizer.verify` yet.

    Raises
    ------
    NoAllocationError
        When the binding clauses leave no allocation, or none was found in the time.
    """
    tell = progress or (lambda step: None)
    tell("build")
    return solve_model(build_model(scenario), solver, tell)


def solve_model(
    model: Model, solver: str = "highs", progress: Progress | None = None, *, words: bool = True
) -> Allocation:
    """Solve a model that is built already, some of whose columns may have been fixed since.

    Parameters
    ----------
    model
        As `build_model` makes it.
    solver, progress
        As in `solve`.
    words
        Whether to find what one more unit of a cap would change: further solves, for the text of
        the rules alone.

    Returns
    -------
    Allocation
        Rounded to the products' steps. It has not passed `optimizer.verify` yet.

    Raises
    ------
    NoAllocationError
        When the binding clauses leave no allocation, or none was found in the time.
    """
    tell = progress or (lambda step: None)
    problem, draft, goals = model.problem, model.draft, model.goals
    engine = open_engine(draft.program(), solver)
    tell("goals")
    solving, pursued = problem.scenario.question.solving, problem.scenario.question.goals
    ranked = tuple(goal for goal in goals if goal.name != TIE_BREAK)
    stages, solution = solve_in_order(
        engine, ranked, gap=solving.gap, time_limit=solving.time_limit
    )
    tell("ties")
    settled = False
    if len(ranked) < len(goals):
        stages, solution, settled = _settle(engine, problem, draft, goals, stages, solution)
    tell("evenness")
    fix_integers(engine, draft, solution)
    held = len(ranked)
    stages = (*give_room(engine, stages[:held]), *stages[held:])
    solution = settle_sizes(engine, problem, draft, solution)
    unevenness, deducted = None, dict[int, Deduction]()
    served = tuple(by_product(problem, draft)) if "by_product" in pursued else ()
    if "evenness" in pursued:
        reached, shared = _shared(engine, problem, draft, solution, stages[:held], solver)
        stages, solution = (*reached, *stages[held:]), shared.solution
        deducted = shared.deducted
        unevenness = worst_unevenness(problem, draft, solution)
    elif served:
        solution = serve_by_products(engine, problem, draft, solution)
    tell("rounding")
    rounded = round_solution(problem, draft, solution, goals, solver)
    settled_flows = settle_flows(problem, draft, rounded.solution, solver)
    answer = Answer(problem, draft, settled_flows.solution, deducted)
    tell("marginals")
    worth = marginals(answer, solver) if words else {}
    results = goal_results(stages, answer)
    results = (*results, *(settled_result(goal, solution, answer) for goal in served))
    if unevenness is not None:
        after = worst_unevenness(problem, draft, rounded.solution)
        results = (*results, evenness_result(unevenness, after))
    results = (*results, *settled_flows.goals)
    return compose(
        answer,
        engine.name,
        results,
        worth,
        rounding=_rounding(problem, rounded.finer),
        notes=_notes(settled, rounded.finer),
        seconds={stage.goal.name: stage.seconds for stage in stages},
    )


def _shared(
    engine: Engine,
    problem: Problem,
    draft: Draft,
    solution: Floats,
    stages: tuple[Stage, ...],
    solver: str,
) -> tuple[tuple[Stage, ...], Shared]:
    """Share the outputs; where a solver's tolerance leaves no room, with the goals held wider."""
    for _ in range(_SHARED_WIDER):
        with suppress(StageError):
            return stages, share_outputs(engine, problem, draft, solution)
        # The engine holds half-settled shares: begin anew, with rights and capacities as decided.
        engine = open_engine(draft.program(), solver)
        stages = hold_wider(engine, stages)
        fix_integers(engine, draft, solution)
        sizes = draft.columns.size[draft.columns.size != NONE]
        engine.set_bounds(sizes, solution[sizes] - _HAIR, solution[sizes] + _HAIR)
    return stages, share_outputs(engine, problem, draft, solution)


def _settle(
    engine: Engine,
    problem: Problem,
    draft: Draft,
    goals: tuple[Goal, ...],
    stages: tuple[Stage, ...],
    solution: Floats,
) -> tuple[tuple[Stage, ...], Floats, bool]:
    """Choose among equally good sets of rights by licence order, and settle what still ties."""
    time_limit = problem.scenario.question.solving.time_limit
    most = {stage.goal.name: stage.value + stage.tolerance for stage in stages}
    sure = unchosen(problem, draft, goals, most)
    # The answer in hand may have chosen others of alike rights; it stands where time runs out.
    engine.set_bounds(sure.stay, np.ones(len(sure.stay)), np.ones(len(sure.stay)))
    engine.set_bounds(sure.never, np.zeros(len(sure.never)), np.zeros(len(sure.never)))
    order = tuple(goal for goal in goals if goal.name == TIE_BREAK)
    # Whoever allows a gap allows it in the goals; the same input still gives the same rights.
    stages, solution = solve_in_order(
        engine, order, gap=0.0, time_limit=time_limit, start=solution, before=stages
    )
    if stages[-1].status is not SolveStatus.OPTIMAL:
        # What ties with an unproven best is not known: nothing is settled, and the run says so.
        engine.remove_last_row()
        return stages, solution, False
    free = np.array(draft.integer) & (np.array(draft.lower) < np.array(draft.upper))
    free[sure.stay] = free[sure.never] = False
    engine.remove_last_row()
    solution, settled = settle_ties(
        engine, stages[-1], solution, np.flatnonzero(free), time_limit=time_limit
    )
    return stages, solution, settled


def _rounding(problem: Problem, finer: float) -> tuple[Rounding, ...]:
    return tuple(
        Rounding(product.name, clean(product.step * finer), product.step, product.unit)
        for product in problem.products
    )


def _notes(settled: bool, finer: float) -> tuple[str, ...]:
    notes = []
    if not settled:
        notes.append("tie_not_proven_unique")
    if finer != 1.0:
        notes.append("finer_rounding_step")
    return tuple(notes)
