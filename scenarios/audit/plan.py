"""What the plan's own figures say against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from minequota.scenarios.audit.finding import Finding, number_text, say
from minequota.scenarios.plan import BaseCount, Cap, Contradiction, Plan, Printed
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import in_product, modelled_years, supplies
from minequota.scenarios.units import Quantity

_UPPER = ("ceiling", "level", "about")
_RULES = {
    "stricter": ("从严", "the stricter holds"),
    "main_indicator": ("以主要指标为准", "the main indicator holds"),
    "reported_only": ("只作提示，不参与计算", "reported only, no part of the calculation"),
}
_NUMBER = re.compile(r"\d[\d,]*\.?\d*\s*[^\W\d_]*")
_CHECK = ("请核对原文。", "Check it against the printed plan.")


def audit_plan(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the plan's figures."""
    plan = scenario.plan
    yield from _contradictions(plan)
    yield from _printed(plan)
    yield from _structure_of_base(plan)
    yield from _double_caps(scenario)
    yield from _county_splits(scenario)
    yield from _floors(scenario)


def recomputed(printed: Printed) -> float:
    """Return what the parts of a printed sum or percentage give."""
    if printed.computed_from == "percent":
        part, whole = printed.parts
        return 100 * part / whole
    return round(sum(printed.parts), 9)


def _contradictions(plan: Plan) -> Iterator[Finding]:
    for one in plan.contradictions:
        rule_zh, rule_en = _RULES[one.rule]
        yield say(
            "contradiction",
            one.id,
            f"{one.about}：规划中两处不一致（{'；'.join(one.figures)}）。"
            f"处理规则：{rule_zh}，采用：{one.chosen}。（{one.source}）",
            f"{one.about}: the plan says two things ({'; '.join(one.figures)}). Rule: {rule_en}; "
            f"used: {one.chosen}. ({one.source})",
            ("请规划编制单位核实。", "Have the plan's authors confirm the figure."),
        )


def known(plan: Plan, *amounts: Quantity) -> bool:
    """Whether a contradiction of the plan already names all these figures."""
    return any(all(_names(one, amount) for amount in amounts) for one in plan.contradictions)


def _names(contradiction: Contradiction, amount: Quantity) -> bool:
    return any(
        _is(text, amount) for figure in contradiction.figures for text in _NUMBER.findall(figure)
    )


def _is(text: str, amount: Quantity) -> bool:
    try:
        found = Quantity.parse(text)
    except ValueError:
        return False
    return found.dimension == amount.dimension and abs(
        found.to(amount.unit) - amount.value
    ) <= 1e-9 * max(1.0, amount.value)


def _printed(plan: Plan) -> Iterator[Finding]:
    named = {one.id for one in plan.contradictions}
    for one in plan.printed:
        if one.computed_from == "percent" and (len(one.parts) != 2 or one.parts[1] == 0):
            continue
        value = recomputed(one)
        if one.id not in named and abs(value - one.printed) > one.tolerance + 1e-9:
            yield say(
                "printed_figure",
                one.id,
                f"{one.about}：印刷值{number_text(one.printed)}，按各项{_sum(one)}重算为"
                f"{number_text(value)}，相差{number_text(abs(value - one.printed))}。"
                f"（{one.source}）",
                f"{one.about}: printed {number_text(one.printed)}, its parts {_sum(one)} give "
                f"{number_text(value)}, {number_text(abs(value - one.printed))} away. "
                f"({one.source})",
                _CHECK,
            )


def _sum(printed: Printed) -> str:
    between = "÷" if printed.computed_from == "percent" else "＋"
    return between.join(number_text(part) for part in printed.parts)


def _structure_of_base(plan: Plan) -> Iterator[Finding]:
    """Sizes and groups of the base year must add up to the same number of rights."""

    def of(group: bool, sizes: set[str]) -> list[BaseCount]:
        return [
            one
            for one in plan.base_counts
            if bool(one.group or one.groups) == group
            and not one.minerals
            and set(one.size_classes) == sizes
        ]

    total = of(False, set())
    by_size = [one for size in ("large", "medium", "small") for one in of(False, {size})]
    if len(total) == 1 and len(by_size) == 3:
        yield from _sum_differs("base_by_size", total[0].number, [one.number for one in by_size])
    upper = of(False, {"large", "medium"})
    small = of(False, {"small"})
    if len(total) == len(upper) == len(small) == 1:
        parts = [upper[0].number, small[0].number]
        yield from _sum_differs("base_by_size", total[0].number, parts)
    by_group = of(True, {"large", "medium"})
    if len(by_size) == 3 and len(by_group) > 1:
        numbers = [one.number for one in by_group]
        yield from _sum_differs("base_by_group", sum(one.number for one in by_size[:2]), numbers)


