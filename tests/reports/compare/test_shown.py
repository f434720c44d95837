"""The comparison on screen, in the workbook and in CSV, with hostile names."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import compare_sample as two
import pytest
import report_sample as sample
from openpyxl import load_workbook
from rich.console import Console

from minequota.reports.compare.book import write_book
from minequota.reports.compare.compared import compared
from minequota.reports.compare.screen import show_comparison
from minequota.reports.compare.tables import build_tables
from minequota.reports.csvfile import csv_text

HAN = re.compile("[\u4e00-\u9fff]")
CREATED = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


def hostile():
    """Return the two cases, one under a name that a spreadsheet or rich could misread."""
    low, high = two.cases()
    return low, replace(high, name="=[/red]high\n")


def plain(text):
    """Return a text without the names and titles that the sample has in Chinese alone."""
    return re.sub("菱镁矿|建筑石料|未满足需求|条款", "", text)


def screen(width, lang="zh", found=None, **options):
    """Return what a screen of a width shows, colours off as where it is piped."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    show_comparison(found or compared(two.cases(), "low"), lang=lang, console=console, **options)
    return out.getvalue()


def workbook(folder, lang="zh", given=None):
    """Return the workbook, read again."""
    found = compared(given or two.cases(), "low")
    facts = {"command": "=cmd", "other_mode": ""}
    tables = build_tables(found, lang)
    return load_workbook(write_book(found, tables, facts, folder, CREATED, lang))


@pytest.mark.parametrize("width", [80, 160])
def test_the_order_of_the_screen(width):
    """Cases, what differs in the input, outcomes, then the allocations; no colour when piped."""
    shown = screen(width)
    titles = ("案例", "表1 输入差异", "表2 结果对照", "表3 ", "表4 ", "表5 ")
    places = [shown.index(f" {title}") for title in titles]
    assert places == sorted(places)
    assert "\x1b" not in shown
    for needed in ("30 万吨", "36 万吨", "+4.5", "+1.5", "-2", "+30", "最优性间隙在要求之内"):
        assert needed in shown
    assert "3个为合成数据" in shown.replace("\n", "")


def test_what_does_not_differ_is_counted_on_the_screen():
    """A2, A3 and S2 (unnamed) get the same in both cases: two lines, not shown but counted."""
    shown = screen(160)
    assert "其中无差异" in shown
    section = shown[shown.index("表3 ") : shown.index("表4 ")]
    assert "alert(1)" not in section


def test_quiet_shows_the_outcomes_alone():
    """Without tables the cases and their outcomes stand alone."""
    shown = screen(80, tables=False)
    assert "表2 结果对照" in shown
    assert "表1 " not in shown
    assert "表3 " not in shown


def test_english_has_no_chinese_but_names():
    """Headings, outcomes and sections are English; names of mines and places stay."""
    tables = build_tables(compared(two.cases(), "low"), "en")
    for table in tables:
        assert not HAN.search(table.heading)
        assert not any(HAN.search(column.full_label("en")) for column in table.columns)
        assert not any(HAN.search(note) for note in table.notes)
        named = {"name", "title", "county", "mineral"} if table.number > 2 else set()
        for row in table.rows if table.number > 1 else ():
            said = [str(cell) for key, cell in row.cells.items() if key not in named]
            assert not [cell for cell in said if HAN.search(plain(cell))]


def test_names_come_out_as_plain_text(tmp_path):
    """Formulas, script tags, line ends and markup are text in every form."""
    found = compared(hostile(), "low")
    shown = screen(200, found=found)
    assert "=[/red]high" in shown
    assert sample.FORMULA in shown
    for table in build_tables(found, "zh"):
        rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    book = workbook(tmp_path, given=hostile())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = {cell.value for cell in cells}
    assert sample.FORMULA in values
    assert "=cmd" in values


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_made_up_leaver_is_nowhere_named(tmp_path, lang):
    """S1 and S2 leave: neither their names nor their licences stand in any table."""
    found = compared(two.cases(), "low")
    texts = [csv_text(table) for table in build_tables(found, lang)][1:]
    texts.append(screen(160, lang))
    texts += [
        str(cell.value)
        for sheet in workbook(tmp_path, lang)
        for row in sheet.iter_rows()
        for cell in row
    ]
    for text in texts:
        assert not [secret for secret in (*sample.SECRETS, "S1", "S2") if secret in text]


def test_years_of_a_calendar():
    """Year by year the rights issued say when: one in 2025, then two."""
    low, high = two.cases()
    years = [replace(one.allocation, mode="calendar", years=(2024, 2025)) for one in (low, high)]
    pair = tuple(
        replace(one, allocation=answer) for one, answer in zip((low, high), years, strict=True)
    )
    for lang, said in (("zh", ("2025年1个", "2025年2个")), ("en", ("1 in 2025", "2 in 2025"))):
        (row,) = build_tables(compared(pair, "low"), lang)[3].rows
        assert (row.cells["years:low"], row.cells["years:high"]) == said


