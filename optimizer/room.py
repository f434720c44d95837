"""What the rows of a model leave to some of its columns while the others stay where they are.

Every row is read as it is, whichever rule wrote it. A row that speaks of one of the columns gives
it bounds; a row that adds several of them up gives their place a limit. Columns that are neither
among them nor settled count with whatever value is kindest, so nothing possible is shut out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minequota.optimizer.engine.types import Booleans, Floats, Integers, LinearProgram
from minequota.optimizer.evenness import Nest

_SAME = 1e-9


@dataclass(frozen=True)
class Room:
    """Least and most of each column by itself, and the places they share, inner before outer.

    `most` is what a row that adds up all of them lets them be together.
    """

    lower: Floats
    upper: Floats
    nests: list[Nest]
    most: float


@dataclass(frozen=True)
class _Rows:
    """The rows that speak of the columns, entry by entry, with what each entry can be."""

    row: Integers
    column: Integers
    value: Floats
    least: Floats
    most: Floats
    lower: Floats
    upper: Floats


def room_for(program: LinearProgram, lower: Floats, upper: Floats, columns: Integers) -> Room:
    """Return the room of some columns.

    Parameters
    ----------
    program
        The rows.
    lower, upper
        Bounds of all columns; both are the value of a settled one.
    columns
        The columns in question.
    """
    rows = _rows_of(program, lower, upper, columns)
    position = np.full(program.columns, -1, dtype=np.int64)
    position[columns] = np.arange(len(columns))
    low, high = _alone(rows, position, lower[columns].copy(), upper[columns].copy())
    # What noise lets cross is a point.
    high = np.maximum(low, high)
    return Room(low, high, _nests(rows, position, low, high), _most(rows, position, len(low)))


def _rows_of(program: LinearProgram, lower: Floats, upper: Floats, columns: Integers) -> _Rows:
    of_entry = np.repeat(np.arange(program.rows), np.diff(program.row_start))
    says = program.row_value != 0.0
    speaks = np.zeros(program.rows, dtype=bool)
    speaks[of_entry[says & np.isin(program.row_index, columns)]] = True
    chosen = speaks[of_entry] & says
    number = np.cumsum(speaks) - 1
    column, value = program.row_index[chosen], program.row_value[chosen]
    ends = np.stack([value * lower[column], value * upper[column]])
    return _Rows(
        number[of_entry[chosen]],
        column,
        value,
        ends.min(axis=0),
        ends.max(axis=0),
        program.row_lower[speaks],
        program.row_upper[speaks],
    )


def _alone(rows: _Rows, position: Integers, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Bounds of each column while all others of its rows are as kind as they can be."""
    own = position[rows.column] >= 0
    least_rest = _rest(rows.row, rows.least)[own]
    most_rest = _rest(rows.row, rows.most)[own]
    row, value, place = rows.row[own], rows.value[own], position[rows.column[own]]
    one = (rows.upper[row] - least_rest) / value
    other = (rows.lower[row] - most_rest) / value
    np.minimum.at(high, place, np.maximum(one, other))
    np.maximum.at(low, place, np.minimum(one, other))
    return low, high


def _rest(row: Integers, ends: Floats) -> Floats:
    """For every entry: the sum of the other entries of its row, infinite where one of them is."""
    infinite = np.isinf(ends)
    finite = np.where(infinite, 0.0, ends)
    sums, counts = np.bincount(row, finite), np.bincount(row, infinite)
    others = counts[row] - infinite
    sign = np.sign(ends[infinite][0]) if infinite.any() else 1.0
    rest: Floats = np.where(others > 0, sign * np.inf, sums[row] - finite)
    return rest


def _nests(rows: _Rows, position: Integers, low: Floats, high: Floats) -> list[Nest]:
    """The places whose limits are narrower than their members', as far as they nest."""
    own = position[rows.column] >= 0
    count = np.bincount(rows.row[own], minlength=len(rows.lower))
    places: dict[bytes, Nest] = {}
    for number in np.flatnonzero((count > 1) & (count < len(low))):
        entries = np.flatnonzero(rows.row == number)
        nest = _nest(rows, entries, own, position, len(low))
        if nest is None:
            continue
        key = nest.members.tobytes()
        if key in places:
            lower, upper = max(nest.lower, places[key].lower), min(nest.upper, places[key].upper)
            nest = Nest(nest.members, lower, upper)
        places[key] = nest
    tight = [
        nest
        for nest in places.values()
        if nest.upper < high[nest.members].sum() - _SAME
        or nest.lower > low[nest.members].sum() + _SAME
    ]
    return _nested(sorted(tight, key=lambda nest: int(nest.members.sum())))


def _most(rows: _Rows, position: Integers, columns: int) -> float:
    """What the rows that speak of all columns alike leave to them together."""
    own = position[rows.column] >= 0
    count = np.bincount(rows.row[own], minlength=len(rows.lower))
    most = np.inf
    for number in np.flatnonzero(count == columns):
        whole = _nest(rows, np.flatnonzero(rows.row == number), own, position, columns)
        if whole is not None:
            most = min(most, whole.upper)
    return most


def _nest(
    rows: _Rows, entries: Integers, own: Booleans, position: Integers, count: int
) -> Nest | None:
    """The place a row adds up; None where it weighs its members differently."""
    mine, others = entries[own[entries]], entries[~own[entries]]
    value = rows.value[mine]
    if (abs(value - value[0]) > _SAME * abs(value[0])).any():
        return None
    number = rows.row[mine[0]]
    one = (rows.upper[number] - rows.least[others].sum()) / value[0]
    other = (rows.lower[number] - rows.most[others].sum()) / value[0]
    members = np.zeros(count, dtype=bool)
    members[position[rows.column[mine]]] = True
    return Nest(members, min(one, other), max(one, other))


def _nested(nests: list[Nest]) -> list[Nest]:
    """As many of the places, smallest first, as do not cut across each other."""
    kept: list[Nest] = []
    for nest in nests:
        if all(_apart_or_inside(one.members, nest.members) for one in kept):
            kept.append(nest)
    return kept


def _apart_or_inside(inner: Booleans, outer: Booleans) -> bool:
    both = int((inner & outer).sum())
    return both in (0, int(inner.sum()))
