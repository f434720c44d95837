"""Whether what can be supplied meets demand, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minequota.scenarios.audit.finding import (
    Finding,
    at_least,
    at_most,
    number_text,
    say,
    years_text,
)
from minequota.scenarios.audit.limits import (
    Limit,
    awaiting,
    limits,
    possible_supply,
    whole_limit,
    within,
)
from minequota.scenarios.conversion import Ore
from minequota.scenarios.issuable import candidates, product_of
from minequota.scenarios.minimums import density_of, in_licence_unit
from minequota.scenarios.plan import Basis, Product
from minequota.scenarios.question import ByProductSource, Demand
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import (
    Supply,
    modelled_years,
    supplies,
    usable_capacity,
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
    """Yield what is to be said about demand and what is to meet it."""
    for name in scenario.question.demand:
        yield from _demand(scenario, scenario.plan.product(name))
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
        if right.mineral in source.minerals:
            capacity = usable_capacity(scenario, right, year)
            ore += _ore(capacity, source, density_of(scenario.plan, right))
    for one in candidates(scenario):
        if one.mineral in source.minerals:
            own = product_of(scenario.plan, one.mineral)
            density = own.density if own is not None else None
            share = yielding_share(scenario, one.project, year)
            ore += share * _ore(one.maximum, source, density)
    return ore * source.per_ore.to(product.unit) * scenario.question.options.availability


def _ore(capacity: Quantity | None, source: ByProductSource, density: float | None) -> float:
    if capacity is None:
        return 0.0
    return in_licence_unit(capacity, source.ore_unit, density) or 0.0


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
    """What a product lacks, in one finding for each reason, year by year."""
    everywhere = {place.name for place in scenario.plan.counties}
    found: dict[Balance, list[int]] = {}
    for year in modelled_years(scenario):
        one = balance(scenario, product, year)
        if one is None or set(awaiting(scenario, product, year)) == everywhere:
            continue  # without a figure from above nothing is asked of the mines; A701 says so
        if one.possible + one.outside < one.wanted * (1 - _SAME):
            found.setdefault(one, []).append(year)
    for by_caps in (True, False):
        short = {one: years for one, years in found.items() if _by_caps(one) is by_caps}
        if short:
            yield _short(scenario, product, short, by_caps)


def _by_caps(one: Balance) -> bool:
    """Whether the caps alone, whatever the capacity, leave demand unmet."""
    return one.capped is not None and one.capped < (one.wanted - one.outside) * (1 - _SAME)


def _short(
    scenario: Scenario, product: Product, short: dict[Balance, list[int]], by_caps: bool
) -> Finding:
    assumed = scenario.question.demand[product.name].assumed
    zh = [_said_zh(product, one, years, by_caps) for one, years in short.items()]
    en = [_said_en(product, one, years, by_caps) for one, years in short.items()]
    return say(
        "demand_above_caps" if by_caps else "demand_above_supply",
        f"demand.{product.name}",
        f"{product.name}需求{'（假设）' if assumed else ''}：{'；'.join(zh)}。",
        f"{product.en}, demand{' (assumed)' if assumed else ''}: {'; '.join(en)}.",
        (
            "增加调入或副产，下调需求，或请求调整总量。",
            "Add imports or by-products, lower the demand, or ask for a higher cap.",
        )
        if by_caps
        else (
            "增加调入或可投放采矿权，或下调需求。",
            "Add imports or rights that may be issued, or lower the demand.",
        ),
    )


def _said_zh(product: Product, one: Balance, years: list[int], by_caps: bool) -> str:
    outside = f"（外来和副产供给{number_text(one.outside)}）" if one.outside else ""
    held = f"总量上限{number_text(one.capped or 0.0)}，" if by_caps else ""
    gap = at_least(one.wanted - one.outside - one.possible)
    return (
        f"{years_text(years)}年{number_text(one.wanted)}{product.unit}{outside}，{held}"
        f"上限之内可生产与可投放的最多可供{at_most(one.possible)}，缺口至少{gap}{product.unit}"
        f"{_both_readings(product, one)[0]}"
    )


def _said_en(product: Product, one: Balance, years: list[int], by_caps: bool) -> str:
    outside = f" ({number_text(one.outside)} from outside)" if one.outside else ""
    held = f"the caps allow {number_text(one.capped or 0.0)}, " if by_caps else ""
    gap = at_least(one.wanted - one.outside - one.possible)
    return (
        f"{years_text(years)}: {number_text(one.wanted)} {product.unit}{outside}; {held}within "
        f"them rights and candidates give at most {at_most(one.possible)}: at least {gap} "
        f"{product.unit} stay unmet{_both_readings(product, one)[1]}"
    )


def _both_readings(product: Product, one: Balance) -> tuple[str, str]:
    """A cap on a volume of block stone: what it allows when the figure is read the other way."""
    if one.other_basis is None:
        return "", ""
    other_zh, other_en = _READINGS[one.other_basis]
    own_zh, own_en = _READINGS["ore" if one.other_basis == "block_stone" else "block_stone"]
    most = at_most(one.other_possible)
    short = one.wanted - one.outside - one.other_possible
    enough = short <= _SAME * one.wanted
    end_zh = "可以满足" if enough else f"仍缺{at_least(short)}{product.unit}"
    end_en = "enough" if enough else f"still {at_least(short)} {product.unit} too few"
    return (
        f"（以上按{own_zh}读总量；按{other_zh}读，最多可供{most}，{end_zh}）",
        f" (the cap read as {own_en}; read as {other_en} at most {most}, {end_en})",
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
            zh.append(f"{name}随{'、'.join(one.minerals)}产出，最多{at_most(most)}{product.unit}")
            en.append(
                f"{name} with {', '.join(one.minerals)}, at most {at_most(most)} {product.unit}"
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
