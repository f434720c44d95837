"""What the plan's own text says that does not add up, or that had to be read into it."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, note, number_text, warning
from minequota.scenarios.plan import BaseCount, Plan, Printed, Sourced, Zone
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

YEARS_OF_DIGGING = 10
DEEP_METRES = 40
"""A zone that would have to be lowered so far on average, at its minimum for ten years (the
longest term of a small mine), is worth a second look. A convention of this program."""
FAR_ABOVE = 5
"""A cap that many times the base year's output is called far above it."""

_RULES = {
    "stricter": ("从严", "the stricter holds"),
    "main_indicator": ("以主要指标为准", "the main indicator holds"),
    "reported_only": ("只作提示，不参与计算", "reported only, no part of the calculation"),
}


def audit_plan(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the plan's text."""
    plan = scenario.plan
    yield from _contradictions(plan)
    yield from _printed(plan)
    yield from _structure_of_base(plan)
    yield from _caps_and_base_outputs(scenario)
    yield from _special_against_table(plan)
    yield from _small_zones(plan)
    yield from _zone_authorities(plan)
    yield from _inferred(plan)


def recomputed(printed: Printed) -> float:
    """Return what the parts of a printed sum or percentage give."""
    if printed.computed_from == "percent":
        part, whole = printed.parts
        return 100 * part / whole
    return round(sum(printed.parts), 9)


def _contradictions(plan: Plan) -> Iterator[Finding]:
    for one in plan.contradictions:
        rule_zh, rule_en = _RULES[one.rule]
        yield warning(
            "contradiction",
            one.id,
            f"{one.about}：规划中两处不一致（{'；'.join(one.figures)}）。"
            f"处理规则：{rule_zh}，采用：{one.chosen}。（{one.source}）",
            f"{one.about}: the plan says two things ({'; '.join(one.figures)}). Rule: {rule_en}; "
            f"used: {one.chosen}. ({one.source})",
            ("请规划编制单位核实。", "Have the plan's authors confirm the figure."),
        )


def _printed(plan: Plan) -> Iterator[Finding]:
    known = {one.id for one in plan.contradictions}
    for one in plan.printed:
        if one.computed_from == "percent" and (len(one.parts) != 2 or one.parts[1] == 0):
            continue
        value = recomputed(one)
        if one.id not in known and abs(value - one.printed) > one.tolerance + 1e-9:
            yield warning(
                "printed_figure",
                one.id,
                f"{one.about}：印刷值{number_text(one.printed)}，"
                f"按各项重算为{number_text(value)}。（{one.source}）",
                f"{one.about}: printed {number_text(one.printed)}, its parts give "
                f"{number_text(value)}. ({one.source})",
                ("请核对原文。", "Check it against the printed plan."),
            )


def _structure_of_base(plan: Plan) -> Iterator[Finding]:
    """Sizes and groups of the base year must add up to the same number of rights."""
    counts = plan.base_counts

    def of(group: bool, sizes: set[str]) -> list[BaseCount]:
        return [
            one
            for one in counts
            if (one.group is not None) == group and set(one.size_classes) == sizes
        ]

    total = of(False, set())
    by_size = [one for size in ("large", "medium", "small") for one in of(False, {size})]
    if len(total) == 1 and len(by_size) == 3:
        yield from _sum_differs("base_by_size", total[0].number, [one.number for one in by_size])
    upper = by_size[:2]
    by_group = of(True, {"large", "medium"})
    if len(by_size) == 3 and len(by_group) > 1:
        numbers = [one.number for one in by_group]
        yield from _sum_differs("base_by_group", sum(one.number for one in upper), numbers)


def _sum_differs(clause: str, whole: int, parts: list[int]) -> Iterator[Finding]:
    if sum(parts) != whole:
        text = "+".join(str(part) for part in parts)
        yield warning(
            "base_structure",
            clause,
            f"基期矿山数量不闭合：{text}={sum(parts)}，应为{whole}。",
            f"The base year's numbers of rights do not add up: {text}={sum(parts)}, not {whole}.",
            ("请核对原文。", "Check it against the printed plan."),
        )


def _caps_and_base_outputs(scenario: Scenario) -> Iterator[Finding]:
    plan, year = scenario.plan, scenario.question.year
    for output in plan.base_outputs:
        mineral = plan.mineral(output.mineral)
        if mineral is None or mineral.product is None:
            continue
        product = plan.product(mineral.product)
        if product.basis != "ore" or output.amount.dimension != Quantity(1, product.unit).dimension:
            continue
        base = output.amount.to(product.unit)
        for cap in plan.caps:
            if cap.product != product.name or cap.county is not None or year not in cap.years:
                continue
            if cap.sense != "ceiling":
                continue
            limit = cap.amount.to(product.unit)
            if limit > 0 and base * FAR_ABOVE <= limit:
                times = f"{limit / base:.1f}" if base > 0 else "∞"
                yield note(
                    "cap_far_above_output",
                    cap.id,
                    f"{cap.title.zh}{cap.amount}为{output.year}年产量{output.amount}的{times}倍："
                    "总量是上限，不是产量目标。",
                    f"{cap.title.en}, {cap.amount}, is {times} times the {output.year} output of "
                    f"{output.amount}: the cap is a ceiling, not a target.",
                    (
                        "不因上限有余而新增采矿权；需求以情景文件所载为准。",
                        "Issue nothing because a ceiling is slack; demand is the scenario's.",
                    ),
                )


def _special_against_table(plan: Plan) -> Iterator[Finding]:
    for special in plan.special_minimums:
        for line in plan.minimum_scales:
            if not set(line.minerals) & set(special.minerals):
                continue
            cells = {"大型": line.large, "中型": line.medium, "小型": line.small}
            differing = [
                f"{size}{cell}" for size, cell in cells.items() if _differs(cell, special.amounts)
            ]
            if differing:
                amounts = "、".join(str(amount) for amount in special.amounts)
                yield note(
                    "special_minimum",
                    special.id,
                    f"{line.mineral}：最低开采规模表为{'、'.join(differing)}（{line.source}），"
                    f"专门规定为{amounts}（{special.source}）；专门规定优先。",
                    f"{line.mineral}: the table asks {', '.join(differing)} ({line.source}), the "
                    f"special provision {amounts} ({special.source}); the special provision holds.",
                    (
                        "大型矿床上的新设采矿权宜按表中大型一栏复核。",
                        "Review a new right on a large deposit against the table's large column.",
                    ),
                )


def _differs(cell: Quantity | str, amounts: tuple[Quantity, ...]) -> bool:
    if not isinstance(cell, Quantity):
        return cell == "×"
    alike = [one for one in amounts if one.dimension == cell.dimension]
    return any(abs(one.to(cell.unit) - cell.value) > 1e-9 for one in alike)


def _small_zones(plan: Plan) -> Iterator[Finding]:
    for zone in plan.zones:
        volume = _volume(plan, zone)
        if volume is None or zone.rights == 0:
            continue
        depth = volume * zone.rights * YEARS_OF_DIGGING / (zone.area_km2 * 1e6)
        if depth >= DEEP_METRES:
            yield warning(
                "small_zone",
                zone.code,
                f"{zone.name}面积仅{number_text(zone.area_km2)}平方公里："
                f"按最低规模{zone.minimum}/年开采{YEARS_OF_DIGGING}年，全区平均须下降约{depth:.0f}米。",
                f"{zone.name} covers {number_text(zone.area_km2)} km² only: at the minimum of "
                f"{zone.minimum} a year for {YEARS_OF_DIGGING} years the whole zone would sink by "
                f"about {depth:.0f} m on average.",
                (
                    "投放前核实面积与资源储量。",
                    "Check the area and the reserves before a right is issued there.",
                ),
            )


def _volume(plan: Plan, zone: Zone) -> float | None:
    """Cubic metres a year at the zone's minimum; None where no density is known."""
    if zone.minimum.dimension == "volume":
        return zone.minimum.to("立方米")
    mineral = plan.mineral(zone.mineral)
    if mineral is None or mineral.product is None:
        return None
    density = plan.product(mineral.product).density
    return zone.minimum.to("吨") / density if density else None


def _zone_authorities(plan: Plan) -> Iterator[Finding]:
    silent = [zone.code for zone in plan.zones if zone.authority is None and zone.rights > 0]
    if silent:
        yield note(
            "zone_authority",
            "zones",
            f"{len(silent)}个集中开采区未载发证权限。",
            f"{len(silent)} mining zones do not say who issues their licences.",
            (
                "在规划文件中补充authority后，投放表才能区分本级与衔接。",
                "Add `authority` to the zones so that the issuance table can tell them apart.",
            ),
        )


def _inferred(plan: Plan) -> Iterator[Finding]:
    for key, name_zh, name_en, fact in _readings(plan):
        if fact.reading == "inferred":
            said = f"：{fact.note}" if fact.note else "。"
            yield note(
                "inferred_reading",
                key,
                f"{name_zh}为推读，非原文明载（{fact.source}）{said}",
                f"{name_en}: read into the plan, not printed in it ({fact.source}). {fact.note}",
                ("请主管部门确认此读法。", "Have the authority confirm this reading."),
            )


def _readings(plan: Plan) -> Iterator[tuple[str, str, str, Sourced]]:
    """Yield every fact that may be a reading: its key, a name in both languages, itself."""
    for indicator in (*plan.caps, *plan.counts, *plan.ratios):
        yield indicator.id, indicator.title.zh, indicator.title.en, indicator
    for blank in plan.no_allotment:
        name_en = plan.product(blank.product).en
        yield blank.id, f"{blank.product}未分配指标的县（区）", f"No allotment of {name_en}", blank
    for line in plan.minimum_scales:
        yield line.id, f"{line.mineral}最低开采规模", f"Minimum scale of {line.mineral}", line
    if plan.minimum_scale_use is not None:
        yield (
            "minimum_scale_use",
            "最低开采规模表的栏目含义与适用对象",
            "What the minimum-scale table's columns mean and whom it binds",
            plan.minimum_scale_use,
        )
    for special in plan.special_minimums:
        yield special.id, "专门最低规模", "Special minimum", special
    for area in plan.area_minimums:
        yield area.area, f"{area.area}内的最低规模类别", f"Least size class in {area.area}", area
    for zone in plan.zones:
        yield zone.code, zone.name, zone.name, zone
    for direction in plan.directions:
        yield (
            direction.kind,
            f"开采方向（{direction.kind}）",
            f"Direction {direction.kind}",
            direction,
        )
