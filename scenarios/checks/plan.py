"""Checks within one plan that need more than one of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minequota.scenarios.checks.amounts import (
    bounds,
    fits,
    known_unit,
    mismatch,
    negatives,
    product_of,
    products_of,
)
from minequota.scenarios.checks.clauses import senses, years_reversed
from minequota.scenarios.checks.projects import conversions, yields
from minequota.scenarios.checks.references import INDICATORS
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.validation import UNITS
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.units import Dimension, Quantity

# The clauses whose sense may ask for a tolerance.
_SENSED = ("caps", "counts", "ratios", "holder_limits", "exchanges", "zone_limits")


def check_plan(plan: Plan, document: Document) -> list[Problem]:
    """Return what is wrong inside one plan."""
    return [
        *negatives(plan, document),
        *_plan_duplicates(document),
        *_plan_years(plan, document),
        *_plan_units(plan, document),
        *_tolerances(plan, document),
        *_special_minimums(plan, document),
        *_zones(plan, document),
        *_zone_limits(plan, document),
        *conversions(plan.conversions, ("conversions",), plan, document),
        *yields(plan.expansions, ("expansions",), document),
    ]


def _plan_duplicates(document: Document) -> Iterator[Problem]:
    families: tuple[tuple[Text, tuple[tuple[str, str], ...]], ...] = (
        (Text("县（区）", "County"), (("counties", "name"), ("counties", "aliases"))),
        (Text("产品", "Product"), (("products", "name"),)),
        (Text("矿种", "Mineral"), (("minerals", "name"), ("minerals", "aliases"))),
        (Text("指标标识", "Indicator"), tuple((family, "id") for family in INDICATORS)),
        (Text("最低开采规模行", "Minimum scale"), (("minimum_scales", "id"),)),
        (Text("特别最低规模", "Special minimum"), (("special_minimums", "id"),)),
        (Text("集中开采区编号", "Zone"), (("zones", "code"),)),
        (Text("开采区编号", "Area"), (("areas", "code"),)),
        (Text("限期退出", "Exit"), (("exits", "id"),)),
        (Text("延续规则", "Renewal"), (("renewals", "id"),)),
        (Text("改扩建项目", "Expansion"), (("expansions", "id"),)),
        (Text("探转采项目", "Conversion"), (("conversions", "id"),)),
        (Text("优先事项", "Priority"), (("priorities", "id"),)),
        (Text("基期数量", "Base count"), (("base_counts", "id"),)),
        (Text("矛盾", "Contradiction"), (("contradictions", "id"),)),
        (Text("印刷数", "Printed figure"), (("printed", "id"),)),
    )
    for what, keys in families:
        words: list[tuple[KeyPath, str]] = []
        for family, key in keys:
            for index, entry in enumerate(document.data.get(family) or ()):
                value = entry.get(key)
                if isinstance(value, list):
                    words += [((family, index, key, at), one) for at, one in enumerate(value)]
                elif value is not None:
                    words.append(((family, index, key), value))
        yield from _duplicates(what, words, document)


def _duplicates(
    what: Text, words: Iterable[tuple[KeyPath, str]], document: Document
) -> Iterator[Problem]:
    first: dict[str, KeyPath] = {}
    for path, word in words:
        if word in first:
            yield problem(
                "duplicate",
                document.place(path),
                what=what,
                value=word,
                first=document.place(first[word]),
            )
        else:
            first[word] = path


def _plan_years(plan: Plan, document: Document) -> Iterator[Problem]:
    if plan.target_year < plan.base_year:
        yield problem(
            "target_before_base",
            document.place(("target_year",)),
            target=plan.target_year,
            base=plan.base_year,
        )
    for family in (*INDICATORS, "expansions", "conversions"):
        for index, one in enumerate(getattr(plan, family)):
            yield from years_reversed(one.years, (family, index, "years"), document)
    for index, term in enumerate(plan.licence_terms):
        if term.least > term.most:
            place = document.place(("licence_terms", index, "least"))
            yield problem("term_reversed", place, least=term.least, most=term.most)


def _plan_units(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, product in enumerate(plan.products):
        if not known_unit(product):
            yield problem(
                "unknown_unit",
                document.place(("products", index, "unit")),
                unit=product.unit,
                choice=choice(product.unit, UNITS),
            )
    products = products_of(plan)
    for index, cap in enumerate(plan.caps):
        capped = products.get(cap.product)
        if capped is not None and cap.amount is not None:
            place = document.place(("caps", index, "amount"))
            if found := mismatch(place, cap.amount, capped.unit, capped.name):
                yield found


def _tolerances(plan: Plan, document: Document) -> Iterator[Problem]:
    for family in _SENSED:
        yield from senses(getattr(plan, family), (family,), document)


def _special_minimums(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, special in enumerate(plan.special_minimums):
        seen: dict[Dimension, Quantity] = {}
        for position, amount in enumerate(special.amounts):
            if amount.dimension in seen:
                yield problem(
                    "two_amounts",
                    document.place(("special_minimums", index, "amounts", position)),
                    first=seen[amount.dimension],
                    second=amount,
                )
            seen.setdefault(amount.dimension, amount)


def _zones(plan: Plan, document: Document) -> Iterator[Problem]:
    for index, zone in enumerate(plan.zones):
        yield from bounds(
            document,
            ("zones", index),
            product_of(plan, zone.mineral) if zone.mineral is not None else None,
            zone.minimum,
            zone.maximum,
            zone.reserves,
        )


def _zone_limits(plan: Plan, document: Document) -> Iterator[Problem]:
    minerals = {zone.code: zone.mineral for zone in plan.zones}
    for index, limit in enumerate(plan.zone_limits):
        named = limit.minerals or tuple(filter(None, (minerals.get(one) for one in limit.zones)))
        products = {one.name: one for one in (product_of(plan, name) for name in named) if one}
        for product in products.values():
            yield from fits(document, ("zone_limits", index), product, {"amount": limit.amount})
