"""Whether demand and caps can meet what the mines can yield, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.finding import Finding, listed, number_text, say, years_text
from minequota.scenarios.audit.limits import (
    Limit,
    awaiting,
    limits,
    possible_supply,
    whole_limit,
    within,
)
from minequota.scenarios.conversion import Ore
from minequota.scenarios.issuable import candidates
from minequota.scenarios.plan import Basis, Product
from minequota.scenarios.question import ByProductSource, Demand
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.standing import may_produce
from minequota.scenarios.supply import (
    Supply,
    modelled_years,
    supplies,
    yielding_share,
)
from minequota.scenarios.units import Quantity

_SAME = 1e-9
_READINGS: dict[Basis, tuple[str, str]] = {
    "block_stone": ("荒料", "block stone"),
    "ore": ("矿石体积", "a volume of ore"),
}


@dataclass(frozen=True)
class Balance:
    """One product in one year, in its unit: what is asked, and the most there can be.

    `capped` is the most the caps alone allow, whatever the capacity; None where none does.
    """

    wanted: float
    outside: float
    capped: float | None
    possible: float
    other_basis: Basis | None
    other_possible: float


def audit_demand(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is to be said about demand and caps."""
    for name in scenario.question.demand:
        yield from _demand(scenario, scenario.plan.product(name))
    yield from _caps_without_capacity(scenario)
    yield from _by_products(scenario)


def balance(scenario: Scenario, product: Product, year: int) -> Balance | None:
    """Return a year's balance at its best; None where nothing is asked."""
    demand = scenario.question.demand[product.name]
    held = limits(scenario, product, year)
    wanted = demanded(product, demand, year, held)
    if wanted is None:
        return None
    yields = list(supplies(scenario, product, year))
    unlimited = [Supply(one.county, one.use, _ENDLESS, one.unit, one.ore) for one in yields] or [
        Supply(place.name, "main", _ENDLESS, product.unit, Ore())
        for place in scenario.plan.counties
    ]
    capped = within(unlimited, held, product)
    other = _other_reading(scenario, product, year)
    return Balance(
        wanted=wanted,
        outside=outside(scenario, product, demand, year),
        capped=capped if capped < _ENDLESS else None,
        possible=within(yields, held, product),
        other_basis=other,
        other_possible=0.0 if other is None else possible_supply(scenario, product, year, other),
    )


_ENDLESS = 1e15


def demanded(product: Product, demand: Demand, year: int, held: list[Limit]) -> float | None:
    """Return a year's demand in the product's unit; None of a cap that is not there."""
    if year in demand.by_year:
        return demand.by_year[year].to(product.unit)
    if demand.amount is not None:
        return demand.amount.to(product.unit)
    return whole_limit(held, product)


def outside(scenario: Scenario, product: Product, demand: Demand, year: int) -> float:
    """Return the most that imports and by-products can bring."""
    fixed = sum(
        amount.to(product.unit)
        for amount in (demand.imports, demand.by_product)
        if amount is not None
    )
    return fixed + sum(_by_product(scenario, product, one, year) for one in demand.by_product_from)


def _by_product(scenario: Scenario, product: Product, source: ByProductSource, year: int) -> float:
    """Return what a by-product source yields when all the ore it comes with is mined."""
    ore = 0.0
    for right in scenario.rights:
        known = right.capacity is not None and right.mineral in source.minerals
        if known and right.capacity is not None and may_produce(right, year):
            ore += _in_unit(right.capacity, source.ore_unit)
    for one in candidates(scenario):
        if one.mineral in source.minerals and one.maximum is not None:
            share = yielding_share(scenario, one.project, year)
            ore += share * _in_unit(one.maximum, source.ore_unit)
    return ore * source.per_ore.to(product.unit)


def _in_unit(amount: Quantity, unit: str) -> float:
    same = amount.dimension == Quantity(1.0, unit).dimension
    return amount.to(unit) if same else 0.0


def _other_reading(scenario: Scenario, product: Product, year: int) -> Basis | None:
    """A volume of block stone may be read as ore, and of ore as block stone; others are printed."""
    bases = {
        cap.basis or product.basis
        for cap in scenario.plan.caps
        if cap.product == product.name and year in cap.years and cap.amount is not None
        if cap.amount.dimension == "volume"
    }
    if product.basis != "block_stone" or len(bases) != 1:
        return None
    return "ore" if bases == {"block_stone"} else "block_stone"


def _demand(scenario: Scenario, product: Product) -> Iterator[Finding]:
    """One finding for all years with the same figures."""
    found: dict[Balance, list[int]] = {}
    for year in modelled_years(scenario):
        one = balance(scenario, product, year)
        if one is None or set(awaiting(scenario, product, year)) == {
            place.name for place in scenario.plan.counties
        }:
            continue  # without a figure from above nothing is asked of the mines; A701 says so
        if one.possible + one.outside < one.wanted * (1 - _SAME):
            found.setdefault(one, []).append(year)
    for one, years in found.items():
        yield _short(scenario, product, one, years)


