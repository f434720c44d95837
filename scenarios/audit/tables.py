"""What the plan's tables of minimums, zones and readings need a planner to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, listed, number_text, say
from minequota.scenarios.minimums import density_of, in_ore
from minequota.scenarios.plan import MinimumScale, Plan, SizeClass, Sourced, SpecialMinimum, Zone
from minequota.scenarios.right import Right
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

YEARS_OF_DIGGING = 10
DEEP_METRES = 40
"""A zone that would have to be lowered so far on average, at its minimum for ten years (the
longest term of a small mine), is worth a second look. A convention of this program."""
_SIZES: dict[SizeClass, str] = {"large": "大型", "medium": "中型", "small": "小型"}
SLIP = 50
"""A minimum so many times the largest licence of its mineral is taken for a slip of the unit."""


def audit_tables(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about the plan's tables."""
    plan = scenario.plan
    yield from _unit_slips(scenario)
    yield from _column_order(plan)
    yield from _special_against_table(plan)
    yield from _small_zones(plan)
    yield from _zone_authorities(scenario)
    yield from _inferred(plan)
    yield from _odd_cells(plan)


def _cells(line: MinimumScale) -> dict[str, Quantity]:
    named = {"大型": line.large, "中型": line.medium, "小型": line.small, "已有": line.existing}
    return {size: cell for size, cell in named.items() if isinstance(cell, Quantity)}


def _unit_slips(scenario: Scenario) -> Iterator[Finding]:
    plan = scenario.plan
    for line in plan.minimum_scales:
        rights = [
            right
            for right in scenario.rights
            if right.mineral in line.minerals and right.capacity is not None
        ]
        cells = list(_cells(line).values())
        if not rights or not cells:
            continue
        # The smallest cell: where even that is far above every licence, no mine could meet it.
        times = [ratio for right in rights if (ratio := _above(plan, line, cells, right))]
        if len(times) == len(rights) and min(times) > SLIP:
            largest = min(zip(times, rights, strict=True), key=lambda pair: pair[0])[1]
            made_up = largest.origin("capacity").value == "synthetic"
            yield say(
                "unit_slip",
                line.id,
                f"{line.mineral}最低开采规模{'/'.join(str(cell) for cell in cells)}，最小一栏也是"
                f"名册最大证载规模{largest.capacity}{'（合成数）' if made_up else ''}的"
                f"{min(times):.0f}倍：疑为单位笔误。（{line.source}）",
                f"{line.mineral}: minimums of {'/'.join(str(cell) for cell in cells)}; even the "
                f"least is {min(times):.0f} times the largest licence, {largest.capacity}"
                f"{' (made up)' if made_up else ''}: a slip of the unit is likely. "
                f"({line.source})",
                (
                    "核对原表单位；确认前按本程序说明的读法处理。",
                    "Check the unit in the printed table; until then the noted reading holds.",
                ),
            )


def _above(plan: Plan, line: MinimumScale, cells: list[Quantity], right: Right) -> float | None:
    """How many times the right's licence the line's smallest figure is."""
    if right.capacity is None or right.capacity.value <= 0:
        return None
    density = density_of(plan, right)
    amounts = [in_ore(line, cell, right.capacity.unit, density, right.grade) for cell in cells]
    found = [amount for amount in amounts if amount is not None]
    return min(found) / right.capacity.value if found else None


def _column_order(plan: Plan) -> Iterator[Finding]:
    for line in plan.minimum_scales:
        cells = [cell for size, cell in _cells(line).items() if size != "已有"]
        alike = [one for one in cells if one.dimension == cells[0].dimension]
        figures = [one.to(alike[0].unit) for one in alike]
        if figures != sorted(figures, reverse=True):
            text = "/".join(str(cell) for cell in cells)
            yield say(
                "column_order",
                line.id,
                f"{line.mineral}最低开采规模{text}：规模小的一栏反而更高。（{line.source}）",
                f"{line.mineral}: minimums of {text}, more for a smaller class. ({line.source})",
                ("请核对原表。", "Check the printed table."),
            )


