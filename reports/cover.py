"""The first sheet of the workbook: what was asked, what came out, where everything comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.answers import answers
from minequota.reports.assumptions import assumption_sources
from minequota.reports.context import Context
from minequota.reports.events import event_lines
from minequota.reports.facts import facts
from minequota.reports.goals import GOAL_HEADERS, goal_lines
from minequota.reports.layout import lines_needed
from minequota.reports.manifest import Origin, file_hashes, versions
from minequota.reports.safe_text import one_line
from minequota.reports.sheet import put, row_height, set_page
from minequota.reports.sheet_style import Style
from minequota.reports.standing import demand_sentence, met_sentence
from minequota.reports.table import Table
from minequota.reports.text import Lang, Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (36.0, 18.0, 16.0, 14.0, 12.0, 22.0, 20.0)


def write_cover(
    sheet: Worksheet,
    style: Style,
    tables: tuple[Table, ...],
    origin: Origin,
    run: Path,
    lang: Lang,
) -> None:
    """Fill the cover sheet."""
    _Cover(sheet, style, lang).write(tables, origin, run)


class _Cover:
    """The cover, written from the top down."""

    def __init__(self, sheet: Worksheet, style: Style, lang: Lang) -> None:
        self.sheet = sheet
        self.style = style
        self.lang: Lang = lang
        self.at = 0

    def write(self, tables: tuple[Table, ...], origin: Origin, run: Path) -> None:
        from openpyxl.utils import get_column_letter

        for number, width in enumerate(_WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        lang = self.lang
        context = Context(origin.scenario, origin.allocation, lang)
        self._title(
            Words(
                f"{context.county(None)}{context.period()}年度矿产资源开采指标与采矿权投放测算",
                f"{context.county(None)} {context.period()}: output quotas and mining rights",
            ).say(lang)
        )
        self._heading(Words("基本信息", "This run"))
        for label, value in facts(origin.scenario, origin.allocation, lang):
            self._pair(label, value)
        self._pair(
            Words("生成时间（UTC）", "Created (UTC)").say(lang),
            origin.created.strftime("%Y-%m-%d %H:%M:%S"),
        )
        if origin.command:
            self._pair(Words("命令", "Command").say(lang), origin.command)
        for sentence in (demand_sentence(context), met_sentence(context)):
            if sentence:
                self._pair(Words("提示", "Note").say(lang), sentence)
        self._heading(Words("结论", "Answers"))
        for answer in answers(context):
            self._pair(answer.question, "\n".join((answer.verdict, *answer.details)))
        self._heading(Words("各级目标", "Goals in order"))
        self._line([header.say(lang) for header in GOAL_HEADERS], header=True)
        for line in goal_lines(origin.allocation, lang):
            self._line(list(line))
        self._changes(origin)
        self._events(origin)
        self._assumptions(origin)
        self._heading(Words("目录", "Contents"))
        for table in tables:
            self._pair(table.heading, f"tables/{table.file_stem}.csv")
        self._heading(Words("输入与结果文件的SHA-256", "SHA-256 of inputs and results"))
        for name, digest in file_hashes(run).items():
            self._pair(name, digest)
        self._heading(Words("程序版本", "Versions"))
        self._pair("minequota", "; ".join(f"{name} {one}" for name, one in versions().items()))
        set_page(self.sheet, lang, f"minequota {origin.scenario.name}")

    def _changes(self, origin: Origin) -> None:
        if not origin.scenario.changes:
            return
        self._heading(Words("改动的值", "What was changed"))
        for change in origin.scenario.changes:
            by = f"  [{change.case}]" if change.case else ""
            self._pair(change.path, f"{change.old} → {change.new}{by}")

    def _events(self, origin: Origin) -> None:
        listed = list(event_lines(origin.scenario, self.lang))
        if not listed:
            return
        self._heading(Words("名册变更事件", "Events since the register's date"))
        for label, value in listed:
            self._pair(label, value)

    def _assumptions(self, origin: Origin) -> None:
        listed = list(assumption_sources(origin.scenario, self.lang))
        if not listed:
            return
        self._heading(Words("假定的数字和文件", "Figures and documents that are assumed"))
        for label, value in listed:
            self._pair(label, value)

    def _merge(self, first: int) -> float:
        self.sheet.merge_cells(
            start_row=self.at, start_column=first, end_row=self.at, end_column=len(_WIDTHS)
        )
        return sum(_WIDTHS[first - 1 :])

    def _title(self, value: str) -> None:
        self.at += 1
        self._merge(1)
        put(self.sheet, self.at, 1, value)
        self.style.title(self.sheet.cell(self.at, 1))
        self.sheet.row_dimensions[self.at].height = 32

    def _heading(self, words: Words) -> None:
        self.at += 1
        self._merge(1)
        put(self.sheet, self.at, 1, words.say(self.lang))
        for column in range(1, len(_WIDTHS) + 1):
            self.style.section(self.sheet.cell(self.at, column))
        self.sheet.row_dimensions[self.at].height = 20

    def _pair(self, label: str, value: str) -> None:
        self.at += 1
        room = self._merge(2)
        lines = [one_line(line) for line in value.split("\n")]
        put(self.sheet, self.at, 1, one_line(label))
        put(self.sheet, self.at, 2, "\n".join(lines))
        for column in range(1, len(_WIDTHS) + 1):
            self.style.body(self.sheet.cell(self.at, column), "left", "body")
        needed = max(
            lines_needed("\n".join(lines), room * 0.95), lines_needed(label, _WIDTHS[0] - 1)
        )
        self.sheet.row_dimensions[self.at].height = row_height(needed)

    def _line(self, values: list[str], header: bool = False) -> None:
        self.at += 1
        needed = 1
        for column, value in enumerate(values, start=1):
            put(self.sheet, self.at, column, value)
            cell = self.sheet.cell(self.at, column)
            if header:
                self.style.header(cell)
            else:
                self.style.body(cell, "left" if column == 1 else "centre", "body")
            needed = max(needed, lines_needed(value, _WIDTHS[column - 1] - 1))
        self.sheet.row_dimensions[self.at].height = row_height(needed)
