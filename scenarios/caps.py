"""Every cap in force as one line: the plan's, those handed down, and counties without a share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from minequota.scenarios.plan import Attribute, Basis, Cap, Product, Sense, Use, Years
from minequota.scenarios.question import CapFromAbove
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

_USES: dict[Use, tuple[str, str]] = {
    "main": ("主采", "main use"),
    "comprehensive": ("综合利用", "comprehensive use"),
}


@dataclass(frozen=True)
class CapLine:
    """One cap in its product's unit and its own basis; a blank county's cap is zero.

    `use` limits it to rights of main or comprehensive use. `judged` is false where it is a
    multiple of a base that the program made up.
    """

    id: str
    title_zh: str
    title_en: str
    product: Product
    county: str | None
    attribute: Attribute
    sense: Sense
    tolerance: float
    amount: float
    held_back: float
    plan_amount: float
    plan_unit: str
    years: Years
    source: str
    basis: Basis
    use: Use | None = None
    hoped: str | None = None
    judged: bool = True

    @property
    def net(self) -> float:
        """What may be handed out: the cap less its holdback."""
        return self.amount - self.held_back

    @property
    def upper(self) -> bool:
        """Whether it limits output from above."""
        return self.sense in ("ceiling", "level", "about")


def cap_lines(scenario: Scenario, years: tuple[int, ...]) -> tuple[CapLine, ...]:
    """Return the caps that hold in any of `years`: the plan's, those from above, the blanks."""
    lines = (*_of_plan(scenario, years), *_from_above(scenario), *_blanks(scenario))
    return tuple(line for line in lines if any(year in line.years for year in years))


def _of_plan(scenario: Scenario, years: tuple[int, ...]) -> Iterator[CapLine]:
    for cap in scenario.plan.caps:
        if not any(year in cap.years for year in years):
            continue
        product = scenario.plan.product(cap.product)
        figure, judged = _figure(scenario, cap)
        yield _line(
            scenario,
            product,
            figure,
            id=cap.id,
            title_zh=cap.title.zh,
            title_en=cap.title.en,
            county=cap.county,
            attribute=cap.attribute,
            sense=cap.sense,
            tolerance=cap.tolerance or 0.0,
            years=cap.years,
            source=cap.source,
            basis=cap.basis or product.basis,
            use=cap.use,
            hoped=cap.hoped,
            judged=judged,
        )


def _figure(scenario: Scenario, cap: Cap) -> tuple[Quantity, bool]:
    """The cap's figure and whether it can be judged; KeyError without the base it multiplies."""
    if cap.amount is not None:
        return cap.amount, True
    base = scenario.question.base_outputs[cap.product]
    return Quantity(base.amount.value * (cap.times_base or 0.0), base.amount.unit), (
        not base.synthetic
    )


def _from_above(scenario: Scenario) -> Iterator[CapLine]:
    """One line for all batches of a product, place, year and use."""

    def key(one: CapFromAbove) -> tuple[str, str, int]:
        return one.product, one.county or "", one.year

    documents = sorted(scenario.question.caps_from_above, key=lambda one: (*key(one), one.batch))
    english = {place.name: place.en for place in scenario.plan.counties}
    for (name, county, year), group in groupby(documents, key):
        lines = list(group)
        product = scenario.plan.product(name)
        for use, suffix in ((None, ""), ("main", ".main"), ("comprehensive", ".comprehensive")):
            total = _total(lines, use)
            if total is None:
                continue
            where_zh, where_en = _where(county, english, use)  # type: ignore[arg-type]
            yield _line(
                scenario,
                product,
                total,
                id="above." + ".".join(filter(None, (name, county))) + suffix,
                title_zh=f"上级下达{name}开采总量指标{where_zh}",
                title_en=f"{product.en.capitalize()} cap handed down{where_en}",
                county=county or None,
                attribute=lines[0].attribute,
                sense="ceiling",
                tolerance=0.0,
                years=Years(first=year, last=year),
                source="；".join(dict.fromkeys(_document(one) for one in lines)),
                basis=product.basis,
                use=use,
            )


