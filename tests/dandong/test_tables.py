"""What is written and shown about Dandong: the mode, what is synthetic, and nobody named to go."""

import csv
import io
import json

import openpyxl
import pytest
from rich.console import Console

from minequota.reports.run_folder import write_run
from minequota.reports.terminal import show_run


@pytest.fixture(scope="module")
def run(base, tmp_path_factory):
    """Write the base case, checked by the independent check on the way."""
    return write_run(base.scenario, base.allocation, tmp_path_factory.mktemp("dandong") / "run")


@pytest.fixture(scope="module")
def screen(base):
    """Show the base case on a wide terminal that keeps every name on one line."""
    console = Console(file=io.StringIO(), width=400)
    show_run(base.scenario, base.allocation, console=console)
    return console.file.getvalue()


def rows_of(run, number):
    """Return one table as dictionaries by header."""
    (path,) = (run / "tables").glob(f"table{number}_*.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def sheets_of(run):
    """Return the texts of every sheet by its title."""
    book = openpyxl.load_workbook(run / "tables.xlsx")
    return {
        sheet.title: [str(cell.value) for row in sheet for cell in row if cell.value is not None]
        for sheet in book
    }


def test_the_mode_is_said_everywhere(run, screen):
    """The target state is named in allocation.json, on every sheet and on the terminal."""
    assert json.loads((run / "allocation.json").read_text("utf-8"))["mode"] == "target_state"
    assert json.loads((run / "manifest.json").read_text("utf-8"))["mode"] == "target_state"
    for title, texts in sheets_of(run).items():
        assert any("目标状态（target_state）" in text for text in texts), title
    assert "目标状态（target_state）" in screen


def test_every_sheet_says_how_much_is_synthetic(run, screen):
    """320 of the 330 rights are invented; the ten named ones have invented fields."""
    sentence = "采矿权现状共330个：320个为合成数据"
    sheets = sheets_of(run)
    assert len(sheets) == 8
    for title, texts in sheets.items():
        assert any(sentence in text for text in texts), title
    assert sentence in screen


def test_every_line_about_a_right_is_marked(run, base):
    """Tables 2 and 7 mark each line, table 6 each clause, table 4 the target that looks met."""
    for row in rows_of(run, 2):
        if row["行别"] == "明细":
            new = row["矿山名称"] in {one.zone_name for one in base.allocation.issuance}
            assert row["数据来源"] == ("拟投放" if new else "合成"), row
    assert {row["数据来源"] for row in rows_of(run, 7) if row["行别"] == "明细"} <= {
        "合成",
        "部分字段为合成",
    }
    counts = [row for row in rows_of(run, 6) if row["规则"] in {"矿山数量", "大中型矿山比例"}]
    assert len(counts) == 2
    assert {row["是否依赖合成数据"] for row in counts} == {"是"}
    (total,) = (row for row in rows_of(run, 4) if row["行别"] == "合计")
    assert total["是否达到"].count("是（现状含合成数据）") == 2


def test_no_synthetic_leaver_is_named(run, screen, base):
    """Fifteen leave; neither their names nor their licences stand in any table or on screen."""
    rights = {right.licence: right for right in base.scenario.rights}
    leaving = base.leaving()
    hidden = [text for licence in leaving for text in (licence, rights[licence].name)]
    assert len(hidden) == 30
    shown = [path.read_text("utf-8-sig") for path in (run / "tables").glob("*.csv")]
    shown += ["\n".join(texts) for texts in sheets_of(run).values()]
    assert len(shown) == 7 + 8
    for text in (*shown, screen, (run / "log.txt").read_text("utf-8")):
        assert not [one for one in hidden if one in text]
    actions = json.loads((run / "allocation.json").read_text("utf-8"))["actions"]
    assert {one["name"] for one in actions if one["right"] in leaving} == {""}
    # The search above would find a name: a mine that stays stands in the tables by name.
    (stays,) = (right.name for right in base.scenario.rights if right.licence == "SYN-DD-0151")
    assert any(stays in text for text in shown)


def test_table_seven_counts_who_leaves(run):
    """Six by rule and nine proposed, by county, mineral and ground, make fifteen."""
    rows = [row for row in rows_of(run, 7) if row["部分"] == "拟退出"]
    counted = {"规则要求退出": 0, "建议退出": 0}
    for row in rows:
        if row["行别"] == "明细":
            assert row["所在行政区"]
            assert row["矿种"]
            assert row["情形"]
            counted[row["建议"]] += int(row["数量"])
    assert counted == {"规则要求退出": 6, "建议退出": 9}
    assert [row["数量"] for row in rows if row["行别"] == "小计"] == ["15"]


def test_the_tables_add_up_to_the_caps(run):
    """Table 2 adds up to table 1: magnesite 31 as sum of its lines, in both."""
    lines = [row for row in rows_of(run, 2) if row["开采矿种"] == "菱镁矿"]
    detail = sum(float(row["本年指标-合计"]) for row in lines if row["行别"] == "明细")
    assert detail == pytest.approx(31)
    (arranged,) = (
        row for row in rows_of(run, 1) if (row["矿产名称"], row["项目"]) == ("菱镁矿", "本年安排")
    )
    assert (arranged["凤城市"], arranged["宽甸满族自治县"], arranged["合计"]) == ("10", "21", "31")


def test_what_matters_comes_first_on_screen(screen):
    """Kept, met, binding, leaving, issued: the answers stand in this order before any table."""
    order = ["规划是否守住", "需求是否满足", "什么在起约束"]
    order += ["15个采矿权退出", "投放采矿权5个", "表1 ", "表7 "]
    places = [screen.index(word) for word in order]
    assert places == sorted(places)
