"""What the register says that a planner should know before trusting an answer built on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, by_mineral, listed, say, tally
from minequota.scenarios.events.event import WORDS
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import in_product, modelled_years, ore_of
from minequota.scenarios.synthesis.totals import counted

_SAME = 1e-9


def audit_register(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the register as a whole, and about rights out of line."""
    yield from _synthetic(scenario)
    yield from _ignored_columns(scenario)
    yield from _events_later(scenario)
    yield from _below_a_step(scenario)
    yield from _published_counts(scenario)
    yield from _missing_named(scenario)
    yield from _over_capacity(scenario)
    yield from _directions(scenario)
    yield from _without_allotment(scenario)


def _synthetic(scenario: Scenario) -> Iterator[Finding]:
    rights = scenario.rights
    synthetic = [right for right in rights if right.synthetic]
    if synthetic:
        named = sum(right.named for right in synthetic)
        yield say(
            "synthetic_register",
            "register",
            f"名册{len(rights)}个采矿权中{len(synthetic)}个含合成字段（其中{named}个名称真实，"
            f"{len(synthetic) - named}个连名称也是合成）：结论只说明方法，不说明实际矿山。",
            f"{len(synthetic)} of the register's {len(rights)} rights have synthetic fields "
            f"({named} of them a real name, {len(synthetic) - named} not even that): the answer "
            "shows the method and says nothing about real mines.",
            (
                "用 --register 换上本单位的采矿权名册。",
                "Put your own register in its place with --register.",
            ),
        )


def _ignored_columns(scenario: Scenario) -> Iterator[Finding]:
    if scenario.ignored:
        yield say(
            "ignored_columns",
            "register",
            f"名册中有{len(scenario.ignored)}列未被识别，未使用：{'、'.join(scenario.ignored)}。",
            f"Columns that are not known and were not used: {len(scenario.ignored)}: "
            f"{', '.join(scenario.ignored)}.",
            (
                "如有用，改用已知的列名，或用 --mapping 给出列名对照文件。",
                "Where one matters, give it a known header, or name its field in a --mapping file.",
            ),
        )


def _events_later(scenario: Scenario) -> Iterator[Finding]:
    later = scenario.events_later
    if later:
        first = modelled_years(scenario)[0]
        names = [f"{one.licence}（{one.day.isoformat()} {WORDS[one.kind][0]}）" for one in later]
        kinds = [f"{one.licence} ({one.day.isoformat()}, {one.kind.value})" for one in later]
        yield say(
            "events_later",
            "events",
            f"{len(later)}项登记变更在{first}年或以后，名册按{first}年初状态，未计入："
            f"{listed(names)}。",
            f"Changes dated in or after {first}: {len(later)}; the register is that of the year's "
            f"start, without them: {listed(kinds, 'en')}.",
            (
                "已定的退出可在名册填写限期退出年份，已定的新立可列入情景。",
                "Give a right that is to go its exit_by year; list what is to come in the "
                "scenario.",
            ),
        )


def _below_a_step(scenario: Scenario) -> Iterator[Finding]:
    """A capacity that rounds to nothing is most often a unit slip, such as 公斤 for 万吨."""
    plan = scenario.plan
    zh, en = [], []
    for right in scenario.rights:
        mineral = plan.mineral(right.mineral)
        if mineral is None or mineral.product is None or right.capacity is None:
            continue
        product = plan.product(mineral.product)
        amount = in_product(product, right.capacity, ore_of(right))
        if amount is not None and amount < product.step:
            made_up = ("，合成", ", made up") if right.synthetic else ("", "")
            zh.append(f"{right.licence}（{right.capacity}{made_up[0]}）")
            en.append(f"{right.licence} ({right.capacity}{made_up[1]})")
    if zh:
        yield say(
            "tiny_capacity",
            "register",
            f"{len(zh)}个采矿权的生产规模折合不足一个取整单位，得不到指标：{listed(zh)}。",
            f"Rights with less capacity than one rounding step, which get no figure: {len(en)}: "
            f"{listed(en, 'en')}.",
            ("请核对生产规模的单位。", "Check the unit of their capacity."),
        )


