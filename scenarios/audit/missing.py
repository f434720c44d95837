"""Figures the plan asks for and does not print, and places it does not describe."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.finding import Finding, listed, number_text, say, years_text
from minequota.scenarios.audit.limits import awaiting
from minequota.scenarios.audit.scopes import held
from minequota.scenarios.issuable import candidates
from minequota.scenarios.plan import Count, Zone
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import modelled_years

_SHOWN = 8


def audit_missing(scenario: Scenario) -> Iterator[Finding]:
    """Yield every figure that is needed and not given, or only assumed."""
    yield from _handed_down(scenario)
    yield from _counts(scenario)
    yield from _multiples(scenario)
    yield from _places(scenario)
    yield from _unbounded(scenario)


def _handed_down(scenario: Scenario) -> Iterator[Finding]:
    places = {place.name for place in scenario.plan.counties}
    for handed in scenario.plan.handed_down:
        product = scenario.plan.product(handed.product)
        missing: dict[tuple[str, ...], list[int]] = {}
        for year in modelled_years(scenario):
            if year in handed.years and (counties := awaiting(scenario, product, year)):
                missing.setdefault(counties, []).append(year)
        for counties, years in missing.items():
            everywhere = set(counties) == places
            where_zh = "" if everywhere else f"（{listed(counties)}）"
            where_en = "" if everywhere else f" ({listed(counties, 'en')})"
            yield say(
                "awaiting_figure",
                handed.id,
                f"{handed.title.zh}：{years_text(years)}年{where_zh}待下达，{product.name}不给指标。"
                f"下达机关：{handed.issuer}。（{handed.source}）",
                f"{handed.title.en}: the figure of {years_text(years)}{where_en} is not handed "
                f"down yet, so {product.en} gets no quota. ({handed.source})",
                (
                    "收到文件后填入caps_from_above，注明文号。",
                    "Enter it under caps_from_above, with the document's number.",
                ),
            )


def _counts(scenario: Scenario) -> Iterator[Finding]:
    """Numbers the plan leaves open, those of one state in one finding."""
    years = modelled_years(scenario)
    figures, paths = scenario.question.figures, scenario.question.options.paths
    open_ = [
        one
        for one in scenario.plan.counts
        if one.limit is None and held(scenario, one) and any(year in one.years for year in years)
    ]
    missing = [one for one in open_ if one.id not in figures and one.id not in paths]
    assumed = [one for one in open_ if one.id in figures and figures[one.id].assumed]
    advice = ("在figures中填写数字和来源。", "Give the number and its source under `figures`.")
    if missing:
        yield say(
            "missing_figure",
            missing[0].id,
            f"{len(missing)}项数量指标规划未印数字，情景也没有给出：{_titles(missing)}。",
            f"Numbers neither printed in the plan nor given by the scenario: {len(missing)}: "
            f"{_titles(missing, 'en')}.",
            advice,
            severity="error",
        )
    if assumed:
        said_zh = [f"{one.title.zh}{number_text(figures[one.id].value)}" for one in assumed]
        said_en = [f"{one.title.en}: {number_text(figures[one.id].value)}" for one in assumed]
        yield say(
            "missing_figure",
            assumed[0].id,
            f"{len(assumed)}项数量指标规划未印数字，所用为假设：{listed(said_zh, most=_SHOWN)}。",
            f"Numbers the plan does not print that are assumptions: {len(assumed)}: "
            f"{listed(said_en, 'en', most=_SHOWN, between='; ')}.",
            advice,
        )


def _titles(counts: list[Count], lang: str = "zh") -> str:
    return listed((one.title.zh if lang == "zh" else one.title.en for one in counts), lang)


def _multiples(scenario: Scenario) -> Iterator[Finding]:
    years = modelled_years(scenario)
    for cap in scenario.plan.caps:
        if cap.times_base is None or not any(year in cap.years for year in years):
            continue
        base = scenario.question.base_outputs.get(cap.product)
        times = number_text(cap.times_base)
        advice = (
            "在base_outputs中填写统计的基期产量。",
            "Give the measured output of the base year under `base_outputs`.",
        )
        if base is None:
            yield say(
                "base_of_multiple",
                cap.id,
                f"{cap.title.zh}为基期的{times}倍，规划未印基期产量，情景也没有给出。"
                f"（{cap.source}）",
                f"{cap.title.en} is {times} times the base year's output, which neither plan nor "
                f"scenario gives. ({cap.source})",
                advice,
                severity="error",
            )
        elif base.synthetic:
            yield say(
                "base_of_multiple",
                cap.id,
                f"{cap.title.zh}为基期的{times}倍；基期产量{base.amount}为合成数，不能据以判定是否"
                f"达标。（{cap.source}）",
                f"{cap.title.en} is {times} times the base year's output; the {base.amount} taken "
                f"for it is made up, so the clause cannot be judged. ({cap.source})",
                advice,
            )


def _places(scenario: Scenario) -> Iterator[Finding]:
    zones = [zone for zone in scenario.plan.zones if zone.rights > 0]
    blank = [zone for zone in zones if _blank(zone)]
    if not blank:
        return
    pools = [zone for zone in blank if zone.mineral is None]
    places = sum(zone.rights for zone in blank)
    in_pools = sum(zone.rights for zone in pools)
    codes = {zone.code for zone in pools}
    proposed = sum(one.zone in codes for one in candidates(scenario))
    lacking = {
        "矿种": ("mineral", [zone for zone in blank if zone.mineral is None]),
        "最低规模": ("minimum", [zone for zone in blank if zone.minimum is None]),
        "面积": ("area", [zone for zone in blank if zone.area_km2 is None]),
    }
    zh = "、".join(
        f"{word}{sum(zone.rights for zone in of)}个" for word, (_, of) in lacking.items() if of
    )
    en = ", ".join(
        f"{word} of {sum(zone.rights for zone in of)}" for word, of in lacking.values() if of
    )
    pool_zh = pool_en = ""
    if pools:
        left = in_pools - min(in_pools, proposed)
        pool_zh = f"无矿种的{in_pools}个，情景列出{proposed}个可能的采矿权"
        pool_en = f" Without a mineral: {in_pools}; proposed there by the scenario: {proposed}"
        pool_zh += f"，其余{left}个不投放。" if left else "。"
        pool_en += f"; never issued: {left}." if left else "."
    yield say(
        "blank_places",
        blank[0].code,
        f"{places}个规划区块要素不全（缺{zh}）；未载最低规模的按最低开采规模表。{pool_zh}",
        f"Planned places not fully described: {places} (missing: {en}); where no minimum is "
        f"printed the general table holds.{pool_en}",
        (
            "按区块登记表在zone_details、extra_candidates中补充。",
            "Add what the block lists say under zone_details and extra_candidates.",
        ),
    )


def _blank(zone: Zone) -> bool:
    return zone.mineral is None or zone.minimum is None or zone.area_km2 is None


def _unbounded(scenario: Scenario) -> Iterator[Finding]:
    loose = [one.id for one in candidates(scenario) if one.maximum is None]
    if loose:
        yield say(
            "unbounded_candidate",
            "candidates",
            f"{len(loose)}个可投放采矿权没有规模上限：{listed(loose)}。",
            f"Candidates without an upper bound on capacity: {len(loose)}: {listed(loose, 'en')}.",
            (
                "在zone_details中给出maximum，或在规划中给出最低规模。",
                "Give `maximum` under zone_details, or a minimum in the plan.",
            ),
        )
