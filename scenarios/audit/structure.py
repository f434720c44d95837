"""Count and ratio by plain arithmetic: the fewest closings and issues that reach both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.finding import Finding, note, warning
from minequota.scenarios.classes import class_of_capacity, size_class
from minequota.scenarios.plan import Scope
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import forced_to_leave, protected
from minequota.scenarios.supply import candidates

_UPPER = ("large", "medium")


@dataclass(frozen=True)
class Structure:
    """The rights of the base and what may be done to their number.

    `limit` and `share` are the strictest targets over all rights; None where there is none.
    """

    rights: int
    upper: int
    forced: int
    forced_upper: int
    closable: int
    upper_candidates: int
    limit: int | None
    share: float | None


@dataclass(frozen=True)
class Way:
    """So many issued (all large or medium) and so many leaving, forced ones included."""

    issued: int
    leaving: int


def audit_structure(scenario: Scenario) -> Iterator[Finding]:
    """Say what reaching the targets of number and ratio takes at least."""
    base = structure_of(scenario)
    if base.limit is None and base.share is None:
        return
    way = fewest(base)
    targets_zh = "、".join(
        [f"≤{base.limit}个"] * (base.limit is not None)
        + [f"大中型≥{100 * (base.share or 0):g}%"] * (base.share is not None)
    )
    targets_en = " and ".join(
        [f"at most {base.limit}"] * (base.limit is not None)
        + [f"at least {100 * (base.share or 0):g} % large or medium"] * (base.share is not None)
    )
    start_zh = f"名册{base.rights}个，大中型{base.upper}个（{_percent(base.upper, base.rights)}）"
    start_en = (
        f"The register has {base.rights} rights, {base.upper} large or medium "
        f"({_percent(base.upper, base.rights)})"
    )
    if way is None:
        yield warning(
            "structure_out_of_reach",
            "count_and_ratio",
            f"{start_zh}；目标{targets_zh}：即使用足可投放{base.upper_candidates}个大中型、"
            f"可退出{base.closable + base.forced}个，也达不到。",
            f"{start_en}; the targets are {targets_en}: out of reach even with all "
            f"{base.upper_candidates} possible large or medium rights issued and all "
            f"{base.closable + base.forced} that may leave gone.",
            (
                "放宽目标，或增加可投放、可退出的采矿权。",
                "Relax a target, or let more rights be issued or leave.",
            ),
        )
        return
    if way.issued == 0 and way.leaving == base.forced:
        return
    held = base.rights - way.leaving + way.issued
    upper = base.upper - base.forced_upper + way.issued
    yield note(
        "structure",
        "count_and_ratio",
        f"{start_zh}；目标{targets_zh}。退出最少的做法：新设大中型{way.issued}个、"
        f"退出{way.leaving}个（其中到期不能延续{base.forced}个），"
        f"期末{held}个、大中型{upper}个（{_percent(upper, held)}）。",
        f"{start_en}; the targets are {targets_en}. Fewest leaving: issue {way.issued} large or "
        f"medium rights, {way.leaving} leave ({base.forced} of them because they cannot be "
        f"renewed); then {held} rights, {upper} large or medium ({_percent(upper, held)}).",
        (
            "每多投放1个，至少多退出1个（数量已到上限时）。",
            "Where the number is at its limit, each further issue takes one more off.",
        ),
    )


def structure_of(scenario: Scenario) -> Structure:
    """Return the numbers the arithmetic starts from."""
    plan, question = scenario.plan, scenario.question
    forced = [right for right in scenario.rights if forced_to_leave(plan, right, question.year)]
    gone = {right.licence for right in forced}
    closable = 0
    if question.options.closing:
        closable = sum(
            right.licence not in gone
            and not protected(right, question.options, large_or_medium=_is_upper(scenario, right))
            for right in scenario.rights
        )
    everything = Scope()
    limits = [
        one.limit
        for one in plan.counts
        if one.sense == "ceiling" and one.scope == everything and question.year in one.years
    ]
    shares = [
        one.share
        for one in plan.ratios
        if one.sense == "floor" and one.scope == everything and question.year in one.years
    ]
    return Structure(
        rights=len(scenario.rights),
        upper=sum(_is_upper(scenario, right) for right in scenario.rights),
        forced=len(forced),
        forced_upper=sum(_is_upper(scenario, right) for right in forced),
        closable=closable,
        upper_candidates=sum(
            class_of_capacity(plan, one.mineral, None, one.maximum) in _UPPER
            for one in candidates(scenario)
        ),
        limit=min(limits, default=None),
        share=max(shares, default=None),
    )


def fewest(base: Structure) -> Way | None:
    """Return the way with the fewest leaving, then the fewest issued; None when there is none.

    For n issued, the number asks ``leaving >= rights + n - limit`` and the ratio
    ``leaving >= rights + n - upper / share``, where ``upper`` counts the n and no forced leaver.
    """
    ways = []
    for issued in range(base.upper_candidates + 1):
        upper = base.upper - base.forced_upper + issued
        needed = [base.forced]
        if base.limit is not None:
            needed.append(base.rights + issued - base.limit)
        if base.share is not None:
            needed.append(base.rights + issued - math.floor(upper / base.share + 1e-9))
        leaving = max(needed)
        if leaving <= base.forced + base.closable:
            ways.append(Way(issued, leaving))
    return min(ways, key=lambda way: (way.leaving, way.issued), default=None)


def _is_upper(scenario: Scenario, right: Right) -> bool:
    return size_class(scenario.plan, right)[0] in _UPPER


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "—"
