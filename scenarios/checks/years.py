"""The years a question plans."""

from __future__ import annotations

from minequota.scenarios.question import Question


def first_year(question: Question) -> int:
    """Return the first year planned: a calendar's own, or the one year of the target state."""
    if question.mode == "calendar" and question.first_year is not None:
        return question.first_year
    return question.year


def planned_years(question: Question) -> range:
    """Return the years planned, in order; none where the calendar ends before it begins."""
    return range(first_year(question), question.year + 1)
