"""How a right of the register stands in a year: what follows from it, the plan and the date alone.

The audit and the rules of the model ask here, so that one reading holds for both.
"""

from __future__ import annotations

from datetime import date

from minequota.scenarios.minimums import below, special_minimum
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Options
from minequota.scenarios.right import Provenance, Renewal, Right, Status

RUNNING = (Status.PRODUCING, Status.BUILDING)


def may_produce(right: Right) -> bool:
    """Whether its state lets a right produce while it is held.

    The red line holds whatever the status says: the flag alone bars a right.
    """
    return right.status in RUNNING and right.safety_licence and not right.red_line


def licence_ends_by(right: Right, year: int) -> bool:
    """Whether the licence has ended, or ends, by the last day of the year."""
    end = right.licence_end
    return right.status is Status.EXPIRED or (end is not None and end <= date(year, 12, 31))


def renewal_below_minimum(plan: Plan, right: Right) -> bool:
    """Whether the plan's minimum for renewals bars this right (sand and stone in Liaoning)."""
    if right.capacity is None:
        return False
    return below(right, special_minimum(plan, right.mineral, right.capacity.unit, "renewed"))


def forced_to_leave(plan: Plan, right: Right, year: int) -> bool:
    """Whether the right's licence ends by the year and may not, or shall not, be renewed."""
    if not licence_ends_by(right, year):
        return False
    return right.renewal is Renewal.LEAVE or renewal_below_minimum(plan, right)


def lapsed(right: Right) -> bool:
    """Whether the licence has expired and nothing on the register says it will be renewed."""
    return right.status is Status.EXPIRED and right.renewal is not Renewal.RENEW


def protected(right: Right, options: Options, *, large_or_medium: bool) -> bool:
    """Whether a right of the register may not be chosen to leave while closing is allowed.

    Besides the scenario's protections, a mine that a real document names is never chosen on a
    status the program made up.
    """
    keep = options.protection.never_close
    return (
        ("green" in keep and right.green)
        or ("large_medium" in keep and large_or_medium)
        or (right.named and right.origin("status") is Provenance.SYNTHETIC)
    )


def barred(plan: Plan, options: Options, mineral: str) -> bool:
    """Whether the plan's directions let no new right be issued for a mineral."""
    kinds = {one.kind for one in plan.directions if mineral in one.minerals}
    return "banned" in kinds or (
        "restricted" in kinds and mineral not in options.permitted_restricted
    )
