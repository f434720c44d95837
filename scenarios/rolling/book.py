"""A run's decisions entered in the register as if they had happened on 31 December."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.events.event import Event, EventKind
from minequota.scenarios.facts import SizeClass
from minequota.scenarios.issuable import Candidate, candidates
from minequota.scenarios.plan import Plan
from minequota.scenarios.projects import Conversion, Expansion, Merger
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.right import Method, Provenance, Right, Status
from minequota.scenarios.rolling.amounts import ore_in, tidy
from minequota.scenarios.rolling.books import GONE, Books
from minequota.scenarios.rolling.decided import Decided, Enlarged, Gone, Issued, Joined, Renewed
from minequota.scenarios.rolling.steps import StepKind
from minequota.scenarios.rolling.terms import licence_end
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import may_produce, revivable
from minequota.scenarios.units import Quantity

_RANK: dict[SizeClass | None, int] = {None: 0, "small": 1, "medium": 2, "large": 3}


def provisional(identity: str, year: int) -> str:
    """Return the licence a right has until it is given one: its id in the run, and the year.

    The id alone would be taken for the next candidate of the same zone, or for a merger to come.
    """
    return f"{identity.replace(':', '-')}@{year}"


def book(books: Books, scenario: Scenario, decided: Decided, events: tuple[Event, ...]) -> None:
    """Enter the decisions that no event of the year has overtaken.

    Parameters
    ----------
    books
        With the year's events already applied.
    scenario
        The run's own, which the decisions speak of.
    events
        What really happened; it counts before what was decided.
    """
    proposals = {one.id: one for one in candidates(scenario)}
    happened = _Happened(scenario, events)
    for renewed in decided.renewed:
        _renew(books, renewed)
    for enlarged in decided.enlarged:
        _enlarge(books, enlarged)
    for joined in decided.joined:
        _join(books, joined)
    for gone in decided.gone:
        _close(books, gone)
    for issued in decided.issued:
        if happened.issued(issued):
            books.heirs[issued.candidate] = GONE
            books.notice(
                "issued_by_event",
                issued.candidate,
                "方案中的新立采矿权已由变更事件登记，不再按方案入册。",
                "Its place has been taken by a right the events issued; it is not booked again.",
            )
        else:
            _issue(books, issued, proposals[issued.candidate])
    happened.tell_unplaced(books, decided)


class _Happened:
    """Rights that events issued or converted, to be set off against those decided."""

    def __init__(self, scenario: Scenario, events: tuple[Event, ...]) -> None:
        zones = {word: zone.code for zone in scenario.plan.zones for word in (zone.code, zone.name)}
        entered = [one for one in events if one.after is not None]
        self._zones = Counter(
            zones.get(one.after.zone, "")
            for one in entered
            if one.kind is EventKind.ISSUED and one.after is not None
        )
        self._unplaced = [
            one.licence
            for one in entered
            if one.kind is EventKind.ISSUED and one.after and not zones.get(one.after.zone)
        ]
        self._names = {
            one.after.name
            for one in entered
            if one.kind is EventKind.CONVERTED and one.after is not None
        }

    def tell_unplaced(self, books: Books, decided: Decided) -> None:
        """Note rights that events issued in no zone where decisions are booked as well."""
        booked = [one for one in decided.issued if not one.converted and books.heir(one.candidate)]
        if not booked:
            return
        for licence in self._unplaced:
            books.notice(
                "maybe_same",
                licence,
                f"变更事件新立的该采矿权未写明规划分区；方案中的 {len(booked)} 个新立采矿权也已"
                "按方案入册，可能是同一个。请在事件中补填分区，或从名册中删去重复的。",
                f"The event that issued it names no zone, and {len(booked)} rights of the run are "
                "booked as planned: it may be one of them. Name its zone in the event, or take "
                "the double off the register.",
            )

    def issued(self, one: Issued) -> bool:
        """Whether an event has issued what was decided; each event counts once."""
        if one.converted:
            return one.name in self._names
        if one.zone and self._zones[one.zone] > 0:
            self._zones[one.zone] -= 1
            return True
        return False


def _overtaken(books: Books, subject: str, what: Text) -> None:
    books.notice(
        "overtaken",
        subject,
        f"方案中的{what.zh}与当年变更事件不一致，以事件为准，未入册。",
        f"The decided {what.en} does not fit the year's events, which count; it is not booked.",
    )


def _renew(books: Books, one: Renewed) -> None:
    right = books.held.get(one.right)
    before = books.before.get(one.right)
    if right is None or before is None or right.licence_end != before.licence_end:
        _overtaken(books, one.right, Text("延续", "renewal"))
        return
    end = licence_end(books.plan, right, one.year)
    values: dict[str, Any] = {"licence_end": end, "renewal": None}
    if right.status is Status.EXPIRED:
        values["status"] = Status.PRODUCING
        books.step(
            "renewed", one.right, "status", right.status.value, "producing", "run", assumed=True
        )
    books.step("renewed", one.right, "licence_end", right.licence_end, end, "run", assumed=True)
    books.change(one.right, values, Provenance.DEFAULT)


def _enlarge(books: Books, one: Enlarged) -> None:
    right, before = books.held.get(one.right), books.before.get(one.right)
    if right is None or before is None or right.capacity != before.capacity:
        _overtaken(books, one.right, Text("改扩建", "expansion"))
        return
    project = _expansion(books, one)
    values: dict[str, Any] = {"capacity": one.capacity, "size_class": one.size_class}
    if project is not None and project.reserves is not None:
        values["reserves"] = project.reserves
        books.step(
            "expanded",
            one.right,
            "reserves",
            right.reserves,
            project.reserves,
            one.source,
            assumed=True,
        )
    for name in ("capacity", "size_class"):
        books.step(
            "expanded",
            one.right,
            name,
            getattr(right, name),
            values[name],
            one.source,
            assumed=True,
        )
    books.change(one.right, values, Provenance.DEFAULT)


def _expansion(books: Books, one: Enlarged) -> Expansion | None:
    listed = (*books.plan.expansions, *books.question.expansions)
    return next((project for project in listed if project.id == one.id), None)


def _join(books: Books, one: Joined) -> None:
    project = next((listed for listed in books.question.mergers if listed.id == one.id), None)
    if project is None or any(member not in books.held for member in one.members):
        _overtaken(books, one.right, Text("整合", "merger"))
        return
    members = [books.held[member] for member in one.members]
    licence = provisional(one.right, one.year)
    books.held[licence] = _merged(books, one, project, members, licence)
    books.parts[licence] = tuple(members)
    books.heirs[one.right] = licence
    for right in members:
        del books.held[right.licence]
        books.heirs[right.licence] = licence
    books.step(
        "merged", licence, "licence", "; ".join(one.members), licence, one.source, assumed=True
    )
    idle = [right.licence for right in members if not _works(right, project, one.year + 1)]
    if idle and len(idle) < len(members):
        books.notice(
            "merged_idle",
            licence,
            f"整合后的规模含不得生产的成员（{'、'.join(idle)}）；计划年份内已按 options.usable "
            "扣除，以后仍不得生产的请核减规模。",
            f"Its capacity includes members that may not produce ({', '.join(idle)}); "
            "options.usable leaves them out in the planned years: reduce it where they stay "
            "barred for longer.",
        )


def _works(right: Right, project: Merger, year: int) -> bool:
    return may_produce(right, year) or (project.revives and revivable(right))


def _merged(
    books: Books, one: Joined, project: Merger, members: list[Right], licence: str
) -> Right:
    """Return the right that results, as the model reads it: the first member's place, all ore."""
    plan, first = books.plan, members[0]
    working = next((right for right in members if _works(right, project, one.year + 1)), None)
    unit = one.capacity.unit
    reserves = project.reserves
    if reserves is None:
        parts = [
            None if right.reserves is None else ore_in(plan, right, right.reserves, unit)
            for right in members
        ]
        if None not in parts:
            reserves = Quantity(tidy(sum(part or 0.0 for part in parts)), unit)
    placed = next((right for right in members if right.longitude is not None), first)
    synthetic = any(right.synthetic for right in members)
    values: dict[str, Any] = {
        "licence": licence,
        "name": one.name,
        "county": first.county,
        "mineral": first.mineral,
        "holder": project.holder,
        "method": Method(project.method) if project.method else first.method,
        "authority": first.authority,
        "deposit_class": project.deposit_class
        or max((right.deposit_class for right in members), key=lambda size: _RANK[size]),
        "size_class": one.size_class,
        "reserves": reserves,
        "capacity": one.capacity,
        "status": Status.PRODUCING if working is not None else first.status,
        "safety_licence": working is not None or first.safety_licence,
        "green": all(right.green for right in members),
        "red_line": working is None and first.red_line,
        "area": first.area,
        "zone": first.zone,
        "use": first.use if len({right.use for right in members}) == 1 else "main",
        "longitude": placed.longitude,
        "latitude": placed.latitude,
    }
    weights = [
        ore_in(plan, right, right.capacity, unit) if right.capacity is not None else None
        for right in members
    ]
    for name in ("grade", "recovery", "density", "block_yield"):
        values[name] = _mean([getattr(right, name) for right in members], weights)
    origin = Provenance.SYNTHETIC if synthetic else Provenance.DEFAULT
    right = Right(**values, provenance=dict.fromkeys(values, origin))
    return _ending(plan, right, one.year, origin)


