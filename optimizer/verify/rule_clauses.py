"""What the row of each clause must say, recomputed from the inputs and the state described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minequota.optimizer.verify.balance import unmet
from minequota.optimizer.verify.caps import cap_used
from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning, in_scope
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.structure import numbers
from minequota.optimizer.verify.tolerance import FIGURE
from minequota.optimizer.verify.tolerance import amount as amount_tolerance


@dataclass(frozen=True)
class Clause:
    """What one row must say.

    `grain` is the smallest change of `used`: a slack below it may be called binding. The two
    ends of `synthetic` are "some of what is used is synthetic" and "some right that the clause
    speaks of is": between them the flag may be either. `anybody` is whether the clause speaks of
    any right or candidate; where it does not, it may be said to apply or not.
    """

    limit: float
    used: float
    missed: float
    sense: str
    grain: float
    close: float
    synthetic: tuple[bool, bool]
    anybody: bool = True
    attribute: str | None = None
    band: float = 0.0


def _concerned(
    inputs: Inputs, reckoning: Reckoning, product: str, county: object = None
) -> dict[str, Any]:
    """Return `synthetic` and `anybody` of a clause on one product, in one county where given."""

    def spoken_of(row: dict[str, Any]) -> bool:
        in_county = not isinstance(county, str) or row["county"] == county
        return row["product"] == product and in_county

    rights = [row for row in inputs.right.values() if spoken_of(row)]
    running = [row for row in rows_of(reckoning.output) if spoken_of(row) and row["amount"] > 0]
    return {
        "synthetic": (
            any(row["synthetic"] for row in running),
            any(row["synthetic"] for row in rights),
        ),
        "anybody": bool(rights) or any(spoken_of(row) for row in inputs.candidate.values()),
    }


def cap_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    """Return the clauses of caps and of counties without allotment."""
    clauses = {}
    for name, cap in inputs.cap.items():
        used = cap_used(cap, reckoning)
        clauses[name] = Clause(
            limit=cap["limit"],
            used=used,
            missed=miss(cap["sense"], used, cap["limit"], cap["tolerance"]),
            sense=cap["sense"],
            grain=cap["step"],
            close=amount_tolerance(cap["step"]),
            attribute=cap["attribute"],
            band=cap["tolerance"] * cap["limit"],
            **_concerned(inputs, reckoning, cap["product"], cap["county"]),
        )
    return clauses


def count_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    """Return the clauses of counts and ratios, in rights."""
    clauses = {}
    for name, clause in inputs.count.items():
        found = numbers(clause, inputs, reckoning)
        held = in_scope(reckoning.all_held, clause["scope"])
        rights = in_scope(inputs.rights, clause["scope"])
        candidates = in_scope(inputs.candidates, clause["scope"])
        clauses[name] = Clause(
            limit=found.limit,
            used=found.used,
            missed=found.missed,
            sense=clause["sense"],
            grain=1.0,
            close=FIGURE,
            synthetic=(bool(held["synthetic"].any()), bool(rights["synthetic"].any())),
            anybody=bool(len(rights) + len(candidates)),
            attribute=clause["attribute"],
            band=clause["tolerance"] * found.limit,
        )
    return clauses


def zone_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    """Return the clauses of zones."""
    used = reckoning.issued["zone"].value_counts()
    return {
        f"ZONE.{zone.code}": Clause(
            limit=float(zone.rights),
            used=float(used.get(zone.code, 0)),
            missed=0.0,
            sense="ceiling",
            grain=1.0,
            close=FIGURE,
            synthetic=(False, False),
            anybody=zone.rights > 0,
        )
        for zone in inputs.scenario.plan.zones
    }


def demand_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    """Return the clauses of demand."""
    return {
        f"DEMAND.{product}": Clause(
            limit=asked["demand"],
            used=reckoning.made(product) + asked["imports"] + asked["by_product"],
            missed=unmet(inputs, reckoning, product),
            sense="floor",
            grain=asked["step"],
            close=amount_tolerance(asked["step"]),
            attribute="scenario",
            **_concerned(inputs, reckoning, product),
        )
        for product, asked in inputs.asked.items()
    }


def all_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    """Return every clause of the year by its id."""
    return {
        **cap_clauses(inputs, reckoning),
        **count_clauses(inputs, reckoning),
        **zone_clauses(inputs, reckoning),
        **demand_clauses(inputs, reckoning),
    }
