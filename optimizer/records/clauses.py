"""How each clause was kept: caps, balance, and one line for every clause and rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from minequota.optimizer.allocation import BalanceLine, CapUse, RuleUse
from minequota.optimizer.answer import BINDING, Answer, clean
from minequota.optimizer.draft import NONE, Clause
from minequota.optimizer.rules import RULES
from minequota.scenarios.units import Quantity

Marginals = Mapping[str, tuple[str, str]]
_BY_CLAUSE = ("CAP", "ZONE", "COUNT", "RATIO", "DEMAND")


def cap_uses(answer: Answer) -> tuple[CapUse, ...]:
    """Return every cap and how much of it is used."""
    clauses = {clause.id: clause for clause in answer.draft.clauses}
    lines = []
    for cap in answer.problem.caps:
        used = clean(clauses[f"CAP.{cap.id}"].used(answer.solution))
        lines.append(
            CapUse(
                clause=f"CAP.{cap.id}",
                product=cap.product.name,
                county=cap.county or "",
                attribute=cap.attribute,
                sense=cap.sense,
                limit=clean(cap.net),
                held_back=clean(cap.held_back),
                used=used,
                unit=cap.product.unit,
                basis=cap.product.basis,
                plan_limit=cap.plan_amount,
                plan_used=Quantity(used, cap.product.unit).to(cap.plan_unit),
                plan_unit=cap.plan_unit,
                source=cap.source,
            )
        )
    return tuple(lines)


def balance(answer: Answer) -> tuple[BalanceLine, ...]:
    """Return supply against demand for every product with a demand."""
    lines = []
    for line in answer.problem.demands:
        members = [
            m
            for m, source in enumerate(answer.problem.sources)
            if source.product is not None and source.product.name == line.product.name
        ]
        old = sum(answer.output(m) for m in members if answer.problem.existing[m])
        new = sum(answer.output(m) for m in members if not answer.problem.existing[m])
        gap = line.amount - line.imports - line.by_product - old - new
        lines.append(
            BalanceLine(
                product=line.product.name,
                unit=line.product.unit,
                basis=line.product.basis,
                demand=clean(line.amount),
                production_existing=clean(old),
                production_new=clean(new),
                imports=clean(line.imports),
                by_product=clean(line.by_product),
                unmet=clean(max(0.0, gap)),
                surplus=clean(max(0.0, -gap)),
                from_cap=line.given.from_cap,
                assumed=line.given.assumed,
                source=line.given.source,
            )
        )
    return tuple(lines)


def rule_uses(answer: Answer, marginals: Marginals) -> tuple[RuleUse, ...]:
    """Return one line per clause, and one per rule that has a line for every right."""
    return (
        *(_clause(answer, clause, marginals) for clause in answer.draft.clauses),
        *_rules(answer),
    )


def _clause(answer: Answer, clause: Clause, marginals: Marginals) -> RuleUse:
    used, limit, missed = _figures(answer, clause)
    slack = _slack(answer, clause, used, limit)
    words = marginals.get(clause.id, ("", ""))
    # A blank county's zero without any mine of that mineral there is kept by nobody's effort.
    applies = clause.code == "DEMAND" or len(clause.index) > 0
    return RuleUse(
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
    band = clause.upper - clause.limit if clause.code in ("CAP", "COUNT") else 0.0
    return band - abs(used - limit)


def _band(answer: Answer, clause: Clause) -> float:
    """How far a ratio "about" a share may stray from it; 0 for any other."""
    ratio = next(r for r in answer.problem.plan.ratios if f"RATIO.{r.id}" == clause.id)
    return (ratio.tolerance or 0.0) * ratio.share if ratio.sense == "about" else 0.0


def _figures(answer: Answer, clause: Clause) -> tuple[float, float, float]:
    """Used, limit and miss as the plan would print them: a ratio as a percentage."""
    if clause.code == "DEMAND":
        line = next(
            one for one in answer.problem.demands if f"DEMAND.{one.product.name}" == clause.id
        )
        gap = balance_gap(answer, clause)
        return line.amount - max(0.0, gap), line.amount, max(0.0, gap)
    if clause.code != "RATIO":
        return clause.used(answer.solution), clause.limit, clause.missed(answer.solution)
    share = ratio_reached(answer, clause)
    missed = {"floor": clause.limit - share, "ceiling": share - clause.limit}.get(clause.sense)
    if missed is None:
        missed = abs(share - clause.limit) - _band(answer, clause)
    return 100 * share, 100 * clause.limit, 100 * max(0.0, missed)


def balance_gap(answer: Answer, clause: Clause) -> float:
    """Demand that nothing meets: what the row's outputs leave of its limit."""
    unmet, surplus = clause.index[-2], clause.index[-1]
    produced = clause.used(answer.solution) - answer.solution[unmet] + answer.solution[surplus]
    return clean(clause.lower - produced)


def ratio_reached(answer: Answer, clause: Clause) -> float:
    """Large and medium rights over all rights of the clause's scope; 1 where none is held."""
    large, held = _counted(answer, clause)
    return large / held if held else 1.0


def _counted(answer: Answer, clause: Clause) -> tuple[int, int]:
    """Large and medium rights, and all rights, of a ratio's scope, counted anew."""
    ratio = next(r for r in answer.problem.plan.ratios if f"RATIO.{r.id}" == clause.id)
    scope = answer.problem.in_scope(ratio.scope)
    held = [m for m in range(len(scope)) if scope[m] and answer.held(m)]
    return sum(1 for m in held if _is_large_or_medium(answer, m)), len(held)


def _is_large_or_medium(answer: Answer, m: int) -> bool:
    source = answer.problem.sources[m]
    if source.large_or_medium is not None:
        return source.large_or_medium
    boundary = source.class_boundary
    return boundary is not None and answer.size(m) * source.factor >= boundary - BINDING


def _tight(answer: Answer, clause: Clause) -> bool:
    """Whether the clause leaves no room. A ratio is tight when one right less would break it."""
    if clause.code == "DEMAND":
        return balance_gap(answer, clause) > BINDING
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
    columns = set(clause.index.tolist())
    hold, output = answer.draft.columns.hold[-1], answer.draft.columns.output[-1]
    return any(
        source.right is not None
        and source.right.synthetic
        and (int(hold[m]) in columns or (output[m] != NONE and int(output[m]) in columns))
        for m, source in enumerate(answer.problem.sources)
    )


def _rules(answer: Answer) -> Iterator[RuleUse]:
    reached = {reach.code: reach.rights for reach in answer.draft.reaches}
    for rule in RULES:
        count = reached.get(rule.code, 0)
        if rule.code in _BY_CLAUSE and count:
            continue
        yield RuleUse(
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
            applies=count > 0,
            reach=count,
            rests_on_synthetic=any(r.synthetic for r in answer.problem.scenario.rights),
            marginal="",
            marginal_en="",
            source=rule.source,
        )
