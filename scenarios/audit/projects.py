"""Listed projects: what they start from, what admits them, how long they last, when they yield."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.finding import Finding, listed, number_text, say
from minequota.scenarios.classes import class_of_capacity
from minequota.scenarios.issuable import admission_minimum, candidates, conversions
from minequota.scenarios.minimums import in_licence_unit
from minequota.scenarios.plan import Action, SizeClass
from minequota.scenarios.projects import Expansion, Merger, Project
from minequota.scenarios.right import Method, Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import expansions, merged_capacity
from minequota.scenarios.units import Quantity

USUAL: dict[SizeClass, int] = {"large": 30, "medium": 20, "small": 10}
"""Usual licence terms in years, by production size class."""
FAR_LONGER, FAR_SHORTER = 3, 2
"""Reserves for 3 times the usual term, or for less than half of it, are worth a second look."""
_CLASSES: dict[SizeClass, tuple[str, str]] = {
    "large": ("大型", "large"),
    "medium": ("中型", "medium"),
    "small": ("小型", "small"),
}
_ORDER: tuple[SizeClass, ...] = ("large", "medium", "small")
_SAME = 1e-9


@dataclass(frozen=True)
class _Sized:
    """A project or place with a capacity and, where known, its reserves."""

    id: str
    name: str
    mineral: str
    method: Method | None
    capacity: Quantity
    reserves: Quantity | None
    density: float | None = None


def audit_projects(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about expansions, conversions, mergers and places."""
    yield from _capacity_from(scenario)
    yield from _below_minimum(scenario)
    yield from _service_lives(scenario)
    yield from _late(scenario)


def _right(scenario: Scenario, name: str) -> Right | None:
    return next((one for one in scenario.rights if name in (one.licence, one.name)), None)


def _capacity_from(scenario: Scenario) -> Iterator[Finding]:
    advice = ("核对名册或项目的原有规模。", "Check the register, or the project's figure.")
    for one in expansions(scenario):
        right, clause = _right(scenario, one.right), f"expansions.{one.id}"
        if right is None:
            yield say(
                "expansion_from",
                clause,
                f"扩能项目“{one.right}”不在名册中，项目不起作用。（{one.source}）",
                f"The right {one.right!r} of an expansion is not on the register: the project has "
                f"no effect. ({one.source})",
                advice,
            )
        elif one.capacity_from is not None and not _same(one.capacity_from, right.capacity):
            made_up_zh = "（名册该数为合成）" if _made_up(right, "capacity") else ""
            made_up_en = " (a synthetic figure)" if _made_up(right, "capacity") else ""
            yield say(
                "expansion_from",
                clause,
                f"{right.name}：扩能前规模印为{one.capacity_from}，名册为"
                f"{right.capacity or '空白'}{made_up_zh}。（{one.source}）",
                f"{right.name}: the capacity before its expansion is printed as "
                f"{one.capacity_from}, the register has {right.capacity or 'none'}{made_up_en}. "
                f"({one.source})",
                advice,
            )


def _made_up(right: Right, field: str) -> bool:
    return right.origin(field).value == "synthetic"


def _same(one: Quantity, other: Quantity | None) -> bool:
    return (
        other is not None
        and one.dimension == other.dimension
        and abs(one.to(other.unit) - other.value) <= _SAME * max(1.0, other.value)
    )


def _below_minimum(scenario: Scenario) -> Iterator[Finding]:
    for merger in scenario.question.mergers:
        members = [one for one in scenario.rights if one.licence in merger.members]
        capacity = merged_capacity(scenario, merger)
        if not members or capacity is None:
            continue
        deposit = merger.deposit_class or _largest_deposit(members)
        method = Method(merger.method) if merger.method else members[0].method
        yield from _not_admitted(
            scenario,
            merger,
            "mergers",
            merger.name,
            members[0],
            method,
            deposit,
            capacity,
            "merged",
        )
    for one in expansions(scenario):
        right = _right(scenario, one.right)
        if right is not None and one.enlarges_area:
            yield from _not_admitted(
                scenario,
                one,
                "expansions",
                right.name,
                right,
                right.method,
                right.deposit_class,
                one.capacity,
                "enlarged",
            )


def _largest_deposit(members: list[Right]) -> SizeClass | None:
    known = {one.deposit_class for one in members}
    return next((size for size in _ORDER if size in known), None)


def _not_admitted(
    scenario: Scenario,
    project: Project,
    family: str,
    name: str,
    right: Right,
    method: Method | None,
    deposit: SizeClass | None,
    capacity: Quantity,
    action: Action,
) -> Iterator[Finding]:
    least = admission_minimum(scenario.plan, right.mineral, method, deposit, action, capacity.unit)
    if least is not None and capacity.value < least.value * (1 - _SAME):
        yield say(
            "merger_below_minimum",
            f"{family}.{project.id}",
            f"{name}：项目后规模{capacity}，低于最低规模{number_text(least.value)} {least.unit}，"
            f"不能选用。（{project.source}）",
            f"{name}: {capacity} afterwards is below the minimum of {number_text(least.value)} "
            f"{least.unit}, so the project cannot be chosen. ({project.source})",
            ("提高项目规模，或并入更多矿山。", "Raise its capacity, or merge more rights."),
        )


