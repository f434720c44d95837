"""Rights the model cannot tell apart, and which of them the licence order never chooses."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Integers
from minequota.optimizer.goals import TIE_BREAK, Goal
from minequota.optimizer.problem import Problem

_Rows = dict[int, list[tuple[int, float]]]


@dataclass(frozen=True)
class Unchosen:
    """Hold columns whose value the licence order leaves no doubt of."""

    stay: Integers
    never: Integers


def unchosen(
    problem: Problem, draft: Draft, goals: tuple[Goal, ...], most: Mapping[str, float]
) -> Unchosen:
    """Return the rights that surely stay and the candidates that surely are not issued.

    Two rights are alike when every bound, row and goal but the licence order treats them the
    same; exchanging them costs nothing. The licence order lets the later of them leave and the
    earlier be issued. `most` is what each goal is held at: where the closures let only so many be
    chosen to leave, of each kind only the last so many ever do, and likewise of the first
    candidates where the actions are held.
    """
    if len(problem.years) > 1:
        # Over years a right is told apart by when as well as whether: nothing is taken for granted.
        nothing = np.empty(0, dtype=np.int64)
        return Unchosen(nothing, nothing)
    leavers, issues = _most_leavers(problem, most), _whole_number(most, "actions")
    rows = _rows_by_column(draft)
    alike: dict[tuple[bool, Hashable], list[int]] = defaultdict(list)
    for m, existing in enumerate(problem.existing.tolist()):
        if m in problem.mergers_of or problem.sources[m].members:
            # Who leaves for a merger is not counted among the chosen leavers.
            continue
        hold = int(draft.columns.hold[-1, m])
        own = (draft.columns.run[-1, m], draft.columns.large[-1, m], draft.columns.expand[-1, m])
        choices = {int(column) for column in own}
        if draft.lower[hold] < draft.upper[hold] and choices == {NONE}:
            alike[existing, _signature(draft, goals, rows, m)].append(hold)
    stay = [
        c for (old, _), held in alike.items() if old for c in held[: max(0, len(held) - leavers)]
    ]
    never = [c for (old, _), held in alike.items() if not old for c in held[issues:]]
    return Unchosen(np.array(stay, dtype=np.int64), np.array(never, dtype=np.int64))


def _most_leavers(problem: Problem, most: Mapping[str, float]) -> int:
    """How many rights can be chosen to leave once the closures are held."""
    least = min((*problem.options.protection.weights.values(), 1.0))
    if least <= 0:
        return len(problem.sources)
    return _whole_number({name: value / least for name, value in most.items()}, "closures")


def _whole_number(most: Mapping[str, float], goal: str) -> int:
    """The largest whole number a held goal allows; any where the goal is not pursued."""
    return int(most[goal] + 1e-6) if goal in most else sys.maxsize


def _signature(draft: Draft, goals: tuple[Goal, ...], rows: _Rows, m: int) -> Hashable:
    """All the model knows of a right, in a form that is equal for alike ones."""
    columns = draft.columns
    own = (columns.hold[-1, m], columns.output[-1, m], columns.size[-1, m])
    roles = {
        int(column): role
        for role, column in enumerate(own)
        # An output that is nothing anyway tells no two rights apart.
        if column != NONE and draft.upper[column] > 0
    }
    bounds = tuple((role, draft.lower[c], draft.upper[c]) for c, role in roles.items())
    costs = tuple(
        (role, tuple(float(goal.cost[c]) for goal in goals if goal.name != TIE_BREAK))
        for c, role in roles.items()
    )
    return bounds, costs, frozenset(_entries(draft, rows, roles, int(columns.output[-1, m])))


def _entries(draft: Draft, rows: _Rows, roles: dict[int, int], output: int) -> Iterator[Hashable]:
    """Rows of this right alone by what they ask, rows it shares with others by their number."""
    own: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for column, role in roles.items():
        for row, value in rows.get(column, ()):
            own[row].append((role, value))
    nothing = {row for row, _ in rows.get(output, ())} if output not in roles else set()
    for row, terms in own.items():
        parts, strangers = tuple(sorted(terms)), len(draft.indices[row]) - len(terms)
        if strangers == 0:
            yield parts, draft.row_lower[row], draft.row_upper[row]
        elif strangers > 1 or row not in nothing:
            yield parts, row


def _rows_by_column(draft: Draft) -> _Rows:
    """For every column the rows it stands in, with its coefficient."""
    found: _Rows = defaultdict(list)
    for row, (index, value) in enumerate(zip(draft.indices, draft.values, strict=True)):
        for column, coefficient in zip(index.tolist(), value.tolist(), strict=True):
            found[column].append((row, coefficient))
    return found
