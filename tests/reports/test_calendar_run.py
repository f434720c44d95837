"""A calendar on the screen, in the workbook, in the machine's document and in the run folder."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import builders
import pytest
import report_calendar as sample
from openpyxl import load_workbook
from rich.cells import cell_len
from rich.console import Console

from minequota.reports.csvfile import csv_text, headers
from minequota.reports.machine import allocation_document, allocation_from, allocation_text
from minequota.reports.manifest import Origin
from minequota.reports.run_folder import default_run_folder, write_run
from minequota.reports.tables import build_tables
from minequota.reports.terminal import show_run
from minequota.reports.workbook import write_workbook
from minequota.scenarios.events.event import Event, EventKind


def shown(width=80, lang="zh", scenario=None, allocation=None):
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    show_run(
        scenario or sample.scenario(),
        allocation or sample.allocation(),
        lang=lang,
        console=console,
    )
    return stream.getvalue()


def test_the_document_comes_back_whole():
    """Years, batches, members, flows and all, through text."""
    text = allocation_text(sample.scenario(), sample.allocation())
    back = allocation_from(json.loads(text))
    assert allocation_text(sample.scenario(), back) == text
    given = sample.allocation()
    for name in ("years", "mode", "caps", "structure", "balance", "rules"):
        assert getattr(back, name) == getattr(given, name)
    for name in ("issuance", "actions", "reorganisations", "flows"):
        assert set(getattr(back, name)) == set(getattr(given, name))


def test_records_stand_by_year_in_the_document():
    """Year before licence; order of the optimizer says nothing."""
    given = sample.allocation()
    turned = replace(given, quotas=given.quotas[::-1], reorganisations=given.reorganisations[::-1])
    document = allocation_document(sample.scenario(), turned)
    assert document["years"] == [2024, 2025]
    quotas = [(quota["year"], quota["right"]) for quota in document["quotas"]]
    assert quotas == sorted(quotas)
    assert [one["id"] for one in document["reorganisations"]] == ["i1", "m1"]
    assert document["quotas"][1]["batches"] == [6.0, 4.0]


def test_the_year_stands_before_the_figures_of_every_csv():
    """After the kind of the line and its part."""
    for table in build_tables(sample.scenario(), sample.allocation()):
        lines = list(csv.reader(io.StringIO(csv_text(table), newline="")))
        assert lines[0].index("年度") == (2 if table.parted else 1)
        assert {len(line) for line in lines} == {len(lines[0])}


def test_the_documentation_lists_every_header_of_a_calendar_too():
    """Columns that are there only for some answers stand in docs/formats.md as well."""
    text = Path(__file__).parents[2].joinpath("docs", "formats.md").read_text(encoding="utf-8")
    priced = replace(sample.allocation(), flows=(sample.flow("Z1-1", "north", 1.0, 2.0, 3.0),))
    pairs = zip(
        *(build_tables(sample.scenario(), priced, lang) for lang in ("zh", "en")), strict=True
    )
    for zh, en in pairs:
        assert f"`{zh.file_stem}.csv`, `{en.file_stem}.csv`" in text
        for header, english in zip(headers(zh), headers(en), strict=True):
            if header not in {"东县", "西县", "本年指标-第二批"}:
                assert f"| {header} | {english} |" in text


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_fit_the_terminal(width, lang):
    """Chinese characters count two columns; no line is wider than the terminal."""
    for line in shown(width, lang).splitlines():
        assert cell_len(line) <= width


def test_the_first_screen_goes_by_years():
    """What is missed, short, awaited, left, merged and issued, each with its years."""
    text = shown(200).split("各级目标")[0]
    for part in (
        "预期性条款1条中1条未达到",
        "2025年；限值6个，实为7个，差1个",
        "建筑石料缺口（万立方米）：2025年3（需求45）",
        "待下达：菱镁矿2025年",
        "不作判定1条",
        "整合：2个采矿权整合为1个；改扩建或扩能1个",
        "投放采矿权3个，其中探转采1个",
        "分年度：2024年2个、2025年1个",
    ):
        assert part in text
    english = shown(200, "en").split("Goals in order")[0]
    assert "3 rights are issued, 1 of them by conversion" in english
    assert "2025; limit 6 rights, is 7 rights, off by 1 right" in english


def test_a_clause_that_binds_names_its_years():
    """Limits that change on the way stand in their order, and the last year says its marginal."""
    rule = replace(sample.allocation().rules[0], binding=True)
    rules = (rule, replace(rule, year=2025, limit=5.0, marginal="多1万吨"))
    text = shown(200, allocation=replace(sample.allocation(), rules=rules))
    assert "CAP.iron_62条款：6万吨（62%标准矿）、5万吨（62%标准矿）（2024—2025年）；多1万吨" in text
    assert "1条条款起约束" in text


def test_the_screen_shows_the_last_year_but_all_that_is_issued():
    """Quotas of 2024 are in the files; the rights issued in 2024 stand here."""
    text = shown(200)
    quotas = text.split("表2 ")[1].split("表3 ")[0]
    issuance = text.split("表3 ")[1].split("表4 ")[0]
    assert "M1号矿" not in quotas
    assert "东山铁矿" in quotas
    assert "屏幕只列末年" in quotas
    assert "2024年 本级发证" in issuance
    assert "屏幕只列末年" not in issuance


def test_notes_of_hidden_columns_stay_away_from_the_screen():
    """Last output and the mode of grant are columns of the files alone."""
    for width in (80, 200):
        assert "上年产量" not in shown(width)
        assert "由出让机关确定" not in shown(width)
    assert "上限依据" in shown(200)
    assert "上限依据" not in shown(80)


def events():
    """Return one event that was applied and one that comes too late."""
    right = builders.right("N1", "东县", "菱镁矿", "10 万吨")
    return (
        Event(date(2023, 5, 1), EventKind.CLOSED, "N1", right, None),
        Event(date(2024, 5, 1), EventKind.MERGED, "M2", None, None, into="M1"),
    )


def test_events_are_told(tmp_path):
    """How many were applied and left out on the screen, each of them on the cover."""
    applied, later = events()
    scenario = replace(sample.scenario(), events=(applied,), events_later=(later,))
    assert "已计入1项：注销或关闭1。另有1项发生在首个测算年度及以后，未计入。" in shown(
        200, scenario=scenario
    )
    assert "Applied: 1 (closed or cancelled 1)" in shown(200, "en", scenario=scenario)
    cover = cover_of(tmp_path, scenario)
    assert "2023-05-01 注销或关闭" in cover
    assert "N1号矿 [N1]" in cover
    assert "2024-05-01 整合（未计入）" in cover
    assert "[M2] → M1" in cover
    assert "名册变更事件" not in cover_of(tmp_path / "none", sample.scenario())


def cover_of(folder, scenario):
    folder.mkdir(exist_ok=True)
    origin = Origin(scenario, sample.allocation(), created=datetime(2025, 1, 2, tzinfo=UTC))
    tables = build_tables(scenario, sample.allocation())
    sheet = load_workbook(write_workbook(tables, origin, folder, "zh")).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_workbook_heads_every_year(tmp_path):
    """Eight tables; each year and part has its own heading, and sums stand below the last."""
    origin = Origin(sample.scenario(), sample.allocation())
    tables = build_tables(sample.scenario(), sample.allocation())
    book = load_workbook(write_workbook(tables, origin, tmp_path, "zh"))
    assert [name[:2] for name in book.sheetnames[1:]] == [f"表{n}" for n in range(1, 9)]
    for number, headings in (
        (1, ["2024年", "2025年"]),
        (3, ["2024年　本级发证", "2025年　探矿权转采矿权"]),
        (7, ["2024年　改扩建与扩能", "2025年　整合", "2025年　拟退出"]),
    ):
        first = [str(cell.value) for cell in book.worksheets[number]["A"] if cell.value]
        assert [value for value in first if value.startswith(("2024年", "2025年"))] == headings
    assert "2024—2025" in book.worksheets[1]["A2"].value
    cover = cover_of(tmp_path, sample.scenario())
    assert "小市2024—2025年度矿产资源开采指标" in cover
    assert "上级下达文件（示例）" in cover


def test_the_run_folder_of_a_calendar(tmp_path):
    """Its name has both years; the manifest counts what is assumed; table 8 is there."""
    now = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert default_run_folder(sample.scenario(), now).name == (
        "tiny-as_written-2024-2025-20250304T050607Z"
    )
    run = write_run(
        sample.scenario(), sample.allocation(), tmp_path / "run", verify=lambda folder: ()
    )
    assert (run / "tables" / "table8_供应流向表.csv").is_file()
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["years"] == [2024, 2025]
    assert manifest["events"] == {"applied": 0, "later": 0}
    assert manifest["assumed"] == {
        "upper_bounds": 2,
        "mergers": 1,
        "documents": 1,
        "transport_and_costs": 1,
    }
