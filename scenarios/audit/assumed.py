"""What the answer rests on that no plan, survey or document says."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, listed, number_text, say
from minequota.scenarios.issuable import conversions
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import expansions


def audit_assumed(scenario: Scenario) -> Iterator[Finding]:
    """Yield the assumptions of the scenario, kind by kind."""
    yield from _demands(scenario)
    yield from _sizes(scenario)
    yield from _others(scenario)


def _demands(scenario: Scenario) -> Iterator[Finding]:
    assumed = [name for name, demand in scenario.question.demand.items() if demand.assumed]
    if assumed:
        yield say(
            "assumed_demand",
            "demand",
            f"{len(assumed)}项需求为假设，非规划或调查数：{'、'.join(assumed)}。",
            f"Demands that are assumptions, not figures of a plan or survey: {len(assumed)}: "
            f"{', '.join(scenario.plan.product(name).en for name in assumed)}.",
            ("换成本单位的预测并注明来源。", "Put your own forecast there, with its source."),
        )


def _sizes(scenario: Scenario) -> Iterator[Finding]:
    size, details = scenario.question.candidates, scenario.question.zone_details
    multiples, assumed = [], []
    for zone in scenario.plan.zones:
        if zone.mineral is None or not zone.rights:
            continue
        detail = details.get(zone.code)
        if detail is not None and detail.maximum is not None:
            assumed += [zone.code] * (detail.assumed and detail.maximum != zone.maximum)
        elif zone.maximum is None and size.assumed:
            multiples.append(zone.code)
    times = number_text(size.multiple_of_minimum)
    if multiples or assumed:
        zh = [f"{len(multiples)}处按最低规模的{times}倍"] * bool(multiples)
        zh += [f"{len(assumed)}处按情景假设的上限"] * bool(assumed)
        en = [f"{len(multiples)} at {times} times their minimum"] * bool(multiples)
        en += [f"{len(assumed)} at an upper bound the scenario assumes"] * bool(assumed)
        yield say(
            "assumed_maximum",
            "candidates.multiple_of_minimum" if multiples else "zone_details",
            f"区块未载规模上限：{'、'.join(zh)}。",
            f"The places state no upper bound on capacity: {', '.join(en)}.",
            (
                "有资源储量或设计规模的，请在zone_details中填写maximum。",
                "Give a place its `maximum` where reserves or a design size are known.",
            ),
        )


def _others(scenario: Scenario) -> Iterator[Finding]:
    question = scenario.question
    from_above = sum(one.assumed for one in question.caps_from_above)
    proposed = sum(one.number for one in question.extra_candidates if one.synthetic)
    projects = sum(
        one.assumed for one in (*expansions(scenario), *conversions(scenario), *question.mergers)
    )
    excesses = sum(one.assumed for one in question.overproduced.values())
    yields = sum(one.assumed for d in question.demand.values() for one in d.by_product_from)
    kinds = [
        (from_above, f"上级下达指标{from_above}项", f"figures from above ({from_above})"),
        (proposed, f"合成的可投放采矿权{proposed}个", f"made-up candidates ({proposed})"),
        (projects, f"整合、扩能、探转采项目{projects}个", f"projects ({projects})"),
        (excesses, f"上年超采量{excesses}项", f"excesses of last year ({excesses})"),
        (yields, f"副产产出率{yields}项", f"by-product yields ({yields})"),
        (question.transport is not None and question.transport.assumed, "运距", "distances"),
        (question.costs is not None and question.costs.assumed, "成本", "costs"),
    ]
    if any(present for present, _, _ in kinds):
        yield say(
            "assumed_inputs",
            "scenario",
            f"另有假设：{listed((zh for present, zh, _ in kinds if present), most=9)}。",
            "Other assumptions: "
            f"{listed((en for present, _, en in kinds if present), 'en', most=9)}.",
            ("逐项换成实际数据。", "Replace them by real figures one by one."),
        )
