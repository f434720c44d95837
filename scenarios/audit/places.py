"""Places planned against the number of rights allowed, and against the zones' own limits."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, number_text, say
from minequota.scenarios.audit.leaving import must_leave
from minequota.scenarios.audit.scopes import admits, count_bounds, holds_place, speaks_of
from minequota.scenarios.issuable import admission_minimum, candidates, product_of
from minequota.scenarios.minimums import density_of, in_licence_unit
from minequota.scenarios.plan import Count, Plan, Zone, ZoneLimit
from minequota.scenarios.right import Method
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import modelled_years


def audit_places(scenario: Scenario) -> Iterator[Finding]:
    """Yield where the plan's places and its limits pull against each other."""
    for count in scenario.plan.counts:
        yield from _above_count(scenario, count)
    for limit in scenario.plan.zone_limits:
        yield from _zone_limit(scenario, limit)


def _above_count(scenario: Scenario, count: Count) -> Iterator[Finding]:
    """Rights that stay, planned places and conversions against the number, in the last year."""
    plan = scenario.plan
    years = [
        year
        for year in modelled_years(scenario)
        if (found := count_bounds(scenario, count, year)) is not None and found[1] is not None
    ]
    if not years:
        return
    year = years[-1]
    bounds = count_bounds(scenario, count, year)
    most = bounds[1] if bounds is not None and bounds[1] is not None else 0
    rights = [one for one in scenario.rights if speaks_of(plan, count.scope, one)]
    forced = sum(must_leave(scenario, one, year) for one in rights)
    places = sum(zone.rights for zone in plan.zones if holds_place(plan, count.scope, zone))
    besides = [
        one for one in candidates(scenario) if not one.zone and admits(scenario, count.scope, one)
    ]
    converted = sum(one.kind == "conversion" for one in besides)
    extra = len(besides) - converted
    total = len(rights) + places + converted + extra
    if places + converted + extra == 0 or total - forced <= most:
        return
    room = max(0, most - len(rights) + forced)
    parts = [
        (places, "规划区块", "planned places"),
        (converted, "探转采", "conversions"),
        (extra, "情景另列", "proposed by the scenario"),
    ]
    zh = "".join(f"＋{words}{number}个" for number, words, _ in parts if number)
    en = "".join(f" + {number} {words}" for number, _, words in parts if number)
    gone_zh = f"，其中须退出{forced}个" if forced else ""
    gone_en = f", {forced} of which must leave" if forced else ""
    printed = count.printed_as or f"{count.limit if count.limit is not None else most}个"
    limit_zh = f"{printed}（不超过{most}个）"
    yield say(
        "places_above_count",
        count.id,
        f"{count.title.zh}{limit_zh}：名册{len(rights)}个{zh}＝{total}个{gone_zh}，"
        f"超出{total - forced - most}个；不退出其他采矿权，最多投放{room}个。（{count.source}）",
        f"{count.title.en}, at most {most}: {len(rights)} on the register{en} = {total}{gone_en}, "
        f"{total - forced - most} too many; unless other rights leave, at most {room} can be "
        f"issued. ({count.source})",
        (
            "区块不必全部投放；排定先后，或先安排退出、整合。",
            "Not every place can be issued: rank them, or let rights leave or merge first.",
        ),
    )


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
        f"{limit.title.en}, at most {limit.amount}: {len(inside)} rights inside have "
        f"{number_text(sum(inside))} {unit}, {number} places at their minimums need at least "
        f"{number_text(least)} {unit}: {number_text(needed)} {unit} in all. ({limit.source})",
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
