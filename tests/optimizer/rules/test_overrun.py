"""OVERRUN: what was dug beyond last year's quota is taken off this year's."""

from __future__ import annotations

from typing import Any

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import (
    calendar,
    clause,
    expansion,
    goal,
    kinds,
    magnesite,
    merger,
    mine,
    quarry,
    quotas,
    quotas_in,
    stone,
)

from minequota.optimizer import model
from minequota.optimizer import shares as sharing
from minequota.optimizer.rules import RULES, overrun
from minequota.optimizer.solve import solve

FREE = {"caps": []}
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])


def dug(year: int = 2024, **amounts: str) -> dict[str, Any]:
    """Return excesses of last year, as `scenario.yaml` would say them."""
    return {
        licence: {"amount": amount, "year": year, "assumed": False, "source": "执行情况表"}
        for licence, amount in amounts.items()
    }


def three(demand: str, plan: dict[str, Any] | None = None, **question: Any) -> Any:
    """Return a question of three mines: A and B of 20, C of 10."""
    rights = [mine("A", "20 万吨"), mine("B", "20 万吨"), mine("C", "10 万吨")]
    return magnesite(rights, demand, plan or FREE, **question)


@SOLVERS
def test_what_is_taken_off_one_goes_to_the_others(solver):
    """25 among 20 : 20 : 10, A having had 5 already.

    Without the excess each has a half: 10, 10 and 5. A's 10 less 5 are 5; B and C share 20 by
    2 : 1.
    """
    answer = solve(three("25 万吨", overproduced=dug(A="5 万吨")), solver)
    assert quotas(answer) == {"A": 5, "B": 13.33, "C": 6.67}
    assert goal(answer, "evenness").value == pytest.approx(0, abs=1e-6)
    assert quotas(solve(three("25 万吨"), solver)) == {"A": 10, "B": 10, "C": 5}


@SOLVERS
def test_capacity_is_what_the_licence_gives_less_the_excess(solver):
    """60 wanted of 50: B and C make all they can, A 20 − 5 = 15, and 15 stay unmet."""
    answer = solve(three("60 万吨", overproduced=dug(A="5 万吨")), solver)
    assert quotas(answer) == {"A": 15, "B": 20, "C": 10}
    assert answer.balance[0].unmet == 15


def test_without_the_row_the_capacity_is_whole(monkeypatch):
    """The even sharing alone would leave A its 20: the row is what takes 5 off."""
    scenario = three("60 万吨", overproduced=dug(A="5 万吨"))
    monkeypatch.setattr(model, "RULES", tuple(one for one in RULES if one is not overrun.RULE))
    assert quotas(scenario) == {"A": 20, "B": 20, "C": 10}


def test_it_is_taken_off_what_the_year_lets_it_make():
    """Half a year's work: A's 10 less 5, B's 10 and C's 5."""
    question = {"overproduced": dug(A="5 万吨"), "options": {"availability": 0.5}}
    assert quotas(three("60 万吨", **question)) == {"A": 5, "B": 10, "C": 5}


@pytest.mark.parametrize("excess", ["20 万吨", "31 万吨"])
def test_who_dug_a_whole_year_ahead_gets_nothing(excess):
    """A's 20, or more, are gone: nothing for A, and the 25 go to B and C by 2 : 1."""
    answer = solve(three("25 万吨", overproduced=dug(A=excess)))
    assert quotas(answer) == {"A": 0, "B": 16.67, "C": 8.33}
    assert kinds(answer)["A"] == "keep"


def test_a_large_excess_may_take_all_though_the_licence_leaves_some():
    """6 among 50 make 2.4 for A, less than the 15 it has had. B and C share 6."""
    answer = solve(three("6 万吨", overproduced=dug(A="15 万吨")))
    assert quotas(answer) == {"A": 0, "B": 4, "C": 2}
    # A's own share is no measure of how evenly the others share.
    assert goal(answer, "evenness").value == pytest.approx(0, abs=1e-6)
    assert answer.quotas[0].reason.startswith("上年超采15万吨，扣减2.4万吨，本年指标已扣完；")


def test_nothing_shared_is_not_uneven():
    """Nobody is asked for anything, so nobody falls behind A's excess."""
    answer = solve(three("0 万吨", overproduced=dug(A="5 万吨")))
    assert goal(answer, "evenness").value == 0