def _published_counts(scenario: Scenario) -> Iterator[Finding]:
    differing = []
    for count in scenario.plan.base_counts:
        number = sum(counted(scenario.plan, count, right) for right in scenario.rights)
        if number != count.number:
            differing.append((count.title, number, count.number))
    if differing:
        zh = "、".join(f"{title.zh}{number}（规划{was}）" for title, number, was in differing)
        en = ", ".join(f"{title.en} {number} (plan {was})" for title, number, was in differing)
        yield say(
            "published_counts",
            "base_counts",
            f"名册与规划基期（{scenario.plan.base_year}年）公布数不同：{zh}。",
            f"The register differs from the numbers the plan gives for its base year "
            f"{scenario.plan.base_year}: {en}.",
            (
                "基期后有增减属正常；否则请核对名册是否完整。",
                "Changes since the base year explain it; if not, check that the register is whole.",
            ),
        )


def _missing_named(scenario: Scenario) -> Iterator[Finding]:
    held = {right.name for right in scenario.rights}
    missing = [one.name for one in scenario.plan.named_rights if one.name not in held]
    shown = listed(missing)
    if missing:
        yield say(
            "named_rights",
            "named_rights",
            f"规划列名的采矿权有{len(missing)}个不在名册中：{shown}。",
            f"Rights the plan names that are not on the register: {len(missing)}: "
            f"{listed(missing, 'en')}.",
            (
                "核对是否已注销、更名或漏列。",
                "Check whether they have gone, been renamed or missed.",
            ),
        )


def _over_capacity(scenario: Scenario) -> Iterator[Finding]:
    over = [
        right
        for right in scenario.rights
        if right.last_output is not None
        and right.capacity is not None
        and right.last_output.dimension == right.capacity.dimension
        and right.last_output.to(right.capacity.unit) > right.capacity.value * (1 + _SAME)
    ]
    if over:
        said = by_mineral(scenario.plan, over)
        yield say(
            "over_capacity",
            "last_output",
            f"{len(over)}个采矿权的上年产量超过证载规模：{said.zh}。",
            f"Rights whose last output exceeds their capacity: {len(over)}: {said.en}.",
            ("分配前核实是否超产。", "Check for over-mining before quotas are handed out."),
        )


def _directions(scenario: Scenario) -> Iterator[Finding]:
    words = {"restricted": ("限制开采", "restricted"), "banned": ("禁止开采", "banned")}
    for direction in scenario.plan.directions:
        if direction.kind not in words:
            continue
        found = [right for right in scenario.rights if right.mineral in direction.minerals]
        if found:
            said = by_mineral(scenario.plan, found)
            zh, en = words[direction.kind]
            yield say(
                "directions",
                direction.kind,
                f"名册中有{len(found)}个{zh}矿种的采矿权：{said.zh}（{direction.source}）。",
                f"Rights of the register for minerals that are {en}: {len(found)}: "
                f"{said.en} ({direction.source}).",
                (
                    "不得新设；已有的按主管部门要求处置。",
                    "No new right is issued for them; the authority decides on the existing.",
                ),
            )


def _without_allotment(scenario: Scenario) -> Iterator[Finding]:
    plan, year = scenario.plan, scenario.question.year
    for blank in plan.no_allotment:
        found: dict[str, int] = defaultdict(int)
        for right in scenario.rights:
            mineral = plan.mineral(right.mineral)
            if mineral is not None and mineral.product == blank.product:
                found[right.county] += right.county in blank.counties
        found = {county: number for county, number in found.items() if number}
        if found and year in blank.years:
            yield say(
                "no_allotment",
                blank.id,
                f"{blank.product}在未分配指标的县（区）有采矿权：{tally(found)}；"
                f"其{year}年指标为0（{blank.source}）。",
                f"{blank.product}: rights in counties without an allotment: "
                f"{tally(found, 'en')}; their quota of {year} is 0 ({blank.source}).",
                ("确认空白栏是否即为0。", "Confirm that a blank means zero."),
            )
