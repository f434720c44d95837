"""Checks of plan and question against the register: who is named, what can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minequota.scenarios.checks.amounts import mismatch, product_of, products_of
from minequota.scenarios.checks.overproduced import rights_in_excess
from minequota.scenarios.checks.projects import extra_ids, zone_ids
from minequota.scenarios.checks.usable import rights_ramping
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.projects import Expansion, Merger
from minequota.scenarios.question import Centre, Question, Transport
from minequota.scenarios.register.agreement import CONTENT_OF, bases_of
from minequota.scenarios.right import Right
from minequota.scenarios.units import Quantity, UnknownUnitError, factor_to_base

# What the members of a merger have in common.
_SHARED = {
    "mineral": Text("矿种", "mineral"),
    "county": Text("县（区）", "county"),
    "zone": Text("集中开采区", "zone"),
    "authority": Text("发证机关", "authority"),
    "use": Text("主采或综合利用", "use"),
}


@dataclass(frozen=True)
class Found:
    """A checked plan and question with the register they speak of.

    `own` is false for a register that replaces the scenario's: what the scenario lists of other
    rights is then left out, not refused.
    """

    plan: Plan
    question: Question
    rights: Sequence[Right]
    plan_document: Document
    document: Document
    own: bool = True

    def named(self, word: str) -> list[Right]:
        """Return the rights of that licence, else of that name."""
        by_licence = [one for one in self.rights if one.licence == word]
        return by_licence or [one for one in self.rights if one.name == word]

    def known(self, merger: Merger) -> bool:
        """Whether all members of a merger are on the register."""
        licences = {one.licence for one in self.rights}
        return licences.issuperset(merger.members)

    def expansions(self) -> Iterator[tuple[Expansion, str]]:
        """Yield the plan's expansions and the question's, each with the place of its right."""
        for document, listed in (
            (self.plan_document, self.plan.expansions),
            (self.document, self.question.expansions),
        ):
            for index, one in enumerate(listed):
                yield one, document.place(("expansions", index, "right"))


def check_register(found: Found) -> list[Problem]:
    """Return what is wrong between plan, question and register."""
    return [
        *_taken(found),
        *_expansions(found),
        *_mergers(found),
        *rights_in_excess(found.question, found.plan, found.rights, found.document, own=found.own),
        *rights_ramping(found.question, found.rights, found.document, own=found.own),
        *_contents(found),
        *_by_products(found),
        *_origins(found),
        *_distances(found),
    ]


def _taken(found: Found) -> Iterator[Problem]:
    """Report rights whose licence is also the id of a candidate."""
    candidates = set(zone_ids(found.plan)).union(*map(extra_ids, found.question.extra_candidates))
    for right in found.rights:
        if right.licence in candidates:
            other = Text("现状表中的许可证号", "a licence of the register")
            yield problem("candidate_taken", right.location, value=right.licence, other=other)


def _expansions(found: Found) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for one, place in found.expansions():
        rights = found.named(one.right)
        if not rights:
            if found.own:
                known = [right.licence for right in found.rights]
                yield problem(
                    "project_right", place, value=one.right, choice=choice(one.right, known)
                )
            continue
        if len(rights) > 1:
            yield problem("project_ambiguous", place, value=one.right, number=len(rights))
            continue
        (right,) = rights
        if right.licence in first:
            before = first[right.licence]
            yield problem("right_expands_twice", place, licence=right.licence, first=before)
        first.setdefault(right.licence, place)
        yield from _counts_as(found, right, place, one.capacity)
    for index, merger in enumerate(found.question.mergers):
        for position, member in enumerate(merger.members):
            if member in first:
                place = found.document.place(("mergers", index, "members", position))
                before = first[member]
                yield problem("right_expands_and_merges", place, licence=member, first=before)


def _counts_as(found: Found, right: Right, place: str, amount: Quantity) -> Iterator[Problem]:
    """Report an amount that does not become the unit of a right's product."""
    product = product_of(found.plan, right.mineral)
    if product is not None and (right.density or product.density) is None:
        wrong = mismatch(place, amount, product.unit, product.name, density=True)
        if wrong is not None:
            yield wrong


def _mergers(found: Found) -> Iterator[Problem]:
    by_licence = {one.licence: one for one in found.rights}
    for index, merger in enumerate(found.question.mergers):
        path: KeyPath = ("mergers", index)
        if not found.known(merger):
            if found.own:
                for position, licence in enumerate(merger.members):
                    if licence not in by_licence:
                        yield problem(
                            "project_right",
                            found.document.place((*path, "members", position)),
                            value=licence,
                            choice=choice(licence, by_licence),
                        )
            continue
        members = [by_licence[one] for one in merger.members]
        for position, member in enumerate(members):
            place = found.document.place((*path, "members", position))
            for key, what in _SHARED.items():
                value, first = getattr(member, key), getattr(members[0], key)
                if value != first:
                    yield problem(
                        "members_differ",
                        place,
                        licence=member.licence,
                        what=what,
                        value=value,
                        first=first,
                    )
            if member.capacity is None and merger.capacity is None:
                yield problem("member_capacity", place, licence=member.licence, id=merger.id)
        for key in ("capacity", "reserves"):
            if (amount := getattr(merger, key)) is not None:
                place = found.document.place((*path, key))
                yield from _counts_as(found, members[0], place, amount)


