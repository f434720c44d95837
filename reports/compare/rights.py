"""Right by right: who leaves, is enlarged or merged, and with what capacity afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from minequota.optimizer.allocation import Action, Allocation, Reorganisation
from minequota.reports.compare.alignment import Alignment, answer, in_order
from minequota.reports.compare.comparison import Fate, RightLine, alike, differences

CHANGES = ("leave_forced", "leave_chosen", "expand", "merge")
GONE = ("leave_forced", "leave_chosen", "merge")
FORMED = "formed"
"""The fate of a right that a merger makes; `NONE` where that merger is not chosen."""
NONE = "none"


def right_lines(aligned: Alignment) -> tuple[RightLine, ...]:
    """Return a line per right that leaves, is enlarged, merged or formed in any case."""
    actions: dict[str, dict[str, Action]] = {}
    formed: dict[str, dict[str, Reorganisation]] = {}
    for case in aligned.cases:
        for action in answer(case).actions:
            actions.setdefault(action.right, {})[case.name] = action
        for one in answer(case).reorganisations:
            if one.kind == "merge":
                formed.setdefault(one.right, {})[case.name] = one
    changed = (
        ones for ones in actions.values() if any(one.kind in CHANGES for one in ones.values())
    )
    lines = [
        *(_changed(aligned, ones) for ones in changed if aligned.comparable(ones)),
        *(_formed(aligned, ones) for ones in formed.values() if aligned.comparable(ones)),
    ]
    return in_order(lines, lambda line: line.unit, lambda line: (line.right,))


def _changed(aligned: Alignment, actions: Mapping[str, Action]) -> RightLine:
    fates = {
        name: Fate(one.kind, one.year if one.kind in CHANGES else 0, one.project)
        for name, one in actions.items()
    }
    values = {
        case.name: _after(answer(case), actions[case.name])
        for case in aligned.cases
        if case.name in actions
    }
    first = next(iter(actions.values()))
    named = first.right not in aligned.nameless
    name = next((one.name for one in actions.values() if one.name), "")
    return _line(aligned, first, name if named else "", named, fates, values)


def _formed(aligned: Alignment, made: Mapping[str, Reorganisation]) -> RightLine:
    fates, values = {}, {}
    for name in aligned.like(made):
        one = made.get(name)
        fates[name] = Fate(FORMED, one.year, one.id) if one else Fate(NONE, 0, "")
        values[name] = one.capacity if one else 0.0
    first = next(iter(made.values()))
    return _line(aligned, first, first.name, True, fates, values)


def _line(
    aligned: Alignment,
    first: Action | Reorganisation,
    name: str,
    named: bool,
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
        unit=first.capacity_unit,
        fates=fates,
        values=values,
        differences=differences(values, aligned.base),
        differs=not (alike(fates.values()) and alike(values.values())),
    )


def _after(allocation: Allocation, action: Action) -> float | None:
    """Return the capacity a right of the register has in the end; None where nobody knows it."""
    if action.kind in GONE:
        return 0.0
    if action.kind == "expand":
        for one in allocation.reorganisations:
            if one.kind == "expand" and one.right == action.right:
                return one.capacity
    return action.capacity
