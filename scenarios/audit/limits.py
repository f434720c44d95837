"""The upper limits on a product's output in a year, and the most that fits beneath them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minequota.scenarios.conversion import Ore
from minequota.scenarios.plan import Attribute, Basis, Cap, Name, Product, Use
from minequota.scenarios.question import CapFromAbove
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.supply import Supply, in_product, supplies
from minequota.scenarios.units import Quantity

UPPER = ("ceiling", "level", "about")
_USES: tuple[Use, ...] = ("main", "comprehensive")


@dataclass(frozen=True)
class Limit:
    """One upper limit, net of holdback, in the product's unit and its own basis."""

    id: str
    title: Name
    county: str | None
    use: Use | None
    net: float
    basis: Basis
    attribute: Attribute


def limits(
    scenario: Scenario, product: Product, year: int, reading: Basis | None = None
) -> list[Limit]:
    """Return the limits in force; `reading` takes the plan's figures in another basis."""
    return [
        *_of_plan(scenario, product, year, reading),
        *_from_above(scenario, product, year),
        *_blank(scenario, product, year),
        *_awaited(scenario, product, year),
    ]


def amount_of(scenario: Scenario, cap: Cap) -> Quantity | None:
    """Return a cap's figure; of a multiple of the base year's output, None without that output."""
    if cap.amount is not None:
        return cap.amount
    base = scenario.question.base_outputs.get(cap.product)
    if base is None or cap.times_base is None:
        return None
    return Quantity(base.amount.value * cap.times_base, base.amount.unit)


def _kept(scenario: Scenario, product: Product) -> float:
    return 1 - scenario.question.options.holdback.get(product.name, 0.0)


def _of_plan(
    scenario: Scenario, product: Product, year: int, reading: Basis | None
) -> Iterator[Limit]:
    for cap in scenario.plan.caps:
        amount = amount_of(scenario, cap)
        if cap.product != product.name or cap.sense not in UPPER or year not in cap.years:
            continue
        if amount is None or amount.dimension != Quantity(1.0, product.unit).dimension:
            continue
        upper = 1 + (cap.tolerance or 0.0) if cap.sense == "about" else 1.0
        yield Limit(
            id=cap.id,
            title=cap.title,
            county=cap.county,
            use=cap.use,
            net=amount.to(product.unit) * upper * _kept(scenario, product),
            basis=reading or cap.basis or product.basis,
            attribute=cap.attribute,
        )


def _from_above(scenario: Scenario, product: Product, year: int) -> Iterator[Limit]:
    """Batches of one place and use add up to one limit."""
    lines = [
        one
        for one in scenario.question.caps_from_above
        if one.product == product.name and one.year == year
    ]
    for county in dict.fromkeys(one.county for one in lines):
        own = [one for one in lines if one.county == county]
        for use in (None, *_USES):
            parts = [amount for one in own if (amount := _part(one, use)) is not None]
            if parts:
                yield Limit(
                    id=".".join(filter(None, ("above", product.name, county, use))),
                    title=Name(
                        zh=f"上级下达{product.name}指标", en=f"{product.en} figure handed down"
                    ),
                    county=county,
                    use=use,
                    net=sum(one.to(product.unit) for one in parts) * _kept(scenario, product),
                    basis=product.basis,
                    attribute=own[0].attribute,
                )


def _part(one: CapFromAbove, use: Use | None) -> Quantity | None:
    if use is None:
        return one.amount
    return one.main if use == "main" else one.comprehensive


def _blank(scenario: Scenario, product: Product, year: int) -> Iterator[Limit]:
    for blank in scenario.plan.no_allotment:
        if blank.product == product.name and year in blank.years:
            for county in blank.counties:
                title = Name(zh=f"{county}未分配指标", en=f"no allotment in {county}")
                yield _zero(blank.id, title, county, product, blank.attribute)


def _awaited(scenario: Scenario, product: Product, year: int) -> Iterator[Limit]:
    for handed in scenario.plan.handed_down:
        if handed.product == product.name and year in handed.years:
            for county in awaiting(scenario, product, year):
                yield _zero(handed.id, handed.title, county, product, handed.attribute)


def _zero(clause: str, title: Name, county: str, product: Product, attribute: Attribute) -> Limit:
    return Limit(clause, title, county, None, 0.0, product.basis, attribute)


def awaiting(scenario: Scenario, product: Product, year: int) -> tuple[str, ...]:
    """Return the counties for which a figure handed down each year is still missing."""
    if not any(
        one.product == product.name and year in one.years for one in scenario.plan.handed_down
    ):
        return ()
    covered = {
        one.county
        for one in scenario.question.caps_from_above
        if one.product == product.name and one.year == year
    }
    if None in covered:
        return ()
    return tuple(place.name for place in scenario.plan.counties if place.name not in covered)


def whole_limit(limits: Iterable[Limit], product: Product) -> float | None:
    """Return what the limits let be handed out in all, in the product's basis; None: no limit."""
    own = [one for one in limits if one.basis == product.basis]
    whole = [one.net for one in own if one.county is None and one.use is None]
    split = [one.net for one in own if one.county is None and one.use is not None]
    if split:
        whole.append(sum(split))
    if whole:
        return min(whole)
    counties = {one.county for one in own}
    if not counties:
        return None
    return sum(min(one.net for one in own if one.county == county) for county in counties)


def possible_supply(
    scenario: Scenario, product: Product, year: int | None = None, reading: Basis | None = None
) -> float:
    """Return the most the rights could yield within every limit, county by county and in all."""
    asked = scenario.question.year if year is None else year
    return within(
        list(supplies(scenario, product, asked)),
        limits(scenario, product, asked, reading),
        product,
    )


def within(yields: list[Supply], held: list[Limit], product: Product) -> float:
    """Return the most of these yields that fits beneath these limits.

    Cells of county and use are cut to their own limits, summed by county and by use, and cut
    again; where limits cross, the result is an upper bound.
    """

    def cut(amount: float, county: str | None, use: Use | None) -> float:
        own = [one for one in held if (one.county, one.use) == (county, use)]
        return min([amount, *(_in_basis(one, yields, product) for one in own)])

    cells: dict[tuple[str, Use], float] = {}
    for one in yields:
        cells[one.county, one.use] = cells.get((one.county, one.use), 0.0) + one.amount
    cells = {key: cut(amount, *key) for key, amount in cells.items()}
    counties = {county for county, _ in cells}
    by_county = sum(
        cut(sum(amount for (at, _), amount in cells.items() if at == county), county, None)
        for county in counties
    )
    by_use = sum(
        cut(sum(amount for (_, of), amount in cells.items() if of == use), None, use)
        for use in _USES
    )
    return cut(min(by_county, by_use), None, None)


def _in_basis(limit: Limit, yields: list[Supply], product: Product) -> float:
    """Return a limit in the product's basis, by the ore it lets through most of."""
    if limit.basis == product.basis:
        return limit.net
    factors = [
        factor
        for one in yields
        if limit.county in (None, one.county) and limit.use in (None, one.use)
        if (factor := ratio(product, one.unit, one.ore, limit.basis)) is not None
    ]
    return limit.net * max(factors, default=0.0)


def ratio(product: Product, unit: str, ore: Ore, basis: Basis) -> float | None:
    """Return the product's units in one unit of another basis of the same ore."""
    one = Quantity(1.0, unit)
    own, other = in_product(product, one, ore), in_product(product, one, ore, basis)
    return own / other if own is not None and other else None
