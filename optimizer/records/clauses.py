"""How each clause was kept: one line for every clause, year by year, and for every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from minequota.optimizer.allocation import RuleUse
from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.draft import Clause
from minequota.optimizer.problem import DemandLine
from minequota.optimizer.records.balance import gap_of
from minequota.optimizer.records.sizes import class_of
from minequota.optimizer.records.verdict import verdict_of
from minequota.optimizer.rules import RULES
from minequota.scenarios.plan import HandedDown, Ratio

Marginals = Mapping[tuple[str, int], tuple[str, str]]
_BY_CLAUSE = ("CAP", "ZONE", "COUNT", "RATIO", "HOLDER", "EXCHANGE", "DEMAND")


def rule_uses(answer: Answer, marginals: Marginals) -> tuple[RuleUse, ...]:
    """Return one line per clause and year, then one per rule that has a line for every right."""
    in_force = (
        line
        for year in answer.years
        for line in (
            *(_clause(answer, c, marginals) for c in answer.draft.clauses if c.year == year),
            *(_awaited(answer, one, year) for one in answer.problem.awaited(year)),
        )
        if line is not None
    )
    return (*in_force, *_rules(answer))


def _awaited(answer: Answer, one: HandedDown, year: int) -> RuleUse | None:
    """The line of a figure nobody has handed down yet; None once somebody has."""
    waiting = [s for s in answer.problem.sources if answer.problem.awaiting(s, year) is one]
    given = any(
        line.product == one.product and line.year == year
        for line in answer.problem.scenario.question.caps_from_above
    )
    if given and not waiting:
        return None
    return RuleUse(
        year=year,
        code="CAP",
        clause=f"CAP.{one.id}",
        title_zh=one.title.zh,
        title_en=one.title.en,
        attribute=one.attribute,
        sense="ceiling",
        limit=None,
        used=0.0,
        slack=None,
        unit=answer.problem.plan.product(one.product).unit,
        binding=bool(waiting),
        missed_by=0.0,
        verdict="not_judged",
        applies=bool(waiting),
        reach=None,
        rests_on_synthetic=False,
        marginal="",
        marginal_en="",
        source=f"{one.source}（{one.issuer}下达）",
    )


def _clause(answer: Answer, clause: Clause, marginals: Marginals) -> RuleUse:
    used, limit, missed = _figures(answer, clause)
    slack = _slack(answer, clause, used, limit)
    words = marginals.get((clause.id, clause.year), ("", ""))
    # A blank county's zero without any mine of that mineral there is kept by nobody's effort.
    applies = clause.code == "DEMAND" or len(clause.index) > 0
    cap = next((c for c in answer.problem.caps if f"CAP.{c.id}" == clause.id), None)
    return RuleUse(
        year=clause.year,
        code=clause.code,
        clause=clause.id,
        title_zh=clause.title_zh,
        title_en=clause.title_en,
        # What is demanded is asked by the scenario; the plan sets nothing there.
        attribute="scenario" if clause.code == "DEMAND" else clause.attribute,
        sense=clause.sense,
        limit=clean(limit),
        used=clean(used),
        slack=clean(slack),
        unit=clause.unit if clause.code != "RATIO" else "%",
        binding=applies and clause.sense != "forecast" and _tight(answer, clause),
        missed_by=clean(missed),
        verdict=verdict_of(
            clause.sense,
            missed=missed,
            used=used,
            limit=limit,
            hoped=cap.hoped if cap is not None else None,
            judged=cap.judged if cap is not None else True,
        )
        if applies
        else "none",
        applies=applies,
        reach=None,
        rests_on_synthetic=_on_synthetic(answer, clause),
        marginal=words[0],
        marginal_en=words[1],
        source=clause.source,
    )


def _slack(answer: Answer, clause: Clause, used: float, limit: float) -> float:
    """Room a clause leaves, negative where it is missed; a forecast is only compared."""
    if clause.sense in ("ceiling", "forecast"):
        return limit - used
    if clause.sense == "floor":
        return used - limit
    if clause.code == "RATIO":
        return 100 * _band(answer, clause) - abs(used - limit)
    band = clause.upper - clause.limit if clause.code != "DEMAND" else 0.0
    return band - abs(used - limit)


def _band(answer: Answer, clause: Clause) -> float:
    """How far a ratio "about" a share may stray from it; 0 for any other."""
    ratio = _ratio(answer, clause)
    return (ratio.tolerance or 0.0) * clause.limit if ratio.sense == "about" else 0.0


def _ratio(answer: Answer, clause: Clause) -> Ratio:
    return next(r for r in answer.problem.plan.ratios if f"RATIO.{r.id}" == clause.id)


def _demand(answer: Answer, clause: Clause) -> DemandLine:
    return next(
        one
        for one in answer.problem.demands_in(clause.year)
        if f"DEMAND.{one.product.name}" == clause.id
    )


def _figures(answer: Answer, clause: Clause) -> tuple[float, float, float]:
    """Used, limit and miss as the plan would print them: a ratio as a percentage."""
    if clause.code == "DEMAND":
        line = _demand(answer, clause)
        gap = gap_of(answer, line)
        return line.amount - max(0.0, gap), line.amount, max(0.0, gap)
    if clause.code != "RATIO":
        return clause.used(answer.solution), clause.limit, clause.missed(answer.solution)
    share = ratio_reached(answer, clause)
    missed = {"floor": clause.limit - share, "ceiling": share - clause.limit}.get(clause.sense)
    if missed is None:
        missed = abs(share - clause.limit) - _band(answer, clause)
    return 100 * share, 100 * clause.limit, 100 * max(0.0, missed)


def ratio_reached(answer: Answer, clause: Clause) -> float:
    """Large and medium rights over all rights of the clause's scope; 1 where none is held."""
    large, held = _counted(answer, clause)
    return large / held if held else 1.0


