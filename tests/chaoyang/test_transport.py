"""Demand by four places: which zones are nearest, what flows where, what it costs."""

from collections import defaultdict

import pytest

PLACES = {"county_seat": 133.1, "wafangzi": 40, "damiao": 30, "outbound": 40}
REACH = 80
YUAN_PER_UNIT_KM = 12500
OPENING = 3000


@pytest.fixture(scope="module")
def solved(chaoyang):
    """Return the answer to the case with places."""
    return chaoyang("transport")


def test_every_place_gets_what_it_asks(solved):
    """133.1 + 40 + 30 + 40 = 243.1 万立方米, as much as without places."""
    assert sum(PLACES.values()) == pytest.approx(243.1)
    got = defaultdict(float)
    for flow in solved.allocation.flows:
        got[flow.centre] += flow.amount
    for place, asked in PLACES.items():
        assert got[place] == pytest.approx(asked)
        assert solved.balance("建筑石料", place=place).unmet == 0


def test_flows_add_up_to_the_output(solved):
    """What a quarry sends is its figure; nothing is sent beyond the reach."""
    sent = defaultdict(float)
    for flow in solved.allocation.flows:
        assert flow.product == "建筑石料"
        assert flow.kilometres <= REACH
        sent[flow.right] += flow.amount
    figures = {q.right: q.amount for q in solved.quotas("建筑石料") if q.amount}
    assert dict(sent) == pytest.approx(figures)


def test_costs_are_openings_and_kilometres(solved):
    """3000 万元 for each new quarry, 12 500 yuan for 万立方米 and km."""
    carried = 0.0
    for flow in solved.allocation.flows:
        cost = flow.amount * flow.kilometres * YUAN_PER_UNIT_KM / 10000
        assert flow.cost == pytest.approx(cost)
        carried += cost
    opened = sum(OPENING for one in solved.issued if one.product == "建筑石料")
    assert solved.goal("cost") == pytest.approx(carried + opened, rel=1e-3)


def test_cost_chooses_among_zones(base, solved):
    """As many rights and as much capacity, but the zones near the places: 波罗赤 (CYJZ7) first."""
    assert len(solved.issued) == len(base.issued)
    assert {one.zone for one in solved.issued} != {one.zone for one in base.issued}
    assert "CYJZ7" in {one.zone for one in solved.issued}
