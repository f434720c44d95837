"""Which rights, places and candidates a count or ratio of the plan speaks of, and its figure."""

from __future__ import annotations

from minequota.scenarios.issuable import Candidate
from minequota.scenarios.plan import Count, Plan, Ratio, Scope, Zone
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario


def speaks_of(plan: Plan, scope: Scope, right: Right) -> bool:
    """Whether a right of the register falls under a scope."""
    return (
        _mineral_in(plan, scope, right.mineral)
        and scope.county in (None, right.county)
        and scope.authority in (None, right.authority)
        and (not scope.zones or right.zone in scope.zones)
    )


def admits(scenario: Scenario, scope: Scope, candidate: Candidate) -> bool:
    """Whether a candidate, once issued, would fall under a scope."""
    return (
        _mineral_in(scenario.plan, scope, candidate.mineral)
        and scope.county in (None, candidate.county)
        and scope.authority in (None, candidate.authority)
        and (not scope.zones or candidate.zone in scope.zones)
    )


def holds_place(plan: Plan, scope: Scope, zone: Zone) -> bool:
    """Whether the rights of a zone would fall under a scope.

    Of a place whose mineral the text does not say only what names minerals is sure to leave out.
    """
    if zone.mineral is None:
        in_minerals = not scope.minerals
    else:
        in_minerals = _mineral_in(plan, scope, zone.mineral)
    return (
        in_minerals
        and scope.county in (None, zone.county)
        and scope.authority in (None, zone.authority)
        and (not scope.zones or zone.code in scope.zones)
    )


def _mineral_in(plan: Plan, scope: Scope, name: str) -> bool:
    mineral = plan.mineral(name)
    groups = {*scope.groups, *([scope.group] if scope.group else [])}
    return (not scope.minerals or name in scope.minerals) and (
        not groups or (mineral is not None and mineral.group in groups)
    )


def count_bounds(scenario: Scenario, count: Count, year: int) -> tuple[int, int | None] | None:
    """Return the least and the most rights a count allows in a year; None where it is not held.

    A pooled count stands for those it pools; one that pools and is not pooled is not held.
    """
    figure = clause_figure(scenario, count, year)
    if figure is None or not held(scenario, count):
        return None
    slack = figure * (count.tolerance or 0.0) if count.sense == "about" else 0.0
    # Rights are whole: 47.5 at least is 48, 52.5 at most is 52.
    least = -int(-(figure - slack) // 1) if count.sense in ("floor", "level", "about") else 0
    most = (
        int((figure + slack + 1e-9) // 1) if count.sense in ("ceiling", "level", "about") else None
    )
    return (least, most) if least or most is not None else None


def held(scenario: Scenario, count: Count) -> bool:
    """Whether a count is held, given what the scenario pools."""
    pooled = scenario.question.options.pooled
    replaced = {
        inner for outer in scenario.plan.counts if outer.id in pooled for inner in outer.pools
    }
    return count.id not in replaced and (not count.pools or count.id in pooled)


def clause_figure(scenario: Scenario, clause: Count | Ratio, year: int) -> float | None:
    """Return the figure of a count or ratio in a year, by its path where it has one."""
    path = scenario.question.options.paths.get(clause.id, {})
    if year in path:
        return path[year]
    if year not in clause.years:
        return None
    if isinstance(clause, Ratio):
        return clause.share
    if clause.limit is not None:
        return float(clause.limit)
    figure = scenario.question.figures.get(clause.id)
    return figure.value if figure is not None else None
