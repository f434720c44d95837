"""Tables 3 and 4 against the records: rights issued, and the rights held."""

from __future__ import annotations

from collections import Counter

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.fields import SIZES
from minequota.optimizer.verify.headers import split_counties
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
from minequota.optimizer.verify.words import BY, GROUP, ROW_KIND, SECTION, SIZE

#: Stands for a number of rights that is none, and fits no sum.
NO_COUNT = -1_000_000
SIZE_COLUMN = {"large": "大型", "medium": "中型", "small": "小型及以下"}
#: What lines of table 3 are told apart by: all that is printed of a right and can be checked.
ALIKE = (
    *("部分", "区块编号", "区块名称", "所在行政区", "主要矿种", "面积（平方公里）"),
    *("拟设生产规模", "最低开采规模", "规模上限", "规模单位（每年）", "规模类别", "出让年限"),
)


def _figure(value: float) -> str:
    return f"{value:.9g}" if value == value else ""


def _section(row: Row) -> str:
    if row["kind"] == "converted":
        return "converted"
    return {True: "own", False: "others", None: "unstated"}[row["own_authority"]]


def _code(printed: Printed, row: Row) -> str:
    """Return the code a right is told by: its zone's, or its proposal's; of a conversion none."""
    if row["kind"] == "converted":
        return ""
    if row["zone"]:
        return str(row["zone"])
    for extra in printed.scenario.question.extra_candidates:
        if extra.number > 1 and row["right"] in {
            f"{extra.id}-{at + 1}" for at in range(extra.number)
        }:
            return extra.id
    return str(row["right"])


def _issued_cells(printed: Printed, row: Row) -> dict[str, str]:
    """Return all that a line of table 3 must say of a right, as it is printed."""
    speech, years = printed.speech, row["term_years"]
    new = row["kind"] == "new"
    cells = {
        "部分": speech.word(SECTION, _section(row)),
        "区块编号": plain(_code(printed, row)),
        "区块名称": plain(row["zone_name"]),
        "所在行政区": plain(speech.county(row["county"])),
        "主要矿种": plain(speech.mineral(row["mineral"])),
        "面积（平方公里）": _figure(row["area_km2"]),
        "拟设生产规模": _figure(row["capacity"]),
        "最低开采规模": _figure(row["minimum"]),
        "规模上限": _figure(row["maximum"]) if new else "",
        "规模单位（每年）": plain(speech.unit(row["capacity_unit"])),
        "规模类别": speech.word(SIZE, row["size_class"]),
        "出让年限": speech.say((f"不超过{years}年", f"at most {years} years")),
    }
    if printed.calendar:
        return cells | {"首次可产年度": str(row["first_output_year"])}
    return cells | {"投放年度": str(row["year"])}


def _as_printed(line: Line, names: tuple[str, ...]) -> Key:
    """Return a line's cells, its numbers in one writing."""
    found = []
    for name in names:
        figure = number(line[name]) if name in NUMBERS else None
        found.append(line[name] if figure is None else _figure(figure))
    return tuple(found)


NUMBERS = ("面积（平方公里）", "拟设生产规模", "最低开采规模", "规模上限")


def issuance_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 3 differs from the rights issued; rights alike share a line."""
    issued, speech = printed.records.issuance, printed.speech
    counted: Counter[Key] = Counter()
    names = (*ALIKE, "首次可产年度" if printed.calendar else "投放年度")
    for row in rows_of(issued):
        cells = _issued_cells(printed, row)
        counted[(printed.year(row["year"]), *(cells[name] for name in names))] += 1
    found: Counter[Key] = Counter()
    for line in sheet.of_kind(speech.word(ROW_KIND, "detail")):
        count = number(line["投放数量（个）"])
        whole = count is not None and count.is_integer()
        key = (year_of(line), *_as_printed(line, names))
        found[key] += int(count or 0) if whole else NO_COUNT
    faults = [
        fault(
            "table_count",
            f"{sheet.name} {' '.join(key)}",
            found=found[key],
            expected=counted[key],
        )
        for key in sorted({*counted, *found})
        if counted[key] != found[key]
    ]
    sums: dict[Key, dict[str, Cell]] = {}
    if len(issued):
        sums["",] = {"投放数量（个）": float(len(issued))}
    if printed.calendar:
        for year, number_issued in Counter(issued["year"]).items():
            sums[str(year),] = {"投放数量（个）": float(number_issued)}
    totals = [
        ((year_of(row),), row)
        for kind in ("subtotal", "total")
        for row in sheet.of_kind(speech.word(ROW_KIND, kind))
    ]
    return faults + rows_faults(f"{sheet.name} Σ", totals, sums)


def _share(large: int, medium: int, total: int) -> Cell:
    return 100 * (large + medium) / total if total else None


def structure_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 4 differs from the structure lines, sums and shares included."""
    speech = printed.speech
    after = "年末" if printed.calendar else "目标年末"
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(printed.records.structure):
        by, key = row["by"], row["key"]
        if by == "county" and not split_counties(speech.plan):
            continue
        if by == "group":
            name = speech.word(GROUP, key) if key in GROUP else key
        else:
            name = speech.county(key if by == "county" else "")
        moved = (("退出", "leaving"), ("整合减少", "merged"), ("投放", "issued"))
        cells: dict[str, Cell] = {title: float(row[field]) for title, field in moved}
        for prefix, title in (("base_", "基期"), ("", after)):
            counts = [int(row[f"{prefix}{size}"]) for size in SIZES]
            for size, count in zip(SIZES, counts, strict=True):
                cells[f"{title}-{SIZE_COLUMN[size]}"] = float(count)
            cells[f"{title}-合计"] = float(sum(counts))
            cells[f"{title}-大中型比例（%）"] = _share(counts[0], counts[1], sum(counts))
        expected[printed.year(row["year"]), speech.word(BY, by), plain(name)] = cells
    rows = [((year_of(row), row["分类"], row["名称"]), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)
