"""Events applied to a register, day by day, with everything that cannot be.

All events are followed to their end, so that a mistake in a later year is found too; the register
handed on is the one of the first planned year's beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.errors import Problem
from minequota.scenarios.events.event import ENTERING, LEAVING, STATE_AFTER, Event, EventKind
from minequota.scenarios.events.reader import Entry, title_of
from minequota.scenarios.register.fields import fields
from minequota.scenarios.register.row import RowReader
from minequota.scenarios.right import Provenance, Right, Status

_ORDER = {kind: position for position, kind in enumerate(EventKind)}
# What identifies a right: another value on an event is another right's, a mistyped licence.
_IDENTITY = ("name", "county", "mineral")
# 变更 may give another name or mineral, 转让 another name; nothing moves a mine to another county.
_MAY_CHANGE = {EventKind.CHANGED: {"name", "mineral"}, EventKind.TRANSFERRED: {"name"}}
# States that no resumption ends: an expired licence is renewed, the red line stays.
_BARRED = (Status.EXPIRED, Status.RED_LINE)
_STATES_OF = {EventKind.STOPPED: (Status.STOPPED, Status.STOP_ORDER)}
# A column without which the event says nothing.
_ASKED = {EventKind.TRANSFERRED: "holder", EventKind.RENEWED: "licence_end"}


@dataclass(frozen=True)
class Applied:
    """The register at the beginning of the first planned year, and how it came to be.

    `events` have been applied, `later` lie beyond and have not.
    """

    rights: tuple[Right, ...]
    events: tuple[Event, ...]
    later: tuple[Event, ...]
    problems: tuple[Problem, ...]


def apply_events(
    rights: Sequence[Right],
    entries: Sequence[Entry],
    reader: RowReader,
    register_date: date,
    first_year: int,
) -> Applied:
    """Apply the events of all days before 1 January of `first_year` to the rights.

    Events of one day follow one another as `EventKind` lists them, so that the order of the rows
    decides nothing; two that contradict each other are a problem.
    """
    state = _State(rights, reader, register_date)
    events: list[Event] = []
    later: list[Event] = []
    problems: list[tuple[int, Problem]] = []
    held: dict[str, Right] | None = None
    for entry in sorted(entries, key=_key):
        planned = entry.day.year >= first_year
        if planned and held is None:
            held = dict(state.held)
        try:
            (later if planned else events).append(state.follow(entry))
        except _RefusedError as refused:
            problems += [(entry.row.number, one) for one in refused.problems]
    final = state.held if held is None else held
    return Applied(
        rights=tuple(final[licence] for licence in sorted(final)),
        events=tuple(events),
        later=tuple(later),
        problems=tuple(one for _, one in sorted(problems, key=lambda found: found[0])),
    )


def _key(entry: Entry) -> tuple[date, int, str, int]:
    return entry.day, _ORDER[entry.kind], entry.licence, entry.row.number


class _RefusedError(Exception):
    """An event that cannot be, with its problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__()


