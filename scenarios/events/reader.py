"""A table of events (变更事件表): its rows read and checked one by one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.errors import InputError, Problem
from minequota.scenarios.events.event import ENTERING, WORDS, EventKind
from minequota.scenarios.plan import Plan
from minequota.scenarios.register.cells import NOTHING, parse_date
from minequota.scenarios.register.columns import REGISTER, Columns, Table, find_columns
from minequota.scenarios.register.fields import fields, plain_text
from minequota.scenarios.register.row import RowReader
from minequota.scenarios.register.sheet import Row, Sheet, read_sheet
from minequota.scenarios.right import Right

EVENTS = Table(
    required=("date", "event", "licence"),
    besides={
        "date": ("日期", "事件日期", "变更日期", "发生日期"),
        "event": ("事件", "变更类型", "事件类型", "事项"),
        "into": ("并入", "并入许可证号", "整合后许可证号", "并入采矿权"),
    },
)
SHEETS = ("变更事件", "变更事件表", "events")

_KINDS = {plain_text(word): kind for kind, words in WORDS.items() for word in (kind.value, *words)}


@dataclass(frozen=True)
class Entry:
    """One row: `right` is the whole right of an entering one; of others `values` are its cells."""

    day: date
    kind: EventKind
    licence: str
    into: str
    right: Right | None
    values: dict[str, Any]
    row: Row
    place: str


@dataclass(frozen=True)
class Entries:
    """What a table of events holds; `reader` checks the rights the events make."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    reader: RowReader | None = None


def read_events(path: Path, plan: Plan | None) -> Entries:
    """Read a table of events; `plan` gives the names, None skips the checks that need it.

    It is a CSV or workbook within the limits of a register; besides 日期, 事件 and 并入 its
    columns are a register's.
    """
    try:
        sheet = read_sheet(path, SHEETS)
        columns, problems = find_columns(sheet, {}, None, EVENTS)
    except InputError as error:
        return Entries((), error.problems)
    reader = RowReader(sheet, columns, plan)
    entries = []
    for row in sheet.rows[columns.first_row :]:
        if reader.is_aside(row):
            continue
        entry, wrong = _entry(sheet, columns, reader, row)
        problems += wrong
        if entry is not None:
            entries.append(entry)
    return Entries(tuple(entries), tuple(problems), columns.ignored, reader)


def _entry(
    sheet: Sheet, columns: Columns, reader: RowReader, row: Row
) -> tuple[Entry | None, list[Problem]]:
    texts = {name: reader.text(row, column) for name, column in columns.besides.items()}
    texts = {name: "" if text in NOTHING else text for name, text in texts.items()}
    problems: list[Problem] = []

    def wrong(code: str, name: str, **parts: object) -> None:
        column = columns.besides.get(name)
        place = sheet.place(row, column.index if column else None)
        header = column.header if column else EVENTS.title(name)
        problems.append(problem(code, place, column=header, value=texts.get(name, ""), **parts))

    for name in ("date", "event"):
        if name in columns.besides and not texts[name]:
            wrong("cell_empty", name)
    day = parse_date(texts.get("date", ""))
    if texts.get("date") and day is None:
        wrong("cell_date", "date")
    kind = _KINDS.get(plain_text(texts.get("event", "")))
    if texts.get("event") and kind is None:
        known = [words[0] for words in WORDS.values()]
        wrong("cell_choice", "event", choice=choice(texts["event"], known))
    into = unicodedata.normalize("NFKC", texts.get("into", ""))
    if kind is EventKind.MERGED and not into:
        wrong("cell_empty", "into")
    if kind not in (None, EventKind.MERGED) and into:
        wrong("event_spare_into", "into")

    right: Right | None = None
    values: dict[str, Any] = {}
    if kind is not None and kind in ENTERING:
        problems += _missing_columns(sheet, columns, row, kind)
        right, cells = reader.read(row)
    else:
        values, cells = reader.values(row, {"licence"})
    problems += cells
    if problems or day is None or kind is None:
        return None, problems
    licence = reader.licence_of(row)
    at = columns.fields.get("licence")
    place = sheet.place(row, at.index if at else None)
    return Entry(day, kind, licence, into, right, values, row, place), []


def _missing_columns(sheet: Sheet, columns: Columns, row: Row, kind: EventKind) -> list[Problem]:
    """Report the columns a new right needs and the table does not have."""
    return [
        problem(
            "event_needs",
            sheet.place(row),
            event=title_of(kind),
            column=Text(REGISTER.title(name), f"{REGISTER.title(name)} ({name})"),
        )
        for name, field in fields().items()
        if field.required and name not in columns.fields
    ]


def title_of(kind: EventKind) -> Text:
    """Return what a kind of event is called in both languages."""
    return Text(WORDS[kind][0], kind.value)
