"""All futures as one linear program: the rights once, everything else once for each future."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from minequota.optimizer.allocation import SolveStatus
from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.engine.types import Booleans, Floats, Integers
from minequota.optimizer.problem import Problem
from minequota.optimizer.robust.future import Future
from minequota.optimizer.stages import NoAllocationError

_APART = 1e-9
_Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Stack:
    """The extensive form.

    `draft` is the first future's, its columns at their own numbers, with the other futures'
    columns and rows behind. Column j of future s stands at ``place[s][j]`` and is ``scale[s][j]``
    times the column there: a capacity is shared in ore, though futures may count it in other
    product units. `shared` marks the columns that all futures have in common.
    """

    futures: tuple[Future, ...]
    draft: Draft
    place: tuple[Integers, ...]
    scale: tuple[Floats, ...]
    shared: Booleans

    @property
    def problem(self) -> Problem:
        """The numbers of the first future, whose columns keep their numbers."""
        return self.futures[0].model.problem

    def lifted(self, s: int, vector: Floats) -> Floats:
        """Return a vector over the columns of future `s` over those of the stack."""
        whole = np.zeros(len(self.draft.lower))
        np.add.at(whole, self.place[s], vector * self.scale[s])
        return whole


def stack_futures(futures: tuple[Future, ...]) -> Stack:
    """Write all futures into one program.

    Bounds of shared columns are those that all futures allow; a row that speaks of shared columns
    alone and stands word for word in several futures is written once.

    Raises
    ------
    NoAllocationError
        When two futures leave no value to a decision they share.
    """
    first = futures[0].model.draft
    draft = replace(
        first,
        lower=list(first.lower),
        upper=list(first.upper),
        integer=list(first.integer),
        starts=list(first.starts),
        indices=list(first.indices),
        values=list(first.values),
        row_lower=list(first.row_lower),
        row_upper=list(first.row_upper),
    )
    own = len(first.lower)
    known = structural_columns(first)
    shared = np.zeros(own, dtype=bool)
    shared[list(known.values())] = True
    places, scales = [np.arange(own, dtype=np.int64)], [np.ones(own)]
    written = {
        _row_key(draft, row) for row in range(len(draft.indices)) if _only(shared, draft, row)
    }
    for future in futures[1:]:
        place, scale = _columns(draft, known, futures[0], future)
        shared = np.append(shared, np.zeros(len(draft.lower) - len(shared), dtype=bool))
        _rows(draft, future.model.draft, place, scale, shared, written)
        places.append(place)
        scales.append(scale)
    return Stack(futures, draft, tuple(places), tuple(scales), shared)


def structural_columns(draft: Draft) -> dict[_Key, int]:
    """Return the columns of the rights, by what they decide: kind, year and source."""
    found: dict[_Key, int] = {("one",): draft.one}
    for kind in ("hold", "size", "expand", "large"):
        columns: Integers = getattr(draft.columns, kind)
        for y, m in np.argwhere(columns != NONE).tolist():
            found[kind, y, m] = int(columns[y, m])
    return found


def _columns(
    draft: Draft, known: dict[_Key, int], first: Future, future: Future
) -> tuple[Integers, Floats]:
    """Add a future's own columns and narrow the shared ones: where each stands, and its scale."""
    own = future.model.draft
    place = np.full(len(own.lower), NONE, dtype=np.int64)
    scale = np.ones(len(own.lower))
    for key, column in structural_columns(own).items():
        if key not in known:
            continue
        place[column] = known[key]
        if key[0] == "size":
            scale[column] = _counted(future, key) / _counted(first, key)
    for column in range(len(own.lower)):
        lower, upper = own.lower[column], own.upper[column]
        if place[column] == NONE:
            place[column] = draft.column(lower, upper, integer=own.integer[column])
            continue
        at, factor = int(place[column]), float(scale[column])
        draft.lower[at] = max(draft.lower[at], lower / factor)
        draft.upper[at] = min(draft.upper[at], upper / factor)
        if draft.lower[at] > draft.upper[at]:
            if draft.lower[at] > draft.upper[at] + _APART * max(1.0, abs(draft.upper[at])):
                raise NoAllocationError(SolveStatus.INFEASIBLE, first.model.goals[0].name)
            draft.lower[at] = draft.upper[at]
    return place, scale


def _counted(future: Future, key: _Key) -> float:
    """Product units in one unit of ore of the source a key speaks of."""
    return future.model.problem.sources[int(str(key[2]))].factor


def _rows(
    draft: Draft,
    own: Draft,
    place: Integers,
    scale: Floats,
    shared: Booleans,
    written: set[Hashable],
) -> None:
    limits = zip(own.row_lower, own.row_upper, strict=True)
    for index, value, (lower, upper) in zip(own.indices, own.values, limits, strict=True):
        row = draft.row(place[index], value * scale[index], lower, upper)
        if not _only(shared, draft, row):
            continue
        key = _row_key(draft, row)
        if key in written:
            _take_back(draft)
        written.add(key)


def _only(shared: Booleans, draft: Draft, row: int) -> bool:
    return bool(shared[draft.indices[row]].all())


def _row_key(draft: Draft, row: int) -> Hashable:
    order = np.argsort(draft.indices[row], kind="stable")
    index, value = draft.indices[row][order], draft.values[row][order]
    return index.tobytes(), value.tobytes(), draft.row_lower[row], draft.row_upper[row]


def _take_back(draft: Draft) -> None:
    """Remove the row just written, which stands there already."""
    for part in (draft.indices, draft.values, draft.starts, draft.row_lower, draft.row_upper):
        part.pop()
