"""What rolling did, step by step: old -> new, by whom, and what is left to the planner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minequota.scenarios.documents.messages import Text

UNSAID = Text("", "")

StepKind = Literal[
    "output",
    "reserves",
    "last_output",
    "surveyed_output",
    "last_quota",
    "event",
    "issued",
    "converted",
    "merged",
    "closed",
    "expanded",
    "renewed",
    "overproduced",
    "unused",
    "question",
    "plan",
]


@dataclass(frozen=True)
class Step:
    """One change, or one thing taken note of.

    `subject` is a licence or a dotted path of scenario.yaml or ``plan.…``. `assumed` is true
    where nobody reported it. `note` says why, where old and new do not.
    """

    kind: StepKind
    subject: str
    field: str
    old: str
    new: str
    source: str
    assumed: bool = False
    note: Text = UNSAID


@dataclass(frozen=True)
class Notice:
    """What the planner has to know or to do; `code` is stable for machines."""

    code: str
    subject: str
    text: Text
