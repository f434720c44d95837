"""What one more unit of a binding clause would change, in words, by solving again.

For a cap: the rights stay as they are and unmet demand is minimised with the cap one plan unit
higher. For a count or ratio: the rights are chosen anew with the clause loosened by one right or
one percentage point.
"""

from __future__ import annotations

import numpy as np

from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.draft import NONE, Clause, Draft
from minequota.optimizer.engine import open_engine
from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import Problem, build_problem
from minequota.optimizer.stages import NoAllocationError, solve_in_order
from minequota.scenarios.units import Quantity

_COUNTED = ("expected_indicators", "unmet_demand", "closures")


def marginals(answer: Answer, solver: str) -> dict[str, tuple[str, str]]:
    """Return words, Chinese and English, for every binding cap, count and ratio."""
    words: dict[str, tuple[str, str]] = {}
    for clause in answer.draft.clauses:
        if clause.code == "CAP" and clause.limit > 0 and _reached(answer, clause):
            words[clause.id] = _cap_words(answer, clause, solver)
        if clause.code in ("COUNT", "RATIO") and clause.sense in ("ceiling", "floor"):
            words[clause.id] = _count_words(answer, clause, solver)
    return words


def _reached(answer: Answer, clause: Clause) -> bool:
    return clause.sense == "ceiling" and clause.used(answer.solution) >= clause.upper - BINDING


def _cap_words(answer: Answer, clause: Clause, solver: str) -> tuple[str, str]:
    problem = answer.problem
    cap = next(c for c in problem.caps if f"CAP.{c.id}" == clause.id)
    step = Quantity(1.0, cap.product.unit)
    loosened = _unmet_with(answer, clause, step.value, solver)
    if loosened is None:
        return "未能重新求解", "could not be solved again"
    gain = clean(max(0.0, loosened[0] - loosened[1]))
    unit = cap.product.unit
    if gain <= BINDING:
        return (
            f"采矿权不变时，放宽1{unit}不减少未满足需求",
            "with the rights fixed, one unit more leaves unmet demand as it is",
        )
    return (
        f"采矿权不变时，放宽1{unit}可减少未满足需求{gain:.6g}{unit}",
        f"with the rights fixed, one unit more cuts unmet demand by {gain:.6g} units",
    )


def _unmet_with(
    answer: Answer, clause: Clause, more: float, solver: str
) -> tuple[float, float] | None:
    """Unmet demand of the clause's product as the clause stands and with `more` room."""
    draft, problem = answer.draft, answer.problem
    engine = open_engine(draft.program(), solver)
    fixed = np.flatnonzero(np.array(draft.integer))
    sizes = draft.columns.size[draft.columns.size != NONE]
    held = np.concatenate([fixed, sizes])
    engine.set_bounds(held, answer.solution[held], answer.solution[held])
    engine.set_continuous(fixed)
    misses = np.array(
        [c for one in draft.clauses for c in (one.over, one.under) if c != NONE], dtype=np.int64
    )
    engine.set_bounds(misses, np.zeros(len(misses)), answer.solution[misses])
    cap = next(c for c in problem.caps if f"CAP.{c.id}" == clause.id)
    position = [product.name for product in problem.products].index(cap.product.name)
    unmet = draft.columns.unmet[-1, position]
    if unmet == NONE:
        return None
    cost = np.zeros(len(draft.lower))
    cost[unmet] = 1.0
    before = engine.minimise(cost, gap=0.0, time_limit=None)
    engine.set_row_bounds(clause.row, clause.lower, clause.upper + more)
    after = engine.minimise(cost, gap=0.0, time_limit=None)
    if not (before.found and after.found):
        return None
    return before.objective, after.objective


def _count_words(answer: Answer, clause: Clause, solver: str) -> tuple[str, str]:
    loosened = _leaving_with(_loosened(answer.problem, clause), solver)
    if loosened is None:
        return "未能重新求解", "could not be solved again"
    now = sum(1 for m in np.flatnonzero(answer.problem.existing) if not answer.held(int(m)))
    fewer = now - loosened
    by_zh = "1个" if clause.code == "COUNT" else "1个百分点"
    by_en = "one right" if clause.code == "COUNT" else "one percentage point"
    if fewer <= 0:
        return f"放宽{by_zh}，退出数量不变", f"loosened by {by_en}, as many leave"
    return f"放宽{by_zh}，可少退出{fewer}个", f"loosened by {by_en}, {fewer} fewer leave"


def _loosened(problem: Problem, clause: Clause) -> Problem:
    """The same question with one count or ratio of the plan loosened."""
    from dataclasses import replace

    plan, scenario = problem.plan, problem.scenario
    sign = 1 if clause.sense == "ceiling" else -1
    counts = tuple(
        c.model_copy(update={"limit": max(0, c.limit + sign)})
        if f"COUNT.{c.id}" == clause.id
        else c
        for c in plan.counts
    )
    ratios = tuple(
        r.model_copy(update={"share": r.share + sign * 0.01}) if f"RATIO.{r.id}" == clause.id else r
        for r in plan.ratios
    )
    loosened = plan.model_copy(update={"counts": counts, "ratios": ratios})
    return build_problem(replace(scenario, plan=loosened))


def _leaving_with(problem: Problem, solver: str) -> int | None:
    draft: Draft = write_model(problem)
    goals = tuple(g for g in build_goals(problem, draft) if g.name.startswith(_COUNTED))
    solving = problem.scenario.question.solving
    try:
        _, solution = solve_in_order(
            open_engine(draft.program(), solver),
            goals,
            gap=solving.gap,
            time_limit=solving.time_limit,
        )
    except NoAllocationError:
        return None
    holds = draft.columns.hold[-1, problem.existing]
    return int(np.count_nonzero(solution[holds] < 0.5))
