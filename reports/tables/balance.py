"""Table 5 供需平衡表: what is wanted of each product, and what meets it."""

from __future__ import annotations

from minequota.optimizer.allocation import BalanceLine
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("供需平衡表", "Supply and demand")
STEM = Words("供需平衡表", "supply_demand")
_SUPPLY = Words("供应", "Supply")
COLUMNS = (
    Column("product", Words("矿产名称", "Mineral")),
    Column("unit", Words("计量单位", "Unit")),
    Column("demand", Words("需求量", "Demand"), kind="number", decimals=4),
    Column(
        "existing",
        Words("现有矿山", "existing mines"),
        kind="number",
        decimals=4,
        group=_SUPPLY,
        rank=2,
    ),
    Column(
        "new", Words("新投放矿山", "new mines"), kind="number", decimals=4, group=_SUPPLY, rank=2
    ),
    Column(
        "imports", Words("区外调入", "imports"), kind="number", decimals=4, group=_SUPPLY, rank=2
    ),
    Column(
        "by_product",
        Words("副产与综合利用", "by-products"),
        kind="number",
        decimals=4,
        group=_SUPPLY,
        rank=2,
    ),
    Column("supply", Words("合计", "total"), kind="number", decimals=4, group=_SUPPLY),
    Column("unmet", Words("缺口", "Unmet"), kind="number", decimals=4),
    Column("surplus", Words("富余", "Surplus"), kind="number", decimals=4, rank=2),
    Column("met", Words("满足率", "Met"), kind="percent", decimals=1, rank=1),
    Column("demand_basis", Words("需求性质", "Nature of demand"), rank=2),
    Column("source", Words("需求依据", "Source of demand"), rank=3),
)
FROM_CAP = Words("取自开采总量控制数", "taken from the cap")
ASSUMED = Words("假定", "assumed")
GIVEN = Words("有依据", "from a document")


def balance_table(context: Context) -> Table:
    """Build table 5."""
    lines = sorted(context.allocation.balance, key=lambda line: context.by_product(line.product))
    rows = tuple(_row(context, line) for line in lines)
    notes = (
        Words(
            "供应合计+缺口=需求量+富余。",
            "Total supply + unmet = demand + surplus.",
        ).say(context.lang),
        *standing_notes(context),
    )
    return Table(5, TITLE, STEM, context.lang, COLUMNS, rows, notes)


def _row(context: Context, line: BalanceLine) -> Row:
    supply = line.production_existing + line.production_new + line.imports + line.by_product
    basis = [FROM_CAP] if line.from_cap else []
    basis.append(ASSUMED if line.assumed else GIVEN)
    if line.from_cap and not line.assumed:
        basis = [FROM_CAP]
    return Row(
        {
            "product": context.product(line.product),
            "unit": context.unit(line.unit, line.basis),
            "demand": line.demand,
            "existing": line.production_existing,
            "new": line.production_new,
            "imports": line.imports,
            "by_product": line.by_product,
            "supply": supply,
            "unmet": line.unmet,
            "surplus": line.surplus,
            "met": (line.demand - line.unmet) / line.demand if line.demand else None,
            "demand_basis": ("，" if context.lang == "zh" else ", ").join(
                words.say(context.lang) for words in basis
            ),
            "source": line.source,
        }
    )
