"""Zone by zone: how many rights every case issues there, and of what capacity."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from minequota.optimizer.allocation import Issuance
from minequota.reports.compare.alignment import Alignment, answer, in_order
from minequota.reports.compare.comparison import DIGITS, Issued, ZoneLine, alike, differences


def zone_lines(aligned: Alignment) -> tuple[ZoneLine, ...]:
    """Return a line per zone, block or conversion in which any case issues a right."""
    found: dict[tuple[str, ...], dict[str, list[Issuance]]] = {}
    for case in aligned.cases:
        for one in answer(case).issuance:
            place = one.right if one.kind == "converted" else one.zone or one.right
            key = (place, one.kind, one.mineral, one.product, one.capacity_unit)
            found.setdefault(key, {}).setdefault(case.name, []).append(one)
    counted: dict[tuple[str, ...], set[str]] = {}
    for (*what, _), issued in found.items():
        counted.setdefault(tuple(what), set()).update(issued)
    lines = [
        _line(aligned, place, issued, counted[place, *what] - set(issued))
        for (place, *what, _), issued in found.items()
        if aligned.comparable(issued)
    ]
    return in_order(lines, lambda line: line.unit, lambda line: (line.zone,))


def _line(
    aligned: Alignment,
    place: str,
    issued: Mapping[str, list[Issuance]],
    otherwise: Collection[str],
) -> ZoneLine:
    """Return the line; the cases that issue there `otherwise`, in another unit, are not on it."""
    first = next(iter(issued.values()))[0]
    rights = {
        name: tuple(
            Issued(one.right, one.year, one.capacity)
            for one in sorted(issued.get(name, ()), key=lambda one: one.right)
        )
        for name in aligned.like(issued)
        if name not in otherwise
    }
    numbers = {name: float(len(ones)) for name, ones in rights.items()}
    sizes = {
        name: round(sum(one.capacity for one in ones), DIGITS) for name, ones in rights.items()
    }
    return ZoneLine(
        zone=place,
        name=first.zone_name,
        kind=first.kind,
        county=first.county,
        mineral=first.mineral,
        product=first.product,
        unit=first.capacity_unit,
        rights=rights,
        issued=numbers,
        issued_differences=differences(numbers, aligned.base),
        values=sizes,
        differences=differences(sizes, aligned.base),
        differs=bool(otherwise) or not alike(rights.values()),
    )
