"""The plan in the year that begins: which clauses end, and how it goes on past its period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minequota.scenarios.documents.messages import Text
from minequota.scenarios.facts import Years
from minequota.scenarios.plan import Plan
from minequota.scenarios.rolling.books import Books

_FAMILIES = (
    *("caps", "no_allotment", "handed_down", "counts", "ratios", "holder_limits", "exchanges"),
    "zone_limits",
)
_EXTENDED = re.compile(r"规划期止于(\d{4})年，滚动时延用至\d{4}年（推定）")


def clauses(plan: Plan) -> Iterator[tuple[str, str, Years]]:
    """Yield every clause that holds in stated years: its path, its title and its years."""
    for family in _FAMILIES:
        for one in getattr(plan, family):
            title = getattr(one, "title", None)
            yield f"{family}.{one.id}", title.zh if title is not None else one.id, one.years


def ending(plan: Plan, passed: int, year: int) -> list[str]:
    """Return the paths of clauses that held in the year passed and do not in the new one."""
    return [path for path, _, years in clauses(plan) if passed in years and year not in years]


def beginning(plan: Plan, passed: int, year: int) -> list[str]:
    """Return the paths of clauses that hold in the new year and did not before."""
    return [path for path, _, years in clauses(plan) if passed not in years and year in years]


def extended(books: Books, year: int) -> None:
    """Let the clauses of the plan's last year hold on to `year`, each marked and logged.

    Deadlines stay where they are: what had to be done by the plan's end is due, not put off.
    """
    plan = books.plan
    last = plan.target_year
    update: dict[str, Any] = {"target_year": year}
    for family in _FAMILIES:
        update[family] = tuple(
            _held_on(one, year) if one.years.last == last else one for one in getattr(plan, family)
        )
        for one in getattr(plan, family):
            if one.years.last == last:
                books.step(
                    "plan",
                    f"plan.{family}.{one.id}",
                    "years.last",
                    last,
                    year,
                    "--extend-plan",
                    assumed=True,
                )
    use = plan.minimum_scale_use
    if use is not None and use.existing_by is None and "existing" in use.applies_to:
        update["minimum_scale_use"] = use.model_copy(update={"existing_by": last})
        books.step("plan", "plan.minimum_scale_use", "existing_by", "", last, "--extend-plan")
    books.step("plan", "plan", "target_year", last, year, "--extend-plan", assumed=True)
    books.plan = plan.model_copy(update=update)
    ended = _really_ended(plan)
    books.notice(
        "plan_extended",
        "plan",
        f"规划期到 {ended} 年为止；期末年有效的条款按 --extend-plan 延用至 {year} 年，属推定，"
        "新规划批准后应改用新规划。",
        f"The plan ends with {ended}; the clauses of its last year hold on to {year} by "
        "--extend-plan. That is an assumption until the next plan is adopted.",
    )


def ended_year(plan: Plan) -> int | None:
    """Return the year a plan really ended, where its clauses were held on past it; else None."""
    for family in _FAMILIES:
        for one in getattr(plan, family):
            found = _EXTENDED.search(one.note)
            if found is not None:
                return int(found[1])
    return None


def _held_on(one: Any, year: int) -> Any:
    """Return a clause that holds to `year`, its note saying when it really ended."""
    before = _EXTENDED.search(one.note)
    ends = before[1] if before is not None else one.years.last
    note = f"规划期止于{ends}年，滚动时延用至{year}年（推定）"
    if before is not None:
        note = one.note.replace(before[0], note)
    elif one.note:
        note = f"{one.note}；{note}"
    return one.model_copy(
        update={
            "years": Years(first=one.years.first, last=year),
            "reading": "inferred",
            "note": note,
        }
    )


def _really_ended(plan: Plan) -> int:
    """Return the plan's own last year, which an extension before this one has left in notes."""
    notes = (one.note for family in _FAMILIES for one in getattr(plan, family))
    found = (_EXTENDED.search(note) for note in notes)
    return min((int(one[1]) for one in found if one is not None), default=plan.target_year)


def tell(books: Books, passed: int, year: int) -> None:
    """Note the clauses that end with the year and those that begin."""
    for path in ending(books.plan, passed, year):
        books.notice(
            "clause_ends",
            f"plan.{path}",
            f"该条款到 {passed} 年为止，{year} 年没有。",
            f"The clause ends with {passed}; {year} has none.",
        )
    for path in beginning(books.plan, passed, year):
        books.notice(
            "clause_begins",
            f"plan.{path}",
            f"该条款自 {year} 年起有效。",
            f"The clause holds from {year}.",
        )


def shown(paths: list[str]) -> Text:
    """Return some clauses in one short text."""
    few, more = paths[:6], len(paths) - 6
    return Text(
        "、".join(few) + (f"等 {len(paths)} 条" if more > 0 else ""),
        ", ".join(few) + (f" and {more} more" if more > 0 else ""),
    )
