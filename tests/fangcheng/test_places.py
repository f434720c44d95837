"""Building stone by user: carried within its reach, where it costs least among equal answers."""

import pytest
import yaml

from minequota.scenarios.synthesis.generator import LIBRARY

DEMAND = {"concrete": 900, "works": 400, "homes": 200}


@pytest.fixture(scope="module")
def placed(fangcheng):
    """Return the case with three users of building stone."""
    return fangcheng("by_place")


def flows_to(solved, centre):
    return sum(flow.amount for flow in solved.allocation.flows if flow.centre == centre)


def test_every_user_gets_what_he_asks_for(placed):
    """900 + 400 + 200 make the plan's 1500; what is carried is what is dug."""
    assert sum(DEMAND.values()) == 1500
    for centre, demand in DEMAND.items():
        assert flows_to(placed, centre) == pytest.approx(demand)
    lines = {one.place: one for one in placed.allocation.balance if one.product == "建筑石料"}
    assert {place: lines[place].demand for place in DEMAND} == DEMAND
    assert all(line.unmet == 0 for line in lines.values())
    for quota in placed.quotas("建筑石料"):
        carried = sum(f.amount for f in placed.allocation.flows if f.right == quota.right)
        assert carried == pytest.approx(quota.amount, abs=1e-6), quota.right


def test_nothing_is_carried_beyond_its_reach(placed):
    """东坪 lies 65 km from the works and may carry 60."""
    assert max(flow.kilometres for flow in placed.allocation.flows) <= 60
    assert ("FC-DP-1", "works") not in {(f.right, f.centre) for f in placed.allocation.flows}
    assert flows_to(placed, "homes") > 0


def test_costs_are_tonnes_times_kilometres(placed):
    """5000 yuan for a 万吨 and a km: 万元 are half the number of 万吨·km."""
    for flow in placed.allocation.flows:
        assert flow.cost == pytest.approx(flow.amount * flow.kilometres * 5000 / 10000)
    total = sum(flow.cost for flow in placed.allocation.flows)
    assert placed.goal("cost") == pytest.approx(total, rel=1e-3)


def test_the_choice_of_rights_is_the_base_case_s(placed, base):
    """Distance outranks neither demand nor closures: the same six rights, the same two leavers."""
    assert placed.issued.keys() == base.issued.keys()
    assert placed.leaving() == base.leaving()


def test_beyond_everyone_s_reach_demand_stays_unmet(fangcheng):
    """With 28 km nobody reaches the works, 30 km from the nearest zone: their 400 are unmet."""
    text = (LIBRARY / "fangcheng" / "scenario.yaml").read_text("utf-8")
    case = yaml.safe_load(text)["cases"]["by_place"]["set"]
    places = case["demand.建筑石料.places"]
    near = case["transport"] | {"reach": {"建筑石料": 28}}
    solved = fangcheng("base", transport=near, demand__建筑石料__places=places)
    assert flows_to(solved, "works") == 0
    (works,) = (one for one in solved.allocation.balance if one.place == "works")
    assert works.unmet == pytest.approx(400)
    assert solved.balance("建筑石料").unmet >= 400
