"""A year's output entered in the register: reserves drawn down, the year's figures set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.rolling.amounts import licence_unit, ore_in, tidy
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.fulfilment import Fulfilment
from minequota.scenarios.rolling.produced import Produced
from minequota.scenarios.units import Quantity

_SAME = 1e-9


@dataclass(frozen=True)
class Drawn:
    """Ore taken from one right's reserves; `short` is what it produced beyond them."""

    licence: str
    produced: float
    drawn: float
    short: float
    unit: str


def draw_down(books: Books, produced: Mapping[str, Produced], source: str) -> tuple[Drawn, ...]:
    """Take what was produced off the reserves of whoever holds the rights now.

    Reserves that an event of the year stated stand as they are.
    """
    drawn = []
    outputs = _by_heir(books, produced)
    for licence in sorted(books.held):
        right = books.held[licence]
        # What an event merged into it has been dug from the other's own ore.
        given = [one for one in outputs.get(licence, []) if one.identity not in books.absorbed]
        if not given or right.reserves is None:
            continue
        unit = right.reserves.unit
        made = tidy(sum(_in(books, one, unit) for one in given))
        if licence in books.stated:
            books.notice(
                "reserves_stated",
                licence,
                "当年变更事件已给出保有资源储量，不再扣减产量。",
                "An event of the year stated its reserves; the output is not taken off again.",
            )
            continue
        if made == 0:
            continue
        left = tidy(max(0.0, right.reserves.value - made))
        short = tidy(max(0.0, made - right.reserves.value))
        drawn.append(Drawn(licence, made, tidy(made - short), short, unit))
        if short > _SAME * max(1.0, right.reserves.value):
            books.notice(
                "beyond_reserves",
                licence,
                f"产量比名册的保有资源储量多 {short:.10g} {unit}，储量记为零，请核实储量。",
                f"It produced {short:.10g} {unit} more than its reserves, which are now zero: "
                "have them surveyed.",
            )
        assumed = any(one.origin != "actual" for one in given)
        after = Quantity(left, unit)
        books.step("reserves", licence, "reserves", right.reserves, after, source, assumed=assumed)
        origin = right.origin("reserves")
        if assumed and origin in (Provenance.REGISTER, Provenance.PLAN):
            origin = Provenance.DEFAULT
        books.change(licence, {"reserves": after}, origin)
    return tuple(drawn)


def set_history(
    books: Books,
    produced: Mapping[str, Produced],
    listed: Iterable[Fulfilment],
    source: str,
) -> None:
    """Set last output, surveyed output and last quota; what is not known is emptied, not kept."""
    quotas: dict[str, list[Fulfilment]] = {}
    for one in listed:
        if one.heir and not one.awaiting:
            quotas.setdefault(one.heir, []).append(one)
    outputs = _by_heir(books, produced)
    for licence in sorted(books.held):
        right = books.held[licence]
        given = outputs.get(licence, [])
        fresh = licence not in books.before
        unit = licence_unit(books.plan, right)
        if given:
            made = tidy(sum(_in(books, one, unit, reported=True) for one in given))
            stated = all(one.origin == "actual" for one in given)
            origin = Provenance.REGISTER if stated else Provenance.DEFAULT
            _set(books, licence, "last_output", Quantity(made, unit), origin, source)
            if all("surveyed" in one.stated for one in given):
                found = tidy(sum(_surveyed(books, one, unit) for one in given))
                amount = Quantity(found, unit)
                _set(books, licence, "surveyed_output", amount, Provenance.REGISTER, source)
        elif not fresh:
            _set(books, licence, "last_output", None, Provenance.DEFAULT, source)
        accounts = quotas.get(licence, [])
        if fresh and not given:
            # A right of the year's last day has no history to be judged by.
            continue
        quota = None
        if accounts:
            figure = sum(
                ore_in(books.plan, books.before.get(one.right, right), one.quota, unit) or 0.0
                for one in accounts
            )
            quota = Quantity(tidy(figure), unit)
        _set(books, licence, "last_quota", quota, Provenance.DEFAULT, "run")


def _set(
    books: Books,
    licence: str,
    name: Any,
    value: Quantity | None,
    origin: Provenance,
    source: str,
) -> None:
    old = getattr(books.held[licence], name)
    if old is None and value is None:
        return
    note = Text("", "")
    if value is None:
        note = Text("本年无数，不沿用上年的", "not known of the year; the older figure is not kept")
    books.step(
        name,
        licence,
        name,
        old,
        value,
        source,
        assumed=origin is not Provenance.REGISTER,
        note=note,
    )
    books.change(licence, {name: value}, origin)


def _by_heir(books: Books, produced: Mapping[str, Produced]) -> dict[str, list[Produced]]:
    """Return the outputs that the holder of each licence answers for."""
    found: dict[str, list[Produced]] = {}
    for identity, one in sorted(produced.items()):
        found.setdefault(books.heir(identity), []).append(one)
    return found


def _owner(books: Books, one: Produced) -> Right:
    return books.before.get(one.identity) or books.held[books.heir(one.identity)]


def _in(books: Books, one: Produced, unit: str, *, reported: bool = False) -> float:
    amount = one.reported if reported else one.ore
    return ore_in(books.plan, _owner(books, one), amount, unit) or 0.0


def _surveyed(books: Books, one: Produced, unit: str) -> float:
    return ore_in(books.plan, _owner(books, one), one.stated["surveyed"], unit) or 0.0
