"""The table of clauses: what each allows, what is used of it, whether it binds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from minequota.optimizer.verify.clauses import miss
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.rule_clauses import Clause, all_clauses
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import numbers
from minequota.optimizer.verify.tolerance import AMOUNT, same

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
#: What a row without a figure may come from.
WITHOUT_FIGURE = ("plan", "practice", "definition")


def _slack(clause: Clause) -> float:
    if clause.sense == "floor":
        return clause.used - clause.limit
    if clause.sense == "level":
        return -abs(clause.used - clause.limit)
    if clause.sense == "about":
        return clause.band - abs(clause.used - clause.limit)
    return clause.limit - clause.used


def _shown_as_share(row: Any, clause: Clause, ratio: Any, held: int) -> Clause:
    """Return a ratio's clause in the terms its row uses: rights, a share, or percent.

    Of no rights at all any share may be told: all of none are large or medium, and none are.
    """
    share = ratio["share"]
    for scale, stated in ((1.0, share), (100.0, 100 * share)):
        if not same(row["limit"], stated) or same(stated, clause.limit):
            continue
        if not held:
            used = scale if same(row["used"], scale) else 0.0
            return replace(clause, limit=stated, used=used, grain=math.inf)
        used, missed = scale * clause.used / held, clause.missed
        if not same(row["missed_by"], missed):
            missed = miss(clause.sense, used, stated, ratio["tolerance"])
        return replace(
            clause,
            limit=stated,
            used=used,
            missed=missed,
            grain=scale / held,
            band=clause.band * scale / held,
        )
    return clause


def _as_told(inputs: Inputs, reckoning: Reckoning, row: Any, clause: Clause) -> Clause:
    """Return the clause in the terms its row uses, where there are several."""
    where = row["clause"]
    if where.startswith("RATIO."):
        ratio = inputs.count[where]
        held = numbers(ratio, inputs, reckoning).held
        return _shown_as_share(row, clause, ratio, held)
    met = min(clause.used, clause.limit)
    if where.startswith("DEMAND.") and same(row["used"], met, clause.close):
        return replace(clause, used=met)
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


def _flag_faults(where: str, row: Any, clause: Clause) -> list[Fault]:
    if not row["applies"]:
        return [fault("rule_applies", where, found=False, expected=True)] if clause.anybody else []
    faults = []
    slack = _slack(clause)
    touching = slack <= clause.close
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
    faults = fact_faults("rule_differs", where, [("sense", row["sense"], "")])
    if row["attribute"] not in WITHOUT_FIGURE:
        expected = ", ".join(WITHOUT_FIGURE)
        faults += fact_faults("rule_differs", where, [("attribute", row["attribute"], expected)])
    if row["reach"] is None or (row["reach"] > 0) != row["applies"]:
        faults.append(fault("rule_applies", where, found=row["applies"], expected=row["reach"]))
    applies = _applies(inputs, code)
    if applies is not None and row["applies"] != applies:
        faults.append(fault("rule_applies", where, found=row["applies"], expected=applies))
    if not row["applies"] and row["binding"]:
        faults.append(fault("rule_binding", where, found=True, expected=False, slack=math.nan))
    if row["missed_by"] and abs(row["missed_by"]) > AMOUNT:
        faults.append(fault("rule_missed", where, found=row["missed_by"], expected=0.0))
    known = not (math.isnan(row["limit"]) or math.isnan(row["used"]) or math.isnan(row["slack"]))
    if known and not same(abs(row["slack"]), abs(row["limit"] - row["used"])):
        faults.append(
            fault("rule_slack", where, found=row["slack"], expected=row["limit"] - row["used"])
        )
    return faults


def _listed_faults(records: Records, clauses: Mapping[str, Clause]) -> list[Fault]:
    """Return the rows that are missing, repeated or unknown."""
    rows = records.rules
    idle = [code for code in CODES if code not in {name.split(".")[0] for name in clauses}]
    enforced = [name for name, clause in clauses.items() if clause.sense != "forecast"]
    required = enforced + [code for code in idle if code in BY_CLAUSE]
    by_clause = rows["clause"].isin(clauses) | rows["code"].isin(BY_CLAUSE)
    faults = listing_faults("rule", rows.loc[by_clause, "clause"], required, clauses)
    general = rows[~by_clause]
    present = set(general["code"])
    faults += [
        fault("rule_missing", code)
        for code in idle
        if code not in BY_CLAUSE and code not in present
    ]
    faults += listing_faults("rule", general["clause"], (), general["clause"])
    faults += [
        fault("rule_unknown", f"{code} {clause}")
        for code, clause in zip(general["code"], general["clause"], strict=True)
        if code not in CODES or clause.split(".")[0] != code
    ]
    return faults


def rules_faults(inputs: Inputs, records: Records, reckoning: Reckoning) -> list[Fault]:
    """Return what the table of clauses gets wrong."""
    clauses = all_clauses(inputs, reckoning)
    faults = _listed_faults(records, clauses)
    for row in rows_of(records.rules):
        where = row["clause"]
        clause = clauses.get(where)
        if clause is None:
            faults += _general_faults(inputs, row) if row["code"] in CODES else []
            continue
        clause = _as_told(inputs, reckoning, row, clause)
        facts: list[tuple[str, object, object]] = [
            ("code", row["code"], where.split(".")[0]),
            ("reach", row["reach"], None),
        ]
        if clause.attribute is not None:
            facts.append(("attribute", row["attribute"], clause.attribute))
        # A demand is met or not: its row may call that a level or a floor.
        if clause.attribute not in (None, "scenario"):
            facts.append(("sense", row["sense"], clause.sense))
        faults += fact_faults("rule_differs", where, facts)
        faults += _figure_faults(where, row, clause)
        faults += _flag_faults(where, row, clause)
    return faults
