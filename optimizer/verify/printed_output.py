"""Tables 1 and 2 against the records: output by county and by mine."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from minequota.optimizer.verify.amounts import in_unit
from minequota.optimizer.verify.clauses import UPPER
from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import Records
from minequota.optimizer.verify.sheet import (
    Cell,
    Key,
    Line,
    Sheet,
    number,
    plain,
    rows_faults,
)
from minequota.optimizer.verify.tolerance import PRINTED, same
from minequota.optimizer.verify.words import ITEM, PART, ROW_KIND, SIZE, Speech

WHOLE = ""


def _places(speech: Speech) -> dict[str, str]:
    """Return each place's column: the counties' and, for the whole, the total."""
    columns = {place.name: speech.county(place.name) for place in speech.plan.counties}
    return columns | {WHOLE: "合计"}


def _made(records: Records, product: str, place: str) -> float:
    rows = records.quotas[records.quotas["product"] == product]
    return math.fsum(
        rows["amount"] if place == WHOLE else rows.loc[rows["county"] == place, "amount"]
    )


def _strictest(records: Records, product: str, place: str, whole: str) -> Any | None:
    rows = records.caps[(records.caps["product"] == product) & records.caps["sense"].isin(UPPER)]
    county = rows["county"].fillna("").replace(whole, "")
    rows = rows[county == place]
    return None if rows.empty else rows.sort_values("limit").iloc[0]


def _split_lines(
    speech: Speech, records: Records, product: str, unit: str, blanks: set[str]
) -> dict[str, dict[str, Cell]]:
    """Return what each item's line must say, in `unit`."""
    base = speech.plan.product(product).unit
    items: dict[str, dict[str, Cell]] = {item: {} for item in ITEM}
    for place, column in _places(speech).items():
        made = _made(records, product, place)
        cap = _strictest(records, product, place, speech.plan.jurisdiction.zh)
        items["allocated"][column] = in_unit(made, base, unit)
        items["cap"][column] = items["held_back"][column] = items["left"][column] = None
        if cap is None:
            continue
        items["left"][column] = in_unit(cap["limit"] - made, base, unit)
        if cap["clause"] not in blanks:
            items["cap"][column] = in_unit(cap["plan_limit"], cap["plan_unit"], unit)
        if cap["held_back"]:
            items["held_back"][column] = in_unit(cap["held_back"], base, unit)
    capped = any(value is not None for value in items["left"].values())
    held = any(value is not None for value in items["held_back"].values())
    shown = {"allocated": True, "cap": capped, "left": capped, "held_back": held}
    return {item: cells for item, cells in items.items() if shown[item]}


