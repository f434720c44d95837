"""What the row of each clause must say, recomputed from the inputs and the state described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minequota.optimizer.verify.balance import unmet
from minequota.optimizer.verify.candidates import rights_left
from minequota.optimizer.verify.caps import cap_missed, cap_used, cap_verdict
from minequota.optimizer.verify.caps_in import is_whole_given
from minequota.optimizer.verify.exchanges import swapped
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.scopes import in_scope, is_in_scope
from minequota.optimizer.verify.senses import miss, verdict
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import COUNTED, numbers
from minequota.optimizer.verify.tolerance import FIGURE, RELATIVE_GRAIN
from minequota.optimizer.verify.tolerance import amount as amount_tolerance
from minequota.optimizer.verify.zones import in_zone, zone_used

Key = tuple[str, int]


@dataclass(frozen=True)
class Clause:
    """What one row must say.

    `limit` is None where a figure is still to be handed down. `grain` is the smallest change of
    `used`: a slack below it may be called binding. The two ends of `synthetic` are "some of what
    is used is synthetic" and "some right that the clause speaks of is": between them the flag may
    be either. `anybody` is whether the clause speaks of any right or candidate; where it does not,
    it may be said to apply or not.
    """

    limit: float | None
    used: float
    missed: float
    sense: str
    verdict: str
    grain: float
    close: float
    synthetic: tuple[bool, bool]
    anybody: bool = True
    attribute: str | None = None
    band: float = 0.0


def _concerned(
    inputs: Inputs, reckoning: Reckoning, year: int, facts: Mapping[str, object]
) -> dict[str, Any]:
    """Return `synthetic` and `anybody` of a clause on the output of rights with these facts."""

    def spoken_of(row: Row) -> bool:
        return all(row[name] == value for name, value in facts.items())

    rights = [row for row in inputs.right.values() if spoken_of(row)]
    others = [
        row for row in (*inputs.candidate.values(), *inputs.merger.values()) if spoken_of(row)
    ]
    running = [
        row
        for row in rows_of(reckoning.output)
        if row["year"] == year
        and row["origin"] == "register"
        and spoken_of(row)
        and row["amount"] > 0
    ]
    return {
        "synthetic": (
            any(row["synthetic"] for row in running),
            any(row["synthetic"] for row in (*rights, *others)),
        ),
        "anybody": bool(rights) or bool(others),
    }


def cap_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return the clauses of caps, of counties without allotment, and of figures from above."""
    clauses = {}
    for key, cap in inputs.cap.items():
        used = cap_used(cap, reckoning)
        facts = {"product": cap["product"]}
        facts |= {name: cap[name] for name in ("county", "use") if cap[name]}
        clauses[key] = Clause(
            limit=cap["limit"],
            used=used,
            missed=cap_missed(cap, used),
            sense=cap["sense"],
            verdict=cap_verdict(cap, used),
            grain=cap["step"],
            close=amount_tolerance(cap["step"]),
            attribute=cap["attribute"],
            band=cap["tolerance"] * cap["limit"],
            **_concerned(inputs, reckoning, key[1], facts),
        )
    return clauses


def awaited_clauses(inputs: Inputs) -> dict[Key, Clause]:
    """Return the clauses whose figure is still to be handed down, to all or to some counties."""
    clauses = {}
    plan = inputs.scenario.plan
    for year in inputs.horizon.years:
        for handed in plan.handed_down:
            if year not in handed.years:
                continue
            rows = (*inputs.right.values(), *inputs.candidate.values(), *inputs.merger.values())
            waiting = any(
                row["product"] == handed.product
                and inputs.awaits(year, handed.product, row["county"], row["use"])
                for row in rows
            )
            if waiting or not is_whole_given(inputs.scenario, handed.product, year):
                clauses[f"CAP.{handed.id}", year] = Clause(
                    limit=None,
                    used=0.0,
                    missed=0.0,
                    sense="ceiling",
                    verdict="not_judged",
                    grain=0.0,
                    close=FIGURE,
                    synthetic=(False, True),
                    anybody=waiting,
                    attribute=handed.attribute,
                )
    return clauses


def _of_frames(inputs: Inputs, reckoning: Reckoning, clause: Row) -> dict[str, Any]:
    """Return `synthetic` and `anybody` of a clause on the number of rights."""
    scope = clause["scope"]
    held = in_scope(reckoning.held(clause["year"]), scope)
    held = held[held["origin"] == "register"]
    rights = in_scope(inputs.rights, scope)
    others = [in_scope(one, scope) for one in (inputs.candidates, inputs.mergers)]
    return {
        "synthetic": (
            bool(held["synthetic"].any()),
            any(bool(one["synthetic"].any()) for one in (rights, *others)),
        ),
        "anybody": any(len(one) for one in (rights, *others)),
    }