def _sized(scenario: Scenario) -> Iterator[_Sized]:
    for conversion in conversions(scenario):
        method = Method(conversion.method) if conversion.method else None
        yield _Sized(
            conversion.id,
            conversion.name,
            conversion.mineral,
            method,
            conversion.capacity,
            conversion.reserves,
        )
    for expansion in expansions(scenario):
        right = _right(scenario, expansion.right)
        if right is not None:
            reserves = expansion.reserves or right.reserves
            yield _Sized(
                expansion.id,
                right.name,
                right.mineral,
                right.method,
                expansion.capacity,
                reserves,
                right.density,
            )
    for merger in scenario.question.mergers:
        members = [one for one in scenario.rights if one.licence in merger.members]
        capacity = merged_capacity(scenario, merger)
        if members and capacity is not None:
            method = Method(merger.method) if merger.method else members[0].method
            reserves = merger.reserves or _sum([one.reserves for one in members])
            yield _Sized(merger.id, merger.name, members[0].mineral, method, capacity, reserves)
    # Rights of one zone, and extra candidates numbered alike, are one place here.
    places = {
        (one.zone, one.mineral, one.maximum, one.reserves): one
        for one in candidates(scenario)
        if one.kind != "conversion"
    }
    for one in places.values():
        if one.maximum is not None:
            zone = next((it for it in scenario.plan.zones if it.code == one.zone), None)
            name = zone.name if zone is not None and one.kind == "zone" else one.id
            yield _Sized(name, name, one.mineral, one.method, one.maximum, one.reserves)


def _sum(amounts: list[Quantity | None]) -> Quantity | None:
    known = [one for one in amounts if one is not None]
    if len(known) < len(amounts) or not known:
        return None
    if any(one.dimension != known[0].dimension for one in known):
        return None
    return Quantity(sum(one.to(known[0].unit) for one in known), known[0].unit)


def years_of(reserves: Quantity | None, capacity: Quantity, density: float | None) -> float | None:
    """Return how long reserves last at a capacity; None where unknown or not comparable."""
    if reserves is None or capacity.value <= 0:
        return None
    amount = in_licence_unit(reserves, capacity.unit, density)
    return None if amount is None else amount / capacity.value


def _service_lives(scenario: Scenario) -> Iterator[Finding]:
    """Short or overlong lives of projects and places, all in one finding."""
    zh, en = [], []
    for one in _sized(scenario):
        years = years_of(one.reserves, one.capacity, one.density)
        if years is None:
            continue
        size = class_of_capacity(scenario.plan, one.mineral, one.method, one.capacity, one.density)
        usual = USUAL[size]
        if usual / FAR_SHORTER <= years <= usual * FAR_LONGER:
            continue
        size_zh, size_en = _CLASSES[size]
        sum_ = f"{one.reserves}÷{one.capacity}＝{years:.1f}"
        sum_en = f"{one.reserves} ÷ {one.capacity} = {years:.1f}"
        zh.append(f"{one.name}：{sum_}年（{size_zh}矿山常用{usual}年）")
        en.append(f"{one.name}: {sum_en} years (usual for a {size_en} mine: {usual})")
    if zh:
        yield say(
            "project_life",
            "reserves",
            f"{len(zh)}个项目或区块的服务年限与常用年限不相称：{listed(zh, between='；')}。",
            f"Projects or places that last far shorter or far longer than usual: {len(en)}: "
            f"{listed(en, 'en', between='; ')}.",
            (
                "出让年限不超过服务年限；核实储量与拟设规模。",
                "The licence runs no longer than the reserves; check reserves and capacity.",
            ),
        )


def _late(scenario: Scenario) -> Iterator[Finding]:
    question = scenario.question
    projects: list[Project] = [
        *expansions(scenario),
        *conversions(scenario),
        *scenario.question.mergers,
    ]
    late = [one for one in projects if _yields_after(scenario, one)]
    if not late:
        return
    names_zh = listed([f"{_title(scenario, one)}（{_yields_from(scenario, one)}）" for one in late])
    names_en = listed(
        [f"{_title(scenario, one)} ({_yields_from(scenario, one)})" for one in late], "en"
    )
    if question.mode == "calendar":
        yield say(
            "project_late",
            "projects",
            f"{len(late)}个项目到{question.year}年底仍不产出：{names_zh}。",
            f"Projects that yield nothing by the end of {question.year}: {names_en}.",
            ("其数量和规模计入，产量不计。", "They count as rights and capacity, not as output."),
        )
    else:
        yield say(
            "target_state_project",
            "projects",
            f"目标状态视同建成：{len(late)}个项目实际晚于{question.year}年投产：{names_zh}。",
            f"Target state takes as built what yields only after {question.year}: {names_en}.",
            ("逐年结果见calendar情景。", "A calendar scenario shows the years themselves."),
        )


def _title(scenario: Scenario, project: Project) -> str:
    if isinstance(project, Expansion):
        right = _right(scenario, project.right)
        return right.name if right is not None else project.right
    return str(getattr(project, "name", project.id))


def _yields_from(scenario: Scenario, project: Project) -> int | None:
    """Return the first year it can yield, where it says so or may be decided only late."""
    if project.yields_from is not None:
        return project.yields_from
    if project.years is None:
        return None
    lead = 0 if isinstance(project, Merger) else scenario.question.options.lead_time
    return project.years.first + lead


def _yields_after(scenario: Scenario, project: Project) -> bool:
    first = _yields_from(scenario, project)
    return first is not None and first > scenario.question.year