def county_split_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 1 differs from the caps and quotas."""
    products = sorted({*records.caps["product"], *records.quotas["product"]})
    known = {*records.caps["plan_unit"], *(one.unit for one in speech.plan.products)}
    blanks = {
        f"CAP.{blank.id}.{county}"
        for blank in speech.plan.no_allotment
        for county in blank.counties
    }
    given = {row["矿产名称"]: row["计量单位"] for row in sheet.rows}
    expected: dict[Key, dict[str, Cell]] = {}
    for product in products:
        name = plain(speech.product(product))
        units = {plain(speech.product_unit(unit, product)): unit for unit in known}
        unit = units.get(given.get(name, ""), speech.plan.product(product).unit)
        for item, cells in _split_lines(speech, records, product, unit, blanks).items():
            key = (name, speech.word(ITEM, item))
            expected[key] = cells | {"计量单位": speech.product_unit(unit, product)}
    rows = [((row["矿产名称"], row["项目"]), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)


def _numbered(lines: Iterable[tuple[Key, Any]]) -> list[tuple[Key, Any]]:
    """Tell apart the rights of one zone: they share everything but their running number."""
    seen: Counter[Key] = Counter()
    told = []
    for key, line in lines:
        seen[key] += 1
        new = len(key) > 1 and seen[key] > 1
        told.append(((*key, str(seen[key])) if new else key, line))
    return told


def _quota_cells(speech: Speech, quota: Any, size: str, register: bool) -> dict[str, Cell]:
    return {
        "矿山名称": quota["name"],
        "采矿许可证号": quota["right"] if register else "",
        "开采矿种": speech.mineral(quota["mineral"]),
        "所在行政区": speech.county(quota["county"]),
        "生产规模": quota["capacity"],
        "规模单位（每年）": speech.unit(quota["capacity_unit"]),
        "规模类别": speech.word(SIZE, size),
        "本年指标-合计": quota["amount"],
        "指标单位": speech.product_unit(quota["unit"], quota["product"]),
        "折合原矿量": quota["ore"],
        "原矿量单位": speech.unit(quota["ore_unit"]),
        "占生产规模比例（%）": 100 * quota["share_of_capacity"],
    }


def _part_faults(where: str, row: Line, kind: str, speech: Speech) -> list[Fault]:
    faults = []
    begins = speech.word(PART, kind)
    if not row["部分"].startswith(begins):
        faults.append(
            fault("table_figure", where, column="部分", found=row["部分"], expected=begins)
        )
    parts = [number(row[f"本年指标-{one}"]) or 0.0 for one in ("主采", "综合利用")]
    total = number(row["本年指标-合计"])
    if total is None or not same(math.fsum(parts), total, PRINTED):
        faults.append(
            fault(
                "table_figure",
                where,
                column="本年指标-合计",
                found=row["本年指标-合计"],
                expected=math.fsum(parts),
            )
        )
    return faults


def quota_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 2 differs from the quotas, line by line and in its sums."""
    sizes = dict(zip(records.actions["right"], records.actions["size_class"], strict=True))
    issued = dict(zip(records.issuance["right"], records.issuance["size_class"], strict=True))
    lines: list[tuple[Key, tuple[dict[str, Cell], str]]] = []
    for quota in rows_of(records.quotas.sort_values(["capacity", "amount", "right"])):
        right = quota["right"]
        register = right in sizes
        size = sizes.get(right) or issued.get(right) or "small"
        told_by: Key = (right,) if register else (quota["name"], quota["county"])
        cells = _quota_cells(speech, quota, size, register)
        lines.append((tuple(plain(one) for one in told_by), (cells, quota["kind"])))
    told = dict(_numbered(lines))
    counties = {plain(speech.county(place.name)): place.name for place in speech.plan.counties}
    details = sheet.of_kind(speech.word(ROW_KIND, "detail"))
    details.sort(
        key=lambda row: (number(row["生产规模"]) or 0.0, number(row["本年指标-合计"]) or 0.0)
    )
    rows = _numbered(
        (
            (row["采矿许可证号"],)
            if row["采矿许可证号"]
            else (row["矿山名称"], counties.get(row["所在行政区"], "")),
            row,
        )
        for row in details
    )
    faults = rows_faults(sheet.name, rows, {key: cells for key, (cells, _) in told.items()})
    for key, row in rows:
        if key in told:
            where = f"{sheet.name} {' '.join(key)}"
            faults += _part_faults(where, row, told[key][1], speech)
    return faults + _sum_faults(sheet, records, speech)


def _sum_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    sums: dict[Key, list[float]] = defaultdict(list)
    for quota in rows_of(records.quotas):
        product = plain(speech.product(quota["product"]))
        sums[product, plain(speech.county(quota["county"]))].append(quota["amount"])
        sums[product, WHOLE].append(quota["amount"])
    rows = [
        ((row["开采矿种"], row["所在行政区"]), row)
        for kind in ("subtotal", "total")
        for row in sheet.of_kind(speech.word(ROW_KIND, kind))
    ]
    expected: dict[Key, dict[str, Cell]] = {
        key: {"本年指标-合计": math.fsum(amounts)} for key, amounts in sums.items()
    }
    return rows_faults(f"{sheet.name} Σ", rows, expected)
