"""Altered figures say so: nothing is printed with the source of another figure.

A figure that a case, the call or a variation sets or scales is no longer the one its source gives.
The source of the entry it stands in gains a note, such as ``（×1.1）``, and what can be marked as
assumed is, unless whoever changes the figure gives the source as well. What a file changes of the
one it extends is marked by `layer_marks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from pydantic import BaseModel

from minequota.scenarios.documents.overrides import (
    Documents,
    Override,
    applied,
    given_override,
    resolved,
)
from minequota.scenarios.documents.schema import annotation_at, fields_of, model_of
from minequota.scenarios.documents.yamlfile import KeyPath
from minequota.scenarios.errors import Problem
from minequota.scenarios.plan import Plan
from minequota.scenarios.question import Question
from minequota.scenarios.scenario import Change
from minequota.scenarios.units import Quantity

# Whole numbers that a text prints; others count years, batches and priorities.
_COUNTED = {"limit", "rights", "number"}
# What an entry's source speaks of before anything else: the note need not name it.
_MAIN = {"", "amount", "limit", "share", "value"}
_FROM_CAP = "from_cap"


@dataclass(frozen=True)
class Altered:
    """An altered figure: the dotted path of its source, the note it needs, and whose case it is."""

    source: str
    note: str
    place: str
    case: str = ""


def model_at(documents: Documents, path: str) -> type[BaseModel]:
    """Return the model whose keys a dotted path begins with."""
    return Plan if path.startswith("plan.") and documents.plan is not None else Question


def source_of(model: type[BaseModel], path: str, found: KeyPath) -> tuple[str, str] | None:
    """Return the dotted path of a figure's source, and the figure's path beside it.

    A source of its own (`density_source`) comes before that of the entry it stands in. None
    where nothing names one.
    """
    parts = path.split(".")
    shift = len(parts) - len(found)
    for depth in range(len(found) - 1, 0, -1):
        inner = model_of(annotation_at(model, found[:depth]))
        known = fields_of(inner) if inner is not None else {}
        key = parts[depth + shift]
        before = parts[: depth + shift]
        if f"{key}_source" in known:
            return ".".join((*before, f"{key}_source")), ""
        if "source" in known:
            return ".".join((*before, "source")), ".".join(parts[depth + shift :])
    return None


def assumable(model: type[BaseModel], source: KeyPath) -> bool:
    """Whether what a source speaks of can be marked as assumed."""
    holder = model_of(annotation_at(model, source[:-1]))
    return holder is not None and "assumed" in fields_of(holder)


def is_amount(annotation: object) -> bool:
    """Whether an annotation takes an amount with a unit, or several of them."""
    return annotation is Quantity or any(is_amount(one) for one in get_args(annotation))


def given_figures(
    documents: Documents, overrides: Sequence[Override], changes: Sequence[Change]
) -> list[Altered]:
    """Return the figures given another value by a case, or the call, that gives no source."""
    given = {(one.case, one.path) for one in overrides}
    changed = {one.path for one in changes}
    found = []
    for one in overrides:
        target = resolved(documents, one) if one.path in changed else None
        if target is None or isinstance(target, Problem):
            continue
        model = model_at(documents, one.path)
        source = source_of(model, one.path, target[1])
        if source is None or (one.case, source[0]) in given:
            continue
        if (how := told(model, target[1], target[0].at(target[1]))) is not None:
            found.append(replace(altered(*source, how, one.key_place), case=one.case))
    return found


def told(model: type[BaseModel], found: KeyPath, new: object) -> str | None:
    """Return how a note tells that a figure has become `new`; None where it is no figure."""
    key = str(found[-1])
    if key == _FROM_CAP:
        return "改取总量" if new is True else None
    if not _is_figure(annotation_at(model, found), key):
        return None
    if new is None:
        return "不再采用"
    return "另定" if isinstance(new, dict | list) else f"改为{new}"


def altered(source: str, key: str, how: str, place: str) -> Altered:
    """Return an altered figure; `key` is its path beside the source, `how` what was done to it."""
    return Altered(source, f"（{'' if key in {*_MAIN, _FROM_CAP} else key}{how}）", place)


def _is_figure(annotation: object, key: str) -> bool:
    if key in _COUNTED or annotation is float:
        return True
    return is_amount(annotation) or any(_is_figure(one, "") for one in get_args(annotation))


def note(
    documents: Documents, figures: Sequence[Altered]
) -> tuple[tuple[Override, ...], list[Change]]:
    """Write into the sources of altered figures what they say from now on, case by case.

    Returns
    -------
    tuple
        What was overridden for it, and the log.
    """
    noted: list[Override] = []
    log: list[Change] = []
    for case in dict.fromkeys(one.case for one in figures):
        own = [replace(one, case=case) for one in _notes(documents, figures, case)]
        noted += own
        log += applied(documents, own)[0]
    return tuple(noted), log


def _notes(documents: Documents, figures: Sequence[Altered], case: str) -> Iterator[Override]:
    by_source: dict[str, list[Altered]] = {}
    for one in figures:
        if one.case == case:
            by_source.setdefault(one.source, []).append(one)
    for path, own in by_source.items():
        place = own[0].place
        target = resolved(documents, given_override(path, None, place=place))
        if target is None or isinstance(target, Problem):
            continue  # the entry itself is not there, which the figure's own path has said
        document, found = target
        source = document.at(found)
        if isinstance(source, str):
            noted = source + "".join(one.note for one in own)
            yield given_override(path, noted, place=place)
        model = model_at(documents, path)
        if assumable(model, found) and document.at((*found[:-1], "assumed")) is not True:
            assumed = path.rpartition(".")[0] + ".assumed"
            yield given_override(assumed, True, place=place)