def _counted(answer: Answer, clause: Clause) -> tuple[int, int]:
    """Large and medium rights, and all rights, of a ratio's scope, counted anew."""
    scope = answer.problem.in_scope(_ratio(answer, clause).scope)
    y = answer.years.index(clause.year)
    held = [m for m in range(len(scope)) if scope[m] and answer.held(m, y)]
    return sum(1 for m in held if class_of(answer, m, y) != "small"), len(held)


def _tight(answer: Answer, clause: Clause) -> bool:
    """Whether the clause leaves no room. A ratio is tight when one right less would break it."""
    if clause.code == "DEMAND":
        return gap_of(answer, _demand(answer, clause)) > BINDING
    scale = BINDING * max(1.0, abs(clause.limit))
    if clause.code == "RATIO":
        # Recounted: the model need not mark a right as large where the ratio does not ask for it.
        large, held = _counted(answer, clause)
        used, band = large - clause.limit * held, _band(answer, clause) * held
        return min(used - clause.lower, clause.upper - used) + band < 1.0 - scale
    used = clause.used(answer.solution)
    return min(used - clause.lower, clause.upper - used) <= scale


def _on_synthetic(answer: Answer, clause: Clause) -> bool:
    """Whether any right the clause adds up has a field the program made up."""
    if clause.code == "HOLDER":
        return _holders_on_synthetic(answer, clause)
    y, synthetic = answer.years.index(clause.year), answer.problem.on_synthetic
    columns = answer.draft.columns
    made_up = np.zeros(len(answer.solution) + 1, dtype=bool)
    made_up[columns.hold[y, synthetic]] = made_up[columns.output[y, synthetic]] = True
    # `NONE` marked the entry after the last, which no clause speaks of.
    return bool(made_up[clause.index].any())


def _holders_on_synthetic(answer: Answer, clause: Clause) -> bool:
    limit = next(h for h in answer.problem.plan.holder_limits if f"HOLDER.{h.id}" == clause.id)
    scope = answer.problem.in_scope(limit.scope)
    return any(
        source.right is not None and source.right.synthetic
        for source, inside in zip(answer.problem.sources, scope, strict=True)
        if inside
    )


def _rules(answer: Answer) -> Iterator[RuleUse]:
    reached = {reach.code: reach.rights for reach in answer.draft.reaches}
    for rule in RULES:
        count = reached.get(rule.code, 0)
        if rule.code in _BY_CLAUSE and count:
            continue
        yield RuleUse(
            year=answer.years[-1],
            code=rule.code,
            clause=rule.code,
            title_zh=rule.title_zh,
            title_en=rule.title_en,
            attribute=rule.kind,
            sense="",
            limit=None,
            used=None,
            slack=None,
            unit=rule.unit,
            binding=False,
            missed_by=0.0,
            verdict="none",
            applies=count > 0,
            reach=count,
            rests_on_synthetic=bool(answer.problem.on_synthetic.any()),
            marginal="",
            marginal_en="",
            source=rule.source,
        )
