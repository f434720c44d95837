"""OVERRUN: what a mine dug beyond last year's quota is taken off what it may get.

Beside the row below, the even sharing takes the excess off what a mine would get without any, as
far as other mines can produce it (`deduction`).
Floors are asked of what is left: a mine that can no longer reach its floor rests. STEADY counts
the excess as dug, in the first year and when the second is measured by the first.
"""

from __future__ import annotations

from minequota.optimizer.draft import INFINITY, NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules.record import Rule
from minequota.optimizer.vintages import usable


def write(problem: Problem, draft: Draft) -> None:
    """Leave every right of the first year what its capacity gives, less its excess."""
    reached = 0
    for m, source in enumerate(problem.sources):
        if source.excess <= 0:
            continue
        # A merger takes its members' excess over; they are counted, not it.
        reached += source.existing
        if draft.columns.output[0, m] != NONE:
            _take_off(problem, draft, m)
    draft.reach("OVERRUN", reached)


def _take_off(problem: Problem, draft: Draft, m: int) -> None:
    """output[0,m] ≤ max(0, availability · usable capacity − excess), whatever is decided.

    Each decision that brings capacity rests on the one before it (an expansion on the right being
    held), so what is left beyond the excess grows term by term.
    """
    available, excess = problem.options.availability, problem.sources[m].excess
    terms = [(int(draft.columns.output[0, m]), 1.0)]
    capacity, left = 0.0, 0.0
    for column, value in usable(problem, draft, 0, m):
        capacity += available * value
        more = max(0.0, capacity - excess)
        terms.append((column, left - more))
        left = more
    draft.sum_row(terms, -INFINITY, 0.0)


RULE = Rule(
    code="OVERRUN",
    title_zh="超采扣减",
    title_en="Over-production taken off",
    index="right m, the first year",
    sentence=(
        "What a right dug beyond last year's quota is taken off the even share of the first year "
        "that it would get without any excess, and off what its capacity lets it make. The other "
        "rights of the group produce it instead, evenly. What none of them can take goes back, "
        "evenly, to the rights with an excess, for demand comes first; the quota's reason says how "
        "much was taken off. Where other limits leave the even sharing no closed form the excess "
        "counts as part of what the right gets. In weights its last output counts up to its last "
        "quota. A merger of that year takes over its members' excess. What is not "
        "taken off in the first year is not carried further; caps are not lowered. Rights of "
        "comprehensive use are exempt."
    ),
    formula="output[1,m] ≤ max(0, availability · usable capacity[1,m] − excess[m]); in the "
    "sharing output[1,m] ≤ max(even share without excess[m] − excess[m], floor[m])",
    unit="product unit per year",
    years="the first",
    attribute="binding",
    kind="practice",
    source="国土资发〔2012〕44号",
    test="tests/optimizer/rules/test_overrun.py",
    write=write,
)
