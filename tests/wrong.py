"""Small ways of making right records wrong, and what the check then says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import hand_solved
import mechanisms

from minequota.optimizer.verify import Fault, verify_records
from minequota.optimizer.verify.fields import LABELS
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

Records = dict[str, Any]
Mutate = Callable[[Records], object]


@dataclass(frozen=True)
class Wrong:
    """A change to the correct records (or to the question) and the one fault meant to catch it.

    `where` is part of the place the fault names. `of` is the mechanism whose solved records are
    changed; the hand-solved year where empty.
    """

    code: str
    where: str
    change: Mutate
    plan: dict[str, Any] = field(default_factory=dict)
    question: dict[str, Any] = field(default_factory=dict)
    register: list[Right] | None = None
    of: str = ""

    def faults(self) -> tuple[Fault, ...]:
        """Return what the check says of the changed records."""
        records = mechanisms.records(self.of) if self.of else hand_solved.records()
        self.change(records)
        return verify_records(self._scenario(), records)

    def _scenario(self) -> Scenario:
        if not self.of:
            return hand_solved.scenario(self.plan, self.question, self.register)
        asked = mechanisms.scenario(self.of)
        changed = other_question(asked, self.plan, self.question)
        return changed if self.register is None else replace(changed, rights=tuple(self.register))

    def caught(self) -> bool:
        """Whether the check that is meant says so, of the place that is meant."""
        return any(one.code == self.code and self.where in one.where for one in self.faults())


def other_question(asked: Scenario, plan: dict[str, Any], question: dict[str, Any]) -> Scenario:
    """Return a scenario with some top-level keys of its plan and question replaced."""
    own = asked.plan.model_dump(mode="json", by_alias=True, exclude_none=True)
    said = asked.question.model_dump(mode="json", by_alias=True, exclude_none=True)
    return replace(
        asked,
        plan=Plan.model_validate(own | plan),
        question=Question.model_validate(said | question),
    )


def row(records: Records, family: str, ident: str, **facts: Any) -> dict[str, Any]:
    """Return the record `ident` of one list, the first that has these facts."""
    found: dict[str, Any] = next(
        one
        for one in records[family]
        if one[LABELS[family]] == ident and all(one[key] == value for key, value in facts.items())
    )
    return found


def put(family: str, ident: str, **changes: Any) -> Mutate:
    """Change fields of one record."""
    return lambda records: row(records, family, ident).update(changes)


def put_in(year: int, family: str, ident: str, **changes: Any) -> Mutate:
    """Change fields of one record of one year."""
    return lambda records: row(records, family, ident, year=year).update(changes)


def drop(family: str, ident: str, **facts: Any) -> Mutate:
    """Leave one record out."""
    return lambda records: records[family].remove(row(records, family, ident, **facts))


def twice(family: str, ident: str) -> Mutate:
    """Write one record twice."""
    return lambda records: records[family].append(dict(row(records, family, ident)))


def renamed_copy(family: str, ident: str, new: str, /, **changes: Any) -> Mutate:
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
    return [
        replace(right, **changes) if right.licence == licence else right
        for right in hand_solved.rights()
    ]


def register_of(name: str, licence: str, **changes: Any) -> list[Right]:
    """Return the register of a mechanism with fields of one right replaced."""
    return [
        replace(right, **changes) if right.licence == licence else right
        for right in mechanisms.scenario(name).rights
    ]
