"""What one more unit of a clause would change, in words, by solving again.

For a cap that is used up: the rights stay as they are and unmet demand is minimised with the cap
one product unit higher; where that alone gains nothing, together with the product's other caps that
are used up. For a count or ratio: the rights are chosen anew with the clause loosened by one right
or one percentage point. A calendar has no such words: what one year would gain, others may lose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.draft import NONE, Clause, Draft
from minequota.optimizer.engine import open_engine
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import CapLine, Problem, build_problem
from minequota.optimizer.stages import NoAllocationError, solve_in_order
from minequota.optimizer.targets import count_limit

Words = tuple[str, str]
_COUNTED = ("expected_indicators", "unmet_demand", "closures")
_UNKNOWN = ("未能重新求解", "could not be solved again")


def marginals(answer: Answer, solver: str) -> dict[tuple[str, int], Words]:
    """Return words, Chinese and English, for the caps used up and for every count and ratio.

    By clause and year; empty for a calendar.
    """
    words: dict[tuple[str, int], Words] = {}
    if answer.problem.calendar:
        return words
    caps = {f"CAP.{cap.id}": cap for cap in answer.problem.caps}
    full = [c for c in answer.draft.clauses if c.code == "CAP" and _used_up(answer, c)]
    for clause in full:
        alike = [c for c in full if caps[c.id].product == caps[clause.id].product]
        key = clause.id, clause.year
        words[key] = _cap_words(answer, caps[clause.id], clause, alike, solver)
    if "closures" in answer.problem.scenario.question.goals:
        for clause in answer.draft.clauses:
            if clause.code in ("COUNT", "RATIO") and clause.sense in ("ceiling", "floor"):
                words[clause.id, clause.year] = _count_words(answer, clause, solver)
    return words


def _used_up(answer: Answer, clause: Clause) -> bool:
    return (
        clause.sense == "ceiling"
        and clause.limit > 0
        and clause.used(answer.solution) >= clause.upper - BINDING
    )


def _cap_words(
    answer: Answer, cap: CapLine, clause: Clause, alike: Sequence[Clause], solver: str
) -> Words:
    lines = [line for line in answer.problem.demands if line.product == cap.product]
    if any(line.handed_out is not None for line in lines):
        return (
            "按总量全额下达，放宽即相应增加下达量",
            "the whole cap is handed out: what it grows by is handed out too",
        )
    if any(line.given.from_cap for line in lines):
        return (
            "需求按控制总量取值，放宽的影响无从测算",
            "demand is taken from the cap, so that loosening it shows nothing",
        )
    unmet = _unmet_with(answer, cap, [], solver)
    alone = _unmet_with(answer, cap, [clause], solver)
    together = _unmet_with(answer, cap, alike, solver)
    if unmet is None or alone is None or together is None:
        return _UNKNOWN
    unit = cap.product.unit
    gain, joint = clean(max(0.0, unmet - alone)), clean(max(0.0, unmet - together))
    if gain > BINDING:
        return (
            f"采矿权不变时，放宽1{unit}可减少未满足需求{gain:.6g}{unit}",
            f"with the rights fixed, one unit more cuts unmet demand by {gain:.6g} units",
        )
    if joint > BINDING:
        return (
            f"采矿权不变时，须与同矿种其他用尽的控制量同时各放宽1{unit}，"
            f"可减少未满足需求{joint:.6g}{unit}",
            "with the rights fixed, one unit more of this and of the product's other full caps "
            f"cuts unmet demand by {joint:.6g} units",
        )
    return (
        f"采矿权不变时，放宽1{unit}不减少未满足需求",
        "with the rights fixed, one unit more leaves unmet demand as it is",
    )


def _unmet_with(
    answer: Answer, cap: CapLine, loosened: Sequence[Clause], solver: str
) -> float | None:
    """Least unmet demand of the cap's product with one unit more of each loosened clause."""
    draft, problem = answer.draft, answer.problem
    position = [product.name for product in problem.products].index(cap.product.name)
    unmet = draft.columns.unmet[-1, position]
    if unmet == NONE:
        return None
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
    for clause in loosened:
        engine.set_row_bounds(clause.row, clause.lower, clause.upper + 1.0)
    cost = np.zeros(len(draft.lower))
    cost[unmet] = 1.0
    found = engine.minimise(cost, gap=0.0, time_limit=problem.scenario.question.solving.time_limit)
    return found.objective if found.status is SolveStatus.OPTIMAL else None


def _count_words(answer: Answer, clause: Clause, solver: str) -> Words:
    loosened = _leaving_with(_loosened(answer.problem, clause), solver)
    if loosened is None:
        return _UNKNOWN
    fewer = _leaving(answer.problem, answer.draft, answer.solution) - loosened
    by_zh = "1个" if clause.code == "COUNT" else "1个百分点"
    by_en = "one right" if clause.code == "COUNT" else "one percentage point"
    if fewer <= 0:
        return f"放宽{by_zh}，退出数量不变", f"loosened by {by_en}, as many leave"
    return f"放宽{by_zh}，可少退出{fewer}个", f"loosened by {by_en}, {fewer} fewer leave"


def _loosened(problem: Problem, clause: Clause) -> Problem:
    """The same question with one count or ratio of the plan loosened."""
    plan, scenario = problem.plan, problem.scenario
    sign = 1 if clause.sense == "ceiling" else -1
    counts = tuple(
        c.model_copy(update={"limit": max(0, int(count_limit(problem, c)) + sign)})
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
    """Fewest rights that leave, or None where that was not proven."""
    draft = write_model(problem)
    goals = tuple(g for g in build_goals(problem, draft) if g.name.startswith(_COUNTED))
    time_limit = problem.scenario.question.solving.time_limit
    engine = open_engine(draft.program(), solver)
    try:
        stages, solution = solve_in_order(engine, goals, gap=0.0, time_limit=time_limit)
    except NoAllocationError:
        return None
    if any(stage.status is not SolveStatus.OPTIMAL for stage in stages):
        return None
    return _leaving(problem, draft, solution)


def _leaving(problem: Problem, draft: Draft, solution: Floats) -> int:
    """Rights of the register that leave without going into a merger."""
    hold = draft.columns.hold[-1]
    gone = int(np.count_nonzero(solution[hold[problem.existing]] < 0.5))
    joined = (
        len(source.members)
        for k, source in enumerate(problem.sources)
        if source.members and solution[hold[k]] > 0.5
    )
    return gone - sum(joined)
