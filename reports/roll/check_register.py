"""The rolled register field by field: the year's figures recomputed, everything else as before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from minequota.scenarios.register.provenance import parse_provenance
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.units import Quantity

Record = Mapping[str, str]
HISTORY = frozenset({"reserves", "last_output", "surveyed_output", "last_quota"})
"""Fields that every roll may change; each is recomputed."""
EXPANDED = frozenset({"capacity", "size_class", "reserves"})
RENEWED = frozenset({"licence_end"})
_NEAR = 1e-6
_FIELDS = tuple(one for one in Right.__dataclass_fields__ if one not in ("provenance", "location"))


@dataclass
class Year:
    """What the year's figures of a licence have to be, in the unit its register line has them in.

    `last_output` and `surveyed` are None where nobody stated one; `assumed` says that the output
    is not the table's, `earlier` that years before were assumed as well. `quota` is None
    without one; `free` are fields that a decision booked has changed.
    """

    last_output: float | None = None
    surveyed: float | None = None
    quota: float | None = None
    assumed: bool = False
    earlier: bool = False
    free: Set[str] = field(default_factory=frozenset)


def register_faults(
    before: Mapping[str, Record], after: Mapping[str, Record], years: Mapping[str, Year]
) -> Iterable[str]:
    """Yield what is wrong with the lines of rights that stay; `years` are those looked at."""
    for licence, year in years.items():
        old, new = before[licence], after[licence]
        for name in sorted({*old, *new} - {"provenance"} - HISTORY - year.free):
            was, now = old.get(name) or "", new.get(name) or ""
            if was != now:
                yield f"{licence}: {name} is {now!r}, was {was!r} and nothing changed it"
        yield from _figure(licence, "last_output", new, year.last_output)
        yield from _figure(licence, "last_quota", new, year.quota)
        if year.surveyed is not None:
            yield from _figure(licence, "surveyed_output", new, year.surveyed)
        elif (old.get("surveyed_output") or "") != (new.get("surveyed_output") or ""):
            yield f"{licence}: surveyed_output has changed and nobody surveyed it"
        yield from _origins(licence, old, new, year)


def _figure(licence: str, name: str, row: Record, expected: float | None) -> Iterable[str]:
    text = row.get(name) or ""
    if expected is None:
        if text:
            yield f"{licence}: {name} is {text}, and there is none"
        return
    found = Quantity.parse(text).value if text else math.nan
    if not math.isclose(found, expected, rel_tol=_NEAR, abs_tol=_NEAR):
        yield f"{licence}: {name} is {text or 'empty'}, recomputed {expected:.10g}"


def _origins(licence: str, old: Record, new: Record, year: Year) -> Iterable[str]:
    """Yield fields whose figure is said to come from elsewhere than it does."""
    before, after = _said(old), _said(new)
    for name in _FIELDS:
        if not new.get(name) or name in year.free:
            continue
        expected = before[name]
        if name == "last_output":
            expected = Provenance.DEFAULT if year.assumed else Provenance.REGISTER
        elif name == "last_quota":
            expected = Provenance.DEFAULT
        elif name == "surveyed_output" and year.surveyed is not None:
            expected = Provenance.REGISTER
        elif name == "reserves" and (year.assumed or year.earlier) and old[name] != new[name]:
            made_up = expected in (Provenance.SYNTHETIC, Provenance.DEFAULT)
            expected = expected if made_up else Provenance.DEFAULT
        if after[name] is not expected:
            yield f"{licence}: {name} is said to be {after[name]}, it is {expected}"


def _said(row: Record) -> dict[str, Provenance]:
    """Return where each field of a line is said to come from."""
    text = row.get("provenance") or Provenance.REGISTER.value
    rest, listed = parse_provenance(text, _FIELDS)
    return {
        name: listed.get(name, rest if row.get(name) else Provenance.DEFAULT) for name in _FIELDS
    }


def entered_faults(
    after: Mapping[str, Record], decided: Mapping[str, Mapping[str, Any]]
) -> Iterable[str]:
    """Yield what is wrong with rights that were booked as planned, by the run's records of them."""
    for licence, record in decided.items():
        row = after.get(licence)
        if row is None:
            continue
        expected = {"size_class": record["size_class"], "status": ""}
        if "mineral" in record and "term_years" in record:
            end = f"{record['year'] + record['term_years']}-12-31"
            expected |= {"mineral": record["mineral"], "county": record["county"]}
            expected |= {"zone": record["zone"], "licence_end": end, "status": "building"}
        capacity = Quantity.parse(row["capacity"]) if row.get("capacity") else None
        if capacity is None or capacity != Quantity(record["capacity"], record["capacity_unit"]):
            yield f"{licence}: capacity is {row.get('capacity')}, the run decided otherwise"
        for name, value in expected.items():
            if value and (row.get(name) or "") != value:
                yield f"{licence}: {name} is {row.get(name)!r}, the run decided {value!r}"
