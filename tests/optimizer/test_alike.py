"""Rights the model cannot tell apart: who surely stays, who is surely not issued."""

import dataclasses

import builders
import numpy as np
import pytest
from small import leaving, magnesite, mine

from minequota.optimizer import solve as whole
from minequota.optimizer.alike import Unchosen, unchosen
from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.goals import build_goals
from minequota.optimizer.model import write_model
from minequota.optimizer.problem import build_problem
from minequota.optimizer.solve import solve


def idle(licence, **fields):
    """Return a stopped gold right: nothing tells it from another."""
    return builders.right(licence, "东县", "金矿", "3 万吨", status="stopped", **fields)


def sure(scenario, leavers, issues=0):
    """Return the licences that surely stay and the candidates that surely are not issued."""
    problem = build_problem(scenario)
    draft = write_model(problem)
    most = {"closures": leavers, "actions": issues}
    found = unchosen(problem, draft, build_goals(problem, draft), most)
    by_hold = {int(draft.columns.hold[-1, m]): s.id for m, s in enumerate(problem.sources)}
    return [by_hold[c] for c in found.stay], [by_hold[c] for c in found.never]


def test_of_alike_rights_only_the_last_ever_leave():
    """Of four equal stopped rights one leaves: the first three stay."""
    scenario = magnesite([idle(key) for key in "DACB"], plan={"counts": [builders.count(3)]})
    assert sure(scenario, 1) == (["A", "B", "C"], [])
    assert leaving(solve(scenario)) == ["D"]


def test_what_tells_two_rights_apart():
    """A stronger ground, a larger capacity that produces, a protection: none is alike another."""
    rights = [idle("A"), idle("B", red_line=True), mine("C", "5 万吨"), mine("D", "6 万吨")]
    assert sure(magnesite(rights), 0)[0] == ["A", "B", "C", "D"]
    assert sure(magnesite(rights), 1)[0] == []
    alike = [*rights, mine("E", "6 万吨"), idle("F", red_line=True)]
    assert sure(magnesite(alike), 1)[0] == ["B", "D"]


def test_of_alike_zones_only_the_first_are_ever_issued():
    """Three equal zones, one right to be issued: the first alone is in question."""
    plan = builders.tiny_plan(zones=[builders.zone(code) for code in ("Z3", "Z1", "Z2")])
    scenario = builders.scenario(plan, builders.tiny_question(), [mine("A", "40 万吨")])
    assert sure(scenario, 0, issues=1)[1] == ["Z2-1", "Z3-1"]


@pytest.mark.parametrize("limit", [2, 4, 6])
def test_leaving_them_out_changes_no_answer(limit, monkeypatch):
    """With and without the shortcut the same rights leave and the same are issued."""
    rights = [idle(key) for key in "ABCD"] + [mine(key, "6 万吨") for key in "EFGH"]
    plan = builders.tiny_plan(
        counts=[builders.count(limit)], zones=[builders.zone(code) for code in ("Z1", "Z2")]
    )
    scenario = builders.scenario(plan, builders.tiny_question(), rights)
    short = solve(scenario)
    nothing = np.empty(0, dtype=np.int64)
    monkeypatch.setattr(whole, "unchosen", lambda *given: Unchosen(nothing, nothing))
    assert dataclasses.replace(solve(scenario), seconds={}) == dataclasses.replace(
        short, seconds={}
    )


def test_an_unproven_licence_order_settles_nothing(monkeypatch):
    """Out of time at the licence order, no uniqueness is claimed, and no other set is sought."""
    scenario = magnesite([idle(key) for key in "ABCD"], plan={"counts": [builders.count(3)]})
    assert solve(scenario).notes == ()
    proven = whole.solve_in_order

    def late(engine, goals, **limits):
        stages, solution = proven(engine, goals, **limits)
        if goals[-1].name == "tie_break":
            cut = dataclasses.replace(stages[-1], status=SolveStatus.TIME_LIMIT)
            stages = (*stages[:-1], cut)
        return stages, solution

    monkeypatch.setattr(whole, "solve_in_order", late)
    answer = solve(scenario)
    assert answer.status is SolveStatus.TIME_LIMIT
    assert answer.notes == ("tie_not_proven_unique",)
