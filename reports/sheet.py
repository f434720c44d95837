"""What every sheet of the workbook needs: safe cells and the page it is printed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minequota.reports.safe_text import looks_like_formula, printable
from minequota.reports.table import Cell
from minequota.reports.text import Lang, Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LINE_HEIGHT = 15.0
_HIGHEST_ROW = 400.0
_LONGEST_TEXT = 32_000
_A4 = 9
# Room on A4 landscape within the margins, and the width of one unit of column width, in points.
_PAGE_WIDTH, _PAGE_HEIGHT = 784.0, 487.0
_POINTS_PER_COLUMN = 5.3
_SQUEEZED = 1.4


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """Write a value; a text stays a text whatever it looks like, also when it is edited."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        plain = printable(value)[:_LONGEST_TEXT]
        cell.value = plain
        cell.data_type = "s"
        if looks_like_formula(plain):
            cell.quotePrefix = True
    else:
        cell.value = value


def row_height(lines: int) -> float:
    """Return the height of a row of so many lines."""
    return min(_HIGHEST_ROW, lines * LINE_HEIGHT + 3)


def _pages(sheet: Worksheet) -> float:
    """Return how many pages the sheet takes once it is as wide as one."""
    width = sum(column.width for column in sheet.column_dimensions.values()) * _POINTS_PER_COLUMN
    height = sum(row.height or LINE_HEIGHT for row in sheet.row_dimensions.values())
    return height * min(1.0, _PAGE_WIDTH / max(width, 1.0)) / _PAGE_HEIGHT


def set_page(sheet: Worksheet, lang: Lang, mark: str = "") -> None:
    """Print on A4 landscape, as wide as one page, pages numbered, `mark` at the foot.

    A sheet that is little more than one page becomes one page.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if _pages(sheet) <= _SQUEEZED else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = Words("第 &P 页，共 &N 页", "Page &P of &N").say(lang)
        footer.left.text = mark.replace("&", "&&")
