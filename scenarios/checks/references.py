"""Names in one place of the files that must exist in another, brought to their full form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minequota.scenarios.classes import class_table
from minequota.scenarios.documents.document import Document
from minequota.scenarios.documents.messages import choice, nearest, problem
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Status

# The lists of a plan whose entries are clauses with an id of their own.
INDICATORS = (
    "caps",
    "no_allotment",
    "handed_down",
    "counts",
    "ratios",
    "holder_limits",
    "exchanges",
    "zone_limits",
)
Patterns = tuple[tuple[str, str], ...]


def _scopes(*places: str) -> Patterns:
    """Return the patterns of the scopes at these places."""
    inside = (("minerals.*", "mineral"), ("county", "county"), ("zones.*", "zone"))
    return tuple((f"{place}.{key}", kind) for place in places for key, kind in inside)


# `*` is every entry of a list or mapping, `@` every key of a mapping.
PLAN: Patterns = (
    ("minerals.*.product", "product"),
    ("minerals.*.scale_row", "scale_row"),
    ("minerals.*.class_row", "class_row"),
    ("caps.*.product", "product"),
    ("caps.*.county", "county"),
    ("no_allotment.*.product", "product"),
    ("no_allotment.*.counties.*", "county"),
    ("handed_down.*.product", "product"),
    *_scopes(
        "counts.*.scope",
        "ratios.*.scope",
        "holder_limits.*.scope",
        "exchanges.*.entering",
        "exchanges.*.leaving",
        "exits.*.scope",
    ),
    ("counts.*.pools.*", "count"),
    ("exits.*.statuses.*", "status"),
    ("renewals.*.minerals.*", "mineral"),
    ("licence_terms.*.minerals.*", "mineral"),
    ("minimum_scales.*.minerals.*", "mineral"),
    ("special_minimums.*.minerals.*", "mineral"),
    ("area_minimums.*.area", "area"),
    ("area_minimums.*.minerals.*", "mineral"),
    ("zones.*.county", "county"),
    ("zones.*.mineral", "mineral"),
    ("zone_limits.*.zones.*", "zone"),
    ("zone_limits.*.minerals.*", "mineral"),
    ("conversions.*.county", "county"),
    ("conversions.*.mineral", "mineral"),
    ("conversions.*.area", "area"),
    ("areas.*.minerals.*", "mineral"),
    ("areas.*.counties.*", "county"),
    ("directions.*.minerals.*", "mineral"),
    ("base_counts.*.minerals.*", "mineral"),
    ("base_outputs.*.mineral", "mineral"),
    ("base_outputs.*.minerals.*", "mineral"),
    ("named_rights.*.county", "county"),
    ("named_rights.*.mineral", "mineral"),
    ("named_rights.*.zone", "zone"),
)
QUESTION: Patterns = (
    ("demand.@", "product"),
    ("demand.*.by_product_from.*.minerals.*", "mineral"),
    ("demand.*.places.@", "centre"),
    ("extra_candidates.*.county", "county"),
    ("extra_candidates.*.mineral", "mineral"),
    ("extra_candidates.*.area", "area"),
    ("extra_candidates.*.zone", "zone"),
    ("zone_details.@", "zone_code"),
    ("caps_from_above.*.product", "product"),
    ("caps_from_above.*.county", "county"),
    ("figures.@", "count"),
    ("base_outputs.@", "product"),
    ("conversions.*.county", "county"),
    ("conversions.*.mineral", "mineral"),
    ("conversions.*.area", "area"),
    *_scopes("exchanges.*.entering", "exchanges.*.leaving"),
    ("transport.distances.*.@", "centre"),
    ("transport.reach.@", "product"),
    ("transport.cost_per_unit_km.@", "product"),
    ("costs.opening.@", "product"),
    ("costs.expansion.@", "expansion"),
    ("options.holdback.@", "product"),
    ("options.hand_out.@", "product"),
    ("options.batches.@", "product"),
    ("options.indicator_weights.@", "indicator"),
    ("options.permitted_restricted.*", "mineral"),
    ("options.paths.@", "path"),
    ("options.pooled.*", "count"),
)


class Names:
    """What a plan and its question call what they have: places, minerals, clauses, projects.

    Parameters
    ----------
    plan
        A valid plan.
    question
        The question as written, valid or not; what cannot be read of it names nothing.
    """

    def __init__(self, plan: Plan, question: Mapping[str, Any] | None = None) -> None:
        self.plan = plan
        written = question or {}
        clauses = [one.id for family in INDICATORS for one in getattr(plan, family)]
        self._known: dict[str, dict[str, str]] = {
            "county": {
                word: one.name for one in plan.counties for word in (*one.aliases, one.name)
            },
            "mineral": {
                word: one.name for one in plan.minerals for word in (*one.aliases, one.name)
            },
            "product": _same(one.name for one in plan.products),
            "area": {word: one.code for one in plan.areas for word in (one.name, one.code)},
            "zone": {word: one.code for one in plan.zones for word in (one.name, one.code)},
            "zone_code": _same(one.code for one in plan.zones),
            "scale_row": _same(one.id for one in plan.minimum_scales),
            "class_row": _same(one.key for one in class_table()),
            "status": _same(one.value for one in Status),
            "count": _same(one.id for one in plan.counts),
            "path": _same(one.id for one in (*plan.counts, *plan.ratios)),
            "indicator": _same([*clauses, *_ids(written.get("exchanges"))]),
            "expansion": _same(
                [*(one.id for one in plan.expansions), *_ids(written.get("expansions"))]
            ),
            "centre": _same(_ids(_inside(written.get("transport"), "centres"))),
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


def _same(words: Iterable[str]) -> dict[str, str]:
    return {word: word for word in words}


def _inside(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _ids(entries: Any) -> list[str]:
    """Return the ids of a list as written."""
    found = (_inside(one, "id") for one in entries) if isinstance(entries, list) else ()
    return [one for one in found if isinstance(one, str)]


def settle(patterns: Patterns, names: Names, document: Document) -> list[Problem]:
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
    if head == "*" and isinstance(value, list | dict):
        entries = enumerate(value) if isinstance(value, list) else value.items()
        for part, one in entries:
            yield from _matches(one, rest, (*path, part))
    elif head == "@" and isinstance(value, dict):
        for key in value:
            yield (*path, key), key, True
    elif isinstance(value, dict) and head in value:
        yield from _matches(value[head], rest, (*path, head))
