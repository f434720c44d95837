"""A printed table that says other than the records is caught, with hashes that fit."""

import pytest
from wrong_run import WrongRun, cell, doubled, edit, rehash, table_path, verify_run, without


def renamed(run):
    """Give table 5 a name of no table."""
    path = table_path(run, 5)
    path.rename(path.with_name("table9_x.csv"))
    rehash(run)


def gone(run):
    """Remove table 5."""
    table_path(run, 5).unlink()
    rehash(run)


def twofold(run):
    """Print table 5 under two names."""
    path = table_path(run, 5)
    path.with_name("table5_again.csv").write_bytes(path.read_bytes())
    rehash(run)


def raw(number, change):
    """Change the bytes of a table and hash it anew."""

    def damage(run):
        path = table_path(run, number)
        path.write_bytes(change(path.read_bytes()))
        rehash(run)

    return damage


def split(item, column, value, product="菱镁矿"):
    """Change a cell of table 1."""
    return WrongRun("table_figure", item, cell(1, (product, item), column, value))


def quota(right, column, value):
    """Change a cell of table 2."""
    return WrongRun("table_figure", right, cell(2, ("明细", right), column, value))


def zone(column, value):
    """Change a cell of table 3."""
    return WrongRun("table_count", "Z1", cell(3, ("明细", "Z1"), column, value))


def structure(name, column, value):
    """Change a cell of table 4."""
    return WrongRun("table_figure", name, cell(4, (name,), column, value))


def balance(column, value):
    """Change a cell of table 5."""
    return WrongRun("table_figure", "建筑石料", cell(5, ("建筑石料",), column, value))


def clause(name, column, value):
    """Change a cell of table 6."""
    return WrongRun("table_figure", name, cell(6, (name,), column, value))


