"""Names in one place of the files that must exist in another, brought to their full form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minequota.scenarios.classes import class_table
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, nearest, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan

# `*` is every entry of a list, `@` every key of a mapping.
PLAN = (
    ("minerals.*.product", "product"),
    ("minerals.*.scale_row", "scale_row"),
    ("minerals.*.class_row", "class_row"),
    ("caps.*.product", "product"),
    ("caps.*.county", "county"),
    ("no_allotment.*.product", "product"),
    ("no_allotment.*.counties.*", "county"),
    ("counts.*.scope.minerals.*", "mineral"),
    ("counts.*.scope.county", "county"),
    ("ratios.*.scope.minerals.*", "mineral"),
    ("ratios.*.scope.county", "county"),
    ("minimum_scales.*.minerals.*", "mineral"),
    ("special_minimums.*.minerals.*", "mineral"),
    ("area_minimums.*.area", "area"),
    ("zones.*.county", "county"),
    ("zones.*.mineral", "mineral"),
    ("areas.*.minerals.*", "mineral"),
    ("areas.*.counties.*", "county"),
    ("directions.*.minerals.*", "mineral"),
    ("base_outputs.*.mineral", "mineral"),
    ("named_rights.*.county", "county"),
    ("named_rights.*.mineral", "mineral"),
)
QUESTION = (
    ("demand.@", "product"),
    ("extra_candidates.*.county", "county"),
    ("extra_candidates.*.mineral", "mineral"),
    ("extra_candidates.*.area", "area"),
    ("options.holdback.@", "product"),
    ("options.indicator_weights.@", "indicator"),
    ("options.permitted_restricted.*", "mineral"),
)


class Names:
    """What a plan calls its counties, minerals, products, areas, zones and indicators."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._known: dict[str, dict[str, str]] = {
            "county": {
                word: one.name for one in plan.counties for word in (*one.aliases, one.name)
            },
            "mineral": {
                word: one.name for one in plan.minerals for word in (*one.aliases, one.name)
            },
            "product": {one.name: one.name for one in plan.products},
            "area": {word: one.code for one in plan.areas for word in (one.name, one.code)},
            "zone": {word: one.code for one in plan.zones for word in (one.name, one.code)},
            "scale_row": {one.id: one.id for one in plan.minimum_scales},
            "class_row": {one.key: one.key for one in class_table()},
            "indicator": {
                one.id: one.id
                for family in (plan.caps, plan.no_allotment, plan.counts, plan.ratios)
                for one in family
            },
        }
        for kind in ("area", "zone"):
            # A name that two of them share says nothing; their codes do.
            entries = plan.areas if kind == "area" else plan.zones
            names = [one.name for one in entries]
            for name in {name for name in names if names.count(name) > 1}:
                if name not in {one.code for one in entries}:
                    del self._known[kind][name]

    def find(self, kind: str, word: str) -> str | None:
        """Return the full name (of areas and zones the code), or None when unknown."""
        return self._known[kind].get(word)

    def unknown(self, kind: str, word: str, place: str) -> Problem:
        """Return the problem of a word that names nothing, with the nearest that does."""
        known = self._known[kind]
        if kind in {"county", "mineral"}:
            # A short name may be what was meant; what is offered is the full one, once.
            near = nearest(word, known)
            options = [known[near]] if near is not None else list(dict.fromkeys(known.values()))
            meant = near is not None
        else:
            options, meant = list(known), False
        return problem(
            f"unknown_{kind}",
            place,
            value=word,
            choice=choice(options[0] if meant else word, options),
        )


def settle(
    patterns: tuple[tuple[str, str], ...], names: Names, document: Document
) -> list[Problem]:
    """Replace every reference in the document by the full name; report those to nothing."""
    problems: list[Problem] = []
    for pattern, kind in patterns:
        for path, word, is_key in list(_matches(document.data, tuple(pattern.split(".")), ())):
            full = names.find(kind, word)
            if full is None:
                place = document.place(path, of_key=is_key)
                problems.append(names.unknown(kind, word, place))
            elif not is_key:
                document.at(path[:-1])[path[-1]] = full
    return problems


def _matches(
    value: Any, pattern: tuple[str, ...], path: KeyPath
) -> Iterator[tuple[KeyPath, str, bool]]:
    if not pattern:
        if isinstance(value, str) and value:
            yield path, value, False
        return
    head, rest = pattern[0], pattern[1:]
    if head == "*" and isinstance(value, list):
        for index, one in enumerate(value):
            yield from _matches(one, rest, (*path, index))
    elif head == "@" and isinstance(value, dict):
        for key in value:
            yield (*path, key), key, True
    elif isinstance(value, dict) and head in value:
        yield from _matches(value[head], rest, (*path, head))
