"""The whole model of a problem: every rule written once, in the order of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from minequota.optimizer.draft import Draft, start_draft
from minequota.optimizer.goals import Goal, KeptGoals, build_goals
from minequota.optimizer.problem import Problem, build_problem
from minequota.optimizer.rules import RULES
from minequota.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Model:
    """One scenario ready to be solved: its numbers, its columns and rows, its goals in order."""

    problem: Problem
    draft: Draft
    goals: tuple[Goal, ...]

    @property
    def kept(self) -> KeptGoals:
        """The goals a model of the same sources need not write again."""
        return KeptGoals(self.draft.columns, len(self.draft.lower), self.goals)


def build_model(scenario: Scenario, like: Model | None = None) -> Model:
    """Restate a checked scenario as a model.

    Parameters
    ----------
    scenario
        What is asked.
    like
        A model of the same question: what neither demand nor caps touch is taken over from it.
    """
    if like is not None and not same_sources(scenario, like.problem.scenario):
        like = None
    problem = build_problem(scenario, None if like is None else like.problem)
    draft = write_model(problem)
    return Model(problem, draft, build_goals(problem, draft, None if like is None else like.kept))


def same_sources(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in demands and caps at most, which no source depends on."""
    question, plan = (
        {"demand": {}, "caps_from_above": (), "title": one.question.title},
        {"caps": ()},
    )
    return (
        one.rights == other.rights
        and one.question.model_copy(update=question) == other.question.model_copy(update=question)
        and one.plan.model_copy(update=plan) == other.plan.model_copy(update=plan)
    )


def write_model(problem: Problem) -> Draft:
    """Return the columns and rows of all rules."""
    draft = start_draft(problem)
    for rule in RULES:
        rule.write(problem, draft)
    return draft
