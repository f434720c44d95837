"""How every quota of the year was fulfilled: its rate, what was over it and what was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minequota.scenarios.right import Right
from minequota.scenarios.rolling.accounts import Account
from minequota.scenarios.rolling.amounts import ore_in, tidy
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.produced import Produced
from minequota.scenarios.units import Quantity

_SAME = 1e-9


@dataclass(frozen=True)
class Fulfilment:
    """One quota and the output against it, in ore of the quota's right.

    `rate` is output ÷ quota, None where the quota is zero or awaited, or no output is known.
    `entered` says that the excess goes into next year's `overproduced`; `reason` why not:
    ``guidance``, ``comprehensive``, ``awaiting``, ``tolerance`` or ``left``. `heir` is the licence
    that answers for it, empty where the right has left.
    """

    right: str
    heir: str
    name: str
    synthetic: bool
    county: str
    mineral: str
    product: str
    control: bool
    use: str
    quota: Quantity
    printed: Quantity
    awaiting: bool
    split: bool
    produced: Quantity | None
    assumed: bool
    rate: float | None
    excess: float
    unused: float
    entered: bool
    reason: str
    place: str


def fulfilments(
    books: Books, listed: Iterable[Account], produced: Mapping[str, Produced], tolerance: float
) -> Iterator[Fulfilment]:
    """Yield one record for every quota of the year.

    Parameters
    ----------
    tolerance
        Share of the quota by which it may be exceeded before the excess is entered.
    """
    for account in listed:
        quota = account.quota
        ids = list(dict.fromkeys(account.ids))
        given = [produced[one] for one in ids if one in produced]
        heir = books.heir(quota.right)
        right = books.before.get(quota.right) or books.held[heir]
        made = _sum(books, right, given, quota.ore.unit)
        figure = quota.ore.value
        known = made is not None and not quota.awaiting
        over = max(0.0, (made or 0.0) - figure) if known else 0.0
        over = over if over > _SAME * max(figure, 1.0) else 0.0
        reason = ""
        if over:
            reason = _reason(account, over, tolerance, heir)
        yield Fulfilment(
            right=quota.right,
            heir=heir,
            # A made-up mine that has left is not named.
            name=right.name if heir or not right.synthetic else "",
            synthetic=right.synthetic,
            county=right.county,
            mineral=right.mineral,
            product=quota.product,
            control=quota.control,
            use=quota.use,
            quota=quota.ore,
            printed=quota.printed,
            awaiting=quota.awaiting,
            split=account.split,
            produced=None if made is None else Quantity(made, quota.ore.unit),
            assumed=any(one.origin != "actual" for one in given),
            rate=made / figure if known and made is not None and figure > 0 else None,
            excess=tidy(over),
            unused=tidy(max(0.0, figure - (made or 0.0))) if known else 0.0,
            entered=bool(over) and not reason,
            reason=reason,
            place=next((one.place for one in given if one.place), ""),
        )


def _reason(account: Account, over: float, tolerance: float, heir: str) -> str:
    """Return why an excess is not taken off next year's quota; empty where it is."""
    quota = account.quota
    if quota.use == "comprehensive":
        return "comprehensive"
    if not quota.control:
        return "guidance"
    if not heir:
        return "left"
    return "tolerance" if over <= tolerance * quota.ore.value * (1 + _SAME) else ""


def _sum(books: Books, right: Right, given: Iterable[Produced], unit: str) -> float | None:
    """Return the ore together in `unit`; None where nothing is known."""
    parts = []
    for one in given:
        own = books.before.get(one.identity) or books.held.get(books.heir(one.identity), right)
        parts.append(ore_in(books.plan, own, one.ore, unit) or 0.0)
    return tidy(sum(parts)) if parts else None
