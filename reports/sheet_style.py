"""How the cells of the workbook look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from minequota.reports.table import RowKind
from minequota.reports.text import Lang

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

Placing = Literal["left", "centre", "right"]
FONTS = {"zh": ("宋体", "黑体"), "en": ("Calibri", "Calibri")}


class Style:
    """The styles of one workbook, made once and shared by its cells."""

    def __init__(self, lang: Lang) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        plain, heading = FONTS[lang]

        line = Side(style="thin", color="FF808080")
        self._box = Border(left=line, right=line, top=line, bottom=line)
        self._title = Font(name=heading, size=16, bold=True)
        self._heading = Font(name=heading, size=11, bold=True)
        self._plain = Font(name=plain, size=10)
        self._bold = Font(name=plain, size=10, bold=True)
        self._small = Font(name=plain, size=9)
        self._header_fill = PatternFill("solid", start_color="FFD9E2EC")
        self._section_fill = PatternFill("solid", start_color="FFEEF2F6")
        self._sum_fill = PatternFill("solid", start_color="FFF6F6F2")
        self._centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._left = Alignment(horizontal="left", vertical="center", wrap_text=True)
        self._right = Alignment(horizontal="right", vertical="center")
        self._placing = {"left": self._left, "centre": self._centre, "right": self._right}

    def title(self, cell: Cell | MergedCell) -> None:
        """Style the title of a sheet."""
        cell.font, cell.alignment = self._title, self._centre

    def subtitle(self, cell: Cell | MergedCell) -> None:
        """Style the line below the title."""
        cell.font, cell.alignment = self._plain, self._centre

    def header(self, cell: Cell | MergedCell) -> None:
        """Style a header cell."""
        cell.font, cell.alignment = self._bold, self._centre
        cell.fill, cell.border = self._header_fill, self._box

    def section(self, cell: Cell | MergedCell) -> None:
        """Style the heading of a part."""
        cell.font, cell.alignment = self._heading, self._left
        cell.fill, cell.border = self._section_fill, self._box

    def body(self, cell: Cell | MergedCell, place: Placing, row: RowKind) -> None:
        """Style a cell of a line; sums are bold."""
        cell.font = self._plain if row == "body" else self._bold
        cell.alignment = self._placing[place]
        cell.border = self._box
        if row != "body":
            cell.fill = self._sum_fill

    def note(self, cell: Cell | MergedCell) -> None:
        """Style a note."""
        cell.font, cell.alignment = self._small, self._left
