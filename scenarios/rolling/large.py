"""Outputs so large that a unit was probably mistaken: 万吨 for 吨 makes ten thousand times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.errors import Problem
from minequota.scenarios.rolling.amounts import ore_in
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.messages import problem
from minequota.scenarios.rolling.produced import Produced
from minequota.scenarios.rolling.table import Line, Stated
from minequota.scenarios.units import Quantity

MOST_OF_CAPACITY = 3.0
"""Times the licensed capacity that an output is believed to reach without a word of the user's."""
MOST_OF_RESERVES = 1.1
"""The same of the reserves: surveys differ by a tenth."""
_SAME = 1e-9


def check_large(
    books: Books,
    found: Mapping[str, Line],
    produced: Mapping[str, Produced],
    confirmed: Collection[str],
) -> list[Problem]:
    """Report outputs far beyond a right's capacity or reserves, unless they are confirmed.

    Parameters
    ----------
    books
        With the year's events booked: a capacity or reserves that they raised count.
    found, produced
        The rows, and their outputs in ore, by the id of the right.
    confirmed
        Ids whose outputs the user has confirmed; each becomes a notice. One that has nothing to
        confirm is a problem: it may be a slip itself.
    """
    problems: list[Problem] = []
    needed = set()
    for identity, one in produced.items():
        for ore, given in _outputs(one, found[identity]):
            why = _too_large(books, identity, ore)
            if why is None:
                continue
            needed.add(identity)
            if identity not in confirmed:
                parts = {"amount": given.amount, "ore": ore, "why": why}
                problems.append(problem("actual_large", given.place, licence=identity, **parts))
            else:
                books.notice(
                    "large_confirmed",
                    identity,
                    f"产量 {given.amount}（合 {ore}）{why.zh}，已用 --confirm-large 确认。",
                    f"Its output of {given.amount} ({ore}) {why.en}; --confirm-large was given.",
                )
    problems += [
        problem("confirm_needless", "--confirm-large", licence=one)
        for one in sorted(set(confirmed) - needed)
    ]
    return problems


def _outputs(one: Produced, line: Line) -> Iterable[tuple[Quantity, Stated]]:
    return ((ore, line.outputs[kind]) for kind, ore in one.stated.items())


def _too_large(books: Books, identity: str, ore: Quantity) -> Text | None:
    """Return what an output is beyond; None where it is believed."""
    capacity = max(_stated(books, identity, "capacity", ore.unit), default=None)
    reserves = max(_stated(books, identity, "reserves", ore.unit), default=None)
    if capacity and ore.value > MOST_OF_CAPACITY * capacity * (1 + _SAME):
        times = f"{ore.value / capacity:.4g}"
        shown = Quantity(float(f"{capacity:.10g}"), ore.unit)
        return Text(
            f"是证载规模 {shown} 的 {times} 倍", f"{times} times the licensed capacity of {shown}"
        )
    if reserves is not None and ore.value > MOST_OF_RESERVES * reserves * (1 + _SAME):
        shown = Quantity(float(f"{reserves:.10g}"), ore.unit)
        return Text(
            f"超过保有资源储量 {shown} 一成以上", f"above its reserves of {shown} by over a tenth"
        )
    return None


def _stated(books: Books, identity: str, name: str, unit: str) -> Iterator[float]:
    """Yield what the right states at the year's beginning and at its end, in `unit`."""
    for right in (books.before.get(identity), books.held.get(books.heir(identity))):
        amount = getattr(right, name, None)
        ore = ore_in(books.plan, right, amount, unit) if right and amount else None
        if ore is not None:
            yield ore
