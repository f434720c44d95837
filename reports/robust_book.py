"""robust.xlsx: the tables of a robust plan behind a cover with its answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.book import bound_book
from minequota.reports.layout import lines_needed
from minequota.reports.manifest import file_hashes, versions
from minequota.reports.robust_answers import robust_answers
from minequota.reports.robust_document import FUTURES
from minequota.reports.robust_words import Report, notes
from minequota.reports.sheet import put, row_height, set_page
from minequota.reports.sheet_style import Style
from minequota.reports.table import Table
from minequota.reports.text import Words
from minequota.reports.workbook import SheetWriter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILE_NAME = "robust.xlsx"
_TITLE = Words("稳健方案", "Robust plan")
_MARK = "minequota solve --robust"
_WIDTHS = (34.0, 100.0)


def write_book(
    report: Report, tables: tuple[Table, ...], folder: Path, command: str, created: datetime
) -> Path:
    """Write robust.xlsx into `folder`, whose files' hashes the cover prints; return its path."""
    lang, style = report.lang, Style(report.lang)
    return bound_book(
        folder / FILE_NAME,
        tables,
        _TITLE.say(lang),
        created,
        lang,
        lambda sheet: _Cover(sheet, style, report).write(tables, folder, command, created),
        lambda sheet, table: _RobustSheet(sheet, style, table, report).write(),
    )


def subtitle(report: Report) -> str:
    """Return the line below a title: place, years, plan, question."""
    scenario = report.plan.futures[0].scenario
    plan, question, years = scenario.plan, scenario.question, report.context.period()
    return Words(
        f"{plan.jurisdiction.zh}　{years}年　{plan.title.zh}　{question.title.zh}",
        f"{plan.jurisdiction.en}, {years}, {plan.title.en}, {question.title.en}",
    ).say(report.lang)


class _RobustSheet(SheetWriter):
    """One table on one sheet."""

    def __init__(self, sheet: Worksheet, style: Style, table: Table, report: Report) -> None:
        super().__init__(sheet, style, table, report)  # type: ignore[arg-type]
        self.report = report

    def _title(self) -> None:
        self.style.title(self._merged(1, self.table.heading))
        self.sheet.row_dimensions[1].height = 28
        self.style.subtitle(self._merged(2, subtitle(self.report)))

    def _print_setup(self, first_header: int, last_header: int) -> None:
        set_page(self.sheet, self.table.lang, _MARK)
        self.sheet.print_title_rows = f"{first_header}:{last_header}"


class _Cover:
    """The cover, written from the top down."""

    def __init__(self, sheet: Worksheet, style: Style, report: Report) -> None:
        self.sheet = sheet
        self.style = style
        self.report = report
        self.at = 0

    def write(
        self, tables: tuple[Table, ...], folder: Path, command: str, created: datetime
    ) -> None:
        report, lang = self.report, self.report.lang
        for letter, width in zip("AB", _WIDTHS, strict=True):
            self.sheet.column_dimensions[letter].width = width
        self._wide(_TITLE.say(lang))
        self.style.title(self.sheet.cell(self.at, 1))
        self._wide(subtitle(report))
        self._heading(Words("结论", "Answers"))
        for label, answers in robust_answers(report):
            for number, said in enumerate(answers):
                self._pair(label if number == 0 else "", said)
        self._heading(Words("说明", "Notes"))
        for note in notes(report):
            self._pair("", note)
        self._heading(Words("基本信息", "This plan"))
        when = created.strftime("%Y-%m-%d %H:%M:%S")
        self._pair(Words("生成时间（UTC）", "Created (UTC)").say(lang), when)
        self._pair(Words("求解器", "Solver").say(lang), report.plan.solver)
        if command:
            self._pair(Words("命令", "Command").say(lang), command)
        self._heading(Words("目录", "Contents"))
        for table in tables:
            self._pair(table.heading, f"tables/{table.file_stem}.csv")
        for name, place in report.folders.items():
            self._pair(name, place)
        self._heading(Words("文件的SHA-256", "SHA-256 of the files"))
        for name, digest in file_hashes(folder).items():
            # A future's own manifest vouches for the other files of its folder.
            if not name.startswith(f"{FUTURES}/") or name.endswith("/manifest.json"):
                self._pair(name, digest)
        self._heading(Words("程序版本", "Versions"))
        for name, version in versions().items():
            self._pair(name, version)
        set_page(self.sheet, lang, _MARK)

    def _wide(self, value: str) -> None:
        self.at += 1
        self.sheet.merge_cells(start_row=self.at, start_column=1, end_row=self.at, end_column=2)
        put(self.sheet, self.at, 1, value)
        self.style.subtitle(self.sheet.cell(self.at, 1))
        self.sheet.row_dimensions[self.at].height = 28

    def _heading(self, words: Words) -> None:
        self._wide(words.say(self.report.lang))
        for number in (1, 2):
            self.style.section(self.sheet.cell(self.at, number))

    def _pair(self, label: str, value: str) -> None:
        self.at += 1
        lines = 1
        for number, said in enumerate((label, value), start=1):
            put(self.sheet, self.at, number, said)
            self.style.body(self.sheet.cell(self.at, number), "left", "body")
            lines = max(lines, lines_needed(said, _WIDTHS[number - 1] - 1))
        self.sheet.row_dimensions[self.at].height = row_height(lines)
