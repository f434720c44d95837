"""What a comparison finds, as records: the same for the screen, the workbook and the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from minequota.optimizer.outcome import OutcomeValue
from minequota.reports.compare.case import Case
from minequota.reports.text import Words

DIGITS = 9
NAMELESS = "（不具名）"
"""Stands for licences that no list may name."""
Values = Mapping[str, float | None]


@dataclass(frozen=True)
class InputLine:
    """One key that is not the same in all columns.

    `file` is scenario.yaml, plan.yaml, mines.csv or events, `values` the value by case: None
    where the case has no such key, absent where the case cannot be asked (another plan's text,
    the events of a finished run). `sources` are the texts that stand as source beside the key.
    Rights that no list may name share lines of the key `NAMELESS`: `count` of them, the values
    being how many each register has, or what became of their events.
    """

    file: str
    key: str
    values: Mapping[str, object]
    sources: Mapping[str, str]
    synthetic: bool = False
    count: int = 1


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome by case, and the difference against the base where both are numbers."""

    name: str
    title: Words
    unit: str
    basis: str
    values: Mapping[str, OutcomeValue]
    differences: Values


@dataclass(frozen=True)
class GoalStatus:
    """How far one goal was solved, by case; absent where it was no goal."""

    name: str
    title: Words
    statuses: Mapping[str, str]


@dataclass(frozen=True)
class MineLine:
    """The figures of one right: by case, in `unit` of `product`.

    `year` is None where the cases plan one year each and not the same one. A value is None where
    the right is not known to the case or counted otherwise there (in another unit, on another
    basis), 0 where it is and has no figure. `named` is false for the sum of `count` rights that
    no list may name, since they leave in some case or are gone from a register. `awaiting` are
    the cases that wait for a figure from above.
    """

    year: int | None
    right: str
    name: str
    named: bool
    synthetic: bool
    county: str
    mineral: str
    product: str
    use: str
    unit: str
    basis: str
    values: Values
    awaiting: tuple[str, ...]
    differences: Values
    differs: bool
    count: int = 1


@dataclass(frozen=True)
class Issued:
    """One right issued in a case, in the unit of its line."""

    right: str
    year: int
    capacity: float


@dataclass(frozen=True)
class ZoneLine:
    """What is issued in one zone or block, or converted: rights, number and capacity by case."""

    zone: str
    name: str
    kind: str
    county: str
    mineral: str
    product: str
    unit: str
    rights: Mapping[str, tuple[Issued, ...]]
    issued: Values
    issued_differences: Values
    values: Values
    differences: Values
    differs: bool


@dataclass(frozen=True)
class Fate:
    """What happens to a right in one case. `kind` is that of an action, or ``formed``."""

    kind: str
    year: int
    project: str


@dataclass(frozen=True)
class RightLine:
    """A right that leaves, is enlarged, merged, or made by a merger, in at least one case.

    `values` are its capacity afterwards in `unit`, 0 once it is gone; a case that counts it in
    another unit is absent. Like ones that no list may name are one line, `count` of them.
    """

    right: str
    name: str
    named: bool
    synthetic: bool
    county: str
    mineral: str
    size_class: str
    unit: str
    fates: Mapping[str, Fate]
    values: Values
    differences: Values
    differs: bool
    count: int = 1


@dataclass(frozen=True)
class Comparison:
    """All columns, the name of the one the others are measured by, and what is found."""

    cases: tuple[Case, ...]
    base: str
    inputs: tuple[InputLine, ...]
    outcomes: tuple[OutcomeLine, ...]
    goals: tuple[GoalStatus, ...]
    mines: tuple[MineLine, ...]
    zones: tuple[ZoneLine, ...]
    rights: tuple[RightLine, ...]
    left_out: int = 0

    @property
    def answered(self) -> tuple[Case, ...]:
        """The cases with an answer."""
        return tuple(case for case in self.cases if case.allocation is not None)

    @property
    def others(self) -> tuple[Case, ...]:
        """The cases measured by the base."""
        return tuple(case for case in self.cases if case.name != self.base)


def differences(values: Mapping[str, object], base: str) -> dict[str, float | None]:
    """Return each other case's value less the base's; None where either is no number."""
    return {name: _less(value, values.get(base)) for name, value in values.items() if name != base}


def _less(value: object, base: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(base, bool) or not isinstance(base, int | float):
        return None
    return round(float(value) - float(base), DIGITS) + 0.0


def summed(parts: Sequence[Values]) -> dict[str, float | None]:
    """Return the sums by case of lines that know the same cases; None where they know nothing."""
    sums: dict[str, float | None] = {}
    for name in parts[0]:
        given = [value for part in parts if (value := part[name]) is not None]
        sums[name] = round(fsum(given), DIGITS) if given else None
    return sums


def known(values: Values) -> tuple[str, ...]:
    """Return the cases that have a value."""
    return tuple(name for name, value in values.items() if value is not None)


def alike(values: Iterable[object]) -> bool:
    """Whether all values are one."""
    found = list(values)
    return all(value == found[0] for value in found[1:])


def size_of(differences: Values) -> float:
    """Return the largest absolute difference; 0 where there is none."""
    return max((abs(one) for one in differences.values() if one is not None), default=0.0)
