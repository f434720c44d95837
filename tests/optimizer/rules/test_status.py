"""STATUS: who gets a quota, and who is never chosen to leave."""

import builders
import pytest
from small import clause, goal, kinds, leaving, magnesite, mine, quotas

from minequota.optimizer.solve import solve
from minequota.optimizer.stages import NoAllocationError
from minequota.scenarios.right import Provenance

FREE = {"caps": []}


@pytest.mark.parametrize(
    ("fields", "made", "source"),
    [
        ({"status": "producing"}, 12, "采矿许可证载明生产规模"),
        ({"status": "building"}, 12, "采矿许可证载明生产规模"),
        ({"status": "stopped"}, 0, "国土资发〔2012〕44号"),
        ({"status": "sealed"}, 0, "国土资发〔2012〕44号"),
        ({"status": "stop_order"}, 0, "国土资发〔2012〕44号"),
        ({"status": "expired"}, 0, "国土资发〔2012〕44号"),
        ({"status": "red_line"}, 0, "国土资发〔2012〕44号"),
        ({"status": "producing", "red_line": True}, 0, "国土资发〔2012〕44号"),
        ({"safety_licence": False}, 0, "国土资发〔2012〕44号"),
    ],
)
def test_who_gets_a_quota(fields, made, source):
    """A licence of 12, 30 asked: whoever may not produce has a figure of zero, and a reason."""
    answer = solve(magnesite([mine("A", "12 万吨", **fields)], plan=FREE))
    assert quotas(answer) == {"A": made}
    assert answer.quotas[0].source.startswith(source)
    assert answer.quotas[0].reason
    assert answer.actions[0].eligible is (made > 0)
    assert clause(answer, "STATUS").applies is True


def test_a_register_of_nobody():
    """Without rights STATUS applies to nobody."""
    assert clause(solve(magnesite([])), "STATUS").applies is False


PROTECTED = [
    {"green": True},
    {"size_class": "medium"},
    {"size_class": "large"},
    {
        "provenance": {
            "name": Provenance.PLAN,
            "county": Provenance.PLAN,
            "status": Provenance.SYNTHETIC,
        }
    },
    {"provenance": {"name": Provenance.REGISTER, "status": Provenance.SYNTHETIC}},
]
OPEN = [
    {},
    {"provenance": {"name": Provenance.SYNTHETIC, "status": Provenance.SYNTHETIC}},
    {"provenance": {"name": Provenance.PLAN, "status": Provenance.REGISTER}},
    {"provenance": {"name": Provenance.PLAN, "capacity": Provenance.SYNTHETIC}},
]


def one_of_two(fields, **question):
    """Return two mines of which one must leave; B, the later licence, has the fields."""
    plan = FREE | {"counts": [builders.count(1)]}
    return magnesite(
        [mine("A", "12 万吨"), mine("B", "12 万吨", **fields)], "5 万吨", plan, **question
    )


@pytest.mark.parametrize("fields", PROTECTED)
def test_the_protected_are_never_chosen(fields):
    """B would leave by licence order; protected, it stays and A leaves."""
    assert leaving(one_of_two(fields)) == ["A"]


@pytest.mark.parametrize("fields", OPEN)
def test_the_others_may_be(fields):
    """A synthetic mine, or one whose status is on record, may be chosen."""
    assert leaving(one_of_two(fields)) == ["B"]


@pytest.mark.parametrize(
    ("never_close", "fields", "gone"),
    [
        ([], {"green": True}, "B"),
        ([], {"size_class": "large"}, "B"),
        (["green"], {"size_class": "large"}, "B"),
        (["green"], {"green": True}, "A"),
        (["large_medium"], {"green": True}, "B"),
        (["large_medium"], {"size_class": "medium"}, "A"),
        ([], PROTECTED[3], "A"),
    ],
)
def test_protection_is_the_scenarios_choice_but_for_made_up_status(never_close, fields, gone):
    """`never_close` lists whom to spare; a real mine with a made-up status is spared anyway."""
    options = {"protection": {"never_close": never_close}}
    assert leaving(one_of_two(fields, options=options)) == [gone]


def test_closing_switched_off():
    """A binding count of one of two is infeasible then; an expected one is missed by 1."""
    rights = [mine("A", "12 万吨"), mine("B", "12 万吨")]
    options = {"closing": False}
    with pytest.raises(NoAllocationError):
        solve(magnesite(rights, plan=FREE | {"counts": [builders.count(1)]}, options=options))
    plan = FREE | {"counts": [builders.count(1, attribute="expected")]}
    answer = solve(magnesite(rights, plan=plan, options=options))
    assert leaving(answer) == []
    assert goal(answer, "expected_indicators").value == 1


def test_protection_does_not_renew_a_licence():
    """A green mine whose renewal is not assumed leaves, forced and not chosen."""
    from datetime import date

    gone = mine("A", "12 万吨", green=True, licence_end=date(2025, 6, 30), renewal="leave")
    assert kinds(magnesite([gone], plan=FREE)) == {"A": "leave_forced"}


def test_weights_spare_some_states_more():
    """Closing a stopped mine weighs 0.5, a producing one 1: two stopped are as heavy as one.

    One must leave: the stopped one, although its licence is the earlier; the goal is 0.5.
    """
    rights = [mine("A", "12 万吨", status="stopped"), mine("B", "12 万吨")]
    options = {
        "protection": {"weights": {"stopped": 0.5}},
        "preference": {"leave": {}, "keep": {}},
    }
    plan = FREE | {"counts": [builders.count(1)]}
    answer = solve(magnesite(rights, "5 万吨", plan, options=options))
    assert leaving(answer) == ["A"]
    assert goal(answer, "closures").value == 0.5


def test_a_synthetic_leaver_is_not_named():
    """A made-up mine that leaves has no name in the records; a real one keeps its name."""
    made_up = {"provenance": {"name": Provenance.SYNTHETIC, "status": Provenance.SYNTHETIC}}
    named = {one.right: one.name for one in solve(one_of_two(made_up)).actions}
    assert named == {"A": "A号矿", "B": ""}
    named = {one.right: one.name for one in solve(one_of_two({})).actions}
    assert named == {"A": "A号矿", "B": "B号矿"}
