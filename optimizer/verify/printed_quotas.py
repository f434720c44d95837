"""Table 2 against the records: the figures of every mine, line by line and in their sums."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.headers import batch_column, batches_of, split_counties
from minequota.optimizer.verify.rows import Row, rows_of
from minequota.optimizer.verify.sheet import (
    Cell,
    Key,
    Line,
    Printed,
    Sheet,
    number,
    plain,
    rows_faults,
    year_of,
)
from minequota.optimizer.verify.words import AWAITING, PART, ROW_KIND, SIZE, Speech

WHOLE = ""
USES = {"main": "本年指标-主采", "comprehensive": "本年指标-综合利用"}
TOTAL = "本年指标-合计"


def _numbered(lines: Iterable[tuple[Key, Any]]) -> list[tuple[Key, Any]]:
    """Tell apart the rights of one zone: they share everything but their running number."""
    seen: Counter[Key] = Counter()
    told = []
    for key, line in lines:
        seen[key] += 1
        new = len(key) > 2 and seen[key] > 1
        told.append(((*key, str(seen[key])) if new else key, line))
    return told


def _sizes(printed: Printed) -> dict[tuple[int, str], str]:
    """Return the size class of each right in each year, as the records have it."""
    records = printed.records
    known = dict(zip(records.actions["right"], records.actions["size_class"], strict=True))
    known |= dict(zip(records.issuance["right"], records.issuance["size_class"], strict=True))
    reorganised = rows_of(records.reorganisations)
    sizes = {}
    for year, right in zip(records.quotas["year"], records.quotas["right"], strict=True):
        sizes[year, right] = known.get(right, "small")
        for row in reorganised:
            if row["right"] == right and row["year"] <= year:
                sizes[year, right] = row["size_class"]
    return sizes


def _figures(speech: Speech, quota: Row, batches: int) -> dict[str, Cell]:
    """Return what a line says of the figure; a word and no number while it is awaited."""
    blank: dict[str, Cell] = dict.fromkeys(
        (*USES.values(), *(batch_column(at + 1)[0] for at in range(batches))), None
    )
    if quota["awaiting"]:
        empty = ("折合原矿量", "原矿量单位", "占生产规模比例（%）")
        return blank | {TOTAL: speech.say(AWAITING)} | dict.fromkeys(empty, None)
    told = {batch_column(at + 1)[0]: part for at, part in enumerate(quota["batches"])}
    return (
        blank
        | told
        | {
            USES[quota["use"]]: quota["amount"],
            TOTAL: quota["amount"],
            "折合原矿量": quota["ore"],
            "原矿量单位": speech.unit(quota["ore_unit"]),
            "占生产规模比例（%）": 100 * quota["share_of_capacity"],
        }
    )


def _members(printed: Printed, right: str) -> dict[str, Cell]:
    """Return the members of a merged right, where the table has their column."""
    rights = printed.records.quotas["right"]
    if not any(one.startswith("merger:") for one in rights):
        return {}
    merged = printed.records.reorganisations
    found = merged.loc[merged["right"] == right, "members"] if right.startswith("merger:") else ()
    between = "、" if printed.speech.lang == "zh" else ", "
    return {"整合成员": between.join(next(iter(found), ()))}


def _cells(printed: Printed, quota: Row, size: str, licence: str) -> dict[str, Cell]:
    speech = printed.speech
    return {
        "矿山名称": quota["name"],
        "采矿许可证号": licence,
        "开采矿种": speech.mineral(quota["mineral"]),
        "所在行政区": speech.county(quota["county"]),
        "生产规模": quota["capacity"],
        "规模单位（每年）": speech.unit(quota["capacity_unit"]),
        "规模类别": speech.word(SIZE, size),
        "指标单位": speech.product_unit(quota["unit"], quota["product"]),
        **_figures(speech, quota, batches_of(printed.records)),
        **_members(printed, quota["right"]),
    }


def _kind(row: Line, speech: Speech) -> str:
    """Return which part of the table a line stands in; empty for neither."""
    return next((kind for kind in PART if row["部分"].startswith(speech.word(PART, kind))), "")


def _part_faults(where: str, row: Line, kind: str, speech: Speech) -> list[Fault]:
    begins = speech.word(PART, kind)
    if row["部分"].startswith(begins):
        return []
    return [fault("table_figure", where, column="部分", found=row["部分"], expected=begins)]


def quota_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 2 differs from the quotas, line by line and in its sums."""
    records, speech = printed.records, printed.speech
    registered, sizes = set(records.actions["right"]), _sizes(printed)
    lines: list[tuple[Key, tuple[dict[str, Cell], str]]] = []
    order = ["year", "capacity", "amount", "right"]
    for quota in rows_of(records.quotas.sort_values(order)):
        right, year = quota["right"], printed.year(quota["year"])
        licence = right if right in registered else ""
        told_by: Key = (right,) if licence else (quota["name"], quota["county"])
        cells = _cells(printed, quota, sizes[quota["year"], right], licence)
        lines.append(((year, *(plain(one) for one in told_by)), (cells, quota["kind"])))
    told = dict(_numbered(lines))
    counties = {plain(speech.county(place.name)): place.name for place in speech.plan.counties}
    details = sheet.of_kind(speech.word(ROW_KIND, "detail"))
    details.sort(key=lambda row: (number(row["生产规模"]) or 0.0, number(row[TOTAL]) or 0.0))
    rows = _numbered(
        (
            (year_of(row), row["采矿许可证号"])
            if row["采矿许可证号"]
            else (year_of(row), row["矿山名称"], counties.get(row["所在行政区"], "")),
            row,
        )
        for row in details
    )
    faults = rows_faults(sheet.name, rows, {key: cells for key, (cells, _) in told.items()})
    for key, row in rows:
        if key in told:
            where = f"{sheet.name} {' '.join(key)}"
            faults += _part_faults(where, row, told[key][1], speech)
    return faults + _sum_faults(sheet, printed)


