"""The rows of rules that have no figure of their own: whom they speak of, and nothing more."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.tolerance import AMOUNT

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
    "EXPAND",
    "MERGE",
    "CONVERT",
    "HOLDER",
    "EXCHANGE",
    "REACH",
    "STEADY",
    "OVERRUN",
)
#: Codes whose rows are clauses of the plan or question, one each.
BY_CLAUSE = ("CAP", "COUNT", "RATIO", "HOLDER", "EXCHANGE", "ZONE", "DEMAND")
#: Codes that a run written by an earlier version has no row of, as nobody could ask for them.
LATER = ("OVERRUN",)
#: What a row without a figure may come from.
WITHOUT_FIGURE = ("plan", "practice", "definition")


def is_by_clause(code: str) -> bool:
    """Whether a rule has a row for each clause and none of its own."""
    return code in BY_CLAUSE


def may_be_left_out(inputs: Inputs, code: str) -> bool:
    """Whether a run may have no row of a rule: a later rule that speaks of nobody in it."""
    return code in LATER and _reach(inputs, code) == 0


def _applies(inputs: Inputs, code: str) -> bool | None:
    """Return whether a rule speaks of anybody where that cannot be counted; None for unknown."""
    rights, last = inputs.rights, inputs.horizon.last
    if code == "CAPACITY":
        figured = frozenset().union(*inputs.figured.values())
        working = rights[rights["works_from"] <= last]
        return True if working["product"].isin(figured).any() else None
    if code == "STEADY" and inputs.scenario.question.options.steady is None:
        return False
    if code == "REACH" and not any(asked["places"] for asked in inputs.asked.values()):
        return False
    return None


def _reach(inputs: Inputs, code: str) -> int | None:
    """Return how many rights or projects a rule speaks of; None where readings may differ."""
    rights, last = inputs.rights, inputs.horizon.last
    if code == "STATUS":
        return len(rights)
    if code == "RENEW":
        leaves = zip(rights["due"], rights["gone_by"], rights["lift_by"], strict=True)
        return sum(
            bool(due) or any(year is not None and year <= last for year in years)
            for due, *years in leaves
        )
    if code == "OVERRUN":
        return sum(right in inputs.right for right in inputs.excess)
    listed = {
        "EXPAND": inputs.expansions["right"].nunique(),
        "MERGE": len(inputs.mergers),
        "CONVERT": int((inputs.candidates["kind"] == "converted").sum()),
    }
    return 0 if code in BY_CLAUSE else listed.get(code)


def general_faults(inputs: Inputs, row: Row) -> list[Fault]:
    """Return what a row without a figure gets wrong."""
    where, code = row["clause"], row["code"]
    rests = bool(inputs.rights["synthetic"].any())
    facts: list[tuple[str, object, object]] = [
        ("year", row["year"], inputs.horizon.last),
        ("sense", row["sense"], ""),
        ("verdict", row["verdict"], "none"),
        ("rests_on_synthetic", row["rests_on_synthetic"], rests),
    ]
    if row["attribute"] not in WITHOUT_FIGURE:
        facts.append(("attribute", row["attribute"], ", ".join(WITHOUT_FIGURE)))
    # A rule that has a line for every right has no figure of its own, and so nothing to touch.
    facts += [
        (name, row[name], None) for name in ("limit", "used", "slack") if not math.isnan(row[name])
    ]
    faults = fact_faults("rule_differs", where, facts)
    reach = _reach(inputs, code)
    if row["reach"] is None or (row["reach"] > 0) != row["applies"]:
        faults.append(fault("rule_applies", where, found=row["applies"], expected=row["reach"]))
    elif reach is not None and row["reach"] != reach:
        faults.append(fault("rule_reach", where, found=row["reach"], expected=reach))
    applies = _applies(inputs, code) if reach is None else reach > 0
    if applies is not None and row["applies"] != applies:
        faults.append(fault("rule_applies", where, found=row["applies"], expected=applies))
    if row["binding"]:
        faults.append(fault("rule_binding", where, found=True, expected=False, slack=math.nan))
    if row["missed_by"] and abs(row["missed_by"]) > AMOUNT:
        faults.append(fault("rule_missed", where, found=row["missed_by"], expected=0.0))
    return faults
