"""From a scenario's files to one checked `Scenario`, or to every mistake in them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from minequota.scenarios.checks.plan import check_plan
from minequota.scenarios.checks.question import check_question
from minequota.scenarios.checks.references import PLAN, QUESTION, Names, settle
from minequota.scenarios.checks.register import Found, check_register
from minequota.scenarios.checks.years import first_year
from minequota.scenarios.classes import size_class
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.documents.overrides import (
    Documents,
    Override,
    apply,
    check_path,
    overlaps,
    overrides_of_call,
    overrides_of_case,
)
from minequota.scenarios.documents.validation import validate
from minequota.scenarios.documents.yamlfile import label_of, read_yaml
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.events.apply import Applied, apply_events
from minequota.scenarios.events.issued import with_issued
from minequota.scenarios.events.reader import Entries, read_events
from minequota.scenarios.foreign import without_strangers
from minequota.scenarios.issuable import candidates
from minequota.scenarios.library import (
    library_names,
    locate_beside,
    locate_plan,
    locate_scenario,
)
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.register.cells import parse_date
from minequota.scenarios.register.reader import Register, read_register
from minequota.scenarios.resolved import normal_question, resolved_documents
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.scenario import Change, Scenario

__all__ = ["library_names", "load_scenario", "resolved_documents"]


def load_scenario(
    name_or_path: str | Path,
    cases: Sequence[str] = (),
    register: str | Path | None = None,
    overrides: Mapping[str, object] | None = None,
    mapping: str | Path | None = None,
) -> Scenario:
    """Read and check a scenario with its plan and register.

    Parameters
    ----------
    name_or_path
        A name of `library_names`, a scenario file, or a folder with a ``scenario.yaml``.
    cases
        Named cases to apply together. None chosen means the file's `default_case`, if it has
        one; chosen ones replace it.
    register
        A CSV or XLSX register to take instead of the one the scenario names.
    overrides
        Dotted paths and values, applied together with the cases (see `overrides`).
    mapping
        A YAML file ``header: field`` for headers of the register that are not understood.

    Returns
    -------
    Scenario
        With the names of the plan, a size class for every right, and every change logged.

    Raises
    ------
    InputError
        With every problem that can be known; nothing has been written.
    """
    path, name = locate_scenario(name_or_path)
    question_document = Document(read_yaml(path))
    problems: list[Problem] = []
    plan_document, plan_path = _plan_document(question_document, problems)
    documents = Documents(question_document, plan_document)
    base = documents.copy()

    chosen, changes = _apply_cases(documents, tuple(cases), overrides or {}, problems)
    plan, question = _models(documents, problems)
    if register is None:
        register_path = _beside(documents.question, "register", problems)
        events_path = _beside(documents.question, "events", problems)
    else:
        # The events are those since the date of the scenario's own register, not of this one.
        register_path, events_path = Path(register), None
        changes += _without_events(documents.question)
    mapping_path = Path(mapping) if mapping is not None else None
    if register_path is None:
        table = Register((), ())
    else:
        table = read_register(register_path, plan, mapping_path)
    problems += table.problems
    entries = read_events(events_path, plan) if events_path is not None else Entries((), ())
    problems += entries.problems
    brought = Applied(table.rights, (), (), ())
    if plan is not None and question is not None:
        if not table.problems and not entries.problems:
            brought = _brought_forward(documents.question, question, table.rights, entries)
        problems += brought.problems
        if documents.plan is not None and not table.problems and not brought.problems:
            found = Found(
                plan,
                question,
                brought.rights,
                documents.plan,
                documents.question,
                own=register is None,
            )
            problems += check_register(found)
            plan, question, left_out = without_strangers(found)
            changes += left_out
    # With events, a case may ask of another year's register: its rights are not known here.
    known = brought.rights if register is None and not entries.entries else None
    problems += _other_cases(base, chosen, problems, known)

    problems = list(dict.fromkeys(problems))
    if problems or plan is None or question is None:
        raise InputError(problems)
    read = ((register_path, table.ignored), (events_path, entries.ignored))
    files = (path, plan_path, register_path, events_path, mapping_path)
    scenario = Scenario(
        name=name,
        plan=plan,
        question=normal_question(with_issued(plan, question, brought.events)),
        rights=tuple(_classed(plan, right) for right in brought.rights),
        cases=chosen,
        case_titles=tuple(question.cases[case].title for case in chosen),
        changes=tuple(changes),
        files=tuple(one for one in files if one is not None),
        ignored=tuple(
            f"{label_of(file)}: {header}" for file, headers in read if file for header in headers
        ),
        events=brought.events,
        events_later=brought.later,
    )
    if unbounded := _unbounded(scenario, documents):
        raise InputError(unbounded)
    return scenario


def _unbounded(scenario: Scenario, documents: Documents) -> list[Problem]:
    """Report zones whose rights could be licensed for any amount."""
    without = {one.zone: one.id for one in reversed(list(candidates(scenario))) if not one.maximum}
    place = documents.question.place(("zone_details",), of_key=True)
    return [
        problem("candidate_unbounded", place, id=example, zone=zone)
        for zone, example in sorted(without.items())
    ]


def _without_events(question: Document) -> list[Change]:
    """Return the change to log where a register of the call makes the scenario's events void."""
    given = question.data.get("events")
    if not isinstance(given, str) or not given:
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