def _special_against_table(plan: Plan) -> Iterator[Finding]:
    for special in plan.special_minimums:
        for line in plan.minimum_scales:
            if not set(line.minerals) & set(special.minerals):
                continue
            spoken = special.deposit_classes or tuple(_SIZES)
            differing = {
                size: cell
                for size in _SIZES
                if size in spoken and _differs(cell := getattr(line, size), special.amounts)
            }
            if differing:
                yield _against_table(special, line, differing)


def _against_table(
    special: SpecialMinimum, line: MinimumScale, differing: dict[SizeClass, object]
) -> Finding:
    amounts = "、".join(str(amount) for amount in special.amounts)
    cells_zh = "、".join(f"{_SIZES[size]}{cell}" for size, cell in differing.items())
    cells_en = ", ".join(f"{size} {cell}" for size, cell in differing.items())
    return say(
        "special_minimum",
        special.id,
        f"{line.mineral}：最低开采规模表为{cells_zh}（{line.source}），专门规定为{amounts}"
        f"（{special.source}）；专门规定优先。",
        f"{line.mineral}: the table asks {cells_en} ({line.source}), the special provision "
        f"{amounts} ({special.source}); the special provision holds.",
        (
            "大型矿床上的采矿权宜按表中大型一栏复核。",
            "Review a right on a large deposit against the table's large column.",
        ),
    )


def _differs(cell: Quantity | str, amounts: tuple[Quantity, ...]) -> bool:
    if not isinstance(cell, Quantity):
        return cell == "×"
    alike = [one for one in amounts if one.dimension == cell.dimension]
    return any(abs(one.to(cell.unit) - cell.value) > 1e-9 for one in alike)


def _small_zones(plan: Plan) -> Iterator[Finding]:
    """All zones that ten years at the minimum would sink by far, in one finding."""
    zh, en = [], []
    for zone in plan.zones:
        volume = _volume(plan, zone)
        if volume is None or zone.rights == 0 or zone.area_km2 is None:
            continue
        depth = volume * zone.rights * YEARS_OF_DIGGING / (zone.area_km2 * 1e6)
        if depth >= DEEP_METRES:
            area = number_text(zone.area_km2)
            zh.append(f"{zone.name}（{zone.code}）{area}平方公里，约{depth:.0f}米")
            en.append(f"{zone.name} ({zone.code}) {area} km², about {depth:.0f} m")
    if zh:
        yield say(
            "small_zone",
            "zones",
            f"{len(zh)}个区块面积过小，按最低规模开采{YEARS_OF_DIGGING}年，全区平均须下降："
            f"{listed(zh, between='；')}。",
            f"Zones that at their minimum for {YEARS_OF_DIGGING} years would sink on average as a "
            f"whole by {DEEP_METRES} m or more: {len(en)}: {listed(en, 'en', between='; ')}.",
            (
                "投放前核实面积与资源储量。",
                "Check the area and the reserves before a right is issued there.",
            ),
        )


def _volume(plan: Plan, zone: Zone) -> float | None:
    """Cubic metres a year at the zone's minimum; None where it or a density is not known."""
    if zone.minimum is None or zone.mineral is None:
        return None
    if zone.minimum.dimension == "volume":
        return zone.minimum.to("立方米")
    mineral = plan.mineral(zone.mineral)
    if mineral is None or mineral.product is None:
        return None
    density = plan.product(mineral.product).density
    return zone.minimum.to("吨") / density if density else None


def _zone_authorities(scenario: Scenario) -> Iterator[Finding]:
    details = scenario.question.zone_details
    silent = [
        zone
        for zone in scenario.plan.zones
        if zone.authority is None
        and zone.mineral is not None
        and zone.rights > 0
        and (zone.code not in details or details[zone.code].authority is None)
    ]
    if silent:
        codes = [one.code for one in silent]
        yield say(
            "zone_authority",
            "zones",
            f"{len(silent)}个集中开采区（区块）未载发证权限：{listed(codes)}。",
            f"Zones that do not say who issues their licences: {len(silent)}: "
            f"{listed(codes, 'en')}.",
            (
                "在zone_details中补充authority后，投放表才能区分本级与衔接。",
                "Add `authority` under zone_details so that the issuance table can tell them "
                "apart.",
            ),
        )


