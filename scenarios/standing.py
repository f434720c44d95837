"""How a right of the register stands in a year: what follows from it, the plan and the date alone.

The audit and the rules of the model ask here, so that one reading holds for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from minequota.scenarios.minimums import below, existing_minimum, special_minimum
from minequota.scenarios.plan import Exit, Mineral, Plan
from minequota.scenarios.question import Options
from minequota.scenarios.right import Provenance, Renewal, Right, Status

RUNNING = (Status.PRODUCING, Status.BUILDING)
RESUMABLE = (Status.STOPPED, Status.STOP_ORDER)
"""States that end by the mine's own resumption; a court, a red line or an expiry lifts no date."""

_ALREADY = 0

Cause = Literal[
    "not_renewed", "renewal_minimum", "new_tender", "exit_by", "exit", "existing_minimum"
]


@dataclass(frozen=True)
class Departure:
    """Why a right must be gone from the register by the end of `year`, and who says so.

    `source` is empty where the register itself says it.
    """

    year: int
    cause: Cause
    source: str


def may_produce(right: Right, year: int | None = None) -> bool:
    """Whether its state lets a right produce while it is held.

    The red line holds whatever the status says: the flag alone bars a right. A stopped mine
    produces again from the year the register says it resumes, if it has its safety licence then;
    one that is being built from the year stated, at once where none is.
    """
    if right.status is Status.BUILDING and right.resumes is not None:
        built = year is not None and year >= right.resumes
        return built and right.safety_licence and not right.red_line
    resumed = (
        right.status in RESUMABLE
        and right.resumes is not None
        and year is not None
        and year >= right.resumes
    )
    running = right.status in RUNNING or resumed
    return running and right.safety_licence and not right.red_line


def revivable(right: Right) -> bool:
    """Whether a right merely stands still, so that whoever takes it over may start it again."""
    return right.status in RESUMABLE and not right.red_line


def licence_ends_by(right: Right, year: int) -> bool:
    """Whether the licence has ended, or ends, by the last day of the year."""
    end = right.licence_end
    return right.status is Status.EXPIRED or (end is not None and end <= date(year, 12, 31))


def renewal_below_minimum(plan: Plan, right: Right) -> bool:
    """Whether the plan's minimum for renewals bars this right (sand and stone in Liaoning)."""
    if right.capacity is None:
        return False
    minimum = special_minimum(
        plan, right.mineral, right.capacity.unit, "renewed", right.deposit_class
    )
    return below(right, minimum)


def departure(plan: Plan, right: Right) -> Departure | None:
    """Return the earliest reason for which a right must leave; None where there is none.

    A right below the minimum for existing mines may still be lifted above it by a listed
    expansion or merger: that is for the model to choose.
    """
    return min(departures(plan, right), key=lambda one: one.year, default=None)


def departures(plan: Plan, right: Right) -> Iterator[Departure]:
    """Yield every reason for which a right must leave, each with its year."""
    ends = right.licence_end.year if right.licence_end is not None else None
    if right.status is Status.EXPIRED:
        ends = _ALREADY
    if ends is not None:
        yield from _not_renewed(plan, right, ends)
    if right.exit_by is not None:
        yield Departure(right.exit_by, "exit_by", "")
    mineral = plan.mineral(right.mineral)
    for one in plan.exits:
        if _must_exit(one, right, mineral):
            yield Departure(one.by, "exit", one.source)
    minimum = existing_minimum(plan, right)
    if minimum is not None and below(right, minimum):
        use = plan.minimum_scale_use
        by = use.existing_by if use is not None else None
        yield Departure(by or plan.target_year, "existing_minimum", minimum.source)


def _not_renewed(plan: Plan, right: Right, ends: int) -> Iterator[Departure]:
    if right.renewal is Renewal.LEAVE:
        yield Departure(ends, "not_renewed", "")
    for renewal in plan.renewals:
        if right.mineral in renewal.minerals:
            yield Departure(ends, "new_tender", renewal.source)
    if renewal_below_minimum(plan, right) and right.capacity is not None:
        minimum = special_minimum(
            plan, right.mineral, right.capacity.unit, "renewed", right.deposit_class
        )
        yield Departure(ends, "renewal_minimum", minimum.source if minimum is not None else "")


def _must_exit(one: Exit, right: Right, mineral: Mineral | None) -> bool:
    scope = one.scope
    groups = {*scope.groups, *([scope.group] if scope.group else [])}
    return (
        (not scope.minerals or right.mineral in scope.minerals)
        and (not groups or (mineral is not None and mineral.group in groups))
        and scope.county in (None, right.county)
        and scope.authority in (None, right.authority)
        and (not scope.zones or right.zone in scope.zones)
        and (not one.statuses or right.status.value in one.statuses)
        and (not one.outside_zones or not right.zone)
    )


def forced_to_leave(plan: Plan, right: Right, year: int) -> bool:
    """Whether the right must be gone by the end of the year, whatever is chosen."""
    found = departure(plan, right)
    return found is not None and found.year <= year


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


def barred(plan: Plan, options: Options, mineral: str, method: str | None = None) -> bool:
    """Whether the plan's directions let no new right be issued for a mineral, mined that way.

    A direction for one way of mining speaks of nobody whose way is not known.
    """
    kinds = {
        one.kind
        for one in plan.directions
        if mineral in one.minerals and one.method in (None, method)
    }
    return "banned" in kinds or (
        "restricted" in kinds and mineral not in options.permitted_restricted
    )
