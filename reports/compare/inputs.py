"""What differs in the question: scenario and plan key by key, the register, the events."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import InputLine, alike
from minequota.reports.compare.leaves import differing
from minequota.scenarios.register.reader import format_register
from minequota.scenarios.resolved import PLAN_FILE, REGISTER_FILE, SCENARIO_FILE, normal_question

EVENTS = "events"


def input_lines(cases: Sequence[Case]) -> tuple[InputLine, ...]:
    """Return every key whose value differs between any two cases, in the order of the files.

    Plans and registers are compared among the cases of one plan: those of another have nothing
    in common but the form. That the plans differ is a line of its own.
    """
    return (
        *_scenario(cases),
        *_plans(cases),
        *(line for group in _of_one_plan(cases) for line in _plan(group)),
        *(line for group in _of_one_plan(cases) for line in _register(group)),
        *(line for group in _of_one_plan(cases) for line in _events(group)),
    )


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


def _register(cases: Sequence[Case]) -> Iterator[InputLine]:
    """Yield a line per licence and field; a field that is blank wherever it stands is none."""
    tables = {case.name: _rows(case) for case in cases}
    marked = {right.licence for case in cases for right in case.scenario.rights if right.synthetic}
    licences = sorted({licence for rows in tables.values() for licence in rows})
    for licence in licences:
        rows = {case: table.get(licence) for case, table in tables.items()}
        if alike(rows.values()):
            continue
        for field in dict.fromkeys(field for row in rows.values() if row for field in row):
            values = {case: row and row.get(field, "") for case, row in rows.items()}
            if not alike(values.values()) and any(values.values()):
                key = f"{licence}.{field}"
                yield InputLine(REGISTER_FILE, key, values, {}, licence in marked)


def _rows(case: Case) -> dict[str, dict[str, str]]:
    """Return the register as it is solved, by licence, in the words of its file."""
    text = format_register(case.scenario.rights)
    return {row["licence"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def _events(cases: Sequence[Case]) -> Iterator[InputLine]:
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
    marked = {
        right.licence
        for case in cases
        for event in (*case.scenario.events, *case.scenario.events_later)
        for right in (event.before, event.after)
        if right is not None and right.synthetic
    }
    for key in sorted({key for events in known.values() for key in events}):
        values = {case: events.get(key) for case, events in known.items()}
        if not alike(values.values()):
            yield InputLine(EVENTS, key, values, {}, key.split(".", 2)[2] in marked)
