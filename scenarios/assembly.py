"""From documents to a checked `Scenario`: the models, the register, and what they say together.

A variation takes over what its overrides leave as it was: the plan, the register as read, the
rights as the events left them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from minequota.scenarios.checks.plan import check_plan
from minequota.scenarios.checks.question import check_question
from minequota.scenarios.checks.references import (
    INDICATORS,
    PLAN,
    QUESTION,
    Names,
    settle,
)
from minequota.scenarios.checks.register import Found, check_register
from minequota.scenarios.checks.years import first_year
from minequota.scenarios.classes import size_class
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import problem
from minequota.scenarios.documents.overrides import Documents, Override
from minequota.scenarios.documents.validation import validate
from minequota.scenarios.documents.yamlfile import label_of
from minequota.scenarios.errors import Problem
from minequota.scenarios.events.apply import Applied, apply_events
from minequota.scenarios.events.issued import with_issued
from minequota.scenarios.events.reader import Entries, read_events
from minequota.scenarios.foreign import without_strangers
from minequota.scenarios.inputs import Inputs, beside
from minequota.scenarios.issuable import candidates
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.register.cells import parse_date
from minequota.scenarios.register.reader import Register, read_register
from minequota.scenarios.resolved import normal_question
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.scenario import Change, Scenario

# What of a clause may change without another register coming out of the same file: its figures.
_FIGURES = {"amount", "times_base", "limit", "share", "tolerance", "source", "note"}
_TABLE_LENGTH = 4


@dataclass(frozen=True)
class Files:
    """The tables read: the register, the events since its date, its columns' mapping."""

    register: Path | None
    events: Path | None
    mapping: Path | None


@dataclass(frozen=True)
class Kept:
    """What was made of the files on the way, for variations to take over.

    `classed` are the rights at the beginning of the first planned year with their size class.
    """

    plan: Plan
    plan_document: Document
    files: Files
    table: Register
    entries: Entries
    brought: Applied
    classed: tuple[Right, ...]


@dataclass
class Made:
    """A scenario with everything it came from, or every problem that can be known."""

    problems: list[Problem]
    scenario: Scenario | None = None
    kept: Kept | None = None
    entries: Entries = field(default_factory=lambda: Entries((), ()))
    brought: Applied = field(default_factory=lambda: Applied((), (), (), ()))


@dataclass(frozen=True)
class Touched:
    """Which parts have to be made anew."""

    plan: bool = True
    table: bool = True
    brought: bool = True

    @classmethod
    def by(cls, overrides: Iterable[Override]) -> Touched:
        """Return what these overrides may change."""
        heads = {one.parts[0] for one in overrides}
        plan = "plan" in heads
        table = bool(heads & {"register", "events"}) or any(
            one.parts[0] == "plan" and not _figure(one.parts) for one in overrides
        )
        return cls(plan, table, table or bool(heads & _DATES))


_DATES = {"register_date", "mode", "year", "first_year"}


def _figure(parts: tuple[str, ...]) -> bool:
    """Whether a path leads to a figure of a clause, which no right is read by."""
    return len(parts) == _TABLE_LENGTH and parts[1] in INDICATORS and parts[-1] in _FIGURES


def assemble(
    inputs: Inputs,
    documents: Documents,
    chosen: tuple[str, ...],
    changes: list[Change],
    problems: list[Problem],
    kept: Kept | None = None,
    touched: Touched | None = None,
) -> Made:
    """Make a scenario of documents with all changes applied; their names are settled in place.

    Parameters
    ----------
    problems
        What is known to be wrong already; nothing is made where there is anything.
    kept, touched
        What an earlier making left, and which of it may not be taken over.
    """
    touched = touched or Touched()
    made = Made(list(problems))
    plan_document = documents.plan
    if kept is not None and not touched.plan:
        plan: Plan | None = kept.plan
        plan_document = kept.plan_document
    else:
        plan = _plan(documents, made.problems)
    question = _question(documents.question, plan, made.problems)
    if kept is not None and not touched.table:
        files, table, entries = kept.files, kept.table, kept.entries
    else:
        files = _files(inputs, documents.question, made.problems)
        table, entries = _tables(files, plan)
        made.problems += (*table.problems, *entries.problems)
    made.entries = entries
    if plan is None or question is None or plan_document is None:
        return made
    if kept is not None and not touched.brought:
        made.brought = kept.brought
    elif not table.problems and not entries.problems:
        made.brought = _brought_forward(documents.question, question, table.rights, entries)
    made.problems += made.brought.problems
    if table.problems or made.brought.problems:
        return made
    own = inputs.register is None
    rights = made.brought.rights
    found = Found(plan, question, rights, plan_document, documents.question, own=own)
    made.problems += check_register(found)
    if made.problems:
        return made
    classed = (
        kept.classed
        if kept is not None and not touched.brought
        else tuple(_classed(plan, right) for right in rights)
    )
    made.kept = Kept(plan, plan_document, files, table, entries, made.brought, classed)
    plan, question, left_out = without_strangers(found)
    log = [*changes, *_without_events(inputs, documents.question), *left_out]
    made.scenario = _scenario(inputs, plan, question, made.kept, chosen, log)
    made.problems += _unbounded(made.scenario, documents.question)
    return made


