"""Which columns of a table of outputs are outputs: known, passed over, or refused; and totals."""

from datetime import date

import openpyxl
import pytest

from minequota.reports.roll.second_reading import read_again
from minequota.scenarios.rolling.table import read_actual

PASSED_OVER = (
    *("上年实际产量（万吨）", "1-11月实际产量", "实际完成率（%）", "开采量控制指标", "原许可证号"),
    *("实际产量（上年）", "去年产量", "上半年产量", "计划产量", "设计开采量（万吨）", "测绘单位"),
    *("安全生产许可证号", "核查日期", "企业名称", "实际产量（1-11月）", "实际控制人"),
)
UNCLEAR = (
    *("核实后产量（万吨）", "1-12月实际产量（万吨）", "累计产量", "开采总量（万吨）"),
    *("采出矿石量", "实际产量（含外购）", "完成情况（万吨）", "output 2"),
)


def written(path, *rows):
    """Return a CSV of the rows."""
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def beside(tmp_path, header, *, first):
    """Return a table with the column before or after the output of 5 万吨."""
    words, cells = ["实际产量（万吨）", header], ["5", "99"]
    if first:
        words, cells = words[::-1], cells[::-1]
    return written(tmp_path / "actual.csv", ["许可证号", *words], ["C1", *cells])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("header", PASSED_OVER)
def test_columns_of_other_things_are_passed_over_and_said(tmp_path, header, first):
    """Neither reading takes last year's output, a quota or a rate for the year's output."""
    path = beside(tmp_path, header, first=first)
    actual = read_actual(path, 2024)
    assert actual.problems == ()
    (line,) = actual.lines
    assert {kind: str(one.amount) for kind, one in line.outputs.items()} == {"actual": "5 万吨"}
    assert actual.ignored == (header,)
    again = read_again(path, {})["C1"]
    assert (again.value, again.unit) == (5, "万吨")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("header", UNCLEAR)
def test_columns_like_outputs_are_refused(tmp_path, header, first):
    """What may be the year's output and is not understood is not guessed: its cell is named."""
    (problem,) = read_actual(beside(tmp_path, header, first=first), 2024).problems
    place = "1:2" if first else "1:3"
    assert (problem.code, problem.place.rpartition("csv:")[2]) == ("actual_column", place)
    assert header.partition("（")[0] in problem.text("zh")


def test_an_unclear_column_alone_is_named(tmp_path):
    """A table whose only output is not understood says which column, not that it has no header."""
    path = written(tmp_path / "actual.csv", ["许可证号", "核实后产量（万吨）"], ["C1", "5"])
    assert [one.code for one in read_actual(path, 2024).problems] == ["actual_column"]


def test_columns_of_the_form_are_not_reported(tmp_path):
    """What the form has besides outputs is expected; a reserve is not."""
    words = [
        "序号",
        "采矿权许可证号",
        "县（市、区）",
        "矿种",
        "年度指标",
        "实际产量（万吨）",
        "备注",
    ]
    path = written(tmp_path / "a.csv", [*words, "保有储量"], ["1", "C1", "", "", "", "5", "", ""])
    assert read_actual(path, 2024).ignored == ("保有储量",)


def test_a_date_is_shown(tmp_path):
    """A spreadsheet that made 5.6 a day of May: the message shows what the cell holds."""
    book = openpyxl.Workbook()
    book.active.append(["许可证号", "实际产量（万吨）"])
    book.active.append(["C1", date(2024, 5, 6)])
    book.save(tmp_path / "actual.xlsx")
    (problem,) = read_actual(tmp_path / "actual.xlsx", 2024).problems
    assert (problem.code, problem.place.rpartition("!")[2]) == ("actual_date", "B2")
    assert "2024-05-06" in problem.text("zh")
    assert "2024-05-06" in problem.text("en")


def totals(desk, *rows):
    """Return the findings about totals of a table whose mines A and B have quotas."""
    rolled = desk.rolled([("许可证号", "矿山名称", "实际产量（万吨）"), *rows])
    return [(one.subject, one.text.zh) for one in rolled.notices if one.code == "total_differs"]


@pytest.mark.parametrize(
    "rows",
    [
        [("A", "", "4"), ("B", "", "3"), ("", "合计", "7")],
        [("A", "", "4"), ("", "凤城市小计", "4"), ("B", "", "3"), ("", "东港市小计", "3")],
        [("", "凤城市合计", "4"), ("A", "", "4"), ("", "东港市合计", "3.0"), ("B", "", "3")],
        [("A", "", "4.04"), ("B", "", "3.04"), ("", "全市总计", "7.1")],
        [
            ("A", "", "4"),
            ("", "甲县小计", "4"),
            ("B", "", "3"),
            ("", "小计", "3万吨"),
            ("总计", "", "7"),
        ],
        [("A", "", "4"), ("B", "", "3"), ("", "合计", "")],
    ],
)
def test_totals_that_add_up(desk, rows):
    """Subtotals by county above or below their mines, and rounded ones, are no finding."""
    assert totals(desk, *rows) == []


def test_totals_that_do_not_add_up(desk):
    """A subtotal and the total: each is found at its cell, with the sum of its rows."""
    found = totals(
        desk,
        *[("A", "", "4"), ("", "凤城市小计", "5"), ("B", "", "3"), ("", "小计", "3")],
        ("", "合计", "8"),
    )
    assert [place.rpartition("csv:")[2] for place, _ in found] == ["3:3", "6:3"]
    assert "“合计”的“实际产量（万吨）”为 8 万吨，各行之和为 7 万吨" in found[1][1]
