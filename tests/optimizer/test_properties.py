"""What must hold of every answer, tried on random small years."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_years import FEW, years
from small import goal

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
from minequota.scenarios.units import Quantity


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