def test_caps_are_not_lowered():
    """The east's 21 are handed out whole: 10.5 − 5 = 5.5 for A, 15.5 for B."""
    plan = {"caps": [builders.cap("east", "21 万吨", "东县")]}
    rights = [mine("A", "20 万吨"), mine("B", "20 万吨"), mine("W", "20 万吨", "西县")]
    answer = solve(magnesite(rights, "30 万吨", plan, overproduced=dug(A="5 万吨")))
    # All share 30: 10 each, less than the east's cap allows. A's 5 go to B and W alike.
    assert quotas(answer) == {"A": 5, "B": 12.5, "W": 12.5}
    answer = solve(magnesite(rights, "41 万吨", plan, overproduced=dug(A="5 万吨")))
    assert quotas(answer) == {"A": 5.5, "B": 15.5, "W": 20}


def test_an_excess_is_ore_in_any_unit_of_the_licence():
    """75 万吨 are 30 万立方米 at 2.5: 10 万吨 too many are 4 of stone, as 4 万立方米 are."""
    rights = [quarry("P", "75 万吨"), quarry("Q", "30 万立方米")]
    for amount in ("10 万吨", "100000 吨", "4 万立方米"):
        # 10 for each, 10 − 4 for P.
        scenario = stone(rights, "20 万立方米", {"zones": []}, overproduced=dug(P=amount))
        assert quotas(scenario) == {"P": 6, "Q": 14}


def test_an_excess_of_ore_counts_as_what_it_holds():
    """Ore of 50 %: 8 of ore too many are 4 of mineral: A 8 − 4, B 12."""
    products = builders.tiny_plan()["products"]
    products[0] |= {"basis": "mineral", "grade": 0.5}
    rights = [mine("A", "40 万吨"), mine("B", "40 万吨")]
    plan = FREE | {"products": products}
    answer = quotas(magnesite(rights, "16 万吨", plan, overproduced=dug(A="8 万吨")))
    assert answer == {"A": 4, "B": 12}


def test_only_the_first_year():
    """5, 13.33 and 6.67 in 2024, after 5 too many in 2023; 10, 10 and 5 again in 2025."""
    question = calendar(2024) | {"overproduced": dug(2023, A="5 万吨")}
    answer = solve(three("25 万吨", **question))
    assert quotas_in(answer, 2024) == {"A": 5, "B": 13.33, "C": 6.67}
    assert quotas_in(answer, 2025) == {"A": 10, "B": 10, "C": 5}
    assert {one.year for one in answer.quotas if "超采" in one.reason} == {2024}


def test_a_merger_of_the_first_year_takes_it_over():
    """One right must go, so A and B merge to 20; A's 3 and B's 1 too many leave 16 of them."""
    rights = [mine("A", "12 万吨"), mine("B", "8 万吨")]
    plan = FREE | {"counts": [builders.count(1)]}
    question = {"mergers": [merger("ab", "A", "B")], "overproduced": dug(A="3 万吨", B="1 万吨")}
    answer = solve(magnesite(rights, "20 万吨", plan, **question))
    assert quotas(answer) == {"merger:ab": 16}
    assert answer.quotas[0].reason.startswith("上年超采4万吨，扣减4万吨；")
    assert clause(answer, "OVERRUN").reach == 2


def test_a_merger_of_a_later_year_finds_it_taken_off():
    """By itself A gets 12 − 3 in 2024, B its 8; merged in 2025 they make 20."""
    rights = [mine("A", "12 万吨"), mine("B", "8 万吨")]
    plan = FREE | {"counts": [builders.count(1, years={"first": 2025, "last": 2025})]}
    question = calendar(2024) | {
        "mergers": [merger("ab", "A", "B", years={"first": 2025, "last": 2025})],
        "overproduced": dug(2023, A="3 万吨"),
    }
    answer = solve(magnesite(rights, "20 万吨", plan, **question))
    assert quotas_in(answer, 2024) == {"A": 9, "B": 8}
    assert quotas_in(answer, 2025) == {"merger:ab": 20}


