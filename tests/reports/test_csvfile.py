"""CSV files open rightly in spreadsheets and hold nothing dangerous."""

import csv
import io
from pathlib import Path

import pytest
import report_sample as sample

from minequota.reports.csvfile import csv_text, headers, write_csv
from minequota.reports.tables import build_tables


def built(lang="zh"):
    return build_tables(sample.scenario(), sample.allocation(), lang)


def test_files_have_a_byte_order_mark_and_their_names(tmp_path):
    """Excel reads UTF-8 only with the mark; one mark, at the very start."""
    paths = [write_csv(table, tmp_path) for table in built()]
    assert paths[0].name == "table1_分县分解表.csv"
    assert write_csv(built("en")[0], tmp_path).name == "table1_county_split.csv"
    for path in paths:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\xef\xbb\xbf") == 1


def test_every_line_has_the_columns_of_the_header():
    """Commas, quotes and line ends inside names do not shift columns."""
    for table in built():
        lines = list(csv.reader(io.StringIO(csv_text(table), newline="")))
        assert lines[0] == headers(table)
        assert {len(line) for line in lines} == {len(headers(table))}
        assert len(lines) == 1 + len(table.rows) + len(table.notes)


def test_names_are_guarded_and_whole():
    """A formula gets its apostrophe, a script stays text, a line end stays in its cell."""
    lines = list(csv.DictReader(io.StringIO(csv_text(built()[1]), newline="")))
    names = [line["矿山名称"] for line in lines]
    assert "'" + sample.FORMULA in names
    assert sample.SCRIPT in names
    assert any(name.startswith("两行\n之矿⛏️𠮷") and "\x1b" not in name for name in names)


def test_negative_numbers_are_not_guarded_and_percents_are_percents():
    """Slack −28 stays a number; 62.5 % of capacity is printed 62.5 under a % header."""
    rules = list(csv.DictReader(io.StringIO(csv_text(built()[5]), newline="")))
    assert float(rules[3]["余量"]) == pytest.approx(-28)
    quotas = list(csv.DictReader(io.StringIO(csv_text(built()[1]), newline="")))
    assert quotas[1]["占生产规模比例（%）"] == "62.5"


@pytest.mark.parametrize(("lang", "kind"), [("zh", "注"), ("en", "note")])
def test_notes_stand_below_every_table(lang, kind):
    """A CSV passed on alone says mode, case, status and how much is synthetic in its last lines."""
    said = {
        "zh": ("目标状态", "需求偏高", "已证最优", "3个为合成"),
        "en": ("target state", "high demand", "proven optimal", "3 are synthetic"),
    }[lang]
    for table in built(lang):
        lines = list(csv.reader(io.StringIO(csv_text(table), newline="")))
        notes = [line for line in lines if line[0] == kind]
        assert notes == lines[-len(notes) :]
        assert not any(any(line[2:]) for line in notes)
        text = "\n".join(line[1] for line in notes)
        for needed in said:
            assert needed in text


def test_sums_are_marked_so_that_details_add_up():
    """Detail lines alone give 20.5 magnesite + 50 stone."""
    lines = csv.DictReader(io.StringIO(csv_text(built()[1]), newline=""))
    details = [float(line["本年指标-合计"]) for line in lines if line["行别"] == "明细"]
    assert sum(details) == 70.5


def test_the_documentation_lists_every_header():
    """docs/formats.md names each column of each CSV in both languages."""
    text = Path(__file__).parents[2].joinpath("docs", "formats.md").read_text(encoding="utf-8")
    counties = {"东县", "西县", "East", "West"}
    for zh, en in zip(built(), built("en"), strict=True):
        assert f"`{zh.file_stem}.csv`, `{en.file_stem}.csv`" in text
        for header, english in zip(headers(zh), headers(en), strict=True):
            if header not in counties:
                assert f"| {header} | {english} |" in text
