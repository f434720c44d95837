"""Which rights of the register must leave, and in which year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minequota.optimizer.verify.minimums import Mine, special_minimum
from minequota.optimizer.verify.scopes import is_in_scope
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Renewal, Right, Status

#: A licence that the register calls expired has ended before any planned year.
LONG_AGO = 0


def is_below(right: Right, minimum: float) -> bool:
    """Whether a right is licensed for less than `minimum`; never where that is NaN."""
    return right.capacity is not None and right.capacity.value < minimum - 1e-9 * minimum


def licence_ends(right: Right) -> int | None:
    """Return the year a right's licence ends in, long ago where it is called expired."""
    if right.status == Status.EXPIRED:
        return LONG_AGO
    return None if right.licence_end is None else right.licence_end.year


def due_for_renewal(right: Right, year: int) -> bool:
    """Whether the licence has ended or ends by the last day of `year`."""
    ended = right.licence_end is not None and right.licence_end <= date(year, 12, 31)
    return right.status == Status.EXPIRED or ended


def _cannot_renew(plan: Plan, right: Right, mine: Mine | None) -> bool:
    """Whether the licence is not renewed: by assumption, by new tender, or below the minimum."""
    if right.renewal == Renewal.LEAVE:
        return True
    if any(right.mineral in one.minerals for one in plan.renewals):
        return True
    return mine is not None and is_below(right, special_minimum(plan, mine, "renewed"))


def ends_for_good(plan: Plan, right: Right, mine: Mine | None, last: int) -> bool:
    """Whether the licence ends by the last planned year and is not renewed."""
    ends = licence_ends(right)
    return ends is not None and ends <= last and _cannot_renew(plan, right, mine)


def _reasons(plan: Plan, right: Right, mine: Mine | None, zone: str) -> Iterator[int]:
    ends = licence_ends(right)
    if ends is not None and _cannot_renew(plan, right, mine):
        yield ends
    if right.exit_by is not None:
        yield right.exit_by
    facts = {
        "mineral": right.mineral,
        "group": None if mine is None else mine.mineral.group,
        "zone": zone,
        "county": right.county,
        "authority": right.authority,
    }
    for one in plan.exits:
        stated = not one.statuses or right.status.value in one.statuses
        outside = not one.outside_zones or not right.zone
        if stated and outside and is_in_scope(facts, one.scope):
            yield one.by


def gone_by(plan: Plan, right: Right, mine: Mine | None, zone: str) -> int | None:
    """Return the earliest year by whose end a right must be gone whatever is done; None: none."""
    return min(_reasons(plan, right, mine, zone), default=None)


def existing_deadline(plan: Plan) -> int:
    """Return the year by which existing mines must reach their column of the table."""
    use = plan.minimum_scale_use
    stated = None if use is None else use.existing_by
    return plan.target_year if stated is None else stated
