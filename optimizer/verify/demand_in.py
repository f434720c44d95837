"""What is asked of each product, year by year, and what meets it from outside the mines."""

from __future__ import annotations

import math
from collections import defaultdict

from minequota.optimizer.verify.amounts import quantity_in
from minequota.optimizer.verify.fields import USES
from minequota.optimizer.verify.horizon import Horizon
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.senses import UPPER
from minequota.scenarios.plan import Product
from minequota.scenarios.question import Demand
from minequota.scenarios.scenario import Scenario

Key = tuple[str, int]


def whole_cap(caps: dict[Key, Row], product: Product, year: int) -> float:
    """Return what the caps on all of a product leave to hand out; NaN without one.

    Where only counties have caps these add up; so do main and comprehensive use.
    """
    lines = [
        row
        for row in caps.values()
        if row["year"] == year
        and row["product"] == product.name
        and row["sense"] in UPPER
        and row["basis"] == product.basis
    ]
    whole = _of_place(lines, "")
    if not math.isnan(whole):
        return whole
    counties = sorted({row["county"] for row in lines})
    return math.fsum(_of_place(lines, one) for one in counties) if counties else math.nan


def _of_place(caps: list[Row], county: str) -> float:
    """Return the strictest figure for all output of one place; NaN where it has none."""
    limits: dict[str | None, list[float]] = defaultdict(list)
    for row in caps:
        if row["county"] == county:
            limits[row["use"]].append(row["limit"])
    split = [min(limits[use]) for use in ("main", "comprehensive") if use in limits]
    all_uses = limits.get(None, [])
    if len(split) == len(USES) or (split and not all_uses):
        all_uses = [*all_uses, math.fsum(split)]
    return min(all_uses, default=math.nan)


def _amount(asked: Demand, product: Product, caps: dict[Key, Row], year: int) -> float:
    if year in asked.by_year:
        return quantity_in(asked.by_year[year], product.unit, product.density)
    if asked.from_cap:
        # Of a figure that nobody has handed down nothing is taken.
        return _number(whole_cap(caps, product, year))
    return quantity_in(asked.amount, product.unit, product.density)


def _number(figure: float) -> float:
    return 0.0 if math.isnan(figure) else figure


def _places(asked: Demand, product: Product, demand: float) -> dict[str, float]:
    """Return the demand of each centre: its share of what is asked in all."""
    own = {
        place: quantity_in(amount, product.unit, product.density)
        for place, amount in asked.places.items()
    }
    total = math.fsum(own.values())
    return {place: demand * amount / total if total else 0.0 for place, amount in own.items()}


def demand_rows(scenario: Scenario, horizon: Horizon, caps: dict[Key, Row]) -> dict[Key, Row]:
    """Return one row per product and year; amounts in the product's unit.

    `handed_out` is the figure that quotas add up to where the cap is handed out, else NaN.
    """
    rows: dict[Key, Row] = {}
    handing = scenario.question.options.hand_out
    for name, asked in scenario.question.demand.items():
        product = scenario.plan.product(name)
        outside = {
            key: 0.0 if given is None else quantity_in(given, product.unit, product.density)
            for key, given in (("imports", asked.imports), ("by_product", asked.by_product))
        }
        for year in horizon.years:
            demand = _amount(asked, product, caps, year)
            by_cap = handing.get(name) == "cap"
            rows[name, year] = {
                "product": name,
                "year": year,
                "unit": product.unit,
                "basis": product.basis,
                "step": product.step,
                "demand": demand,
                "priority": asked.priority,
                "from_cap": asked.from_cap,
                "assumed": asked.assumed,
                "source": asked.source,
                "waste": asked.by_product_from,
                "places": _places(asked, product, demand),
                "handed_out": _number(whole_cap(caps, product, year)) if by_cap else math.nan,
                **outside,
            }
    return rows
