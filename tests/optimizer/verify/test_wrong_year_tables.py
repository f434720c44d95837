"""Tables by year, with batches, projects, places and awaited figures, that say other things."""

import shutil

import mechanisms
import pytest
from wrong_run import WrongRun, cell, doubled, edit, rehash, table_path, without

from minequota.optimizer.verify import verify_run

MEMBERS = "A、B"


def figure(of, table, where, holding, column, value, code="table_figure"):
    """Return a changed cell of one table of a mechanism's run."""
    return WrongRun(code, where, cell(table, holding, column, value), of=of)


def unprinted(run):
    """Leave out the table of flows."""
    table_path(run, 8).unlink()
    rehash(run)


def printed_for_nothing(run):
    """Print a table of flows where there are none."""
    path = table_path(run, 5)
    path.with_name("table8_x.csv").write_bytes(path.read_bytes())
    rehash(run)


def column_gone(number, title):
    """Take one column out of a table."""

    def change(grid):
        at = grid[0].index(title)
        for line in grid:
            line.pop(at)

    return edit(number, change)


A_2024 = ("明细", "2024", "A")
CASES = {
    "no year": WrongRun("table_unreadable", "table2", column_gone(2, "年度"), of="years"),
    "no batches": WrongRun(
        "table_unreadable", "table2", column_gone(2, "本年指标-第二批"), of="years"
    ),
    "no first output": WrongRun(
        "table_unreadable", "table3", column_gone(3, "首次可产年度"), of="years"
    ),
    "cap of another year": figure("years", 1, "2024", ("菱镁矿", "2024", "本年安排"), "合计", "20"),
    "a year's cap missing": WrongRun(
        "table_row_missing", "2024 菱镁矿", without(1, "2024", "控制量"), of="years"
    ),
    "figure of another year": figure("years", 2, "2024 A", A_2024, "本年指标-合计", "10"),
    "first batch": figure("years", 2, "2024 A", A_2024, "本年指标-第一批", "3.84"),
    "second batch left out": figure("years", 2, "2024 A", A_2024, "本年指标-第二批", ""),
    "sum of the batches": figure(
        "years", 2, "2024", ("小计", "2024", "东县"), "本年指标-第一批", "1"
    ),
    "sum of a year": figure("years", 2, "2024", ("合计", "2024"), "本年指标-合计", "45"),
    "sum of the raw ore": figure("years", 2, "2024", ("合计", "2024"), "折合原矿量", "45"),
    "a figure moved to another year": WrongRun(
        "table_row_repeated", "2024 A", cell(2, ("明细", "2023", "A"), "年度", "2024"), of="years"
    ),
    "issued in another year": figure(
        "years", 3, "P", ("明细", "P"), "年度", "2025", code="table_count"
    ),
    "another first output": figure(
        "years", 3, "P", ("明细", "P"), "首次可产年度", "2025", code="table_count"
    ),
    "another term": figure(
        "years", 3, "P", ("明细", "P"), "出让年限", "不超过30年", code="table_count"
    ),
    "issued by another authority": figure(
        "years", 3, "P", ("明细", "P"), "部分", "发证权限未载明", code="table_count"
    ),
    "a year's issues": WrongRun(
        "table_figure", "Σ", cell(3, ("小计",), "投放数量（个）", "2"), of="years"
    ),
    "structure of another year": figure("years", 4, "2024", ("2024", "东县"), "年末-合计", "6"),
    "leavers of another year": figure("years", 4, "2023", ("2023", "西县"), "退出", "0"),
    "demand of another year": figure("years", 5, "2023", ("2023", "菱镁矿"), "需求量", "45"),
    "clause of another year": figure(
        "years", 6, "2024 COUNT", ("2024", "COUNT.mine_count"), "使用", "7"
    ),
    "verdict": figure("years", 6, "2024 COUNT", ("2024", "COUNT.mine_count"), "执行情况", "未达到"),
    "verdict left out": figure("years", 6, "STATUS", ("STATUS",), "执行情况", ""),
    "a leaver of another year": figure(
        "years", 7, "2023", ("明细", "2023"), "年度", "2025", code="table_count"
    ),
    "renewals of a year": WrongRun(
        "table_count", "延续", without(7, "2024", "明细", "延续"), of="years"
    ),
    "merged rights counted": figure("projects", 4, "2024", ("2024", "东县"), "整合减少", "0"),
    "a merged right without its members": figure(
        "projects", 2, "2024", ("明细", "2024", MEMBERS), "整合成员", ""
    ),
    "a merged right with other members": figure(
        "projects", 2, "2024", ("明细", "2024", MEMBERS), "整合成员", "A、F"
    ),
    "a merged right's class": figure(
        "projects", 2, "2024", ("明细", "2024", MEMBERS), "规模类别", "大型"
    ),
    "an enlarged right's old class": figure(
        "projects", 2, "2025 E", ("明细", "2025", "E"), "规模类别", "小型"
    ),
    "an enlarged right's old capacity": figure(
        "projects", 2, "2025 E", ("明细", "2025", "E"), "生产规模", "10"
    ),
    "a conversion in another section": figure(
        "projects", 3, "探转采项目", ("明细", "探转采项目"), "部分", "本级发证", "table_count"
    ),
    "a merger missing": WrongRun(
        "table_row_missing", "整合ab", without(7, "明细", "整合ab"), of="projects"
    ),
    "a merger twice": WrongRun(
        "table_row_repeated", "整合ab", doubled(7, "明细", "整合ab"), of="projects"
    ),
    "a merger called an acquisition": figure(
        "projects", 7, "收购", ("明细", "整合ab"), "建议", "收购", code="table_row_unknown"
    ),
    "a merger of three": figure("projects", 7, "整合ab", ("明细", "整合ab"), "数量", "3"),
    "a merger of others": figure("projects", 7, "整合ab", ("明细", "整合ab"), "整合成员", "A、F"),
    "capacity before": figure("projects", 7, "整合ab", ("明细", "整合ab"), "原规模", "13"),
    "capacity after": figure("projects", 7, "整合ab", ("明细", "整合ab"), "新规模", "15"),
    "another holder": figure("projects", 7, "整合ab", ("明细", "整合ab"), "采矿权人", "戊"),
    "another minimum": figure("projects", 7, "整合ab", ("明细", "整合ab"), "最低开采规模", "1"),
    "a merger that yields later": figure(
        "projects", 7, "整合ab", ("明细", "整合ab"), "首次可产年度", "2025"
    ),
    "an expansion without its licence": figure(
        "projects", 7, "E号矿", ("明细", "E"), "采矿许可证号", ""
    ),
    "sum of the merged": WrongRun(
        "table_figure", "整合", cell(7, ("小计", "整合"), "数量", "1"), of="projects"
    ),
    "a use left out": WrongRun("table_unreadable", "table1", column_gone(1, "用途"), of="above"),
    "another basis": figure(
        "above",
        1,
        "铁矿",
        ("铁矿", "万吨（62%标准矿）", "控制量"),
        "计量单位",
        "万吨",
        code="table_row_repeated",
    ),
    "raw ore made": figure(
        "above", 1, "铁矿  万吨 本年安排", ("铁矿", "万吨", "本年安排"), "合计", "3"
    ),
    "comprehensive use made": figure(
        "above", 1, "综合利用", ("铁矿", "综合利用", "本年安排"), "合计", "3.37"
    ),
    "held back": figure(
        "above", 1, "预留量", ("铁矿", "万吨（62%标准矿）", "预留量"), "合计", "0.5"
    ),
    "a forecast": figure("above", 1, "预计量", ("铁矿", "预计量"), "合计", "2"),
    "figure from above": figure("above", 1, "上级下达", ("菱镁矿", "上级下达"), "东县", "12"),
    "awaiting given a figure": figure("above", 1, "上级下达", ("菱镁矿", "上级下达"), "西县", "10"),
    "awaiting forgotten": figure("above", 1, "上级下达", ("菱镁矿", "上级下达"), "西县", ""),
    "an awaited quota of nothing": figure("above", 2, "W", ("明细", "W"), "本年指标-合计", "0"),
    "an awaited quota's ore": figure("above", 2, "W", ("明细", "W"), "折合原矿量", "0"),
    "an awaited sum": figure("above", 2, "西县", ("小计", "西县"), "本年指标-合计", "0"),
    "comprehensive use called main": WrongRun(
        "table_figure", "I", cell(2, ("明细", "I"), "本年指标-主采", "1.8"), of="above"
    ),
    "an awaited limit": figure(
        "above", 6, "by_province", ("CAP.magnesite_by_province",), "限值", ""
    ),
    "a made-up base called met": figure("above", 6, "CAP.raw", ("CAP.raw",), "执行情况", "达到"),
    "what is handed out": figure("above", 5, "菱镁矿", ("菱镁矿",), "安排总量", "15"),
    "flows not printed": WrongRun("table_missing", "table8", unprinted, of="places"),
    "flows of nothing": WrongRun("table_missing", "table8", printed_for_nothing, of="years"),
    "a flow": figure("places", 8, "Q", ("明细", "Q"), "供应量", "21"),
    "a distance": figure("places", 8, "Q", ("明细", "Q"), "运距（公里）", "13"),
    "a cost": figure("places", 8, "Q", ("明细", "Q"), "运输费用（万元）", "20"),
    "a flow to another centre": figure(
        "places", 8, "Q", ("明细", "Q"), "需求地", "甲", code="table_row_unknown"
    ),
    "a flow missing": WrongRun("table_row_missing", "Q", without(8, "明细", "Q"), of="places"),
    "sum of the flows": WrongRun(
        "table_figure", "Σ", cell(8, ("合计",), "供应量", "80"), of="places"
    ),
    "sum of the costs": WrongRun(
        "table_figure", "Σ", cell(8, ("合计",), "运输费用（万元）", "80"), of="places"
    ),
    "demand of a centre": figure("places", 5, "乙", ("建筑石料", "乙"), "需求量", "40"),
    "a centre missing": WrongRun(
        "table_row_missing", "乙", without(5, "建筑石料", "乙"), of="places"
    ),
    "the whole called a centre": figure("places", 5, "合计", ("合计", "建筑石料"), "行别", "明细"),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_year_table_is_caught(mechanism_run, tmp_path, name):
    """The check that is meant catches it, with hashes that fit."""
    case = CASES[name]
    run = shutil.copytree(mechanism_run(case.of), tmp_path / "run")
    assert case.caught(run), verify_run(run)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", mechanisms.MECHANISMS)
def test_the_tables_of_a_mechanism_are_right(mechanism_run, name, lang):
    """What is printed of every mechanism is what its records say, in both languages."""
    assert [str(one) for one in verify_run(mechanism_run(name, lang))] == []