def count_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return the clauses of counts, ratios and holders, in rights or holders."""
    clauses = {}
    for key, clause in inputs.count.items():
        if clause["code"] not in COUNTED:
            continue
        found = numbers(clause, inputs, reckoning)
        clauses[key] = Clause(
            limit=found.limit,
            used=found.used,
            missed=found.missed,
            sense=clause["sense"],
            verdict=_verdict(clause, found.used, found.limit, found.missed),
            grain=1.0,
            close=FIGURE,
            attribute=clause["attribute"],
            band=clause["tolerance"] * found.limit,
            **_of_frames(inputs, reckoning, clause),
        )
    return clauses


def _verdict(clause: Row, used: float, limit: float, missed: float) -> str:
    return verdict(clause["sense"], used, limit, missed, clause["hoped"])


def exchange_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return the clauses of exchanges: what enters and still stands, against what stood."""
    clauses = {}
    for key, clause in inputs.count.items():
        if clause["code"] != "EXCHANGE":
            continue
        found = swapped(clause, inputs, reckoning)
        leaving = [row for row in inputs.right.values() if is_in_scope(row, clause["leaving"])]
        limit = clause["ratio"] * len(leaving)
        used = found.entered + limit - found.room
        missed = miss(clause["sense"], used, limit, clause["tolerance"])
        clauses[key] = Clause(
            limit=limit,
            used=used,
            missed=missed,
            sense=clause["sense"],
            verdict=_verdict(clause, used, limit, missed),
            grain=min(1.0, clause["ratio"]),
            close=FIGURE,
            synthetic=(False, any(row["synthetic"] for row in inputs.right.values())),
            anybody=bool(leaving)
            or any(is_in_scope(row, clause["entering"]) for row in inputs.candidate.values()),
            attribute=clause["attribute"],
            band=clause["tolerance"] * limit,
        )
    return clauses


def zone_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return the clauses of zones: their numbers at each year's end, and limits on them."""
    clauses = {}
    occupied = {row["zone"] for row in inputs.candidate.values()}
    for year in inputs.horizon.years:
        for zone in inputs.scenario.plan.zones:
            clauses[f"ZONE.{zone.code}", year] = Clause(
                limit=float(rights_left(inputs.scenario, zone)),
                used=float(in_zone(reckoning, zone.code, year)),
                missed=0.0,
                sense="ceiling",
                verdict="met",
                grain=1.0,
                close=FIGURE,
                synthetic=(False, any(one["synthetic"] for one in inputs.candidate.values())),
                anybody=zone.code in occupied,
                attribute="binding",
            )
    for key, limit in inputs.count.items():
        if limit["code"] == "ZONE":
            clauses[key] = _zone_limit(inputs, reckoning, limit)
    return clauses


def _zone_limit(inputs: Inputs, reckoning: Reckoning, limit: Row) -> Clause:
    used = zone_used(limit, inputs, reckoning)
    missed = miss(limit["sense"], used, limit["limit"], limit["tolerance"])
    rows = (*inputs.right.values(), *inputs.candidate.values(), *inputs.merger.values())
    inside = [row for row in rows if row["zone"] in limit["zones"]]
    return Clause(
        limit=limit["limit"],
        used=used,
        missed=missed,
        sense=limit["sense"],
        verdict=_verdict(limit, used, limit["limit"], missed),
        grain=RELATIVE_GRAIN * max(1.0, limit["limit"]),
        close=FIGURE,
        synthetic=(False, any(row["synthetic"] for row in inside)),
        anybody=bool(inside),
        attribute=limit["attribute"],
        band=limit["tolerance"] * limit["limit"],
    )


def demand_clauses(inputs: Inputs, records: Records, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return the clauses of demand."""
    clauses = {}
    for (product, year), asked in inputs.asked.items():
        missed = unmet(inputs, records, reckoning, product, year)
        used = reckoning.made(year, product) + asked["imports"] + asked["by_product"]
        if asked["waste"]:
            # What by-products supply stands in the balance; what meets demand is what is told.
            used = asked["demand"] - missed
        close = amount_tolerance(asked["step"])
        facts = _concerned(inputs, reckoning, year, {"product": product})
        clauses[f"DEMAND.{product}", year] = Clause(
            limit=asked["demand"],
            used=used,
            missed=missed,
            sense="floor",
            verdict=verdict("floor", used, asked["demand"], missed, None),
            grain=asked["step"],
            close=close,
            attribute="scenario",
            **facts,
        )
    return clauses


def _all(inputs: Inputs, records: Records, reckoning: Reckoning) -> Iterator[dict[Key, Clause]]:
    yield cap_clauses(inputs, reckoning)
    yield awaited_clauses(inputs)
    yield count_clauses(inputs, reckoning)
    yield exchange_clauses(inputs, reckoning)
    yield zone_clauses(inputs, reckoning)
    yield demand_clauses(inputs, records, reckoning)


def all_clauses(inputs: Inputs, records: Records, reckoning: Reckoning) -> dict[Key, Clause]:
    """Return every clause by its id and year."""
    return {key: one for part in _all(inputs, records, reckoning) for key, one in part.items()}
