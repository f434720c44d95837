"""Table 8 供应流向表: which mine sends how much to which demand centre, how far, at what cost.

Only there where demand has places.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from minequota.optimizer.allocation import Flow
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Cell, Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("供应流向表", "Supply flows to the demand centres")
STEM = Words("供应流向表", "supply_flows")
_COLUMNS = (
    Column("number", Words("序号", "No."), kind="count", rank=3),
    Column("product", Words("矿产名称", "Mineral")),
    Column("name", Words("矿山名称", "Mine")),
    Column("licence", Words("采矿许可证号", "Licence"), rank=2),
    Column("county", Words("所在行政区", "County"), rank=2),
    Column("centre", Words("需求地", "Demand centre")),
    Column("amount", Words("供应量", "Amount"), kind="number", decimals=4),
    Column("unit", Words("计量单位", "Unit")),
    Column(
        "kilometres", Words("运距", "Distance"), kind="number", unit=Words("公里", "km"), decimals=1
    ),
)
_COST = Column(
    "cost",
    Words("运输费用", "Transport cost"),
    kind="number",
    unit=Words("万元", "×10⁴ yuan"),
    decimals=4,
)


def flow_table(context: Context) -> Table:
    """Build table 8."""
    priced = any(flow.cost > 0 for flow in context.allocation.flows)
    columns = context.dated(*_COLUMNS, *([_COST] if priced else []))
    rows = tuple(
        row for year in context.allocation.years for row in _of_year(context, year, priced=priced)
    )
    transport = context.scenario.question.transport
    notes = [
        Words(
            "运距按情景给定的距离，未给定的按坐标直线距离乘道路系数。",
            "Distances are the scenario's; where it gives none, as the crow flies times the road "
            "factor.",
        ).say(context.lang)
    ]
    if transport is not None and transport.assumed:
        notes.append(
            Words(
                f"需求地、运距和运费为假定（{transport.source}）。",
                f"Demand centres, distances and unit costs are assumed ({transport.source}).",
            ).say(context.lang)
        )
    notes += standing_notes(context)
    return Table(8, TITLE, STEM, context.lang, columns, rows, tuple(notes))


def _of_year(context: Context, year: int, *, priced: bool) -> Iterator[Row]:
    flows = sorted(
        (flow for flow in context.allocation.flows if flow.year == year),
        key=lambda flow: (context.by_product(flow.product), flow.right, flow.centre),
    )
    number = 0
    for product, group in groupby(flows, key=lambda flow: flow.product):
        alike = list(group)
        for flow in alike:
            number += 1
            cells = _cells(context, flow) | {"number": number}
            yield Row(cells | ({"cost": flow.cost} if priced else {}))
        total: dict[str, Cell] = {
            **context.year_cell(year),
            "product": context.product(product),
            "name": text.TOTAL.say(context.lang),
            "amount": sum(flow.amount for flow in alike),
            "unit": _unit(context, alike[0]),
        }
        yield Row(total | ({"cost": sum(f.cost for f in alike)} if priced else {}), "total")


def _cells(context: Context, flow: Flow) -> dict[str, Cell]:
    name, county = context.named_right(flow.right)
    return {
        **context.year_cell(flow.year),
        "product": context.product(flow.product),
        "name": name,
        "licence": flow.right if flow.right in context.rights else "",
        "county": context.county(county) if county else "",
        "centre": context.centre(flow.centre),
        "amount": flow.amount,
        "unit": _unit(context, flow),
        "kilometres": flow.kilometres,
    }


def _unit(context: Context, flow: Flow) -> str:
    return context.unit(flow.unit, context.scenario.plan.product(flow.product).basis)
