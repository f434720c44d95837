"""What one case proves about another: a bound holds in every case that allows less.

A case allows no more than an earlier one when each of its answers, with the same rights, becomes
an answer of the earlier one that is as good in all goals. Then the earlier one's proven bound on a
goal bounds it as well, and no search is needed. Bounds of columns and rows must nest. Demand may
differ: where the earlier case asks for more of a product, the same output serves it, and what is
unmet there must still keep the earlier case's goals; where it asks for less, outputs are cut back,
which only works where nothing else asks for output.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import NONE
from minequota.optimizer.engine.types import Floats
from minequota.optimizer.sweep.shape import Asked, Case, shrinkable


@dataclass
class Known:
    """A case solved earlier: what each goal was held at, and the bound proven on it.

    `unheld` are by goal the earlier goals its bound was proven without. `integers` are the rights
    chosen; where they were proven the first of all that tie, `settled_without` are the goals that
    proof did without.
    """

    case: Case
    held: list[float]
    bounds: list[float]
    unheld: list[frozenset[int]]
    integers: Floats | None = None
    settled_without: frozenset[int] | None = None


def allows_no_more(
    case: Case, held: list[float], unmet: dict[int, float], known: Known, g: int
) -> bool:
    """Whether the bound proven on goal `g` in `known` holds in `case`.

    Parameters
    ----------
    case
        The case under way.
    held
        What its goals before `g` are held at.
    unmet
        By balance (its position in `Case.asked`): the most that may be unmet in this case.
    known
        A case of the same shape that was solved.
    g
        Number of the goal.
    """
    return _no_more(case, held, unmet, known, range(g + 1), known.unheld[g])


def ties_no_more(
    case: Case, held: list[float], unmet: dict[int, float], known: Known, integers: Floats
) -> bool:
    """Whether the rights in hand are the first of all that tie because they are so in `known`."""
    return (
        known.settled_without is not None
        and known.integers is not None
        and np.array_equal(known.integers, integers)
        and _no_more(case, held, unmet, known, range(len(held)), known.settled_without)
    )


def _no_more(
    case: Case,
    held: list[float],
    unmet: dict[int, float],
    known: Known,
    goals: range,
    unheld: frozenset[int],
) -> bool:
    """Whether every answer of the case is one of the known case, as good in these goals.

    The last of `goals` need not be held yet: its value is what is asked about.
    """
    varied = _varied(case, known.case)
    if varied is None or not _nested(case, known.case, varied):
        return False
    cut = [n for n in varied if known.case.asked[n].wanted < case.asked[n].wanted]
    if not all(shrinkable(known.case.program, known.case.asked[n]) for n in cut):
        return False
    for j in set(goals) - unheld:
        mine, theirs = case.costs[j], known.case.costs[j]
        if any((theirs[case.asked[n].outputs] < 0).any() for n in cut):
            return False
        counted = [n for n, one in enumerate(case.asked) if one.goal == j]
        if any(n in varied for n in counted):
            if j >= len(held) or not _keeps(case, known, unmet, counted, j):
                return False
            continue
        if not np.array_equal(mine, theirs) or (j < len(held) and held[j] > known.held[j]):
            return False
    return True


def _varied(case: Case, known: Case) -> list[int] | None:
    """Positions of the balances that differ; None where one may not."""
    found = []
    for n, (one, other) in enumerate(zip(case.asked, known.asked, strict=True)):
        if (one.amount, one.wanted) != (other.amount, other.wanted):
            if not (one.flexible and other.flexible):
                return None
            found.append(n)
        elif one.flexible != other.flexible:
            return None
    return found


def _nested(case: Case, known: Case, varied: list[int]) -> bool:
    """Whether all bounds lie within the known case's, those of the varied balances apart."""
    a, b = case.program, known.program
    rows = np.ones(a.rows, dtype=bool)
    columns = np.ones(a.columns, dtype=bool)
    for n in varied:
        one = case.asked[n]
        rows[one.row] = columns[one.unmet] = columns[one.surplus] = False
    return bool(
        (a.row_lower >= b.row_lower)[rows].all()
        and (a.row_upper <= b.row_upper)[rows].all()
        and (a.column_lower >= b.column_lower)[columns].all()
        and (a.column_upper <= b.column_upper)[columns].all()
    )


def _keeps(case: Case, known: Known, unmet: dict[int, float], counted: list[int], j: int) -> bool:
    """Whether what may be unmet here keeps the known case's goal `j` there."""
    cost = known.case.costs[j]
    total = 0.0
    for n in counted:
        one, other = case.asked[n], known.case.asked[n]
        if n not in unmet:
            return False
        total += cost[other.unmet] * _unmet_there(one, other, unmet[n])
    rest = np.ones(len(cost), dtype=bool)
    rest[[known.case.asked[n].unmet for n in counted]] = False
    return bool(total <= known.held[j] and not np.any(cost[rest]))


def _unmet_there(one: Asked, other: Asked, most: float) -> float:
    """What the known case lacks when this one's supply serves it."""
    least_supply = one.wanted - most
    return max(0.0, other.wanted - least_supply)


def goals_of_demand(case: Case) -> set[int]:
    """Numbers of the goals that count unmet demand."""
    return {one.goal for one in case.asked if one.goal != NONE}


def most_unmet(case: Case, held: list[float], cost: Floats, n: int) -> float:
    """The most that balance `n` may lack by its goal alone."""
    one = case.asked[n]
    return float(min(one.amount, max(0.0, held[one.goal]) / cost[one.unmet]))