@pytest.mark.parametrize(("excess", "left"), [("4 万吨", 26), ("12 万吨", 18), ("30 万吨", 0)])
def test_an_expansion_of_the_first_year_counts(excess, left):
    """10 enlarged to 30: what is taken off is taken off the 30, were it more than the 10."""
    question = {"expansions": [expansion("A", "30 万吨")], "overproduced": dug(A=excess)}
    answer = solve(magnesite([mine("A", "10 万吨")], "30 万吨", FREE, **question))
    assert quotas(answer) == {"A": left}
    assert kinds(answer) == {"A": "expand" if left else "keep"}


def test_below_its_floor_a_mine_rests():
    """A runs with at least half of 20. 20 − 12 are 8, so it rests; B and C make their 30."""
    question = {"overproduced": dug(A="12 万吨"), "options": {"min_load": 0.5}}
    answer = solve(three("40 万吨", **question))
    assert quotas(answer) == {"A": 0, "B": 20, "C": 10}
    (reason,) = (one.reason for one in answer.quotas if one.right == "A")
    assert reason == "上年超采12万吨，全年可安排量相应扣减；达不到最低产量要求，本年不安排"


def test_at_its_floor_it_runs():
    """20 − 10 are just half of 20: the floor is asked of the figure, not of what it has had."""
    question = {"overproduced": dug(A="10 万吨"), "options": {"min_load": 0.5}}
    assert quotas(three("40 万吨", **question)) == {"A": 10, "B": 20, "C": 10}


def test_a_strict_minimum_lets_it_rest_too():
    """The table's 10 for a small deposit bind the output: 12 − 4 are too few, so A rests."""
    question = {"overproduced": dug(A="4 万吨"), "options": {"minimum_binds_output": True}}
    rights = [mine("A", "12 万吨"), mine("B", "20 万吨")]
    assert quotas(magnesite(rights, "32 万吨", FREE, **question)) == {"A": 0, "B": 20}


STEADY = {"steady": {"up": 0.5, "down": 0.25, "source": "test"}}


@pytest.mark.parametrize(("demand", "figure"), [("112 万吨", 9), ("12 万吨", 3)])
def test_steadiness_looks_at_what_it_has_had_as_well(demand, figure):
    """8 last year, of which 3 too many: between 6 and 12 with them, so between 3 and 9.

    B (100, free) makes all it can of 112, and A no more than 9. Of 12 A's even share is
    (12 + 3) ÷ 120 · 20 − 3 < 0, but it keeps 3.
    """
    rights = [mine("A", "20 万吨", last_output="8 万吨"), mine("B", "100 万吨")]
    question = {"overproduced": dug(A="3 万吨"), "options": STEADY}
    assert quotas(magnesite(rights, demand, FREE, **question))["A"] == figure


def test_a_year_later_it_may_rise_as_if_it_had_dug():
    """8 last year with 6 too many: 12 − 6 = 6 in 2024, and in 2025 half more than 12, not than 6.

    Of an excess beyond all capacity nothing is left in 2024, and yet 2025 is not held to nothing.
    """
    rights = [mine("A", "30 万吨", last_output="8 万吨")]
    for excess, figures in (("6 万吨", [6, 18]), ("14 万吨", [0, 21])):
        question = calendar(2024, **STEADY) | {"overproduced": dug(2023, A=excess)}
        answer = solve(magnesite(rights, "30 万吨", FREE, **question))
        assert [quotas_in(answer, year)["A"] for year in (2024, 2025)] == figures


@SOLVERS
def test_where_no_formula_fits_the_solver_counts_it_too(solver, monkeypatch):
    """15 of mineral from ores of 50, 25 and 50 %, but only 36 of ore; A has had 2 of mineral.

    2 A + 4 B + 2 C = 30 + 2 B ≤ 36 stops B at 3. A and C share 12: (12 + 2) ÷ 2 = 7, so 5 and 7.
    """
    calls = []
    real = sharing.fill_by_level
    monkeypatch.setattr(sharing, "fill_by_level", lambda *given: calls.append(1) or real(*given))
    products = builders.tiny_plan()["products"]
    products[0] |= {"basis": "mineral"}
    plan = {"caps": [builders.cap("ore", "36 万吨", basis="ore")], "products": products}
    rights = [mine("A", "60 万吨", grade=0.5), mine("B", "120 万吨", grade=0.25)]
    rights.append(mine("C", "60 万吨", grade=0.5))
    scenario = magnesite(rights, "15 万吨", plan, overproduced=dug(A="4 万吨"))
    assert quotas(solve(scenario, solver)) == {"A": 5, "B": 3, "C": 7}
    assert calls


