"""Totals and subtotals stated in a table of outputs, compared with the rows they add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.headers import Kind
from minequota.scenarios.units import Quantity

if TYPE_CHECKING:
    from minequota.scenarios.rolling.table import Actual

SUBTOTALS = ("小计", "subtotal")
TOTALS = ("合计", "总计", "共计", "total")


@dataclass(frozen=True)
class Figure:
    """One figure of a total row; `unit` is empty where neither row nor header names one.

    `rounding` is half a unit of its last written digit.
    """

    value: float
    unit: str
    rounding: float
    header: str
    place: str


@dataclass(frozen=True)
class Total:
    """A total row: it stands after `after` rows of mines."""

    label: str
    after: int
    figures: Mapping[Kind, Figure]


def is_total(name: str) -> bool:
    """Whether a name is a total's: 合计, 凤城市小计, 菱镁矿合计."""
    return name.lower().endswith((*SUBTOTALS, *TOTALS))


def tell_totals(books: Books, actual: Actual) -> None:
    """Note the stated totals that are the sum of no rows they could add up."""
    ends = sorted({0, *(one.after for one in actual.totals), len(actual.lines)})
    for total in actual.totals:
        for kind, stated in total.figures.items():
            amounts = [
                line.outputs[kind].amount if kind in line.outputs else None for line in actual.lines
            ]
            sums = [
                found
                for first, last in _spans(total, ends, len(amounts))
                if (found := _sum(amounts[first:last], stated.unit)) is not None
            ]
            near = max(stated.rounding, 1e-9 * abs(stated.value)) * (1 + 1e-6)
            if sums and not any(abs(one - stated.value) <= near for one in sums):
                unit = f" {stated.unit}" if stated.unit else ""
                books.notice(
                    "total_differs",
                    stated.place,
                    f"“{total.label}”的“{stated.header}”为 {stated.value:.10g}{unit}，"
                    f"各行之和为 {sums[0]:.10g}{unit}。",
                    f"{total.label}: {stated.header} is {stated.value:.10g}{unit}, its rows add "
                    f"up to {sums[0]:.10g}{unit}.",
                )


def _spans(total: Total, ends: Sequence[int], rows: int) -> Iterator[tuple[int, int]]:
    """Yield the rows a total may add up, the likeliest first; it stands below or above them."""
    whole = total.label.lower() in TOTALS
    before = max((one for one in ends if one < total.after), default=total.after)
    behind = min((one for one in ends if one > total.after), default=total.after)
    parts = [(before, total.after), (total.after, behind)]
    yield from [(0, total.after), (0, rows), *parts] if whole else parts


def _sum(amounts: Sequence[Quantity | None], unit: str) -> float | None:
    """Return a sum in `unit`; None where there is nothing, or units that do not add up."""
    given = [one for one in amounts if one is not None]
    if not given:
        return None
    try:
        return sum(one.to(unit or given[0].unit) for one in given)
    except ValueError:
        return None
