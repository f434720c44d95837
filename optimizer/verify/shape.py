"""The shape of `allocation.json`: its keys, its fields, their types; nothing of their meaning."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.fields import (
    ALLOWED,
    FIELDS,
    FLAG,
    FLAG_OR_NONE,
    FORMAT,
    HEADER,
    LABELS,
    NUMBER,
    NUMBER_OR_NONE,
    NUMBERS,
    STATUSES,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    WHOLE,
    WHOLE_OR_NONE,
    WHOLES,
)

if TYPE_CHECKING:
    import pandas as pd

#: A figure beyond this is no tonnage of any jurisdiction; it would only break the arithmetic.
LARGEST = 1e15


@dataclass(frozen=True)
class Records:
    """Well-formed records: the header's values and one frame per list."""

    header: Mapping[str, Any]
    goals: pd.DataFrame
    quotas: pd.DataFrame
    issuance: pd.DataFrame
    actions: pd.DataFrame
    reorganisations: pd.DataFrame
    caps: pd.DataFrame
    structure: pd.DataFrame
    balance: pd.DataFrame
    rules: pd.DataFrame
    flows: pd.DataFrame
    rounding: pd.DataFrame


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _list_of(one: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list | tuple) and all(one(each) for each in value)


def _or_none(one: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or one(value)


_FITS: dict[str, Callable[[object], bool]] = {
    TEXT: _is_text,
    TEXT_OR_NONE: _or_none(_is_text),
    TEXTS: _list_of(_is_text),
    NUMBER: _is_number,
    NUMBER_OR_NONE: _or_none(_is_number),
    NUMBERS: _list_of(_is_number),
    WHOLE: _is_whole,
    WHOLE_OR_NONE: _or_none(_is_whole),
    WHOLES: _list_of(_is_whole),
    FLAG: _is_flag,
    FLAG_OR_NONE: _or_none(_is_flag),
}


def _finite(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_finite(one) for one in value)
    if _is_whole(value):
        return abs(value) <= LARGEST  # type: ignore[arg-type]
    return not isinstance(value, float) or (math.isfinite(value) and abs(value) <= LARGEST)


def _value_faults(
    where: str, name: str, value: object, kind: str, allowed: tuple[str | None, ...] | None
) -> list[Fault]:
    if not _FITS[kind](value):
        return [fault("field_type", where, field=name, expected=kind, found=value)]
    if not _finite(value):
        return [fault("not_finite", where, field=name, found=value)]
    if allowed is not None and value not in allowed:
        expected = ", ".join(str(one) for one in allowed)
        return [fault("field_value", where, field=name, expected=expected, found=value)]
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
    return value is None or _is_text(value) or _FITS[TEXTS](value)


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
            rows = records[family]
            column = np.empty(len(rows), dtype=float if name in numbers else object)
            for at, row in enumerate(rows):
                column[at] = row[name]
            # Left to itself pandas turns the None of a text into a NaN.
            columns[name] = pd.Series(column, dtype=column.dtype)
        frames[family] = pd.DataFrame(columns)
    return Records(header={name: records[name] for name in (*HEADER, "case")}, **frames)
