"""Output under the caps of 专栏1 and capacity under the zone's 500 万吨."""

import pytest

CASES = ["low", "base", "high", "mergers", "expansion", "waters"]
# 专栏1, in 万吨 and 万立方米.
CEILINGS = {
    "建筑石料用灰岩": 900,
    "水泥用灰岩": 200,
    "铁矿": 20,
    "制灰用灰岩": 500,
    "建筑用砂岩": 200,
    "水泥配料用砂岩": 60,
    "陶瓷用砂岩": 200,
    "砖瓦用页岩": 100,
    "粉石英": 50,
    "石膏": 30,
    "地热": 10,
    "矿泉水": 20,
}
BINDING = {"建筑石料用灰岩", "水泥用灰岩"}
HAIR = 1e-9


@pytest.mark.parametrize("case", CASES)
def test_output_stays_within_the_ceilings(kaizhou, case):
    """Twelve ceilings, none a target: a product nobody asks for is not dug."""
    solved = kaizhou(case)
    for product, ceiling in CEILINGS.items():
        total = solved.total(product)
        line = solved.balance(product)
        assert total <= ceiling + HAIR
        assert total == pytest.approx(line.demand - line.unmet)
        assert line.surplus == 0


@pytest.mark.parametrize("case", CASES)
def test_two_limestones_are_controlled_and_the_rest_is_guidance(kaizhou, case):
    """四（一）: 建筑石料用灰岩 and 水泥用灰岩 are under 总量调控, no other mineral."""
    solved = kaizhou(case)
    kinds = {product: {q.kind for q in solved.quotas(product)} for product in CEILINGS}
    for product, found in kinds.items():
        assert found <= ({"control"} if product in BINDING else {"guidance"})
    assert all(kinds[product] for product in BINDING)


@pytest.mark.parametrize("case", CASES)
def test_the_zone_holds_at_most_500(kaizhou, case):
    """The two rights of the register inside it, 60 and 25 万吨, are counted with the new ones."""
    solved = kaizhou(case)
    inside = [right for right in solved.rights.values() if right.zone == "KZHT1"]
    existing = sum(right.capacity.to("万吨") for right in inside)
    assert (len(inside), existing) == (2, 85)
    new = sum(one.capacity for one in solved.issued if one.zone == "KZHT1")
    assert existing + new <= 500
    use = solved.rule("ZONE.hongyangou_capacity")
    assert (use.limit, use.used, use.verdict) == (500, existing + new, "met")


def test_the_zone_is_full_where_demand_is_high(kaizhou):
    """Five blocks of 100 万吨 would be 585 with the two existing rights: 500 holds them back."""
    solved = kaizhou("high")
    inside = [one for one in solved.issued if one.zone == "KZHT1"]
    assert len(inside) == 5
    assert sum(one.capacity for one in inside) <= 415
    assert sum(one.maximum for one in inside) == 500
    assert any(one.mineral == "建筑石料用灰岩" and one.zone == "KZQT" for one in solved.issued)


@pytest.mark.parametrize("case", CASES)
def test_all_demand_is_met(kaizhou, case):
    """Within 38 rights and all ceilings every demand of the library's cases can be met."""
    for line in kaizhou(case).allocation.balance:
        assert line.unmet == 0


def test_cement_limestone_is_its_cap_halved(base):
    """The one mine of 100 and the one new right of 100, the least allowed, give the 200."""
    figures = base.quotas("水泥用灰岩")
    assert sorted(quota.amount for quota in figures) == [100, 100]
    assert base.balance("水泥用灰岩").from_cap


def test_no_right_digs_more_than_it_is_licensed_for(base):
    """Existing and new alike; a lapsed or stopped right gets nothing and is told why."""
    status = {licence: right.status.value for licence, right in base.rights.items()}
    for quota in base.allocation.quotas:
        assert quota.ore <= quota.capacity + HAIR
        if status.get(quota.right) in {"stopped", "expired"}:
            assert quota.amount == 0
            assert "不下达" in quota.reason
    assert sum(one == "stopped" for one in status.values()) == 2
