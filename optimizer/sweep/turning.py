"""Turning points: where along a parameter the answer changes in kind, found by bisection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from minequota.optimizer.model import build_model
from minequota.optimizer.sweep.chunk import Desk, open_once
from minequota.optimizer.sweep.job import Parameter, Row, SweepCase, Value
from minequota.scenarios.errors import InputError
from minequota.scenarios.scenario import Scenario

_KINDS = (
    *("status", "unmet_products", "binding", "issued_rights", "leaving_rights"),
    *("expanded_rights", "merged_rights"),
)
_BALANCE = "DEMAND."
_AT_MOST = 60
_PINNED = 1e-6
_PASSING = 1e-5
"""Shares of the value: how closely a change is pinned down, and how far apart two opposite changes
of one thing must lie to be more than a goal's tolerance passing."""


@dataclass(frozen=True)
class TurningJob:
    """Two cases that differ in one number alone, and how closely to look between them.

    `position` is that parameter's place in `parameters`.
    """

    documents: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    position: int
    low: SweepCase
    high: SweepCase


@dataclass(frozen=True)
class TurningPoint:
    """One change in kind, between `below` and `above`: no further apart than a millionth.

    Between whole numbers they are neighbours; where the numbers between are refused as input, they
    are as near as could be asked.

    `what` is the column of `outcome` it shows in, `item` the product, clause or right concerned
    (of a status the new one), `begins` whether it is in the list above and not below.
    `others` are the values of the other parameters, in their order.
    """

    parameter: str
    below: float
    above: float
    what: str
    item: str
    begins: bool
    others: tuple[Value, ...]


def turning_points(job: TurningJob) -> list[TurningPoint]:
    """Return every change in kind between two cases.

    The answer at a value never depends on how the search came there: each job begins with its
    lower case and looks at the middle of what is left, the lower half first. A change that is
    taken back between two points both looked at stays unseen.
    """
    desk = Desk(open_once(tuple(job.documents.items())), job.parameters)
    seen: dict[float, Row | None] = {}

    def row(at: float) -> Row | None:
        if at not in seen:
            try:
                seen[at] = desk.row(_case(job, at))
            except InputError:
                # A number between two that may be written need not be one that may.
                seen[at] = None
        return seen[at]

    low, high = _number(job.low, job.position), _number(job.high, job.position)
    found: list[TurningPoint] = []
    open_spans = [(low, high, 0)]
    while open_spans:
        below, above, depth = open_spans.pop()
        one, other = row(below), row(above)
        if one is None or other is None or _kind(one) == _kind(other):
            continue
        middle = _middle(below, above)
        width = _PINNED * max(abs(below), abs(above))
        near = above - below <= width or depth >= _AT_MOST or not below < middle < above
        if near or row(middle) is None:
            found += _changes(job, below, above, one, other)
            continue
        open_spans += [(middle, above, depth + 1), (below, middle, depth + 1)]
    return _lasting(found)


def _middle(below: float, above: float) -> float:
    """The middle of two numbers, a whole one between whole ones: counts know no halves."""
    if isinstance(below, int) and isinstance(above, int):
        return below + (above - below) // 2
    return below + (above - below) / 2


def _lasting(found: list[TurningPoint]) -> list[TurningPoint]:
    """Leave out what begins and ends again within a goal's tolerance."""
    kept: list[TurningPoint] = []
    for point in found:
        last = next(
            (k for k in reversed(kept) if (k.what, k.item) == (point.what, point.item)), None
        )
        near = _PASSING * max(abs(point.below), abs(point.above))
        if (
            last is not None
            and last.begins != point.begins
            and point.above - last.below <= near
            and point.what != "status"
        ):
            kept.remove(last)
        else:
            kept.append(point)
    return kept


def clause_titles(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Return the titles of a scenario's clauses, Chinese and English, by their ids."""
    draft = build_model(scenario).draft
    return {clause.id: (clause.title_zh, clause.title_en) for clause in draft.clauses}


def same_kind(one: Row, other: Row) -> bool:
    """Whether two rows are answers of one kind."""
    return _kind(one) == _kind(other)


def _kind(row: Row) -> list[set[str]]:
    return [_items(name, row) for name in _KINDS]


def _changes(
    job: TurningJob, below: float, above: float, one: Row, other: Row
) -> Iterator[TurningPoint]:
    others = tuple(v for n, v in enumerate(job.low.values) if n != job.position)
    path = job.parameters[job.position].path
    for what in _KINDS:
        before, after = _items(what, one), _items(what, other)
        for item in sorted(before ^ after):
            if what == "status" and item in before:
                continue
            yield TurningPoint(path, below, above, what, item, item in after, others)


def _items(what: str, row: Row) -> set[str]:
    text = str(row.get(what) or "")
    if what == "status":
        return {text}
    # That a balance binds says no more than that demand goes unmet.
    return {one for one in text.split(";") if one and not one.startswith(_BALANCE)}


def _case(job: TurningJob, at: float) -> SweepCase:
    values = tuple(at if n == job.position else v for n, v in enumerate(job.low.values))
    return replace(job.low, values=values)


def _number(case: SweepCase, position: int) -> float:
    value = case.values[position]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"Expected a number to bisect along, got {value!r}.")
    return value
