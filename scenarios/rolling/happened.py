"""What really happened in the year, applied to the register day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import Problem
from minequota.scenarios.events.apply import apply_events
from minequota.scenarios.events.event import LEAVING, Event, EventKind
from minequota.scenarios.events.issued import with_issued
from minequota.scenarios.events.reader import Entries, Entry, title_of
from minequota.scenarios.register.row import RowReader
from minequota.scenarios.rolling.books import GONE, Books
from minequota.scenarios.rolling.messages import problem


@dataclass(frozen=True)
class Source:
    """One table of events: what it is called in the log, and its entries."""

    label: str
    entries: tuple[Entry, ...]
    reader: RowReader | None


def sources_of(given: Entries | None, label: str, known: Entries | None) -> tuple[Source, ...]:
    """Return the tables to be applied: what the run knew already, and what the user gives.

    Of an event that both have, the user's counts.
    """
    said = {(one.kind, one.licence) for one in given.entries} if given is not None else set()
    found = []
    if known is not None:
        left = tuple(one for one in known.entries if (one.kind, one.licence) not in said)
        found.append(Source("run", left, known.reader))
    if given is not None:
        found.append(Source(label, given.entries, given.reader))
    return tuple(found)


def happen(
    books: Books, sources: Sequence[Source], first: int, passed: int
) -> tuple[tuple[Event, ...], tuple[tuple[str, Event], ...], tuple[Problem, ...]]:
    """Apply the events of the years `first` to `passed`; later ones are handed back.

    Returns
    -------
    tuple
        The events applied, the later ones (each with its table's label), and every problem.
    """
    applied: list[Event] = []
    later: list[tuple[str, Event]] = []
    problems: list[Problem] = []
    begins = date(first, 1, 1)
    for source in sources:
        for entry in source.entries:
            if entry.day < begins:
                problems.append(
                    problem(
                        "event_not_passed",
                        entry.place,
                        licence=entry.licence,
                        date=entry.day,
                        first=first,
                    )
                )
    if problems:
        return (), (), tuple(problems)
    held = dict(books.held)
    for day in sorted({entry.day for source in sources for entry in source.entries}):
        for source in sources:
            entries = [entry for entry in source.entries if entry.day == day]
            if not entries or source.reader is None:
                continue
            done = apply_events(tuple(held.values()), entries, source.reader, begins, day.year + 1)
            held = {right.licence: right for right in done.rights}
            problems += done.problems
            if day.year > passed:
                later += [(source.label, one) for one in done.events]
            else:
                applied += done.events
                books.held = dict(held)
                _log(books, done.events, source.label)
    books.question = with_issued(books.plan, books.question, applied)
    return tuple(applied), tuple(later), tuple(problems)


def _log(books: Books, events: Sequence[Event], label: str) -> None:
    for event in events:
        if event.kind in LEAVING:
            books.heirs[event.licence] = event.into if event.kind is EventKind.MERGED else GONE
        if event.kind is EventKind.MERGED:
            books.absorbed.add(event.licence)
            books.notice(
                "merged_reserves",
                event.into,
                f"{event.licence} 并入后储量未合并计算，请用“变更”事件或在名册中给出合并后的储量。",
                f"The reserves of {event.licence} are not added to it: state the reserves together "
                "in an event `changed` or in the register.",
            )
        stated = event.after is not None and (
            event.before is None or event.after.reserves != event.before.reserves
        )
        if stated and event.before is not None:
            books.stated.add(event.licence)
        title = title_of(event.kind)
        books.step(
            "event",
            event.licence,
            event.kind.value,
            "" if event.before is None else event.licence,
            "" if event.after is None else event.licence,
            label,
            note=Text(f"{event.day} {title.zh}", f"{event.day} {title.en}"),
        )