def _plan(documents: Documents, problems: list[Problem]) -> Plan | None:
    """Validate the plan with all checks; None when it cannot be made at all."""
    document = documents.plan
    if document is None:
        return None
    plan, wrong = validate(Plan, document)
    problems += wrong
    if plan is not None:
        names = Names(plan, documents.question.data)
        problems += settle(PLAN, names, document)
        plan, wrong = validate(Plan, document)
        problems += wrong
    if plan is not None:
        problems += check_plan(plan, document)
    return plan


def _question(document: Document, plan: Plan | None, problems: list[Problem]) -> Question | None:
    """Validate the question with all checks; None when it cannot be made at all."""
    question, wrong = validate(Question, document)
    problems += wrong
    if plan is not None:
        problems += settle(QUESTION, Names(plan, document.data), document)
    if question is not None:
        question, wrong = validate(Question, document)
        problems += wrong
    if question is not None:
        problems += check_question(question, plan, document)
    return question


def models(
    documents: Documents, plan: Plan | None = None
) -> tuple[Plan | None, Question | None, list[Problem]]:
    """Validate both documents with all checks that need no register; `plan` if it is known."""
    problems: list[Problem] = []
    plan = plan or _plan(documents, problems)
    return plan, _question(documents.question, plan, problems), problems


def _files(inputs: Inputs, question: Document, problems: list[Problem]) -> Files:
    if inputs.register is None:
        register, events = (
            beside(question, "register", problems),
            beside(question, "events", problems),
        )
        return Files(register, events, inputs.mapping)
    # The events are those since the date of the scenario's own register, not of this one.
    return Files(inputs.register, None, inputs.mapping)


def _tables(files: Files, plan: Plan | None) -> tuple[Register, Entries]:
    register = (
        read_register(files.register, plan, files.mapping)
        if files.register is not None
        else Register((), ())
    )
    events = read_events(files.events, plan) if files.events is not None else Entries((), ())
    return register, events


def _without_events(inputs: Inputs, question: Document) -> list[Change]:
    """Return the change to log where a register of the call makes the scenario's events void."""
    given = question.data.get("events")
    if inputs.register is None or not isinstance(given, str) or not given:
        return []
    return [Change(case="", path="events", old=given, new="")]


def _brought_forward(
    document: Document, question: Question, rights: tuple[Right, ...], entries: Entries
) -> Applied:
    """Return the rights at the beginning of the first planned year."""
    if entries.reader is None or not entries.entries:
        return Applied(rights, (), (), ())
    since = parse_date(question.register_date)
    if since is None:
        undated = problem("events_undated", document.place(("events",)))
        return Applied(rights, (), (), () if question.register_date else (undated,))
    return apply_events(rights, entries.entries, entries.reader, since, first_year(question))


def _scenario(
    inputs: Inputs,
    plan: Plan,
    question: Question,
    kept: Kept,
    chosen: tuple[str, ...],
    changes: list[Change],
) -> Scenario:
    files = kept.files
    read = ((files.register, kept.table.ignored), (files.events, kept.entries.ignored))
    listed = (
        inputs.question.path,
        inputs.plan.path if inputs.plan is not None else None,
        files.register,
        files.events,
        files.mapping,
        *inputs.extended,
    )
    return Scenario(
        name=inputs.name,
        plan=plan,
        question=normal_question(with_issued(plan, question, kept.brought.events)),
        rights=kept.classed,
        cases=chosen,
        case_titles=tuple(question.cases[case].title for case in chosen),
        changes=tuple(changes),
        files=tuple(one for one in listed if one is not None),
        ignored=tuple(
            f"{label_of(file)}: {header}" for file, headers in read if file for header in headers
        ),
        events=kept.brought.events,
        events_later=kept.brought.later,
    )


def _unbounded(scenario: Scenario, question: Document) -> list[Problem]:
    """Report zones whose rights could be licensed for any amount."""
    without = {one.zone: one.id for one in reversed(list(candidates(scenario))) if not one.maximum}
    place = question.place(("zone_details",), of_key=True)
    return [
        problem("candidate_unbounded", place, id=example, zone=zone)
        for zone, example in sorted(without.items())
    ]


def _classed(plan: Plan, right: Right) -> Right:
    """Return the right with a production size class, marked `default` where not stated."""
    if right.size_class is not None:
        return right
    decided, _ = size_class(plan, right)
    provenance = {**right.provenance, "size_class": Provenance.DEFAULT}
    return replace(right, size_class=decided, provenance=provenance)
