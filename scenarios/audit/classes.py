"""How the size classes were decided where the register does not settle them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from minequota.scenarios.audit.finding import Finding, called, listed, say, tally
from minequota.scenarios.classes import class_of_capacity, size_class
from minequota.scenarios.issuable import candidates
from minequota.scenarios.plan import Plan
from minequota.scenarios.right import Provenance, Right
from minequota.scenarios.scenario import Scenario

LIGHT_ROCK, HEAVY_ROCK = 2.2, 2.75
"""Densities in t/m³ between which the building stones of this region lie."""
_BASES = {
    "plan_fallback": ("规划最低开采规模表代用", "the plan's minimum-scale table standing in"),
    "assumed_small": ("无依据按小型", "nothing known, so small"),
}


def audit_classes(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the rights' size classes."""
    yield from _class_decisions(scenario)
    yield from _classes_by_density(scenario)
    yield from _stated_against_table(scenario)
    yield from _candidate_classes(scenario)


def _decided_here(scenario: Scenario) -> Iterator[Right]:
    """Yield, without their class, the rights whose class the register does not state."""
    for right in scenario.rights:
        if right.size_class is None or right.origin("size_class") is Provenance.DEFAULT:
            yield replace(right, size_class=None)


def _class_decisions(scenario: Scenario) -> Iterator[Finding]:
    for basis, (basis_zh, basis_en) in _BASES.items():
        found = Counter(
            right.mineral
            for right in _decided_here(scenario)
            if size_class(scenario.plan, right)[1] == basis
        )
        if found:
            yield say(
                "size_class_basis",
                basis,
                f"{sum(found.values())}个采矿权的矿山规模按“{basis_zh}”判定：{tally(found)}。",
                f"Rights whose size class rests on {basis_en}: {sum(found.values())}: "
                f"{tally(_english(scenario, found), 'en')}.",
                (
                    "在名册“矿山规模”列填写登记的规模类别。",
                    "State their class in the register's column 矿山规模.",
                ),
            )


def _classes_by_density(scenario: Scenario) -> Iterator[Finding]:
    plan = scenario.plan
    close = Counter(
        right.mineral
        for right in _decided_here(scenario)
        if right.capacity is not None
        and right.density is None
        and _class_at(plan, right, LIGHT_ROCK) != _class_at(plan, right, HEAVY_ROCK)
    )
    if close:
        yield say(
            "size_class_density",
            "density",
            f"{sum(close.values())}个采矿权的规模类别取决于所用体重（{LIGHT_ROCK}–{HEAVY_ROCK}"
            f"吨/立方米）：{tally(close)}。",
            "Rights whose size class depends on the density taken "
            f"({LIGHT_ROCK}–{HEAVY_ROCK} t/m³): {sum(close.values())}: "
            f"{tally(_english(scenario, close), 'en')}.",
            ("在名册中填写实测体重。", "State the measured density in the register."),
        )


def _class_at(plan: Plan, right: Right, density: float) -> str:
    assert right.capacity is not None  # noqa: S101 - the caller asked
    return class_of_capacity(plan, right.mineral, right.method, right.capacity, density)


def _stated_against_table(scenario: Scenario) -> Iterator[Finding]:
    differing = Counter(
        right.mineral
        for right in scenario.rights
        if right.size_class is not None
        and right.origin("size_class") is not Provenance.DEFAULT
        and size_class(scenario.plan, replace(right, size_class=None))
        not in _agreeing(right.size_class)
    )
    if differing:
        yield say(
            "stated_class",
            "size_class",
            f"{sum(differing.values())}个采矿权登记的规模类别与国家标准按证载规模判定的不同："
            f"{tally(differing)}。以登记为准。",
            "Rights whose stated class is not what the national table gives for their capacity: "
            f"{sum(differing.values())}: {tally(_english(scenario, differing), 'en')}. The stated "
            "one holds.",
            ("核对证载规模、单位与规模类别。", "Check capacity, unit and class of these rights."),
        )


def _agreeing(stated: str) -> set[tuple[str, str]]:
    """Only a settled row of the national table can contradict a stated class."""
    unsettled = {(size, basis) for size in ("large", "medium", "small") for basis in _BASES}
    return unsettled | {(stated, "table")}


def _english(scenario: Scenario, counts: Counter[str]) -> Counter[str]:
    english: Counter[str] = Counter()
    for name, number in counts.items():
        english[called(scenario.plan, name, "en")] += number
    return english


def _candidate_classes(scenario: Scenario) -> Iterator[Finding]:
    """A candidate that stays small makes the ratio worse; the planner should know."""
    plan = scenario.plan
    if not plan.ratios:
        return
    small = [
        one
        for one in candidates(scenario)
        if one.maximum is not None
        and class_of_capacity(plan, one.mineral, one.method, one.maximum) == "small"
    ]
    if small:
        names = list(dict.fromkeys(one.zone or one.id for one in small))
        minerals = tally(Counter(one.mineral for one in small))
        minerals_en = tally(Counter(called(plan, one.mineral, "en") for one in small), "en")
        yield say(
            "small_candidates",
            "candidates",
            f"{len(small)}个可投放采矿权即使按上限也属小型，投放会拉低大中型比例：{minerals}"
            f"（{listed(names)}）。",
            "Candidates that count as small even at their upper bound, and lower the ratio: "
            f"{len(small)}: {minerals_en} ({listed(names, 'en')}).",
            ("核对规模上限。", "Check their upper bounds."),
        )
