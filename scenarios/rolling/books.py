"""The register, question and plan while a year is booked, with the steps taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.rolling.steps import UNSAID, Notice, Step, StepKind

GONE = ""
"""Heir of a right that has left."""


@dataclass
class Books:
    """What stands now. `before` are the rights at the year's beginning, by licence.

    `heirs` names for every id of the year the licence that holds it now, `GONE` where none does;
    `stated` are licences whose reserves an event of the year gave, `absorbed` those that an event
    merged into another right. `parts` are the members of a merger booked, as they were then.
    """

    plan: Plan
    question: Question
    before: Mapping[str, Right]
    held: dict[str, Right]
    heirs: dict[str, str] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    absorbed: set[str] = field(default_factory=set)
    parts: dict[str, tuple[Right, ...]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def heir(self, identity: str) -> str:
        """Return the licence that holds a right of the year now; `GONE` where none does."""
        seen: set[str] = set()
        while identity in self.heirs and identity not in seen:
            seen.add(identity)
            identity = self.heirs[identity]
        return identity if identity in self.held else GONE

    def step(
        self,
        kind: StepKind,
        subject: str,
        field: str,
        old: object,
        new: object,
        source: str,
        *,
        assumed: bool = False,
        note: Text = UNSAID,
    ) -> None:
        """Log one change."""
        self.steps.append(Step(kind, subject, field, shown(old), shown(new), source, assumed, note))

    def notice(self, code: str, subject: str, zh: str, en: str) -> None:
        """Log what the planner has to know."""
        self.notices.append(Notice(code, subject, Text(zh, en)))

    def change(
        self, licence: str, values: Mapping[str, Any], origin: Provenance | Mapping[str, Provenance]
    ) -> None:
        """Give a held right new values, each with where it comes from."""
        right = self.held[licence]
        said = dict.fromkeys(values, origin) if isinstance(origin, Provenance) else origin
        provenance = {**right.provenance, **said}
        self.held[licence] = replace(right, **values, provenance=provenance)


def shown(value: object) -> str:
    """Return a value as the log writes it; empty for none."""
    return "" if value is None else str(value)
