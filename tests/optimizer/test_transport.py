"""Distances: the scenario's own, from the most particular name to the county, else as the crow."""

import math

import builders
import pytest
from small import extra, magnesite, mine, problem_of, stone

from minequota.optimizer.transport import EARTH_RADIUS_KM, distance_of, great_circle


def transport(distances, **changes):
    """Return centres a and b, b of known place, with some distances."""
    return {
        "centres": [
            {"id": "a", "name": builders.name("甲")},
            {"id": "b", "name": builders.name("乙"), "longitude": 124.0, "latitude": 40.0},
        ],
        "distances": distances,
        "assumed": True,
        "source": "test",
    } | changes


def kilometres(scenario, ident, centre="a"):
    """Return the distance of one source to a centre."""
    problem = problem_of(scenario)
    source = next(one for one in problem.sources if one.id == ident)
    at = next(c for c in scenario.question.transport.centres if c.id == centre)
    return distance_of(problem, source, at)


NEAR, ZONE, COUNTY = {"a": 5.0}, {"a": 20.0}, {"a": 60.0}


@pytest.mark.parametrize(
    ("distances", "right", "block", "candidate"),
    [
        ({"A": NEAR, "X": NEAR, "X-2": {"a": 7.0}, "Z1": ZONE, "东县": COUNTY}, 5, 7, 20),
        ({"A": NEAR, "X": NEAR, "西县": COUNTY, "东县": COUNTY}, 5, 5, 60),
        ({"东县": COUNTY, "西县": {"a": 44.5}}, 60, 60, 44.5),
        # A name that does not know the way to this centre is passed over.
        ({"A": {"b": 1.0}, "X-2": {"b": 1.0}, "东县": COUNTY, "西县": COUNTY}, 60, 60, 60),
    ],
)
def test_the_most_particular_name_counts(distances, right, block, candidate):
    """Licence, then zone, then county; a numbered block, then all its like; a zone's candidate."""
    scenario = magnesite(
        [mine("A", "9 万吨")],
        plan={"zones": [builders.zone()]},
        extra_candidates=[extra("X", "40 万吨", number=2)],
        transport=transport(distances),
    )
    assert kilometres(scenario, "A") == right
    assert kilometres(scenario, "X-2") == block
    assert kilometres(scenario, "Z1-1") == candidate


def test_a_right_in_a_zone_may_take_the_zone_s_distance():
    """The register says that C lies in Z1."""
    right = builders.right("C", "西县", "建筑石料", "30 万立方米", zone="Z1")
    scenario = stone([right], transport=transport({"Z1": ZONE, "西县": COUNTY}))
    assert kilometres(scenario, "C") == 20


def test_a_merged_right_is_as_far_as_its_members():
    """The merger's own id, else the first member that has a distance."""
    merger = {
        "id": "both",
        "name": "整合矿",
        "members": ["A", "B"],
        "source": "test",
    }
    rights = [mine("A", "9 万吨"), mine("B", "9 万吨")]
    ways = transport({"B": NEAR, "东县": COUNTY})
    assert kilometres(magnesite(rights, mergers=[merger], transport=ways), "merger:both") == 5
    ways["distances"]["merger:both"] = {"a": 3.0}
    assert kilometres(magnesite(rights, mergers=[merger], transport=ways), "merger:both") == 3


def test_one_degree_along_a_meridian():
    """A degree of latitude is a 360th of the circumference: 2π · 6371.0088 / 360 = 111.195 km."""
    expected = 2 * math.pi * EARTH_RADIUS_KM / 360
    assert great_circle(124, 39, 124, 40) == pytest.approx(expected)
    assert great_circle(124, 40, 124, 39) == pytest.approx(expected)
    assert great_circle(124, 40, 124, 40) == 0


def test_one_degree_along_a_parallel():
    """On the 60th parallel a degree is half as long, the chord's arc a little less: 55.597 km."""
    half = math.cos(math.radians(60)) * math.sin(math.radians(0.5))
    assert great_circle(10, 60, 11, 60) == pytest.approx(2 * EARTH_RADIUS_KM * math.asin(half))
    assert great_circle(10, 60, 11, 60) == pytest.approx(55.597, abs=1e-3)


@pytest.mark.parametrize(("factor", "expected"), [(1.0, 111.195), (1.3, 144.554)])
def test_coordinates_where_no_distance_is_given(factor, expected):
    """111.195 km as the crow flies, to the metre, times the road factor."""
    right = mine("A", "9 万吨", longitude=124.0, latitude=39.0)
    ways = transport({}, road_factor=factor)
    assert kilometres(magnesite([right], transport=ways), "A", "b") == pytest.approx(
        expected, abs=5e-4
    )
    assert kilometres(magnesite([right], transport=ways), "A", "b") * 1000 % 1 == pytest.approx(
        0, abs=1e-6
    )


def test_no_way_to_know():
    """Neither a distance nor both coordinates: the message says what to write."""
    scenario = magnesite([mine("A", "9 万吨")], transport=transport({}))
    with pytest.raises(ValueError, match=r"No distance from A to b: .*A or 东县"):
        kilometres(scenario, "A", "b")
    right = mine("A", "9 万吨", longitude=124.0, latitude=39.0)
    with pytest.raises(ValueError, match="No distance from A to a"):
        kilometres(magnesite([right], transport=transport({})), "A", "a")
