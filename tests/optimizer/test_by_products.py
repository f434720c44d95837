"""By-products of other mines: what they come from is shared first."""

from dataclasses import replace

import builders
import pytest
from small import asked, goal, mine

from minequota.optimizer.solve import solve

FROM_MAGNESITE = {
    "by_product_from": [
        {"minerals": ["菱镁矿"], "per_ore": "1 万立方米", "assumed": True, "source": "test"}
    ]
}


def year(**question):
    """Return a year of magnesite counted by content, whose waste serves as building stone.

    A's ore holds 50 %, B's 20 %; each has 10 万吨 of ore a year. 3.5 of content is wanted: half of
    the 7 they could make.
    """
    first, second = builders.tiny_plan()["products"]
    plan = builders.tiny_plan(
        caps=[], products=[first | {"basis": "mineral", "grade": 0.5}, second], zones=[]
    )
    rights = [
        mine("A", "10 万吨"),
        mine("B", "10 万吨", grade=0.2),
        builders.right("S", "西县", "建筑石料", "30 万立方米"),
    ]
    demand = {"菱镁矿": asked("3.5 万吨"), "建筑石料": asked("20 万立方米", **FROM_MAGNESITE)}
    return builders.scenario(plan, builders.tiny_question(demand=demand, **question), rights)


def test_waste_is_no_reason_to_dig_lean_ore():
    """By capacity A makes 2.5 and B 1, of 5 of ore each: 10 of stone, and S the other 10."""
    answer = solve(year())
    assert {one.right: one.amount for one in answer.quotas} == {"A": 2.5, "B": 1, "S": 10}
    assert goal(answer, "by_product").value == pytest.approx(0.5)
    stone = next(one for one in answer.balance if one.product == "建筑石料")
    assert (stone.by_product, stone.production_existing, stone.unmet) == (10, 10, 0)


def test_left_out_the_quarry_comes_first():
    """Without the goal nothing speaks against digging: S makes all 20."""
    names = [name for name in year().question.goals if name != "by_product"]
    answer = solve(year(goals=names))
    assert next(one.amount for one in answer.quotas if one.right == "S") == 20


def test_without_even_shares_by_products_still_serve():
    """With nothing shared evenly mines make as little stone as any split allows: lean ore first.

    B's 10 of ore give 2 of content, A's 3 of ore the other 1.5: 13 of stone, and S makes 7.
    """
    names = [name for name in year().question.goals if name != "evenness"]
    answer = solve(year(goals=names))
    assert next(one.amount for one in answer.quotas if one.right == "S") == 7


def test_unmet_demand_goes_before_even_shares():
    """With 3 left of the quarry, 17 of stone are asked of waste: leaner ore must be dug after all.

    Ore a of A and b of B: a / 2 + b / 5 = 3.5 and a + b as large as can be, b = 10, a = 3: 13 of
    stone, so that 4 stay unmet. Demand outranks the shares.
    """
    short = year()
    rights = [one for one in short.rights if one.licence != "S"]
    rights.append(builders.right("S", "西县", "建筑石料", "3 万立方米"))
    answer = solve(replace(short, rights=tuple(rights)))
    assert {one.right: one.amount for one in answer.quotas} == {"A": 1.5, "B": 2, "S": 3}
