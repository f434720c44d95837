"""How futures and their weights are read from the command line."""

import pytest

from minequota.reports.robust_order import MOST_FUTURES, read_futures, read_measure
from minequota.scenarios.errors import InputError


def problems(*cases):
    """Return the codes of what is wrong with some futures."""
    with pytest.raises(InputError) as caught:
        read_futures(cases)
    for problem in caught.value.problems:
        assert problem.text("zh") != problem.text("en")
    return [problem.code for problem in caught.value.problems]


def test_names_combinations_and_weights():
    """A weight stands behind the sign, two cases are joined by another, and 1 is the default."""
    found = read_futures(("low=0.25", "base", "high+calendar=2.5e-1"))
    assert [(one.name, one.cases, one.weight) for one in found] == [
        ("low", ("low",), 0.25),
        ("base", ("base",), 1.0),
        ("high+calendar", ("high", "calendar"), 0.25),
    ]


@pytest.mark.parametrize(
    "text", ["0", "-1", "nan", "inf", "-inf", "", "x", "1,5", "25%", "1_0", "1e400", "=1"]
)
def test_weights_that_are_none(text):
    """Only a finite number above 0 is a weight."""
    assert problems(f"low={text}", "high") == ["robust_weight"]


def test_a_weight_that_counts_nothing():
    """A future of less than a ten thousandth of all weights would vanish in a tolerance."""
    assert problems("low=1e-9", "high") == ["robust_light"]
    assert problems("low=1e308", "high") == ["robust_weight"]


def test_all_problems_at_once():
    """No name, no weight, twice the same (in either order), a name that is taken."""
    found = problems("=3", "low=x", "a+b", "b+a=2", "robust", "a+")
    assert found == [
        *("robust_name", "robust_weight", "robust_twice", "robust_reserved", "robust_name")
    ]


def test_no_future_and_too_many():
    """At least one future, and no more than can be decided together."""
    assert problems() == ["robust_none"]
    assert problems(*(f"c{n}" for n in range(MOST_FUTURES + 1))) == ["robust_too_many"]


def test_measures():
    """Three there are, written in any case."""
    assert [read_measure(text) for text in ("expected", "WORST", "Regret")] == [
        *("expected", "worst", "regret")
    ]
    with pytest.raises(InputError, match="regret"):
        read_measure("regrets")
