"""What each case comes to: one line per outcome, one value per case."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from minequota.optimizer.outcome import COLUMNS, OutcomeValue, column_of, outcome, outcome_units
from minequota.reports.compare.alignment import answer
from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import NAMELESS, GoalStatus, OutcomeLine, differences
from minequota.reports.text import Words

# What is added up over the years planned: two columns of other years are not subtracted.
_SUMS = ("goal.", "demand.", "output.", "unmet.", "evenness", "cost")
_RIGHTS = ("leaving_rights", "expanded_rights", "merged_rights")


def outcome_lines(
    cases: Sequence[Case], base: str, nameless: Collection[str] = ()
) -> tuple[OutcomeLine, ...]:
    """Return the lines of all cases in the order of the documented columns.

    A case without an answer has its status and nothing else. An outcome that two cases count in
    different units, on different bases or under different titles has a line for each of them.
    Lists count the `nameless` licences without telling them. Sums over years have no difference
    where the two columns plan other years.
    """
    years = years_of(cases)
    found: dict[tuple[str, str, str, Words], dict[str, OutcomeValue]] = {}
    for case in cases:
        if case.allocation is None:
            key = ("status", "", "ore", _title("status", {}))
            found.setdefault(key, {})[case.name] = case.status.value
            continue
        units, bases = outcome_units(case.allocation), _bases(case)
        titles = _titles(case)
        for name, value in outcome(case.allocation).items():
            key = (name, units.get(name, ""), bases.get(name, "ore"), _title(name, titles))
            said = _without(str(value), nameless) if name in _RIGHTS else value
            found.setdefault(key, {})[case.name] = said
    documented = {column.name: at for at, column in enumerate(COLUMNS)}
    return tuple(
        OutcomeLine(
            name=name,
            title=title,
            unit=unit,
            basis=basis,
            values=values,
            differences={
                case: None if name.startswith(_SUMS) and years[case] != years.get(base) else less
                for case, less in differences(values, base).items()
            },
        )
        for (name, unit, basis, title), values in sorted(
            found.items(), key=lambda one: documented[column_of(one[0][0]).name]
        )
    )


def years_of(cases: Sequence[Case]) -> dict[str, tuple[int, ...]]:
    """Return the years each case plans; none without an answer."""
    return {case.name: () if case.allocation is None else case.allocation.years for case in cases}


def _without(listed: str, nameless: Collection[str]) -> str:
    """Return a list with the licences that no list may name as a number at its end."""
    licences = listed.split(";") if listed else []
    kept = [one for one in licences if one not in nameless]
    hidden = len(licences) - len(kept)
    return ";".join([*kept, f"{NAMELESS}{hidden}"] if hidden else kept)


def goal_statuses(cases: Sequence[Case]) -> tuple[GoalStatus, ...]:
    """Return how far every goal was solved in every case."""
    found: dict[str, dict[str, str]] = {}
    titles: dict[str, Words] = {}
    for case in cases:
        for goal in case.allocation.goals if case.allocation is not None else ():
            found.setdefault(goal.name, {})[case.name] = goal.status.value
            titles.setdefault(goal.name, Words(goal.title_zh, goal.title_en))
    return tuple(GoalStatus(name, titles[name], statuses) for name, statuses in found.items())


def _bases(case: Case) -> dict[str, str]:
    """Return what an amount counts, by outcome, where it is a product's or a cap's amount."""
    allocation = answer(case)
    lines = [line for line in allocation.balance if not line.place]
    products: dict[str, str] = {
        f"{kind}.{line.product}": line.basis
        for line in lines
        for kind in ("demand", "output", "unmet")
    }
    return products | {f"cap_used.{use.clause}": use.basis for use in allocation.caps}


def _titles(case: Case) -> dict[str, Words]:
    """Return the titles of goals and caps and the names of products, by outcome."""
    allocation = answer(case)
    found = {f"goal.{goal.name}": Words(goal.title_zh, goal.title_en) for goal in allocation.goals}
    for rule in allocation.rules:
        words = Words(rule.title_zh, rule.title_en)
        found |= {f"cap_used.{rule.clause}": words, f"cap_share.{rule.clause}": words}
    for product in case.scenario.plan.products:
        words = Words(product.name, product.en)
        found |= {f"{kind}.{product.name}": words for kind in ("demand", "output", "unmet")}
    return found


def _title(name: str, titles: dict[str, Words]) -> Words:
    column = column_of(name)
    if not column.family:
        return Words(column.title_zh, column.title_en)
    rest = name.removeprefix(column.family)
    about = titles.get(name, Words(rest, rest))
    return Words(f"{column.title_zh}：{about.zh}", f"{column.title_en}: {about.en}")
