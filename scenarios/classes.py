"""Production size class of a mine: large, medium or small by its licensed capacity.

A class the register states wins. Otherwise the settled rows of ``mine-scale-classes.csv``
(国土资发〔2004〕208号) decide; where a mineral has no settled row, the large and medium columns of
the plan's own minimum-scale table stand in, never for building sand, stone and clay; where
neither speaks, the mine counts as small. A boundary belongs to the upper class.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from minequota.scenarios.minimums import CONTAINED, INCOMPARABLE
from minequota.scenarios.plan import Mineral, MinimumScale, Plan, SizeClass
from minequota.scenarios.right import Method, Right
from minequota.scenarios.units import Quantity, factor_to_base

ThresholdBasis = Literal["table", "plan_fallback"]
ClassBasis = Literal["stated", "table", "plan_fallback", "assumed_small"]
Counted = Literal["ore", "mineral"]

# Far below any step of a licence, far above the error of a conversion.
_RELATIVE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ClassRow:
    """One row of the national table; `large_min` None: every mine of it counts as small."""

    key: str
    method: Method | None
    unit: str
    counted: Counted
    large_min: float | None
    medium_min: float | None
    settled: bool
    source: str


@dataclass(frozen=True)
class Thresholds:
    """Least capacities of a large and of a medium mine, per year in `unit`.

    `settled` is true for a row of the national table, false where the plan's own columns stand
    in. `counted` says whether the amounts are ore or contained mineral.
    """

    large_min: float
    medium_min: float
    unit: str
    settled: bool
    basis: ThresholdBasis
    counted: Counted
    source: str

    def class_of(self, amount: float) -> SizeClass:
        """Return the class of `amount`, counted in `unit`."""
        if amount >= self.large_min * (1 - _RELATIVE_TOLERANCE):
            return "large"
        return "medium" if amount >= self.medium_min * (1 - _RELATIVE_TOLERANCE) else "small"


@lru_cache(maxsize=1)
def class_table() -> tuple[ClassRow, ...]:
    """Return the rows of the packaged ``mine-scale-classes.csv``."""
    path = files("minequota.scenarios").joinpath("mine-scale-classes.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        ClassRow(
            key=row["key"],
            method=Method(row["method"]) if row["method"] else None,
            unit=row["unit"],
            counted="mineral" if row["counted"] == "mineral" else "ore",
            large_min=float(row["large_min"]) if row["large_min"] else None,
            medium_min=float(row["medium_min"]) if row["medium_min"] else None,
            settled=row["settled"] == "yes",
            source=row["source"],
        )
        for row in csv.DictReader(lines)
    )


def thresholds(plan: Plan, mineral_name: str, method: Method | None) -> Thresholds | None:
    """Return the thresholds that decide the class of a mine, or None where none are known.

    Parameters
    ----------
    plan
        Names the mineral's row in the national table and holds the minimum-scale table.
    mineral_name
        A name or alias of one of the plan's minerals.
    method
        How the ore is won. Where rows differ by method and it is unknown, the higher figures
        count, so that no class is overstated.

    Raises
    ------
    KeyError
        When the plan has no such mineral.
    """
    return next(_known_thresholds(plan, _mineral(plan, mineral_name), method), None)


def size_class(plan: Plan, right: Right) -> tuple[SizeClass, ClassBasis]:
    """Return a right's production size class and what decided it."""
    if right.size_class is not None:
        return right.size_class, "stated"
    mineral = _mineral(plan, right.mineral)
    if right.capacity is None:
        return "small", "assumed_small"
    return _decide(plan, mineral, right.method, right.capacity, right.density, right.grade)


def class_of_capacity(
    plan: Plan,
    mineral: str,
    method: Method | None,
    capacity: Quantity,
    density: float | None = None,
) -> SizeClass:
    """Return the class of a new right of this capacity; `density` in t/m³, else the product's."""
    return _decide(plan, _mineral(plan, mineral), method, capacity, density, None)[0]


def class_boundaries(
    plan: Plan, mineral: str, method: Method | None, unit: str
) -> tuple[float, float] | None:
    """Return the least medium and the least large capacity of a new right, in `unit` of ore.

    The same thresholds decide as in `class_of_capacity`. A new right has no grade, so thresholds
    that count contained mineral say nothing of it. None where it is small whatever its capacity.
    """
    known = _mineral(plan, mineral)
    if _always_small(known, method):
        return None
    density = plan.product(known.product).density if known.product is not None else None
    for limits in _known_thresholds(plan, known, method):
        one = _in_unit_of(limits, Quantity(1.0, unit), density, None)
        if one is not None:
            return limits.medium_min / one, limits.large_min / one
    return None


