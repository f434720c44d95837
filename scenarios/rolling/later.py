"""Events that lie beyond the year rolled, written so that they read back the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields as fields_of
from datetime import date
from enum import Enum

from minequota.scenarios.events.event import Event
from minequota.scenarios.register.provenance import format_provenance
from minequota.scenarios.register.row import DATA_FIELDS
from minequota.scenarios.right import Right

_KEYS = ("licence", "name", "county", "mineral")


def format_events(events: Iterable[Event]) -> str:
    """Return events as the CSV that `read_events` reads: of a change only what it changed."""
    rows = []
    for event in events:
        right = event.after or event.before
        cells = {"date": event.day.isoformat(), "event": event.kind.value, "into": event.into}
        cells |= {name: str(getattr(right, name)) for name in _KEYS if right is not None}
        cells["licence"] = event.licence
        if event.after is not None:
            cells |= _changed(event.before, event.after)
        rows.append(cells)
    used = [name for name in DATA_FIELDS if any(row.get(name) for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    columns = ["date", "event", "into", *used, "provenance"]
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    return text.getvalue()


def _changed(before: Right | None, after: Right) -> dict[str, str]:
    default = {one.name: one.default for one in fields_of(Right)}
    cells: dict[str, str] = {}
    for name in DATA_FIELDS:
        value = getattr(after, name)
        old = default.get(name) if before is None else getattr(before, name)
        if value != old and value is not None:
            cells[name] = _cell(value)
    said = {name: after.origin(name) for name in cells}
    cells["provenance"] = format_provenance(said, {})
    return cells


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