def _total(lines: list[CapFromAbove], use: str | None) -> Quantity | None:
    parts = [getattr(one, use or "amount") for one in lines]
    given: list[Quantity] = [part for part in parts if part is not None]
    if not given:
        return None
    unit = given[0].unit
    # Fifteen digits undo the rounding of adding decimals: 0.1 + 0.2 is 0.3.
    return Quantity(float(f"{sum(part.to(unit) for part in given):.15g}"), unit)


def _where(county: str, english: dict[str, str], use: Use | None) -> tuple[str, str]:
    zh, en = _USES[use] if use is not None else ("", "")
    places = "，".join(filter(None, (county, zh)))
    in_english = ", ".join(filter(None, (english.get(county, county), en)))
    return (f"（{places}）" if places else ""), (f" ({in_english})" if in_english else "")


def _document(one: CapFromAbove) -> str:
    return f"{one.document}（假设）" if one.assumed and "假设" not in one.document else one.document


def _blanks(scenario: Scenario) -> Iterator[CapLine]:
    """Counties the decomposition leaves blank or does not list: nothing."""
    plan = scenario.plan
    english = {place.name: place.en for place in plan.counties}
    for blank in plan.no_allotment:
        product = plan.product(blank.product)
        unit = next(
            (cap.amount.unit for cap in plan.caps if cap.product == blank.product and cap.amount),
            product.unit,
        )
        for county in blank.counties:
            yield _line(
                scenario,
                product,
                Quantity(0.0, unit),
                id=f"{blank.id}.{county}",
                title_zh=f"{county}未分配{product.name}开采量",
                title_en=f"No allotment of {product.en} in {english.get(county, county)}",
                county=county,
                attribute=blank.attribute,
                sense="ceiling",
                tolerance=0.0,
                years=blank.years,
                source=blank.source,
                basis=product.basis,
            )


def _line(scenario: Scenario, product: Product, figure: Quantity, **fields: object) -> CapLine:
    amount = figure.to(product.unit)
    # What is kept back for later lowers what may be handed out, never what must be reached.
    limits = fields["sense"] in ("ceiling", "level", "about")
    held_back = scenario.question.options.holdback.get(product.name, 0.0) if limits else 0.0
    return CapLine(
        product=product,
        amount=amount,
        held_back=amount * held_back,
        plan_amount=figure.value,
        plan_unit=figure.unit,
        **fields,  # type: ignore[arg-type]
    )


def whole_limit(caps: Iterable[CapLine], product: Product) -> float | None:
    """Return what a product's caps of one year let be handed out in all, in its own basis.

    The strictest cap on the whole jurisdiction; without one, the counties' caps together; main
    and comprehensive use together where only they are given. None where nothing limits it.
    """
    own = [
        cap
        for cap in caps
        if cap.product.name == product.name and cap.upper and cap.basis == product.basis
    ]
    whole = _strictest([cap for cap in own if cap.county is None])
    if whole is not None:
        return whole
    counties = sorted({cap.county for cap in own if cap.county is not None})
    limits = [_strictest([cap for cap in own if cap.county == county]) for county in counties]
    return sum(one for one in limits if one is not None) if limits else None


def _strictest(caps: list[CapLine]) -> float | None:
    """The strictest limit on one place: on all uses, or on both of them together.

    A cap on one use alone says nothing of the whole beside a cap that does.
    """
    of_all = [cap.net for cap in caps if cap.use is None]
    by_use = [min(nets) for use in _USES if (nets := [cap.net for cap in caps if cap.use == use])]
    if len(by_use) == len(_USES) or (by_use and not of_all):
        of_all.append(sum(by_use))
    return min(of_all, default=None)
