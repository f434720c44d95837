"""Number and ratio: whether issuing alone reaches them, and the fewest that must go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.enumeration import (
    Structure,
    Way,
    best_by_issuing,
    fewest,
    with_projects,
)
from minequota.scenarios.audit.finding import Finding, number_text, percent_text, say, years_text
from minequota.scenarios.audit.leaving import must_leave
from minequota.scenarios.audit.scopes import admits, clause_figure, count_bounds, speaks_of
from minequota.scenarios.classes import class_of_capacity, size_class
from minequota.scenarios.issuable import Candidate, candidates
from minequota.scenarios.plan import Count, Ratio, Scope
from minequota.scenarios.projects import Merger
from minequota.scenarios.right import Right, Status
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import protected
from minequota.scenarios.supply import expansions, modelled_years

_UPPER = ("large", "medium")
Clause = Count | Ratio


@dataclass(frozen=True)
class Targets:
    """Clauses about one set of rights in one year, and the numbers they start from."""

    clauses: tuple[Clause, ...]
    base: Structure


def audit_structure(scenario: Scenario) -> Iterator[Finding]:
    """Say what reaching the targets of number and ratio takes at least, year by year."""
    years: dict[Targets, list[int]] = {}
    for year in modelled_years(scenario):
        for targets in targets_in(scenario, year):
            years.setdefault(targets, []).append(year)
    for targets, held in years.items():
        yield from _of_targets(scenario, targets, held)


def targets_in(scenario: Scenario, year: int) -> Iterator[Targets]:
    """Yield the targets of a year, those about the same rights together."""
    groups: dict[tuple[frozenset[str], frozenset[str]], list[Clause]] = {}
    clauses_of_plan: tuple[Clause, ...] = (*scenario.plan.counts, *scenario.plan.ratios)
    for clause in clauses_of_plan:
        if _in_force(scenario, clause, year):
            rights = frozenset(one.licence for one in _rights(scenario, clause.scope))
            new = frozenset(one.id for one in _candidates(scenario, clause.scope, year))
            groups.setdefault((rights, new), []).append(clause)
    for clauses in groups.values():
        yield Targets(tuple(clauses), structure_of(scenario, clauses, year))


def _in_force(scenario: Scenario, clause: Clause, year: int) -> bool:
    if isinstance(clause, Count):
        return count_bounds(scenario, clause, year) is not None
    return clause.sense in ("floor", "level", "about") and (
        clause_figure(scenario, clause, year) is not None
    )


def _rights(scenario: Scenario, scope: Scope) -> list[Right]:
    return [one for one in scenario.rights if speaks_of(scenario.plan, scope, one)]


def _candidates(scenario: Scenario, scope: Scope, year: int) -> list[Candidate]:
    return [
        one
        for one in candidates(scenario)
        if admits(scenario, scope, one)
        and (one.project is None or one.project.years is None or one.project.years.first <= year)
    ]


def structure_of(scenario: Scenario, clauses: list[Clause], year: int) -> Structure:
    """Return the numbers that clauses about the same rights start from in a year."""
    scope = clauses[0].scope
    rights = _rights(scenario, scope)
    upper = {one.licence for one in rights if size_class(scenario.plan, one)[0] in _UPPER}
    forced = {one.licence for one in rights if must_leave(scenario, one, year)}
    closable = [
        one for one in rights if one.licence not in forced and _closable(scenario, one, upper)
    ]
    new_upper, new_small = _new(scenario, _candidates(scenario, scope, year))
    bounds = [
        found
        for one in clauses
        if isinstance(one, Count) and (found := count_bounds(scenario, one, year)) is not None
    ]
    shares = [_least_share(scenario, one, year) for one in clauses if isinstance(one, Ratio)]
    mergers = [one for one in scenario.question.mergers if _merges(one, rights)]
    enlarged = {one.right for one in expansions(scenario)}
    return Structure(
        rights=len(rights),
        upper=len(upper),
        forced=len(forced),
        forced_upper=len(forced & upper),
        closable_small=sum(one.licence not in upper for one in closable),
        closable_upper=sum(one.licence in upper for one in closable),
        upper_candidates=new_upper,
        small_candidates=new_small,
        least=max((least for least, _ in bounds), default=0),
        most=min((most for _, most in bounds if most is not None), default=None),
        share=max(shares, default=None),
        merging=sum(len(one.members) - 1 for one in mergers),
        upgrades=len(mergers)
        + sum(
            one.licence not in upper and bool({one.licence, one.name} & enlarged) for one in rights
        ),
    )


def _merges(merger: Merger, rights: list[Right]) -> bool:
    members = {one.licence for one in rights} & set(merger.members)
    return len(members) > 1


def _closable(scenario: Scenario, right: Right, upper: set[str]) -> bool:
    """Whether it may be chosen to close; a court's seal is not the bureau's to lift or use."""
    options = scenario.question.options
    large_or_medium = right.licence in upper
    return (
        options.closing
        and right.status is not Status.SEALED
        and not protected(right, options, large_or_medium=large_or_medium)
    )


def _new(scenario: Scenario, found: list[Candidate]) -> tuple[int, int]:
    """Return how many may be issued as large or medium and as small, zone by zone."""
    plan = scenario.plan
    rights = {zone.code: zone.rights for zone in plan.zones}
    upper: dict[str, int] = {}
    small: dict[str, int] = {}
    for one in found:
        large = one.maximum is not None and (
            class_of_capacity(plan, one.mineral, one.method, one.maximum, one.ore.density) in _UPPER
        )
        counts = upper if large else small
        counts[one.zone] = counts.get(one.zone, 0) + 1
    for zone, number in rights.items():
        upper[zone] = min(upper.get(zone, 0), number)
        small[zone] = min(small.get(zone, 0), number - upper[zone])
    return sum(upper.values()), sum(small.values())


def _least_share(scenario: Scenario, ratio: Ratio, year: int) -> float:
    share = clause_figure(scenario, ratio, year) or 0.0
    return share * (1 - (ratio.tolerance or 0.0)) if ratio.sense == "about" else share


def _of_targets(scenario: Scenario, targets: Targets, years: list[int]) -> Iterator[Finding]:
    base = targets.base
    least = fewest(base)
    if least is not None and least.issued == least.closed == 0:
        return
    clause = "+".join(one.id for one in targets.clauses)
    zh, en = _start(scenario, targets, years)
    if least is None:
        yield _without_way(targets, clause, zh, en)
    elif base.share is not None and least.closed > 0:
        by_issuing_zh, by_issuing_en = _by_issuing(base)
        yield say(
            "ratio_needs_closures",
            clause,
            f"{zh}。只靠投放达不到：{by_issuing_zh}。只靠关闭和投放（不整合、不扩能，"
            f"不关受保护和被查封的）最少关闭{least.closed}个、投放{least.issued}个："
            f"{_share(least)}。",
            f"{en}. Issuing alone does not reach this: {by_issuing_en}. By closing and issuing "
            "alone (no merger, no expansion, protected and sealed rights kept) at least "
            f"{least.closed} close and {least.issued} are issued: {_share(least, ' = ')}.",
            (
                "提前安排整合、扩能或退出；只按这几项指标测算，其他限额可能要求更多。",
                "Prepare mergers, expansions or closings; other limits may ask for more of them.",
            ),
        )
    else:
        yield say(
            "structure",
            clause,
            f"{zh}。最少做法：{_acts(least)[0]}，期末{_then(base, least, '个')}。",
            f"{en}. The least that reaches this: {_acts(least)[1]}, then "
            f"{_then(base, least, ' held', ' = ')}.",
            (
                "只按这几项指标测算，县级或分矿种限额可能要求更多。",
                "By these targets alone; limits of a county or a mineral may ask for more.",
            ),
        )


def _without_way(targets: Targets, clause: str, zh: str, en: str) -> Finding:
    base = targets.base
    helped = fewest(with_projects(base)) is not None
    if helped:
        return say(
            "ratio_needs_closures" if base.share is not None else "structure",
            clause,
            f"{zh}。只靠投放和关闭达不到，须配合所列的整合或扩能项目。",
            f"{en}. Issuing and closing alone do not reach this: listed mergers or expansions "
            "are needed.",
            ("选用所列整合、扩能项目。", "Carry out the listed mergers or expansions."),
        )
    binding = all(one.attribute == "binding" for one in targets.clauses)
    closable = base.closable_small + base.closable_upper
    return say(
        "structure_out_of_reach",
        clause,
        f"{zh}：可投放大中型{base.upper_candidates}个、小型{base.small_candidates}个，可选择关闭"
        f"{closable}个，连同所列整合、扩能全部用上，也达不到。",
        f"{en}: out of reach with all {base.upper_candidates} large or medium and "
        f"{base.small_candidates} small candidates, all {closable} that may be chosen to close, "
        "and every listed merger and expansion.",
        (
            "放宽目标，或增加可投放、可退出、可整合的采矿权。",
            "Relax a target, or let more rights be issued, leave or merge.",
        ),
        severity="error" if binding else None,
    )


def _start(scenario: Scenario, targets: Targets, years: list[int]) -> tuple[str, str]:
    """Return where the rights stand and where they are to come."""
    base = targets.base
    forced_zh = f"，须退出{base.forced}个" if base.forced else ""
    forced_en = f", {base.forced} must leave" if base.forced else ""
    share_zh = share_en = ""
    if base.share is not None and base.rights:
        share = percent_text(base.upper / base.rights)
        share_zh = f"，大中型{base.upper}个（{base.upper}/{base.rights}＝{share}）"
        share_en = f", {base.upper}/{base.rights} = {share} large or medium"
    made_up = sum(one.synthetic for one in _rights(scenario, targets.clauses[0].scope))
    if made_up:
        share_zh += f"，其中{made_up}个含合成字段"
        share_en += f", {made_up} with synthetic fields"
    titles_zh = "、".join(one.title.zh for one in targets.clauses)
    titles_en = ", ".join(one.title.en for one in targets.clauses)
    when = years_text(years)
    return (
        f"{when}年{titles_zh}：名册{base.rights}个{share_zh}{forced_zh}；目标{_goal(base, 'zh')}",
        f"{titles_en}, {when}: {base.rights} on the register{share_en}{forced_en}; the target is "
        f"{_goal(base, 'en')}",
    )


def _goal(base: Structure, lang: str) -> str:
    parts = []
    unit = "个" if lang == "zh" else ""
    if base.least and base.most is not None:
        parts.append(f"{base.least}–{base.most}{unit}")
    elif base.most is not None:
        parts.append(f"≤{base.most}{unit}")
    elif base.least:
        parts.append(f"≥{base.least}{unit}")
    if base.share is not None:
        share = f"≥{number_text(100 * base.share)}%"
        parts.append(f"大中型{share}" if lang == "zh" else f"{share} large or medium")
    return "、".join(parts) if lang == "zh" else " and ".join(parts)


def _by_issuing(base: Structure) -> tuple[str, str]:
    best = best_by_issuing(base)
    if best is None:
        return (
            f"不投放也有{base.staying}个，已超出{base.staying - (base.most or 0)}个",
            f"{base.staying} stay without any, {base.staying - (base.most or 0)} too many",
        )
    return (
        f"数量之内至多投放{best.issued}个大中型，{_share(best)}",
        f"within the number {best.issued} large or medium ones give at best {_share(best, ' = ')}",
    )


def _acts(way: Way) -> tuple[str, str]:
    fewer = [(f"减少{way.closed}个（关闭，或整合后减少）", f"{way.closed} closed or merged away")]
    more = [(f"投放{way.issued}个", f"{way.issued} issued")]
    acts = fewer * (way.closed > 0) + more * (way.issued > 0)
    return "、".join(zh for zh, _ in acts), " and ".join(en for _, en in acts)


def _then(base: Structure, way: Way, unit: str, between: str = "＝") -> str:
    return f"{way.held}{unit}" if base.share is None else _share(way, between)


def _share(way: Way, between: str = "＝") -> str:
    share = percent_text(way.upper / way.held) if way.held else "0"
    return f"{way.upper}/{way.held}{between}{share}"
