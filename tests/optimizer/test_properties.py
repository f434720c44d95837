"""What must hold of every answer, tried on random small years."""

import itertools
from dataclasses import replace
from datetime import date

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import asked, extra, goal

from minequota.optimizer.answer import clean
from minequota.optimizer.draft import NONE
from minequota.optimizer.engine import open_engine
from minequota.optimizer.engine.pulp_engine import PULP_4
from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError, solve_in_order
from minequota.optimizer.verify import verify_records
from minequota.reports.machine import allocation_document
from minequota.scenarios.right import Provenance
from minequota.scenarios.units import Quantity

FEW = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
COUNTIES = ("东县", "西县")
STATUSES = ("producing", "producing", "producing", "building", "stopped", "expired", "red_line")
ENDS = (None, None, date(2024, 6, 1), date(2025, 12, 31), date(2030, 1, 1))
ORIGINS = (Provenance.REGISTER, Provenance.REGISTER, Provenance.SYNTHETIC)


@st.composite
def rights(draw, most=5):
    """Draw a small register of magnesite mines and quarries, licences in tonnes or cubic metres."""
    register = []
    for number in range(draw(st.integers(0, most))):
        mineral = draw(st.sampled_from(("菱镁矿", "菱镁矿", "建筑石料", "金矿")))
        unit = draw(st.sampled_from(("万立方米", "万吨"))) if mineral == "建筑石料" else "万吨"
        origin = draw(st.sampled_from(ORIGINS))
        register.append(
            builders.right(
                f"R{number}",
                draw(st.sampled_from(COUNTIES)),
                mineral,
                f"{draw(st.integers(1, 600)) / 10} {unit}",
                size_class=draw(st.sampled_from(("small", "small", "small", "medium"))),
                status=draw(st.sampled_from(STATUSES)),
                licence_end=draw(st.sampled_from(ENDS)),
                green=draw(st.integers(0, 5)) == 0,
                safety_licence=draw(st.integers(0, 7)) > 0,
                zone=draw(st.sampled_from(("", "Z1"))),
                provenance=dict.fromkeys(("name", "status", "capacity"), origin),
            )
        )
    return register


@st.composite
def caps(draw):
    """Draw caps on magnesite: ceilings, and other senses as expected ones."""
    drawn = [
        builders.cap("city", f"{draw(st.integers(5, 60))} 万吨"),
        builders.cap("east", f"{draw(st.integers(0, 40))} 万吨", "东县"),
    ]
    sense = draw(st.sampled_from(("ceiling", "floor", "level", "about", "forecast")))
    tolerance = {"tolerance": 0.1} if sense == "about" else {}
    drawn.append(
        builders.cap(
            "west",
            f"{draw(st.integers(1, 40))} 万吨",
            "西县",
            attribute="expected",
            sense=sense,
            **tolerance,
        )
    )
    return drawn


@st.composite
def years(draw, most=5, floors=True):
    """Draw a whole small year."""
    register = draw(rights(most))
    attribute = draw(st.sampled_from(("binding", "expected")))
    plan = builders.tiny_plan(
        caps=draw(caps()),
        counts=[builders.count(draw(st.integers(0, most + 1)), attribute="expected")],
        ratios=[builders.ratio(draw(st.sampled_from((0.2, 0.5))), attribute=attribute)],
        zones=[builders.zone(rights=draw(st.integers(0, 2)))],
    )
    blocks = [extra("X", f"{draw(st.integers(5, 70))} 万吨")] if draw(st.booleans()) else []
    options = {
        "availability": draw(st.sampled_from((1.0, 0.9))),
        "holdback": {"菱镁矿": draw(st.sampled_from((0.0, 0.1)))},
    }
    if floors:
        options["min_load"] = draw(st.sampled_from((0.0, 0.0, 0.4)))
        options["minimum_binds_output"] = draw(st.integers(0, 3)) == 0
    if attribute == "binding":
        # A binding ratio must be reachable whoever is protected.
        options["protection"] = {"never_close": []}
        register = [
            replace(one, provenance=dict.fromkeys(one.provenance, Provenance.REGISTER))
            for one in register
        ]
    question = builders.tiny_question(
        demand={
            "菱镁矿": asked(f"{draw(st.integers(0, 80))} 万吨", imports="2 万吨"),
            "建筑石料": asked(f"{draw(st.integers(0, 150))} 万立方米", priority=2),
        },
        extra_candidates=blocks,
        options=options,
    )
    return builders.scenario(plan, question, register)


def decided(allocation):
    """Return what an answer decides, without times."""
    return (
        allocation.quotas,
        allocation.issuance,
        allocation.actions,
        [(one.name, one.rounded_value) for one in allocation.goals],
    )


@settings(max_examples=60, **FEW)
@given(years())
def test_the_check_accepts_every_answer(scenario):
    """The independent check finds no fault in any result."""
    document = allocation_document(scenario, solve(scenario))
    assert [str(fault) for fault in verify_records(scenario, document)] == []


