"""Change one thing, and the answer moves as a planner expects."""

import pytest

KUANDIAN, FENGCHENG = "宽甸满族自治县", "凤城市"
COUNT, RATIO = "plan__counts__mine_count__limit", "plan__ratios__large_medium_ratio__share"
STONE = "demand__建筑石料__amount"


def test_more_demand_for_stone_issues_more_and_less_issues_no_more(dandong, base):
    """262.6, 376.4 and 490.2 万立方米 take at least the same number of new rights each.

    Existing stone mines have about 194 left. 490.2 − 194 = 296 needs eight rights of 40 at most.
    In the low case five rights stay for the ratio's sake, each as small as it may be: 20.
    """
    low, high = dandong("low"), dandong("high")
    numbers = [len(solved.allocation.issuance) for solved in (low, base, high)]
    assert numbers == [5, 5, 8]
    sizes = [solved.goal("capacity_issued") for solved in (low, base, high)]
    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[0] == 5
    assert len(low.leaving()) == len(base.leaving()) < len(high.leaving())
    assert high.goal("closures") == base.goal("closures") + 3


def test_demand_beyond_all_zones_stays_unmet(dandong, base):
    """All 21 zones at twice their minimum give 840, so 1200 leaves 1200 − 840 − 194 = 166."""
    solved = dandong(**{STONE: "1200 万立方米"})
    line = solved.balance("建筑石料")
    assert len(solved.allocation.issuance) == 21
    assert {one.capacity / one.minimum for one in solved.allocation.issuance} == {2}
    assert line.production_new == 840
    assert line.unmet == pytest.approx(1200 - 840 - line.production_existing)
    assert base.balance("建筑石料").unmet == 0


def test_demand_beyond_a_ceiling_stays_unmet(dandong, base):
    """Of 500 万吨 of boron the expected ceiling of 450 leaves 50 unmet: it outranks demand."""
    solved = dandong(demand__硼矿__amount="500 万吨")
    assert solved.total("硼矿") == 450
    assert solved.balance("硼矿").unmet == 50
    assert solved.goal("unmet_demand_1") == pytest.approx(0.1)
    assert base.balance("硼矿").unmet == 0


def test_cutting_the_magnesite_cap_cuts_the_figures(dandong, base):
    """25 万吨 in all: within both county allotments, every mine gets less or the same.

    By capacity Fengcheng would have 25 × 44 / 97 = 11.3, so it stays at 10 and Kuandian gets 15.
    """
    cut = dandong("province_cuts_magnesite")
    assert cut.total("菱镁矿") == 25
    assert cut.total("菱镁矿", FENGCHENG) == 10
    assert cut.total("菱镁矿", KUANDIAN) == 15
    before = {quota.right: quota.amount for quota in base.quotas("菱镁矿")}
    assert all(quota.amount <= before[quota.right] for quota in cut.quotas("菱镁矿"))


def test_a_cut_cap_takes_the_demand_derived_from_it_along(dandong):
    """Magnesite's demand is its cap: cut to 25 the demand is 25, met in full."""
    line = dandong("province_cuts_magnesite").balance("菱镁矿")
    assert (line.demand, line.unmet, line.from_cap) == (25, 0, True)


def test_more_for_one_county_moves_output_there(dandong, base):
    """Fengcheng at 15 gets its even share 31 × 44 / 97 = 14.06, Kuandian falls to 16.94."""
    raised = dandong(ties=False, plan__caps__magnesite_fengcheng__amount="15 万吨")
    assert raised.total("菱镁矿") == base.total("菱镁矿") == 31
    assert raised.total("菱镁矿", FENGCHENG) == 14.06 > base.total("菱镁矿", FENGCHENG)
    assert raised.total("菱镁矿", KUANDIAN) == 16.94 < base.total("菱镁矿", KUANDIAN)


def test_a_higher_ratio_issues_and_closes_more(dandong, base):
    """15 % takes n = 14 and k = 24.

    34 + n ≥ 0.15 (330 + n − k) with k ≥ 10 + n: at k = 10 + n it takes 34 + n ≥ 48, n ≥ 14. Fewer
    issued would need k ≥ 330 + n − (34 + n) / 0.15: n = 13 gives 29.7, more than 24.
    """
    solved = dandong(**{RATIO: 0.15})
    rights = solved.rights
    assert (rights.issued, rights.leaving) == (14, 24)
    assert rights.large + rights.medium == 48 >= 0.15 * 320
    assert rights.issued > base.rights.issued
    assert rights.leaving > base.rights.leaving