class _State:
    """The rights held while the events go on, and who has left."""

    def __init__(self, rights: Iterable[Right], reader: RowReader, register_date: date) -> None:
        self.held = {right.licence: right for right in rights}
        self._reader = reader
        self._register_date = register_date
        self._gone: dict[str, Entry] = {}
        self._of_day: dict[tuple[date, str, str], Entry] = {}

    def follow(self, entry: Entry) -> Event:
        """Apply one event; `_RefusedError` where it cannot be."""
        if entry.day < self._register_date:
            raise _RefusedError(_wrong(entry, "event_early", register=self._register_date))
        if (gone := self._gone.get(entry.licence)) is not None:
            how, day = title_of(gone.kind), gone.day
            raise _RefusedError(_wrong(entry, "event_gone", how=how, day=day, first=gone.place))
        right = self.held.get(entry.licence)
        if entry.kind in ENTERING:
            return self._enter(entry, right)
        if right is None:
            known = choice(entry.licence, self.held)
            raise _RefusedError(_wrong(entry, "event_unknown", choice=known))
        if wrong := [*self._other_right(entry, right), *_unsaid(entry)]:
            raise _RefusedError(*wrong)
        return self._leave(entry, right) if entry.kind in LEAVING else self._change(entry, right)

    def _enter(self, entry: Entry, known: Right | None) -> Event:
        if known is not None or entry.right is None:
            first = known.location if known is not None else ""
            raise _RefusedError(_wrong(entry, "event_exists", first=first))
        self.held[entry.licence] = entry.right
        return _event(entry, None, entry.right)

    def _other_right(self, entry: Entry, right: Right) -> Iterator[Problem]:
        """Report cells that identify another right than the licence does."""
        free = _MAY_CHANGE.get(entry.kind, set())
        for name in _IDENTITY:
            if name in free:
                continue
            given, known = entry.values.get(name), getattr(right, name)
            if given is not None and given != known:
                place = self._reader.place_of(entry.row, name)
                yield _wrong(
                    entry, "event_differs", place, column=_column(name), value=given, known=known
                )

    def _leave(self, entry: Entry, right: Right) -> Event:
        if entry.kind is EventKind.MERGED:
            if entry.into == entry.licence:
                raise _RefusedError(_wrong(entry, "event_into_itself"))
            if entry.into not in self.held:
                known = choice(entry.into, self.held)
                raise _RefusedError(
                    _wrong(entry, "event_into_unknown", into=entry.into, choice=known)
                )
        del self.held[entry.licence]
        self._gone[entry.licence] = entry
        return _event(entry, right, None)

    def _change(self, entry: Entry, right: Right) -> Event:
        given = {name: one for name, one in entry.values.items() if name != "licence"}
        origin = given.pop("provenance", (Provenance.REGISTER, {}))
        if entry.kind is EventKind.CHANGED and not given:
            raise _RefusedError(_wrong(entry, "event_changes_nothing"))
        if entry.kind is EventKind.RENEWED and given["licence_end"] < entry.day:
            end = given["licence_end"]
            raise _RefusedError(_wrong(entry, "event_renewed_back", end=end))
        changes = given | _follows(entry, right, given)
        status = self._status_after(entry, right, given.get("status"))
        if status is not right.status:
            changes["status"] = status
        self._refuse_contradiction(entry, right, changes)
        after = replace(right, **changes, provenance=_provenance(right, changes, origin))
        if wrong := self._reader.check(entry.row, after):
            raise _RefusedError(*wrong)
        self.held[entry.licence] = after
        return _event(entry, right, after)

    def _status_after(self, entry: Entry, right: Right, stated: Status | None) -> Status:
        if entry.kind is EventKind.RESUMED and right.status in _BARRED:
            raise _RefusedError(_wrong(entry, "event_barred", state=_state(right.status)))
        follows = STATE_AFTER.get(entry.kind)
        if follows is None:
            # A licence that had expired is in force again; its mine may run unless stated.
            renewed = entry.kind is EventKind.RENEWED and right.status is Status.EXPIRED
            return stated or (Status.PRODUCING if renewed else right.status)
        if stated is not None and stated not in _STATES_OF.get(entry.kind, (follows,)):
            place = self._reader.place_of(entry.row, "status")
            raise _RefusedError(_wrong(entry, "event_state", place, state=_state(stated)))
        return stated or follows

    def _refuse_contradiction(self, entry: Entry, right: Right, changes: Mapping[str, Any]) -> None:
        """Refuse to say of a field what another event of the day says otherwise."""
        for name, value in changes.items():
            first = self._of_day.setdefault((entry.day, entry.licence, name), entry)
            if first is not entry and getattr(right, name) != value:
                raise _RefusedError(
                    _wrong(
                        entry,
                        "event_exclusive",
                        column=_column(name),
                        other=title_of(first.kind),
                        first=first.place,
                    )
                )


def _wrong(entry: Entry, code: str, place: str = "", **parts: object) -> Problem:
    event = title_of(entry.kind)
    return problem(
        code, place or entry.place, licence=entry.licence, event=event, date=entry.day, **parts
    )


def _unsaid(entry: Entry) -> Iterator[Problem]:
    """Report the column without which an event says nothing."""
    asked = _ASKED.get(entry.kind)
    if asked is not None and asked not in entry.values:
        yield _wrong(entry, "event_asks", column=_column(asked))


def _event(entry: Entry, before: Right | None, after: Right | None) -> Event:
    return Event(entry.day, entry.kind, entry.licence, before, after, entry.into, entry.place)


def _column(name: str) -> Text:
    return Text(fields()[name].title, fields()[name].header_en)


def _state(status: Status) -> Text:
    """Return what a state is called in both languages."""
    words = (word for word, one in fields()["status"].values.items() if one == status.value)
    return Text(next((word for word in words if word != status.value), ""), status.value)


def _follows(entry: Entry, right: Right, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event ends without saying so: facts of the state before it."""
    ended: dict[str, Any] = {}
    if "capacity" in given or "method" in given:
        ended["size_class"] = None
    if entry.kind is EventKind.TRANSFERRED:
        ended["holder_group"] = ""
    if entry.kind is EventKind.RENEWED:
        ended["renewal"] = None
    if entry.kind is EventKind.EXPIRED and (
        right.licence_end is None or right.licence_end > entry.day
    ):
        ended["licence_end"] = entry.day
    if entry.kind is EventKind.RESUMED:
        # Who produces again holds a safety licence, unless the row says that it does not.
        ended |= {"safety_licence": True, "resumes": None}
    return {
        name: value
        for name, value in ended.items()
        if name not in given and value != getattr(right, name)
    }


def _provenance(
    right: Right,
    changes: Mapping[str, Any],
    origin: tuple[Provenance, Mapping[str, Provenance]],
) -> dict[str, Provenance]:
    rest, listed = origin
    said = {name: listed.get(name, rest) for name in changes}
    empty = {name: Provenance.DEFAULT for name, one in changes.items() if one in (None, "")}
    return {**right.provenance, **said, **empty}