CASES = {
    "a table is missing": WrongRun("table_missing", "table5", gone),
    "a table stands twice": WrongRun("table_missing", "table5", twofold),
    "a file that is no table": WrongRun("table_unknown", "table9_x.csv", renamed),
    "no byte order mark": WrongRun("table_unreadable", "table2", raw(2, lambda one: one[3:])),
    "another encoding": WrongRun(
        "table_unreadable",
        "table2",
        raw(2, lambda one: one[:3] + one[3:].decode().encode("gb18030")),
    ),
    "empty table": WrongRun("table_unreadable", "table2", raw(2, lambda one: one[:3])),
    "open quotes": WrongRun("table_unreadable", "table2", raw(2, lambda one: one + b'"x')),
    "a cell too many": WrongRun(
        "table_unreadable", "table2", edit(2, lambda grid: grid[1].append("1"))
    ),
    "a column renamed": WrongRun(
        "table_unreadable",
        "table2",
        edit(2, lambda grid: grid[0].__setitem__(grid[0].index("采矿许可证号"), "证号")),
    ),
    "a county column missing": WrongRun(
        "table_unreadable", "table1", edit(1, lambda grid: [line.pop(4) for line in grid])
    ),
    "county split: cap": split("控制量", "东县", "22"),
    "county split: cap of the whole": split("控制量", "合计", "32"),
    "county split: a blank cap filled": split("控制量", "北县", "5"),
    "county split: allocated": split("本年安排", "西县", "8.1"),
    "county split: sum": split("本年安排", "合计", "30"),
    "county split: left": split("余量", "西县", "3"),
    "county split: unit": WrongRun(
        "table_row_unknown", "亿吨", cell(1, ("菱镁矿", "控制量"), "计量单位", "亿吨")
    ),
    "county split: new product": WrongRun(
        "table_row_unknown", "金矿", cell(1, ("建筑石料", "本年安排"), "矿产名称", "金矿")
    ),
    "county split: line missing": WrongRun(
        "table_row_missing", "万吨 余量", without(1, "菱镁矿", "余量")
    ),
    "county split: line twice": WrongRun(
        "table_row_repeated", "万吨 余量", doubled(1, "菱镁矿", "余量")
    ),
    "quota: amount": quota("A1", "本年指标-合计", "16.59"),
    "quota: main and total differ": quota("A1", "本年指标-主采", "16"),
    "quota: comprehensive use appears": quota("A1", "本年指标-综合利用", "1"),
    "quota: raw ore": quota("C2", "折合原矿量", "22.22"),
    "quota: unit of raw ore": quota("C2", "原矿量单位", "万立方米"),
    "a note with a figure": WrongRun(
        "table_unreadable", "table5", edit(5, lambda grid: grid[-1].__setitem__(3, "1"))
    ),
    "a line hidden as a note": WrongRun(
        "table_row_missing",
        "建筑石料",
        edit(5, lambda grid: grid.__setitem__(2, ["注", "x", *[""] * (len(grid[0]) - 2)])),
    ),
    "quota: unit": quota("A1", "指标单位", "万立方米"),
    "quota: capacity": quota("A1", "生产规模", "31"),
    "quota: unit of capacity": quota("C2", "规模单位（每年）", "万立方米"),
    "quota: class": quota("A1", "规模类别", "大型"),
    "quota: share": quota("A1", "占生产规模比例（%）", "55"),
    "quota: county": quota("A1", "所在行政区", "西县"),
    "quota: mineral": quota("A1", "开采矿种", "金矿"),
    "quota: name": quota("A1", "矿山名称", "B1号矿"),
    "quota: no number": quota("A1", "本年指标-合计", "many"),
    "quota: NaN": quota("A1", "本年指标-合计", "nan"),
    "quota: other part": quota("A1", "部分", "第二部分 指导性安排（不作为下达指标）"),
    "quota: two mines swapped": WrongRun(
        "table_figure",
        "A2",
        lambda run: (
            cell(2, ("明细", "A1"), "采矿许可证号", "X")(run),
            cell(2, ("明细", "A2"), "采矿许可证号", "A1")(run),
            cell(2, ("明细", "X"), "采矿许可证号", "A2")(run),
        ),
    ),
    "quota: mine missing": WrongRun("table_row_missing", "N1", without(2, "明细", "N1")),
    "quota: new mine missing": WrongRun(
        "table_row_missing", "西县石料", without(2, "明细", "西县石料集中开采区")
    ),
    "quota: mine twice": WrongRun("table_row_repeated", "A1", doubled(2, "明细", "A1")),
    "quota: mine of nobody": WrongRun(
        "table_row_unknown", "X1", cell(2, ("明细", "A1"), "采矿许可证号", "X1")
    ),
    "quota: county sum": WrongRun(
        "table_figure", "菱镁矿 东县", cell(2, ("小计", "菱镁矿", "东县"), "本年指标-合计", "22")
    ),
    "quota: total": WrongRun(
        "table_figure", "菱镁矿", cell(2, ("合计", "菱镁矿"), "本年指标-合计", "30")
    ),
    "quota: sum missing": WrongRun("table_row_missing", "菱镁矿 东县", without(2, "小计", "东县")),
    "issuance: number": zone("投放数量（个）", "2"),
    "issuance: minimum": zone("最低开采规模", "10"),
    "issuance: maximum": zone("规模上限", "80"),
    "issuance: unit": zone("规模单位（每年）", "万吨"),
    "issuance: class": zone("规模类别", "中型"),
    "issuance: year": zone("投放年度", "2024"),
    "issuance: county": zone("所在行政区", "东县"),
    "issuance: name": zone("区块名称", "另一区"),
    "issuance: area": zone("面积（平方公里）", ""),
    "issuance: capacity": WrongRun(
        "table_count", "25 20 60", cell(3, ("明细", "Z1"), "拟设生产规模", "25")
    ),
    "issuance: line missing": WrongRun("table_count", "Z1", without(3, "明细", "Z1")),
    "issuance: total": WrongRun("table_figure", "Σ", cell(3, ("合计",), "投放数量（个）", "2")),
    "structure: a class": structure("西县", "目标年末-小型及以下", "2"),
    "structure: a sum": structure("小市", "目标年末-合计", "8"),
    "structure: a share": structure("小市", "目标年末-大中型比例（%）", "50"),
    "structure: base": structure("小市", "基期-合计", "9"),
    "structure: leaving": structure("非金属矿产", "退出", "1"),
    "structure: issued": structure("西县", "投放", "0"),
    "structure: line missing": WrongRun("table_row_missing", "北县", without(4, "北县")),
    "balance: demand": balance("需求量", "40"),
    "balance: new mines": balance("供应-新投放矿山", "18"),
    "balance: sum": balance("供应-合计", "41"),
    "balance: unmet": balance("缺口", "0"),
    "balance: met": balance("满足率（%）", "100"),
    "balance: unit": balance("计量单位", "万吨"),
    "clause: limit": clause("CAP.magnesite_east", "限值", "22"),
    "clause: used": clause("CAP.magnesite_east", "使用", "20"),
    "clause: slack": clause("CAP.magnesite_east", "余量", "1"),
    "clause: binds": clause("CAP.magnesite_east", "是否起约束", "否"),
    "clause: missed one called kept": clause("RATIO.large_medium_ratio", "是否起约束", "否"),
    "clause: miss": clause("RATIO.large_medium_ratio", "未达量", ""),
    "clause: synthetic": clause("COUNT.mine_count", "是否依赖合成数据", "否"),
    "clause: applies to nobody": clause("RESERVE", "是否起约束", "否"),
    "clause: line missing": WrongRun(
        "table_row_missing", "CAP.magnesite_east", without(6, "CAP.magnesite_east")
    ),
    "changes: a leaver more": WrongRun(
        "table_count", "规则要求退出", cell(7, ("明细", "规则要求退出"), "数量", "2")
    ),
    "changes: a leaver in another county": WrongRun(
        "table_count", "东县", cell(7, ("明细", "规则要求退出"), "所在行政区", "东县")
    ),
    "changes: a renewal gone": WrongRun("table_count", "延续", without(7, "明细", "延续")),
    "changes: forced called chosen": WrongRun(
        "table_count", "建议退出", cell(7, ("明细", "规则要求退出"), "建议", "建议退出")
    ),
    "changes: half a leaver": WrongRun(
        "table_count", "建议退出", cell(7, ("明细", "建议退出"), "数量", "1.5")
    ),
    "changes: no number": WrongRun(
        "table_count", "建议退出", cell(7, ("明细", "建议退出"), "数量", "inf")
    ),
    "changes: subtotal": WrongRun(
        "table_figure", "拟退出", cell(7, ("小计", "拟退出"), "数量", "3")
    ),
    "changes: a synthetic leaver named": WrongRun(
        "table_names_synthetic", "B2", cell(7, ("明细", "建议退出"), "采矿许可证号", "B2")
    ),
    "changes: a name without a licence": WrongRun(
        "table_row_unknown", "B2号矿", cell(7, ("明细", "建议退出"), "矿山名称", "B2号矿")
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_table_is_caught(run, name):
    """The check that is meant catches it."""
    assert CASES[name].caught(run), verify_run(run)


def test_wrong_cells_are_caught_in_english_too(written, tmp_path):
    """The English tables are read with their own headers, names and units."""
    import shutil

    run = shutil.copytree(written["en"], tmp_path / "run")
    cell(2, ("detail", "A1"), "Quota of the year: total", "16.59")(run)
    assert sorted({one.code for one in verify_run(run)}) == ["table_figure"]


def test_further_columns_are_no_fault(run):
    """A column this check does not know may be added to a table."""
    edit(5, lambda grid: [line.append("x") for line in grid])(run)
    assert verify_run(run) == ()
