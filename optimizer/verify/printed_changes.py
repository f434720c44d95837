"""Table 7 against the records: renewals, leavers, mergers and expansions."""

from __future__ import annotations

from collections import Counter

from minequota.optimizer.verify.fault import Fault, fault
from minequota.optimizer.verify.printed_rights import NO_COUNT
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
from minequota.optimizer.verify.words import ACTION, CHANGE, PROJECT, ROW_KIND, SIZE

PROJECT_PARTS = ("merge", "expand")


def _named_faults(sheet: Sheet, printed: Printed, row: Line) -> list[Fault]:
    """Return whether a line names a right it must not, or not by its own licence."""
    name, licence = row["矿山名称"], row["采矿许可证号"]
    if not name and not licence:
        return []
    where = f"{sheet.name} {licence or name}"
    actions = printed.records.actions
    found = actions[actions["right"].map(plain) == licence]
    if found.empty:
        return [fault("table_row_unknown", where)]
    if found["synthetic"].any():
        return [fault("table_names_synthetic", where, found=name)]
    return []


def _years(printed: Printed) -> tuple[int, int]:
    years = printed.records.header["years"]
    return min(years), max(years)


def _counted(printed: Printed) -> Counter[Key]:
    """Return how many rights are renewed, lapsed or leave, by what a line tells them apart by."""
    speech, (first, last) = printed.speech, _years(printed)
    counted: Counter[Key] = Counter()
    actions = printed.records.actions
    for row in rows_of(actions[actions["kind"].isin(ACTION)]):
        counted[
            # A licence that ended before the first year is renewed in it.
            printed.year(min(max(row["year"], first), last)),
            speech.word(CHANGE, row["kind"]),
            speech.word(ACTION, row["kind"]),
            plain(speech.county(row["county"])),
            plain(speech.mineral(row["mineral"])),
            speech.word(SIZE, row["size_class"]),
        ] += 1
    return counted


def _word(printed: Printed, row: Row) -> str:
    """Return what a project is called: merged or acquired, enlarged or raised."""
    if row["kind"] == "merge":
        return "merged" if len(row["members"]) > 1 else "acquired"
    scenario = printed.scenario
    listed = (*scenario.plan.expansions, *scenario.question.expansions)
    enlarges = any(one.enlarges_area for one in listed if one.id == row["id"])
    return "enlarged" if enlarges else "raised"


def _project_key(printed: Printed, row: Row) -> Key:
    speech = printed.speech
    return (
        printed.year(row["year"]),
        speech.word(CHANGE, row["kind"]),
        speech.word(PROJECT, _word(printed, row)),
        plain(row["name"]),
        plain(speech.county(row["county"])),
        plain(speech.mineral(row["mineral"])),
    )


def _project_cells(printed: Printed, row: Row) -> dict[str, Cell]:
    speech, merging = printed.speech, row["kind"] == "merge"
    between = "、" if speech.lang == "zh" else ", "
    cells: dict[str, Cell] = {
        "规模类别": speech.word(SIZE, row["size_class"]),
        "数量": float(len(row["members"]) if merging else 1),
        "采矿许可证号": "" if merging else row["right"],
        "整合成员": between.join(row["members"]) if merging else "",
        "原规模": row["capacity_before"],
        "新规模": row["capacity"],
        "规模单位（每年）": speech.unit(row["capacity_unit"]),
        "采矿权人": row["holder"],
    }
    if row["minimum"]:
        cells["最低开采规模"] = row["minimum"]
    if printed.calendar:
        cells["首次可产年度"] = str(row["first_output_year"])
    return cells


def changes_table_faults(sheet: Sheet, printed: Printed) -> list[Fault]:
    """Return where table 7 differs from the actions and reorganisations."""
    speech = printed.speech
    counted, found = _counted(printed), Counter[Key]()
    projects = {
        _project_key(printed, row): _project_cells(printed, row)
        for row in rows_of(printed.records.reorganisations)
    }
    parts: Counter[Key] = Counter()
    lines: list[tuple[Key, Line]] = []
    faults: list[Fault] = []
    of_projects = {speech.word(CHANGE, part) for part in PROJECT_PARTS}
    for line in sheet.of_kind(speech.word(ROW_KIND, "detail")):
        count = number(line["数量"])
        whole = int(count or 0) if count is not None and count.is_integer() else NO_COUNT
        parts[year_of(line), line["部分"]] += whole
        key = (year_of(line), line["部分"], line["建议"])
        if line["部分"] in of_projects:
            names = ("矿山名称", "所在行政区", "矿种")
            lines.append(((*key, *(line[name] for name in names)), line))
            continue
        found[(*key, *(line[name] for name in ("所在行政区", "矿种", "规模类别")))] += whole
        faults += _named_faults(sheet, printed, line)
    faults += [
        fault(
            "table_count",
            f"{sheet.name} {' '.join(key)}",
            found=found[key],
            expected=counted[key],
        )
        for key in sorted({*counted, *found})
        if counted[key] != found[key]
    ]
    faults += rows_faults(sheet.name, lines, projects)
    sums: dict[Key, dict[str, Cell]] = {key: {"数量": float(count)} for key, count in parts.items()}
    subtotals = [
        ((year_of(row), row["部分"]), row)
        for row in sheet.of_kind(speech.word(ROW_KIND, "subtotal"))
    ]
    return faults + rows_faults(f"{sheet.name} Σ", subtotals, sums)