def test_unnamed_rights_are_added_up():
    """S1 (0 → 5) and the rest stand as one line of stone: a number, no name."""
    table = build_tables(compared(two.cases(), "low"), "zh")[2]
    (row,) = [row for row in table.rows if "不具名的采矿权1个" in str(row.cells["name"])][:1]
    assert row.cells["value:high"] == 5.0
    assert row.cells["difference:high"] == 5.0


def test_the_workbook(tmp_path):
    """A cover with the cases, five sheets, frozen, repeated headers, coloured differences."""
    book = workbook(tmp_path)
    assert book.sheetnames == [
        "封面",
        "表1 输入差异",
        "表2 结果对照",
        "表3 矿山指标对照",
        "表4 投放对照",
        "表5 退出改扩建整合对照",
    ]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes not in {None, "A1"}
        assert sheet.print_title_rows == "$3:$4"
        assert sheet.page_setup.orientation == "landscape"
    mines = book.worksheets[3]
    areas = [str(area.sqref) for area in mines.conditional_formatting]
    assert len(areas) == 1
    assert areas[0].partition(":")[0].endswith("5")
    rules = [rule for area in mines.conditional_formatting for rule in area.rules]
    assert {rule.operator for rule in rules} == {"greaterThan", "lessThan"}
    cover = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"low（基准）", "high", "案例high"} <= cover


def test_differences_are_numbers(tmp_path):
    """1.5 is a number in the workbook and in the CSV, without a sign that Excel would take."""
    sheet = workbook(tmp_path).worksheets[3]
    assert 1.5 in {cell.value for row in sheet.iter_rows() for cell in row}
    table = build_tables(compared(two.cases(), "low"), "zh")[2]
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert "1.5" in rows[1]


def test_a_long_input_is_a_digest():
    """Of 3 × 100 fields that differ the first forty are shown, and how many more there are."""
    low, high = two.cases()
    rights = tuple(
        replace(one, licence=f"{one.licence}-{n}", holder=f"H{n}", zone=f"Z{n}")
        for n in range(40)
        for one in high.scenario.rights
    )
    many = replace(high, scenario=replace(high.scenario, rights=rights))
    found = compared((low, many), "low")
    assert len(found.inputs) > 200
    shown = screen(160, found=found)
    assert f"共{len(found.inputs)}处不同" in shown
    assert f"另有{len(found.inputs) - 40}处" in shown.replace("\n", "")


def test_a_difference_stands_over_its_case():
    """At 80 columns no Δ stands alone above the name of a long case."""
    low, high = two.cases()
    pair = (replace(low, name="low"), replace(high, name="run-2025-dry-year-high-demand"))
    lines = [line.strip() for line in screen(80, found=compared(pair, "low")).splitlines()]
    assert "Δ" not in lines
    assert [line for line in lines if "Δrun-2025-dry-year-high-demand" in line]


def test_what_matters_comes_first():
    """Unmet demand, then the numbers of rights, then caps; caps of single counties in the files.

    The order of licences is left to the files as well.
    """
    low, high = two.cases()
    goal = replace(low.allocation.goals[0], name="tie", title_zh="许可证号次序", unit="序号之和")
    goals = (*low.allocation.goals, goal)
    tied = replace(low, allocation=replace(low.allocation, goals=goals))
    found = compared((tied, high), "low")
    shown = screen(160, found=found)
    section = shown[shown.index("表2 ") : shown.index("表3 ")]
    words = ("未满足需求：菱镁矿", " 需求：菱镁矿", "采矿权总数", "总量已用：CAP.magnesite_city")
    section = section.replace("\n需求：", "\n 需求：")
    places = [section.index(word) for word in words]
    assert places == sorted(places)
    for left in (
        "总量已用：CAP.magnesite_east",
        "总量使用率：CAP.magnesite_west",
        "目标：许可证号次序",
    ):
        assert left not in section
    names = {row.block for row in build_tables(found, "zh")[1].rows}
    assert {"cap_used.CAP.magnesite_city", "cap_used.CAP.magnesite_east", "goal.tie"} <= names


def test_one_question_twice_is_said():
    """Two columns that differ in nothing are one question; those that do are not."""
    low, high = two.cases()
    pair = (low, replace(low, name="again"))
    for lang, said in (("zh", "low、again的情景"), ("en", "low, again have the same scenario")):
        notes = build_tables(compared(pair, "low"), lang)[0].notes
        assert [note for note in notes if said in note]
    assert not [
        note
        for note in build_tables(compared((low, high), "low"), "zh")[0].notes
        if "同一个问题" in note
    ]


def test_shares_differ_in_points():
    """The unit of a share says what its difference is."""
    for lang, unit in (("zh", "%（差：百分点）"), ("en", "% (difference: points)")):
        rows = build_tables(compared(two.cases(), "low"), lang)[1].rows
        assert {row.cells["unit"] for row in rows if row.block.startswith("cap_share")} == {unit}
