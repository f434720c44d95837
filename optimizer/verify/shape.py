"""The shape of `allocation.json`: its keys, its fields, their types; nothing of their meaning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.fault import Fault, fault

if TYPE_CHECKING:
    import pandas as pd

FORMAT = "minequota-allocation/1"
#: A figure beyond this is no tonnage of any jurisdiction; it would only break the arithmetic.
LARGEST = 1e15

TEXT, NUMBER, WHOLE, FLAG, TEXTS = "text", "number", "whole number", "true or false", "texts"
NUMBER_OR_NONE, TEXT_OR_NONE = "number or null", "text or null"
WHOLE_OR_NONE, FLAG_OR_NONE = "whole number or null", "true, false or null"

STATUSES = ("optimal", "within_gap", "time_limit", "infeasible", "no_answer")
SIZES = ("large", "medium", "small")
ATTRIBUTES = ("binding", "expected")
SENSES = ("ceiling", "floor", "level", "about", "forecast")
BASES = ("ore", "standard_iron_62", "metal", "mineral", "block_stone")
#: Whose statement a row of the rules is: the plan's, the scenario's, or a rule's without a figure.
RULE_ATTRIBUTES = (*ATTRIBUTES, "scenario", "plan", "practice", "definition")

HEADER: dict[str, str] = {
    "format": TEXT,
    "scenario": TEXT,
    "plan": TEXT,
    "authority": TEXT,
    "status": TEXT,
    "mode": TEXT,
    "year": WHOLE,
    "solver": TEXT,
    "notes": TEXTS,
}
FIELDS: dict[str, dict[str, str]] = {
    "goals": {
        "name": TEXT,
        "title_zh": TEXT,
        "title_en": TEXT,
        "unit": TEXT,
        "status": TEXT,
        "value": NUMBER,
        "bound": NUMBER_OR_NONE,
        "absolute_gap": NUMBER_OR_NONE,
        "relative_gap": NUMBER_OR_NONE,
        "tolerance": NUMBER,
        "rounded_value": NUMBER,
    },
    "quotas": {
        "right": TEXT,
        "name": TEXT,
        "synthetic": FLAG,
        "county": TEXT,
        "mineral": TEXT,
        "product": TEXT,
        "kind": TEXT,
        "amount": NUMBER,
        "unit": TEXT,
        "basis": TEXT,
        "ore": NUMBER,
        "ore_unit": TEXT,
        "capacity": NUMBER,
        "capacity_unit": TEXT,
        "share_of_capacity": NUMBER,
        "reason": TEXT,
        "reason_en": TEXT,
        "source": TEXT,
    },
    "issuance": {
        "right": TEXT,
        "zone": TEXT,
        "zone_name": TEXT,
        "county": TEXT,
        "mineral": TEXT,
        "product": TEXT_OR_NONE,
        "area_km2": NUMBER_OR_NONE,
        "capacity": NUMBER,
        "minimum": NUMBER,
        "maximum": NUMBER,
        "capacity_unit": TEXT,
        "size_class": TEXT,
        "year": WHOLE,
        "own_authority": FLAG_OR_NONE,
        "maximum_assumed": FLAG,
        "source": TEXT,
    },
    "actions": {
        "right": TEXT,
        "name": TEXT,
        "synthetic": FLAG,
        "county": TEXT,
        "mineral": TEXT,
        "size_class": TEXT,
        "capacity": NUMBER_OR_NONE,
        "capacity_unit": TEXT,
        "green": FLAG,
        "kind": TEXT,
        "eligible": FLAG,
        "grounds": TEXTS,
        "rule": TEXT,
        "source": TEXT,
    },
    "caps": {
        "clause": TEXT,
        "product": TEXT,
        "county": TEXT_OR_NONE,
        "attribute": TEXT,
        "sense": TEXT,
        "limit": NUMBER,
        "held_back": NUMBER,
        "used": NUMBER,
        "unit": TEXT,
        "basis": TEXT,
        "plan_limit": NUMBER,
        "plan_used": NUMBER,
        "plan_unit": TEXT,
        "source": TEXT,
    },
    "structure": {
        "by": TEXT,
        "key": TEXT,
        "base_large": WHOLE,
        "base_medium": WHOLE,
        "base_small": WHOLE,
        "leaving": WHOLE,
        "issued": WHOLE,
        "large": WHOLE,
        "medium": WHOLE,
        "small": WHOLE,
    },
    "balance": {
        "product": TEXT,
        "unit": TEXT,
        "basis": TEXT,
        "demand": NUMBER,
        "production_existing": NUMBER,
        "production_new": NUMBER,
        "imports": NUMBER,
        "by_product": NUMBER,
        "unmet": NUMBER,
        "surplus": NUMBER,
        "from_cap": FLAG,
        "assumed": FLAG,
        "source": TEXT,
    },
    "rules": {
        "code": TEXT,
        "clause": TEXT,
        "title_zh": TEXT,
        "title_en": TEXT,
        "attribute": TEXT,
        "sense": TEXT,
        "limit": NUMBER_OR_NONE,
        "used": NUMBER_OR_NONE,
        "slack": NUMBER_OR_NONE,
        "unit": TEXT,
        "binding": FLAG,
        "missed_by": NUMBER,
        "applies": FLAG,
        "reach": WHOLE_OR_NONE,
        "rests_on_synthetic": FLAG,
        "marginal": TEXT,
        "marginal_en": TEXT,
        "source": TEXT,
    },
    "rounding": {"product": TEXT, "step": NUMBER, "asked": NUMBER, "unit": TEXT},
}
ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("goals", "status"): STATUSES,
    ("quotas", "kind"): ("control", "guidance"),
    ("issuance", "size_class"): SIZES,
    ("actions", "size_class"): SIZES,
    ("actions", "kind"): ("keep", "renew", "lapsed", "leave_forced", "leave_chosen"),
    ("caps", "attribute"): ATTRIBUTES,
    ("caps", "sense"): SENSES,
    ("structure", "by"): ("group", "county", "all"),
    ("quotas", "basis"): BASES,
    ("caps", "basis"): BASES,
    ("balance", "basis"): BASES,
    ("rules", "attribute"): RULE_ATTRIBUTES,
    ("rules", "sense"): (*SENSES, ""),
}
#: What identifies a row in messages.
LABELS = {
    "goals": "name",
    "quotas": "right",
    "issuance": "right",
    "actions": "right",
    "caps": "clause",
    "structure": "key",
    "balance": "product",
    "rules": "clause",
    "rounding": "product",
}


@dataclass(frozen=True)
class Records:
    """Well-formed records: the header's values and one frame per list."""

    header: Mapping[str, Any]
    goals: pd.DataFrame
    quotas: pd.DataFrame
    issuance: pd.DataFrame
    actions: pd.DataFrame
    caps: pd.DataFrame
    structure: pd.DataFrame
    balance: pd.DataFrame
    rules: pd.DataFrame
    rounding: pd.DataFrame


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(value: object, kind: str) -> bool:
    if kind == TEXT:
        return _is_text(value)
    if kind == TEXT_OR_NONE:
        return value is None or _is_text(value)
    if kind == NUMBER:
        return _is_number(value)
    if kind == NUMBER_OR_NONE:
        return value is None or _is_number(value)
    if kind == WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == WHOLE_OR_NONE:
        return value is None or (isinstance(value, int) and not isinstance(value, bool))
    if kind == FLAG:
        return isinstance(value, bool)
    if kind == FLAG_OR_NONE:
        return value is None or isinstance(value, bool)
    return isinstance(value, list | tuple) and all(_is_text(one) for one in value)


