"""Building stone: 1500 万吨 only through new rights in the six planned places."""

import pytest

ZONES = {"FC-YLP": 3, "FC-SJZ": 1, "FC-HG": 1, "FC-DP": 1}
# Deposits by their size, and what 专栏4 asks of a new right on them.
LEAST = {"FC-YLP": 300, "FC-SJZ": 300, "FC-HG": 100, "FC-DP": 100}


def test_the_demand_is_met_through_the_six_places(base):
    """One mine of 120 万吨 runs; the other 1380 and more come from six new rights."""
    line = base.balance("建筑石料")
    assert (line.demand, line.unmet, line.imports) == (1500, 0, 0)
    assert line.production_existing <= 120
    assert line.production_new >= 1500 - 120
    assert {one.zone: 0 for one in base.issued.values()}.keys() == ZONES.keys()
    for zone, number in ZONES.items():
        assert sum(one.zone == zone for one in base.issued.values()) == number


def test_every_new_right_meets_the_minimum_of_its_deposit(base):
    """At least 300 万吨 on a large deposit and 100 on a medium one, at most 1.2 times that."""
    for one in base.issued.values():
        assert one.minimum == LEAST[one.zone]
        assert one.minimum <= one.capacity <= one.maximum == pytest.approx(1.2 * one.minimum)
        assert (one.size_class, one.capacity_unit) == ("large", "万吨")
        assert one.own_authority


def test_all_at_their_minimum_are_enough(base):
    """4 × 300 + 2 × 100 = 1400, with 120 beside them 1520: nobody is licensed for more."""
    assert sum(one.capacity for one in base.issued.values()) == 1400
    assert base.goal("capacity_issued") == 6


def test_without_the_places_120_is_all(fangcheng):
    """No right in any zone: only the mine that runs is left, 1380 stay unmet."""
    none = {f"plan__zones__{zone}__rights": 0 for zone in ZONES}
    line = fangcheng("base", **none).balance("建筑石料")
    assert line.production_new == 0
    assert line.production_existing == pytest.approx(120)
    assert line.unmet == pytest.approx(1380)


def test_the_sealed_mine_makes_nothing_and_stays(base, fangcheng):
    """The court's seal bars output and not the right; lifted, its 100 万吨 take part."""
    sealed = next(q for q in base.quotas("建筑石料") if q.right == "SYN-FC-0002")
    assert sealed.amount == 0
    assert "查封" in sealed.reason
    assert "SYN-FC-0002" not in base.leaving()
    lifted = fangcheng("seal_lifted")
    again = next(q for q in lifted.quotas("建筑石料") if q.right == "SYN-FC-0002")
    assert 0 < again.amount <= 100
    assert lifted.balance("建筑石料").unmet == 0


def test_building_stone_is_guidance(base):
    """对建筑用石料矿实行指导性开采: no cap of this plan binds, so all is guidance."""
    assert {quota.kind for quota in base.allocation.quotas} == {"guidance"}


def test_demand_above_the_cap_stays_unmet(fangcheng):
    """1650 万吨 against the expected ceiling of 1500: the ceiling holds, 150 are unmet."""
    high = fangcheng("high")
    assert high.total("建筑石料") == 1500
    assert high.balance("建筑石料").unmet == 150
    assert high.cap("building_stone").verdict == "met"


def test_an_undecided_cell_admits_nobody(fangcheng):
    """东坪 as a small deposit falls under `/`: no right is issued there, others make up for it."""
    solved = fangcheng("dongping_small")
    assert "FC-DP" not in {one.zone for one in solved.issued.values()}
    assert solved.balance("建筑石料").unmet == 0
    stone = [one for one in solved.issued.values() if one.product == "建筑石料"]
    assert sum(one.capacity for one in stone) == 1380
    assert max(one.capacity for one in stone) <= 360
