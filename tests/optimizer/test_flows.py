"""Goal 8: the shortest ways, the earlier right to the earlier centre among equals, one answer."""

import itertools

import builders
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import asked, goal, quarry, quotas, stone

from minequota.optimizer.draft import start_draft
from minequota.optimizer.flows import settle_flows
from minequota.optimizer.problem import build_problem
from minequota.optimizer.rules import demand, reach
from minequota.optimizer.solve import solve
from minequota.optimizer.stages import StageError

CENTRES = ("a", "b", "c")


def place(distances, outputs, places, **changes):
    """Return a year of stone with one quarry for every output, and its ways."""
    rights = [quarry(f"R{i}", "90 万立方米") for i in range(len(outputs))]
    transport = {
        "centres": [{"id": c, "name": builders.name(c)} for c in places],
        "distances": {
            f"R{i}": dict(zip(places, row, strict=True)) for i, row in enumerate(distances)
        },
        "assumed": True,
        "source": "test",
    } | changes.pop("transport", {})
    given = asked(
        f"{sum(places.values())} 万立方米",
        places={c: f"{amount} 万立方米" for c, amount in places.items()},
    )
    return stone(rights, given, {"zones": []}, transport=transport, **changes)


def settled(distances, outputs, places, start, solver="highs", unmet=0.0, **changes):
    """Settle the flows of given outputs, from any flows that fit; return draft and result."""
    problem = build_problem(place(distances, outputs, places, **changes))
    draft = start_draft(problem)
    demand.write(problem, draft)
    reach.write(problem, draft)
    solution = np.zeros(len(draft.lower))
    names = [product.name for product in problem.products]
    solution[draft.columns.unmet[0, names.index("建筑石料")]] = unmet
    for m, amount in enumerate(outputs):
        solution[draft.columns.output[0, m]] = amount
    for link in draft.links:
        solution[link.column] = start[link.m, CENTRES.index(link.centre)]
    for own in draft.centres:
        arriving = start[:, CENTRES.index(own.centre)].sum()
        solution[own.outside] = places[own.centre] - arriving
    return draft, settle_flows(problem, draft, solution, solver)


def table(draft, result, shape):
    """Return what goes where as a table."""
    found = np.zeros(shape)
    for link in draft.links:
        found[link.m, CENTRES.index(link.centre)] = result.solution[link.column]
    return found


def test_the_shortest_ways():
    """6 and 4 for 5 and 5. R0 is nearer to b (1 km, a 3), R1 to a (1, b 9).

    R1's 4 go to a: 1 of R0 goes there too, 5 to b. 4·1 + 1·3 + 5·1 = 12, not 5·3 + 1·1 + 4·9.
    """
    start = np.array([[5.0, 1.0], [0.0, 4.0]])
    draft, result = settled([[3, 1], [1, 9]], [6, 4], {"a": 5, "b": 5}, start)
    assert table(draft, result, (2, 2)) == pytest.approx(np.array([[1, 5], [4, 0]]))
    assert result.goals[0].value == pytest.approx(12)
    assert (result.goals[0].name, result.goals[0].unit) == ("flows", "单位·公里")


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_among_equals_the_earlier_right_serves_the_earlier_centre(solver):
    """Three mines of one county, 3, 4 and 5, all 20 km from a (6) and 30 from b (6).

    R0 and 3 of R1 go to a, the rest to b, whichever flows the solver had found.
    """
    for start in ([[0, 3], [1, 3], [5, 0]], [[3, 0], [0, 4], [3, 2]]):
        draft, result = settled(
            [[20, 30]] * 3, [3, 4, 5], {"a": 6, "b": 6}, np.array(start, float), solver
        )
        expected = np.array([[3, 0], [3, 1], [0, 5]])
        assert table(draft, result, (3, 2)) == pytest.approx(expected, abs=1e-6)


def test_a_metre_decides_before_the_order():
    """R1 to a and R0 to b is 1 m shorter in all than the other way round."""
    start = np.array([[5.0, 0.0], [0.0, 5.0]])
    draft, result = settled([[20, 30], [20, 30.001]], [5, 5], {"a": 5, "b": 5}, start)
    assert table(draft, result, (2, 2)) == pytest.approx(np.array([[0, 5], [5, 0]]))