def _always_small(mineral: Mineral, method: Method | None) -> bool:
    return any(row.settled and row.large_min is None for row in _rows(mineral, method))


def _decide(
    plan: Plan,
    mineral: Mineral,
    method: Method | None,
    capacity: Quantity,
    density: float | None,
    grade: float | None,
) -> tuple[SizeClass, ClassBasis]:
    if _always_small(mineral, method):
        return "small", "table"
    if density is None and mineral.product is not None:
        density = plan.product(mineral.product).density
    for limits in _known_thresholds(plan, mineral, method):
        amount = _in_unit_of(limits, capacity, density, grade)
        if amount is not None:
            return limits.class_of(amount), limits.basis
    return "small", "assumed_small"


def _in_unit_of(
    limits: Thresholds, capacity: Quantity, density: float | None, grade: float | None
) -> float | None:
    """Return the capacity in the thresholds' unit; None without the density or grade it takes."""
    dimension = Quantity(1.0, limits.unit).dimension
    if capacity.dimension != dimension:
        if density is None:
            return None
        if dimension == "volume":
            capacity = Quantity(capacity.to("吨") / density, "立方米")
        else:
            capacity = Quantity(capacity.to("立方米") * density, "吨")
    if limits.counted == "ore":
        return capacity.to(limits.unit)
    return None if grade is None else capacity.to(limits.unit) * grade


def _known_thresholds(plan: Plan, mineral: Mineral, method: Method | None) -> Iterator[Thresholds]:
    table = [row for row in _rows(mineral, method) if row.settled and _has_figures(row)]
    if table:
        yield _of_rows(table)
    if mineral.sand_stone_clay:
        return
    lines = [line for line in _lines(plan, mineral, method) if _has_two_figures(line)]
    if lines:
        yield _of_lines(lines)


def _rows(mineral: Mineral, method: Method | None) -> list[ClassRow]:
    return [
        row
        for row in class_table()
        if row.key == mineral.class_row and (method is None or row.method in (None, method))
    ]


def _has_figures(row: ClassRow) -> bool:
    """Whether the row has thresholds in a unit this program counts in (carats are not)."""
    try:
        factor_to_base(row.unit)
    except ValueError:
        return False
    return row.large_min is not None and row.medium_min is not None


def _of_rows(rows: list[ClassRow]) -> Thresholds:
    strictest = max(rows, key=lambda row: (row.medium_min or 0, row.large_min or 0))
    return Thresholds(
        large_min=strictest.large_min or 0,
        medium_min=strictest.medium_min or 0,
        unit=strictest.unit,
        settled=True,
        basis="table",
        counted=strictest.counted,
        source=strictest.source,
    )


def _lines(plan: Plan, mineral: Mineral, method: Method | None) -> list[MinimumScale]:
    return [
        line
        for line in plan.minimum_scales
        if mineral.name in line.minerals and (method is None or line.method in (None, method))
    ]


def _has_two_figures(line: MinimumScale) -> bool:
    return (
        line.basis not in INCOMPARABLE
        and isinstance(line.large, Quantity)
        and isinstance(line.medium, Quantity)
        and line.large.dimension == line.medium.dimension
        and line.large.to(line.medium.unit) > line.medium.value > 0
    )


def _of_lines(lines: list[MinimumScale]) -> Thresholds:
    def figures(line: MinimumScale) -> tuple[float, float, str]:
        assert isinstance(line.large, Quantity)  # noqa: S101 - `_has_two_figures` saw to it
        assert isinstance(line.medium, Quantity)  # noqa: S101
        return line.medium.value, line.large.to(line.medium.unit), line.medium.unit

    strictest = max(lines, key=lambda line: figures(line)[:2])
    medium, large, unit = figures(strictest)
    return Thresholds(
        large_min=large,
        medium_min=medium,
        unit=unit,
        settled=False,
        basis="plan_fallback",
        counted="mineral" if strictest.basis in CONTAINED else "ore",
        source=strictest.source,
    )


def _mineral(plan: Plan, name: str) -> Mineral:
    mineral = plan.mineral(name)
    if mineral is None:
        raise KeyError(f"The plan {plan.id} has no mineral {name!r}.")
    return mineral
