"""Ceilings that nobody can fill, and floors that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator

from minequota.scenarios.audit.catalogue import Severity
from minequota.scenarios.audit.finding import Finding, at_most, listed, number_text, say
from minequota.scenarios.audit.limits import Limit, amount_of, limits, ratio
from minequota.scenarios.plan import Cap, Product
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import modelled_years, supplies
from minequota.scenarios.units import Quantity

_SAME = 1e-9
_SHOWN = 8


def audit_reach(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said of outputs the plan limits or wants, against all capacity."""
    yield from _caps_without_capacity(scenario)
    yield from _floors_out_of_reach(scenario)


def _caps_without_capacity(scenario: Scenario) -> Iterator[Finding]:
    """Ceilings above all capacity there can be in the last year, those handed out apart."""
    year = modelled_years(scenario)[-1]
    short: dict[bool, list[tuple[Product, Limit, float]]] = {True: [], False: []}
    for product in scenario.plan.products:
        yields = list(supplies(scenario, product, year))
        handed = scenario.question.options.hand_out.get(product.name) == "cap"
        for limit in limits(scenario, product, year):
            most = sum(
                one.amount
                for one in yields
                if limit.county in (None, one.county) and limit.use in (None, one.use)
            )
            if limit.net > 0 and limit.basis == product.basis and most < limit.net * (1 - _SAME):
                short[handed].append((product, limit, most))
    for handed, caps in short.items():
        if caps:
            yield _out_of_reach(year, caps, handed)


def _out_of_reach(year: int, short: list[tuple[Product, Limit, float]], handed: bool) -> Finding:
    zh = listed(
        (
            f"{limit.title.zh}{number_text(limit.net)}，能力{at_most(most)}{product.unit}"
            for product, limit, most in short
        ),
        between="；",
        most=_SHOWN,
    )
    en = listed(
        (
            f"{limit.title.en} {number_text(limit.net)}, capacity {at_most(most)} {product.unit}"
            for product, limit, most in short
        ),
        "en",
        between="; ",
        most=_SHOWN,
    )
    effect_zh = "按总量下达也不能全部下达" if handed else "不会起作用"
    effect_en = "not all of them can be handed out" if handed else "they cannot bind"
    return say(
        "cap_out_of_reach",
        "+".join(dict.fromkeys(limit.id for _, limit, _ in short)),
        f"{year}年有{len(short)}项上限高于可生产的与可投放的全部能力，{effect_zh}：{zh}。",
        f"Ceilings of {year} above the capacity of all rights that may produce or be issued, so "
        f"that {effect_en}: {len(short)}: {en}.",
        (
            "不必据此投放；如确需用足，先列出可投放的采矿权。",
            "A ceiling asks for nothing; to use it up, list rights that may be issued.",
        ),
        severity="warning" if handed else None,
    )


def _floors_out_of_reach(scenario: Scenario) -> Iterator[Finding]:
    """Floors and hoped-for forecasts above all that could be produced, in their own basis."""
    for cap in scenario.plan.caps:
        amount = amount_of(scenario, cap)
        years = [year for year in modelled_years(scenario) if year in cap.years]
        if amount is None or not years or "floor" not in (cap.sense, cap.hoped):
            continue
        product, year = scenario.plan.product(cap.product), years[-1]
        basis = cap.basis or product.basis
        most = sum(
            one.amount / (ratio(product, one.unit, one.ore, basis) or 1.0)
            for one in supplies(scenario, product, year)
            if cap.county in (None, one.county) and cap.use in (None, one.use)
        )
        wanted = amount.to(product.unit) * (1 - (cap.tolerance or 0.0))
        if most < wanted * (1 - _SAME):
            yield _floor_out_of_reach(cap, product, amount, most, year)


def _floor_out_of_reach(
    cap: Cap, product: Product, amount: Quantity, most: float, year: int
) -> Finding:
    severity: Severity | None = None
    if cap.sense == "forecast":
        severity = "note"
    elif cap.attribute == "binding":
        severity = "error"
    return say(
        "floor_out_of_reach",
        cap.id,
        f"{cap.title.zh}{cap.printed_as or amount}：{year}年可生产的与可投放的全部用足也只有"
        f"{at_most(most)}{product.unit}，达不到{amount}。（{cap.source}）",
        f"{cap.title.en}: all rights that may produce or be issued in {year} give at most "
        f"{at_most(most)} {product.unit}, less than {amount}. ({cap.source})",
        (
            "核对能力与折算；确需达到的，列出扩能、投放项目。",
            "Check capacities and conversions; list expansions or candidates to reach it.",
        ),
        severity=severity,
    )
