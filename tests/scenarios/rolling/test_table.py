"""Tables of actual outputs as bureaus write them, and every mistake in them with its place."""

import openpyxl
import pytest

from minequota.scenarios.rolling.table import read_actual
from minequota.scenarios.units import Quantity


def written(tmp_path, *rows, encoding="utf-8", name="actual.csv"):
    """Return a CSV of the rows."""
    path = tmp_path / name
    path.write_bytes("".join(",".join(row) + "\n" for row in rows).encode(encoding))
    return path


def outputs(actual):
    """Return kind -> (amount, basis) of every line, by licence."""
    return {
        line.licence: {kind: (str(one.amount), one.counted) for kind, one in line.outputs.items()}
        for line in actual.lines
    }


def codes(actual):
    """Return the codes and places of what is wrong."""
    return [(one.code, one.place.rpartition("actual")[2]) for one in actual.problems]


def test_units_and_bases_stand_in_headers_columns_or_cells(tmp_path):
    """A header may name year, unit and basis; a column of its own or the cell counts before it."""
    path = written(
        tmp_path,
        ("2024年度开采总量控制指标执行情况表",),
        (
            "序号",
            "采矿权许可证号",
            "矿山名称",
            "2024年实际产量（万吨，矿石量）",
            "测绘（核查）产量（吨）",
        ),
        ("1", "C1", "甲矿", "１２．５", "—"),
        ("2", "C2", "乙矿", "3", "31000"),
        ("", "合计", "", "15.5", ""),
        ("注：数据来自统计",),
    )
    actual = read_actual(path, 2024)
    assert actual.problems == ()
    assert outputs(actual) == {
        "C1": {"actual": ("12.5 万吨", "ore")},
        "C2": {"actual": ("3 万吨", "ore"), "surveyed": ("31000 吨", None)},
    }


def test_unit_and_basis_columns(tmp_path):
    """单位 and 口径 beside the figure; 统计产量 is the reported one."""
    path = written(
        tmp_path,
        ("许可证号", "统计产量", "单位", "口径", "备注"),
        ("C1", "5", "万吨", "标准矿", "=1+1"),
        ("C2", "2", "万立方米", "荒料", ""),
    )
    assert outputs(read_actual(path, 2024)) == {
        "C1": {"reported": ("5 万吨", "standard_iron_62")},
        "C2": {"reported": ("2 万立方米", "block_stone")},
    }


def test_gbk_from_a_spreadsheet_program(tmp_path):
    """A CSV saved by WPS or Excel in GBK reads as the UTF-8 one does."""
    rows = [("许可证号", "矿山名称", "实际产量（万吨）"), ("C1", "甲矿", "1,234")]
    rows[1] = ("C1", "甲矿", '"1,234"')
    one = read_actual(written(tmp_path, *rows, encoding="gb18030", name="a.csv"), 2024)
    other = read_actual(written(tmp_path, *rows, name="b.csv"), 2024)
    assert outputs(one) == outputs(other) == {"C1": {"actual": ("1234 万吨", None)}}


def test_workbook_places_are_cells(tmp_path):
    """In a workbook a mistake has its sheet and cell; a sheet called 执行情况表 comes first."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("执行情况表")
    sheet.append(["许可证号", "矿山名称", "实际产量（万吨）"])
    sheet.append(["C1", "甲矿", 3.5])
    sheet.append(["C2", "乙矿", -1])
    sheet.append(["C3", "丙矿", "若干"])
    path = tmp_path / "actual.xlsx"
    book.save(path)
    actual = read_actual(path, 2024)
    assert outputs(actual) == {"C1": {"actual": ("3.5 万吨", None)}}
    assert codes(actual) == [
        ("cell_negative", ".xlsx[执行情况表]!C3"),
        ("cell_number", ".xlsx[执行情况表]!C4"),
    ]


def test_every_mistake_at_once(tmp_path):
    """Formula names, unknown units, missing units, other years, rows of nobody: all are said."""
    path = written(
        tmp_path,
        ("许可证号", "矿山名称", "实际产量", "单位", "口径", "年度"),
        ("C1", '"=HYPERLINK(""x"")"', "1", "万吨", "", "2024"),
        ("C2", "乙矿", "2", "万斤", "", "2024"),
        ("C3", "丙矿", "3", "", "", "2024"),
        ("C4", "丁矿", "4", "万吨", "精矿", "2023"),
        ("", "", "5", "万吨", "", "2024年"),
        ("C6", "己矿", "6", "万吨", "矿石量", "2024"),
    )
    actual = read_actual(path, 2024)
    assert [line.licence for line in actual.lines] == ["C6"]
    assert codes(actual) == [
        ("cell_formula", ".csv:2:2"),
        ("cell_unknown_unit", ".csv:3:3"),
        ("cell_unit", ".csv:4:3"),
        ("actual_basis_unknown", ".csv:5:5"),
        ("actual_other_year", ".csv:5:6"),
        ("actual_nobody", ".csv:6"),
    ]


def test_a_header_of_another_year_is_refused(tmp_path):
    """Last year's table given by mistake is not taken for this year's."""
    path = written(tmp_path, ("许可证号", "2023年实际产量（万吨）"), ("C1", "5"))
    assert codes(read_actual(path, 2024)) == [("actual_other_year", ".csv:1:2")]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("甲,乙", "actual_header"),
        ("许可证号,实际产量（万吨）,年产量（万吨）", "actual_column_twice"),
        ("许可证号,实际产量（万吨）", "actual_empty"),
    ],
)
def test_tables_that_say_nothing(tmp_path, header, code):
    """No header, two columns of one kind, no rows."""
    found = read_actual(written(tmp_path, (header,)), 2024)
    assert [one.code for one in found.problems] == [code]
    assert found.problems[0].text("zh") != found.problems[0].text("en")


def test_a_licence_the_spreadsheet_rewrote_is_refused(tmp_path):
    """23 digits as a number have lost their end."""
    path = written(tmp_path, ("许可证号", "实际产量（万吨）"), ("2.1E+21", "5"))
    assert codes(read_actual(path, 2024)) == [("cell_licence", ".csv:2:1")]


def test_an_amount_in_its_cell_with_its_unit(tmp_path):
    """`3.2万吨` needs no unit elsewhere, and must not contradict the header's."""
    path = written(tmp_path, ("许可证号", "实际产量（万吨）"), ("C1", "3.2万吨"), ("C2", "3.2 吨"))
    actual = read_actual(path, 2024)
    assert outputs(actual) == {"C1": {"actual": ("3.2 万吨", None)}}
    assert codes(actual) == [("cell_two_units", ".csv:3:2")]
    assert actual.lines[0].outputs["actual"].amount == Quantity(3.2, "万吨")
