"""The limits on output, year by year: the plan's, blank allotments, and figures from above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from minequota.optimizer.verify.amounts import in_unit, quantity_in
from minequota.optimizer.verify.fields import USES
from minequota.optimizer.verify.horizon import Horizon
from minequota.optimizer.verify.rows import Row
from minequota.optimizer.verify.senses import UPPER
from minequota.scenarios.plan import Cap, Product
from minequota.scenarios.question import CapFromAbove
from minequota.scenarios.scenario import Scenario
from minequota.scenarios.units import Quantity

Key = tuple[str, int]


def _row(product: Product, ident: str, **facts: Any) -> Row:
    """Return a cap's row; `ident` is the name its weight in goal 1 goes by."""
    return {
        "ident": ident,
        "product": product.name,
        "county": "",
        "sense": "ceiling",
        "tolerance": 0.0,
        "hoped": None,
        "unit": product.unit,
        "basis": product.basis,
        "use": None,
        "judged": True,
        "free_unit": False,
        "step": product.step,
        "sources": (),
        **facts,
    }


def _of_plan(scenario: Scenario, cap: Cap) -> Row | None:
    """Return one cap of the plan; None where it counts in a base that nobody has given."""
    product = scenario.plan.product(cap.product)
    given, judged = cap.amount, True
    if cap.times_base is not None:
        base = scenario.question.base_outputs.get(cap.product)
        if base is None:
            return None
        given = Quantity(base.amount.value * cap.times_base, base.amount.unit)
        judged = not base.synthetic
    if given is None:
        return None
    return _row(
        product,
        cap.id,
        county=cap.county or "",
        attribute=cap.attribute,
        sense=cap.sense,
        tolerance=cap.tolerance or 0.0,
        hoped=cap.hoped,
        gross=quantity_in(given, product.unit, product.density),
        basis=cap.basis or product.basis,
        use=cap.use,
        plan_limit=given.value,
        plan_unit=given.unit,
        # A multiple of a base output has no unit of the plan's own.
        free_unit=cap.times_base is not None,
        judged=judged,
        sources=(cap.source,),
    )


def _plan_caps(scenario: Scenario, horizon: Horizon) -> Iterator[tuple[Key, Row]]:
    plan = scenario.plan
    for cap in plan.caps:
        row = _of_plan(scenario, cap)
        if row is not None:
            yield from (((f"CAP.{cap.id}", y), row) for y in horizon.years if y in cap.years)
    for blank in plan.no_allotment:
        product = plan.product(blank.product)
        for county in blank.counties:
            row = _row(
                product,
                blank.id,
                county=county,
                attribute=blank.attribute,
                gross=0.0,
                plan_limit=0.0,
                plan_unit=product.unit,
                free_unit=True,
                sources=(blank.source,),
            )
            clause = f"CAP.{blank.id}.{county}"
            yield from (((clause, y), row) for y in horizon.years if y in blank.years)


def _parts(line: CapFromAbove) -> Iterator[tuple[str | None, Quantity]]:
    for use, amount in (
        (None, line.amount),
        ("main", line.main),
        ("comprehensive", line.comprehensive),
    ):
        if amount is not None:
            yield use, amount


def _above_caps(scenario: Scenario, horizon: Horizon) -> Iterator[tuple[Key, Row]]:
    """Yield the figures handed down: the documents of one product, place, year and use together."""
    groups: dict[tuple[str, str, int, str | None], list[tuple[CapFromAbove, Quantity]]]
    groups = defaultdict(list)
    for line in scenario.question.caps_from_above:
        county = scenario.plan.county(line.county) or line.county if line.county else ""
        for use, amount in _parts(line):
            if line.year in horizon.years:
                groups[line.product, county, line.year, use].append((line, amount))
    for (name, county, year, use), unsorted in groups.items():
        lines = sorted(unsorted, key=lambda one: one[0].batch)
        product = scenario.plan.product(name)
        gross = sum(quantity_in(one, product.unit, product.density) for _, one in lines)
        unit = lines[0][1].unit
        ident = ".".join(part for part in ("above", name, county, use) if part)
        yield (
            (f"CAP.{ident}", year),
            _row(
                product,
                "above",
                county=county,
                attribute=lines[0][0].attribute,
                gross=gross,
                use=use,
                plan_limit=in_unit(gross, product.unit, unit, product.density),
                plan_unit=unit,
                sources=tuple(line.document for line, _ in lines),
            ),
        )


def cap_rows(scenario: Scenario, horizon: Horizon) -> dict[Key, Row]:
    """Return every limit on output by clause and year.

    `gross` and the `limit` net of holdback count `unit` in the limit's own `basis`.
    """
    kept_back = scenario.question.options.holdback
    rows: dict[Key, Row] = {}
    largest: dict[str, float] = defaultdict(float)
    for key, row in (*_plan_caps(scenario, horizon), *_above_caps(scenario, horizon)):
        # What is kept back for later lowers what may be handed out, never what must be reached.
        share = kept_back.get(row["product"], 0.0) if row["sense"] in UPPER else 0.0
        limit = row["gross"] * (1 - share)
        rows[key] = row | {"clause": key[0], "year": key[1], "limit": limit}
        if row["sense"] != "forecast":
            largest[row["product"]] = max(largest[row["product"]], limit)
    for row in rows.values():
        # A miss of nothing is measured by the largest figure the product has.
        row["base"] = row["limit"] or largest[row["product"]] or 1.0
    return rows


Places = frozenset[str] | None


def _speaks_of(line: CapFromAbove, use: str) -> bool:
    """Whether a document gives a figure for rights of a use."""
    own = line.main if use == "main" else line.comprehensive
    return line.amount is not None or own is not None


def awaiting_places(scenario: Scenario, year: int) -> dict[tuple[str, str], Places]:
    """Return the products and uses whose figure from above is missing, and where it is.

    None: nowhere in the jurisdiction is one given; else the counties that have none.
    """
    plan = scenario.plan
    found: dict[tuple[str, str], Places] = {}
    for handed in plan.handed_down:
        if year not in handed.years:
            continue
        for use in USES:
            lines = [
                line
                for line in scenario.question.caps_from_above
                if line.product == handed.product and line.year == year and _speaks_of(line, use)
            ]
            if any(line.county is None for line in lines):
                continue
            given = {plan.county(line.county or "") or line.county for line in lines}
            counties = frozenset(place.name for place in plan.counties) - given
            found[handed.product, use] = counties if lines else None
    return found


def is_whole_given(scenario: Scenario, product: str, year: int) -> bool:
    """Whether any figure from above is given for a product in a year."""
    lines = scenario.question.caps_from_above
    return any(line.product == product and line.year == year for line in lines)
