"""Iron twice: 0.13 亿吨 of 62 % ore at most, 2000 万吨 of raw ore hoped for; never one figure."""

import pytest

STANDARD, RAW = "CAP.iron_standard", "CAP.iron_raw_ore"


def ore_of(solved, year=2025):
    """Add up the raw ore of all iron mines."""
    return sum(quota.ore for quota in solved.quotas("铁矿", year))


@pytest.mark.parametrize("case", ["low", "base", "high"])
def test_the_two_indicators_are_reported_apart(liaoyang, case):
    """Each has a line of its own, in its own basis, with what is used of it."""
    solved = liaoyang(case)
    standard, raw = solved.cap(STANDARD), solved.cap(RAW)
    assert (standard.basis, raw.basis) == ("standard_iron_62", "ore")
    assert (standard.sense, raw.sense) == ("ceiling", "forecast")
    assert (standard.plan_limit, standard.plan_unit) == (0.13, "亿吨")
    assert (raw.plan_limit, raw.plan_unit) == (2000, "万吨")
    assert standard.used == pytest.approx(solved.total("铁矿"))
    assert raw.used == pytest.approx(ore_of(solved))
    assert raw.used > 1.9 * standard.used


def test_each_mine_is_counted_at_its_own_grade(base):
    """Ore × grade ÷ 62 % of every mine adds up to the standard figure."""
    grades = {right.licence: right.grade for right in base.scenario.rights}
    grades["convert:pingdingshan"] = 0.30
    for quota in base.quotas("铁矿"):
        assert quota.amount == pytest.approx(quota.ore * grades[quota.right] / 0.62, abs=1e-9)


def test_the_ceiling_is_used_up_and_the_forecast_passed(base):
    """1300 万吨 of 62 % ore are 2680 万吨 of raw ore at about 30 %: both are met."""
    assert base.total("铁矿") == 1300
    assert 1300 * 0.62 / 0.32 <= base.cap(RAW).used <= 1300 * 0.62 / 0.28
    assert base.cap(STANDARD).verdict == base.cap(RAW).verdict == "met"


def test_both_projects_are_needed_for_the_ceiling(base, liaoyang):
    """What runs can give 1025; 平顶山 adds 400 × 0.30 ÷ 0.62, 弓长岭 355 × 0.32 ÷ 0.62."""
    running = 1025
    conversion, expansion = 400 * 0.30 / 0.62, (620 - 265) * 0.32 / 0.62
    assert running + max(conversion, expansion) < 1300 < running + conversion + expansion
    assert "convert:pingdingshan" in {one.right for one in base.allocation.issuance}
    (project,) = [one for one in base.allocation.reorganisations if one.kind == "expand"]
    assert (project.id, project.capacity_before, project.capacity) == (
        "gongchangling_underground",
        265,
        620,
    )
    low = liaoyang("low")
    assert [one for one in low.allocation.reorganisations if one.kind == "expand"] == []


def test_the_forecast_is_not_enforced(liaoyang):
    """With 800 万吨 wanted the raw ore falls below 2000 万吨: said, and nothing done about it."""
    wanted = {"amount": "800 万吨", "assumed": True, "source": "假设：检验用"}
    solved = liaoyang("base", demand__铁矿=wanted)
    assert solved.total("铁矿") == 800
    raw = solved.cap(RAW)
    assert raw.used < 2000
    assert raw.verdict == "missed"
    assert solved.goal("expected_indicators") == 0
    assert solved.cap(STANDARD).verdict == "met"


def test_demand_above_the_ceiling_stays_unmet(liaoyang):
    """Of 1430 the expected ceiling leaves 130: it outranks demand."""
    solved = liaoyang("high")
    assert solved.total("铁矿") == 1300
    assert solved.balance("铁矿").unmet == 130


def test_the_projects_yield_after_the_plan(calendar):
    """Both end in 2025 and yield from 2026: what runs gives 1025 of the 1300 wanted in 2025."""
    assert calendar.total("铁矿") == pytest.approx(1025, abs=0.3)
    assert calendar.balance("铁矿").unmet == pytest.approx(275, abs=0.3)
    new = [one for one in calendar.allocation.issuance if one.kind == "converted"]
    assert {one.first_output_year for one in new} <= {2026}
    assert calendar.cap(RAW).verdict == "met"
    # The forecast speaks of the plan's end: of no other year.
    years = {one.year for one in calendar.allocation.caps if one.clause == RAW}
    assert years == {2025}
    assert {one.year for one in calendar.allocation.caps if one.clause == STANDARD} == {
        2023,
        2024,
        2025,
    }