@settings(max_examples=60, **FEW)
@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(scenario, random):
    """The register shuffled gives the same answer."""
    rows = list(scenario.rights)
    random.shuffle(rows)
    assert decided(solve(replace(scenario, rights=tuple(rows)))) == decided(solve(scenario))


def _finer(right):
    """The same right with its capacity in 吨 or 立方米."""
    amount = right.capacity
    unit = "吨" if amount.unit == "万吨" else "立方米"
    return replace(right, capacity=Quantity(amount.to(unit), unit))


@settings(max_examples=60, **FEW)
@given(years())
def test_the_unit_of_a_licence_changes_nothing(scenario):
    """Capacities written in 吨 or 立方米 give the same quotas, rights and goals."""
    finer = replace(scenario, rights=tuple(map(_finer, scenario.rights)))
    one, other = solve(scenario), solve(finer)
    assert [(q.right, q.amount, q.reason) for q in other.quotas] == [
        (q.right, q.amount, q.reason) for q in one.quotas
    ]
    assert other.issuance == one.issuance
    assert [(a.right, a.kind, a.grounds) for a in other.actions] == [
        (a.right, a.kind, a.grounds) for a in one.actions
    ]
    assert decided(other)[3] == decided(one)[3]


@settings(max_examples=60, **FEW)
@given(years(), st.sampled_from(("cap", "count")))
def test_loosening_a_limit_never_hurts(scenario, what):
    """A city cap 5 higher, or one more right: goal 1, then unmet demand, get no worse."""
    plan = scenario.plan
    if what == "cap":
        first = plan.caps[0]
        more = first.model_copy(update={"amount": Quantity(first.amount.value + 5, "万吨")})
        looser = plan.model_copy(update={"caps": (more, *plan.caps[1:])})
    else:
        more = plan.counts[0].model_copy(update={"limit": plan.counts[0].limit + 1})
        looser = plan.model_copy(update={"counts": (more,)})
    ranked = ("expected_indicators", "unmet_demand_1", "unmet_demand_2")
    before = solve(scenario)
    after = solve(replace(scenario, plan=looser))
    for name in ranked:
        old, new = goal(before, name).value, goal(after, name).value
        if what == "count" and name == "expected_indicators":
            # A miss of the count is divided by its limit; the miss itself is what may not grow.
            assert new <= old + 1e-6
        if new < old - 1e-6:
            return
        assert new <= old + 1e-6


@pytest.mark.skipif(PULP_4, reason="CBC 3 aborts or never ends on some of these tiny programs")
@settings(max_examples=40, **FEW)
@given(years(most=4))
def test_both_solvers_reach_the_same_goals(scenario):
    """HiGHS and CBC agree on every goal, and on who leaves and who is issued."""
    one, other = solve(scenario, "highs"), solve(scenario, "cbc")
    for ours, theirs in zip(one.goals, other.goals, strict=True):
        assert abs(ours.value - theirs.value) <= 1e-5, ours.name
    assert [(a.right, a.kind) for a in one.actions] == [(a.right, a.kind) for a in other.actions]
    assert [i.right for i in one.issuance] == [i.right for i in other.issuance]


def brute_force(scenario):
    """Return goals 1 to 3 of the best set of rights, trying every set with its own program."""
    problem = build_problem(scenario)
    draft = write_model(problem)
    goals = build_goals(problem, draft)
    names = ("expected_indicators", "unmet_demand", "closures", "actions", "capacity_issued")
    goals = tuple(one for one in goals if one.name.startswith(names))
    holds = draft.columns.hold[-1]
    free = [h for h in holds if draft.lower[h] < draft.upper[h]]
    large = [c for c in draft.columns.large.ravel() if c != NONE]
    best = None
    for choice in itertools.product((0.0, 1.0), repeat=len(free) + len(large)):
        columns = [*free, *large]
        lower, upper = list(draft.lower), list(draft.upper)
        for column, value in zip(columns, choice, strict=True):
            draft.fix(column, value)
        program = draft.program()
        draft.lower, draft.upper = lower, upper
        program.integer[:] = False
        try:
            stages, _ = solve_in_order(open_engine(program), goals, gap=0, time_limit=None)
        except NoAllocationError:
            continue
        values = [clean(round(stage.value, 5)) for stage in stages]
        best = values if best is None or values < best else best
    return best


@settings(max_examples=60, **FEW)
@given(years(most=3, floors=False))
def test_no_other_set_of_rights_is_better(scenario):
    """Trying every set of rights kept and issued finds nothing better in goals 1 to 3."""
    found = [one.value for one in solve(scenario).goals]
    best = brute_force(scenario)
    for ours, theirs in zip(found, best, strict=False):
        assert abs(ours - theirs) <= 3e-5
