"""The plan's caps, counts and ratios of one year, and the demand, as pandas frames."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from minequota.optimizer.verify.amounts import quantity_in
from minequota.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

CAP_COLUMNS = (
    "ident",
    "product",
    "county",
    "attribute",
    "sense",
    "tolerance",
    "gross",
    "limit",
    "unit",
    "plan_limit",
    "plan_unit",
    "base",
    "step",
    "source",
)
COUNT_COLUMNS = ("ident", "code", "attribute", "sense", "tolerance", "limit", "share", "scope")
DEMAND_COLUMNS = (
    "unit",
    "step",
    "demand",
    "imports",
    "by_product",
    "priority",
    "from_cap",
    "assumed",
    "source",
)
#: Senses that hold output down: what a demand taken "from the cap" may rest on.
UPPER = ("ceiling", "level", "about")


def _indexed(rows: dict[str, dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    index = pd.Index(list(rows), dtype=object, name="clause")
    return pd.DataFrame(list(rows.values()), index=index, columns=list(columns))


def caps_frame(scenario: Scenario) -> pd.DataFrame:
    """Return one row per cap and no-allotment county of the year, indexed by clause id.

    `gross` and `limit` (net of holdback) are in `unit`, the product's; `base` is what a miss is
    divided by: the limit, or for a zero limit the product's largest cap, or one.
    """
    plan, question = scenario.plan, scenario.question
    rows: dict[str, dict[str, Any]] = {}
    largest: dict[str, float] = {}
    for cap in plan.caps:
        if question.year not in cap.years:
            continue
        product = plan.product(cap.product)
        gross = quantity_in(cap.amount, product.unit, product.density)
        limit = gross * (1 - question.options.holdback.get(product.name, 0.0))
        if cap.sense != "forecast":
            largest[product.name] = max(largest.get(product.name, 0.0), limit)
        rows[f"CAP.{cap.id}"] = {
            "ident": cap.id,
            "product": product.name,
            "county": cap.county,
            "attribute": cap.attribute,
            "sense": cap.sense,
            "tolerance": cap.tolerance or 0.0,
            "gross": gross,
            "limit": limit,
            "unit": product.unit,
            "plan_limit": cap.amount.value,
            "plan_unit": cap.amount.unit,
            "step": product.step,
            "source": cap.source,
        }
    for blank in plan.no_allotment:
        if question.year not in blank.years:
            continue
        product = plan.product(blank.product)
        for county in blank.counties:
            rows[f"CAP.{blank.id}.{county}"] = {
                "ident": blank.id,
                "product": product.name,
                "county": county,
                "attribute": blank.attribute,
                "sense": "ceiling",
                "tolerance": 0.0,
                "gross": 0.0,
                "limit": 0.0,
                "unit": product.unit,
                "plan_limit": 0.0,
                "plan_unit": product.unit,
                "step": product.step,
                "source": blank.source,
            }
    for row in rows.values():
        row["base"] = row["limit"] or largest.get(row["product"], 0.0) or 1.0
    return _indexed(rows, CAP_COLUMNS)


def counts_frame(scenario: Scenario) -> pd.DataFrame:
    """Return one row per count and ratio of the year, indexed by clause id."""
    rows: dict[str, dict[str, Any]] = {}
    for count in scenario.plan.counts:
        if scenario.question.year in count.years:
            rows[f"COUNT.{count.id}"] = {
                "ident": count.id,
                "code": "COUNT",
                "attribute": count.attribute,
                "sense": count.sense,
                "tolerance": count.tolerance or 0.0,
                "limit": float(count.limit),
                "share": math.nan,
                "scope": count.scope,
            }
    for ratio in scenario.plan.ratios:
        if scenario.question.year in ratio.years:
            rows[f"RATIO.{ratio.id}"] = {
                "ident": ratio.id,
                "code": "RATIO",
                "attribute": ratio.attribute,
                "sense": ratio.sense,
                "tolerance": ratio.tolerance or 0.0,
                "limit": math.nan,
                "share": ratio.share,
                "scope": ratio.scope,
            }
    return _indexed(rows, COUNT_COLUMNS)


def demand_frame(scenario: Scenario, caps: pd.DataFrame) -> pd.DataFrame:
    """Return one row per demanded product, amounts in the product's unit, indexed by product."""
    rows: dict[str, dict[str, Any]] = {}
    for name, asked in scenario.question.demand.items():
        product = scenario.plan.product(name)
        if asked.from_cap:
            whole = caps[
                (caps["product"] == name) & caps["county"].isna() & caps["sense"].isin(UPPER)
            ]
            demand = float(whole["limit"].min()) if len(whole) else math.nan
        else:
            demand = quantity_in(asked.amount, product.unit, product.density)
        rows[name] = {
            "unit": product.unit,
            "step": product.step,
            "demand": demand,
            "priority": asked.priority,
            "from_cap": asked.from_cap,
            "assumed": asked.assumed,
            "source": asked.source,
        }
        for key in ("imports", "by_product"):
            given = getattr(asked, key)
            rows[name][key] = (
                0.0 if given is None else quantity_in(given, product.unit, product.density)
            )
    return _indexed(rows, DEMAND_COLUMNS)


def miss(sense: str, used: float, limit: float, tolerance: float) -> float:
    """Return by how much `used` misses `limit`, one-sided unless the sense has two sides."""
    if sense == "ceiling":
        return max(0.0, used - limit)
    if sense == "floor":
        return max(0.0, limit - used)
    if sense == "level":
        return abs(used - limit)
    if sense == "about":
        return max(0.0, abs(used - limit) - tolerance * limit)
    return 0.0
