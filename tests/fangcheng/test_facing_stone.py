"""Blocks of facing stone: short of 90 to 100 万立方米 under either reading of the cap of 80."""

import pytest

YIELD = 0.80208


@pytest.mark.parametrize(("case", "demand"), [("low", 90), ("base", 96), ("high", 100)])
def test_blocks_are_short_while_the_cap_is_80_blocks(fangcheng, case, demand):
    """The seven mines can make 87 万立方米 of blocks; the cap stops them at 80."""
    solved = fangcheng(case)
    line = solved.balance("饰面石材")
    assert (line.demand, line.production_existing, line.production_new) == (demand, 80, 0)
    assert line.unmet == pytest.approx(demand - 80)
    cap = solved.cap("facing_stone")
    assert (cap.limit, cap.used, cap.basis, cap.verdict) == (80, 80, "block_stone", "met")
    assert sum(quota.capacity for quota in solved.quotas("饰面石材")) * YIELD > 80


def test_blocks_are_shorter_still_while_the_cap_is_80_of_ore(fangcheng):
    """80 万立方米 of ore are 64.17 of blocks, so of 96 nearly 32 are unmet."""
    solved = fangcheng("facing_ore_volume")
    cap = solved.cap("facing_stone")
    assert (cap.limit, cap.basis, cap.verdict) == (80, "ore", "met")
    line = solved.balance("饰面石材")
    assert line.production_existing == pytest.approx(80 * YIELD, abs=0.1)
    assert line.production_existing <= 80 * YIELD
    assert line.unmet == pytest.approx(96 - line.production_existing)
    assert line.unmet > fangcheng("base").balance("饰面石材").unmet + 15


def test_no_facing_block_is_opened_for_a_cap_that_is_full(base):
    """Three facing-stone blocks stand ready and none is issued: the cap, not capacity, is short."""
    assert not [one for one in base.allocation.issuance if one.product == "饰面石材"]


def test_a_higher_cap_lets_the_seven_and_a_block_make_the_demand(fangcheng):
    """Were the cap 100, the seven give 87.4 and new blocks the rest of 96."""
    solved = fangcheng("base", plan__caps__facing_stone__amount="100 万立方米")
    line = solved.balance("饰面石材")
    assert line.unmet == 0
    assert line.production_existing <= 109 * YIELD
    assert line.production_new >= 96 - 109 * YIELD
    assert {one.zone for one in solved.issued.values()} > {"FC-SM"}


def test_imports_close_the_gap(fangcheng):
    """96 − 80 = 16 万立方米 from elsewhere, and the county's own mines still make 80."""
    line = fangcheng("imports_of_blocks").balance("饰面石材")
    assert (line.imports, line.production_existing, line.unmet, line.surplus) == (16, 80, 0, 0)


def test_ore_and_blocks_of_a_figure_agree(base):
    """A figure of blocks is its ore × 0.80208, in cubic metres both."""
    for quota in base.quotas("饰面石材"):
        assert (quota.unit, quota.ore_unit, quota.basis) == ("万立方米", "万立方米", "block_stone")
        assert quota.amount == pytest.approx(quota.ore * YIELD)
        assert quota.ore <= quota.capacity + 1e-9


def test_at_the_yield_of_practice_the_cap_is_out_of_reach(fangcheng):
    """At 22 % the seven mines' 109 万立方米 of ore are 24 of blocks; three new blocks add 13."""
    solved = fangcheng("yield_of_practice")
    line = solved.balance("饰面石材")
    assert line.production_existing <= 109 * 0.22
    assert line.production_new <= 3 * 20 * 0.22 + 1e-9
    assert line.unmet > 96 - 169 * 0.22
    assert solved.cap("facing_stone").used < 80 / 2