def _short(scenario: Scenario, product: Product, one: Balance, years: list[int]) -> Finding:
    unit, when = product.unit, years_text(years)
    needed = one.wanted - one.outside
    by_caps = one.capped is not None and one.capped < needed * (1 - _SAME)
    gap = number_text(needed - one.possible)
    assumed = scenario.question.demand[product.name].assumed
    asked_zh = f"{when}年{product.name}需求{number_text(one.wanted)}{unit}"
    asked_en = f"{product.name}, {when}: demand is {number_text(one.wanted)} {unit}"
    if assumed:
        asked_zh, asked_en = f"{asked_zh}（假设）", f"{asked_en} (assumed)"
    if one.outside:
        asked_zh += f"，外来和副产供给{number_text(one.outside)}"
        asked_en += f", {number_text(one.outside)} come from outside"
    most = number_text(one.possible)
    reading_zh, reading_en = _both_readings(product, one)
    if by_caps:
        assert one.capped is not None  # noqa: S101 - `by_caps` says so
        return say(
            "demand_above_caps",
            f"demand.{product.name}",
            f"{asked_zh}；总量上限{number_text(one.capped)}，能力之内最多可供{most}，"
            f"缺口至少{gap}{unit}{reading_zh}。",
            f"{asked_en}; the caps allow {number_text(one.capped)}, with the capacity there is at "
            f"most {most}: at least {gap} {unit} stay unmet{reading_en}.",
            (
                "增加调入或副产，下调需求，或请求调整总量。",
                "Add imports or by-products, lower the demand, or ask for a higher cap.",
            ),
        )
    return say(
        "demand_above_supply",
        f"demand.{product.name}",
        f"{asked_zh}；上限之内，可生产与可投放的最多可供{most}，缺口至少{gap}{unit}{reading_zh}。",
        f"{asked_en}; within the caps all rights and candidates give at most {most}: at least "
        f"{gap} {unit} stay unmet{reading_en}.",
        (
            "增加调入或可投放采矿权，或下调需求。",
            "Add imports or rights that may be issued, or lower the demand.",
        ),
    )


def _both_readings(product: Product, one: Balance) -> tuple[str, str]:
    """A cap on a volume of block stone: what it allows when the figure is read the other way."""
    if one.other_basis is None:
        return "", ""
    other_zh, other_en = _READINGS[one.other_basis]
    own_zh, own_en = _READINGS["ore" if one.other_basis == "block_stone" else "block_stone"]
    most = number_text(one.other_possible)
    short = one.wanted - one.outside - one.other_possible
    enough = short <= _SAME * one.wanted
    end_zh = "可以满足" if enough else f"仍缺{number_text(short)}{product.unit}"
    end_en = "enough" if enough else f"still {number_text(short)} {product.unit} too few"
    return (
        f"（以上按{own_zh}读总量；按{other_zh}读，最多可供{most}，{end_zh}）",
        f" (the cap read as {own_en}; read as {other_en} at most {most}, {end_en})",
    )


def _caps_without_capacity(scenario: Scenario) -> Iterator[Finding]:
    year = modelled_years(scenario)[-1]
    for product in scenario.plan.products:
        yields = list(supplies(scenario, product, year))
        short = []
        for limit in limits(scenario, product, year):
            most = sum(
                one.amount
                for one in yields
                if limit.county in (None, one.county) and limit.use in (None, one.use)
            )
            if limit.net > 0 and limit.basis == product.basis and most < limit.net * (1 - _SAME):
                short.append((limit, most))
        if short:
            yield _out_of_reach(scenario, product, year, short)


def _out_of_reach(
    scenario: Scenario, product: Product, year: int, short: list[tuple[Limit, float]]
) -> Finding:
    handed = scenario.question.options.hand_out.get(product.name) == "cap"
    zh = listed(
        f"{limit.title.zh}{number_text(limit.net)}，能力{number_text(most)}"
        for limit, most in short
    )
    en = listed(
        (
            f"{limit.title.en} {number_text(limit.net)}, capacity {number_text(most)}"
            for limit, most in short
        ),
        "en",
    )
    effect_zh = "按总量下达时不能全部下达" if handed else "上限不会起作用"
    effect_en = "not all of it can be handed out" if handed else "it cannot bind"
    return say(
        "cap_out_of_reach",
        short[0][0].id,
        f"{product.name}（{product.unit}，{year}年）：可生产的与可投放的合计能力达不到上限，"
        f"{effect_zh}：{zh}。",
        f"{product.name} ({product.unit}, {year}): all rights that may produce or be issued "
        f"cannot reach the ceiling; {effect_en}: {en}.",
        (
            "不必据此投放；如确需用足，先列出可投放的采矿权。",
            "A ceiling asks for nothing; to use it up, list rights that may be issued.",
        ),
        severity="warning" if handed else None,
    )


def _by_products(scenario: Scenario) -> Iterator[Finding]:
    zh, en = [], []
    for name, demand in scenario.question.demand.items():
        product = scenario.plan.product(name)
        fixed = demand.by_product
        if fixed is not None and fixed.value > 0:
            zh.append(f"{name}{fixed}")
            en.append(f"{name} {fixed}")
        for one in demand.by_product_from:
            most = max(
                _by_product(scenario, product, one, year) for year in modelled_years(scenario)
            )
            zh.append(
                f"{name}随{'、'.join(one.minerals)}产出，最多{number_text(most)}{product.unit}"
            )
            en.append(
                f"{name} with {', '.join(one.minerals)}, at most {number_text(most)} {product.unit}"
            )
    if zh:
        yield say(
            "by_products",
            "demand",
            f"副产、尾矿、废石计入供给，不占开采总量：{'；'.join(zh)}。",
            f"By-products, tailings and waste rock count as supply outside the caps: "
            f"{'; '.join(en)}.",
            (
                "核实产出率；综合利用指标另有下达的，列入caps_from_above。",
                "Check the yield; where comprehensive use has a figure, list it in "
                "caps_from_above.",
            ),
        )
