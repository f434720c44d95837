"""Checks of demand centres, distances and costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import Text, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.question import Question

_NOT_NEGATIVE = Text("不小于 0", "at least 0")
_ABOVE_ZERO = Text("大于 0", "above 0")


def transport(question: Question, document: Document) -> Iterator[Problem]:
    """Report centres named twice or half placed, and numbers that cannot be."""
    given = question.transport
    if given is not None:
        first: dict[str, str] = {}
        for index, centre in enumerate(given.centres):
            place = document.place(("transport", "centres", index))
            if centre.id in first:
                what = Text("需求中心", "Centre")
                yield problem(
                    "duplicate", place, what=what, value=centre.id, first=first[centre.id]
                )
            first.setdefault(centre.id, place)
            if (centre.longitude is None) != (centre.latitude is None):
                yield problem("centre_half", place, id=centre.id)
        for origin, distances in given.distances.items():
            path: KeyPath = ("transport", "distances", origin)
            yield from _least(distances, path, document, _NOT_NEGATIVE)
        yield from _least(given.reach, ("transport", "reach"), document, _ABOVE_ZERO)
        path = ("transport", "cost_per_unit_km")
        yield from _least(given.cost_per_unit_km, path, document, _NOT_NEGATIVE)
    if question.costs is not None:
        yield from _least(question.costs.opening, ("costs", "opening"), document, _NOT_NEGATIVE)
        path = ("costs", "expansion")
        yield from _least(question.costs.expansion, path, document, _NOT_NEGATIVE)


def _least(
    values: Mapping[str, float], path: KeyPath, document: Document, bound: Text
) -> Iterator[Problem]:
    for key, value in values.items():
        if value < 0 or (value == 0 and bound is _ABOVE_ZERO):
            place = document.place((*path, key))
            yield problem("out_of_range", place, key=key, value=value, bound=bound)
