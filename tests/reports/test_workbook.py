"""The workbook, read again by openpyxl."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import report_sample as sample
from openpyxl import load_workbook

from minequota.reports.manifest import Origin
from minequota.reports.tables import build_tables
from minequota.reports.workbook import sheet_name, write_workbook

CREATED = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


def workbook(folder, lang="zh", allocation=None):
    allocation = allocation or sample.allocation()
    origin = Origin(sample.scenario(), allocation, "minequota solve tiny", created=CREATED)
    tables = build_tables(sample.scenario(), allocation, lang)
    return load_workbook(write_workbook(tables, origin, folder, lang))


def values(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_cover_and_seven_sheets(tmp_path):
    """Sheet names are legal and tell the tables apart."""
    book = workbook(tmp_path)
    assert book.sheetnames[0] == "封面"
    assert [name[:2] for name in book.sheetnames[1:]] == [f"表{n}" for n in range(1, 8)]
    assert all(len(name) <= 31 for name in workbook(tmp_path, "en").sheetnames)


def test_no_cell_is_a_formula(tmp_path):
    """Names with =, script tags, line ends and emoji stay strings."""
    book = workbook(tmp_path)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    names = values(book.worksheets[2])
    assert sample.FORMULA in names
    assert sample.SCRIPT in names
    assert any(str(name).startswith("两行\n之矿⛏️𠮷") for name in names)
    cell = next(
        cell
        for row in book.worksheets[2].iter_rows()
        for cell in row
        if cell.value == sample.FORMULA
    )
    assert cell.quotePrefix


def test_numbers_are_numbers_with_formats(tmp_path):
    """12.5 万吨 is a number with one decimal, 62.5 % a share of 0.625 with a percent format."""
    sheet = workbook(tmp_path).worksheets[2]
    found = {
        cell.value: cell.number_format
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float)
    }
    assert found[12.5] == "#,##0.0_ "
    assert found[0.625] == "0.0%_ "


def test_pages_are_ready_to_print(tmp_path):
    """A4 landscape, one page wide, header rows repeated, pages numbered, panes frozen."""
    for sheet in workbook(tmp_path).worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows.startswith("$3:$")
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.freeze_panes not in {None, "A1"}


def test_long_tables_run_over_pages(tmp_path):
    """Two hundred mines are not squeezed onto one page."""
    quotas = tuple(sample.quota(f"Q{n:03}", f"第{n}矿", 1.0, 2.0) for n in range(200))
    book = workbook(tmp_path, allocation=replace(sample.allocation(), quotas=quotas))
    assert book.worksheets[2].page_setup.fitToHeight == 0


def test_titles_and_grouped_headers_are_merged(tmp_path):
    """本年指标 spans its three columns; the title spans all."""
    sheet = workbook(tmp_path).worksheets[2]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert "A1:T1" in merged
    assert "K3:M3" in merged
    assert sheet["K3"].value == "本年指标"
    assert [sheet[f"{column}4"].value for column in "KLM"] == ["主采", "综合利用", "合计"]


def test_columns_are_wide_enough_for_their_numbers(tmp_path):
    """A number that does not fit shows as ####: every column holds its longest number."""
    quota = replace(sample.allocation().quotas[1], amount=123456789.1234, capacity=987654321.5)
    book = workbook(tmp_path, allocation=replace(sample.allocation(), quotas=(quota,)))
    sheet = book.worksheets[2]
    assert sheet.column_dimensions["K"].width >= len("123,456,789.1234")
    assert sheet.column_dimensions["G"].width >= len("987,654,321.5")


def test_the_cover_says_where_everything_comes_from(tmp_path):
    """Plan, document, case, mode, status, goals, changes, hashes and the synthetic share."""
    (tmp_path / "allocation.json").write_text("{}", encoding="utf-8")
    shown = "\n".join(map(str, values(workbook(tmp_path).worksheets[0])))
    for needed in (
        "小市矿产资源规划（测试用）",
        "需求偏高 [high]",
        "目标状态",
        "已证最优",
        "highs",
        "1. 未满足需求",
        "0.316667",
        "demand.菱镁矿.amount",
        "25 万吨 → 30 万吨",
        "3个为合成",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "2025-01-02 03:04:05",
        "minequota solve tiny",
    ):
        assert needed in shown


@pytest.mark.parametrize(
    ("given", "legal"), [("a/b[c]:*?'", "a_b_c_____"), ("", "-"), ("x" * 40, "x" * 31)]
)
def test_sheet_names_are_legal(given, legal):
    """Excel refuses brackets, slashes, colons, stars, question marks and long names."""
    assert sheet_name(given) == legal
