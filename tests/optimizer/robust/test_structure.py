"""Futures that do not speak of the same rights are refused, with what differs."""

import builders
import pytest
from robust_futures import futures
from small import calendar, expansion, extra, magnesite, merger, mine, stone

from minequota.optimizer.robust.structure import refuse_differences
from minequota.scenarios.errors import InputError

A, B, C = (mine(name, "12 万吨") for name in "ABC")
DIFFERENT = {
    "years": (
        magnesite([A], **calendar(2024)),
        magnesite([A], **calendar(2023)),
        ["2023-2025", "2024-2025"],
    ),
    "mode": (magnesite([A]), magnesite([A], **calendar(2024)), ["calendar", "target_state"]),
    "goals": (magnesite([A]), magnesite([A], goals=["unmet_demand"]), ["goals"]),
    "lacking": (magnesite([A, B]), magnesite([A]), ["lacks B"]),
    "added": (
        magnesite([A]),
        magnesite([A], extra_candidates=[extra("X", "20 万吨")]),
        ["besides X"],
    ),
    "zones": (stone(), stone(plan={"zones": [builders.zone(rights=2)]}), ["besides Z1-2"]),
    "members": (
        magnesite([A, B, C], mergers=[merger("one", "A", "B")]),
        magnesite([A, B, C], mergers=[merger("one", "A", "C")]),
        ["merger:one", "other members"],
    ),
    "expansion": (
        magnesite([A]),
        magnesite([A], expansions=[expansion("A", "20 万吨")]),
        ["expansion of A"],
    ),
    "unit": (
        magnesite([A], extra_candidates=[extra("X", "20 万吨")]),
        magnesite([A], extra_candidates=[extra("X", "200 千吨")]),
        ["capacity of X"],
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_is_named(name):
    """The message names the case and what differs, in both languages."""
    one, other, said = DIFFERENT[name]
    with pytest.raises(InputError) as caught:
        refuse_differences(futures(one, other))
    (problem,) = caught.value.problems
    assert problem.place == "--case f2"
    for words in said:
        assert words in problem.text("en")
    assert "f1" in problem.text("zh")
    assert problem.repair_zh in problem.text("zh")


def test_all_differences_at_once():
    """Two futures differ from the first, one of them in two ways: three problems."""
    with pytest.raises(InputError) as caught:
        refuse_differences(
            futures(
                magnesite([A]),
                magnesite([B]),
                magnesite([A], expansions=[expansion("A", "20 万吨")]),
            )
        )
    assert [one.place for one in caught.value.problems] == ["--case f2"] * 2 + ["--case f3"]


def test_figures_may_differ():
    """Another demand, cap, limit and price of the same rights is no difference of structure."""
    problems = refuse_differences(
        futures(
            magnesite([A, B]),
            magnesite(
                [mine("A", "15 万吨"), B],
                "50 万吨",
                plan={
                    "caps": [builders.cap("magnesite_city", "20 万吨")],
                    "counts": [builders.count(1)],
                    "ratios": [builders.ratio(0.5, attribute="expected")],
                },
                options={"min_load": 0.3},
            ),
        )
    )
    # It raises what it finds.
    assert problems is None
