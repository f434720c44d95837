"""`allocation.json`: the allocation as a document other programs can rely on, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, cast

from minequota.optimizer.allocation import (
    Action,
    Allocation,
    BalanceLine,
    CapUse,
    Flow,
    GoalResult,
    Issuance,
    Quota,
    Reorganisation,
    Rounding,
    RuleUse,
    SolveStatus,
    StructureLine,
)
from minequota.reports.numbers import clean
from minequota.scenarios.scenario import Scenario

FORMAT = "minequota-allocation/2"
LISTS: dict[str, type[Any]] = {
    "goals": GoalResult,
    "quotas": Quota,
    "issuance": Issuance,
    "actions": Action,
    "reorganisations": Reorganisation,
    "caps": CapUse,
    "structure": StructureLine,
    "balance": BalanceLine,
    "rules": RuleUse,
    "flows": Flow,
    "rounding": Rounding,
}
# Lists whose order says nothing stand in that of these fields; the others stay as solved.
_ORDER: dict[str, tuple[str, ...]] = {
    "quotas": ("year", "right"),
    "issuance": ("year", "right"),
    "actions": ("right",),
    "reorganisations": ("year", "id"),
    "flows": ("year", "product", "right", "centre"),
}
_HEADER = ("status", "mode", "year", "years", "solver", "notes")
# A goal without a proven bound has none to print: null, read back as the worst value.
_UNPROVEN = {"bound": -math.inf, "absolute_gap": math.inf, "relative_gap": math.inf}


def allocation_document(scenario: Scenario, allocation: Allocation) -> dict[str, Any]:
    """Return `allocation.json` as a dictionary.

    Raises
    ------
    ValueError
        When a number is not finite, where only an unproven goal may have none.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "scenario": scenario.name,
        "case": "+".join(scenario.cases),
        "plan": scenario.plan.id,
        "authority": scenario.question.authority.zh,
        "status": allocation.status.value,
        "mode": allocation.mode,
        "year": allocation.year,
        "years": list(allocation.years),
        "solver": allocation.solver,
    }
    for name in LISTS:
        records = getattr(allocation, name)
        if name in _ORDER:
            records = sorted(records, key=attrgetter(*_ORDER[name]))
        document[name] = [_record(record, f"{name}[{at}]") for at, record in enumerate(records)]
    document["notes"] = list(allocation.notes)
    return document


def allocation_text(scenario: Scenario, allocation: Allocation) -> str:
    """Return `allocation.json` as text: UTF-8, two spaces of indent, keys in record order."""
    document = allocation_document(scenario, allocation)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def allocation_from(document: Mapping[str, Any]) -> Allocation:
    """Read an `Allocation` back from `allocation.json`.

    Raises
    ------
    ValueError
        When the document is of another format, or a record lacks a field or has an unknown one.
    """
    if document.get("format") != FORMAT:
        raise ValueError(f"Expected the format {FORMAT!r}, got {document.get('format')!r}.")
    missing = [name for name in (*LISTS, *_HEADER) if name not in document]
    if missing:
        raise ValueError(f"The document lacks {', '.join(missing)}.")
    lists = {name: tuple(_made(kind, document[name], name)) for name, kind in LISTS.items()}
    return Allocation(
        status=SolveStatus(document["status"]),
        mode=document["mode"],
        year=document["year"],
        years=tuple(document["years"]),
        solver=document["solver"],
        notes=tuple(document["notes"]),
        **cast(dict[str, Any], lists),
    )


def _record(record: object, place: str) -> dict[str, Any]:
    return {
        field.name: _value(getattr(record, field.name), field.name, f"{place}.{field.name}")
        for field in fields(cast(Any, record))
    }


def _value(value: object, name: str, place: str) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(item, name, place) for item in value]
    if isinstance(value, float):
        if math.isfinite(value):
            return clean(value)
        if _UNPROVEN.get(name) == value:
            return None
        raise ValueError(f"Expected a finite number at {place}, got {value}.")
    return value


def _made(kind: type[Any], records: Iterable[Mapping[str, Any]], name: str) -> Iterable[Any]:
    wanted = {field.name for field in fields(kind)}
    for at, record in enumerate(records):
        if set(record) != wanted:
            odd = ", ".join(sorted(set(record) ^ wanted))
            raise ValueError(f"{name}[{at}] lacks or does not know these fields: {odd}.")
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in record.items()
        }
        if kind is GoalResult:
            values["status"] = SolveStatus(values["status"])
            values |= {key: worst for key, worst in _UNPROVEN.items() if values[key] is None}
        yield kind(**values)