def _sums(printed: Printed, quotas: list[Row]) -> dict[str, Cell]:
    """Return the figures of a sum; raw ore only where all of it is counted in one unit."""
    speech, batches = printed.speech, batches_of(printed.records)
    given = [quota for quota in quotas if not quota["awaiting"]]
    if not given:
        return {TOTAL: speech.say(AWAITING)}
    cells: dict[str, Cell] = {TOTAL: math.fsum(quota["amount"] for quota in given)}
    for use, column in USES.items():
        mine = [quota["amount"] for quota in given if quota["use"] == use]
        cells[column] = math.fsum(mine) if mine else None
    for at in range(batches):
        parts = [quota["batches"][at] for quota in given if len(quota["batches"]) > at]
        cells[batch_column(at + 1)[0]] = math.fsum(parts) if parts else None
    units = {quota["ore_unit"] for quota in given}
    one = len(units) == 1
    cells["折合原矿量"] = math.fsum(quota["ore"] for quota in given) if one else None
    cells["原矿量单位"] = speech.unit(units.pop()) if one else None
    return cells


def _sum_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where the sums by county and in all are not those of the quotas."""
    speech = printed.speech
    sums: dict[Key, list[Row]] = defaultdict(list)
    counties = split_counties(speech.plan)
    for quota in rows_of(printed.records.quotas):
        place = plain(speech.county(quota["county"]))
        product = plain(speech.product(quota["product"]))
        year, part = printed.year(quota["year"]), quota["kind"]
        sums[year, part, product, WHOLE].append(quota)
        if counties:
            sums[year, part, product, place].append(quota)
    rows = [
        ((year_of(row), _kind(row, speech), row["开采矿种"], row["所在行政区"]), row)
        for kind in ("subtotal", "total")
        for row in sheet.of_kind(speech.word(ROW_KIND, kind))
    ]
    expected = {key: _sums(printed, quotas) for key, quotas in sums.items()}
    return rows_faults(f"{sheet.name} Σ", rows, expected)
