"""A scenario asked of another register than its own: what it lists of other rights falls away.

A planner tries a library scenario with a register of his own. Its mergers, expansions, excesses of
last year and usable shares name licences of the library's register; they are left out, each with a
line in the log of changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from minequota.scenarios.checks.register import Found, origins
from minequota.scenarios.options import Options
from minequota.scenarios.plan import Plan
from minequota.scenarios.projects import Expansion, Merger
from minequota.scenarios.question import Overproduction, Question
from minequota.scenarios.scenario import Change


def without_strangers(found: Found) -> tuple[Plan, Question, list[Change]]:
    """Return plan and question without what names rights the register does not have."""
    plan, question = found.plan, found.question
    changes: list[Change] = []

    def known(listed: Sequence[Expansion], path: str) -> tuple[Expansion, ...]:
        kept = tuple(one for one in listed if found.named(one.right))
        changes.extend(_left_out(f"{path}.{one.id}", one) for one in listed if one not in kept)
        return kept

    plan = plan.model_copy(update={"expansions": known(plan.expansions, "plan.expansions")})
    mergers = tuple(one for one in question.mergers if found.known(one))
    changes += [
        _left_out(f"mergers.{one.id}", one) for one in question.mergers if one not in mergers
    ]
    licences = {right.licence for right in found.rights}
    dug = question.overproduced
    kept = {licence: one for licence, one in dug.items() if licence in licences}
    changes += [
        _left_out(f"overproduced.{licence}", one)
        for licence, one in dug.items()
        if licence not in kept
    ]
    options, ramped = _without_shares(question.options, licences)
    changes += ramped
    question = question.model_copy(
        update={
            "options": options,
            "expansions": known(question.expansions, "expansions"),
            "mergers": mergers,
            "overproduced": kept,
        }
    )
    question, more = _without_figures(
        Found(plan, question, found.rights, found.plan_document, found.document)
    )
    return plan, question, [*changes, *more]


def _without_shares(options: Options, licences: set[str]) -> tuple[Options, list[Change]]:
    """Leave out the shares of capacity that rights unknown here can use."""
    kept = {licence: one for licence, one in options.usable.items() if licence in licences}
    changes = [
        Change(
            case="",
            path=f"options.usable.{licence}",
            old={str(year): share for year, share in by_year.items()},
            new=None,
        )
        for licence, by_year in options.usable.items()
        if licence not in kept
    ]
    return options.model_copy(update={"usable": kept}), changes


def _left_out(path: str, one: Expansion | Merger | Overproduction) -> Change:
    return Change(case="", path=path, old=one.model_dump(mode="json", exclude_none=True), new=None)


def _without_figures(found: Found) -> tuple[Question, list[Change]]:
    """Leave out costs and distances of what has gone."""
    question = found.question
    changes: list[Change] = []
    update: dict[str, object] = {}
    if question.costs is not None:
        listed = {one.id for one in (*found.plan.expansions, *question.expansions)}
        costs = question.costs.expansion
        kept = {name: cost for name, cost in costs.items() if name in listed}
        changes += [
            Change(case="", path=f"costs.expansion.{name}", old=cost, new=None)
            for name, cost in costs.items()
            if name not in kept
        ]
        update["costs"] = question.costs.model_copy(update={"expansion": kept})
    if question.transport is not None:
        known = set(origins(found))
        given = question.transport.distances
        left = {name: one for name, one in given.items() if name in known}
        changes += [
            Change(case="", path=f"transport.distances.{name}", old=dict(one), new=None)
            for name, one in given.items()
            if name not in left
        ]
        update["transport"] = question.transport.model_copy(update={"distances": left})
    return question.model_copy(update=update), changes
