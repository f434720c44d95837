"""comparison.xlsx: the tables of a comparison behind a cover that lists the cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minequota.reports.book import bound_book
from minequota.reports.compare.columns import DIFFERENCE
from minequota.reports.compare.comparison import Comparison
from minequota.reports.compare.folder import CASES
from minequota.reports.compare.overview import headers, overview
from minequota.reports.layout import lines_needed
from minequota.reports.manifest import file_hashes, versions
from minequota.reports.sheet import put, row_height, set_page
from minequota.reports.sheet_style import Style
from minequota.reports.table import Table
from minequota.reports.text import Lang, Words
from minequota.reports.workbook import SheetWriter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILE_NAME = "comparison.xlsx"
_TITLE = Words("案例对照", "Comparison of cases")
_WIDTHS = (24.0, 30.0, 16.0, 20.0, 12.0, 12.0, 24.0, 12.0, 12.0, 12.0, 24.0)
_MORE, _LESS = "FFFCE4D6", "FFDDEBF7"


def write_book(
    comparison: Comparison,
    tables: tuple[Table, ...],
    facts: Mapping[str, str],
    folder: Path,
    created: datetime,
    lang: Lang,
) -> Path:
    """Write comparison.xlsx into `folder` and return its path.

    Parameters
    ----------
    facts
        ``command`` and ``other_mode``, for the cover; empty ones are left out.
    folder
        Holds the files whose hashes the cover prints.
    """
    style = Style(lang)
    return bound_book(
        folder / FILE_NAME,
        tables,
        _TITLE.say(lang),
        created,
        lang,
        lambda sheet: _Cover(sheet, style, lang).write(comparison, tables, facts, folder, created),
        lambda sheet, table: _ComparedSheet(sheet, style, table, comparison).write(),
    )


class _ComparedSheet(SheetWriter):
    """One table on one sheet, its differences coloured by their sign."""

    def __init__(
        self, sheet: Worksheet, style: Style, table: Table, comparison: Comparison
    ) -> None:
        super().__init__(sheet, style, table, comparison)  # type: ignore[arg-type]
        self.comparison = comparison
        self.first_row = 1

    def write(self) -> None:
        super().write()
        self._colour()

    def _title(self) -> None:
        lang = self.table.lang
        self.style.title(self._merged(1, self.table.heading))
        self.sheet.row_dimensions[1].height = 28
        self.style.subtitle(self._merged(2, subtitle(self.comparison, lang)))

    def _print_setup(self, first_header: int, last_header: int) -> None:
        set_page(self.sheet, self.table.lang, "minequota compare")
        self.sheet.print_title_rows = f"{first_header}:{last_header}"
        self.first_row = last_header + 1

    def _colour(self) -> None:
        from openpyxl.formatting.rule import CellIsRule
        from openpyxl.styles import PatternFill
        from openpyxl.utils import get_column_letter

        for at, column in enumerate(self.table.columns, start=1):
            if not column.key.startswith(DIFFERENCE):
                continue
            letter = get_column_letter(at)
            area = f"{letter}{self.first_row}:{letter}{self.sheet.max_row}"
            for operator, colour in (("greaterThan", _MORE), ("lessThan", _LESS)):
                fill = PatternFill("solid", start_color=colour, end_color=colour)
                rule = CellIsRule(  # type: ignore[no-untyped-call]
                    operator=operator, formula=["0"], fill=fill
                )
                self.sheet.conditional_formatting.add(area, rule)


def subtitle(comparison: Comparison, lang: Lang) -> str:
    """Return the line below a title: the plans, and the base."""
    plans = dict.fromkeys(case.scenario.plan.title for case in comparison.cases)
    named = [title.zh if lang == "zh" else title.en for title in plans]
    between = "；" if lang == "zh" else "; "
    base = Words(f"基准案例：{comparison.base}", f"Base: {comparison.base}").say(lang)
    return between.join((*named, base))


class _Cover:
    """The cover, written from the top down."""

    def __init__(self, sheet: Worksheet, style: Style, lang: Lang) -> None:
        self.sheet = sheet
        self.style = style
        self.lang: Lang = lang
        self.at = 0

    def write(
        self,
        comparison: Comparison,
        tables: tuple[Table, ...],
        facts: Mapping[str, str],
        folder: Path,
        created: datetime,
    ) -> None:
        from openpyxl.utils import get_column_letter

        lang = self.lang
        for number, width in enumerate(_WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self._wide(_TITLE.say(lang))
        self.style.title(self.sheet.cell(self.at, 1))
        self._wide(subtitle(comparison, lang))
        self._heading(Words("案例", "Cases"))
        self._line([header.say(lang) for header in headers()], header=True)
        for cells in overview(comparison, lang):
            self._line(cells)
        self._heading(Words("基本信息", "This comparison"))
        when = created.strftime("%Y-%m-%d %H:%M:%S")
        self._pair(Words("生成时间（UTC）", "Created (UTC)").say(lang), when)
        for label, key in (
            (Words("命令", "Command"), "command"),
            (Words("测算模式不同、未列的案例", "Cases left out: another mode"), "other_mode"),
        ):
            if facts.get(key):
                self._pair(label.say(lang), facts[key])
        self._pair(
            Words("差值颜色", "Colours of differences").say(lang),
            Words(
                "橙色：多于基准；蓝色：少于基准。", "Orange: more than the base; blue: less."
            ).say(lang),
        )
        self._heading(Words("目录", "Contents"))
        for table in tables:
            self._pair(table.heading, f"tables/{table.file_stem}.csv")
        self._heading(Words("文件的SHA-256", "SHA-256 of the files"))
        for name, digest in file_hashes(folder).items():
            # A case's own manifest vouches for the other files of its folder.
            if not name.startswith(f"{CASES}/") or name.endswith("/manifest.json"):
                self._pair(name, digest)
        self._heading(Words("程序版本", "Versions"))
        for name, version in versions().items():
            self._pair(name, version)
        set_page(self.sheet, lang, "minequota compare")

    def _wide(self, value: str) -> None:
        self.at += 1
        self.sheet.merge_cells(
            start_row=self.at, start_column=1, end_row=self.at, end_column=len(_WIDTHS)
        )
        put(self.sheet, self.at, 1, value)
        self.style.subtitle(self.sheet.cell(self.at, 1))
        self.sheet.row_dimensions[self.at].height = 28

    def _heading(self, words: Words) -> None:
        self._wide(words.say(self.lang))
        for number in range(1, len(_WIDTHS) + 1):
            self.style.section(self.sheet.cell(self.at, number))

    def _line(self, cells: list[str], *, header: bool = False) -> None:
        self.at += 1
        lines = 1
        for number, value in enumerate(cells, start=1):
            put(self.sheet, self.at, number, value)
            cell = self.sheet.cell(self.at, number)
            if header:
                self.style.header(cell)
            else:
                self.style.body(cell, "left", "body")
            lines = max(lines, lines_needed(value, _WIDTHS[number - 1] - 1))
        self.sheet.row_dimensions[self.at].height = row_height(lines)

    def _pair(self, label: str, value: str) -> None:
        self.at += 1
        put(self.sheet, self.at, 1, label)
        put(self.sheet, self.at, 2, value)
        self.sheet.merge_cells(
            start_row=self.at, start_column=2, end_row=self.at, end_column=len(_WIDTHS)
        )
        for number in range(1, len(_WIDTHS) + 1):
            self.style.body(self.sheet.cell(self.at, number), "left", "body")
        room = sum(_WIDTHS[1:]) * 0.95
        lines = max(lines_needed(value, room), lines_needed(label, _WIDTHS[0] - 1))
        self.sheet.row_dimensions[self.at].height = row_height(lines)
