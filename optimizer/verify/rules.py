"""The table of clauses: what each allows, what is used of it, whether it binds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from minequota.optimizer.verify.balance import unmet
from minequota.optimizer.verify.caps import cap_used
from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning, in_scope
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import numbers
from minequota.optimizer.verify.tolerance import AMOUNT, FIGURE, same
from minequota.optimizer.verify.tolerance import amount as amount_tolerance

CODES = (
    "CAP",
    "CAPACITY",
    "MINSCALE",
    "BAN",
    "ZONE",
    "COUNT",
    "RATIO",
    "RESERVE",
    "STATUS",
    "RENEW",
    "DEMAND",
)
#: Codes whose rows are clauses of the plan or question, one each.
BY_CLAUSE = ("CAP", "COUNT", "RATIO", "ZONE", "DEMAND")


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


def _cap_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    clauses = {}
    for name, cap in inputs.caps.iterrows():
        used = cap_used(cap, reckoning)
        county = cap["county"] if isinstance(cap["county"], str) else None
        output = reckoning.output[reckoning.output["product"] == cap["product"]]
        rights = inputs.rights[inputs.rights["product"] == cap["product"]]
        places = inputs.candidates.loc[inputs.candidates["product"] == cap["product"], "county"]
        if county is not None:
            output = output[output["county"] == county]
            rights = rights[rights["county"] == county]
            places = places[places == county]
        running = output[output["amount"] > 0]
        clauses[str(name)] = Clause(
            limit=cap["limit"],
            used=used,
            missed=miss(cap["sense"], used, cap["limit"], cap["tolerance"]),
            sense=cap["sense"],
            grain=cap["step"],
            close=amount_tolerance(cap["step"]),
            synthetic=(bool(running["synthetic"].any()), bool(rights["synthetic"].any())),
            anybody=bool(len(rights) + len(places)),
            attribute=cap["attribute"],
            band=cap["tolerance"] * cap["limit"],
        )
    return clauses


def _count_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    clauses = {}
    for name, clause in inputs.counts.iterrows():
        found = numbers(clause, inputs, reckoning)
        held = in_scope(reckoning.all_held(), clause["scope"])
        rights = in_scope(inputs.rights, clause["scope"])
        candidates = in_scope(inputs.candidates, clause["scope"])
        clauses[str(name)] = Clause(
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


def _zone_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
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


def _demand_clauses(inputs: Inputs, reckoning: Reckoning) -> dict[str, Clause]:
    clauses = {}
    for name, asked in inputs.demand.iterrows():
        product = str(name)
        output = reckoning.output[reckoning.output["product"] == product]
        running = output[output["amount"] > 0]
        rights = inputs.rights[inputs.rights["product"] == product]
        anybody = len(rights) + int((inputs.candidates["product"] == product).sum())
        supply = reckoning.made(product) + asked["imports"] + asked["by_product"]
        clauses[f"DEMAND.{product}"] = Clause(
            limit=asked["demand"],
            used=supply,
            missed=unmet(inputs, reckoning, product),
            sense="floor",
            grain=asked["step"],
            close=amount_tolerance(asked["step"]),
            synthetic=(bool(running["synthetic"].any()), bool(rights["synthetic"].any())),
            anybody=bool(anybody),
        )
    return clauses


def _slack(clause: Clause) -> float:
    if clause.sense == "floor":
        return clause.used - clause.limit
    if clause.sense == "level":
        return -abs(clause.used - clause.limit)
    if clause.sense == "about":
        return clause.band - abs(clause.used - clause.limit)
    return clause.limit - clause.used


def _shown_as_share(row: Any, clause: Clause, share: float, held: int) -> Clause:
    """Return a ratio's clause in the terms its row uses: rights, a share, or percent."""
    for scale, stated in ((1.0, share), (100.0, 100 * share)):
        if held and same(row["limit"], stated) and not same(stated, clause.limit):
            used = scale * clause.used / held
            missed = clause.missed
            if not same(row["missed_by"], missed):
                missed = miss(clause.sense, used, stated, 0.0)
            return Clause(
                limit=stated,
                used=used,
                missed=missed,
                sense=clause.sense,
                grain=scale / held,
                close=FIGURE,
                synthetic=clause.synthetic,
                attribute=clause.attribute,
                band=clause.band * scale / held,
            )
    return clause


def _figure_faults(where: str, row: Any, clause: Clause) -> list[Fault]:
    slack = _slack(clause)
    slacks = (slack, -slack) if where.startswith("DEMAND.") else (slack,)
    faults = [
        fault(f"rule_{name}", where, found=row[name], expected=figure)
        for name, figure in (("limit", clause.limit), ("used", clause.used))
        if not same(row[name], figure, clause.close)
    ]
    if not any(same(row["slack"], one, clause.close) for one in slacks):
        faults.append(fault("rule_slack", where, found=row["slack"], expected=slack))
    if not same(row["missed_by"], clause.missed, clause.close):
        faults.append(fault("rule_missed", where, found=row["missed_by"], expected=clause.missed))
    return faults


