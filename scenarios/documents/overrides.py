"""Cases and other what-ifs: dotted paths into the scenario or its plan, and their new values.

A path names keys of scenario.yaml (``options.closing``, ``demand.菱镁矿.amount``), or of the plan
when it begins with ``plan.``. An entry of a list is named by its id, code or name:
``plan.caps.magnesite_city.amount``.

The file gives the base. On top of it come the cases chosen, or `default_case` where none is
chosen, and on top of these the overrides given on the call. Two on one level that touch the same
thing are an error. Every change is logged with its old and its new value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from minequota.scenarios.documents.document import Document, Moved, copied, holds, same
from minequota.scenarios.documents.messages import choice, problem
from minequota.scenarios.documents.schema import (
    annotation_at,
    entry_of,
    fields_of,
    identity_of,
    is_list,
    model_of,
    standing_at,
    takes_entries,
)
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.scenario import Change
from minequota.scenarios.units import Quantity

_FIXED = {"format", "extends", "plan", "cases", "default_case", "plan.format", "plan.id"}
# Where a what-if that no file writes is said to stand: as the command line takes it.
SET = "--set"
VARY = "--vary"


@dataclass
class Documents:
    """The two files a scenario is made of; `plan` is None when it could not be read."""

    question: Document
    plan: Document | None

    def copy(self) -> Documents:
        """Return independent copies of both."""
        return Documents(self.question.copy(), self.plan.copy() if self.plan else None)

    def with_own_question(self) -> Documents:
        """Return a copy whose plan is this one's, which may not be changed."""
        return Documents(self.question.copy(), self.plan)


@dataclass(frozen=True)
class Override:
    """One path, its new value, and where it is written (the rest of a path -> a place, a file)."""

    case: str
    path: str
    value: object
    key_place: str
    value_place: Callable[[KeyPath], str]
    file: Path | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The path's keys."""
        return tuple(self.path.split("."))


def given_override(path: str, value: object, by: str = SET, place: str | None = None) -> Override:
    """Return an override that no file writes; its place is the option that gives it."""
    shown = place or f"{by} {path}"
    return Override("", path, value, shown, lambda _: shown)


def overlaps(chosen: Sequence[Override], among: Sequence[Override] = ()) -> list[Problem]:
    """Report every override that touches what an earlier one, or one of `among`, touches."""
    problems = []
    for position, later in enumerate(chosen):
        for earlier in (*among, *chosen[:position]):
            shared = min(len(later.parts), len(earlier.parts))
            if later.parts[:shared] == earlier.parts[:shared]:
                problems.append(
                    problem(
                        "override_overlap",
                        later.key_place,
                        path=later.path,
                        case=_giver(later),
                        other=earlier.path,
                        other_case=_giver(earlier),
                    )
                )
                break
    return problems


def _giver(override: Override) -> str:
    return override.case or override.key_place.partition(" ")[0]


def apply(documents: Documents, override: Override) -> Change | Problem | None:
    """Set one value in the documents; None when the plan it speaks of could not be read."""
    if override.path in _FIXED:
        return problem("override_fixed", override.key_place, path=override.path)
    document, model, parts = _target(documents, override)
    if document is None:
        return None
    found = _resolve(document.data, model, parts, override)
    if isinstance(found, Problem):
        return found
    try:
        new = plain(override.value)
    except ValueError:
        return problem("yaml_number", override.value_place(()), value=override.value)
    old = standing_at(model, document.data, found)
    _set(document.data, model, found, new)
    for path in [one for one in document.moved if one[: len(found)] == found]:
        del document.moved[path]
    document.moved[found] = Moved(override.value_place, override.file)
    return Change(case=override.case, path=override.path, old=old, new=copied(new))


def applied(
    documents: Documents, overrides: Sequence[Override]
) -> tuple[list[Change], list[Problem]]:
    """Apply overrides in their order; return the log, and what could not be applied.

    What an override leaves as it was is no change.
    """
    done = [apply(documents, override) for override in overrides]
    changes = [one for one in done if isinstance(one, Change) and not same(one.old, one.new)]
    return changes, [one for one in done if isinstance(one, Problem)]