def _sum_differs(clause: str, whole: int, parts: list[int]) -> Iterator[Finding]:
    if sum(parts) != whole:
        text = "＋".join(str(part) for part in parts)
        yield say(
            "base_structure",
            clause,
            f"基期矿山数量不闭合：{text}＝{sum(parts)}，应为{whole}。",
            f"The base year's numbers of rights do not add up: {text}＝{sum(parts)}, not {whole}.",
            _CHECK,
        )


def _double_caps(scenario: Scenario) -> Iterator[Finding]:
    """Two figures in force at once for one product, place, use and basis."""
    plan = scenario.plan

    def key(cap: Cap) -> tuple[object, ...]:
        basis = cap.basis or plan.product(cap.product).basis
        return cap.product, cap.county, cap.use, basis

    for one, other in combinations([cap for cap in plan.caps if cap.sense in _UPPER], 2):
        years = [y for y in modelled_years(scenario) if y in one.years and y in other.years]
        if key(one) != key(other) or not years or one.amount is None or other.amount is None:
            continue
        if one.amount.to(other.amount.unit) == other.amount.value:
            continue
        if not known(plan, one.amount, other.amount):
            stricter = one.amount.to(other.amount.unit) < other.amount.value
            low = one if stricter else other
            yield say(
                "double_cap",
                f"{one.id}+{other.id}",
                f"{one.title.zh}{one.amount}（{one.source}）与{other.title.zh}{other.amount}"
                f"（{other.source}）同时有效；从严，按{low.amount}。",
                f"{one.title.en}, {one.amount} ({one.source}), and {other.title.en}, "
                f"{other.amount} ({other.source}), hold at once; the stricter, {low.amount}, "
                "decides.",
                _CHECK,
            )


def _county_splits(scenario: Scenario) -> Iterator[Finding]:
    """The counties' caps together above the cap on the whole."""
    plan, year = scenario.plan, scenario.question.year
    for product in plan.products:
        caps = [
            cap
            for cap in plan.caps
            if cap.product == product.name
            and cap.sense in _UPPER
            and cap.amount is not None
            and year in cap.years
            and cap.use is None
        ]
        parts = [cap.amount.to(product.unit) for cap in caps if cap.county and cap.amount]
        total = round(sum(parts), 9)
        for whole in (cap for cap in caps if cap.county is None):
            assert whole.amount is not None  # noqa: S101 - chosen so
            limit = whole.amount.to(product.unit)
            said = Quantity(total, product.unit)
            if len(parts) < 2 or total <= limit * (1 + 1e-9) or known(plan, said, whole.amount):
                continue
            text = "＋".join(number_text(part) for part in parts)
            yield say(
                "county_split",
                whole.id,
                f"{product.name}分县上限{text}＝{number_text(total)}{product.unit}，高于"
                f"{whole.title.zh}{number_text(limit)}{product.unit}：分县数不能同时用足。",
                f"{product.en}: the counties' caps {text}＝{number_text(total)} {product.unit} "
                f"exceed {whole.title.en} {number_text(limit)}: they cannot all be used up.",
                _CHECK,
            )


def _floors(scenario: Scenario) -> Iterator[Finding]:
    """A floor above a ceiling of the same place, in the ore that makes least of the floor."""
    plan = scenario.plan
    floors = [
        cap
        for cap in plan.caps
        if cap.amount is not None and (cap.sense == "floor" or cap.hoped == "floor")
    ]
    for floor in floors:
        for cap in plan.caps:
            years = [y for y in modelled_years(scenario) if y in floor.years and y in cap.years]
            if (
                cap.sense in _UPPER
                and cap.amount is not None
                and (cap.product, cap.county, cap.use) == (floor.product, floor.county, floor.use)
                and years
            ):
                yield from _floor_above(scenario, floor, cap, years[-1])


def _floor_above(scenario: Scenario, floor: Cap, cap: Cap, year: int) -> Iterator[Finding]:
    product = scenario.plan.product(cap.product)
    basis, wanted = cap.basis or product.basis, floor.basis or product.basis
    factors = [1.0]
    if basis != wanted:
        one = [
            (
                in_product(product, Quantity(1.0, supply.unit), supply.ore, basis),
                in_product(product, Quantity(1.0, supply.unit), supply.ore, wanted),
            )
            for supply in supplies(scenario, product, year)
        ]
        factors = [top / bottom for top, bottom in one if top is not None and bottom]
    if not factors or floor.amount is None or cap.amount is None:
        return
    least = floor.amount.to(product.unit) * min(factors)
    limit = cap.amount.to(product.unit)
    if least > limit * (1 + 1e-9):
        yield say(
            "floor_above_ceiling",
            f"{floor.id}+{cap.id}",
            f"{floor.title.zh}{floor.amount}折合至少{number_text(least)}{product.unit}，高于"
            f"{cap.title.zh}{cap.amount}：两项不能同时达到。",
            f"{floor.title.en}, {floor.amount}, is at least {number_text(least)} {product.unit}, "
            f"above {cap.title.en}, {cap.amount}: both cannot be kept.",
            _CHECK,
        )
