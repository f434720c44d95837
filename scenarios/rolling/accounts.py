"""Whose output answers to which quota, as the year was booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.rolling.amounts import ore_in, tidy
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.decided import Decided, Joined, Quota
from minequota.scenarios.standing import may_produce
from minequota.scenarios.units import Quantity


@dataclass(frozen=True)
class Account:
    """One quota and the ids under which its output may be reported.

    `asked` are ids that a table without them is incomplete by: its own, or of a merger that has
    been booked the members at work; those that stood still until it began made nothing. `split`
    says that the quota is a member's share of that of a merger that was not carried out.
    """

    quota: Quota
    ids: tuple[str, ...]
    asked: tuple[str, ...]
    split: bool = False


def accounts(books: Books, decided: Decided, year: int) -> Iterator[Account]:
    """Yield an account for every quota of a year whose right exists."""
    joined = {one.right: one for one in decided.joined}
    absent = 0
    for quota in decided.quotas:
        if quota.year != year:
            continue
        if quota.right in books.before:
            yield Account(quota, (quota.right,), (quota.right,))
        elif quota.right in joined:
            yield from _of_merger(books, quota, joined[quota.right])
        elif books.heir(quota.right):
            # Issued on the last day of the year: what it made in it, it need not have made.
            yield Account(quota, (quota.right, books.heir(quota.right)), ())
        else:
            absent += 1
    if absent:
        books.notice(
            "quota_of_nobody",
            "",
            f"{absent} 个指标是给方案中尚未入册的新立采矿权的，不再沿用。",
            f"{absent} quotas belong to rights the run would issue that are not booked; they end.",
        )


def _of_merger(books: Books, quota: Quota, joined: Joined) -> Iterator[Account]:
    members = [books.before[one] for one in joined.members if one in books.before]
    at_work = tuple(one.licence for one in members if may_produce(one, quota.year))
    if books.heir(quota.right):
        ids = (quota.right, books.heir(quota.right), *joined.members)
        yield Account(quota, ids, at_work)
        return
    unit = quota.ore.unit
    weights = [
        (ore_in(books.plan, one, one.capacity, unit) or 0.0) if one.capacity is not None else 0.0
        for one in members
    ]
    whole = sum(weights)
    for right, weight in zip(members, weights, strict=True):
        share = weight / whole if whole > 0 else 0.0
        part = Quota(
            quota.year,
            right.licence,
            quota.product,
            quota.control,
            quota.use,
            quota.awaiting,
            Quantity(tidy(quota.ore.value * share), unit),
            Quantity(tidy(quota.printed.value * share), quota.printed.unit),
        )
        yield Account(part, (right.licence,), (right.licence,), split=True)
