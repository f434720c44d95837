"""Output under the plan's caps: magnesite binding, the rest expected ceilings, none a target."""

import pytest

KUANDIAN, FENGCHENG, DONGGANG = "宽甸满族自治县", "凤城市", "东港市"
CASES = ["low", "base", "high", "strict_minimum", "green_first"]
# The county table of the plan, in the product's unit.
SPLITS = {
    "菱镁矿": {KUANDIAN: 21, FENGCHENG: 10},
    "铁矿": {KUANDIAN: 90, FENGCHENG: 170},
    "硼矿": {KUANDIAN: 187, FENGCHENG: 263},
    "滑石": {KUANDIAN: 49, FENGCHENG: 3, DONGGANG: 6},
}
CITY = {"菱镁矿": 31, "铁矿": 200, "硼矿": 450, "滑石": 58}
HAIR = 1e-9


@pytest.mark.parametrize("case", CASES)
def test_magnesite_stays_within_31_and_its_county_split(dandong, case):
    """Seven mines of 97 万吨 want 31; Kuandian's 53 are cut to 21, Fengcheng's 44 to 10."""
    solved = dandong(case)
    assert len(solved.quotas("菱镁矿")) == 7
    assert sum(quota.capacity for quota in solved.quotas("菱镁矿")) == 97
    assert solved.total("菱镁矿") == 31
    assert solved.total("菱镁矿", KUANDIAN) == 21
    assert solved.total("菱镁矿", FENGCHENG) == 10
    assert {quota.kind for quota in solved.quotas("菱镁矿")} == {"control"}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("product", SPLITS)
def test_every_county_stays_within_its_allotment(dandong, case, product):
    """A county's figures add up to its allotment at most; one without allotment has none."""
    solved = dandong(case)
    assert solved.total(product) <= CITY[product] + HAIR
    for county in {place.name for place in solved.scenario.plan.counties}:
        allotted = SPLITS[product].get(county, 0)
        assert solved.total(product, county) <= allotted + HAIR, county


def test_magnesite_is_shared_by_capacity_inside_each_county(base):
    """Fengcheng shares 10 among 15, 12 and 17 (of 44): 3.41, 2.73 and 3.86 万吨."""
    shares = {quota.capacity: quota.amount for quota in base.quotas("菱镁矿", FENGCHENG)}
    assert shares == {15: 3.41, 12: 2.73, 17: 3.86}


def test_the_strict_minimum_lets_few_magnesite_mines_run(dandong):
    """A small deposit's minimum is 10 万吨: in 10 fits one mine, in 21 two, the rest rest."""
    solved = dandong("strict_minimum")
    running = [quota for quota in solved.quotas("菱镁矿") if quota.amount > 0]
    assert min(quota.amount for quota in running) >= 10
    assert [quota.county for quota in running].count(FENGCHENG) <= 1
    assert [quota.county for quota in running].count(KUANDIAN) <= 2
    # 31 万吨 can still be had: one at 10, two at 10 and more.
    assert solved.total("菱镁矿") == 31


def test_the_strict_minimum_lets_no_mine_trickle(dandong):
    """A right that runs gives the least of its minimum and its capacity, whatever the product.

    By deposit size (small, medium, large): talc 3, 8, 10; boron 5, 7, 10; magnesite 10, 30, 100
    万吨. A talc mine licensed for 2 万吨 therefore gives 2 or nothing.
    """
    solved = dandong("strict_minimum")
    rights = {right.licence: right for right in solved.scenario.rights}
    for product in ("滑石", "硼矿", "菱镁矿"):
        scale = next(row for row in solved.scenario.plan.minimum_scales if product in row.minerals)
        for quota in solved.quotas(product):
            floor = getattr(scale, rights[quota.right].deposit_class)
            least = min(floor.to(quota.unit), quota.capacity)
            assert quota.amount == 0 or quota.amount >= least - HAIR, quota


def test_a_talc_ceiling_is_not_a_target(base):
    """Talc is produced as wanted, 3 万吨; the ceiling is 58 and four mines could dig 9.5.

    They are licensed for 4, 2, 2 and 1.5; no right is issued to come nearer to the ceiling.
    """
    able = [q for q in base.quotas("滑石") if "停产" not in q.reason]
    assert sum(quota.capacity for quota in able) == pytest.approx(9.5)
    assert base.total("滑石") == 3
    assert base.balance("滑石").surplus == 0
    assert not [one for one in base.allocation.issuance if one.product == "滑石"]


@pytest.mark.parametrize("case", CASES)
def test_no_product_is_dug_beyond_its_demand(dandong, case):
    """Without imports supply never passes demand, however far the ceiling lies above it."""
    solved = dandong(case)
    for line in solved.allocation.balance:
        assert line.surplus == 0
        assert solved.total(line.product) == pytest.approx(line.demand - line.unmet)


def test_every_clause_of_the_plan_is_kept(base):
    """In the base case all clauses of the plan can be kept together: none is missed."""
    missed = [rule.clause for rule in base.allocation.rules if rule.missed_by]
    assert missed == []
    assert base.goal("expected_indicators") == 0


def test_iron_is_counted_in_standard_ore(base):
    """A mine of 150 万吨 at 32 % gives at most 150 × 0.32 / 0.62 = 77.419 of the 62 % standard."""
    quota = next(q for q in base.quotas("铁矿") if q.right == "SYN-DD-0025")
    assert quota.capacity == 150
    assert quota.amount == pytest.approx(quota.ore * 0.32 / 0.62)
    assert quota.amount <= 150 * 0.32 / 0.62


def test_stopped_mines_get_nothing_and_are_told_why(base):
    """A stopped right has a line of zero with its reason; a producing one is never barred so."""
    status = {right.licence: right.status for right in base.scenario.rights}
    stopped = [q for q in base.allocation.quotas if status.get(q.right) in {"stopped", "sealed"}]
    assert stopped
    assert {quota.amount for quota in stopped} == {0}
    assert all("不下达" in quota.reason for quota in stopped)
