"""What each case comes to: one line per outcome, one value per case."""

from __future__ import annotations

from collections.abc import Sequence

from minequota.optimizer.outcome import COLUMNS, OutcomeValue, column_of, outcome, outcome_units
from minequota.reports.compare.alignment import answer
from minequota.reports.compare.case import Case
from minequota.reports.compare.comparison import GoalStatus, OutcomeLine, differences
from minequota.reports.text import Words


def outcome_lines(cases: Sequence[Case], base: str) -> tuple[OutcomeLine, ...]:
    """Return the lines of all cases in the order of the documented columns.

    A case without an answer has its status and nothing else. An outcome that two cases count in
    different units, on different bases or under different titles has a line for each of them.
    """
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
            found.setdefault(key, {})[case.name] = value
    documented = {column.name: at for at, column in enumerate(COLUMNS)}
    return tuple(
        OutcomeLine(
            name=name,
            title=title,
            unit=unit,
            basis=basis,
            values=values,
            differences=differences(values, base),
        )
        for (name, unit, basis, title), values in sorted(
            found.items(), key=lambda one: documented[column_of(one[0][0]).name]
        )
    )


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