def _contents(found: Found) -> Iterator[Problem]:
    """Report products whose new rights could not be counted: no grade or yield of their own."""
    plan, question = found.plan, found.question
    new: dict[str, str] = {}
    for zone in plan.zones:
        if zone.mineral is not None and zone.rights:
            new.setdefault(zone.mineral, f"{zone.code}-1")
    for extra in question.extra_candidates:
        new.setdefault(extra.mineral, extra.id)
    stated: dict[str, set[str]] = {}
    for one in (*plan.conversions, *question.conversions):
        if one.grade is not None:
            stated.setdefault(one.mineral, set()).add("grade")
        else:
            new.setdefault(one.mineral, f"convert:{one.id}")
    positions = {product.name: index for index, product in enumerate(plan.products)}
    for mineral, example in new.items():
        product = product_of(plan, mineral)
        if product is None:
            continue
        asked = {CONTENT_OF[basis] for basis in bases_of(plan, product) - {"ore"}}
        for content in sorted(asked):
            if getattr(product, content) is None:
                yield problem(
                    "candidate_content",
                    found.plan_document.place(("products", positions[product.name])),
                    product=product.name,
                    key=content,
                    id=example,
                )


def _by_products(found: Found) -> Iterator[Problem]:
    """Report by-products of ore that does not become the unit they are counted by."""
    for name, demand in found.question.demand.items():
        for index, origin in enumerate(demand.by_product_from):
            try:
                dimension = factor_to_base(origin.ore_unit)[1]
            except UnknownUnitError:
                continue  # the demand's own check has said so
            for right in found.rights:
                product = product_of(found.plan, right.mineral)
                if right.mineral not in origin.minerals or right.capacity is None or not product:
                    continue
                known = (right.density or product.density) is not None
                if right.capacity.dimension != dimension and not known:
                    place = ("demand", name, "by_product_from", index)
                    yield problem(
                        "by_product_density",
                        found.document.place(place),
                        licence=right.licence,
                        amount=right.capacity,
                        unit=origin.ore_unit,
                    )
                    break


def _origins(found: Found) -> Iterator[Problem]:
    """Report distances from what is no right, candidate, zone or county."""
    transport = found.question.transport
    if transport is None:
        return
    known = origins(found)
    for key in transport.distances:
        if key not in known and found.own:
            place = found.document.place(("transport", "distances", key), of_key=True)
            yield problem("unknown_origin", place, value=key, choice=choice(key, known))


def origins(found: Found) -> list[str]:
    """Return everything a distance may be given from."""
    plan, question = found.plan, found.question
    return [
        *(place.name for place in plan.counties),
        *(zone.code for zone in plan.zones),
        *zone_ids(plan),
        *(one.id for one in question.extra_candidates),
        *(name for one in question.extra_candidates for name in extra_ids(one)),
        *(f"convert:{one.id}" for one in (*plan.conversions, *question.conversions)),
        *(f"merger:{one.id}" for one in question.mergers),
        *(right.licence for right in found.rights),
    ]


def _distances(found: Found) -> Iterator[Problem]:
    """Report centres that some source of their product has no distance to."""
    transport = found.question.transport
    if transport is None:
        return
    centres = {one.id: one for one in transport.centres}
    for name, demand in found.question.demand.items():
        product = products_of(found.plan).get(name)
        if product is None:
            continue
        sources = list(_sources(found, product))
        for key in demand.places:
            if (centre := centres.get(key)) is None:
                continue
            missing = [one for one in sources if not _reached(transport, one, centre)]
            if missing:
                yield problem(
                    "distance_missing",
                    found.document.place(("demand", name, "places", key), of_key=True),
                    product=name,
                    centre=key,
                    number=len(missing),
                    id=missing[0].names[0],
                )


@dataclass(frozen=True)
class _Source:
    """Where ore comes from: its names in the distances, the closest first; whether it is placed."""

    names: tuple[str, ...]
    placed: bool = False


def _sources(found: Found, product: Product) -> Iterator[_Source]:
    plan, question = found.plan, found.question

    def yields(mineral: str | None) -> bool:
        known = plan.mineral(mineral) if mineral is not None else None
        return known is not None and known.product == product.name

    for right in found.rights:
        if yields(right.mineral) and right.capacity is not None:
            placed = right.longitude is not None and right.latitude is not None
            yield _Source((right.licence, right.zone, right.county), placed)
    for zone in plan.zones:
        if yields(zone.mineral):
            for number in range(1, zone.rights + 1):
                yield _Source((f"{zone.code}-{number}", zone.code, zone.county))
    for extra in question.extra_candidates:
        if yields(extra.mineral):
            for name in extra_ids(extra):
                yield _Source((name, extra.id, extra.zone, extra.county))
    for one in (*plan.conversions, *question.conversions):
        if yields(one.mineral):
            yield _Source((f"convert:{one.id}", one.county))


def _reached(transport: Transport, source: _Source, centre: Centre) -> bool:
    if any(centre.id in transport.distances.get(name, {}) for name in source.names if name):
        return True
    return source.placed and centre.longitude is not None and centre.latitude is not None
