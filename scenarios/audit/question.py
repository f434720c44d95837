"""Whether the question's demands and the plan's caps can meet what the mines can yield."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, note, number_text, warning
from minequota.scenarios.classes import class_of_capacity
from minequota.scenarios.plan import Product
from minequota.scenarios.question import Demand
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import (
    candidates,
    caps_in_force,
    largest_supply,
    net_limit,
    possible_supply,
)

_SAME = 1e-9


def audit_question(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about demand, caps and candidates."""
    yield from _demand_above_supply(scenario)
    yield from _caps_without_capacity(scenario)
    yield from _assumed_demands(scenario)
    yield from _assumed_sizes(scenario)
    yield from _candidate_classes(scenario)


def demanded(scenario: Scenario, product: Product, demand: Demand) -> float | None:
    """Return the demand in the product's unit; of `from_cap`, the strictest whole cap, net."""
    if demand.amount is not None:
        return demand.amount.to(product.unit)
    whole = [cap for cap in caps_in_force(scenario, product) if cap.county is None]
    return min((net_limit(scenario, product, cap) for cap in whole), default=None)


def _demand_above_supply(scenario: Scenario) -> Iterator[Finding]:
    for name, demand in scenario.question.demand.items():
        product = scenario.plan.product(name)
        wanted = demanded(scenario, product, demand)
        if wanted is None:
            continue
        others = sum(
            amount.to(product.unit)
            for amount in (demand.imports, demand.by_product)
            if amount is not None
        )
        most = possible_supply(scenario, product) + others
        if most < wanted * (1 - _SAME):
            yield warning(
                "demand_above_supply",
                f"demand.{name}",
                f"{name}需求{number_text(wanted)}{product.unit}，在各级总量之内最多可供"
                f"{number_text(most)}{product.unit}，缺口至少{number_text(wanted - most)}"
                f"{product.unit}。",
                f"{name}: demand is {number_text(wanted)} {product.unit}; within all caps at most "
                f"{number_text(most)} can be supplied: at least {number_text(wanted - most)} "
                "stays unmet.",
                (
                    "增加调入或可投放采矿权，或下调需求。",
                    "Add imports or rights that may be issued, or lower the demand.",
                ),
            )


def _caps_without_capacity(scenario: Scenario) -> Iterator[Finding]:
    for product in scenario.plan.products:
        reachable = largest_supply(scenario, product)
        zh, en, clauses = [], [], []
        for cap in caps_in_force(scenario, product):
            limit = net_limit(scenario, product, cap)
            most = sum(reachable.values()) if cap.county is None else reachable[cap.county]
            if most < limit * (1 - _SAME):
                clauses.append(cap.id)
                zh.append(f"{cap.title.zh}{number_text(limit)}，能力{number_text(most)}")
                en.append(f"{cap.title.en} {number_text(limit)}, capacity {number_text(most)}")
        if clauses:
            yield note(
                "cap_out_of_reach",
                clauses[0],
                f"{product.name}（{product.unit}）：可生产的与可投放的采矿权合计能力达不到上限，"
                f"上限不会起作用：{'；'.join(zh)}。",
                f"{product.name} ({product.unit}): the rights that may produce or be issued cannot "
                f"reach the ceiling, which cannot bind: {'; '.join(en)}.",
                (
                    "不必据此投放；如确需用足，先列出可投放的采矿权。",
                    "A ceiling asks for nothing; to use it up, list rights that may be issued.",
                ),
            )


def _assumed_demands(scenario: Scenario) -> Iterator[Finding]:
    assumed = [name for name, demand in scenario.question.demand.items() if demand.assumed]
    if assumed:
        yield note(
            "assumed_demand",
            "demand",
            f"{len(assumed)}项需求为假设，非规划或调查数：{'、'.join(assumed)}。",
            f"{len(assumed)} demands are assumptions, not figures of a plan or survey: "
            f"{', '.join(assumed)}.",
            ("换成本单位的预测并注明来源。", "Put your own forecast there, with its source."),
        )


def _assumed_sizes(scenario: Scenario) -> Iterator[Finding]:
    size = scenario.question.candidates
    silent = [zone.code for zone in scenario.plan.zones if zone.maximum is None and zone.rights]
    if silent and size.assumed:
        times = number_text(size.multiple_of_minimum)
        yield note(
            "assumed_maximum",
            "candidates.multiple_of_minimum",
            f"{len(silent)}个集中开采区未载规模上限，按最低规模的{times}倍假设。",
            f"{len(silent)} zones state no upper bound on capacity: {times} times the minimum is "
            "assumed.",
            (
                "有资源储量或设计规模的，请为集中开采区填写maximum。",
                "Give a zone its `maximum` where reserves or a design size are known.",
            ),
        )


def _candidate_classes(scenario: Scenario) -> Iterator[Finding]:
    """A candidate that stays small makes the ratio worse; the planner should know."""
    plan = scenario.plan
    if not plan.ratios:
        return
    small = [
        one.id
        for one in candidates(scenario)
        if class_of_capacity(plan, one.mineral, None, one.maximum) == "small"
    ]
    if small:
        yield note(
            "small_candidates",
            "candidates",
            f"{len(small)}个可投放采矿权即使按上限也属小型，投放会拉低大中型比例："
            f"{'、'.join(small)}。",
            f"{len(small)} candidates count as small even at their upper bound, and lower the "
            f"ratio: {', '.join(small)}.",
            ("核对规模上限。", "Check their upper bounds."),
        )
