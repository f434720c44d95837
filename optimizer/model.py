"""The whole model of a problem: every rule written once, in the order of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.draft import Draft, start_draft
from minequota.optimizer.goals import Goal, build_goals
from minequota.optimizer.problem import Problem, build_problem
from minequota.optimizer.rules import RULES
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Model:
    """One scenario ready to be solved: its numbers, its columns and rows, its goals in order."""

    problem: Problem
    draft: Draft
    goals: tuple[Goal, ...]


def build_model(scenario: Scenario) -> Model:
    """Restate a checked scenario as a model."""
    problem = build_problem(scenario)
    draft = write_model(problem)
    return Model(problem, draft, build_goals(problem, draft))


def write_model(problem: Problem) -> Draft:
    """Return the columns and rows of all rules."""
    draft = start_draft(problem)
    for rule in RULES:
        rule.write(problem, draft)
    return draft