def test_the_figure_says_why():
    """In both languages, with the amount in the quota's unit and the text it rests on."""
    answer = solve(three("25 万吨", overproduced=dug(A="5 万吨", C="10 万吨")))
    found = {one.right: (one.reason, one.reason_en, one.source) for one in answer.quotas}
    zh, en, source = found["A"]
    assert zh == "上年超采5万吨，扣减5万吨；需求已满足，按许可生产规模均衡分配"
    assert en.startswith("last year's over-production of 5, in the quota's unit: 5 taken off; ")
    assert source == "国土资发〔2012〕44号；执行情况表；test"
    assert found["C"][2] == "国土资发〔2012〕44号；执行情况表"
    assert found["C"][0] == "上年超采10万吨，不少于全年可安排量，本年不安排"
    assert "超采" not in found["B"][0]


def test_an_assumed_excess_is_called_so():
    """Nobody is said to have dug too much on an assumption alone."""
    listed = dug(A="5 万吨")
    listed["A"]["assumed"] = True
    (figure,) = (
        one for one in solve(three("25 万吨", overproduced=listed)).quotas if one.right == "A"
    )
    assert figure.reason.startswith("上年超采5万吨（假定），扣减5万吨；")
    assert figure.reason_en.startswith("last year's assumed over-production of 5, ")


def test_at_what_is_left_it_is_at_its_capacity():
    """15 of 20 are all that A may make: the reason is what is left of its licence."""
    answer = solve(three("60 万吨", overproduced=dug(A="5 万吨")))
    assert answer.quotas[0].reason == "上年超采5万吨，扣减5万吨；达到扣减超采后的全年可安排量"


def test_who_may_not_produce_has_nothing_taken_off():
    """A stopped mine gets nothing because it stands still, and its excess passes nobody on."""
    rights = [mine("A", "20 万吨", status="stopped"), mine("B", "20 万吨")]
    answer = solve(magnesite(rights, "10 万吨", FREE, overproduced=dug(A="5 万吨")))
    assert quotas(answer) == {"A": 0, "B": 10}
    assert "超采" not in answer.quotas[0].reason


def test_the_table_of_rules_counts_those_it_speaks_of():
    """Two listed, one of them with nothing: one right. None listed: nobody, and it says so."""
    line = clause(solve(three("25 万吨", overproduced=dug(A="5 万吨", B="0 万吨"))), "OVERRUN")
    assert (line.applies, line.reach, line.attribute) == (True, 1, "practice")
    line = clause(solve(three("25 万吨")), "OVERRUN")
    assert (line.applies, line.reach) == (False, 0)


@st.composite
def groups(draw):
    """Draw two to five mines of whole capacities, their excesses, a demand and a cap."""
    sizes = draw(st.lists(st.integers(1, 30), min_size=2, max_size=5))
    beyond = draw(st.lists(st.integers(0, 35), min_size=len(sizes), max_size=len(sizes)))
    return sizes, beyond, draw(st.integers(0, 120)), draw(st.integers(1, 120))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(groups())
def test_what_capacity_is_left_for_is_handed_out(group):
    """The sum is what is wanted, allowed and possible; nobody keeps what another could take.

    Weighed by capacity, everybody's share without any excess is the same part of its size.
    """
    sizes, beyond, demand, limit = group
    names = [f"M{number}" for number in range(len(sizes))]
    left = [max(0, size - more) for size, more in zip(sizes, beyond, strict=True)]
    answer = solve(
        magnesite(
            [mine(name, f"{size} 万吨") for name, size in zip(names, sizes, strict=True)],
            f"{demand} 万吨",
            {"caps": [builders.cap("city", f"{limit} 万吨")]},
            overproduced=dug(**dict(zip(names, (f"{more} 万吨" for more in beyond), strict=True))),
        )
    )
    found = [quotas(answer)[name] for name in names]
    total = min(demand, limit, sum(left))
    assert sum(found) == pytest.approx(total)
    assert all(0 <= made <= most for made, most in zip(found, left, strict=True))
    level = total / sum(sizes)
    others = [one for one in range(len(sizes)) if not beyond[one]]
    full = all(found[one] >= sizes[one] - 0.02 for one in others)
    for one in range(len(sizes)):
        if beyond[one]:
            at_most = max(0.0, level * sizes[one] - beyond[one])
            assert found[one] >= at_most - 0.02
            assert full or found[one] <= at_most + 0.02
    for one in others:
        assert found[one] / sizes[one] == pytest.approx(
            found[others[0]] / sizes[others[0]], abs=0.04
        )


