"""The independent check of a comparison: every figure again, from the answers' own files.

It knows nothing of how the comparison was made. It reads comparison.json, the tables beside it, and
the allocation.json and register of every case, adds up anew, and says what does not agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minequota.reports.compare.check_answers import (
    Column,
    columns_of,
    nameless_of,
    secrets_of,
)
from minequota.reports.compare.check_lines import line_faults
from minequota.reports.compare.check_outcomes import outcome_faults
from minequota.reports.compare.check_tables import read_tables, table_faults


def comparison_faults(document: Path, places: Mapping[str, Path]) -> tuple[str, ...]:
    """Return what comparison.json and the tables beside it say that the answers do not.

    Parameters
    ----------
    document
        comparison.json; the tables stand beside it in ``tables``.
    places
        The run folder of every case with an answer, by case.

    Returns
    -------
    tuple of str
        Empty for a correct comparison.
    """
    said = json.loads(document.read_text(encoding="utf-8"))
    columns = columns_of(said, places)
    nameless = nameless_of(columns)
    secrets = secrets_of(columns, nameless)
    tables = read_tables(document.parent / "tables")
    registered = {licence for one in columns for licence in one.register}
    return (
        *_cases(said, places, columns),
        *outcome_faults(said, columns, nameless),
        *line_faults(said, columns, nameless),
        *table_faults(said, tables, registered),
        *(f"{place}: names {one}" for place, one in _leaks(said, tables, secrets)),
    )


def _cases(
    said: dict[str, Any], places: Mapping[str, Path], columns: list[Column]
) -> Iterator[str]:
    names = [one["name"] for one in said["cases"]]
    if len(set(names)) != len(names) or said["base"] not in names:
        yield "cases: names are not unique, or the base is none of them"
    answers = {one.name: one.answer for one in columns}
    for one in said["cases"]:
        label, found = f"cases {one['name']}", answers.get(one["name"])
        if (found is None) != (one["folder"] == ""):
            yield f"{label}: an answer is there without being named, or named in vain"
        if found is None:
            continue
        content = (places[one["name"]] / "allocation.json").read_bytes()
        if one["allocation_sha256"] != hashlib.sha256(content).hexdigest():
            yield f"{label}: not the allocation.json compared"
        for key in ("status", "solver", "years", "mode", "plan"):
            if found[key] != one[key]:
                yield f"{label}: {key} is {one[key]}, answered {found[key]}"
    for name in places.keys() - answers.keys():
        yield f"cases {name}: it was answered and is no column"


def _leaks(
    said: dict[str, Any], tables: Mapping[int, list[list[str]]], secrets: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield where a right stands by name or licence that no list may name."""
    places: list[tuple[str, set[str]]] = [
        (f"inputs {line['key']}", {*_parts(line["key"]), *_texts(line["values"])})
        for line in said["inputs"]
    ]
    for line in said["outcomes"]:
        if line["name"].endswith("_rights"):
            listed = {one for text in line["values"].values() for one in text.split(";")}
            places.append((f"outcomes {line['name']}", listed))
    for kind in ("mines", "rights"):
        places += [(kind, {line["right"], line["name"]}) for line in said[kind]]
    for number, rows in tables.items():
        for row in rows[1:]:
            if number == 1:
                places.append(("table 1", {*_parts(row[2]), *row[3:]} if any(row[2:]) else set()))
            elif number in {3, 5}:
                places.append((f"table {number}", set(row[2:5])))
    for place, texts in places:
        yield from ((place, one) for one in sorted(secrets & texts))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of an input, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _parts(key: str) -> Iterator[str]:
    """Yield what stands between the dots of a key; an event's licence may have dots of its own."""
    plain = key.lstrip("'")
    yield from (*plain.split("."), plain.split(".", 2)[-1])
