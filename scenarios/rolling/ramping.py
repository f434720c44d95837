"""Rights and capacities decided in the years that have passed and not yet in full production."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.checks.years import planned_years
from minequota.scenarios.projects import Project
from minequota.scenarios.rolling.books import Books
from minequota.scenarios.rolling.decided import Decided
from minequota.scenarios.standing import may_produce


def tell_ramping(books: Books, decided: Decided) -> None:
    """Note every booked capacity of which the next years could use only a share.

    The register has one capacity for all years: what is said here is more than what the run
    counted on, and has to be lowered by hand where it matters (`options.steady`, a demand by
    year, or the year's own quota).
    """
    if books.question.mode != "calendar":
        return
    for licence, project, year, first_output, enlarged in _added(books, decided):
        shares = {
            one: _share(books, project, year, first_output, one, enlarged=enlarged)
            for one in planned_years(books.question)
        }
        right = books.held[licence]
        # A year in which the register bars it is counted as the run did: not at all.
        low = {one: share for one, share in shares.items() if share < 1 and may_produce(right, one)}
        if low:
            said = ", ".join(f"{one}: {share:g}" for one, share in sorted(low.items()))
            books.notice(
                "ramping",
                licence,
                f"测算时这些年只能用其（新增）规模的一部分（{said}）；名册只有一个证载规模，"
                "下年模型按全部规模计，请核对。",
                f"The run let these years use a share of its (added) capacity ({said}); the "
                "register has one capacity, which the next model counts in full: check it.",
            )


def _added(books: Books, decided: Decided) -> Iterator[tuple[str, Project | None, int, int, bool]]:
    conversions = {
        f"convert:{one.id}": one for one in (*books.plan.conversions, *books.question.conversions)
    }
    for one in decided.issued:
        if licence := books.heir(one.candidate):
            project = conversions.get(one.candidate)
            yield licence, project, one.year, one.first_output_year, False
    for enlarged in decided.enlarged:
        right = books.held.get(enlarged.right)
        if right is not None and right.capacity == enlarged.capacity:
            yield enlarged.right, None, enlarged.year, enlarged.first_output_year, True


def _share(
    books: Books,
    project: Project | None,
    year: int,
    first_output: int,
    asked: int,
    *,
    enlarged: bool,
) -> float:
    """Return the share of its capacity that the run let a year use."""
    if asked < first_output:
        return 0.0
    if enlarged or (project is not None and project.yields_from is not None):
        return 1.0
    options = books.question.options
    age = asked - year - options.lead_time
    return options.ramp_up[age] if age < len(options.ramp_up) else 1.0
