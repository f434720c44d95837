"""What happens to every right: kept, renewed, enlarged, merged, leaving, issued."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.optimizer.allocation import Action, ActionKind, Issuance, Reorganisation
from minequota.optimizer.answer import Answer, clean
from minequota.optimizer.grounds import grounds
from minequota.optimizer.minimums import admission_minimum
from minequota.optimizer.records.sizes import class_of
from minequota.optimizer.records.terms import licence_term
from minequota.optimizer.rules.minscale import admission_floor
from minequota.optimizer.rules.renew import ends_in_horizon, why_leaving
from minequota.optimizer.source import Source
from minequota.optimizer.vintages import first_output_year
from minequota.scenarios.right import Right, Status
from minequota.scenarios.standing import lapsed

_CHOOSING = ("COUNT", "RATIO", "HOLDER", "EXCHANGE")


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
    kind, year, project, rule, clause = _what_happens(answer, m, source, right)
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
        year=year,
        project=project,
        eligible=source.eligible(answer.years[-1]) and not leaving and kind != "merge",
        grounds=grounds(problem, source) if leaving or kind == "lapsed" else (),
        rule=rule,
        source=clause,
    )


def _what_happens(
    answer: Answer, m: int, source: Source, right: Right
) -> tuple[ActionKind, int, str, str, str]:
    """Kind, year, project, rule and clause."""
    last = answer.years[-1]
    gone = answer.gone(m)
    into = answer.merged_into(m)
    if gone is not None and into is not None:
        merger = answer.problem.sources[into].merger
        assert merger is not None  # noqa: S101 - only mergers have members
        return "merge", gone, merger.id, "MERGE", merger.source
    if gone is not None:
        found = why_leaving(answer.problem, source)
        if found is not None and max(found.year, answer.years[0]) <= gone:
            return "leave_forced", gone, "", "RENEW", found.source or "scenario"
        return "leave_chosen", gone, "", ", ".join(_CHOOSING[:2]), _choosing_clauses(answer)
    enlarged = answer.enlarged_in(m)
    if enlarged is not None and source.enlargement is not None:
        project = source.enlargement.project
        return "expand", enlarged, project.id, "EXPAND", project.source
    if lapsed(right):
        return "lapsed", last, "", "STATUS", ""
    if ends_in_horizon(answer.problem, source):
        ends = right.licence_end.year if right.licence_end is not None else last
        if right.status is Status.EXPIRED:
            ends = answer.years[0]
        return "renew", min(max(ends, answer.years[0]), last), "", "RENEW", ""
    return "keep", last, "", "", ""


def _choosing_clauses(answer: Answer) -> str:
    """The clauses for whose sake rights are chosen to leave, each once."""
    sources = [c.source for c in answer.draft.clauses if c.code in _CHOOSING]
    return "；".join(dict.fromkeys(sources))


def issuance(answer: Answer) -> tuple[Issuance, ...]:
    """Return one record for every right issued or converted."""
    return tuple(
        _issued(answer, m, source)
        for m, source in enumerate(answer.problem.sources)
        if source.fresh and answer.held(m)
    )


def _issued(answer: Answer, m: int, source: Source) -> Issuance:
    problem, zone = answer.problem, source.zone
    place = zone or source.extra or source.conversion
    year = answer.since(m)
    assert place is not None and year is not None  # noqa: S101, PT018
    level = problem.scenario.question.authority_level
    size_class = class_of(answer, m)
    return Issuance(
        right=source.id,
        kind="converted" if source.kind == "converted" else "new",
        zone=source.zone_code,
        zone_name=place.name,
        county=source.county,
        mineral=source.mineral.name,
        product=source.product.name if source.product else "",
        area_km2=place.area_km2,
        capacity=answer.size(m),
        minimum=clean(admission_floor(problem, source) / source.factor),
        maximum=clean(source.maximum / source.factor),
        capacity_unit=source.capacity_unit,
        size_class=size_class,
        year=year,
        first_output_year=first_output_year(problem, source, year),
        term_years=licence_term(problem.plan, source, size_class, answer.size(m) * source.factor),
        own_authority=None if source.authority is None else source.authority == level,
        maximum_assumed=source.maximum_assumed,
        assumed=source.assumed,
        source=place.source,
    )


def reorganisations(answer: Answer) -> tuple[Reorganisation, ...]:
    """Return one record for every merger and every expansion decided."""
    return (*_mergers(answer), *_expansions(answer))


def _mergers(answer: Answer) -> Iterator[Reorganisation]:
    problem = answer.problem
    for k, source in enumerate(problem.sources):
        year = answer.since(k)
        if source.merger is None or year is None:
            continue
        parts = [problem.sources[m] for m in source.members]
        yield Reorganisation(
            id=source.merger.id,
            kind="merge",
            right=source.id,
            name=source.name,
            members=tuple(part.id for part in parts),
            holder=source.merger.holder,
            county=source.county,
            mineral=source.mineral.name,
            capacity_before=clean(sum(part.maximum for part in parts) / source.factor),
            capacity=clean(source.maximum / source.factor),
            minimum=clean(admission_floor(problem, source) / source.factor),
            capacity_unit=source.capacity_unit,
            size_class=class_of(answer, k),
            year=year,
            first_output_year=first_output_year(problem, source, year),
            synthetic=any(part.synthetic for part in parts),
            assumed=source.assumed,
            source=source.merger.source,
        )


def _expansions(answer: Answer) -> Iterator[Reorganisation]:
    problem = answer.problem
    for m, source in enumerate(problem.sources):
        year = answer.enlarged_in(m)
        if source.enlargement is None or year is None:
            continue
        project = source.enlargement.project
        least = 0.0
        if project.enlarges_area:
            least = admission_minimum(problem.plan, source, "enlarged").amount
        yield Reorganisation(
            id=project.id,
            kind="expand",
            right=source.id,
            name=source.name,
            members=(source.id,),
            holder=source.right.holder if source.right is not None else "",
            county=source.county,
            mineral=source.mineral.name,
            capacity_before=clean(source.maximum / source.factor),
            capacity=clean(source.most / source.factor),
            minimum=clean(least / source.factor),
            capacity_unit=source.capacity_unit,
            size_class=class_of(answer, m),
            year=year,
            first_output_year=first_output_year(problem, source, year),
            synthetic=source.synthetic,
            assumed=project.assumed,
            source=project.source,
        )
