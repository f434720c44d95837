"""The columns of the printed tables, Chinese and English, and when each stands there."""

from __future__ import annotations

from minequota.optimizer.verify.shape import Records
from minequota.scenarios.plan import Plan

Column = tuple[str, str]
Columns = tuple[Column, ...]

YEAR: Column = ("年度", "Year")
_KIND = ("行别", "Row")
_PART = ("部分", "Part")
USE: Column = ("用途", "Use")
MEMBERS: Column = ("整合成员", "Members")
PLACE: Column = ("需求地", "Place")
HANDED_OUT: Column = ("安排总量", "Handed out")
FIRST_OUTPUT: Column = ("首次可产年度", "First output")
ISSUED_IN: Column = ("投放年度", "Year")
COST: Column = ("运输费用（万元）", "Transport cost (×10⁴ yuan)")

COUNTY_SPLIT: Columns = (
    _KIND,
    ("矿产名称", "Mineral"),
    ("计量单位", "Unit"),
    ("项目", "Item"),
    ("合计", "Total"),
)
QUOTAS: Columns = (
    _KIND,
    _PART,
    ("矿山名称", "Mine"),
    ("采矿许可证号", "Licence"),
    ("开采矿种", "Mineral"),
    ("所在行政区", "County"),
    ("生产规模", "Licensed capacity"),
    ("规模单位（每年）", "Unit of capacity (a year)"),
    ("规模类别", "Size class"),
    ("本年指标-主采", "Quota of the year: main"),
    ("本年指标-综合利用", "Quota of the year: comprehensive use"),
    ("本年指标-合计", "Quota of the year: total"),
    ("指标单位", "Unit of quota"),
    ("折合原矿量", "As raw ore"),
    ("原矿量单位", "Unit of raw ore"),
    ("占生产规模比例（%）", "Share of capacity (%)"),
)
ISSUANCE: Columns = (
    _KIND,
    _PART,
    ("区块编号", "Code"),
    ("区块名称", "Zone or block"),
    ("所在行政区", "County"),
    ("主要矿种", "Mineral"),
    ("面积（平方公里）", "Area (km²)"),
    ("投放数量（个）", "Rights (number)"),
    ("拟设生产规模", "Capacity"),
    ("最低开采规模", "Minimum"),
    ("规模上限", "Upper bound"),
    ("规模单位（每年）", "Unit (a year)"),
    ("规模类别", "Size class"),
    ("出让年限", "Term"),
)
_SIZES: tuple[Column, ...] = (
    ("大型", "large"),
    ("中型", "medium"),
    ("小型及以下", "small and below"),
    ("合计", "total"),
    ("大中型比例（%）", "large and medium share (%)"),
)
STRUCTURE: Columns = (
    _KIND,
    ("分类", "By"),
    ("名称", "Group or county"),
    *((f"基期-{zh}", f"Before: {en}") for zh, en in _SIZES),
    ("退出", "Leave"),
    ("整合减少", "Merged away"),
    ("投放", "Issued"),
)
BALANCE: Columns = (
    _KIND,
    ("矿产名称", "Mineral"),
    ("计量单位", "Unit"),
    ("需求量", "Demand"),
    ("供应-现有矿山", "Supply: existing mines"),
    ("供应-新投放矿山", "Supply: new mines"),
    ("供应-区外调入", "Supply: imports"),
    ("供应-副产与综合利用", "Supply: by-products"),
    ("供应-合计", "Supply: total"),
    ("缺口", "Unmet"),
    ("富余", "Surplus"),
    ("满足率（%）", "Met (%)"),
)
RULES: Columns = (
    _KIND,
    ("条款编号", "Clause"),
    ("限值", "Limit"),
    ("使用", "Used"),
    ("余量", "Slack"),
    ("是否起约束", "Binds"),
    ("未达量", "Missed by"),
    ("执行情况", "Verdict"),
    ("是否依赖合成数据", "Rests on synthetic data"),
)
CHANGES: Columns = (
    _KIND,
    _PART,
    ("建议", "Proposal"),
    ("所在行政区", "County"),
    ("矿种", "Mineral"),
    ("规模类别", "Size class"),
    ("数量", "Number"),
    ("矿山名称", "Mine"),
    ("采矿许可证号", "Licence"),
)
REORGANISED: Columns = (
    MEMBERS,
    ("原规模", "Capacity before"),
    ("新规模", "Capacity after"),
    ("最低开采规模", "Minimum"),
    ("规模单位（每年）", "Unit (a year)"),
    ("采矿权人", "Holder"),
)
FLOWS: Columns = (
    _KIND,
    ("矿产名称", "Mineral"),
    ("矿山名称", "Mine"),
    ("采矿许可证号", "Licence"),
    ("所在行政区", "County"),
    ("需求地", "Demand centre"),
    ("供应量", "Amount"),
    ("计量单位", "Unit"),
    ("运距（公里）", "Distance (km)"),
)
#: By the number in the file's name: the columns that always stand there.
TABLES: dict[int, Columns] = {
    1: COUNTY_SPLIT,
    2: QUOTAS,
    3: ISSUANCE,
    4: STRUCTURE,
    5: BALANCE,
    6: RULES,
    7: CHANGES,
    8: FLOWS,
}
_ORDINALS = "一二三四五六七八九"


def batch_column(number: int) -> Column:
    """Return the title of a tranche, counted from 1."""
    return f"本年指标-第{_ORDINALS[number - 1]}批", f"Quota of the year: batch {number}"


def batches_of(records: Records) -> int:
    """Return how many columns of tranches table 2 has."""
    return max((len(one) for one in records.quotas["batches"]), default=0)


def split_counties(plan: Plan) -> tuple[str, ...]:
    """Return the counties that have lines and columns of their own: none where there is but one."""
    names = tuple(place.name for place in plan.counties)
    return names if len(names) > 1 else ()


def _under_condition(table: int, records: Records) -> Columns:
    """Return the columns that stand there because the records need them."""
    calendar = records.header["mode"] == "calendar"
    after = "年末" if calendar else "目标年末"
    merging = any(one.startswith("merger:") for one in records.quotas["right"])
    found: Columns = ()
    if table == 1 and records.caps["use"].notna().any():
        found = (USE,)
    if table == 2:
        found = tuple(batch_column(at + 1) for at in range(batches_of(records)))
        found = (*found, MEMBERS) if merging else found
    if table == 3:
        found = (FIRST_OUTPUT if calendar else ISSUED_IN,)
    if table == 4:
        found = tuple((f"{after}-{zh}", f"After: {en}") for zh, en in _SIZES)
    if table == 5:
        found = (PLACE,) if (records.balance["place"] != "").any() else ()
        handed = records.balance["handed_out"].notna().any()
        found = (*found, HANDED_OUT) if handed else found
    if table == 7 and len(records.reorganisations):
        found = (*REORGANISED, *([FIRST_OUTPUT] if calendar else []))
    if table == 8 and (records.flows["cost"] > 0).any():
        found = (COST,)
    return (*found, YEAR) if calendar else found


def columns_of(table: int, records: Records) -> Columns:
    """Return the columns a table must have, counties aside."""
    return (*TABLES[table], *_under_condition(table, records))
