"""Why a right might leave, and what the plan would rather keep or issue (goal 4)."""

from __future__ import annotations

from datetime import date

from minequota.optimizer.problem import Problem
from minequota.optimizer.source import Source
from minequota.scenarios import minimums
from minequota.scenarios.question import Ground
from minequota.scenarios.right import Right, Status
from minequota.scenarios.standing import departures

_STOPPED = (Status.STOPPED, Status.SEALED, Status.STOP_ORDER)
NO_GROUND = 20.0
"""Points of leaving without any ground; each ground takes its own points off."""


def grounds(problem: Problem, source: Source) -> tuple[Ground, ...]:
    """Return the grounds on which a right of the register might leave, strongest first."""
    right = source.right
    if right is None:
        return ()
    found: list[Ground] = []
    if right.status is Status.EXPIRED or _ends(problem, right):
        found.append("expired")
    if right.status is Status.RED_LINE or right.red_line:
        found.append("red_line")
    if right.status in _STOPPED:
        found.append("stopped")
    if source.mineral.sand_stone_clay and not right.zone:
        found.append("outside_zones")
    if below_minimum(problem, source):
        found.append("below_minimum")
    return tuple(found)


def _ends(problem: Problem, right: Right) -> bool:
    """Whether the licence has ended before the last year, or ends in it and is not renewed."""
    last = problem.years[-1]
    if right.licence_end is not None and right.licence_end < date(last, 1, 1):
        return True
    return any(
        one.cause in ("not_renewed", "renewal_minimum", "new_tender") and one.year <= last
        for one in departures(problem.plan, right)
    )


def below_minimum(problem: Problem, source: Source) -> bool:
    """Whether a held right is smaller than the plan's minimum for its mineral and deposit."""
    return source.right is not None and minimums.below_minimum(problem.plan, source.right)


def favoured_by(problem: Problem, source: Source) -> tuple[str, ...]:
    """Return the plan's preferences that speak for a source."""
    name = source.mineral.name
    found = []
    if any(d.kind == "key" and name in d.minerals for d in problem.plan.directions):
        found.append("key_mineral")
    if source.mineral.strategic:
        found.append("strategic")
    kinds = {area.kind for area in source.areas}
    if "key_mining_area" in kinds:
        found.append("key_area")
    if kinds & {"national_mining_area", "energy_resource_base"}:
        found.append("national_area")
    if source.right is not None and source.right.green:
        found.append("green")
    if source.large_or_medium:
        found.append("large_medium")
    return tuple(found)


def keep_points(problem: Problem, source: Source) -> float:
    """Points of the plan's preferences for keeping, issuing or running a source."""
    keep = problem.options.preference.keep
    return sum(keep.get(name, 0.0) for name in favoured_by(problem, source))


def leave_points(problem: Problem, source: Source) -> float:
    """Points of choosing a right to leave: fewer where the grounds are stronger."""
    taken_off = problem.options.preference.leave
    off = sum(taken_off.get(ground, 0.0) for ground in grounds(problem, source))
    return NO_GROUND - off + keep_points(problem, source)