def test_a_lower_ratio_needs_no_more(dandong, base):
    """At 10 % the demand for stone alone needs five rights, and the count fifteen leavers."""
    solved = dandong(ties=False, **{RATIO: 0.10})
    assert (solved.rights.issued, solved.rights.leaving) == (5, 15)
    assert solved.goal("closures") <= base.goal("closures")


def test_a_lower_limit_closes_more(dandong, base):
    """300 rights take 330 + 5 − 300 = 35 off the register, twenty more than 320."""
    solved = dandong(ties=False, **{COUNT: 300})
    assert solved.rights.issued == 5
    assert solved.rights.leaving == base.rights.leaving + 20 == 35
    # What had a ground to leave before still leaves when more must go.
    assert solved.goal("closures") == 29


def test_a_higher_limit_closes_none_by_choice(dandong, base):
    """At 340 nobody is chosen: six leave by rule, and six issued keep 40 / 330 above 12 %.

    330 − 6 + n rights: n = 5 gives 39 / 329 = 11.85 %, n = 6 gives 40 / 330 = 12.12 %.
    """
    solved = dandong(**{COUNT: 340})
    rights = solved.rights
    assert solved.leaving("leave_chosen") == []
    assert (rights.issued, rights.leaving) == (6, 6)
    assert (rights.large + rights.medium, rights.small) == (40, 290)
    assert set(solved.leaving()) < set(base.leaving())


def test_where_closing_is_not_allowed_the_count_is_missed(dandong):
    """With six leavers by rule 324 + 6 = 330 remain: ten over 320, a miss of 10 / 320."""
    solved = dandong(options__closing=False)
    count = next(rule for rule in solved.allocation.rules if rule.code == "COUNT")
    assert solved.leaving("leave_chosen") == []
    assert (count.used, count.missed_by) == (330, 10)
    assert solved.goal("expected_indicators") == pytest.approx(10 / 320)


def test_a_sealed_mine_gets_nothing_and_its_county_shares_the_rest(dandong, base):
    """With the 17 万吨 mine of Fengcheng sealed, 15 and 12 share 10: 5.56 and 4.44."""
    solved = dandong(ties=False, sealed=("SYN-DD-0151",))
    shares = {quota.right: quota.amount for quota in solved.quotas("菱镁矿", FENGCHENG)}
    assert shares == {"SYN-DD-0149": 5.56, "SYN-DD-0150": 4.44, "SYN-DD-0151": 0}
    before = {quota.right: quota.amount for quota in base.quotas("菱镁矿", FENGCHENG)}
    assert before["SYN-DD-0151"] == 3.86
    assert solved.total("菱镁矿", KUANDIAN) == base.total("菱镁矿", KUANDIAN)


def test_green_mines_come_first_where_asked(dandong, base):
    """A coefficient of 1.2 gives the green boron mine more and every other one no more."""
    first = dandong("green_first")
    before = {quota.right: quota.amount for quota in base.quotas("硼矿")}
    green = {right.licence for right in base.scenario.rights if right.green}
    for quota in first.quotas("硼矿"):
        if quota.right in green:
            assert quota.amount > before[quota.right]
        else:
            assert quota.amount <= before[quota.right]
    assert first.total("硼矿") == base.total("硼矿")


def test_holding_back_hands_out_less(dandong, base):
    """A tenth held back of 31, 21 and 10 leaves 27.9, 18.9 and 9."""
    solved = dandong(ties=False, options__holdback={"菱镁矿": 0.1})
    assert solved.total("菱镁矿") == 27.9 < base.total("菱镁矿")
    assert solved.total("菱镁矿", KUANDIAN) == 18.9
    assert solved.total("菱镁矿", FENGCHENG) == 9


def test_no_change_of_one_product_moves_another(dandong, base):
    """Boron's demand moves no figure of iron, magnesite or talc."""
    solved = dandong(demand__硼矿__amount="500 万吨")
    for product in ("铁矿", "菱镁矿", "滑石", "建筑石料"):
        assert solved.quotas(product) == base.quotas(product)
