"""The table of clauses: what each allows, what is used of it, whether it binds and is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.general_rules import (
    BY_CLAUSE,
    CODES,
    general_faults,
    is_by_clause,
    may_be_left_out,
)
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults, keyed_faults, listing_faults
from minequota.optimizer.verify.reckoning import Reckoning
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.rule_clauses import Clause, Key, all_clauses
from minequota.optimizer.verify.senses import miss
from minequota.optimizer.verify.senses import slack as slack_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.structure import numbers
from minequota.optimizer.verify.tolerance import same


def _slack(clause: Clause) -> float:
    limit = math.nan if clause.limit is None else clause.limit
    return slack_of(clause.sense, clause.used, limit, clause.band)


def _shown_as_share(row: Row, clause: Clause, ratio: Row, held: int) -> Clause:
    """Return a ratio's clause in the terms its row uses: rights, a share, or percent.

    Of no rights at all any share may be told: all of none are large or medium, and none are.
    """
    share, limit = ratio["share"], clause.limit or 0.0
    for scale, stated in ((1.0, share), (100.0, 100 * share)):
        if not same(row["limit"], stated) or same(stated, limit):
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


def _as_told(inputs: Inputs, reckoning: Reckoning, row: Row, clause: Clause) -> Clause:
    """Return the clause in the terms its row uses, where there are several."""
    where, year = row["clause"], row["year"]
    if where.startswith("RATIO."):
        ratio = inputs.count[where, year]
        held = numbers(ratio, inputs, reckoning).held
        return _shown_as_share(row, clause, ratio, held)
    if where.startswith("DEMAND."):
        met = min(clause.used, clause.limit or 0.0)
        if same(row["used"], met, clause.close):
            return replace(clause, used=met)
    return clause


def _figure_faults(where: str, row: Row, clause: Clause) -> list[Fault]:
    if clause.limit is None:
        # Nothing is handed down yet: there is no limit, and nothing of it is used.
        told = (row["limit"], row["slack"])
        unlimited = all(math.isnan(one) for one in told) and row["used"] in (0.0,)
        nothing = unlimited or (all(math.isnan(one) for one in (*told, row["used"])))
        missed = row["missed_by"]
        return [] if nothing and missed == 0 else [fault("rule_not_awaited", where)]
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


def _binding_faults(where: str, row: Row, clause: Clause) -> list[Fault]:
    if where.startswith("DEMAND.") or clause.limit is None:
        return []
    slack = _slack(clause)
    touching, apart = slack <= clause.close, slack >= clause.grain
    if clause.sense == "forecast":
        touching, apart = False, True
    if (touching and not row["binding"]) or (apart and row["binding"]):
        found = row["binding"]
        return [fault("rule_binding", where, found=found, expected=touching, slack=slack)]
    return []


def _flag_faults(where: str, row: Row, clause: Clause) -> list[Fault]:
    expected = clause.verdict
    # A limit that speaks of nobody may be said to be kept or not to be judged.
    free = not clause.anybody and row["verdict"] == "none"
    faults = []
    if row["verdict"] != expected and not free:
        faults.append(fault("rule_verdict", where, found=row["verdict"], expected=expected))
    if not row["applies"]:
        if clause.anybody:
            faults.append(fault("rule_applies", where, found=False, expected=True))
        return faults
    faults += _binding_faults(where, row, clause)
    some, any_at_all = clause.synthetic
    if (some and not row["rests_on_synthetic"]) or (row["rests_on_synthetic"] and not any_at_all):
        faults.append(
            fault("rule_synthetic", where, found=row["rests_on_synthetic"], expected=some)
        )
    return faults


def _required(inputs: Inputs, clauses: Mapping[Key, Clause]) -> list[Key]:
    """Return the rows that must be there: all but forecasts and a zone's numbers before the end."""
    zones = {f"ZONE.{zone.code}" for zone in inputs.scenario.plan.zones}
    return [
        (name, year)
        for (name, year), clause in clauses.items()
        if clause.sense != "forecast" and (name not in zones or year == inputs.horizon.last)
    ]


def _listed_faults(inputs: Inputs, records: Records, clauses: Mapping[Key, Clause]) -> list[Fault]:
    """Return the rows that are missing, repeated or unknown."""
    rows = records.rules
    year = inputs.horizon.last
    spoken_of = {name for name, _ in clauses}
    spoken = {name.split(".")[0] for name in spoken_of}
    idle = [code for code in CODES if code not in spoken]
    required = _required(inputs, clauses)
    required += [(code, year) for code in idle if is_by_clause(code)]
    found = [
        (row["clause"], row["year"])
        for row in rows_of(rows)
        if row["clause"] in spoken_of or is_by_clause(row["code"])
    ]
    faults = keyed_faults("rule", found, required, clauses)
    general = rows[~(rows["code"].isin(BY_CLAUSE) | rows["clause"].isin(spoken_of))]
    present = set(general["code"])
    faults += [
        fault("rule_missing", code)
        for code in idle
        if not is_by_clause(code) and code not in present and not may_be_left_out(inputs, code)
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
    clauses = all_clauses(inputs, records, reckoning)
    faults = _listed_faults(inputs, records, clauses)
    for row in rows_of(records.rules):
        where = f"{row['clause']} {row['year']}"
        clause = clauses.get((row["clause"], row["year"]))
        if clause is None:
            faults += general_faults(inputs, row) if row["code"] in CODES else []
            continue
        clause = _as_told(inputs, reckoning, row, clause)
        facts: list[tuple[str, object, object]] = [
            ("code", row["code"], row["clause"].split(".")[0]),
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