def reasons(answer: Any) -> dict[str, str]:
    """Return what is said of each figure's excess."""
    return {one.right: one.reason.split("；")[0] for one in answer.quotas if "超采" in one.reason}


def test_alone_it_goes_on_and_the_table_says_so():
    """One mine, 10 wanted: nobody else can dig them, so none of its 5 too many is taken off."""
    answer = solve(magnesite([mine("A", "20 万吨")], "10 万吨", FREE, overproduced=dug(A="5 万吨")))
    assert quotas(answer) == {"A": 10}
    assert reasons(answer) == {"A": "上年超采5万吨，无其他矿山可承接，未能扣减"}
    assert "as no other mine can take it over" in answer.quotas[0].reason_en


TWO = [mine("A", "20 万吨"), mine("B", "20 万吨")]


def test_all_of_it_is_taken_off_where_another_has_room():
    """10 each of 20; A's 10 too many leave it nothing, and B digs 20."""
    answer = solve(magnesite(TWO, "20 万吨", FREE, overproduced=dug(A="10 万吨")))
    assert quotas(answer) == {"A": 0, "B": 20}
    assert reasons(answer) == {"A": "上年超采10万吨，扣减10万吨"}
    assert goal(answer, "evenness").value == 0


def test_where_all_dug_too_much_nothing_is_taken_off():
    """Both could give 10 and nobody can take them: 10 each, and half a licence is no licence."""
    answer = solve(magnesite(TWO, "20 万吨", FREE, overproduced=dug(A="10 万吨", B="10 万吨")))
    assert quotas(answer) == {"A": 10, "B": 10}
    said = "上年超采10万吨，无其他矿山可承接，未能扣减"
    assert reasons(answer) == {"A": said, "B": said}
    assert not any("达到许可生产规模" in one.reason for one in answer.quotas)


def test_what_the_others_have_no_room_for_goes_back():
    """32 of 50 make 12.8, 12.8 and 6.4. A and B give 8 each, but C has room for 3.6 more.

    12.4 go back: A and B get 11 each, 1.8 less than without.
    """
    dug_too_much = dug(A="8 万吨", B="8 万吨")
    answer = solve(three("32 万吨", overproduced=dug_too_much))
    assert quotas(answer) == {"A": 11, "B": 11, "C": 10}
    said = "上年超采8万吨，扣减1.8万吨，其余因无其他矿山可承接未扣减"
    assert reasons(answer) == {"A": said, "B": said}


def test_down_to_its_floor_and_no_further():
    """10 each; with at least 0.4 of 20 A gives 2 of its 5, and B digs 12."""
    question = {"overproduced": dug(A="5 万吨"), "options": {"min_load": 0.4}}
    answer = solve(magnesite(TWO, "20 万吨", FREE, **question))
    assert quotas(answer) == {"A": 8, "B": 12}
    assert reasons(answer) == {"A": "上年超采5万吨，扣减2万吨，扣至最低安排量为止"}


def test_an_excess_does_not_raise_its_own_weight():
    """By last output, 12 of which 10 were allowed: A weighs 10 as B does, so 10 − 2 and 12."""
    rights = [
        mine("A", "20 万吨", last_output="12 万吨", last_quota="10 万吨"),
        mine("B", "20 万吨", last_output="10 万吨"),
    ]
    question = {"overproduced": dug(A="2 万吨"), "options": {"sharing": {"basis": "last_output"}}}
    assert quotas(magnesite(rights, "20 万吨", FREE, **question)) == {"A": 8, "B": 12}
