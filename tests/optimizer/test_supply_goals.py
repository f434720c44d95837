"""Goals of supply: by-products before mines, and cost."""

from dataclasses import replace

import builders
import pytest
from small import asked, extra, goal, issued, magnesite, mine, problem_of, quarry, quotas, stone

from minequota.optimizer.model import write_model
from minequota.optimizer.solve import solve
from minequota.optimizer.supply_goals import by_product, cost

WASTE = {
    "minerals": ["菱镁矿"],
    "per_ore": "0.2 万立方米",
    "assumed": True,
    "source": "test",
}
FREE = {"caps": [], "zones": []}


def both(goals=None, **stone_demand):
    """Return a year with 10 万吨 of magnesite, whose waste gives 2 of the 50 万立方米 of stone."""
    demand = {
        "菱镁矿": asked("10 万吨"),
        "建筑石料": asked("50 万立方米", by_product_from=[WASTE], **stone_demand),
    }
    question = {"demand": demand} | ({} if goals is None else {"goals": goals})
    return builders.scenario(
        builders.tiny_plan(caps=[], zones=[]),
        builders.tiny_question(**question),
        [mine("A", "30 万吨"), quarry("Q", "60 万立方米")],
    )


def test_the_mines_share_of_what_by_products_could_serve():
    """48 of 50 are mined; magnesite, which nothing else can be, does not count."""
    answer = solve(both())
    assert goal(answer, "by_product").value == pytest.approx(48 / 50)
    assert goal(answer, "by_product").rounded_value == pytest.approx(48 / 50)


def test_without_the_goal_by_products_do_not_come_first():
    """The quarry's output is then what the sharing makes most of: all 50."""
    answer = solve(both(goals=["unmet_demand", "tie_break", "evenness"]))
    assert quotas(answer) == {"A": 10, "Q": 50}


def test_no_by_products_no_goal():
    """Demand that only mines and fixed supply meet yields no such goal."""
    problem = problem_of(magnesite([mine("A", "9 万吨")]))
    assert list(by_product(problem, write_model(problem))) == []


def test_years_are_weighed():
    """Twice 2024 and once 2025, each divided by its own demand."""
    scenario = both()
    question = scenario.question.model_copy(update={"mode": "calendar", "first_year": 2024})
    options = question.options.model_copy(update={"year_weights": {2024: 2.0}})
    question = question.model_copy(update={"options": options})
    problem = problem_of(replace(scenario, question=question))
    draft = write_model(problem)
    (found,) = by_product(problem, draft)
    outputs = draft.columns.output[:, [one.id == "Q" for one in problem.sources]].ravel()
    assert found.cost[outputs] == pytest.approx([2 / 50, 1 / 50])
    assert (found.cost != 0).sum() == 2


def transport(rates, **distances):
    """Return one centre with distances and rates."""
    return {
        "centres": [{"id": "a", "name": builders.name("甲")}],
        "distances": {key: {"a": km} for key, km in distances.items()},
        "cost_per_unit_km": rates,
        "assumed": True,
        "source": "test",
    }


def costs(**given):
    """Return costs as `scenario.yaml` would say them."""
    return given | {"assumed": True, "source": "test"}


@pytest.mark.parametrize(
    ("rate", "shares", "value"),
    [
        # 30 m³ over 10 km at 3000 yuan a 万立方米 and km: 90 万元, and 10 over 40: 120.
        (3000.0, {"P": 30, "Q": 10}, 210),
        # Without a rate nobody minds the way: 20 each.
        (None, {"P": 20, "Q": 20}, None),
    ],
)
def test_the_near_mine_first(rate, shares, value):
    """40 wanted at a; P is 10 km away, Q 40, each of 30."""
    ways = transport({} if rate is None else {"建筑石料": rate}, P=10.0, Q=40.0)
    answer = solve(
        stone(
            [quarry("P", "30 万立方米"), quarry("Q", "30 万立方米")],
            asked("40 万立方米", places={"a": "40 万立方米"}),
            FREE,
            transport=ways,
        )
    )
    assert quotas(answer) == shares
    if value is None:
        assert "cost" not in [one.name for one in answer.goals]
    else:
        assert goal(answer, "cost").value == pytest.approx(value)
        assert (goal(answer, "cost").unit, goal(answer, "cost").rounded_value) == ("万元", value)


def test_carrying_is_summed_over_weighed_years():
    """5 over 10 km at 1000 yuan is 5 万元 a year; the first counts twice: 15."""
    ways = transport({"建筑石料": 1000.0}, P=10.0)
    scenario = stone(
        [quarry("P", "30 万立方米")],
        asked("5 万立方米", places={"a": "5 万立方米"}),
        FREE,
        transport=ways,
        mode="calendar",
        first_year=2024,
        options={"year_weights": {2024: 2.0}},
    )
    assert goal(solve(scenario), "cost").value == pytest.approx(15)


def test_opening_costs_once_for_every_new_right():
    """45 wanted, blocks of 20 and 25: both open, 300 each, in a year or in two."""
    blocks = [extra("X", "20 万吨"), extra("Y", "25 万吨")]
    for question in ({}, {"mode": "calendar", "first_year": 2024}):
        answer = solve(
            magnesite(
                [],
                "45 万吨",
                FREE,
                extra_candidates=blocks,
                costs=costs(opening={"菱镁矿": 300.0}),
                **question,
            )
        )
        assert issued(answer) == {"X": 20, "Y": 25}
        assert goal(answer, "cost").value == pytest.approx(600)


def test_the_cheaper_expansion():
    """3 more are wanted, and A or B may grow by 10: A would cost 50, B 20."""
    expansions = [
        {"id": f"grow_{right.lower()}", "right": right, "capacity": "20 万吨", "source": "test"}
        for right in ("A", "B")
    ]
    answer = solve(
        magnesite(
            [mine("A", "10 万吨"), mine("B", "10 万吨")],
            "23 万吨",
            FREE,
            expansions=expansions,
            costs=costs(expansion={"grow_a": 50.0, "grow_b": 20.0}),
        )
    )
    assert goal(answer, "cost").value == pytest.approx(20)
    assert [one.right for one in answer.actions if one.kind == "expand"] == ["B"]


def test_nothing_costs_nothing_said():
    """No costs, or none that concern anything: no goal."""
    rights = [mine("A", "9 万吨")]
    for given in ({}, {"costs": costs()}):
        problem = problem_of(magnesite(rights, **given))
        assert list(cost(problem, write_model(problem))) == []
