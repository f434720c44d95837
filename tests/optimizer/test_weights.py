"""Weights of the mines: every basis, mixes, execution, policy coefficients, capacity by year."""

import builders
import numpy as np
import pytest
from small import extra, magnesite, mine, problem_of, quarry, quotas, stone

from minequota.optimizer.draft import NONE, start_draft
from minequota.optimizer.solve import solve
from minequota.optimizer.weights import sharing_weights, usable_capacity

RIGHTS = (
    mine("A", "10 万吨", size_class="medium", last_output="6 万吨", last_quota="8 万吨"),
    mine("B", "20 万吨", green=True, design_capacity="40 万吨", last_quota="200000 吨"),
)


def weights(sharing, rights=RIGHTS, **question):
    """Return the weights of all rights, all held, in the first year."""
    scenario = magnesite(rights, options={"sharing": sharing}, **question)
    problem = problem_of(scenario)
    draft = start_draft(problem)
    solution = np.zeros(len(draft.lower))
    solution[draft.columns.hold] = 1.0
    members = np.flatnonzero(draft.columns.output[0] != NONE)
    return sharing_weights(problem, draft, solution, 0, members)


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        ({}, [10, 20]),
        # Whoever has no figure is weighed by its capacity.
        ({"basis": "last_output"}, [6, 20]),
        ({"basis": "design_capacity"}, [10, 40]),
        ({"basis": "last_quota"}, [8, 20]),
        ({"coefficients": {"green": 1.5}}, [10, 30]),
        ({"coefficients": {"large_medium": 2}}, [20, 20]),
        ({"basis": "last_quota", "coefficients": {"green": 1.5, "large_medium": 2}}, [16, 30]),
    ],
)
def test_the_basis_and_the_policy(sharing, expected):
    """A: 10, medium, last output 6, quota 8. B: 20, green, designed for 40, quota 20."""
    assert weights(sharing) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("mix", "expected"),
    [
        ({"capacity": 1.0}, [10 / 30, 20 / 30]),
        # Half of 10 : 20 and half of 8 : 20, each as shares.
        ({"capacity": 0.5, "last_quota": 0.5}, [1 / 6 + 1 / 7, 1 / 3 + 5 / 14]),
        # B's output is unknown: its capacity stands in, 6 : 20.
        ({"design_capacity": 0.2, "last_output": 0.8}, [0.04 + 2.4 / 13, 0.16 + 8 / 13]),
    ],
)
def test_a_mix_adds_up_shares(mix, expected):
    """A mix of 10 : 20, 8 : 20 and so on counts each as shares of its total, which make 1."""
    found = weights({"basis": "mix", "mix": mix})
    assert found == pytest.approx(expected)
    assert found.sum() == pytest.approx(1)


def test_a_mix_of_unlike_sizes():
    """Quotas of a hundredth the capacities weigh as much as these: the unit drops out."""
    rights = [
        mine("A", "10 万吨", last_quota="0.3 万吨"),
        mine("B", "10 万吨", last_quota="0.1 万吨"),
    ]
    found = weights({"basis": "mix", "mix": {"capacity": 0.5, "last_quota": 0.5}}, rights)
    assert found == pytest.approx([0.25 + 0.375, 0.25 + 0.125])


@pytest.mark.parametrize(
    ("output", "quota", "factor"),
    [
        ("6 万吨", "8 万吨", 0.75),
        ("1 万吨", "8 万吨", 0.5),
        ("9 万吨", "8 万吨", 1.1),
        ("84000 吨", "8 万吨", 1.05),
        ("0 万吨", "8 万吨", 0.5),
        # Nothing to compare with.
        (None, "8 万吨", 1),
        ("6 万吨", None, 1),
        ("6 万吨", "0 万吨", 1),
    ],
)
def test_how_last_year_s_quota_was_fulfilled(output, quota, factor):
    """Last output ÷ last quota, between 0.5 and 1.1, times the capacity of 10."""
    right = mine("A", "10 万吨", last_output=output, last_quota=quota)
    execution = {"execution": {"least": 0.5, "most": 1.1}}
    assert weights(execution, [right]) == pytest.approx([10 * factor])
    assert weights({}, [right]) == pytest.approx([10])


def test_figures_in_another_unit_than_the_licence():
    """A quarry of 10 万立方米 and 2.5 吨 a 立方米 made 50 万吨: 20 万立方米."""
    right = quarry("Q", "10 万立方米", last_output="50 万吨")
    problem = problem_of(stone([right], options={"sharing": {"basis": "last_output"}}))
    draft = start_draft(problem)
    solution = np.ones(len(draft.lower))
    m = next(m for m, one in enumerate(problem.sources) if one.id == "Q")
    assert sharing_weights(problem, draft, solution, 0, np.array([m])) == pytest.approx([20])


def test_a_new_right_weighs_what_it_is_issued_with():
    """A quarry of 40 and a new right of 20 (of at most 60) share an expected 45 by 40 : 20.

    60 are asked, so the right is issued at its minimum; 45 × 2 / 3 = 30 and 15.
    """
    plan = {"caps": [builders.cap("s", "45 万立方米", product="建筑石料", attribute="expected")]}
    assert quotas(stone([quarry("C", "40 万立方米")], "60 万立方米", plan)) == {"C": 30, "Z1-1": 15}


def test_an_enlarged_right_weighs_more_once_it_yields():
    """A grows from 10 to 30 beside B's 10, and yields in the second year: 1 : 1, then 3 : 1.

    20 are wanted in 2024, all there is, and 21 in 2025: 15.75 and 5.25.
    """
    expansion = {
        "id": "grow",
        "right": "A",
        "capacity": "30 万吨",
        "yields_from": 2025,
        "years": {"first": 2024, "last": 2024},
        "source": "test",
    }
    scenario = magnesite(
        [mine("A", "10 万吨"), mine("B", "10 万吨")],
        {"amount": "20 万吨", "by_year": {2025: "21 万吨"}, "assumed": True, "source": "test"},
        {"caps": []},
        expansions=[expansion],
        mode="calendar",
        first_year=2024,
    )
    answer = solve(scenario)
    found = [(one.year, one.right, one.amount) for one in answer.quotas]
    assert found == [(2024, "A", 10), (2024, "B", 10), (2025, "A", 15.75), (2025, "B", 5.25)]


def test_capacity_that_ramps_up():
    """A block of 40 issued in 2023 waits a year, then yields a half, then all of it."""
    scenario = magnesite(
        [],
        "30 万吨",
        {"caps": []},
        extra_candidates=[extra("X", "40 万吨")],
        mode="calendar",
        first_year=2023,
        options={"lead_time": 1, "ramp_up": [0.5]},
    )
    problem = problem_of(scenario)
    draft = start_draft(problem)
    solution = np.zeros(len(draft.lower))
    solution[draft.columns.size[0, 0]] = 40
    found = [usable_capacity(problem, draft, solution, y, 0) for y in range(3)]
    assert found == pytest.approx([0, 20, 40])
    # Whoever can use nothing yet produces nothing; any weight will do, if only above 0.
    assert sharing_weights(problem, draft, solution, 0, np.array([0]))[0] > 0
