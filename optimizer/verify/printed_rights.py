"""Tables 3, 4 and 7 against the records: rights issued, held, renewed and leaving."""

from __future__ import annotations

from collections import Counter

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.rows import rows_of
from minequota.optimizer.verify.shape import SIZES, Records
from minequota.optimizer.verify.sheet import Cell, Key, Line, Sheet, number, plain, rows_faults
from minequota.optimizer.verify.words import ACTION, BY, GROUP, ROW_KIND, SIZE, Speech

#: Stands for a number of rights that is none, and fits no sum.
NO_COUNT = -1_000_000
SIZE_COLUMN = {"large": "大型", "medium": "中型", "small": "小型及以下"}


def _figure(value: float) -> str:
    return f"{value:.9g}"


def issuance_table_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 3 differs from the rights issued; rights alike share a line."""
    issued = records.issuance
    codes = issued["zone"].where(issued["zone"] != "", issued["right"])
    numbers = Counter(zip(codes, issued["capacity"], strict=True))
    expected: dict[Key, dict[str, Cell]] = {}
    for row, code in zip(rows_of(issued), codes, strict=True):
        area = row["area_km2"]
        expected[plain(code), _figure(row["capacity"])] = {
            "区块名称": row["zone_name"],
            "所在行政区": speech.county(row["county"]),
            "主要矿种": speech.mineral(row["mineral"]),
            "面积（平方公里）": None if area != area else area,
            "投放数量（个）": float(numbers[code, row["capacity"]]),
            "最低开采规模": row["minimum"],
            "规模上限": row["maximum"],
            "规模单位（每年）": speech.unit(row["capacity_unit"]),
            "规模类别": speech.word(SIZE, row["size_class"]),
            "投放年度": str(row["year"]),
        }
    rows = [
        ((row["区块编号"], _figure(number(row["拟设生产规模"]) or 0.0)), row)
        for row in sheet.of_kind(speech.word(ROW_KIND, "detail"))
    ]
    faults = rows_faults(sheet.name, rows, expected)
    totals = [(("Σ",), row) for row in sheet.of_kind(speech.word(ROW_KIND, "total"))]
    whole: dict[Key, dict[str, Cell]] = {("Σ",): {"投放数量（个）": float(len(issued))}}
    return faults + rows_faults(sheet.name, totals, whole if len(issued) else {})


def _share(large: int, medium: int, total: int) -> Cell:
    return 100 * (large + medium) / total if total else None


def structure_table_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 4 differs from the structure lines, sums and shares included."""
    expected: dict[Key, dict[str, Cell]] = {}
    for row in rows_of(records.structure):
        by, key = row["by"], row["key"]
        if by == "group":
            name = speech.word(GROUP, key) if key in GROUP else key
        else:
            name = speech.county(key if by == "county" else "")
        cells: dict[str, Cell] = {"退出": float(row["leaving"]), "投放": float(row["issued"])}
        for prefix, title in (("base_", "基期"), ("", "目标年末")):
            counts = [int(row[f"{prefix}{size}"]) for size in SIZES]
            for size, count in zip(SIZES, counts, strict=True):
                cells[f"{title}-{SIZE_COLUMN[size]}"] = float(count)
            cells[f"{title}-合计"] = float(sum(counts))
            cells[f"{title}-大中型比例（%）"] = _share(counts[0], counts[1], sum(counts))
        expected[speech.word(BY, by), plain(name)] = cells
    rows = [((row["分类"], row["名称"]), row) for row in sheet.rows]
    return rows_faults(sheet.name, rows, expected)


def _named_faults(sheet: Sheet, records: Records, row: Line) -> list[Fault]:
    """Return whether a line names a right it must not, or not by its own licence."""
    name, licence = row["矿山名称"], row["采矿许可证号"]
    if not name and not licence:
        return []
    where = f"{sheet.name} {licence or name}"
    actions = records.actions
    found = actions[actions["right"].map(plain) == licence]
    if found.empty:
        return [fault("table_row_unknown", where)]
    if found["synthetic"].any():
        return [fault("table_names_synthetic", where, found=name)]
    return []


def changes_table_faults(sheet: Sheet, records: Records, speech: Speech) -> list[Fault]:
    """Return where table 7 counts other renewals and leavers than the actions hold."""
    actions = records.actions[records.actions["kind"].isin(ACTION)]
    counted: Counter[Key] = Counter()
    for row in rows_of(actions):
        counted[
            speech.word(ACTION, row["kind"]),
            plain(speech.county(row["county"])),
            plain(speech.mineral(row["mineral"])),
            speech.word(SIZE, row["size_class"]),
        ] += 1
    printed: Counter[Key] = Counter()
    parts: Counter[str] = Counter()
    faults: list[Fault] = []
    for line in sheet.of_kind(speech.word(ROW_KIND, "detail")):
        key = tuple(line[name] for name in ("建议", "所在行政区", "矿种", "规模类别"))
        count = number(line["数量"])
        whole = count is not None and count.is_integer()
        printed[key] += int(count or 0) if whole else NO_COUNT
        parts[line["部分"]] += int(count or 0) if whole else NO_COUNT
        faults += _named_faults(sheet, records, line)
    for key in sorted({*counted, *printed}):
        if counted[key] != printed[key]:
            faults.append(
                fault(
                    "table_count",
                    f"{sheet.name} {' '.join(key)}",
                    found=printed[key],
                    expected=counted[key],
                )
            )
    sums: dict[Key, dict[str, Cell]] = {
        (part,): {"数量": float(count)} for part, count in parts.items()
    }
    subtotals = [((row["部分"],), row) for row in sheet.of_kind(speech.word(ROW_KIND, "subtotal"))]
    return faults + rows_faults(f"{sheet.name} Σ", subtotals, sums)