def _plan_document(
    question: Document, problems: list[Problem]
) -> tuple[Document | None, Path | None]:
    given = question.data.get("plan")
    if not isinstance(given, str):
        return None, None  # validation says what is wrong with the key
    found = locate_plan(given, question.file.path, question.place(("plan",)))
    if isinstance(found, Problem):
        problems.append(found)
        return None, None
    try:
        return Document(read_yaml(found)), found
    except InputError as error:
        problems.extend(error.problems)
        return None, None


def _beside(question: Document, key: str, problems: list[Problem]) -> Path | None:
    """Return the file a key names; None where it names none or one that may not be read."""
    given = question.data.get(key)
    if not isinstance(given, str) or (key == "events" and not given):
        return None
    found = locate_beside(given, question.file.path, question.place((key,)))
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _apply_cases(
    documents: Documents,
    cases: tuple[str, ...],
    overrides: Mapping[str, object],
    problems: list[Problem],
) -> tuple[tuple[str, ...], list[Change]]:
    """Apply the chosen cases and the call's overrides; return the cases used and the log."""
    data = documents.question.data
    known = data.get("cases")
    known = known if isinstance(known, dict) else {}
    if not cases and isinstance(data.get("default_case"), str) and data["default_case"] in known:
        cases = (data["default_case"],)
    place = documents.question.place(("cases",), of_key=True)
    for position, case in enumerate(cases):
        if case not in known:
            options = choice(case, known)
            problems.append(problem("unknown_case", place, value=case, choice=options))
        elif case in cases[:position]:
            problems.append(problem("case_twice", place, value=case))
    used = tuple(case for case in dict.fromkeys(cases) if case in known)
    chosen: list[Override] = []
    for case in used:
        chosen += overrides_of_case(documents.question, case)
    chosen += overrides_of_call(overrides)
    if overlapping := overlaps(chosen):
        problems += overlapping
        return used, []
    changes = []
    for override in chosen:
        done = apply(documents, override)
        if isinstance(done, Problem):
            problems.append(done)
        elif done is not None:
            changes.append(done)
    return used, changes


def _models(documents: Documents, problems: list[Problem]) -> tuple[Plan | None, Question | None]:
    """Validate both documents with all checks; a model is None when it cannot be made at all."""
    plan, names = None, None
    if documents.plan is not None:
        plan, wrong = validate(Plan, documents.plan)
        problems += wrong
        if plan is not None:
            names = Names(plan, documents.question.data)
            problems += settle(PLAN, names, documents.plan)
            plan, wrong = validate(Plan, documents.plan)
            problems += wrong
        if plan is not None:
            problems += check_plan(plan, documents.plan)
    question, wrong = validate(Question, documents.question)
    problems += wrong
    if names is not None:
        problems += settle(QUESTION, names, documents.question)
    if question is not None:
        question, wrong = validate(Question, documents.question)
        problems += wrong
    if question is not None:
        problems += check_question(question, plan, documents.question)
    return plan, question


def _other_cases(
    base: Documents,
    chosen: tuple[str, ...],
    problems: list[Problem],
    rights: Sequence[Right] | None,
) -> list[Problem]:
    """Check the cases not chosen as well: their paths always, their values on sound files."""
    known = base.question.data.get("cases")
    others = [case for case in known if case not in chosen] if isinstance(known, dict) else []
    found: list[Problem] = []
    for case in others:
        overrides = overrides_of_case(base.question, case)
        wrong = [one for override in overrides if (one := check_path(base, override))]
        wrong += overlaps(overrides)
        if not wrong and overrides and not problems:
            trial = base.copy()
            for override in overrides:
                apply(trial, override)
            plan, question = _models(trial, wrong)
            if rights is not None and plan and question and trial.plan and not wrong:
                wrong += check_register(Found(plan, question, rights, trial.plan, trial.question))
        found += wrong
    return found


def _classed(plan: Plan, right: Right) -> Right:
    """Return the right with a production size class, marked `default` where not stated."""
    if right.size_class is not None:
        return right
    decided, _ = size_class(plan, right)
    provenance = {**right.provenance, "size_class": Provenance.DEFAULT}
    return replace(right, size_class=decided, provenance=provenance)
