"""One question a planner asks of a run, with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mood = Literal["good", "bad", "neutral"]


@dataclass(frozen=True)
class Answer:
    """One question, its short answer and what stands behind it, line by line."""

    key: str
    question: str
    verdict: str
    mood: Mood
    details: tuple[str, ...] = ()