def resolved(documents: Documents, override: Override) -> tuple[Document, KeyPath] | Problem | None:
    """Return where an override's path leads; None when the plan it speaks of is not there."""
    document, model, parts = _target(documents, override)
    if document is None:
        return None
    found = _resolve(document.data, model, parts, override)
    return found if isinstance(found, Problem) else (document, found)


def check_path(documents: Documents, override: Override) -> Problem | None:
    """Report a path that leads nowhere, without changing anything."""
    if override.path in _FIXED:
        return problem("override_fixed", override.key_place, path=override.path)
    document, model, parts = _target(documents, override)
    if document is None:
        return None
    found = _resolve(document.data, model, parts, override)
    return found if isinstance(found, Problem) else None


def _target(
    documents: Documents, override: Override
) -> tuple[Document | None, type[BaseModel], tuple[str, ...]]:
    if override.parts[0] == "plan" and len(override.parts) > 1:
        return documents.plan, Plan, override.parts[1:]
    return documents.question, Question, override.parts


def _resolve(
    data: Any, model: type[BaseModel], parts: tuple[str, ...], override: Override
) -> KeyPath | Problem:
    """Return the key path that the parts name, or what is wrong with them."""
    annotation: Any = model
    value = data
    path: list[str | int] = []

    def unknown(part: str, options: Sequence[str]) -> Problem:
        return problem(
            "override_unknown",
            override.key_place,
            path=override.path,
            segment=part,
            choice=choice(part, options),
        )

    for position, part in enumerate(parts):
        step: str | int = part
        if (inner := model_of(annotation)) is not None:
            fields = fields_of(inner)
            if part not in fields:
                return unknown(part, list(fields))
            annotation = fields[part].annotation
        elif is_list(annotation):
            key = identity_of(annotation)
            if key is None:
                return problem("override_list", override.key_place, path=override.path)
            entries = value if isinstance(value, list) else []
            names = [_name_of(one, key) for one in entries]
            if names.count(part) > 1:
                return problem(
                    "override_ambiguous", override.key_place, path=override.path, segment=part
                )
            if part not in names:
                return unknown(part, [name for name in names if name])
            if position == len(parts) - 1 or parts[position + 1] == key:
                return problem("override_fixed", override.key_place, path=override.path)
            step = names.index(part)
            annotation = entry_of(annotation)
        elif entry_of(annotation) is not None:
            # A free mapping takes a new entry whole, never a piece of one it does not have.
            if position < len(parts) - 1 and not holds(value, part):
                return unknown(part, list(value) if isinstance(value, dict) else [])
            annotation = entry_of(annotation)
        else:
            return problem(
                "override_below_value", override.key_place, path=override.path, segment=part
            )
        path.append(step)
        value = value[step] if holds(value, step) else None
    return tuple(path)


def _name_of(entry: Any, key: str) -> str:
    """Return what names an entry of a list; empty where it leaves the key out."""
    name = entry.get(key) if isinstance(entry, dict) else None
    return "" if name is None else str(name)


def _set(data: Any, model: type[BaseModel], path: KeyPath, value: object) -> None:
    """Set the value at `path`, beside what a free mapping has by default.

    None takes an entry of a free mapping away, be it written or the default's.
    """
    whole = data
    for depth, part in enumerate(path[:-1], 1):
        if isinstance(data, dict) and not isinstance(data.get(str(part)), dict | list):
            entries = takes_entries(annotation_at(model, path[:depth]))
            below = standing_at(model, whole, path[:depth]) if entries else {}
            data[str(part)] = below if isinstance(below, dict) else {}
        data = data[part]
    if value is None and path[-1] in data and takes_entries(annotation_at(model, path[:-1])):
        del data[path[-1]]
    else:
        data[path[-1]] = value


def plain(value: object) -> object:
    """Return the value as a file would hold it; ValueError for a number that is not finite."""
    if isinstance(value, Quantity):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        return plain(value.model_dump(mode="json", by_alias=True))
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
