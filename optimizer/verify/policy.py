"""The traits that goal 4 and the sharing of output look at, and what an area asks."""

from __future__ import annotations

from minequota.optimizer.verify.sizes import RANK
from minequota.scenarios.plan import Mineral, Plan, SizeClass


def keep_points(
    plan: Plan, mineral: Mineral | None, area: str, green: bool, large_medium: bool
) -> frozenset[str]:
    """Return the traits a right or candidate has, as `Preference.keep` names them."""
    traits = set()
    if mineral is not None and mineral.strategic:
        traits.add("strategic")
    if mineral is not None and any(
        direction.kind == "key" and mineral.name in direction.minerals
        for direction in plan.directions
    ):
        traits.add("key_mineral")
    for place in plan.areas:
        if area and area in (place.code, place.name):
            traits.add("key_area" if place.kind == "key_mining_area" else "national_area")
    if green:
        traits.add("green")
    if large_medium:
        traits.add("large_medium")
    return frozenset(traits)


def least_class(plan: Plan, area: str, mineral: str, method: str | None) -> SizeClass | None:
    """Return the size class a new right in an area must reach; None where none is asked."""
    names = {area} | {
        name
        for place in plan.areas
        if area in (place.code, place.name)
        for name in (place.code, place.name)
    }
    asked = [
        minimum.size_class
        for minimum in plan.area_minimums
        if area
        and minimum.area in names
        and (not minimum.minerals or mineral in minimum.minerals)
        and minimum.method in (None, method)
    ]
    return max(asked, key=lambda one: RANK[one], default=None)
