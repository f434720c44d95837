"""How much of every cap is used, year by year."""

from __future__ import annotations

from minequota.optimizer.allocation import CapUse
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.draft import Clause
from minequota.optimizer.problem import CapLine
from minequota.optimizer.records.verdict import verdict_of
from minequota.scenarios.units import Quantity


def cap_uses(answer: Answer) -> tuple[CapUse, ...]:
    """Return every cap in every year it holds, and how much of it is used."""
    caps = {f"CAP.{cap.id}": cap for cap in answer.problem.caps}
    return tuple(
        _use(answer, clause, caps[clause.id])
        for clause in answer.draft.clauses
        if clause.code == "CAP"
    )


def _use(answer: Answer, clause: Clause, cap: CapLine) -> CapUse:
    used = clean(clause.used(answer.solution))
    return CapUse(
        year=clause.year,
        clause=clause.id,
        product=cap.product.name,
        county=cap.county or "",
        attribute=cap.attribute,
        sense=cap.sense,
        limit=clean(cap.net),
        held_back=clean(cap.held_back),
        used=used,
        unit=cap.product.unit,
        basis=cap.basis,
        use=cap.use,
        verdict=verdict_of(
            cap.sense,
            missed=clause.missed(answer.solution),
            used=used,
            limit=cap.net,
            hoped=cap.hoped,
            judged=cap.judged,
        ),
        plan_limit=cap.plan_amount,
        plan_used=Quantity(used, cap.product.unit).to(cap.plan_unit),
        plan_unit=cap.plan_unit,
        source=cap.source,
    )
