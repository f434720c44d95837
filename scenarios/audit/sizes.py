"""Rights of the register against the minimums, their deposits and their reserves."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, by_mineral, say
from minequota.scenarios.audit.projects import FAR_LONGER, USUAL, years_of
from minequota.scenarios.classes import size_class
from minequota.scenarios.minimums import (
    below,
    below_minimum,
    comparable,
    density_of,
    existing_minimum,
    in_ore,
    table_line,
)
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

LEAST_LIFE = 3
"""Reserves of a right for fewer years are called short."""
_SAME = 1e-9


def audit_sizes(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about capacities against minimums, deposits and reserves."""
    yield from _incomparable(scenario)
    yield from _below_minimum(scenario)
    yield from _large_mined_small(scenario)
    yield from _service_lives(scenario)


def _incomparable(scenario: Scenario) -> Iterator[Finding]:
    found = [right for right in scenario.rights if not comparable(scenario.plan, right)]
    if found:
        said = by_mineral(scenario.plan, found)
        yield say(
            "minimum_not_comparable",
            "minimum_scales",
            f"{len(found)}个采矿权的最低开采规模按荒料、标准矿、矿物量或金属量计，"
            f"没有折算依据（如品位），无法与证载规模比较，按无最低规模处理：{said.zh}。",
            "Rights whose minimum scale counts blocks, standard ore or contained mineral, with "
            "nothing (such as a grade) to convert it to licensed ore, so that no minimum is read "
            f"for them: {len(found)}: {said.en}.",
            ("在名册中填写品位，或在规划表中改为原矿量。", "State grades, or the figure as ore."),
        )


def _below_minimum(scenario: Scenario) -> Iterator[Finding]:
    """Rights below an admission minimum; those below a binding one must leave, A307 says so."""
    plan = scenario.plan
    found = [
        right
        for right in scenario.rights
        if below_minimum(plan, right) and not below(right, existing_minimum(plan, right))
    ]
    if found:
        said = by_mineral(scenario.plan, found)
        binds = scenario.question.options.minimum_binds_output
        zh = "按从严读法，其中开采的年产量不得低于最低规模与证载规模中的较小者。" if binds else ""
        en = " In the strict reading a year's output is at least that or the capacity." * binds
        yield say(
            "below_minimum",
            "minimum_scales",
            f"{len(found)}个已有采矿权的证载规模低于规划最低开采规模：{said.zh}。"
            f"最低规模是准入条件，单凭这一点不要求其减产或退出。{zh}",
            f"Existing rights licensed below the plan's minimum scale: {len(found)}: "
            f"{said.en}. A minimum admits; alone it asks none to cut or leave.{en}",
            ("列入整合、扩界或限期退出的排查对象。", "Review them for merging or leaving."),
        )


def _large_mined_small(scenario: Scenario) -> Iterator[Finding]:
    """Large and medium deposits licensed for less than the column of their deposit asks."""
    use = scenario.plan.minimum_scale_use
    if use is None or use.column_meaning != "deposit_size":
        return
    found = [right for right in scenario.rights if _mined_small(scenario, right)]
    if found:
        said = by_mineral(scenario.plan, found)
        yield say(
            "large_mined_small",
            "minimum_scales",
            f"{len(found)}个大中型矿床上的采矿权，证载规模低于该级矿床的最低规模（大矿小开）："
            f"{said.zh}。（{use.source}）",
            "Rights on large or medium deposits licensed below their deposit's column: "
            f"{len(found)}: {said.en}. ({use.source})",
            ("列入整合、扩能的对象。", "Review them for merging or expansion."),
        )


def _mined_small(scenario: Scenario, right: Right) -> bool:
    line = table_line(scenario.plan, right.mineral, right.method)
    if right.deposit_class not in ("large", "medium") or right.capacity is None or line is None:
        return False
    cell = getattr(line, right.deposit_class)
    if not isinstance(cell, Quantity):
        return False
    density = density_of(scenario.plan, right)
    least = in_ore(line, cell, right.capacity.unit, density, right.grade)
    return least is not None and right.capacity.value < least * (1 - _SAME)


def _service_lives(scenario: Scenario) -> Iterator[Finding]:
    short, long = [], []
    for right in scenario.rights:
        years = _life(scenario, right)
        if years is None:
            continue
        if years < LEAST_LIFE * (1 - _SAME):
            short.append(right)
        elif years > FAR_LONGER * USUAL[size_class(scenario.plan, right)[0]] * (1 + _SAME):
            long.append(right)
    short_said = by_mineral(scenario.plan, short)
    long_said = by_mineral(scenario.plan, long)
    zh = [f"{len(short)}个不足{LEAST_LIFE}年：{short_said.zh}"] * bool(short)
    zh += [f"{len(long)}个超过同类常用年限的{FAR_LONGER}倍：{long_said.zh}"] * bool(long)
    en = [f"less than {LEAST_LIFE} years: {len(short)}: {short_said.en}"] * bool(short)
    en += [f"more than {FAR_LONGER} times the usual: {len(long)}: {long_said.en}"] * bool(long)
    if zh:
        yield say(
            "service_life",
            "reserves",
            f"已有采矿权按证载规模的服务年限（大、中、小型常用30、20、10年）：{'；'.join(zh)}。",
            "Service lives of existing rights at their licensed capacity (usual: 30, 20, 10 years "
            f"for large, medium, small): {'; '.join(en)}.",
            ("核实储量与生产规模。", "Check reserves and capacity."),
            severity="warning" if short else "note",
        )


def _life(scenario: Scenario, right: Right) -> float | None:
    if right.capacity is None:
        return None
    return years_of(right.reserves, right.capacity, density_of(scenario.plan, right))
