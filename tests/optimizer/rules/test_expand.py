"""EXPAND: what a listed expansion brings, and from when."""

import builders
import pytest
from small import calendar, clause, expansion, goal, magnesite, mine, quotas, quotas_in

from minequota.optimizer.solve import solve

FREE = {"caps": []}


def test_a_right_is_enlarged_where_demand_asks_for_it():
    """12 wanted, 5 licensed: the expansion to 15 is decided, and the licence says 15."""
    answer = solve(
        magnesite([mine("A", "5 万吨")], "12 万吨", FREE, expansions=[expansion("A", "15 万吨")])
    )
    assert quotas(answer) == {"A": 12}
    assert answer.quotas[0].capacity == 15
    (done,) = answer.reorganisations
    assert (done.kind, done.members, done.capacity_before, done.capacity) == (
        "expand",
        ("A",),
        5,
        15,
    )
    assert (answer.actions[0].kind, answer.actions[0].project) == ("expand", "enlarge")
    assert goal(answer, "actions").value == 1


def test_nothing_is_enlarged_that_nobody_needs():
    """4 wanted, 5 licensed."""
    answer = solve(
        magnesite([mine("A", "5 万吨")], "4 万吨", FREE, expansions=[expansion("A", "15 万吨")])
    )
    assert answer.reorganisations == ()
    assert (answer.actions[0].kind, answer.quotas[0].capacity) == ("keep", 5)


def test_it_yields_from_its_completion():
    """Decided in 2023, yielding from 2025: 5 a year before, 12 then; the licence says 15."""
    answer = solve(
        magnesite(
            [mine("A", "5 万吨")],
            "12 万吨",
            FREE,
            expansions=[
                expansion("A", "15 万吨", years={"first": 2023, "last": 2025}, yields_from=2025)
            ],
            **calendar(2023),
        )
    )
    assert [quotas_in(answer, year)["A"] for year in (2023, 2024, 2025)] == [5, 5, 12]
    (done,) = answer.reorganisations
    assert done.first_output_year == 2025


def test_without_a_stated_year_the_lead_time_counts():
    """Lead time 1: 5 in the first year, 14 after it; a mine at work does not ramp up again."""
    answer = solve(
        magnesite(
            [mine("A", "5 万吨")],
            "14 万吨",
            FREE,
            expansions=[expansion("A", "15 万吨")],
            **calendar(2023, lead_time=1, ramp_up=[0.5, 1]),
        )
    )
    assert [quotas_in(answer, year)["A"] for year in (2023, 2024, 2025)] == [5, 14, 14]


def test_not_before_its_first_year():
    """A project of 2025 cannot be decided in 2024."""
    answer = solve(
        magnesite(
            [mine("A", "5 万吨")],
            "12 万吨",
            FREE,
            expansions=[expansion("A", "15 万吨", years={"first": 2025, "last": 2025})],
            **calendar(2024),
        )
    )
    assert [quotas_in(answer, year)["A"] for year in (2024, 2025)] == [5, 12]
    assert answer.reorganisations[0].year == 2025


def test_an_enlarged_right_counts_by_its_new_class():
    """One small right of two must become medium: by the plan's columns 50 万吨 is medium."""
    plan = FREE | {"ratios": [builders.ratio(0.5)]}
    rights = [mine("A", "5 万吨"), mine("B", "5 万吨")]
    options = {"protection": {"never_close": []}, "closing": False}
    answer = solve(
        magnesite(rights, "4 万吨", plan, expansions=[expansion("A", "60 万吨")], options=options)
    )
    assert clause(answer, "RATIO.large_medium_ratio").used == pytest.approx(50)
    assert answer.reorganisations[0].size_class == "medium"


def test_a_larger_boundary_meets_the_minimum_for_enlarged_rights():
    """改扩建 to 8 is below the table's 10 and is not decided; more inside the boundary is."""
    plan = FREE | {
        "minimum_scale_use": {
            "column_meaning": "deposit_size",
            "applies_to": ["new", "enlarged"],
            "source": "附表6",
        }
    }
    rights = [mine("A", "5 万吨")]
    inside = magnesite(rights, "8 万吨", plan, expansions=[expansion("A", "8 万吨")])
    larger = magnesite(
        rights, "8 万吨", plan, expansions=[expansion("A", "8 万吨", enlarges_area=True)]
    )
    assert quotas(inside) == {"A": 8}
    assert quotas(larger) == {"A": 5}
