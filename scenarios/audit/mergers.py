"""Listed mergers against the holders and rights a clause allows, and against their minimums."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, say, years_text
from minequota.scenarios.audit.leaving import must_leave
from minequota.scenarios.audit.scopes import speaks_of
from minequota.scenarios.plan import HolderLimit
from minequota.scenarios.projects import Merger
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import modelled_years


def audit_mergers(scenario: Scenario) -> Iterator[Finding]:
    """Yield every holder limit that the listed mergers cannot bring about."""
    for limit in scenario.plan.holder_limits:
        short: dict[tuple[int, int], list[int]] = {}
        for year in modelled_years(scenario):
            if year in limit.years:
                now, least = holders(scenario, limit, year)
                if least > limit.limit:
                    short.setdefault((now, least), []).append(year)
        for (now, least), years in short.items():
            yield _short(scenario, limit, now, least, years)


def _short(
    scenario: Scenario, limit: HolderLimit, now: int, least: int, years: list[int]
) -> Finding:
    listed = sum(_in_scope(scenario, limit, one) for one in scenario.question.mergers)
    how_zh = f"按所列{listed}个整合项目最少降到{least}家" if listed else "情景未列整合项目"
    how_en = f"the {listed} listed mergers bring them to {least}" if listed else "none is listed"
    when = years_text(years)
    return say(
        "mergers_fall_short",
        limit.id,
        f"{limit.title.zh}：{when}年不超过{limit.limit}家；名册（不计须退出的）{now}家，{how_zh}"
        f"（不另关闭矿山）。（{limit.source}）",
        f"{limit.title.en}: at most {limit.limit} in {when}; {now} holders on the register, "
        f"forced leavers apart; {how_en} (nobody else closing). ({limit.source})",
        (
            "在情景mergers中补充整合项目，或写明收购后的采矿权人。",
            "List further mergers, or acquisitions with the holder afterwards.",
        ),
    )


def holders(scenario: Scenario, limit: HolderLimit, year: int) -> tuple[int, int]:
    """Return the holders of a scope in a year: without mergers, and at least with them.

    Every choice of listed mergers that share no member is tried.
    """
    staying = [
        right
        for right in scenario.rights
        if speaks_of(scenario.plan, limit.scope, right) and not must_leave(scenario, right, year)
    ]
    # A member that must leave otherwise may still be merged away before.
    mergers = [
        one
        for one in scenario.question.mergers
        if _in_scope(scenario, limit, one) and (one.years is None or one.years.first <= year)
    ]
    apart = len({_holder(right) for right in staying})
    return apart, _fewest(staying, mergers, frozenset())


def _fewest(staying: list[Right], mergers: list[Merger], done: frozenset[str]) -> int:
    """Return the fewest holders over all choices of the mergers that remain."""
    if not mergers:
        return len({_holder(right) for right in staying} | done)
    first, *rest = mergers
    without = _fewest(staying, rest, done)
    members = set(first.members)
    left = [right for right in staying if right.licence not in members]
    apart = [one for one in rest if not members & set(one.members)]
    holder = first.holder or f"merger:{first.id}"
    return min(without, _fewest(left, apart, done | {holder}))


def _holder(right: Right) -> str:
    return right.holder_group or right.holder or right.licence


def _in_scope(scenario: Scenario, limit: HolderLimit, merger: Merger) -> bool:
    members = [one for one in scenario.rights if one.licence in merger.members]
    return any(speaks_of(scenario.plan, limit.scope, one) for one in members)
