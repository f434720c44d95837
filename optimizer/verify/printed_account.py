"""Tables 5 and 6 against the records: supply and demand, and the clauses."""

from __future__ import annotations

import math

from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.sheet import (
    Cell,
    Key,
    Printed,
    Sheet,
    plain,
    rows_faults,
    year_of,
)
from minequota.optimizer.verify.words import AWAITING, BINDS, ROW_KIND, TOTAL, VERDICT


def balance_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 5 differs from the balance, its sums and shares included."""
    speech, balance = printed.speech, printed.records.balance
    placed = bool((balance["place"] != "").any())
    handed = bool(balance["handed_out"].notna().any())
    led = {(row["year"], row["product"]) for row in rows_of(balance) if row["place"]}
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(balance):
        sources = ("production_existing", "production_new", "imports", "by_product")
        demand = row["demand"]
        whole = not row["place"] and (row["year"], row["product"]) in led
        cells: dict[str, Cell] = {
            "行别": speech.word(ROW_KIND, "total" if whole else "detail"),
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
        if handed:
            stated = row["handed_out"]
            cells["安排总量"] = None if math.isnan(stated) else stated
        place = speech.centre(row["place"]) if row["place"] else speech.say(TOTAL)
        name = plain(speech.product(row["product"]))
        expected[printed.year(row["year"]), name, plain(place) if placed else ""] = cells
    rows = [((year_of(row), row["矿产名称"], row.get("需求地", "")), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)


def rules_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 6 differs from the clauses."""
    speech = printed.speech
    awaited = {f"CAP.{one.id}" for one in speech.plan.handed_down}
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(printed.records.rules):
        cells: dict[str, Cell] = dict.fromkeys(("限值", "使用", "余量", "未达量"), None)
        cells["是否起约束"] = speech.word(BINDS, "nobody")
        cells["是否依赖合成数据"] = ""
        if row["applies"]:
            rests = "yes" if row["rests_on_synthetic"] else "no"
            binds = speech.word(BINDS, "yes" if row["binding"] else "no")
            figures = {"限值": row["limit"], "使用": row["used"], "余量": row["slack"]}
            cells = {
                **{name: None if math.isnan(one) else one for name, one in figures.items()},
                "是否起约束": "" if row["attribute"] == "scenario" else binds,
                "未达量": row["missed_by"] or None,
                "是否依赖合成数据": speech.word(BINDS, rests),
            }
            if math.isnan(row["limit"]) and row["clause"] in awaited:
                cells["限值"] = speech.say(AWAITING)
        cells["执行情况"] = speech.word(VERDICT, row["verdict"])
        expected[printed.year(row["year"]), plain(row["clause"])] = cells
    rows = [((year_of(row), row["条款编号"]), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)
