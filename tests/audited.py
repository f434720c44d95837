"""A small scenario without anything to find, and how tests look at what an audit finds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import minimum_scale, right, scenario, tiny_plan, tiny_question, zone

from minequota.scenarios.audit import Finding, audit
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario

DEMAND = {
    "菱镁矿": {"amount": "30 万吨", "assumed": False, "source": "survey"},
    "建筑石料": {"amount": "50 万立方米", "assumed": False, "source": "survey"},
}


def mine(licence: str, county: str, mineral: str, capacity: str | None, **fields: Any) -> Right:
    """Return a right whose class the register states, as its other fields."""
    fields.setdefault("size_class", "small")
    return right(licence, county, mineral, capacity, **fields)


def clean(
    *more: Right,
    plan: dict[str, Any] | None = None,
    question: dict[str, Any] | None = None,
    **fields: Any,
) -> Scenario:
    """Return a small scenario without anything to find, and what a test adds to it.

    Magnesite: 25 and 15 万吨 can reach the caps of 21 and 10, which with 31 in all cover the
    30 asked. Stone: the zone's right of up to 60 万立方米 covers the 50. `fields` are those of
    the `Scenario` itself.
    """
    stone = minimum_scale("stone", ["建筑石料"], "20 万立方米", "20 万立方米", "20 万立方米")
    magnesite = minimum_scale("magnesite", ["菱镁矿"], "100 万吨", "50 万吨", "10 万吨")
    made = scenario(
        tiny_plan(minimum_scales=[magnesite, stone], zones=[zone(authority="county")])
        | (plan or {}),
        tiny_question(demand=DEMAND) | (question or {}),
        [mine("M1", "东县", "菱镁矿", "25 万吨"), mine("M2", "西县", "菱镁矿", "15 万吨"), *more],
    )
    return replace(made, **fields)


def codes(found: Scenario) -> set[str]:
    """Return the codes of an audit's findings."""
    return {one.code for one in audit(found)}


def only(found: tuple[Finding, ...]) -> Finding:
    """Return the one finding there is."""
    assert len(found) == 1, [(one.code, one.message_en) for one in found]
    return found[0]


def coded(found: Scenario | tuple[Finding, ...], code: str) -> Finding:
    """Return the one finding of a code."""
    findings = audit(found) if isinstance(found, Scenario) else found
    return only(tuple(one for one in findings if one.code == code))
