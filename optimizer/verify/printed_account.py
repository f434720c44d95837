"""Tables 5 and 6 against the records: supply and demand, and the clauses."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sheet import Cell, Key, Sheet, plain, rows_faults
from minequota.optimizer.verify.words import BINDS, Speech


def balance_table_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 5 differs from the balance, its sums and shares included."""
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(records.balance):
        sources = ("production_existing", "production_new", "imports", "by_product")
        demand = row["demand"]
        expected[(plain(speech.product(row["product"])),)] = {
            "计量单位": speech.product_unit(row["unit"], row["product"]),
            "需求量": demand,
            "供应-现有矿山": row["production_existing"],
            "供应-新投放矿山": row["production_new"],
            "供应-区外调入": row["imports"],
            "供应-副产与综合利用": row["by_product"],
            "供应-合计": math.fsum(row[name] for name in sources),
            "缺口": row["unmet"],
            "富余": row["surplus"],
            "满足率（%）": 100 * (demand - row["unmet"]) / demand if demand else None,
        }
    rows = [((row["矿产名称"],), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)


def rules_table_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 6 differs from the clauses."""
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(records.rules):
        cells: dict[str, Cell] = {"是否起约束": speech.word(BINDS, "nobody")}
        if row["applies"]:
            binds = "missed" if row["missed_by"] > 0 else "yes" if row["binding"] else "no"
            if row["attribute"] == "scenario":
                binds = "unmet" if row["missed_by"] > 0 else "met"
            rests = "yes" if row["rests_on_synthetic"] else "no"
            figures = {"限值": row["limit"], "使用": row["used"], "余量": row["slack"]}
            cells = {
                **{name: None if math.isnan(one) else one for name, one in figures.items()},
                "是否起约束": speech.word(BINDS, binds),
                "未达量": row["missed_by"] or None,
                "是否依赖合成数据": speech.word(BINDS, rests),
            }
        expected[(plain(row["clause"]),)] = cells
    rows = [((row["条款编号"],), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)
