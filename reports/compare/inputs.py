"""What differs in the question: scenario and plan key by key, the register, the events."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from minequota.reports.compare.case import Case, hidden_where_gone
from minequota.reports.compare.comparison import NAMELESS, InputLine, alike
from minequota.reports.compare.leaves import differing
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.resolved import PLAN_FILE, REGISTER_FILE, SCENARIO_FILE, normal_question

EVENTS = "events"


def input_lines(cases: Sequence[Case], nameless: Collection[str] = ()) -> tuple[InputLine, ...]:
    """Return every key whose value differs between any two cases, in the order of the files.

    Plans and registers are compared among the cases of one plan: those of another have nothing
    in common but the form. That the plans differ is a line of its own. Rights of the `nameless`
    licences are counted and not told.
    """
    groups = _of_one_plan(cases)
    lines = (
        *_scenario(cases),
        *_plans(cases),
        *(line for group in groups for line in _plan(group)),
        *(line for group in groups for line in _register(group, nameless)),
        *(line for group in groups for line in _events(group, nameless)),
    )
    secrets = secrets_of(cases, nameless)
    return tuple(_told(line, secrets) for line in lines)


def same_questions(cases: Sequence[Case]) -> tuple[tuple[str, ...], ...]:
    """Return the names of cases that ask the very same: scenario, plan and register."""
    groups: dict[str, list[str]] = {}
    for case in cases:
        question = normal_question(case.scenario.question).model_dump_json(by_alias=True)
        plan = case.scenario.plan.model_dump_json(by_alias=True)
        register = format_register(case.scenario.rights)
        groups.setdefault(repr((question, plan, register)), []).append(case.name)
    return tuple(tuple(names) for names in groups.values() if len(names) > 1)


def secrets_of(cases: Sequence[Case], nameless: Collection[str]) -> frozenset[str]:
    """Return the nameless licences and their names, unless a right that is told has it too."""
    rights = [right for case in cases for right in case.scenario.rights]
    told = {right.name for right in rights if right.licence not in nameless}
    names = {right.name for right in rights if right.licence in nameless} - told
    return frozenset(nameless) | frozenset(name for name in names if name)


def _told(line: InputLine, secrets: Collection[str]) -> InputLine:
    """Return a line in which no secret stands, neither in its key nor as a value."""
    if not secrets:
        return line
    key = ".".join(NAMELESS if part in secrets else part for part in line.key.split("."))
    values = {case: _masked(value, secrets) for case, value in line.values.items()}
    return replace(line, key=key, values=values)


def _masked(value: object, secrets: Collection[str]) -> object:
    if isinstance(value, str):
        return NAMELESS if value in secrets else value
    if isinstance(value, Mapping):
        return {
            NAMELESS if key in secrets else key: _masked(one, secrets) for key, one in value.items()
        }
    return [_masked(one, secrets) for one in value] if isinstance(value, list) else value


def _of_one_plan(cases: Sequence[Case]) -> list[list[Case]]:
    plans = dict.fromkeys(case.plan for case in cases)
    return [[case for case in cases if case.plan == plan] for plan in plans]


def _scenario(cases: Sequence[Case]) -> Iterator[InputLine]:
    written = {
        case.name: normal_question(case.scenario.question).model_dump(
            mode="json", by_alias=True, exclude_none=True
        )
        for case in cases
    }
    yield from _lines(SCENARIO_FILE, written)


def _plans(cases: Sequence[Case]) -> Iterator[InputLine]:
    plans = {case.name: case.plan for case in cases}
    if not alike(plans.values()):
        documents = {case.name: case.scenario.plan.document for case in cases}
        yield InputLine(PLAN_FILE, "id", plans, documents)


def _plan(cases: Sequence[Case]) -> Iterator[InputLine]:
    written = {
        case.name: case.scenario.plan.model_dump(mode="json", by_alias=True, exclude_none=True)
        for case in cases
    }
    yield from _lines(PLAN_FILE, written)


def _lines(file: str, written: Mapping[str, Any]) -> Iterator[InputLine]:
    for leaf in differing(written):
        yield InputLine(file, leaf.path, leaf.values, leaf.sources)


def _register(cases: Sequence[Case], nameless: Collection[str]) -> Iterator[InputLine]:
    """Yield a line per licence and field; a field that is blank wherever it stands is none."""
    tables = {case.name: _rows(case) for case in cases}
    marked = {right.licence for case in cases for right in case.scenario.rights if right.synthetic}
    licences = sorted({licence for rows in tables.values() for licence in rows})
    hidden: list[str] = []
    for licence in licences:
        rows = {case: table.get(licence) for case, table in tables.items()}
        if alike(rows.values()):
            continue
        if licence in nameless:
            hidden.append(licence)
            continue
        for field in dict.fromkeys(field for row in rows.values() if row for field in row):
            values = {case: row and row.get(field, "") for case, row in rows.items()}
            if not alike(values.values()) and any(values.values()):
                key = f"{licence}.{field}"
                yield InputLine(REGISTER_FILE, key, values, {}, licence in marked)
    if hidden:
        counts = {
            case: sum(licence in table for licence in hidden) for case, table in tables.items()
        }
        yield InputLine(REGISTER_FILE, NAMELESS, counts, {}, synthetic=True, count=len(hidden))


def _rows(case: Case) -> dict[str, dict[str, str]]:
    """Return the register as it is solved, by licence, in the words of its file."""
    text = format_register(case.scenario.rights)
    return {row["licence"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def _events(cases: Sequence[Case], nameless: Collection[str]) -> Iterator[InputLine]:
    """Yield the events that only some cases have; of a finished run they are not kept."""
    known: dict[str, dict[str, str]] = {
        case.name: {
            f"{event.day.isoformat()}.{event.kind.value}.{event.licence}": word
            for word, events in (
                ("applied", case.scenario.events),
                ("later", case.scenario.events_later),
            )
            for event in events
        }
        for case in cases
        if case.kind == "case"
    }
    rights = {
        right
        for case in cases
        for event in (*case.scenario.events, *case.scenario.events_later)
        for right in (event.before, event.after)
        if right is not None
    }
    marked = {right.licence for right in rights if right.synthetic}
    # A mine that an event takes off every register is gone as well.
    everywhere = set.intersection(*(set(case.rights) for case in cases))
    gone = {one.licence for one in rights if hidden_where_gone(one)} - everywhere
    hidden: Counter[tuple[str | None, ...]] = Counter()
    for key in sorted({key for events in known.values() for key in events}):
        values = {case: events.get(key) for case, events in known.items()}
        if alike(values.values()):
            continue
        licence = key.split(".", 2)[2]
        if licence in gone or licence in nameless:
            hidden[tuple(values.values())] += 1
        else:
            yield InputLine(EVENTS, key, values, {}, licence in marked)
    for states, count in hidden.items():
        said = dict(zip(known, states, strict=True))
        yield InputLine(EVENTS, NAMELESS, said, {}, synthetic=True, count=count)
