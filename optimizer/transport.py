"""How far it is from where ore is won to where it is asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator

from minequota.optimizer.problem import Problem
from minequota.optimizer.source import Source
from minequota.scenarios.question import Centre

EARTH_RADIUS_KM = 6371.0088
METRES_IN_KM = 1000
_TO_A_METRE = 3


def distance_of(problem: Problem, source: Source, centre: Centre) -> float:
    """Return the road kilometres from a source to a centre, to the metre.

    The scenario's own distances come first: of the licence or candidate (of a merged right then
    of its members, the first that has one), then of its zone or block, then of its county.
    Without one the great circle between the coordinates counts, times the road factor.

    Raises
    ------
    ValueError
        When neither a distance nor both coordinates are given.
    """
    transport = problem.scenario.question.transport
    if transport is None:
        raise ValueError("Demand by place needs `transport`: centres and distances.")
    keys = _keys(problem, source)
    for key in keys:
        given = transport.distances.get(key, {})
        if centre.id in given:
            return round(given[centre.id], _TO_A_METRE)
    there = (centre.longitude, centre.latitude)
    here = _coordinates(problem, source)
    if None in (*there, *here):
        raise ValueError(
            f"No distance from {source.id} to {centre.id}: write transport.distances of "
            f"{' or '.join(keys)}, or the coordinates of both."
        )
    crow = great_circle(*here, *there)  # type: ignore[arg-type]
    return round(crow * transport.road_factor, _TO_A_METRE)


def great_circle(
    longitude: float, latitude: float, other_longitude: float, other_latitude: float
) -> float:
    """Return the kilometres between two points on the earth, given in degrees (haversine)."""
    north, south = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def _keys(problem: Problem, source: Source) -> tuple[str, ...]:
    """Names a source may stand under in the distances, the most particular first."""
    return tuple(dict.fromkeys(key for key in _names(problem, source) if key))


def _names(problem: Problem, source: Source) -> Iterator[str]:
    yield source.id
    if source.extra is not None:
        # One of several alike blocks, when the distance is given for all of them.
        yield source.extra.id
    for m in source.members:
        yield problem.sources[m].id
    yield source.zone_code
    yield source.county


def _coordinates(problem: Problem, source: Source) -> tuple[float | None, float | None]:
    """Longitude and latitude; a merged right lies where the first of its members with any lies."""
    if source.right is not None:
        return source.right.longitude, source.right.latitude
    for m in source.members:
        right = problem.sources[m].right
        if right is not None and right.longitude is not None and right.latitude is not None:
            return right.longitude, right.latitude
    return None, None
