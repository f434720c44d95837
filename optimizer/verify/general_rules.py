"""The rows of rules that have no figure of their own: whom they speak of, and nothing more."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.inputs import Inputs
from minequota.optimizer.verify.listing import fact_faults
from minequota.optimizer.verify.rows import Row
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
    "EXPAND",
    "MERGE",
    "CONVERT",
    "HOLDER",
    "EXCHANGE",
    "REACH",
    "STEADY",
)
#: Codes whose rows are clauses of the plan or question, one each.
BY_CLAUSE = ("CAP", "COUNT", "RATIO", "HOLDER", "EXCHANGE", "ZONE", "DEMAND")
#: What a row without a figure may come from.
WITHOUT_FIGURE = ("plan", "practice", "definition")


def is_by_clause(code: str) -> bool:
    """Whether a rule has a row for each clause and none of its own."""
    return code in BY_CLAUSE


def _applies(inputs: Inputs, code: str) -> bool | None:
    """Return whether a rule speaks of anybody; None where readings may differ."""
    rights, last = inputs.rights, inputs.horizon.last
    if code in BY_CLAUSE:
        return False
    if code == "STATUS":
        return bool(len(rights))
    if code == "RENEW":
        leave = (*rights["gone_by"], *rights["lift_by"])
        return bool(rights["due"].any()) or any(y is not None and y <= last for y in leave)
    if code == "CAPACITY":
        figured = frozenset().union(*inputs.figured.values())
        working = rights[rights["works_from"] <= last]
        return True if working["product"].isin(figured).any() else None
    listed = {
        "EXPAND": len(inputs.expansions),
        "MERGE": len(inputs.mergers),
        "CONVERT": int((inputs.candidates["kind"] == "converted").sum()),
    }
    if code in listed:
        return listed[code] > 0
    if code == "STEADY" and inputs.scenario.question.options.steady is None:
        return False
    if code == "REACH" and not any(asked["places"] for asked in inputs.asked.values()):
        return False
    return None


def general_faults(inputs: Inputs, row: Row) -> list[Fault]:
    """Return what a row without a figure gets wrong."""
    where, code = row["clause"], row["code"]
    faults = fact_faults(
        "rule_differs",
        where,
        [("sense", row["sense"], ""), ("verdict", row["verdict"], "none")],
    )
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
        expected_slack = row["limit"] - row["used"]
        faults.append(fault("rule_slack", where, found=row["slack"], expected=expected_slack))
    return faults
