"""From an answer in numbers to the `Allocation` that is handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from minequota.optimizer.allocation import Allocation, GoalResult, Rounding, SolveStatus
from minequota.optimizer.answer import Answer
from minequota.optimizer.records.balance import balance
from minequota.optimizer.records.caps import cap_uses
from minequota.optimizer.records.clauses import rule_uses
from minequota.optimizer.records.flows import flows
from minequota.optimizer.records.quotas import quotas
from minequota.optimizer.records.rights import actions, issuance, reorganisations
from minequota.optimizer.records.structure import structure, total_structure
from minequota.optimizer.sensitivity import Words

_ORDER = list(SolveStatus)


def compose(
    answer: Answer,
    solver: str,
    goals: Sequence[GoalResult],
    worth: Mapping[tuple[str, int], Words],
    *,
    rounding: tuple[Rounding, ...] = (),
    notes: tuple[str, ...] = (),
    seconds: Mapping[str, float] | None = None,
) -> Allocation:
    """Return the records of an answer.

    Parameters
    ----------
    answer
        A solution of all goals.
    solver
        Who found it.
    goals
        What each goal reached, in the order solved.
    worth
        By clause and year: what one more unit of it would change.
    rounding, notes, seconds
        As `Allocation` has them.
    """
    return replace(
        outline(answer, solver, goals),
        quotas=quotas(answer),
        structure=structure(answer),
        rules=rule_uses(answer, worth),
        flows=flows(answer),
        rounding=rounding,
        notes=notes,
        seconds=seconds or {},
    )


def outline(answer: Answer, solver: str, goals: Sequence[GoalResult]) -> Allocation:
    """Return the records that say what an answer comes to: no allocation to hand over.

    Quotas, shipments and counts by county are left out.
    """
    question = answer.problem.scenario.question
    return Allocation(
        status=max((result.status for result in goals), key=_ORDER.index),
        mode=question.mode,
        year=question.year,
        years=answer.problem.years,
        solver=solver,
        goals=tuple(goals),
        quotas=(),
        issuance=issuance(answer),
        actions=actions(answer),
        reorganisations=reorganisations(answer),
        caps=cap_uses(answer),
        structure=total_structure(answer),
        balance=balance(answer),
        rules=rule_uses(answer, {}),
        flows=(),
        rounding=(),
    )
