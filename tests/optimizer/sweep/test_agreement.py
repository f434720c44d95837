"""Cases solved on an open model reach what each reaches alone."""

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_horizons import FEW, horizons
from random_years import years
from small import magnesite, mine
from swept import alone, assert_same_goals, capped, demanding, together

from minequota.scenarios.load import library_names, load_scenario

FACTORS = (0.7, 0.9, 0.95, 1.0, 1.1, 1.3)


@pytest.mark.parametrize("plan", library_names())
def test_library_plans_with_all_demands_scaled(plan):
    """Six demands of every plan: each goal of each case as when it is solved alone."""
    scenarios = [demanding(load_scenario(plan), factor) for factor in FACTORS]
    for scenario, hot in zip(scenarios, together(scenarios), strict=True):
        assert_same_goals(alone(scenario), hot)


@pytest.mark.parametrize("plan", ["fangcheng", "chaoyang"])
def test_calendars_with_demands_and_caps_scaled(plan):
    """Years one after another, demand and caps moving against each other."""
    scenario = load_scenario(plan, ("calendar",))
    scenarios = [capped(demanding(scenario, factor), 2 - factor) for factor in (0.8, 0.9, 1.0, 1.1)]
    for one, hot in zip(scenarios, together(scenarios), strict=True):
        assert_same_goals(alone(one), hot)


def ties(demand):
    """Return four mines of 10, 15, 15 and 20 of which two may stay."""
    return magnesite(
        [mine(f"M{n}", f"{size} 万吨") for n, size in enumerate((10, 15, 15, 20), start=1)],
        f"{demand} 万吨",
        plan={"caps": [builders.cap("city", "100 万吨")], "counts": [builders.count(2)]},
        options={"protection": {"never_close": []}},
    )


@pytest.mark.parametrize("demands", [(30,), (30, 24, 30), (35, 30), (20, 30), (30.5, 29.9)])
def test_ties_are_settled_whatever_was_solved_before(demands):
    """At 30 the mines M1 and M4 could stay or M2 and M3: both ranks add up to 5.

    The order of licences decides for M1 and M4 to stay, so M2 and M3 leave, whichever case came
    before.
    """
    scenarios = [ties(demand) for demand in demands]
    for demand, scenario, hot in zip(demands, scenarios, together(scenarios), strict=True):
        assert_same_goals(alone(scenario), hot)
        if demand == 30:
            assert hot["leaving_rights"] == "M2;M3"


@settings(max_examples=60, **FEW)
@given(
    st.one_of(horizons(), years()),
    st.lists(st.sampled_from((0.5, 0.8, 0.95, 1.0, 1.02, 1.2, 2.0)), min_size=3, max_size=6),
    st.sampled_from(("demand", "caps", "both")),
)
def test_random_cases_with_demand_and_caps_scaled(scenario, factors, what):
    """Small years and calendars, up and down again: no case leans on a wrong proof."""
    scenarios = []
    for factor, other in zip(factors, reversed(factors), strict=True):
        one = demanding(scenario, factor) if what != "caps" else scenario
        scenarios.append(capped(one, other) if what != "demand" else one)
    for one, hot in zip(scenarios, together(scenarios), strict=True):
        assert_same_goals(alone(one), hot)
