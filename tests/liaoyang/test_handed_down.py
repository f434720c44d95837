"""Magnesite and coal: no figure from above, no quota; with one, the right split."""

import pytest

YEARS = (2023, 2024, 2025)


@pytest.mark.parametrize("product", ["菱镁矿", "煤炭"])
def test_without_a_figure_there_is_no_quota(base, product):
    """Every mine has a line that says it waits (待下达), none a figure, no cap is invented."""
    quotas = base.quotas(product)
    assert quotas
    for quota in quotas:
        assert (quota.amount, quota.awaiting) == (0, True), quota.right
        assert "待下达" in quota.reason
    assert not [one for one in base.allocation.caps if one.product == product]


@pytest.mark.parametrize("product", ["菱镁矿", "煤炭"])
def test_nor_in_any_year_of_the_calendar(calendar, product):
    """2023, 2024 and 2025 wait alike."""
    for year in YEARS:
        quotas = calendar.quotas(product, year)
        assert quotas
        assert all(quota.awaiting and quota.amount == 0 for quota in quotas)


@pytest.mark.parametrize(
    ("clause", "product"), [("magnesite_from_province", "菱镁矿"), ("coal_from_province", "煤炭")]
)
def test_what_waits_is_not_judged(base, with_quota, clause, product):
    """The clause stands in the table of rules without a limit; with a figure it does not wait."""
    line = base.rule(f"CAP.{clause}")
    assert (line.limit, line.verdict) == (None, "not_judged")
    waiting = {one.clause for one in with_quota.allocation.rules if one.clause == f"CAP.{clause}"}
    assert waiting == set()
    assert not any(quota.awaiting for quota in with_quota.quotas(product))


def test_main_and_comprehensive_use_are_two_caps(with_quota):
    """72 + 48 = 120 of main use, 4.8 + 3.2 = 8 of comprehensive use, from two batches."""
    main = with_quota.cap("CAP.above.菱镁矿.main")
    comprehensive = with_quota.cap("CAP.above.菱镁矿.comprehensive")
    assert (main.limit, comprehensive.limit) == (120, 8)
    assert (main.used, comprehensive.used) == (pytest.approx(120), pytest.approx(8))
    assert {main.attribute, comprehensive.attribute} == {"binding"}


def test_the_quota_is_split_by_capacity_within_each_use(with_quota):
    """120 among 90, 55, 35 and 32 万吨 of main use; 8 to the one right of comprehensive use.

    The mine of 35 stood still and is taken over, so it counts as a mine that may run.
    """
    quotas = {quota.right: quota for quota in with_quota.quotas("菱镁矿")}
    main = {key: quota for key, quota in quotas.items() if quota.use == "main"}
    (other,) = [quota for quota in quotas.values() if quota.use == "comprehensive"]
    assert (other.right, other.amount) == ("SYN-LY-0011", 8)
    capacity = sum(quota.capacity for quota in main.values())
    assert sorted(quota.capacity for quota in main.values()) == [32, 35, 55, 90]
    for quota in main.values():
        assert quota.amount == pytest.approx(120 * quota.capacity / capacity, abs=0.01)
    assert with_quota.total("菱镁矿") == 128
    for number, (first, second) in enumerate([(72, 4.8), (48, 3.2)]):
        assert sum(q.batches[number] for q in main.values()) == pytest.approx(first, abs=0.03)
        assert other.batches[number] == pytest.approx(second)
    assert {quota.kind for quota in quotas.values()} == {"control"}


def test_coal_is_handed_out_in_full(with_quota):
    """420 万吨 among the four mines that run, by capacity: 300, 90, 60 and 30."""
    running = [quota for quota in with_quota.quotas("煤炭") if quota.amount > 0]
    assert sorted(quota.capacity for quota in running) == [30, 60, 90, 300]
    assert with_quota.total("煤炭") == 420
    for quota in running:
        assert quota.amount == pytest.approx(420 * quota.capacity / 480, abs=0.01)


def test_a_figure_from_above_changes_no_right(base, with_quota):
    """The quota is about tonnage: who is issued, merged and leaves stays the same."""
    assert with_quota.structure() == base.structure()
    assert {one.right for one in with_quota.allocation.issuance} == {
        one.right for one in base.allocation.issuance
    }


def test_key_areas_come_first_where_asked(liaoyang, with_quota):
    """At 1.2 times the weight three merged mines inside 大石桥—大安口 get more, the other less.

    90, 55 and 35 万吨 lie inside, 32 outside: of 120 the last gets 120 × 32 / (1.2 × 180 + 32).
    """
    first = liaoyang("with_quota", "key_area_first")
    before = {quota.right: quota.amount for quota in with_quota.quotas("菱镁矿")}
    after = {quota.right: quota.amount for quota in first.quotas("菱镁矿")}
    outside = "merger:yi_d"
    assert after[outside] == pytest.approx(120 * 32 / (1.2 * 180 + 32), abs=0.01)
    assert after[outside] < before[outside]
    inside = [key for key in after if key not in (outside, "SYN-LY-0011")]
    assert len(inside) == 3
    assert all(after[key] > before[key] for key in inside)
    assert first.total("菱镁矿") == with_quota.total("菱镁矿")
