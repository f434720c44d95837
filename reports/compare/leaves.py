"""Nested plain data of several cases, walked side by side down to the values that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minequota.reports.compare.comparison import alike
from minequota.scenarios.documents.schema import IDENTITIES

_SOURCE = "source"


@dataclass(frozen=True)
class Leaf:
    """A key whose value is not the same in all cases: None where a case has no such key."""

    path: str
    values: Mapping[str, Any]
    sources: Mapping[str, str]


def differing(data: Mapping[str, Any]) -> Iterator[Leaf]:
    """Yield the leaves that differ, in the order of the documents.

    Parameters
    ----------
    data
        By case: mappings, lists, texts, numbers. Entries of a list go by what names them
        (``caps.gold_city.amount``), those without a name by their place (``caps_from_above[2]``).
    """
    yield from _walk(dict(data), "", dict.fromkeys(data, ""))


def _walk(data: dict[str, Any], path: str, sources: dict[str, str]) -> Iterator[Leaf]:
    there = [value for value in data.values() if value is not None]
    if alike(data.values()):
        return
    if there and all(isinstance(value, Mapping) for value in there):
        yield from _inside(data, path, sources)
    elif there and all(_entries(value) for value in there):
        yield from _listed(data, path, sources)
    else:
        yield Leaf(path, data, {case: text for case, text in sources.items() if text})


def _inside(data: dict[str, Any], path: str, sources: dict[str, str]) -> Iterator[Leaf]:
    keys = dict.fromkeys(key for value in data.values() for key in value or {})
    for key in keys:
        named = {
            case: _source_of(value or {}, str(key), sources[case]) for case, value in data.items()
        }
        below = {case: (value or {}).get(key) for case, value in data.items()}
        yield from _walk(below, f"{path}.{key}" if path else str(key), named)


def _source_of(value: Mapping[str, Any], key: str, above: str) -> str:
    """Return the text that says where a key's value comes from: its own, its group's, above."""
    if key == _SOURCE or key.endswith(f"_{_SOURCE}"):
        return ""
    for name in (f"{key}_{_SOURCE}", _SOURCE):
        if isinstance(value.get(name), str):
            return str(value[name])
    return above


def _entries(value: Any) -> bool:
    """Whether a value is a list whose entries have keys of their own; an empty one may be."""
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _listed(data: dict[str, Any], path: str, sources: dict[str, str]) -> Iterator[Leaf]:
    lists = [value for value in data.values() if value is not None]
    key = next((key for key in IDENTITIES if all(_names(one, key) for one in lists)), None)
    below: dict[str, dict[str, Any]] = {}
    for case, entries in data.items():
        for at, entry in enumerate(entries or (), start=1):
            name = f"{path}[{at}]" if key is None else f"{path}.{entry[key]}"
            below.setdefault(name, dict.fromkeys(data))[case] = entry
    for name, entry in below.items():
        yield from _walk(entry, name, sources)


def _names(entries: list[Mapping[str, Any]], key: str) -> bool:
    """Whether a key tells the entries of a list apart."""
    names = [entry.get(key) for entry in entries]
    return all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names)
