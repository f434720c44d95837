"""Checks of the goals and their order."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.question import Question

# What may stand after the goals that only settle what the others leave open.
_MAY_FOLLOW: dict[str, set[str]] = {
    "tie_break": {"by_product", "evenness", "flows"},
    "by_product": {"evenness", "flows"},
    "evenness": {"flows"},
    "flows": set(),
}


def goals(question: Question, document: Document) -> Iterator[Problem]:
    """Report goals that are none, decide nothing, stand twice or in an order that cannot be."""
    if not question.goals:
        yield problem("no_goals", document.place(("goals",)))
    elif set(question.goals) <= set(_MAY_FOLLOW):
        yield problem("no_goal_decides", document.place(("goals",)))
        return
    for index, goal in enumerate(question.goals):
        place = document.place(("goals", index))
        if goal in question.goals[:index]:
            yield problem("goal_twice", place, goal=goal)
        later = question.goals[index + 1 :]
        allowed = _MAY_FOLLOW.get(goal)
        out_of_order = [] if allowed is None else [one for one in later if one not in allowed]
        if out_of_order and goal not in later:
            yield problem("goal_order", place, goal=goal, other=out_of_order[-1])
