"""What the check of a comparison reads: each column's answer and register, by its own reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CLOSE = 1e-8
_LEAVING = {"leave_forced", "leave_chosen"}
# What decides that a right leaves: invented, and nobody may be named for it.
_DECIDING = (
    *("status", "licence_end", "capacity", "renewal", "red_line", "zone", "size_class"),
    *("deposit_class", "exit_by", "authority"),
)
NAMELESS = "（不具名）"


@dataclass(frozen=True)
class Column:
    """One column with an answer: its plan, allocation.json, and register by licence."""

    name: str
    plan: str
    answer: dict[str, Any]
    register: dict[str, dict[str, str]]

    @property
    def years(self) -> list[int]:
        """The years planned."""
        return list(self.answer["years"])


def columns_of(said: dict[str, Any], places: Mapping[str, Path]) -> list[Column]:
    """Return the columns with an answer in the document's order."""
    return [
        Column(
            one["name"],
            one["plan"],
            json.loads((places[one["name"]] / "allocation.json").read_text(encoding="utf-8")),
            _register(places[one["name"]] / "inputs" / "mines.csv"),
        )
        for one in said["cases"]
        if one["name"] in places
    ]


def nameless_of(columns: Iterable[Column]) -> set[str]:
    """Return the licences no list may name: they leave, or a register lacks them."""
    columns = list(columns)
    found = set()
    for column in columns:
        others = [one.register for one in columns if one.plan == column.plan]
        for licence, row in column.register.items():
            gone = any(licence not in register for register in others)
            if gone and _invented(row) and not _may_be_named(row):
                found.add(licence)
        for action in column.answer["actions"]:
            row = column.register.get(action["right"], {})
            if action["kind"] in _LEAVING and not _may_be_named(row):
                found.add(action["right"])
    return found


def secrets_of(columns: Iterable[Column], nameless: set[str]) -> set[str]:
    """Return what may stand nowhere: these licences, and names that no other right has."""
    columns = list(columns)
    rows = [(licence, row["name"]) for one in columns for licence, row in one.register.items()]
    told = {name for licence, name in rows if licence not in nameless}
    for one in columns:
        told |= {new["name"] for new in one.answer["reorganisations"]}
        told |= {new["zone_name"] for new in one.answer["issuance"]}
    return nameless | ({name for licence, name in rows if licence in nameless} - told - {""})


def like(columns: Iterable[Column], having: Iterable[str]) -> list[Column]:
    """Return the columns of the plans of those that have something."""
    names = set(having)
    columns = list(columns)
    plans = {one.plan for one in columns if one.name in names}
    return [one for one in columns if one.plan in plans]


def less(values: Mapping[str, Any], base: str) -> dict[str, float | None]:
    """Return every other column's value less the base's, None where either is no number."""
    start = values.get(base)
    return {
        name: value - start if number(value) and number(start) else None
        for name, value in values.items()
        if name != base
    }


def number(one: object) -> bool:
    """Whether something is a number."""
    return isinstance(one, int | float) and not isinstance(one, bool)


def same(one: Any, other: Any) -> bool:
    """Whether two values agree, numbers in them up to what printing leaves of them."""
    if number(one) and number(other):
        return bool(abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other)))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _register(path: Path) -> dict[str, dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return {row["licence"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def _origin(row: Mapping[str, str], field: str) -> str:
    """Return where a field comes from, as the last column of the register has it."""
    head, *lists = (part.strip() for part in row.get("provenance", "").split(";"))
    for part in lists:
        word, _, members = part.partition(":")
        if field in {one.strip() for one in members.split(",")}:
            return word.strip()
    return head if row.get(field) else "default"


def _invented(row: Mapping[str, str]) -> bool:
    return any(_origin(row, field) == "synthetic" for field in row)


def _may_be_named(row: Mapping[str, str]) -> bool:
    return _origin(row, "name") in {"plan", "register"} and all(
        _origin(row, field) != "synthetic" for field in _DECIDING
    )
