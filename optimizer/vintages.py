"""What a right may produce in a year, by the year in which it was issued, merged or enlarged.

In target state everything yields at once. In calendar mode a right issued in one year waits its
lead time and then ramps up; a project with a stated first year yields from that year. A right of
the register that ramps up still says so in `options.usable`. Written as sums over the years of
issue, all of it stays linear.
"""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.draft import NONE, Draft
from minequota.optimizer.problem import Problem
from minequota.optimizer.source import Source
from minequota.scenarios.projects import Project

Terms = Iterator[tuple[int, float]]


def share_usable(
    problem: Problem, source: Source, decided: int, year: int, *, listed: bool = True
) -> float:
    """Share of its (added) capacity a source can use in `year`, decided in year `decided`.

    `listed`: whether the shares of `options.usable` count.
    """
    if year < decided:
        return 0.0
    working = 1.0
    if source.kind == "merged":
        # What members bring that may not produce stays idle after a merger as before it.
        working = source.usable_share(year) if listed else source.working_share(year)
    if not problem.calendar:
        return working
    project = project_of(source)
    if project is not None and project.yields_from is not None:
        return working if year >= project.yields_from else 0.0
    if source.kind == "merged":
        # Mines that go on together need no lead time.
        return working
    options = problem.options
    age = year - decided - options.lead_time
    if age < 0:
        return 0.0
    if source.kind == "held":
        # A mine at work does not begin anew when it is enlarged.
        return 1.0
    return options.ramp_up[age] if age < len(options.ramp_up) else 1.0


def first_output_year(problem: Problem, source: Source, decided: int) -> int:
    """Return the first year a right decided in `decided` can produce in (or produce more in)."""
    if not problem.calendar:
        return decided
    project = project_of(source)
    if project is not None and project.yields_from is not None:
        return max(decided, project.yields_from)
    return decided if source.kind == "merged" else decided + problem.options.lead_time


def project_of(source: Source) -> Project | None:
    """Return the listed change a source rests on."""
    enlargement = source.enlargement.project if source.enlargement is not None else None
    return source.conversion or source.merger or enlargement


def earliest_year(source: Source) -> int | None:
    """Return the first year its project may be decided in; None where nothing says."""
    project = project_of(source)
    return project.years.first if project is not None and project.years is not None else None


def last_year(problem: Problem, source: Source) -> int | None:
    """Return the last year its project may be decided in; None where nothing says.

    In target state the plan is fulfilled whenever its projects stood in the calendar.
    """
    project = project_of(source)
    if not problem.calendar or project is None or project.years is None:
        return None
    return project.years.last


def usable(problem: Problem, draft: Draft, y: int, m: int, *, listed: bool = True) -> Terms:
    """Yield the terms of the capacity a source can use in a year, availability aside.

    Without the shares `listed` in `options.usable` it is the capacity a right is weighed by.
    """
    source, columns = problem.sources[m], draft.columns
    if source.kind == "held":
        share = source.usable_share(problem.years[y]) if listed else 1.0
        yield int(columns.hold[y, m]), source.maximum * share
    if source.kind == "new":
        for v in range(y + 1):
            share = share_usable(problem, source, problem.years[v], problem.years[y])
            yield int(columns.size[v, m]), share
        return
    for column, share in decided(problem, draft, y, m, listed=listed):
        yield column, _added(source) * share


def decided(problem: Problem, draft: Draft, y: int, m: int, *, listed: bool = True) -> Terms:
    """Yield the terms of the share a decision brings of what it adds: 0 undecided, 1 in full."""
    source, columns = problem.sources[m], draft.columns
    column = columns.expand if source.kind == "held" else columns.hold
    for v in range(y + 1):
        if column[v, m] == NONE:
            return
        share = share_usable(problem, source, problem.years[v], problem.years[y], listed=listed)
        yield int(column[v, m]), share
        if v > 0:
            # Only what was decided in year v itself: the step from the year before.
            yield int(column[v - 1, m]), -share


def licensed(problem: Problem, draft: Draft, y: int, m: int) -> Terms:
    """Yield the terms of the capacity on a source's licence at a year's end."""
    source, columns = problem.sources[m], draft.columns
    if source.kind == "new":
        for v in range(y + 1):
            yield int(columns.size[v, m]), 1.0
        return
    yield int(columns.hold[y, m]), source.maximum
    if columns.expand[y, m] != NONE:
        yield int(columns.expand[y, m]), _added(source)


def _added(source: Source) -> float:
    """Capacity a decision brings: the difference of an enlarged right, all of any other."""
    if source.enlargement is not None:
        return source.enlargement.capacity - source.maximum
    return source.maximum if source.kind != "held" else 0.0
