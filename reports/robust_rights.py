"""What a robust plan decides of the rights, beside what each future's own plan would decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from minequota.optimizer.allocation import Allocation
from minequota.optimizer.robust.result import ROBUST, RobustPlan
from minequota.reports.provenance import may_be_named
from minequota.scenarios.right import Right

ISSUE, CONVERT, EXPAND, MERGE, LEAVE = "issue", "convert", "expand", "merge", "leave"
DECISIONS = (ISSUE, CONVERT, EXPAND, MERGE, LEAVE)


@dataclass(frozen=True)
class Made:
    """One decision as a plan makes it: the year, and the capacity licensed (None where none is)."""

    year: int
    capacity: float | None


@dataclass(frozen=True)
class Decision:
    """One right that any plan issues, changes or lets go.

    `plans` has the robust plan and every future's own, None where a plan does not decide it.
    `named`: a list may name it; a made-up mine is never named as one to close.
    """

    decision: str
    right: str
    name: str
    named: bool
    synthetic: bool
    county: str
    mineral: str
    size_class: str
    unit: str
    plans: Mapping[str, Made | None]

    @property
    def differs(self) -> bool:
        """Whether some plan decides otherwise than the robust one."""
        return any(made != self.plans[ROBUST] for made in self.plans.values())


def decisions(plan: RobustPlan) -> tuple[Decision, ...]:
    """Return every decision any plan makes, by kind and right."""
    answers = {ROBUST: plan.allocations[0]} | {
        future.name: own for future, own in zip(plan.futures, plan.own, strict=True)
    }
    registers = [{one.licence: one for one in f.scenario.rights} for f in plan.futures]
    found: dict[tuple[int, str], Decision] = {}
    for name, answer in answers.items():
        for key, head, made in _of_plan(answer):
            known = found.get(key)
            plans = dict(known.plans) if known else dict.fromkeys(answers)
            decided = known or _decision(key, head, registers)
            found[key] = replace(decided, plans={**plans, name: made})
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True)
class _Head:
    name: str
    synthetic: bool
    county: str
    mineral: str
    size_class: str
    unit: str


def _of_plan(answer: Allocation) -> Iterator[tuple[tuple[int, str], _Head, Made]]:
    for issued in answer.issuance:
        kind = CONVERT if issued.kind == "converted" else ISSUE
        head = _Head(
            issued.zone_name,
            issued.assumed,
            issued.county,
            issued.mineral,
            issued.size_class,
            issued.capacity_unit,
        )
        yield (DECISIONS.index(kind), issued.right), head, Made(issued.year, issued.capacity)
    for one in answer.reorganisations:
        head = _Head(
            one.name, one.synthetic, one.county, one.mineral, one.size_class, one.capacity_unit
        )
        kind = MERGE if one.kind == "merge" else EXPAND
        yield (DECISIONS.index(kind), one.right), head, Made(one.year, one.capacity)
    for action in answer.actions:
        if action.kind in ("leave_forced", "leave_chosen"):
            head = _Head(
                action.name,
                action.synthetic,
                action.county,
                action.mineral,
                action.size_class,
                action.capacity_unit,
            )
            yield (DECISIONS.index(LEAVE), action.right), head, Made(action.year, None)


def _decision(key: tuple[int, str], head: _Head, registers: list[dict[str, Right]]) -> Decision:
    at, right = key
    # Whoever may not be named in one future is not named at all.
    named = at != DECISIONS.index(LEAVE) or all(
        may_be_named(register.get(right)) for register in registers
    )
    return Decision(
        DECISIONS[at],
        right,
        head.name if named else "",
        named,
        head.synthetic,
        head.county,
        head.mineral,
        head.size_class,
        head.unit,
        {},
    )
