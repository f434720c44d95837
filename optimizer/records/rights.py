"""What happens to every right: kept, renewed, leaving, issued."""

from __future__ import annotations

from collections.abc import Callable

from minequota.optimizer.allocation import Action, ActionKind, Issuance, StructureLine
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.grounds import grounds
from minequota.optimizer.minimums import special_minimum
from minequota.optimizer.rules.minscale import admission_floor
from minequota.optimizer.rules.renew import ends_in_horizon, must_leave
from minequota.optimizer.sources import Source
from minequota.scenarios.classes import class_of_capacity
from minequota.scenarios.plan import SizeClass
from minequota.scenarios.right import Renewal
from minequota.scenarios.standing import lapsed
from minequota.scenarios.units import Quantity


def actions(answer: Answer) -> tuple[Action, ...]:
    """Return one record for every right of the register."""
    return tuple(
        _action(answer, m, source)
        for m, source in enumerate(answer.problem.sources)
        if source.existing
    )


def _action(answer: Answer, m: int, source: Source) -> Action:
    problem, right = answer.problem, source.right
    assert right is not None and right.size_class is not None  # noqa: S101, PT018
    kind: ActionKind = "keep"
    rule, clause = "", ""
    if must_leave(problem, source):
        kind, rule = "leave_forced", "RENEW"
        minimum = special_minimum(problem.plan, source, "renewed")
        by_assumption = right.renewal is Renewal.LEAVE or minimum is None
        clause = "scenario" if by_assumption or minimum is None else minimum.source
    elif not answer.held(m):
        kind, rule = "leave_chosen", "COUNT, RATIO"
        clause = "；".join(
            clause.source for clause in answer.draft.clauses if clause.code in ("COUNT", "RATIO")
        )
    elif lapsed(right):
        kind, rule = "lapsed", "STATUS"
    elif ends_in_horizon(problem, source):
        kind, rule = "renew", "RENEW"
    leaving = kind in ("leave_forced", "leave_chosen")
    return Action(
        right=source.id,
        # A made-up mine is never named as one to close.
        name="" if leaving and right.synthetic else right.name,
        synthetic=right.synthetic,
        county=source.county,
        mineral=source.mineral.name,
        size_class=right.size_class,
        capacity=right.capacity.value if right.capacity else None,
        capacity_unit=right.capacity.unit if right.capacity else "",
        green=right.green,
        kind=kind,
        eligible=source.eligible and not leaving,
        grounds=grounds(problem, source) if leaving or kind == "lapsed" else (),
        rule=rule,
        source=clause,
    )


def issuance(answer: Answer) -> tuple[Issuance, ...]:
    """Return one record for every right issued."""
    return tuple(
        _issued(answer, m, source)
        for m, source in enumerate(answer.problem.sources)
        if not source.existing and answer.held(m)
    )


def _issued(answer: Answer, m: int, source: Source) -> Issuance:
    problem, zone, extra = answer.problem, source.zone, source.extra
    place = zone or extra
    assert place is not None  # noqa: S101 - a candidate stands in a zone or is the scenario's own
    level = problem.scenario.question.authority_level
    return Issuance(
        right=source.id,
        zone=zone.code if zone else "",
        zone_name=place.name,
        county=source.county,
        mineral=source.mineral.name,
        product=source.product.name if source.product else "",
        area_km2=zone.area_km2 if zone else None,
        capacity=answer.size(m),
        minimum=clean(admission_floor(problem, source) / source.factor),
        maximum=clean(source.maximum / source.factor),
        capacity_unit=source.capacity_unit,
        size_class=issued_class(answer, m, source),
        year=problem.years[-1],
        own_authority=None if place.authority is None else place.authority == level,
        maximum_assumed=source.maximum_assumed,
        source=place.source,
    )


def issued_class(answer: Answer, m: int, source: Source) -> SizeClass:
    """Return the production size class of a new right at the capacity it is issued with."""
    return class_of_capacity(
        answer.problem.plan,
        source.mineral.name,
        source.extra.method if source.extra else None,
        Quantity(answer.size(m), source.capacity_unit),
        source.product.density if source.product else None,
    )


def structure(answer: Answer) -> tuple[StructureLine, ...]:
    """Count rights by mineral group, by county and in all, before and after."""
    plan = answer.problem.plan
    groups = ("energy", "metal", "non_metal", "water_gas")
    return (
        *(_line(answer, "group", g, lambda s, g=g: s.mineral.group == g) for g in groups),  # type: ignore[misc]
        *(
            _line(answer, "county", c.name, lambda s, c=c: s.county == c.name)  # type: ignore[misc]
            for c in plan.counties
        ),
        _line(answer, "all", "all", lambda s: True),
    )


def _line(answer: Answer, by: str, key: str, belongs: Callable[[Source], bool]) -> StructureLine:
    base: dict[str, int] = {"large": 0, "medium": 0, "small": 0}
    after: dict[str, int] = dict(base)
    leaving = issued = 0
    for m, source in enumerate(answer.problem.sources):
        if not belongs(source):
            continue
        held = answer.held(m)
        if source.right is not None:
            size_class = source.right.size_class or "small"
            base[size_class] += 1
            leaving += not held
        elif held:
            size_class = issued_class(answer, m, source)
            issued += 1
        if held:
            after[size_class] += 1
    return StructureLine(
        by=by,  # type: ignore[arg-type]
        key=key,
        base_large=base["large"],
        base_medium=base["medium"],
        base_small=base["small"],
        leaving=leaving,
        issued=issued,
        large=after["large"],
        medium=after["medium"],
        small=after["small"],
    )