def _finite(value: object) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= LARGEST
    return not isinstance(value, float) or (math.isfinite(value) and abs(value) <= LARGEST)


def _value_faults(
    where: str, name: str, value: object, kind: str, allowed: tuple[str, ...] | None
) -> list[Fault]:
    if not _fits(value, kind):
        return [fault("field_type", where, field=name, expected=kind, found=value)]
    if not _finite(value):
        return [fault("not_finite", where, field=name, found=value)]
    if allowed is not None and value not in allowed:
        return [fault("field_value", where, field=name, expected=", ".join(allowed), found=value)]
    return []


def _row_faults(family: str, number: int, row: object) -> list[Fault]:
    where = f"{family}[{number}]"
    if not isinstance(row, Mapping):
        return [fault("field_type", where, field=family, expected="record", found=row)]
    label = row.get(LABELS[family])
    if isinstance(label, str):
        where = f"{where} {label}"
    fields = FIELDS[family]
    faults = [fault("field_missing", where, field=name) for name in fields if name not in row]
    faults += [fault("field_unknown", where, field=name) for name in row if name not in fields]
    for name, kind in fields.items():
        if name in row:
            faults += _value_faults(where, name, row[name], kind, ALLOWED.get((family, name)))
    return faults


def _is_case(value: object) -> bool:
    return value is None or _fits(value, TEXT) or _fits(value, TEXTS)


def shape_faults(records: object) -> list[Fault]:
    """Return what is wrong with the form of `records`, before any figure is read."""
    if not isinstance(records, Mapping):
        return [fault("not_records", "allocation.json", found=type(records).__name__)]
    known = {*HEADER, *FIELDS, "case"}
    faults = [fault("key_missing", name) for name in sorted(known - set(records))]
    faults += [fault("key_unknown", name) for name in records if name not in known]
    for name, kind in HEADER.items():
        if name in records:
            allowed = STATUSES if name == "status" else None
            faults += _value_faults("header", name, records[name], kind, allowed)
    if "case" in records and not _is_case(records["case"]):
        faults.append(
            fault("field_type", "header", field="case", expected=TEXTS, found=records["case"])
        )
    if records.get("format", FORMAT) != FORMAT:
        faults.append(fault("format_unknown", "header", found=records["format"], expected=FORMAT))
    for family in FIELDS:
        rows = records.get(family, [])
        if not isinstance(rows, list | tuple):
            faults.append(fault("field_type", family, field=family, expected="list", found=rows))
            continue
        for number, row in enumerate(rows):
            faults += _row_faults(family, number, row)
    return faults


def to_frames(records: Mapping[str, Any]) -> Records:
    """Return well-formed `records` as frames, one column per field."""
    import numpy as np
    import pandas as pd

    frames = {}
    for family, fields in FIELDS.items():
        numbers = {name for name, kind in fields.items() if kind in (NUMBER, NUMBER_OR_NONE)}
        columns = {}
        for name in fields:
            column = np.empty(len(records[family]), dtype=float if name in numbers else object)
            column[:] = [row[name] for row in records[family]]
            columns[name] = column
        frames[family] = pd.DataFrame(columns)
    return Records(header={name: records[name] for name in (*HEADER, "case")}, **frames)
