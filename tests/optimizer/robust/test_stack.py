"""All futures in one program: what is shared stands once, what is not stands for each."""

import builders
import numpy as np
import pytest
from robust_futures import futures
from small import magnesite, mine, stone

from minequota.optimizer.robust.measures import measured_goals
from minequota.optimizer.robust.rights import rights_at, rights_of, with_rights
from minequota.optimizer.robust.stack import stack_futures
from minequota.optimizer.solve import solve_model
from minequota.optimizer.stages import NoAllocationError

COUNTED = {"counts": [builders.count(1)]}


def test_one_future_is_its_own_model():
    """Columns, bounds and rows are those of the model, nothing added."""
    (future,) = futures(magnesite([mine("A", "12 万吨"), mine("B", "7 万吨")], plan=COUNTED))
    one, other = stack_futures((future,)).draft.program(), future.model.draft.program()
    for name in vars(other):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def test_a_second_future_adds_its_own_columns_alone():
    """Two mines under a count: shared are two holds and the column that is 1.

    A model has these 3, two outputs, the level column, unmet demand and surplus: 8 columns. Of
    the second future 5 are its own, so 13. Of its 7 rows (three caps, two capacities, the balance,
    the count) the count's is the same, and so is the west's cap, under which nobody is.
    """
    register = [mine("A", "12 万吨"), mine("B", "7 万吨")]
    pair = futures(*(magnesite(register, d, plan=COUNTED) for d in ("10 万吨", "15 万吨")))
    stack, own = stack_futures(pair), pair[0].model.draft
    assert (len(own.lower), len(stack.draft.lower)) == (8, 13)
    assert stack.shared.sum() == 3
    assert len(stack.draft.row_lower) == 2 * 7 - 2


def test_bounds_are_those_all_futures_allow():
    """A zone admits up to 60 in one future and 45 in the other, so 45; counted in ore."""
    pair = futures(stone(), stone(plan={"zones": [builders.zone(maximum="45 万立方米")]}))
    stack = stack_futures(pair)
    (column,) = pair[0].model.draft.columns.size[:, -1]
    assert stack.draft.upper[column] == 45


def test_no_value_left_is_no_answer():
    """A green mine stays in one future and must leave in the other: nothing is left to decide."""
    stays = magnesite([mine("A", "12 万吨", green=True)])
    leaves = magnesite([mine("A", "12 万吨", exit_by=2024)])
    with pytest.raises(NoAllocationError):
        stack_futures(futures(stays, leaves))


def test_a_maximum_is_a_column_of_its_own():
    """Unmet demand is 2 of 12 and 8 of 20: the epigraph column is no less than either.

    No clause is expected, so the first goal is nothing in both and needs no maximum.
    """
    register = [mine("A", "10 万吨")]
    stack = stack_futures(futures(*(magnesite(register, d) for d in ("12 万吨", "20 万吨"))))
    width = len(stack.draft.lower)
    goals = measured_goals(stack, "worst", ({}, {}))
    assert len(stack.draft.lower) == width + 1
    assert [one.counted for one in goals][:4] == ["once", "worst", "expected", "once"]
    assert all(len(one.goal.cost) == width + 1 for one in goals)


def test_the_licence_order_counts_every_future_alike():
    """Whatever the weights, the licence order stays a sum of whole numbers."""
    pair = futures(
        *(magnesite([mine("A", "10 万吨")], d) for d in ("12 万吨", "20 万吨")), weights=(1, 6)
    )
    stack = stack_futures(pair)
    (order,) = [
        one for one in measured_goals(stack, "expected", ({}, {})) if one.counted == "order"
    ]
    assert order.goal.whole
    assert np.array_equal(order.goal.cost, np.round(order.goal.cost))


def test_rights_read_from_records_and_fixed_again():
    """What an answer's records say of the rights leads to the same answer when it is fixed."""
    (future,) = futures(stone(demand="48.4 万立方米"))
    answer = solve_model(future.model, words=False)
    rights = rights_of(future.model.problem, answer)
    assert rights.hold.all()
    assert rights.size.tolist() == [[49.0]]
    fixed = with_rights(future.model, rights)
    again = solve_model(fixed, words=False)
    assert again.issuance == answer.issuance
    assert rights_of(future.model.problem, again).same(rights)
    # What the caller holds is not changed.
    assert future.model.draft.lower[future.model.draft.columns.hold[0, 0]] == 0


def test_rights_a_bound_forbids():
    """A mine that may not leave cannot be decided to leave."""
    (future,) = futures(magnesite([mine("A", "12 万吨", green=True)]))
    draft = future.model.draft
    gone = rights_at(future.model.problem, draft, np.zeros(len(draft.lower)))
    assert with_rights(future.model, gone) is None
