"""A program that HiGHS's presolve takes apart and fails to put together again."""

import builders
from robust_futures import futures
from small import asked, extra

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.robust.plan import solve_robust


def year(magnesite, stone, city, west):
    """Return a place without mines: two zones' rights and two candidates, demand by priority."""
    return builders.scenario(
        builders.tiny_plan(
            caps=[
                builders.cap("city", f"{city} 万吨"),
                builders.cap("west", f"{west} 万吨", "西县"),
            ],
            counts=[builders.count(5)],
            ratios=[builders.ratio(0.2, attribute="expected")],
            zones=[builders.zone(rights=2)],
        ),
        builders.tiny_question(
            demand={
                "菱镁矿": asked(f"{magnesite} 万吨"),
                "建筑石料": asked(f"{stone} 万立方米", priority=2),
            },
            extra_candidates=[extra("X", "39.6 万吨"), extra("Y", "58.9 万吨")],
            options={"availability": 1.0, "protection": {"never_close": []}},
        ),
    )


def test_every_goal_is_proven():
    """With weights 1 and 4 the third right's capacity once ended without an answer.

    Stone: 94.8 in the second future, so 95 in two rights of the zone, 95 / 20 = 4.75 minimums.
    Magnesite: 32 of 40.5 at most, the larger candidate alone: 32 are asked, but 50 is its least
    capacity, 50 / 10 = 5. The first future needs less. 9.74 before rounding, 9.75 after.
    """
    plan = solve_robust(
        futures(year(12.1, 13.6, 30, 1), year(40.5, 94.8, 32, 10), weights=(1, 4)), "expected"
    )
    assert plan.status is SolveStatus.OPTIMAL
    assert plan.notes == ()
    assert sum(one.capacity for one in plan.allocations[0].issuance) == 50 + 95
