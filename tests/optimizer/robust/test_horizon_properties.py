"""Robust plans over calendars, mergers, expansions, conversions and shipments, on random ones."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_horizons import FEW, horizons
from random_years import years
from robust_futures import assert_never_worse, futures

from minequota.optimizer.robust.measures import MEASURES
from minequota.optimizer.robust.plan import NoRobustPlanError, solve_robust
from minequota.optimizer.robust.rights import rights_of
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.units import Quantity

FACTORS = st.sampled_from((0.0, 0.4, 0.7, 1.0, 1.3, 2.5))


def scaled(scenario, factor):
    """Return a scenario with every demand times a factor, those of places and years too."""

    def times(amount):
        return None if amount is None else Quantity(amount.value * factor, amount.unit)

    demand = {
        product: one.model_copy(
            update={
                "amount": times(one.amount),
                "by_year": {year: times(amount) for year, amount in one.by_year.items()},
                "places": {place: times(amount) for place, amount in one.places.items()},
            }
        )
        for product, one in scenario.question.demand.items()
    }
    return replace(scenario, question=scenario.question.model_copy(update={"demand": demand}))


@pytest.mark.parametrize("drawn", [horizons(), years()], ids=["horizons", "years"])
def test_never_worse_and_every_future_is_right(drawn):
    """Demand times two or three factors: one list of rights, each future checked, none better."""

    @settings(max_examples=30, **FEW)
    @given(drawn, st.lists(FACTORS, min_size=2, max_size=3, unique=True), st.sampled_from(MEASURES))
    def holds(scenario, factors, measure):
        try:
            plan = solve_robust(futures(*(scaled(scenario, one) for one in factors)), measure)
        except NoRobustPlanError:
            return
        assert_never_worse(plan, measure)
        for future, one in zip(plan.futures, plan.allocations, strict=True):
            assert rights_of(future.model.problem, one).same(plan.rights)
            document = allocation_document(future.scenario, one)
            assert [str(fault) for fault in verify_records(future.scenario, document)] == []

    holds()
