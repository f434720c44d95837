"""Table 5 供需平衡表: what is wanted of each product, and what meets it."""

from __future__ import annotations

from minequota.optimizer.allocation import BalanceLine
from minequota.reports import text
from minequota.reports.context import Context
from minequota.reports.standing import standing_notes
from minequota.reports.table import Column, Row, Table
from minequota.reports.text import Words

TITLE = Words("供需平衡表", "Supply and demand")
STEM = Words("供需平衡表", "supply_demand")
_SUPPLY = Words("供应", "Supply")
_PLACE = Column("place", Words("需求地", "Place"))
_HANDED_OUT = Column("handed_out", Words("安排总量", "Handed out"), kind="number", decimals=4)
_FIGURES = (
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
)
_AFTER = (
    Column("met", Words("满足率", "Met"), kind="percent", decimals=1, rank=1),
    Column("demand_basis", Words("需求性质", "Nature of demand"), rank=2),
    Column("source", Words("需求依据", "Source of demand"), rank=3),
)
FROM_CAP = Words("取自开采总量控制数", "taken from the cap")
ASSUMED = Words("假定", "assumed")
GIVEN = Words("有依据", "from a document")


def balance_table(context: Context) -> Table:
    """Build table 5; a product's own line stands below those of its demand centres."""
    lines = sorted(
        context.allocation.balance,
        key=lambda line: (line.year, context.by_product(line.product), not line.place, line.place),
    )
    placed = {(line.year, line.product) for line in lines if line.place}
    handed_out = any(line.handed_out is not None for line in lines)
    columns = context.dated(
        Column("product", Words("矿产名称", "Mineral")),
        *([_PLACE] if placed else []),
        *_FIGURES,
        *([_HANDED_OUT] if handed_out else []),
        *_AFTER,
    )
    rows = tuple(_row(context, line, placed, handed_out=handed_out) for line in lines)
    notes = [Words("供应合计+缺口=需求量+富余。", "Total supply + unmet = demand + surplus.")]
    if placed:
        notes.append(
            Words(
                "各需求地的区外调入，含分到该地的副产等非矿山供应，分列数见合计行。",
                "Imports of a demand centre hold all it gets from outside the mines, by-products "
                "too; the total line tells them apart.",
            )
        )
    if handed_out:
        notes.append(
            Words(
                "安排总量为按控制数（扣除预留）下达的矿种应安排的数量，与需求无关；"
                "矿山产量超出需求的记入富余。",
                "Handed out: what is to be given of a product whose whole cap, net of what is held "
                "back, is handed out whatever the demand; output beyond demand is surplus.",
            )
        )
    said = tuple(words.say(context.lang) for words in notes)
    return Table(5, TITLE, STEM, context.lang, columns, rows, (*said, *standing_notes(context)))


def _row(
    context: Context, line: BalanceLine, placed: set[tuple[int, str]], *, handed_out: bool
) -> Row:
    lang = context.lang
    supply = line.production_existing + line.production_new + line.imports + line.by_product
    basis = [FROM_CAP] if line.from_cap else []
    if line.assumed or not line.from_cap:
        basis.append(ASSUMED if line.assumed else GIVEN)
    row = {
        **context.year_cell(line.year),
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
        "demand_basis": ("，" if lang == "zh" else ", ").join(words.say(lang) for words in basis),
        "source": line.source,
    }
    if placed:
        row["place"] = context.centre(line.place) if line.place else text.TOTAL.say(lang)
    if handed_out:
        row["handed_out"] = line.handed_out
    whole = not line.place and (line.year, line.product) in placed
    return Row(row, "total" if whole else "body")
