"""Small ways of making the hand-solved records wrong, and what the check then says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import hand_solved

from minequota.optimizer.verify import Fault, verify_records
from minequota.optimizer.verify.shape import LABELS
from minequota.scenarios.right import Right

Records = dict[str, Any]
Mutate = Callable[[Records], object]


@dataclass(frozen=True)
class Wrong:
    """A change to the correct records (or to the question) and the one fault meant to catch it.

    `where` is part of the place the fault names.
    """

    code: str
    where: str
    change: Mutate
    plan: dict[str, Any] = field(default_factory=dict)
    question: dict[str, Any] = field(default_factory=dict)
    register: list[Right] | None = None

    def faults(self) -> tuple[Fault, ...]:
        """Return what the check says of the changed records."""
        records = hand_solved.records()
        self.change(records)
        scenario = hand_solved.scenario(self.plan, self.question, self.register)
        return verify_records(scenario, records)

    def caught(self) -> bool:
        """Whether the check that is meant says so, of the place that is meant."""
        return any(one.code == self.code and self.where in one.where for one in self.faults())


def row(records: Records, family: str, ident: str) -> dict[str, Any]:
    """Return the record `ident` of one list."""
    found: dict[str, Any] = next(one for one in records[family] if one[LABELS[family]] == ident)
    return found


def put(family: str, ident: str, **changes: Any) -> Mutate:
    """Change fields of one record."""
    return lambda records: row(records, family, ident).update(changes)


def drop(family: str, ident: str) -> Mutate:
    """Leave one record out."""
    return lambda records: records[family].remove(row(records, family, ident))


def twice(family: str, ident: str) -> Mutate:
    """Write one record twice."""
    return lambda records: records[family].append(dict(row(records, family, ident)))


def renamed_copy(family: str, ident: str, new: str, **changes: Any) -> Mutate:
    """Add a copy of one record under another id."""
    return lambda records: records[family].append(
        row(records, family, ident) | {LABELS[family]: new} | changes
    )


def without_field(family: str, ident: str, name: str) -> Mutate:
    """Leave one field out of one record."""
    return lambda records: row(records, family, ident).pop(name)


def header(**changes: Any) -> Mutate:
    """Change values of the header, or whole lists."""
    return lambda records: records.update(changes)


def both(*changes: Mutate) -> Mutate:
    """Make several changes."""

    def change(records: Records) -> None:
        for one in changes:
            one(records)

    return change


def nothing(records: Records) -> None:
    """Leave the records as they are: the question has changed."""


def register_with(licence: str, **changes: Any) -> list[Right]:
    """Return the hand-solved register with fields of one right replaced."""
    from dataclasses import replace

    return [
        replace(right, **changes) if right.licence == licence else right
        for right in hand_solved.rights()
    ]
