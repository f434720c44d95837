"""The columns of the printed tables, Chinese and English."""

from __future__ import annotations

Columns = tuple[tuple[str, str], ...]

_KIND = ("行别", "Row")
_PART = ("部分", "Part")

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
    ("投放年度", "Year"),
)
STRUCTURE: Columns = (
    _KIND,
    ("分类", "By"),
    ("名称", "Group or county"),
    ("基期-大型", "Before: large"),
    ("基期-中型", "Before: medium"),
    ("基期-小型及以下", "Before: small and below"),
    ("基期-合计", "Before: total"),
    ("基期-大中型比例（%）", "Before: large and medium share (%)"),
    ("退出", "Leave"),
    ("投放", "Issued"),
    ("目标年末-大型", "After: large"),
    ("目标年末-中型", "After: medium"),
    ("目标年末-小型及以下", "After: small and below"),
    ("目标年末-合计", "After: total"),
    ("目标年末-大中型比例（%）", "After: large and medium share (%)"),
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
#: By the number in the file's name.
TABLES: dict[int, Columns] = {
    1: COUNTY_SPLIT,
    2: QUOTAS,
    3: ISSUANCE,
    4: STRUCTURE,
    5: BALANCE,
    6: RULES,
    7: CHANGES,
}
