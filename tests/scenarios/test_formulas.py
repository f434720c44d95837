"""Formulas that no spreadsheet program has calculated are not read as empty cells."""

import builders
import openpyxl
import pytest

from minequota.scenarios.plan import Plan
from minequota.scenarios.register.reader import read_register
from minequota.scenarios.register.sheet import read_sheet
from minequota.scenarios.rolling.table import read_actual


def workbook(path, *rows):
    """Return a workbook of the rows, as a program that does not calculate writes it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def told(problems):
    """Return code and cell of every problem."""
    return [(one.code, one.place.rpartition("!")[2]) for one in problems]


def test_a_table_of_outputs_names_the_cell(tmp_path):
    """`=3+4` and a sum are no empty cells: each is refused where it stands."""
    rows = [
        ["许可证号", "实际产量（万吨）", "备注"],
        ["C1", "=3+4", "=1+1"],
        ["C2", "=SUM(B2)", ""],
    ]
    actual = read_actual(workbook(tmp_path / "a.xlsx", *rows, ["C3", 5, "=1"]), 2024)
    assert told(actual.problems) == [("cell_formula", "B2"), ("cell_formula", "B3")]
    assert "WPS" in actual.problems[0].text("zh")
    assert "=3+4" in actual.problems[0].text("zh")


def test_a_register_names_the_cell(tmp_path):
    """So is one in a register's optional column, which an empty cell would leave out."""
    rows = [
        ["许可证号", "矿山名称", "县区", "矿种", "生产规模（万吨/年）", "保有资源储量（万吨）"],
        ["A1", "甲矿", "东县", "菱镁矿", 20, "=300-20"],
    ]
    path = workbook(tmp_path / "a.xlsx", *rows)
    register = read_register(path, Plan.model_validate(builders.tiny_plan()))
    assert told(register.problems) == [("cell_formula", "F2")]


def test_a_sum_below_the_mines_is_passed_over(tmp_path):
    """The total row's formula concerns nobody."""
    rows = [["许可证号", "实际产量（万吨）"], ["C1", 5], ["合计", "=SUM(B2:B2)"]]
    assert read_actual(workbook(tmp_path / "a.xlsx", *rows), 2024).problems == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B2"><f>3+4</f><v>7</v></c>', 7),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B2"><f>3+4</f><v></v></c>', "=3+4"),
        ('<c r="B2"><f>3+4</f></c>', "=3+4"),
        ('<c r="B2"><f t="shared" si="0"/><v/></c>', "="),
        ("<c><f>3+4</f></c>", "=3+4"),
    ],
)
def test_what_a_cell_with_a_formula_holds(tmp_path, cell, expected):
    """A calculated one its value, one whose result is no text nothing, any other its formula."""
    import zipfile

    path = workbook(tmp_path / "a.xlsx", ["x", "y", "z"], ["p", 1, "q"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<c r="B2" t="n"><v>1</v></c>', cell.encode())
    assert cell.encode() in parts[name]
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert read_sheet(path).rows[1].cells == ("p", expected, "q")
