"""The form a bureau sends out at the year's end: every quota and a column for the actual output."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

from minequota.optimizer.allocation import Quota
from minequota.reports.numbers import clean
from minequota.reports.roll.read import read_run
from minequota.reports.safe_text import guarded
from minequota.reports.sheet import put, set_page
from minequota.reports.staging import refuse_existing
from minequota.reports.text import Lang, Words
from minequota.scenarios.checks.years import first_year
from minequota.scenarios.errors import InputError
from minequota.scenarios.rolling.messages import problem

_COLUMNS = (
    Words("采矿权许可证号", "licence"),
    Words("矿山名称", "name"),
    Words("县（市、区）", "county"),
    Words("矿种", "mineral"),
    Words("年度指标", "quota"),
    Words("实际产量", "actual"),
    Words("单位", "unit"),
    Words("口径", "basis"),
    Words("备注", "note"),
)
_TITLE = Words("执行情况表", "outputs")
_HEADING = Words("{year}年度开采指标执行情况表", "Actual outputs of {year}")
_SYNTHETIC = Words("合成数据", "synthetic")
_AS_QUOTA = Words("按指标口径", "product")
_WIDTHS = (24, 28, 14, 14, 12, 12, 12, 14, 20)
_ACTUAL = 6


def write_form(run: Path, out: Path, year: int | None, lang: Lang) -> Path:
    """Write the form for a run's first year (or another) and return its path.

    Parameters
    ----------
    run
        A finished run folder; it is checked first.
    out
        A new file, .csv or .xlsx.
    year
        The year that has passed; None for the run's first.
    lang
        Language of the headers.

    Raises
    ------
    InputError
        When the run is refused, has no such year, or the file is of another kind.
    RunFolderExistsError, OSError
        When the file exists or cannot be written.
    """
    refuse_existing(out)
    if out.suffix.casefold() not in (".csv", ".xlsx"):
        raise InputError([problem("form_kind", "--form", file=out.name)])
    read = read_run(run)
    passed = year if year is not None else first_year(read.scenario.question)
    quotas = [one for one in read.allocation.quotas if one.year == passed]
    issued = {one.right for one in read.allocation.issuance}
    rows = list(_rows(quotas, issued, lang))
    if not rows:
        raise InputError([problem("form_year", "--year", year=passed)])
    content = _csv(rows, lang) if out.suffix.casefold() == ".csv" else _xlsx(rows, lang, passed)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name[:40]}.unfinished")
    unfinished.write_bytes(content)
    os.replace(unfinished, out)
    return out


def _rows(quotas: list[Quota], issued: set[str], lang: Lang) -> Iterator[list[str | float | None]]:
    for one in sorted(quotas, key=lambda quota: (quota.county, quota.product, quota.right)):
        # A right just issued has a zone's name and will get one of its own.
        name = "" if one.right in issued else one.name
        yield [
            *(one.right, name, one.county, one.mineral, clean(one.amount), None),
            *(one.unit, _AS_QUOTA.say(lang), _SYNTHETIC.say(lang) if one.synthetic else ""),
        ]


def _csv(rows: list[list[str | float | None]], lang: Lang) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.say(lang) for column in _COLUMNS])
    for row in rows:
        writer.writerow(
            [guarded(c) if isinstance(c, str) else "" if c is None else f"{c:.12g}" for c in row]
        )
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[str | float | None]], lang: Lang, year: int) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("A new workbook has no sheet.")
    sheet.title = _TITLE.say(lang)
    put(sheet, 1, 1, _HEADING.say(lang).format(year=year))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for at, (column, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True), start=1):
        put(sheet, 2, at, column.say(lang))
        sheet.cell(2, at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for line, row in enumerate(rows, start=3):
        for at, value in enumerate(row, start=1):
            put(sheet, line, at, value)
        # What is to be filled in.
        sheet.cell(line, _ACTUAL).fill = PatternFill("solid", fgColor="FFF2CC")
    sheet.freeze_panes = "C3"
    sheet.print_title_rows = "1:2"
    set_page(sheet, lang)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
