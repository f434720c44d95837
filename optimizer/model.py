"""The whole model of a problem: every rule written once, in the order of the catalogue."""

from __future__ import annotations

from minequota.optimizer.draft import Draft, start_draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.rules import RULES


def write_model(problem: Problem) -> Draft:
    """Return the columns and rows of all rules."""
    draft = start_draft(problem)
    for rule in RULES:
        rule.write(problem, draft)
    return draft
