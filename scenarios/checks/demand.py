"""Checks of demand: its units, its years and places, and the caps it is taken from."""

from __future__ import annotations

import math
from collections.abc import Iterator

from minequota.scenarios.checks.amounts import known_unit, mismatch, products_of
from minequota.scenarios.checks.years import only_planned, planned_years
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.documents.validation import UNITS
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan, Product
from minequota.scenarios.question import Demand, Question
from minequota.scenarios.units import Quantity, UnknownUnitError, factor_to_base

_UPPER = {"ceiling", "level", "about"}
# The demand of the places adds up to the whole within what printed digits lose.
_SAME = 1e-6


def demand(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report demands that do not fit their product or the caps, and products without one."""
    products = products_of(plan)
    for name, given in question.demand.items():
        if (product := products.get(name)) is not None:
            yield from _units(given, product, document)
            yield from _by_product(given, plan, product, document)
            yield from _places(given, product, question, document)
        path: KeyPath = ("demand", name, "by_year")
        yield from only_planned(question, given.by_year, path, document)
    yield from _without_cap(question, plan, document)
    yield from _capped_without_demand(question, plan, document)


def _units(given: Demand, product: Product, document: Document) -> Iterator[Problem]:
    path: KeyPath = ("demand", product.name)
    amounts: dict[KeyPath, Quantity | None] = {
        (key,): getattr(given, key) for key in ("amount", "imports", "by_product")
    }
    amounts |= {("by_year", str(year)): one for year, one in given.by_year.items()}
    amounts |= {("places", centre): one for centre, one in given.places.items()}
    for key, amount in amounts.items():
        place = document.place((*path, *key))
        if amount is not None and (found := mismatch(place, amount, product.unit, product.name)):
            yield found


def _by_product(
    given: Demand, plan: Plan, product: Product, document: Document
) -> Iterator[Problem]:
    for index, origin in enumerate(given.by_product_from):
        path: KeyPath = ("demand", product.name, "by_product_from", index)
        place = document.place((*path, "per_ore"))
        if found := mismatch(place, origin.per_ore, product.unit, product.name):
            yield found
        try:
            factor_to_base(origin.ore_unit)
        except UnknownUnitError:
            options = choice(origin.ore_unit, UNITS)
            place = document.place((*path, "ore_unit"))
            yield problem("unknown_unit", place, unit=origin.ore_unit, choice=options)
        for position, name in enumerate(origin.minerals):
            mineral = plan.mineral(name)
            if mineral is not None and mineral.product is None:
                place = document.place((*path, "minerals", position))
                yield problem("by_product_silent", place, mineral=name)


def _places(
    given: Demand, product: Product, question: Question, document: Document
) -> Iterator[Problem]:
    if not given.places:
        return
    place = document.place(("demand", product.name, "places"), of_key=True)
    if question.transport is None:
        yield problem("places_without_transport", place, product=product.name)
    if given.amount is None:
        yield problem("places_from_cap", place, product=product.name)
        return
    if question.options.hand_out.get(product.name) == "cap":
        # What is handed out beyond demand would go nowhere.
        yield problem("places_handed_out", place, product=product.name)
    parts = [given.amount, *given.places.values()]
    if len({one.dimension for one in parts}) > 1:
        return  # the units' own check has said so
    total = sum(one.to(given.amount.unit) for one in given.places.values())
    if not math.isclose(total, given.amount.value, rel_tol=_SAME, abs_tol=_SAME):
        shown = f"{total:.10g} {given.amount.unit}"
        yield problem(
            "places_add_up", place, product=product.name, total=shown, amount=given.amount
        )


def _without_cap(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report demand or quotas to be taken from a cap that a planned year does not have."""
    wanted = {
        ("demand", name, "from_cap"): name for name, one in question.demand.items() if one.from_cap
    } | {
        ("options", "hand_out", name): name
        for name, how in question.options.hand_out.items()
        if how == "cap"
    }
    for path, name in wanted.items():
        given = question.demand.get(name)
        own = given.by_year if given is not None and path[0] == "demand" else {}
        for year in planned_years(question):
            if year not in own and not _capped(question, plan, name, year):
                yield problem("no_cap_for_demand", document.place(path), product=name, year=year)
                break


def _capped(question: Question, plan: Plan, name: str, year: int) -> bool:
    """Whether a figure limits the product's output in a year, or is still to be handed down."""
    basis = {one.name: one.basis for one in plan.products}.get(name)
    return (
        any(
            cap.product == name
            and cap.sense in _UPPER
            and year in cap.years
            and cap.basis in (None, basis)
            for cap in plan.caps
        )
        or any(one.product == name and one.year == year for one in question.caps_from_above)
        or any(one.product == name and year in one.years for one in plan.handed_down)
    )


def _capped_without_demand(question: Question, plan: Plan, document: Document) -> Iterator[Problem]:
    """Report products with a figure and no demand.

    A product whose figure nobody has handed down yet needs none: it is handed out nothing.
    """
    limited = [cap.product for cap in plan.caps if cap.sense != "forecast"]
    limited += [one.product for one in plan.no_allotment]
    planned = planned_years(question)
    limited += [one.product for one in question.caps_from_above if one.year in planned]
    known = {one.name for one in plan.products if known_unit(one)}
    for name in dict.fromkeys(limited):
        if name in known and name not in question.demand:
            place = document.place(("demand",), of_key=True)
            yield problem("capped_without_demand", place, product=name)
