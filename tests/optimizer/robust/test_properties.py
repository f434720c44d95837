"""What must hold of every robust plan, tried on random small futures."""

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from robust_futures import assert_never_worse, futures
from small import asked, extra

from minequota.optimizer.robust.measures import MEASURES
from minequota.optimizer.robust.plan import NoRobustPlanError, solve_robust
from minequota.optimizer.robust.rights import rights_of
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document

FEW = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
STATUSES = ("producing", "producing", "producing", "stopped", "expired")
CLOSE = 1e-5


@st.composite
def registers(draw):
    """Draw up to five mines and quarries."""
    register = []
    for number in range(draw(st.integers(0, 5))):
        mineral = draw(st.sampled_from(("菱镁矿", "菱镁矿", "建筑石料")))
        unit = "万立方米" if mineral == "建筑石料" else "万吨"
        register.append(
            builders.right(
                f"R{number}",
                draw(st.sampled_from(("东县", "西县"))),
                mineral,
                f"{draw(st.integers(1, 400)) / 10} {unit}",
                status=draw(st.sampled_from(STATUSES)),
                size_class=draw(st.sampled_from(("small", "small", "medium"))),
                zone="Z1" if mineral == "建筑石料" else "",
            )
        )
    return register


@st.composite
def possible_futures(draw):
    """Draw two or three futures of one small place: demand and a cap differ."""
    register = draw(registers())
    blocks = [
        extra(name, f"{draw(st.integers(50, 700)) / 10} 万吨")
        for name in draw(st.sampled_from(((), ("X",), ("X", "Y"))))
    ]
    options = {
        "min_load": draw(st.sampled_from((0.0, 0.0, 0.4))),
        "availability": draw(st.sampled_from((1.0, 0.9))),
        "protection": {"never_close": []},
    }
    count = builders.count(draw(st.integers(2, 6)))
    ratio = builders.ratio(draw(st.sampled_from((0.2, 0.5))), attribute="expected")
    zone = builders.zone(rights=draw(st.integers(0, 2)))
    found = []
    for _ in range(draw(st.integers(2, 3))):
        plan = builders.tiny_plan(
            caps=[
                builders.cap("city", f"{draw(st.integers(5, 60))} 万吨"),
                builders.cap("west", f"{draw(st.integers(0, 20))} 万吨", "西县"),
            ],
            counts=[count],
            ratios=[ratio],
            zones=[zone],
        )
        question = builders.tiny_question(
            demand={
                "菱镁矿": asked(f"{draw(st.integers(0, 800)) / 10} 万吨"),
                "建筑石料": asked(
                    f"{draw(st.integers(0, 1500)) / 10} 万立方米", priority=draw(st.integers(1, 2))
                ),
            },
            extra_candidates=blocks,
            options=options,
        )
        found.append(builders.scenario(plan, question, register))
    weights = tuple(float(draw(st.integers(1, 9))) for _ in found)
    return found, weights


def solved(drawn, measure):
    """Return the robust plan, or None where a future or all of them together have none."""
    scenarios, weights = drawn
    try:
        return solve_robust(futures(*scenarios, weights=weights), measure)
    except NoRobustPlanError:
        return None


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=30, **FEW)
@given(possible_futures())
def test_never_worse_than_a_single_plan(measure, drawn):
    """By its own measure no future's plan beats the robust one, goal after goal."""
    plan = solved(drawn, measure)
    if plan is None:
        return
    assert_never_worse(plan, measure)


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=20, **FEW)
@given(possible_futures())
def test_the_rights_are_the_same_and_each_future_is_right(measure, drawn):
    """Every future's records say the same rights, and pass the independent check.

    So do its own plan's, whose goals say what its rights reach as they are issued.
    """
    plan = solved(drawn, measure)
    if plan is None:
        return
    for future, one in zip(plan.futures, plan.own, strict=True):
        document = allocation_document(future.scenario, one)
        assert [str(fault) for fault in verify_records(future.scenario, document)] == []
    for future, one in zip(plan.futures, plan.allocations, strict=True):
        assert rights_of(future.model.problem, one).same(plan.rights)
        document = allocation_document(future.scenario, one)
        assert [str(fault) for fault in verify_records(future.scenario, document)] == []


@settings(max_examples=20, **FEW)
@given(possible_futures())
def test_knowing_is_worth_something(drawn):
    """No expectation is below the weighted bests, and no worst case below the expectation."""
    plan = solved(drawn, "expected")
    if plan is None:
        return
    first = plan.goals[0]
    alone = sum(
        future.weight * best.get(first.name, 0.0)
        for future, best in zip(plan.futures, plan.best, strict=True)
    )
    assert first.value >= alone - CLOSE
    worst = solved(drawn, "worst")
    assert worst.goals[0].value >= first.value - CLOSE
