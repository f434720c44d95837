"""Checks within one plan that need more than one of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minequota.scenarios.checks.amounts import (
    bounds,
    known_unit,
    mismatch,
    negatives,
    product_of,
    products_of,
)
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, choice, problem
from minequota.scenarios.documents.validation import UNITS
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.units import Dimension, Quantity

_INDICATORS = ("caps", "no_allotment", "counts", "ratios")


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
    ]


def _plan_duplicates(document: Document) -> Iterator[Problem]:
    families: tuple[tuple[Text, tuple[tuple[str, str], ...]], ...] = (
        (Text("县（区）", "County"), (("counties", "name"), ("counties", "aliases"))),
        (Text("产品", "Product"), (("products", "name"),)),
        (Text("矿种", "Mineral"), (("minerals", "name"), ("minerals", "aliases"))),
        (Text("指标标识", "Indicator"), tuple((family, "id") for family in _INDICATORS)),
        (Text("最低开采规模行", "Minimum scale"), (("minimum_scales", "id"),)),
        (Text("特别最低规模", "Special minimum"), (("special_minimums", "id"),)),
        (Text("集中开采区编号", "Zone"), (("zones", "code"),)),
        (Text("开采区编号", "Area"), (("areas", "code"),)),
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
    for family in _INDICATORS:
        for index, one in enumerate(getattr(plan, family)):
            if one.years.last < one.years.first:
                yield problem(
                    "years_reversed",
                    document.place((family, index, "years")),
                    first=one.years.first,
                    last=one.years.last,
                )


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
    for family in ("caps", "counts", "ratios"):
        for index, one in enumerate(getattr(plan, family)):
            if one.sense == "about" and one.tolerance is None:
                yield problem("needs_tolerance", document.place((family, index, "sense")))
            if one.sense != "about" and one.tolerance is not None:
                yield problem("spare_tolerance", document.place((family, index, "tolerance")))


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
