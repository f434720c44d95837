"""Places planned against the number of rights allowed, and against the zones' own limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.finding import Finding, number_text, say
from minequota.scenarios.audit.leaving import must_leave
from minequota.scenarios.audit.scopes import admits, count_bounds, holds_place, speaks_of
from minequota.scenarios.issuable import (
    Candidate,
    admission_minimum,
    candidates,
    product_of,
)
from minequota.scenarios.minimums import density_of, in_licence_unit
from minequota.scenarios.plan import Count, Plan, Scope, Zone, ZoneLimit
from minequota.scenarios.right import Method
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import modelled_years


@dataclass(frozen=True)
class Crowd:
    """Rights held and places planned under one count, in one year."""

    count: Count
    most: int
    held: int
    forced: int
    places: int
    converted: int
    extra: int

    @property
    def new(self) -> int:
        """All that may be issued or converted."""
        return self.places + self.converted + self.extra

    @property
    def total(self) -> int:
        """All together, those that must leave included."""
        return self.held + self.new


def audit_places(scenario: Scenario) -> Iterator[Finding]:
    """Yield where the plan's places and its limits pull against each other."""
    crowds = [
        found
        for count in scenario.plan.counts
        if (found := crowd(scenario, count)) is not None
        and found.new > 0
        and found.total > found.most
    ]
    # The counts of the counties say the same thing county by county: one finding.
    county = [one for one in crowds if one.count.scope.county is not None]
    for group in ([one] for one in crowds if one.count.scope.county is None):
        yield _above_counts(group)
    if county:
        yield _above_counts(county)
    for limit in scenario.plan.zone_limits:
        yield from _zone_limit(scenario, limit)


def crowd(scenario: Scenario, count: Count) -> Crowd | None:
    """Return what a count meets in the last year it is held in; None where it limits nothing."""
    plan = scenario.plan
    for year in reversed(modelled_years(scenario)):
        bounds = count_bounds(scenario, count, year)
        if bounds is None or bounds[1] is None:
            continue
        rights = [one for one in scenario.rights if speaks_of(plan, count.scope, one)]
        new = list(candidates(scenario))
        besides = [one for one in new if not one.zone and admits(scenario, count.scope, one)]
        inside = [one for one in new if one.zone]
        converted = sum(one.kind == "conversion" for one in besides)
        return Crowd(
            count=count,
            most=bounds[1],
            held=len(rights),
            forced=sum(must_leave(scenario, one, year) for one in rights),
            places=sum(_places(scenario, count.scope, zone, inside) for zone in plan.zones),
            converted=converted,
            extra=len(besides) - converted,
        )
    return None


def _above_counts(crowds: list[Crowd]) -> Finding:
    sources = "；".join(dict.fromkeys(one.count.source for one in crowds))
    return say(
        "places_above_count",
        "+".join(one.count.id for one in crowds),
        f"{'；'.join(_said_zh(one) for one in crowds)}。（{sources}）",
        f"{'; '.join(_said_en(one) for one in crowds)}. ({sources})",
        (
            "区块不必全部投放；排定先后，或先安排退出、整合。",
            "Not every place can be issued: rank them, or let rights leave or merge first.",
        ),
    )


def _said_zh(one: Crowd) -> str:
    new = [(one.places, "规划区块"), (one.converted, "探转采"), (one.extra, "情景另列")]
    sum_ = "".join(f"＋{words}{number}个" for number, words in new if number)
    limit = f"不超过{one.most}个"
    if one.count.printed_as or one.count.limit != one.most:
        limit += f"（原文{one.count.printed_as or '未印数'}）"
    gone = f"须退出{one.forced}个之后" if one.forced else ""
    staying = one.held - one.forced
    room = f"不再有人退出的话，最多投放{max(0, one.most - staying)}个"
    if staying + one.new <= one.most:
        room = f"为{staying + one.new}个，可全部投放"
    return (
        f"{one.count.title.zh}{limit}：名册{one.held}个{sum_}＝{one.total}个，"
        f"超出{one.total - one.most}个；{gone}{room}"
    )


def _said_en(one: Crowd) -> str:
    new = [
        (one.places, "planned"),
        (one.converted, "by conversion"),
        (one.extra, "proposed by the scenario"),
    ]
    sum_ = "".join(f" + {number} {words}" for number, words in new if number)
    gone = f"once {one.forced} that must leave have gone, " if one.forced else ""
    staying = one.held - one.forced
    room = f"at most {max(0, one.most - staying)} can be issued unless others leave"
    if staying + one.new <= one.most:
        room = f"all can be issued ({staying + one.new} then)"
    return (
        f"{one.count.title.en}, at most {one.most}: {one.held} on the register{sum_} = "
        f"{one.total}, {one.total - one.most} too many; {gone}{room}"
    )


def _places(scenario: Scenario, scope: Scope, zone: Zone, inside: list[Candidate]) -> int:
    """Rights of a zone that a scope speaks of; of a pool, by what the scenario puts there."""
    if zone.mineral is None and (scope.minerals or scope.group or scope.groups):
        proposed = [one for one in inside if one.zone == zone.code]
        if proposed:
            return min(zone.rights, sum(admits(scenario, scope, one) for one in proposed))
    return zone.rights if holds_place(scenario.plan, scope, zone) else 0


def _zone_limit(scenario: Scenario, limit: ZoneLimit) -> Iterator[Finding]:
    """Licensed capacity inside the zones and the least their places need, against a ceiling."""
    plan, year = scenario.plan, scenario.question.year
    if limit.measure != "capacity" or limit.sense == "floor" or year not in limit.years:
        return
    unit = limit.amount.unit
    inside = [
        amount
        for right in scenario.rights
        if right.zone in limit.zones
        and (not limit.minerals or right.mineral in limit.minerals)
        and right.capacity is not None
        and (amount := in_licence_unit(right.capacity, unit, density_of(plan, right))) is not None
    ]
    places = [
        (zone.rights, least)
        for zone in plan.zones
        if zone.code in limit.zones
        and zone.mineral is not None
        and (not limit.minerals or zone.mineral in limit.minerals)
        and (least := _least(plan, zone, unit)) is not None
    ]
    needed = sum(inside) + sum(number * least for number, least in places)
    if not places or needed <= limit.amount.value * (1 + 1e-9):
        return
    number = sum(count for count, _ in places)
    least = sum(count * amount for count, amount in places)
    yield say(
        "zone_limit_exceeded",
        limit.id,
        f"{limit.title.zh}不超过{limit.amount}：区内已有{len(inside)}个采矿权"
        f"{number_text(sum(inside))}{unit}，{number}个区块按最低规模至少{number_text(least)}{unit}，"
        f"合计{number_text(needed)}{unit}。（{limit.source}）",
        f"{limit.title.en}, at most {limit.amount}: inside there are {number_text(sum(inside))} "
        f"{unit} ({len(inside)} on the register), the planned places ({number}) need at least "
        f"{number_text(least)} {unit} by their minimums: {number_text(needed)} {unit} in all. "
        f"({limit.source})",
        (
            "区块不能全部投放，或先核减区内已有规模。",
            "Not every place can be issued unless capacity inside the zones is cut.",
        ),
    )


def _least(plan: Plan, zone: Zone, unit: str) -> float | None:
    if zone.mineral is None:
        return None
    method = Method(zone.method) if zone.method else None
    least = zone.minimum or admission_minimum(plan, zone.mineral, method, zone.deposit_class)
    if least is None:
        return None
    product = product_of(plan, zone.mineral)
    return in_licence_unit(least, unit, product.density if product is not None else None)
