"""From a `Scenario` to an `Allocation`: the whole solve in the order of its steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minequota.optimizer.allocation import Allocation, GoalResult, Rounding, SolveStatus
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.draft import Draft
from minequota.optimizer.engine import Engine, open_engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goals import Goal, build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import Problem, build_problem
from minequota.optimizer.records.clauses import balance, cap_uses, rule_uses
from minequota.optimizer.records.quotas import quotas
from minequota.optimizer.records.rights import actions, issuance, structure
from minequota.optimizer.rounding import round_solution
from minequota.optimizer.sensitivity import marginals
from minequota.optimizer.settle import fix_integers, settle_sizes, share_outputs, worst_unevenness
from minequota.optimizer.stages import Stage, settle_ties, solve_in_order
from minequota.scenarios.scenario import Scenario

Progress = Callable[[str], None]
_ORDER = list(SolveStatus)


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
    problem = build_problem(scenario)
    draft = write_model(problem)
    goals = build_goals(problem, draft)
    engine = open_engine(draft.program(), solver)
    tell("goals")
    stages, solution = solve_in_order(
        engine,
        goals,
        gap=scenario.question.solving.gap,
        time_limit=scenario.question.solving.time_limit,
    )
    tell("ties")
    solution, settled = _settle(engine, problem, draft, stages[-1], solution)
    tell("evenness")
    fix_integers(engine, draft, solution)
    solution = settle_sizes(engine, problem, draft, solution)
    unevenness = None
    if "evenness" in scenario.question.goals:
        solution = share_outputs(problem, draft, solution)
        unevenness = worst_unevenness(problem, draft, solution)
    tell("rounding")
    rounded = round_solution(problem, draft, solution, goals, solver)
    answer = Answer(problem, draft, rounded.solution)
    tell("marginals")
    words = marginals(answer, solver)
    results = _results(stages, answer)
    if unevenness is not None:
        after = worst_unevenness(problem, draft, rounded.solution)
        results = (*results, _evenness_result(unevenness, after))
    return Allocation(
        status=max((result.status for result in results), key=_ORDER.index),
        mode=scenario.question.mode,
        year=scenario.question.year,
        solver=engine.name,
        goals=results,
        quotas=quotas(answer),
        issuance=issuance(answer),
        actions=actions(answer),
        caps=cap_uses(answer),
        structure=structure(answer),
        balance=balance(answer),
        rules=rule_uses(answer, words),
        rounding=_rounding(problem, rounded.finer),
        notes=_notes(settled, rounded.finer),
        seconds={stage.goal.name: stage.seconds for stage in stages},
    )


def _settle(
    engine: Engine, problem: Problem, draft: Draft, last: Stage, solution: Floats
) -> tuple[Floats, bool]:
    """Settle the ties that the licence order leaves; nothing is promised without that goal."""
    if last.goal.name != "tie_break":
        return solution, False
    free = np.array(draft.integer) & (np.array(draft.lower) < np.array(draft.upper))
    return settle_ties(
        engine,
        last,
        solution,
        np.flatnonzero(free),
        time_limit=problem.scenario.question.solving.time_limit,
    )


def _results(stages: tuple[Stage, ...], answer: Answer) -> tuple[GoalResult, ...]:
    return tuple(_result(stage.goal, stage, answer) for stage in stages)


def _result(goal: Goal, stage: Stage, answer: Answer) -> GoalResult:
    apart = max(0.0, stage.value - stage.bound)
    return GoalResult(
        name=goal.name,
        title_zh=goal.title_zh,
        title_en=goal.title_en,
        unit=goal.unit,
        status=stage.status,
        value=clean(stage.value),
        bound=clean(stage.bound),
        absolute_gap=clean(apart),
        relative_gap=clean(apart / abs(stage.value)) if stage.value else clean(apart),
        tolerance=stage.tolerance,
        rounded_value=clean(goal.value(answer.solution)),
    )


def _evenness_result(value: float, rounded: float) -> GoalResult:
    return GoalResult(
        name="evenness",
        title_zh="均衡程度（0为完全均衡）",
        title_en="Unevenness (0 is perfectly even)",
        unit="相对差",
        status=SolveStatus.OPTIMAL,
        value=clean(value),
        bound=clean(value),
        absolute_gap=0.0,
        relative_gap=0.0,
        tolerance=0.0,
        rounded_value=clean(rounded),
    )


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