def _inferred(plan: Plan) -> Iterator[Finding]:
    """All readings in one finding, family by family."""
    families: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for family, zh, en, fact in _readings(plan):
        if fact.reading == "inferred":
            families[family].append((zh, en))
    if families:
        number = sum(len(facts) for facts in families.values())
        said_zh = [
            f"{kind}{len(facts)}处（{listed((zh for zh, _ in facts), most=3)}）"
            for (kind, _), facts in families.items()
        ]
        said_en = [
            f"{kind} {len(facts)} ({listed((en for _, en in facts), 'en', most=3)})"
            for (_, kind), facts in families.items()
        ]
        yield say(
            "inferred_reading",
            "reading: inferred",
            f"{number}处为推读，非原文明载：{'；'.join(said_zh)}。依据见规划文件各条note。",
            f"Facts read into the plan, not printed in it: {number}: {'; '.join(said_en)}. "
            "The note of each fact says why.",
            ("请主管部门确认此读法。", "Have the authority confirm this reading."),
        )


def _readings(plan: Plan) -> Iterator[tuple[tuple[str, str], str, str, Sourced]]:
    """Yield every fact that may be a reading: its family, its name in both languages, itself."""
    indicators = ("指标", "indicators")
    for one in (
        *plan.caps,
        *plan.counts,
        *plan.ratios,
        *plan.holder_limits,
        *plan.exchanges,
        *plan.zone_limits,
    ):
        yield indicators, one.title.zh, one.title.en, one
    for handed in plan.handed_down:
        yield indicators, handed.title.zh, handed.title.en, handed
    for blank in plan.no_allotment:
        name = plan.product(blank.product).en
        zh = f"{blank.product}未分配指标的县（区）"
        yield ("分县指标", "county split"), zh, f"no allotment of {name}", blank
    minimums = ("最低开采规模", "minimum scales")
    for line in plan.minimum_scales:
        marked = line.reading == "inferred" or bool(line.inferred)
        fact = line.model_copy(update={"reading": "inferred"}) if marked else line
        yield minimums, line.mineral, line.mineral, fact
    if plan.minimum_scale_use is not None:
        yield minimums, "栏目含义与适用对象", "columns and whom they bind", plan.minimum_scale_use
    for special in plan.special_minimums:
        yield minimums, f"专门规定{special.id}", f"special minimum {special.id}", special
    for area in plan.area_minimums:
        yield minimums, f"{area.area}内的最低规模类别", f"least class in {area.area}", area
    for leaving in plan.exits:
        title = leaving.title
        yield ("退出", "exits"), title.zh, title.en, leaving
    for renewal in plan.renewals:
        yield ("退出", "exits"), f"延续{renewal.id}", f"renewal {renewal.id}", renewal
    for zone in plan.zones:
        yield ("集中开采区与区块", "zones and blocks"), zone.name, zone.code, zone
    for key_area in plan.areas:
        yield ("重点开采区", "areas"), key_area.name, key_area.code, key_area
    for direction in plan.directions:
        names = "、".join(direction.names)
        yield ("开采方向", "directions"), names, direction.kind, direction
    for count in plan.base_counts:
        yield ("基期数量", "base numbers"), count.title.zh, count.title.en, count


def _odd_cells(plan: Plan) -> Iterator[Finding]:
    """Remarks the plan file makes on lines of the table, alike ones once."""
    lines: dict[str, list[str]] = defaultdict(list)
    for line in plan.minimum_scales:
        if line.note:
            lines[line.note.rstrip("。")].append(line.mineral)
    if lines:
        number = sum(len(names) for names in lines.values())
        said = [f"{'、'.join(dict.fromkeys(names))}：{note}" for note, names in lines.items()]
        yield say(
            "odd_cell",
            "minimum_scales",
            f"最低开采规模表{number}行附有读法说明。{listed(said, between='；')}。",
            f"Lines of the minimum-scale table with a remark on how they are read: {number}. "
            f"{listed(said, 'en', between='; ')}.",
            ("请主管部门确认此读法。", "Have the authority confirm this reading."),
        )
