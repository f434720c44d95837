"""The checked, frozen `Scenario` that the optimizer solves."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from minequota.scenarios.events.event import Event
from minequota.scenarios.plan import Name, Plan
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right


@dataclass(frozen=True)
class Change:
    """One key an override changed, for the log and the run folder."""

    case: str
    path: str
    old: object
    new: object


@dataclass(frozen=True)
class Scenario:
    """A plan, a register and a question that agree with each other.

    `opened.open_scenario` is the only maker outside the tests; everything in a `Scenario` has
    passed its checks, names are the plan's own and `rights` is sorted by licence. `question` is
    as solved: the cases are applied and gone from it, and `plan` and `register` name the files
    of a run folder. `case_titles` are the titles of `cases`; `files` are scenario, plan,
    register, events and the register's mapping as read, in this order, then the files that the
    scenario extends, the nearest first. `ignored` are columns of
    the register and the events that no field was found for, each as ``file: header``. `events`
    have been applied to `rights`; `events_later` lie in or after the first planned year and have
    not.
    """

    name: str
    plan: Plan
    question: Question
    rights: tuple[Right, ...]
    cases: tuple[str, ...] = ()
    case_titles: tuple[Name, ...] = ()
    changes: tuple[Change, ...] = ()
    files: tuple[Path, ...] = field(default=(), compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)
    events: tuple[Event, ...] = field(default=(), compare=False)
    events_later: tuple[Event, ...] = field(default=(), compare=False)
