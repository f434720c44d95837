"""Table 8 against the records: which mine sends how much to which demand centre."""

from __future__ import annotations

import math
from collections import defaultdict

from minequota.optimizer.verify.fault import Fault
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.sheet import (
    Cell,
    Key,
    Printed,
    Sheet,
    plain,
    rows_faults,
    year_of,
)
from minequota.optimizer.verify.words import ROW_KIND


def flows_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 8 differs from the flows, sums included."""
    records, speech = printed.records, printed.speech
    registered = set(records.actions["right"])
    quotas = zip(records.quotas["right"], records.quotas["name"], strict=True)
    named: dict[str, str] = dict(quotas)
    priced = bool((records.flows["cost"] > 0).any())
    expected: dict[Key, list[dict[str, Cell]]] = defaultdict(list)
    sums: dict[Key, list[Row]] = defaultdict(list)
    for row in rows_of(records.flows):
        product = plain(speech.product(row["product"]))
        year, right = printed.year(row["year"]), row["right"]
        sums[year, product].append(row)
        cells: dict[str, Cell] = {
            "供应量": row["amount"],
            "计量单位": speech.product_unit(row["unit"], row["product"]),
            "运距（公里）": row["kilometres"],
        }
        if priced:
            cells["运输费用（万元）"] = row["cost"]
        told = right if right in registered else plain(named.get(right) or right)
        expected[year, product, told, plain(speech.centre(row["centre"]))].append(cells)
    details = [
        (
            (
                year_of(row),
                row["矿产名称"],
                row["采矿许可证号"] or row["矿山名称"],
                row["需求地"],
            ),
            row,
        )
        for row in sheet.of_kind(speech.word(ROW_KIND, "detail"))
    ]
    # New rights of one zone share their name: they stand in the order of the records.
    told_apart: dict[Key, dict[str, Cell]] = {
        (*key, str(at)): cells for key, many in expected.items() for at, cells in enumerate(many)
    }
    seen: dict[Key, int] = defaultdict(int)
    lines = []
    for key, row in details:
        lines.append(((*key, str(seen[key])), row))
        seen[key] += 1
    faults = rows_faults(sheet.name, lines, told_apart)
    totals = [
        ((year_of(row), row["矿产名称"]), row)
        for row in sheet.of_kind(speech.word(ROW_KIND, "total"))
    ]
    whole: dict[Key, dict[str, Cell]] = {}
    for whole_key, rows in sums.items():
        whole[whole_key] = {"供应量": math.fsum(row["amount"] for row in rows)}
        if priced:
            whole[whole_key]["运输费用（万元）"] = math.fsum(row["cost"] for row in rows)
    return faults + rows_faults(f"{sheet.name} Σ", totals, whole)
