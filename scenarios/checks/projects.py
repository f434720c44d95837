"""Checks of listed changes: projects, proposed rights, and what is said of zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minequota.scenarios.checks.amounts import bounds, fits, maximum_below, product_of
from minequota.scenarios.checks.clauses import senses, years_reversed
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.projects import Conversion, Project
from minequota.scenarios.question import ExtraCandidate, Question

_FAMILIES = (
    ("expansions", Text("改扩建项目", "Expansion")),
    ("conversions", Text("探转采项目", "Conversion")),
    ("mergers", Text("整合项目", "Merger")),
    ("exchanges", Text("减一增一规则", "Exchange")),
)


def yields(projects: Sequence[Project], path: KeyPath, document: Document) -> Iterator[Problem]:
    """Report projects that yield before they begin."""
    for index, one in enumerate(projects):
        begins = one.years.first if one.years is not None else None
        if begins is not None and one.yields_from is not None and one.yields_from < begins:
            place = document.place((*path, index, "yields_from"))
            yield problem("yields_early", place, year=one.yields_from, first=begins)


def conversions(
    listed: Sequence[Conversion], path: KeyPath, plan: Plan, document: Document
) -> Iterator[Problem]:
    """Report conversions whose amounts do not fit their product, or that yield too early."""
    yield from yields(listed, path, document)
    for index, one in enumerate(listed):
        at = (*path, index)
        product = product_of(plan, one.mineral)
        yield from fits(document, at, product, {"capacity": one.capacity, "reserves": one.reserves})
        if one.capacity.value == 0:
            yield problem("capacity_zero", document.place((*at, "capacity")))


def listed_projects(question: Question, plan: Plan | None, document: Document) -> Iterator[Problem]:
    """Report what is wrong with a question's projects, alone and beside the plan's."""
    for family, what in _FAMILIES:
        entries = getattr(question, family)
        known = {one.id: "plan.yaml" for one in getattr(plan, family, ())}
        for index, one in enumerate(entries):
            path: KeyPath = (family, index)
            place = document.place((*path, "id"))
            if one.id in known:
                yield problem("duplicate", place, what=what, value=one.id, first=known[one.id])
            known.setdefault(one.id, place)
            yield from years_reversed(one.years, (*path, "years"), document)
    yield from yields(question.expansions, ("expansions",), document)
    yield from yields(question.mergers, ("mergers",), document)
    yield from senses(question.exchanges, ("exchanges",), document)
    for index, merger in enumerate(question.mergers):
        members = merger.members
        for position, member in enumerate(members):
            if member in members[:position]:
                place = document.place(("mergers", index, "members", position))
                yield problem("member_twice", place, licence=member)
        if len(members) == 1 and not merger.holder:
            yield problem("acquisition_holder", document.place(("mergers", index)), id=merger.id)


def extra_ids(one: ExtraCandidate) -> tuple[str, ...]:
    """Return the ids of a proposal's rights: its own, or numbered where there are several."""
    if one.number == 1:
        return (one.id,)
    return tuple(f"{one.id}-{number}" for number in range(1, one.number + 1))


def zone_ids(plan: Plan) -> dict[str, str]:
    """Return the ids of the zones' candidates, each with the code of its zone."""
    return {
        f"{zone.code}-{number}": zone.code
        for zone in plan.zones
        if zone.mineral is not None
        for number in range(1, zone.rights + 1)
    }


def extra_candidates(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report proposals whose ids are taken, or that do not fit their zone or their product."""
    taken = zone_ids(plan)
    zones = {zone.code: zone for zone in plan.zones}
    for index, one in enumerate(question.extra_candidates):
        path: KeyPath = ("extra_candidates", index)
        place = document.place((*path, "id"))
        for name in extra_ids(one):
            if name in taken:
                yield problem("candidate_taken", place, value=name, other=taken[name])
            taken.setdefault(name, one.id)
        zone = zones.get(one.zone)
        for key in ("county", "mineral"):
            asked = getattr(zone, key, None)
            if asked is not None and asked != getattr(one, key):
                yield problem(
                    "candidate_zone",
                    document.place((*path, key)),
                    value=getattr(one, key),
                    zone=one.zone,
                    known=asked,
                )
        product = product_of(plan, one.mineral)
        yield from bounds(document, path, product, one.minimum, one.maximum, one.reserves)


def zone_details(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report details of zones that have none of their own, or whose amounts do not fit."""
    zones = {zone.code: zone for zone in plan.zones}
    for code, detail in question.zone_details.items():
        path: KeyPath = ("zone_details", code)
        zone = zones.get(code)
        if zone is None:
            continue
        if zone.mineral is None:
            yield problem("zone_detail_pool", document.place(path, of_key=True), zone=code)
            continue
        product = product_of(plan, zone.mineral)
        amounts = {"maximum": detail.maximum, "reserves": detail.reserves}
        yield from fits(document, path, product, amounts)
        yield from maximum_below(document, path, product, zone.minimum, detail.maximum)