def _ending(plan: Plan, right: Right, year: int, origin: Provenance) -> Right:
    return replace(
        right,
        licence_end=licence_end(plan, right, year),
        provenance={**right.provenance, "licence_end": origin},
    )


def _mean(values: list[float | None], weights: list[float | None]) -> float | None:
    """Return the members' figure weighed by capacity; None where one does not say."""
    if None in values or None in weights:
        return None
    whole = sum(weight or 0.0 for weight in weights)
    if whole <= 0:
        return None
    pairs = zip(values, weights, strict=True)
    return tidy(sum((value or 0.0) * (weight or 0.0) for value, weight in pairs) / whole)


def _close(books: Books, one: Gone) -> None:
    if one.right not in books.held:
        if books.heirs.get(one.right) is None:
            _overtaken(books, one.right, Text("退出", "closure"))
        return
    del books.held[one.right]
    books.heirs[one.right] = GONE
    how = Text("限期退出", "forced by a rule") if one.forced else Text("方案选定退出", "chosen")
    books.step("closed", one.right, "licence", one.right, "", one.source, assumed=True, note=how)


def _issue(books: Books, one: Issued, proposal: Candidate) -> None:
    licence = provisional(one.candidate, one.year)
    extra = _extra(books, one.candidate) if proposal.kind == "extra" else None
    project = proposal.project if isinstance(proposal.project, Conversion) else None
    origin = Provenance.SYNTHETIC if extra is not None and extra.synthetic else Provenance.DEFAULT
    values: dict[str, Any] = {
        "licence": licence,
        "name": one.name if one.converted else f"{one.name}（{licence}）",
        "county": one.county,
        "mineral": one.mineral,
        "holder": project.holder if project is not None else "",
        "method": proposal.method,
        "authority": proposal.authority,
        "deposit_class": proposal.deposit_class,
        "size_class": one.size_class,
        "reserves": proposal.reserves,
        "capacity": one.capacity,
        # Dated the last day of the year: it is still being built.
        "status": Status.BUILDING,
        "licence_end": date(one.year + one.term_years, 12, 31),
        "area": (extra.area if extra else "") or (project.area if project else ""),
        "zone": one.zone,
        "grade": proposal.ore.grade,
    }
    if one.first_output_year > one.year + 1:
        values["resumes"] = one.first_output_year
    books.held[licence] = Right(**values, provenance=dict.fromkeys(values, origin))
    books.heirs[one.candidate] = licence
    kind: StepKind = "converted" if one.converted else "issued"
    books.step(kind, licence, "licence", "", licence, one.source, assumed=True)
    books.step(kind, licence, "capacity", "", one.capacity, one.source, assumed=True)


def _extra(books: Books, candidate: str) -> ExtraCandidate | None:
    return next(
        (
            one
            for one in books.question.extra_candidates
            if candidate == one.id or candidate.rpartition("-")[0] == one.id
        ),
        None,
    )
