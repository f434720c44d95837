"""What a scenario lists of rights that have changed: done, impossible, or under a new name."""

from __future__ import annotations

from collections.abc import Mapping

from minequota.scenarios.projects import Expansion
from minequota.scenarios.question import ExtraCandidate
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.decided import Decided, Issued


def settle(books: Books, issued: tuple[Issued, ...]) -> None:
    """Leave nothing listed that has been done, or that names rights the register lacks.

    Parameters
    ----------
    issued
        The rights booked as issued or converted: their places and projects are used up.
    """
    _use_up(books, issued)
    dropped = _expansions(books)
    _mergers(books)
    _costs(books, dropped)
    _distances(books)


def booked(books: Books, decided: Decided) -> tuple[Issued, ...]:
    """Return the issuances that stand in the register now."""
    return tuple(one for one in decided.issued if books.heir(one.candidate))


def _use_up(books: Books, issued: tuple[Issued, ...]) -> None:
    """Count zones' rights and conversions as used; take proposals off the list, one by one."""
    plan, question = books.plan, books.question
    zones = {zone.code for zone in plan.zones}
    used = dict(question.issued_since)
    done = {one.candidate for one in issued}
    for one in issued:
        key = one.candidate.removeprefix("convert:") if one.converted else one.zone
        if one.converted or key in zones:
            used[key] = used.get(key, 0) + 1
            books.step("question", f"issued_since.{key}", "", used[key] - 1, used[key], one.source)
    left: list[ExtraCandidate] = []
    for extra in question.extra_candidates:
        ids = _ids(extra)
        remaining = [name for name in ids if name not in done]
        if len(remaining) == len(ids):
            left.append(extra)
            continue
        # Each keeps its id, by which distances and logs know it.
        left += [extra.model_copy(update={"id": name, "number": 1}) for name in remaining]
        books.step(
            "question",
            f"extra_candidates.{extra.id}",
            "number",
            len(ids),
            len(remaining),
            extra.source,
        )
    books.question = question.model_copy(
        update={"issued_since": dict(sorted(used.items())), "extra_candidates": tuple(left)}
    )


def _ids(extra: ExtraCandidate) -> tuple[str, ...]:
    if extra.number == 1:
        return (extra.id,)
    return tuple(f"{extra.id}-{number}" for number in range(1, extra.number + 1))


def _expansions(books: Books) -> set[str]:
    """Drop expansions that are done or whose right has left; return their ids."""
    dropped: set[str] = set()

    def kept(listed: tuple[Expansion, ...], path: str) -> tuple[Expansion, ...]:
        left = []
        for one in listed:
            rights = [
                right for right in books.held.values() if one.right in (right.licence, right.name)
            ]
            capacity = rights[0].capacity if rights else None
            done = (
                capacity is not None
                and capacity.dimension == one.capacity.dimension
                and capacity.to(one.capacity.unit) >= one.capacity.value
            )
            if rights and not done:
                left.append(one)
                continue
            dropped.add(one.id)
            why = "done" if done else "its right has left"
            books.step(
                "plan" if path else "question", f"{path}expansions.{one.id}", "", one.id, "", why
            )
        return tuple(left)

    books.plan = books.plan.model_copy(update={"expansions": kept(books.plan.expansions, "plan.")})
    books.question = books.question.model_copy(
        update={"expansions": kept(books.question.expansions, "")}
    )
    return dropped


def _mergers(books: Books) -> None:
    left = []
    for one in books.question.mergers:
        if all(member in books.held for member in one.members):
            left.append(one)
        else:
            books.step("question", f"mergers.{one.id}", "", one.id, "", "a member has left")
    books.question = books.question.model_copy(update={"mergers": tuple(left)})


def _costs(books: Books, dropped: set[str]) -> None:
    costs = books.question.costs
    if costs is not None and dropped & set(costs.expansion):
        kept = {name: cost for name, cost in costs.expansion.items() if name not in dropped}
        books.question = books.question.model_copy(
            update={"costs": costs.model_copy(update={"expansion": kept})}
        )


def _distances(books: Books) -> None:
    """Give rights that changed their name the distances of what they were."""
    transport = books.question.transport
    if transport is None:
        return
    given = dict(transport.distances)
    for identity, heir in books.heirs.items():
        row = given.get(identity) or given.get(identity.rpartition("-")[0])
        if heir in books.held and heir not in given and row is not None:
            given[heir] = dict(row)
    for extra in books.question.extra_candidates:
        row = given.get(extra.id.rpartition("-")[0])
        if extra.id not in given and row is not None:
            given[extra.id] = dict(row)
    known = _origins(books)
    left: Mapping[str, dict[str, float]] = {
        name: row for name, row in given.items() if name in known
    }
    if left != transport.distances:
        books.step(
            "question", "transport.distances", "", len(transport.distances), len(left), "register"
        )
        books.question = books.question.model_copy(
            update={"transport": transport.model_copy(update={"distances": dict(left)})}
        )


def _origins(books: Books) -> set[str]:
    """Return everything a distance may be given from now."""
    plan, question = books.plan, books.question
    return {
        *(place.name for place in plan.counties),
        *(zone.code for zone in plan.zones),
        *(
            f"{zone.code}-{number}"
            for zone in plan.zones
            if zone.mineral is not None
            for number in range(1, zone.rights + 1)
        ),
        *(one.id for one in question.extra_candidates),
        *(name for one in question.extra_candidates for name in _ids(one)),
        *(f"convert:{one.id}" for one in (*plan.conversions, *question.conversions)),
        *(f"merger:{one.id}" for one in question.mergers),
        *books.held,
    }
