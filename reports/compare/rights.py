"""Right by right: who leaves, is enlarged or merged, and with what capacity afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from minequota.optimizer.allocation import Action, Reorganisation
from minequota.reports.compare.alignment import Alignment, answer, in_order
from minequota.reports.compare.comparison import (
    Fate,
    RightLine,
    alike,
    differences,
    known,
    summed,
)

CHANGES = ("leave_forced", "leave_chosen", "expand", "merge")
GONE = ("leave_forced", "leave_chosen", "merge")
FORMED = "formed"
"""The fate of a right that a merger makes; `NONE` where that merger is not chosen."""
NONE = "none"


@dataclass(frozen=True)
class _After:
    """The capacity a right of the register has in the end; None where nobody knows it."""

    capacity: float | None
    unit: str


def right_lines(aligned: Alignment) -> tuple[RightLine, ...]:
    """Return a line per right that leaves, is enlarged, merged or formed in any case."""
    actions: dict[tuple[str, str], dict[str, Action]] = {}
    formed: dict[tuple[str, str], dict[str, Reorganisation]] = {}
    after: dict[tuple[str, str], _After] = {}
    changing: set[str] = set()
    for case in aligned.cases:
        grown = {one.right: one for one in answer(case).reorganisations if one.kind == "expand"}
        for action in answer(case).actions:
            what = _after(action, grown.get(action.right))
            after[case.name, action.right] = what
            actions.setdefault((action.right, what.unit), {})[case.name] = action
            if action.kind in CHANGES:
                changing.add(action.right)
        for one in answer(case).reorganisations:
            if one.kind == "merge":
                formed.setdefault((one.right, one.capacity_unit), {})[case.name] = one
    changed = [ones for (right, _), ones in actions.items() if right in changing]
    forming: dict[str, set[str]] = {}
    for (right, _), made in formed.items():
        forming.setdefault(right, set()).update(made)
    lines = [
        *(_changed(aligned, ones, after) for ones in changed if aligned.comparable(ones)),
        *(
            _formed(aligned, ones, forming[right])
            for (right, _), ones in formed.items()
            if aligned.comparable(ones)
        ),
    ]
    return in_order(
        _folded(lines),
        lambda line: line.unit,
        lambda line: (line.right, line.county, line.mineral, line.size_class, str(line.fates)),
    )


def _changed(
    aligned: Alignment,
    actions: Mapping[str, Action],
    after: Mapping[tuple[str, str], _After],
) -> RightLine:
    fates = {
        name: Fate(one.kind, one.year if one.kind in CHANGES else 0, one.project)
        for name, one in actions.items()
    }
    values = {name: after[name, action.right].capacity for name, action in actions.items()}
    first = next(iter(actions.values()))
    unit = after[next(iter(actions)), first.right].unit
    named = first.right not in aligned.nameless
    name = next((one.name for one in actions.values() if one.name), "")
    return _line(aligned, first, name if named else "", named, unit, fates, values)


def _formed(
    aligned: Alignment, made: Mapping[str, Reorganisation], forming: Collection[str]
) -> RightLine:
    fates, values = {}, {}
    for name in aligned.like(made):
        one = made.get(name)
        if one is None and name in forming:
            continue  # It is formed there too, in another unit.
        fates[name] = Fate(FORMED, one.year, one.id) if one else Fate(NONE, 0, "")
        values[name] = one.capacity if one else 0.0
    first = next(iter(made.values()))
    return _line(aligned, first, first.name, True, first.capacity_unit, fates, values)


def _line(
    aligned: Alignment,
    first: Action | Reorganisation,
    name: str,
    named: bool,
    unit: str,
    fates: Mapping[str, Fate],
    values: Mapping[str, float | None],
) -> RightLine:
    return RightLine(
        right=first.right,
        name=name,
        named=named,
        synthetic=first.synthetic,
        county=first.county,
        mineral=first.mineral,
        size_class=first.size_class,
        unit=unit,
        fates=fates,
        values=values,
        differences=differences(values, aligned.base),
        # A column of the plan that does not know the right, or not in this unit, differs.
        differs=not (alike(fates.values()) and alike(values.values()))
        or len(fates) < len(aligned.like(fates)),
    )


def _after(action: Action, grown: Reorganisation | None) -> _After:
    if action.kind in GONE:
        return _After(0.0, action.capacity_unit)
    if action.kind == "expand" and grown is not None:
        return _After(grown.capacity, grown.capacity_unit)
    return _After(action.capacity, action.capacity_unit)


def _folded(lines: Sequence[RightLine]) -> list[RightLine]:
    """Return the lines, like ones that no list may name as one."""
    groups: dict[tuple[object, ...], list[RightLine]] = {}
    for line in lines:
        if not line.named:
            fates = tuple((case, one.kind, one.year) for case, one in line.fates.items())
            what = (line.county, line.mineral, line.size_class, line.unit)
            groups.setdefault((*what, fates, known(line.values)), []).append(line)
    return [*(line for line in lines if line.named), *map(_sum, groups.values())]


def _sum(lines: Sequence[RightLine]) -> RightLine:
    return replace(
        lines[0],
        right="",
        synthetic=True,
        fates={case: replace(one, project="") for case, one in lines[0].fates.items()},
        values=summed([one.values for one in lines]),
        differences=summed([one.differences for one in lines]),
        differs=any(one.differs for one in lines),
        count=len(lines),
    )