def test_what_the_mines_leave_is_shared_in_proportion():
    """Mines make 8 for 10, 5 and 5, the nearest first: a's 10 lack 2, b and c lack all.

    6 of the 12 left are unmet, the other half comes from outside: so it is for each centre.
    """
    start = np.array([[8.0, 0.0, 0.0]])
    draft, result = settled([[1, 2, 3]], [8], {"a": 10, "b": 5, "c": 5}, start, unmet=6.0)
    values = result.solution
    assert [values[own.unmet] for own in draft.centres] == pytest.approx([1, 2.5, 2.5])
    assert [values[own.outside] for own in draft.centres] == pytest.approx([1, 2.5, 2.5])


def test_flows_that_cannot_be():
    """10 made where nobody can take more than 6: a fault of the program, said so."""
    with pytest.raises(StageError, match="No flows"):
        settled([[1]], [10], {"a": 6}, np.array([[6.0]]))


def test_years_and_weights():
    """5 a year over 10 km, the first year counted twice: 150."""
    scenario = place(
        [[10]],
        [90],
        {"a": 5},
        mode="calendar",
        first_year=2024,
        options={"year_weights": {2024: 2.0}},
    )
    answer = solve(scenario)
    assert goal(answer, "flows").value == pytest.approx(150)


@pytest.mark.parametrize("pursued", [True, False])
def test_flows_are_settled_whether_pursued_or_not(pursued):
    """Without the goal the flows are as clear; only the goal's line is missing."""
    goals = ["unmet_demand", "tie_break", "evenness", *(["flows"] if pursued else [])]
    answer = solve(place([[3, 1], [1, 9]], [1, 1], {"a": 40, "b": 40}, goals=goals))
    assert quotas(answer) == {"R0": 40, "R1": 40}
    assert {(one.right, one.centre, one.amount) for one in answer.flows} == {
        ("R0", "b", 40),
        ("R1", "a", 40),
    }
    assert ("flows" in [one.name for one in answer.goals]) == pursued


def test_flows_are_settled_on_the_rounded_figures():
    """20 of stone in steps of 3 among two alike: 9 and 9 make 18, and 18 are sent."""
    plan = builders.tiny_plan()["products"]
    plan[1]["step"] = 3
    scenario = place([[1, 2], [2, 1]], [1, 1], {"a": 10, "b": 10})
    scenario = stone(
        scenario.rights,
        asked("20 万立方米", places={"a": "10 万立方米", "b": "10 万立方米"}),
        {"zones": [], "products": plan},
        transport=scenario.question.transport.model_dump(),
    )
    answer = solve(scenario)
    assert quotas(answer) == {"R0": 9, "R1": 9}
    assert {(one.right, one.centre, one.amount) for one in answer.flows} == {
        ("R0", "a", 9),
        ("R1", "b", 9),
    }
    assert [one.unmet for one in answer.balance] == pytest.approx([2, 1, 1])


@st.composite
def cases(draw):
    """Draw few distances, so that many ways are equally long, outputs and room for them."""
    rights, centres = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    distances = [[draw(st.integers(1, 3)) for _ in range(centres)] for _ in range(rights)]
    sent = np.array(
        [[draw(st.integers(0, 3)) for _ in range(centres)] for _ in range(rights)], dtype=float
    )
    spare = [draw(st.integers(0, 2)) for _ in range(centres)]
    places = {c: sent[:, j].sum() + spare[j] for j, c in enumerate(CENTRES[:centres])}
    return distances, sent, places


def every_whole_flow(outputs, places):
    """Return every table of whole flows that fits."""
    room = list(places.values())
    rows = [
        [row for row in itertools.product(*(range(int(r) + 1) for r in room)) if sum(row) == made]
        for made in outputs
    ]
    for flows in itertools.product(*rows):
        if all(sum(column) <= r for column, r in zip(zip(*flows, strict=True), room, strict=True)):
            yield np.array(flows, dtype=float)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(cases())
def test_no_flows_are_shorter_and_the_same_come_from_anywhere(case):
    """Trying every flow of whole amounts finds none shorter; another start ends alike."""
    distances, sent, places = case
    if sum(places.values()) == 0:
        return
    outputs = sent.sum(axis=1)
    draft, result = settled(distances, outputs, places, sent)
    found = table(draft, result, sent.shape)
    km = np.array(distances, dtype=float)
    flows = list(every_whole_flow(outputs, places))
    least = min(float((km * one).sum()) for one in flows)
    assert (km * found).sum() == pytest.approx(least)
    assert found == pytest.approx(np.round(found), abs=1e-6)
    for start in (flows[0], flows[-1]):
        other = settled(distances, outputs, places, start)[1]
        assert other.solution == pytest.approx(result.solution, abs=1e-6)
