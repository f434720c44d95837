"""What share of its capacity a right booked can use: `options.usable` of the next question.

The register has one capacity a right, for all years. Of what was decided in the years that have
passed the run may have let the next ones use a part only; here the next question says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from minequota.scenarios.checks.years import planned_years
from minequota.scenarios.conversion import product_per_ore
from minequota.scenarios.projects import Project
from minequota.scenarios.question import Question
from minequota.scenarios.right import Right
from minequota.scenarios.rolling.amounts import ore_in, ore_of, product_of, tidy
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.decided import Decided, Enlarged, Issued, Joined
from minequota.scenarios.standing import may_produce, revivable

Shares = dict[int, float]


def carry_shares(books: Books, old: Question, booked: Decided, passed: int) -> None:
    """Write the usable shares of the year that begins and of all later ones.

    Parameters
    ----------
    books
        With everything booked and the question already the next year's.
    old
        The run's question.
    booked
        The decisions taken as carried out; empty where none is.
    passed
        The year that has passed. Its own shares are kept: whether output may change as fast as
        the share does is told by the share of the year before (`options.steady`).
    """
    listed = old.options.usable
    shares = {
        licence: {year: share for year, share in by_year.items() if year >= passed}
        for licence, by_year in listed.items()
        if licence in books.held
    }
    entered: dict[str, tuple[Shares, str]] = {}
    for one in booked.issued:
        if licence := books.heir(one.candidate):
            entered[licence] = _of_issued(books, old, one, licence, passed), one.source
    for enlarged in booked.enlarged:
        if _stands(books, enlarged):
            entered[enlarged.right] = _of_enlarged(books, old, enlarged, passed), enlarged.source
    for joined in booked.joined:
        if licence := books.heir(joined.right):
            entered[licence] = _of_joined(books, old, joined, licence, passed), joined.source
    # Of an enlarged right the share is one of its new capacity, so the old ones are replaced.
    shares |= {licence: by_year for licence, (by_year, _) in entered.items()}
    kept = {licence: dict(sorted(shares[licence].items())) for licence in sorted(shares)}
    kept = {licence: by_year for licence, by_year in kept.items() if by_year}
    _log(books, listed, kept, {licence: source for licence, (_, source) in entered.items()})
    _tell_lost(books, listed, booked, passed)
    options = books.question.options.model_copy(update={"usable": kept})
    books.question = books.question.model_copy(update={"options": options})


def _of_issued(books: Books, old: Question, one: Issued, licence: str, passed: int) -> Shares:
    """Shares until the ramp-up is over; a year in which the register bars it needs none."""
    if old.mode != "calendar":
        return {}
    ramp_up = old.options.ramp_up
    begins = one.year + old.options.lead_time
    project = _conversion(books, one)
    if project is not None and project.yields_from is not None:
        begins, ramp_up = one.first_output_year, ()
    shares = {}
    for year in range(passed + 1, begins + len(ramp_up)):
        share = ramp_up[year - begins] if year >= begins else 0.0
        if share < 1 and may_produce(books.held[licence], year):
            shares[year] = share
    return shares


def _conversion(books: Books, one: Issued) -> Project | None:
    listed = (*books.plan.conversions, *books.question.conversions)
    return next((project for project in listed if f"convert:{project.id}" == one.candidate), None)


def _stands(books: Books, one: Enlarged) -> bool:
    """Whether the expansion is booked and its right still there."""
    right, before = books.held.get(one.right), books.before.get(one.right)
    return right is not None and before is not None and right.capacity == one.capacity


def _of_enlarged(books: Books, old: Question, one: Enlarged, passed: int) -> Shares:
    """Shares of the new capacity: the old one's own, and what is added once it yields."""
    before = books.before[one.right]
    own = old.options.usable.get(one.right, {})
    unit, whole = one.capacity.unit, one.capacity.value
    former = ore_in(books.plan, before, before.capacity, unit) if before.capacity else None
    if former is None or whole <= 0:
        return {}
    begins = one.first_output_year if old.mode == "calendar" else passed
    shares = {}
    for year in range(passed, max(begins, *own, passed) + 1):
        added = whole - former if year >= begins else 0.0
        share = tidy((former * own.get(year, 1.0) + added) / whole)
        if share < 1:
            shares[year] = share
    return shares


def _of_joined(books: Books, old: Question, one: Joined, licence: str, passed: int) -> Shares:
    """Shares of a merged right: what its members that may produce bring, each with its own.

    Of members that never may the planned years are said; that is as far as the run looked.
    """
    project = next((listed for listed in old.mergers if listed.id == one.id), None)
    members = books.parts[licence]
    weights = {member.licence: _weight(books, member) for member in members}
    whole = sum(weights.values())
    if project is None or whole <= 0:
        return {}
    own = {member: old.options.usable.get(member, {}) for member in weights}
    waits = project.yields_from if old.mode == "calendar" else None
    last = max(planned_years(books.question)[-1], (waits or 0) - 1, *chain(*own.values()), passed)
    shares = {}
    for year in range(passed + 1, last + 1):
        ready = sum(
            weights[member.licence] * own[member.licence].get(year, 1.0)
            for member in members
            if may_produce(member, year) or (project.revives and revivable(member))
        )
        share = 0.0 if waits is not None and year < waits else tidy(ready / whole)
        if share < 1 and may_produce(books.held[licence], year):
            shares[year] = share
    return shares


def _weight(books: Books, right: Right) -> float:
    """Return a right's capacity as the model compares it: as product; 0 where it has none."""
    product = product_of(books.plan, right.mineral)
    if right.capacity is None or product is None:
        return 0.0
    return right.capacity.value * product_per_ore(product, right.capacity.unit, ore_of(right))


def _log(
    books: Books,
    listed: Mapping[str, Mapping[int, float]],
    kept: Mapping[str, Mapping[int, float]],
    sources: Mapping[str, str],
) -> None:
    for licence, year in sorted({*_entries(listed), *_entries(kept)}):
        before, after = listed.get(licence, {}).get(year), kept.get(licence, {}).get(year)
        if before == after:
            continue
        was, now = ("" if share is None else f"{share:.12g}" for share in (before, after))
        why = sources.get(licence) or ("passed" if licence in books.held else "its right has left")
        subject = f"options.usable.{licence}.{year}"
        books.step("question", subject, "", was, now, why, assumed=after is not None)


def _entries(shares: Mapping[str, Mapping[int, float]]) -> Iterator[tuple[str, int]]:
    return ((licence, year) for licence, by_year in shares.items() for year in by_year)


def _tell_lost(
    books: Books, listed: Mapping[str, Mapping[int, float]], booked: Decided, passed: int
) -> None:
    """Note shares of coming years whose right has left by an event: it may go on elsewhere."""
    members = {member for one in booked.joined for member in one.members}
    gone = {one.right for one in booked.gone}
    for licence, by_year in sorted(listed.items()):
        later = {year: share for year, share in by_year.items() if year > passed and share < 1}
        if licence in books.held or licence in members | gone or not later:
            continue
        said = ", ".join(f"{year}: {share:g}" for year, share in sorted(later.items()))
        books.notice(
            "usable_left",
            licence,
            f"该矿尚在达产期（{said}），已不在册；若以新的许可证号继续，请在 options.usable 中"
            "按新号填写。",
            f"It was still ramping up ({said}) and has left the register: where it goes on under "
            "another licence, list the shares under that one in options.usable.",
        )