def _idle_faults(where: str, row: Any) -> list[Fault]:
    """Return what a rule that applies to nobody claims to do all the same."""
    if row["binding"] or row["missed_by"]:
        return [fault("rule_binding", where, found=True, expected=False, slack=math.nan)]
    return []


def _flag_faults(where: str, row: Any, clause: Clause) -> list[Fault]:
    if not row["applies"]:
        if clause.anybody:
            return [fault("rule_applies", where, found=False, expected=True)]
        return _idle_faults(where, row)
    faults = []
    slack = _slack(clause)
    touching = abs(slack) <= clause.close
    apart = slack >= clause.grain
    if clause.sense == "forecast":
        touching, apart = False, True
    free = where.startswith("DEMAND.")
    if not free and ((touching and not row["binding"]) or (apart and row["binding"])):
        faults.append(
            fault("rule_binding", where, found=row["binding"], expected=touching, slack=slack)
        )
    some, any_at_all = clause.synthetic
    if (some and not row["rests_on_synthetic"]) or (row["rests_on_synthetic"] and not any_at_all):
        faults.append(
            fault("rule_synthetic", where, found=row["rests_on_synthetic"], expected=some)
        )
    return faults


def _applies(inputs: Inputs, code: str) -> bool | None:
    """Return whether a rule speaks of anybody; None where readings may differ."""
    rights = inputs.rights
    if code == "STATUS":
        return bool(len(rights))
    if code == "RENEW":
        return bool(rights["due"].any())
    if code == "CAPACITY":
        figured = rights["works"].astype(bool) & rights["product"].isin(inputs.figured)
        return True if figured.any() else None
    if code in BY_CLAUSE:
        return False
    return None


def _general_faults(inputs: Inputs, row: Any) -> list[Fault]:
    where, code = row["clause"], row["code"]
    faults = []
    applies = _applies(inputs, code)
    if applies is not None and row["applies"] != applies:
        faults.append(fault("rule_applies", where, found=row["applies"], expected=applies))
    if not row["applies"]:
        faults += _idle_faults(where, row)
    if row["missed_by"] and abs(row["missed_by"]) > AMOUNT:
        faults.append(fault("rule_missed", where, found=row["missed_by"], expected=0.0))
    known = not (math.isnan(row["limit"]) or math.isnan(row["used"]) or math.isnan(row["slack"]))
    if known and not same(abs(row["slack"]), abs(row["limit"] - row["used"])):
        faults.append(
            fault("rule_slack", where, found=row["slack"], expected=row["limit"] - row["used"])
        )
    return faults


def rules_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the table of clauses gets wrong."""
    clauses = {
        **_cap_clauses(inputs, reckoning),
        **_count_clauses(inputs, reckoning),
        **_zone_clauses(inputs, reckoning),
        **_demand_clauses(inputs, reckoning),
    }
    present = {name.split(".")[0] for name in clauses}
    idle = [code for code in CODES if code not in present]
    rows = records.rules
    by_clause = rows[rows["clause"].isin(clauses) | rows["code"].isin(BY_CLAUSE)]
    required = [
        *(name for name, clause in clauses.items() if clause.sense != "forecast"),
        *(code for code in idle if code in BY_CLAUSE),
    ]
    faults = listing_faults("rule", by_clause["clause"], required, clauses)
    faults += [
        fault("rule_missing", code)
        for code in idle
        if code not in BY_CLAUSE and code not in set(rows["code"])
    ]
    others = rows[~rows["clause"].isin(clauses)]
    faults += [
        fault("rule_repeated", clause, times=int(times))
        for clause, times in others.loc[~others["code"].isin(BY_CLAUSE), "clause"]
        .value_counts()
        .items()
        if times > 1
    ]
    faults += [fault("rule_unknown", code) for code in rows["code"] if code not in CODES]
    for _, row in rows.iterrows():
        where = row["clause"]
        clause = clauses.get(where)
        if clause is None:
            faults += _general_faults(inputs, row) if row["code"] in CODES else []
            continue
        if where in inputs.counts.index and where.startswith("RATIO."):
            ratio = inputs.counts.loc[where]
            held = numbers(ratio, inputs, reckoning).held
            clause = _shown_as_share(row, clause, ratio["share"], held)
        facts = [("code", row["code"], where.split(".")[0])]
        if clause.attribute is not None:
            facts.append(("attribute", row["attribute"], clause.attribute))
            facts.append(("sense", row["sense"], clause.sense))
        faults += fact_faults("rule_differs", where, facts)
        faults += _figure_faults(where, row, clause)
        faults += _flag_faults(where, row, clause)
    return faults
